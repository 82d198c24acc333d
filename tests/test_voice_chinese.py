import pytest

from tracker.recipe import Recipe, SpeakerRecipe
from tracker.speech import Speech
from tracker.voice import detect_kind, mark, scope_of

LEAD = "海州国总理林维若指出，港口必须扩建。\n\n"


def segments(text, recipe=None, speaker="林维若"):
    return [s for s in mark(Speech("a", text, speaker=speaker, kind="readout", language="zh"), recipe or Recipe()) if s.block == "body"]


def voices(text, lead=LEAD, **options):
    return [s.voice for s in segments(lead + text, **options) if s.start >= len(lead)]


@pytest.mark.parametrize(
    "sentence",
    [
        "林维若强调，码头要按期完工。",
        "林维若在考察时强调，码头要按期完工。",
        "林维若还要求，各部门要节约用水。",
        "林维若作出批示，要求各部门节约用水。",
        "林维若说：“码头要按期完工。”",
        "他表示，码头要按期完工。",
        "批示要求，各部门要节约用水。",
    ],
)
def test_the_speaker_is_known_by_name_pronoun_and_paper(sentence):
    assert voices(sentence)[0] in ("attributed", "quoted")


@pytest.mark.parametrize("sentence", ["陈大河表示，码头已经老旧。", "水利部部长陈大河介绍，码头建于去年。", "渔民们说，网太旧了。"])
def test_others_are_not_taken_for_the_speaker(sentence):
    assert voices(sentence) == ["other"]


@pytest.mark.parametrize("sentence", ["会议强调，码头要按期完工。", "会议要求，抓紧落实。", "双方同意扩大贸易。", "与会代表认为，方案可行。"])
def test_meetings_are_institutional(sentence):
    assert voices(sentence) == ["institutional"]


@pytest.mark.parametrize("sentence", ["林维若来到码头，同渔民交谈。", "林维若主持召开会议并发表重要讲话。", "码头建于1930年。", "渔民们为林维若举行欢迎仪式。"])
def test_a_scene_is_narrated(sentence):
    assert voices(sentence) == ["narrated"]


def test_he_is_whoever_opened_last():
    assert voices("外长陈大河出席会议。\n\n他说，码头已经老旧。\n\n林维若参观码头。\n\n他说，码头很新。") == ["narrated", "other", "narrated", "attributed"]


def test_quotations_belong_to_the_one_named_behind_or_before():
    assert voices("“码头很新。”林维若说。")[0] in ("quoted", "attributed")
    assert voices("陈大河说：“码头很旧。”“要修。”") == ["other", "other"]
    assert voices("林维若说：「码头很新。」") == ["quoted"]


def test_the_parts_of_one_sentence_stay_together():
    assert voices("林维若提出三点建议：一是修路；二是建港；三是造船。") == ["attributed"] * 3


def test_what_follows_in_the_paragraph_goes_on_unsure_unless_it_is_a_scene():
    found = segments("林维若指出，港口必须扩建。海州愿同各方合作。会谈前，林维若参观码头。")
    assert [(s.voice, s.sure) for s in found] == [("attributed", True), ("attributed", False), ("narrated", True)]


def test_the_frame_is_the_clause_that_names_the_speaker():
    (segment,) = segments("林维若在考察时强调，码头要按期完工。")
    assert segment.frame == (0, 10)


def test_titles_are_a_setting():
    recipe = Recipe(speakers={"林维若": SpeakerRecipe(surname="林", titles=("总理",))})
    assert voices("总理强调，要节约用水。", recipe=recipe) == ["attributed"]
    assert voices("林总理强调，要节约用水。", recipe=recipe) == ["attributed"]


READOUT = "林维若指出，我们要扩建港口。\n\n他强调，我们要节约用水。\n\n林维若要求，我国渔业要发展。"


def test_a_readout_is_told_by_its_cues_before_the_we_that_it_reports():
    kind, reason = detect_kind(READOUT, "林维若", Recipe())
    assert kind == "readout"
    assert reason.endswith("3 sentences reported as words of 林维若")
    assert detect_kind(READOUT, "", Recipe())[0] == "transcript"


def test_a_chinese_readout_is_measured_on_the_speakers_words():
    speech = Speech("a", READOUT, speaker="林维若", kind="readout", language="zh", inferred=("kind",))
    assert scope_of(speech, mark(speech, Recipe())) == ("speaker", "the speaker's words")
