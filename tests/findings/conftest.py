"""Sides made of invented texts, without a corpus."""

from datetime import date

import pytest

from tracker.analysis import analyse
from tracker.findings.sides import Side
from tracker.lexicon import parse_themes
from tracker.recipe import Recipe
from tracker.speech import Speech, SpokenDate

THEMES = """
[themes.ports]
label = "Ports"
core = ["harbour*"]
terms = ["ferries", "quay*"]

[themes.farms]
label = "Farms"
core = ["orchard*"]
terms = ["apple*"]

[themes.rail]
label = "Railways"
terms = ["railway*"]
"""


@pytest.fixture(scope="session")
def lexicon():
    return parse_themes(THEMES, "themes.toml")


@pytest.fixture(scope="session")
def side(lexicon):
    """Make a side from texts; speech i is given in month i of the year."""

    def make(year, *texts, recipe=None, without=frozenset(), events=None, themes=None, **fields):
        known = {"kind": "transcript", "language": "en", "speaker": "Mara Lind", **fields}
        speeches = [
            Speech(
                key=f"{year}-{i}", text=text, date=SpokenDate(date(year, i % 12 + 1, i // 12 + 1), precision="day", status="stated"),
                event=events[i] if events else "", **known,
            )
            for i, text in enumerate(texts)
        ]  # fmt: skip
        return Side(str(year), tuple(analyse(s, themes or lexicon, recipe or Recipe(), without=without) for s in speeches))

    return make


@pytest.fixture(scope="session")
def prose():
    """Plain words around theme words: `prose(ports=3)` has 3 of 60 content words of that theme."""
    words = {"ports": "harbour", "farms": "orchard", "rail": "railway"}
    filler = ["market", "river", "ledger", "bridge", "evening", "neighbour", "teacher", "window", "garden", "letter"]

    def text(size=60, **counts):
        chosen = [words[theme] for theme, n in sorted(counts.items()) for _ in range(n)]
        chosen += [filler[i % len(filler)] for i in range(size - len(chosen))]
        return " ".join("The " + " and the ".join(chosen[i : i + 6]) + "." for i in range(0, len(chosen), 6))

    return text
