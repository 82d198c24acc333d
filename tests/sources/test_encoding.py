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
