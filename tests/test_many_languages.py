"""Texts in many languages: told apart, cut into words and sentences, their function words left out."""

import pytest

from tracker.errors import TrackerError
from tracker.languages import detect, lemma, split_sentences, stop_words, word_spans
from tracker.lexicon import match, parse_themes
from tracker.tokens import fold, tokenise

# Sentences of our own: three for each language, about a harbour that does not exist.
SENTENCES = {
    "en": ("The council will open the new harbour in May and we are glad of it.", "Our fishermen have waited for this day for many years.", "It is a good day for all the people who live on the coast."),
    "de": ("Der neue Hafen wird im Mai eröffnet und wir freuen uns sehr darüber.", "Unsere Fischer haben viele Jahre auf diesen Tag gewartet.", "Es ist ein guter Tag für alle Menschen, die an der Küste leben."),
    "fr": ("Le nouveau port sera ouvert en mai et nous en sommes très heureux.", "Nos pêcheurs ont attendu ce jour pendant de longues années.", "C’est une bonne journée pour tous ceux qui vivent sur la côte."),
    "es": ("El nuevo puerto se abrirá en mayo y estamos muy contentos por ello.", "Nuestros pescadores han esperado este día durante muchos años.", "Es un buen día para todas las personas que viven en la costa."),
    "it": ("Il nuovo porto sarà aperto a maggio e ne siamo molto contenti.", "I nostri pescatori hanno aspettato questo giorno per molti anni.", "È una buona giornata per tutti quelli che vivono sulla costa."),
    "pt": ("O novo porto vai abrir em maio e estamos muito contentes com isso.", "Os nossos pescadores esperaram por este dia durante muitos anos.", "É um bom dia para todas as pessoas que vivem na costa."),
    "nl": ("De nieuwe haven wordt in mei geopend en wij zijn daar erg blij mee.", "Onze vissers hebben vele jaren op deze dag gewacht.", "Het is een goede dag voor iedereen die aan de kust woont."),
    "sv": ("Den nya hamnen öppnas i maj och vi är mycket glada över det.", "Våra fiskare har väntat på den här dagen i många år.", "Det är en bra dag för alla som bor vid kusten."),
    "da": ("Den nye havn åbner i maj, og det er vi meget glade for.", "Vores fiskere har ventet på denne dag i mange år, men nu er den her.", "Det er en god dag for alle, der bor ved kysten, og ikke kun for byen."),
    "fi": ("Uusi satama avataan toukokuussa ja olemme siitä hyvin iloisia.", "Kalastajamme ovat odottaneet tätä päivää monta vuotta.", "Se on hyvä päivä kaikille, jotka asuvat rannikolla, eikä vain kaupungille."),
    "hu": ("Az új kikötő májusban nyílik meg, és nagyon örülünk neki.", "A halászaink sok éve vártak erre a napra, de már itt van.", "Ez jó nap mindenkinek, aki a parton él, és nem csak a városnak."),
    "pl": ("Nowy port zostanie otwarty w maju i bardzo się z tego cieszymy.", "Nasi rybacy czekali na ten dzień przez wiele lat.", "To dobry dzień dla wszystkich, którzy mieszkają na wybrzeżu, i nie tylko dla miasta."),
    "cs": ("Nový přístav bude otevřen v květnu a máme z toho velkou radost.", "Naši rybáři na tento den čekali mnoho let, ale už je to tady.", "Je to dobrý den pro všechny, kteří žijí na pobřeží."),
    "ro": ("Noul port va fi deschis în mai și suntem foarte bucuroși de asta.", "Pescarii noștri au așteptat această zi timp de mulți ani.", "Este o zi bună pentru toți cei care trăiesc pe coastă și nu numai pentru oraș."),
    "tr": ("Yeni liman mayıs ayında açılacak ve bundan çok memnunuz.", "Balıkçılarımız bu gün için uzun yıllar bekledi ama artık geldi.", "Bu, kıyıda yaşayan herkes için ve bizim için de güzel bir gün."),
    "id": ("Pelabuhan baru akan dibuka pada bulan Mei dan kami sangat senang.", "Para nelayan kita telah menunggu hari ini selama bertahun-tahun.", "Ini adalah hari yang baik untuk semua orang yang tinggal di pantai."),
    "vi": ("Cảng mới sẽ được mở vào tháng năm và chúng ta rất vui về điều đó.", "Các ngư dân của chúng ta đã chờ ngày này trong nhiều năm.", "Đây là một ngày tốt cho tất cả những người sống ở bờ biển."),
    "ru": ("Новая гавань будет открыта в мае, и мы этому очень рады.", "Наши рыбаки ждали этого дня много лет, но они не сдались.", "Это хороший день для всех, кто живёт на побережье."),
    "uk": ("Нова гавань буде відкрита в травні, і ми цьому дуже раді.", "Наші рибалки чекали на цей день багато років.", "Це добрий день для всіх, хто живе на узбережжі, та не тільки для міста."),
    "bg": ("Новото пристанище ще бъде открито през май и ние се радваме на това.", "Нашите рибари са чакали този ден много години.", "Това е добър ден за всички, които живеят на брега, а не само за града."),
    "el": ("Το νέο λιμάνι θα ανοίξει τον Μάιο και χαιρόμαστε πολύ γι’ αυτό.", "Οι ψαράδες μας περίμεναν αυτή τη μέρα πολλά χρόνια.", "Είναι μια καλή μέρα για όλους όσους ζουν στην ακτή."),
    "ar": ("سيفتح الميناء الجديد في مايو ونحن سعداء جدا بذلك.", "لقد انتظر صيادونا هذا اليوم سنوات كثيرة.", "إنه يوم جيد لكل من يعيش على الساحل وليس للمدينة فقط."),
    "fa": ("بندر جدید در ماه مه باز می‌شود و ما از این خیلی خوشحالیم.", "ماهیگیران ما سال‌ها برای این روز صبر کرده‌اند.", "این روز خوبی برای همه کسانی است که در ساحل زندگی می‌کنند."),
    "hi": ("नया बंदरगाह मई में खुलेगा और हम इससे बहुत खुश हैं।", "हमारे मछुआरों ने कई वर्षों तक इस दिन की प्रतीक्षा की है।", "यह उन सभी लोगों के लिए अच्छा दिन है जो तट पर रहते हैं।"),
    "ta": ("புதிய துறைமுகம் மே மாதத்தில் திறக்கப்படும், நாங்கள் மிகவும் மகிழ்ச்சி அடைகிறோம்.", "எங்கள் மீனவர்கள் பல ஆண்டுகள் இந்த நாளுக்காகக் காத்திருந்தனர்.", "கடற்கரையில் வாழும் அனைவருக்கும் இது ஒரு நல்ல நாள்."),
    "ko": ("새 항구는 오월에 열리며 우리는 그것을 매우 기쁘게 생각합니다.", "우리 어부들은 여러 해 동안 이 날을 기다렸습니다.", "해안에 사는 모든 사람에게 좋은 날입니다."),
    "he": ("הנמל החדש ייפתח במאי ואנחנו שמחים מאוד על כך.", "הדייגים שלנו חיכו ליום הזה שנים רבות.", "זה יום טוב לכל מי שגר על החוף."),
    "th": ("ท่าเรือใหม่จะเปิดในเดือนพฤษภาคมและเรายินดีมาก", "ชาวประมงของเรารอคอยวันนี้มาหลายปี", "เป็นวันที่ดีสำหรับทุกคนที่อาศัยอยู่ริมชายฝั่ง"),
    "zh": ("新的港口将于五月开放，我们对此感到非常高兴。", "我们的渔民等这一天已经等了很多年。", "对所有住在海边的人来说，这是一个好日子。"),
    "ja": ("新しい港は五月に開かれ、私たちはとてもうれしく思います。", "私たちの漁師は何年もこの日を待っていました。", "海岸に住むすべての人にとって良い日です。"),
}  # fmt: skip


def cut(text, language):
    return [text[a:b] for a, b in word_spans(text, language)]


def test_three_sentences_tell_each_of_thirty_languages():
    assert {code: detect(" ".join(sentences)) for code, sentences in SENTENCES.items()} == {code: code for code in SENTENCES}


@pytest.mark.parametrize("code", SENTENCES)
def test_one_sentence_is_never_taken_for_another_language(code):
    assert {detect(sentence) for sentence in SENTENCES[code]} <= {code, "und"}


@pytest.mark.parametrize("text", ["", "2022 - 2023", "Annex B, Table 4", "Tarnvik Norpress Alva Brandt", "ok", "—"])
def test_what_tells_no_language_is_not_guessed(text):
    assert detect(text) == "und"


def test_english_with_names_and_quotations_of_others_stays_english():
    assert detect("The minister said that “la vie est belle” is a motto of the town, and that it will be kept.") == "en"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("हिंदी में ज़्यादा महत्त्वपूर्ण कार्यों का विकास।", "hi", ["हिंदी", "में", "ज़्यादा", "महत्त्वपूर्ण", "कार्यों", "का", "विकास"]),
        ("எங்கள் மீனவர்கள், துறைமுகம்", "ta", ["எங்கள்", "மீனவர்கள்", "துறைமுகம்"]),
        ("বাংলা ভাষায় স্বাধীনতা", "bn", ["বাংলা", "ভাষায়", "স্বাধীনতা"]),
        ("اللُّغَةُ، والميناء", "ar", ["اللُّغَةُ", "والميناء"]),
        ("می\u200cخواهم کتاب\u200cها را", "fa", ["می\u200cخواهم", "کتاب\u200cها", "را"]),
        ("שָׁלוֹם לכולם", "he", ["שָׁלוֹם", "לכולם"]),
        ("항구는 오월에", "ko", ["항구는", "오월에"]),
        ("L’économie de l'énergie, aujourd’hui", "fr", ["L’", "économie", "de", "l'", "énergie", "aujourd’hui"]),
        ("dell’acqua all'Italia", "it", ["dell’", "acqua", "all'", "Italia"]),
        ("don't l'été", "en", ["don't", "l'été"]),
    ],
)
def test_words_of_every_script_are_whole(text, language, expected):
    assert cut(text, language) == expected


@pytest.mark.parametrize("language", ["th", "ja", "lo", "km", "my"])
def test_a_language_without_spaces_and_segmenter_is_refused_in_plain_words(language):
    with pytest.raises(TrackerError) as caught:
        word_spans("text", language)
    assert f"(`{language}`) cannot be told apart by this version" in caught.value.message
    assert "without spaces between words" in caught.value.looked_at[0]


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [("यह अच्छा है। वह गया। क्या?", "hi", 3), ("هل جاء؟ نعم. ذهب", "ar", 3), ("کیا آئے؟ ہاں۔ گئے", "ur", 3), ("Մի՞թե։ Այո։", "hy", 2)],
)
def test_sentences_end_at_the_marks_of_their_script(text, language, count):
    assert len(split_sentences(text, 0, len(text), language)) == count


def test_letters_that_writers_leave_out_at_will_are_the_same_word():
    assert fold("اللُّغَةُ") == fold("اللغة")
    assert fold("بـــحر") == fold("بحر")
    assert fold("שָׁלוֹם") == fold("שלום")
    assert fold("İSTANBUL") == fold("istanbul")


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [("Häfen", "de", "hafen"), ("ports", "fr", "port"), ("рыбаков", "ru", "рыбак"), ("ribarima", "hr", "ribar"), ("துறைமுகம்", "ta", "துறைமுகம்")],
)
def test_words_are_counted_under_their_dictionary_form_where_there_is_a_dictionary(word, language, expected):
    assert lemma(word, language) == expected


@pytest.mark.parametrize(
    ("language", "function_words", "content_words"),
    [
        ("de", {"der", "und", "unsere", "wird"}, {"recht", "jahr", "zeit", "land", "neue", "arbeit", "stadt"}),
        ("fr", {"le", "l'", "nous", "qu'"}, {"état", "parole", "temps", "pays", "travail", "monde"}),
        ("es", {"el", "nuestro", "para"}, {"estado", "trabajo", "tiempo", "verdad", "país", "valor"}),
        ("it", {"il", "dell'", "nostro"}, {"stato", "lavoro", "tempo", "paese"}),
        ("pt", {"o", "nosso", "para"}, {"trabalho", "tempo", "país"}),
        ("ru", {"и", "наши", "что"}, {"год", "время", "страна", "работа"}),
    ],
)
def test_function_words_hold_no_theme_words(language, function_words, content_words):
    assert function_words <= stop_words(language)
    assert not content_words & stop_words(language)


def test_a_korean_word_of_one_syllable_carries_content():
    assert tokenise("물 부족", "ko").content == [True, True]


def test_a_french_term_with_an_article_matches():
    lexicon = parse_themes('[themes.energy.fr]\nterms = ["énergie", "prix de l\'énergie"]', "themes.toml")
    assert [hit.term for hit in match(lexicon, tokenise("Le prix de l’énergie monte, et l’Énergie manque.", "fr"))] == ["prix de l'énergie", "énergie"]
