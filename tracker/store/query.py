"""What a user may search for: words, "phrases", prefix*, AND OR NOT, NEAR(...), brackets; parsed here, so that nothing else reaches SQLite."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.errors import QueryError
from tracker.patterns import regex
from tracker.store.cut import Cut, variants

LONGEST = 2_000
DEEPEST = 20
NEAR_WORDS = 10
_FORMS = 'words, "a phrase", begin*, AND, OR, NOT, NEAR(one two, 5), brackets'
_OPEN, _CLOSE = '"“”„', '"“”'
_TOKEN = regex(
    rf"\s*(?:(?P<near>NEAR\s*\((?P<inside>[^()]*)\))|(?P<bracket>[()])|[{_OPEN}](?P<phrase>[^{_CLOSE}]*)[{_CLOSE}](?P<star>\s?\*(?!\w))?"
    rf"|(?P<word>[^\s()\"“”„]+))"
)
_FIELD = re.compile(r"(?:speaker|place|outlet|title|kind|language|event|id):\S")
Operator = Literal["AND", "OR", "NOT"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase; with `prefix` its last word may go on."""

    words: str
    prefix: bool = False

    def expression(self, cut: Cut, *, plain: bool = False) -> str:
        """The term in SQLite's words; Chinese words are cut as the texts were, with the other ways to cut them unless `plain`."""
        ways = variants(self.words, cut)
        quoted = ['"' + way.replace('"', '""') + '"' + (" *" if self.prefix else "") for way in ways]
        return quoted[0] if plain or len(quoted) == 1 else f"({' OR '.join(quoted)})"


@dataclass(frozen=True, slots=True)
class Near:
    """Terms with at most `distance` other words between the first and the last."""

    terms: tuple[Term, ...]
    distance: int

    def expression(self, cut: Cut) -> str:
        """The group in SQLite's words."""
        return f"NEAR({' '.join(term.expression(cut, plain=True) for term in self.terms)}, {self.distance})"


@dataclass(frozen=True, slots=True)
class Joined:
    """Two parts and what joins them."""

    operator: Operator
    left: Part
    right: Part

    def expression(self, cut: Cut) -> str:
        """Both parts in brackets: how tightly operators bind is decided here, not by SQLite."""
        return f"({self.left.expression(cut)} {self.operator} {self.right.expression(cut)})"


Part = Term | Near | Joined


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was asked for, and its parts."""

    text: str
    part: Part

    def expression(self, cut: Cut) -> str:
        """The whole search in SQLite's words, for texts that were cut in this way."""
        return self.part.expression(cut)


def parse_query(text: str) -> Query:
    """Parse a search.

    NOT binds tighter than AND (or nothing between two words), AND tighter than OR. A word with marks inside (self-reliance, U.S.) is the phrase
    of its parts.

    Raises:
        QueryError: The search has no word, or its parts do not fit together; the hint is one that does.

    Example:
        >>> parse_query('port OR "sea wall*" NOT ferry').expression("")
        '("port" OR ("sea wall" * NOT "ferry"))'
    """
    if len(text) > LONGEST:
        raise QueryError(f"the search has {len(text):,} characters; at most {LONGEST:,} are read", hint="tracker search 'harbour OR port'")
    tokens = _tokens(text)
    if not tokens:
        raise QueryError("nothing to search for", looked_at=(f"known: {_FORMS}",), hint="tracker search harbour")
    parser = _Parser(text, tokens)
    part = parser.either(0)
    if parser.ahead is not None:
        raise parser.wrong("a bracket is closed that was never opened")
    return Query(text, part)


def _tokens(text: str) -> list[Part | str]:
    """Operators and brackets as they are, everything else as a part."""
    found: list[Part | str] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise QueryError(f"a quotation mark in `{text}` is not closed", hint=shlex.join(["tracker", "search", _bare(text)]))
        at = match.end()
        if match["near"] is not None:
            found.append(_near(match["inside"], text))
        elif match["bracket"] or match["word"] in ("AND", "OR", "NOT"):
            found.append(match["bracket"] or match["word"])
        elif match["phrase"] is not None:
            phrase = match["phrase"].rstrip()
            found.append(_term(phrase.removesuffix("*"), text, prefix=bool(match["star"]) or phrase.endswith("*")))
        elif word := match["word"].strip(",;"):
            found.append(_word(word, text))
    return found


def _word(word: str, text: str) -> Term:
    if _FIELD.match(word):
        rest = _bare(text.replace(word, " ")) or "harbour"
        raise QueryError(f"`{word}` is a slice, not a word of a text", hint=shlex.join(["tracker", "search", rest, word]))
    return _term(word.removesuffix("*"), text, prefix=word.endswith("*"))


def _term(words: str, text: str, *, prefix: bool) -> Term:
    if "*" in words:
        raise QueryError("`*` stands at the end of a word and means any ending", hint=shlex.join(["tracker", "search", _bare(words).split(" ")[0] + "*"]))
    if not any(c.isalnum() for c in words):
        raise QueryError(f"no word in `{words}`", looked_at=(f"known: {_FORMS}",), hint=shlex.join(["tracker", "search", _bare(text) or "harbour"]))
    return Term(words, prefix)


def _near(inside: str, text: str) -> Near:
    match = re.fullmatch(r"(.*?)(?:,\s*(\d{1,4})\s*)?", inside, re.DOTALL)
    terms = _tokens(match[1]) if match else []
    plain = [part for part in terms if isinstance(part, Term)]
    if match is None or len(plain) < 2 or len(plain) != len(terms):
        raise QueryError(f"NEAR needs two words or phrases, in `{text}`", hint="tracker search 'NEAR(harbour storm, 5)'")
    return Near(tuple(plain), int(match[2] or NEAR_WORDS))


def _bare(text: str) -> str:
    """The words of a search without anything that could be wrong; "" when none is left."""
    return " ".join(w for w in re.findall(r"\w+(?:[-'’]\w+)*", text) if w not in ("AND", "OR", "NOT", "NEAR"))


class _Parser:
    """Reads tokens from left to right; each method one level of binding."""

    def __init__(self, text: str, tokens: Sequence[Part | str]) -> None:
        self.text = text
        self.rest = list(reversed(tokens))

    @property
    def ahead(self) -> Part | str | None:
        """The next token, or None at the end."""
        return self.rest[-1] if self.rest else None

    def either(self, depth: int) -> Part:
        """Parts joined by OR."""
        part = self.both(depth)
        while self.ahead == "OR":
            self.rest.pop()
            part = Joined("OR", part, self.both(depth))
        return part

    def both(self, depth: int) -> Part:
        """Parts joined by AND or by nothing."""
        part = self.without(depth)
        while self.ahead is not None and self.ahead not in ("OR", ")"):
            if self.ahead == "AND":
                self.rest.pop()
            part = Joined("AND", part, self.without(depth))
        return part

    def without(self, depth: int) -> Part:
        """A part, less those behind NOT."""
        part = self.one(depth)
        while self.ahead == "NOT":
            self.rest.pop()
            part = Joined("NOT", part, self.one(depth))
        return part

    def one(self, depth: int) -> Part:
        """A term, or what stands in brackets."""
        found = self.rest.pop() if self.rest else None
        if found == "(":
            if depth == DEEPEST:
                raise self.wrong(f"more than {DEEPEST} brackets inside each other")
            part = self.either(depth + 1)
            if not self.rest:
                raise self.wrong("a bracket is not closed")
            self.rest.pop()  # either() stops at a closing bracket or at the end
            return part
        if isinstance(found, str):
            raise self.wrong(f"`{found}` needs a word before it" if found != ")" else "nothing stands before `)`")
        if found is None:
            raise self.wrong("a word is missing at the end")
        return found

    def wrong(self, what: str) -> QueryError:
        """The error, with a search of the same words that can be read."""
        words = _bare(self.text).split(" ")
        hint = " OR ".join(words[:4]) if words[0] else "harbour"
        return QueryError(f"cannot read the search `{self.text}`: {what}", looked_at=(f"known: {_FORMS}",), hint=shlex.join(["tracker", "search", hint]))
