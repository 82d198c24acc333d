"""Patterns that are compiled when they are first used behave like compiled ones."""

import re

import pytest

from tracker.patterns import regex


def test_a_pattern_answers_as_a_compiled_one():
    later, now = regex(r"(?P<word>port|quay)s?", re.IGNORECASE), re.compile(r"(?P<word>port|quay)s?", re.IGNORECASE)
    for text in ("Ports", "the QUAY", "nothing"):
        assert (later.search(text) is None) == (now.search(text) is None)
        assert later.findall(text) == now.findall(text)
        assert later.sub("x", text) == now.sub("x", text)
    assert later.pattern == now.pattern
    assert later.flags == now.flags
    assert later.match("ports")["word"] == "port"


def test_it_is_compiled_once_and_only_when_used(monkeypatch):
    compiled, genuine = [], re.compile
    monkeypatch.setattr("tracker.patterns.re.compile", lambda *said: compiled.append(said) or genuine(*said))
    later = regex("port")
    assert compiled == []
    assert [later.search("port") is not None, later.match("x"), later.fullmatch("port") is not None, later.search("y")] == [True, None, True, None]
    assert compiled == [("port", 0)]


def test_a_mistake_shows_when_it_is_used():
    later = regex("(")
    with pytest.raises(re.error):
        later.search("x")
