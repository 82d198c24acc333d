"""Events in real speeches: what history says is one occasion is one event, what only looks alike is not; copies made from real texts are found."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from tracker.artificial import artificial_days
from tracker.events import regroup
from tracker.speech import Speech, SpokenDate
from tracker.store import open_store

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not CORPORA.is_dir(), reason="the real corpora do not stand beside the checkout")]

TWO_TEXTS = ("1945", "1956", "1972", "1974", "1978", "1979", "1980")
FOOTER = ("Share this page", "Follow us for all announcements of the press office", "Read more about this", "All rights reserved by the press office")


def rows(corpus):
    return [json.loads(line) for line in (CORPORA / corpus / "speeches.jsonl").read_text(encoding="utf-8").splitlines()]


def speech(key, text, day, speaker, title="", **more):
    when = SpokenDate(date.fromisoformat(day), precision="day", basis="table", status="stated") if day else SpokenDate()
    return Speech(key, text, date=when, speaker=speaker, title=title, language="en", **more)


def events_of(folder, speeches):
    """Event id -> keys, of events with several speeches."""
    store = open_store(folder / "corpus.db", create=True)
    with store.writing():
        for one in speeches:
            store.put(one, 1)
    regroup(store)
    names = {one.id: one.key for one in speeches}
    found: dict[str, set[str]] = {}
    for grouping in store.groupings().held():
        found.setdefault(grouping.event, set()).add(names[grouping.speech])
    store.close()
    return list(found.values())


def of_corpus(corpus):
    return [speech(row["id"], row["text"], row["date"], row["speaker"], row["title"], place=row.get("place", "")) for row in rows(corpus)]


def test_the_written_and_the_spoken_message_of_one_day_are_one_event_and_no_others(tmp_path):
    found = events_of(tmp_path, of_corpus("sotu"))
    assert sorted(found, key=min) == [{f"sotu-{year}", f"sotu-{year}b"} for year in TWO_TEXTS]


def test_consecutive_statements_that_share_most_of_their_words_stay_apart(tmp_path):
    assert events_of(tmp_path, [*of_corpus("fomc_statements"), *of_corpus("ecb_pressconf")]) == []


def test_speeches_that_a_table_puts_on_one_day_stay_apart_and_the_day_is_named(tmp_path):
    speeches = of_corpus("ungdc")
    assert events_of(tmp_path, speeches) == []
    store = open_store(tmp_path / "corpus.db")
    days = {found.day.isoformat(): found.texts for found in artificial_days(store.groupings().seen())}
    store.close()
    held = Counter(one.date.text for one in speeches)
    assert days == {day: n for day, n in held.items() if n >= 8}
    assert 23 in days.values()


@pytest.mark.parametrize("corpus", ["canada_throne", "inaugural", "gwr_en", "gwr_zh"])
def test_no_two_speeches_of_a_series_become_one(tmp_path, corpus):
    assert events_of(tmp_path, of_corpus(corpus)) == []


def edited(text, share, rng):
    """The text with a share of its words left out, replaced or added to."""
    words = text.split(" ")
    out = []
    for word in words:
        how = rng.random()
        if how >= share:
            out.append(word)
        elif how < share / 3:
            out += [word, rng.choice(words)]
        elif how < 2 * share / 3:
            out.append(rng.choice(words))
    return " ".join(out)


def cut(text, share, rng):
    words = text.split(" ")
    keep = int(share * len(words))
    start = rng.randrange(len(words) - keep + 1)
    return " ".join(words[start : start + keep])


def framed(text, rng):
    return "\n".join(["Office of the press secretary, for immediate release", text, *rng.sample(FOOTER, 3)])


MADE = {
    "2 % of words edited": lambda text, rng: edited(text, 0.02, rng),
    "5 % of words edited": lambda text, rng: edited(text, 0.05, rng),
    "10 % of words edited": lambda text, rng: edited(text, 0.10, rng),
    "20 % of words edited": lambda text, rng: edited(text, 0.20, rng),
    "cut to 60 %": lambda text, rng: cut(text, 0.6, rng),
    "cut to 20 %": lambda text, rng: cut(text, 0.2, rng),
    "boilerplate added": framed,
    "10 % edited, cut to 50 %, boilerplate": lambda text, rng: framed(cut(edited(text, 0.1, rng), 0.5, rng), rng),
}


@pytest.fixture(scope="module")
def originals():
    """Real speeches, each beside another speech of the same speaker, to be put on the same day; statements by formula are among them."""
    chosen = []
    for corpus, length in (("ungdc", 700), ("sotu", 1500), ("canada_throne", 400), ("ecb_pressconf", 500), ("fomc_statements", 250)):
        by_speaker: dict[str, list[dict[str, str]]] = {}
        for row in rows(corpus):
            by_speaker.setdefault(row["speaker"], []).append(row)
        halves = [(held[: len(held) // 2], held[len(held) // 2 :]) for _, held in sorted(by_speaker.items())]
        pairs = [(one, other, length) for ones, others in halves for one, other in zip(ones, others, strict=False)]
        chosen += pairs[:: max(1, len(pairs) // 40)][:40]
    return chosen


def made(originals, change, *, same_day):
    """Speeches and the pairs that are one event: an original, its copy, and another speech of the same speaker on the same day."""
    rng = random.Random(11)  # noqa: S311 - made-up edits
    speeches, truth = [], set()
    for number, (row, other, length) in enumerate(originals):
        day = f"{2001 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}"
        text, second = (" ".join(r["text"].split(" ")[:length]) for r in (row, other))
        speaker = f"{row['speaker']} {number}"
        speeches += [
            speech(f"{number}", text, day, speaker),
            speech(f"{number}-copy", change(text, rng), day if same_day else "2022-11-05", speaker),
            speech(f"{number}-other", second, day, speaker),
        ]
        truth.add(frozenset({f"{number}", f"{number}-copy"}))
    return speeches, truth


def scored(found, truth):
    pairs = {frozenset(pair) for event in found for pair in combinations(sorted(event), 2)}
    right = len(pairs & truth)
    return right / len(pairs) if pairs else 1.0, right / len(truth)


@pytest.mark.parametrize("change", MADE)
def test_copies_of_one_day_are_found_and_nothing_else(tmp_path, originals, change):
    speeches, truth = made(originals, MADE[change], same_day=True)
    precision, recall = scored(events_of(tmp_path, speeches), truth)
    print(f"{change}: {len(truth)} copies, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201 - the figures, with pytest -s
    assert (precision >= 0.98, recall >= 0.98) == (True, True)


# A fifth of a short statement is less than 52 words: too few to be a copy on another day.
@pytest.mark.parametrize(("change", "least"), [("cut to 60 %", 0.98), ("cut to 20 %", 0.75), ("boilerplate added", 0.99)])
def test_whole_and_cut_copies_are_found_on_another_day_too(tmp_path, originals, change, least):
    speeches, truth = made(originals, MADE[change], same_day=False)
    precision, recall = scored(events_of(tmp_path, speeches), truth)
    print(f"{change}, another day: {len(truth)} copies, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201 - the figures, with pytest -s
    assert (precision, recall >= least) == (1.0, True)


@pytest.mark.parametrize("change", ["5 % of words edited", "20 % of words edited"])
def test_edited_texts_of_another_day_stay_apart(tmp_path, originals, change):
    speeches, _ = made(originals, MADE[change], same_day=False)
    assert events_of(tmp_path, speeches) == []
