"""Bytes into text."""

import pytest

from tracker.errors import SourceError
from tracker.sources.encoding import decode

FRENCH = "Le président a déclaré que la forêt était protégée par l’État, et que les élèves étaient fiers. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_guess(encoding):
    found = decode("naïve 港口".encode(encoding))
    assert (found.text, found.guessed) == ("naïve 港口", False)


def test_an_old_encoding_is_guessed_and_said_to_be_guessed():
    found = decode(FRENCH.encode("cp1252"))
    assert (found.text, found.encoding, found.guessed) == (FRENCH, "cp1252", True)


def test_chinese_in_gb18030_is_guessed():
    text = "港口已经开放，船只往来不断，人民生活水平不断提高。" * 8
    assert decode(text.encode("gb18030")).text == text


def test_line_ends_become_one_kind():
    assert decode(b"a\r\nb\rc\n").text == "a\nb\nc\n"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(1, 32)) * 4, b"\xff\xfe\x00\xd8"])
def test_what_is_not_text_is_refused(data):
    with pytest.raises(SourceError, match="is not text"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Today’s harbour is open, and we thank all who built it. It has been a long year for the people of the coast. " * 6 + "“We begin,” she said.",
            "cp1252",
        ),
        ("We say so – and we mean it – because growth was 0.8% this year. " * 9, "cp1252"),
        ("Für größere Häuser müssen wir früher anfangen, erklärte der Präsident den Schülern. " * 3, "cp1252"),
        ("¿Quién podrá negarlo? El año próximo la educación será gratuita, señaló el presidente. " * 3, "cp1252"),
        ("Prezident řekl, že vláda podpoří školy a že každý může studovat. Příští rok začneme stavět mosty. " * 3, "cp1250"),
        ("Prezydent powiedział, że rząd będzie wspierać naukę i że każdy może się uczyć. " * 3, "cp1250"),
        ("Президент заявил, что школы будут открыты и что каждый сможет учиться. " * 3, "cp1251"),
        ("港口已經開放，船隻往來不斷，人民生活水平不斷提高。" * 6, "big5"),
        ("大統領は学校を開き、誰もが学べるようにすると述べました。" * 6, "shift_jis"),
        ("대통령은 학교를 열고 누구나 배울 수 있도록 하겠다고 말했습니다. " * 6, "euc_kr"),
    ],
)
def test_the_usual_encodings_of_many_languages_are_told_apart(text, encoding):
    found = decode(text.encode(encoding))
    assert (found.text, found.guessed) == (text, True)
