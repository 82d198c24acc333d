"""Invented news reports whose sentences were labelled before any rule ran on them: how many words are given to the right voice.

The first run of the rules as they stood then (English, in words): one leader P 1.00, R .46 and .62 on the two halves, several leaders 1.00/.61 and .89/.68.
After improving on the half `dev` alone: `held` one leader P 1.00, R .85. After repairs seen there, the file `fresh`, written last: P .97, R .96.
Later, longer and harder reports of other outlets (features, broadcasters, machine translations) told less well, again in words and before any look:
`dev2` P .98, R .86 (n 1,533), `held2` P .99, R .71 (n 1,578; 6 of 14 texts flagged or passed rightly). After improving on `dev2` alone: `held2` P 1.00, R .76.
After repairs seen there, the file `last`, written when the rules were frozen: P 1.00, R .80 (n 1,537), several leaders 1.00/.77 (n 146), 13 of 16 texts
rightly flagged or passed. The file `final` (2,418 words of 16 leaders' reports, 154 of 4 with several) was written and labelled before the next rules were
read or changed: those before told P .99, R .67, several 1.00/.94; with the rules for sentences without a verb of saying, frozen and scored once, P .98, R .88,
several 1.00/.94, all 20 rightly flagged or passed. This is what to expect of leaders and outlets for whom no rule was written; the figures asserted below are
those after repairs. One hand wrote texts, labels and rules of all these; all sentences are invented.
The file `blind` (1,716 words of the leader's in 14 reports, 178 in 4 of several) was written and labelled by a hand that had not read the code of the rules (only
their summary of an earlier state in the design notes): scored once P .96, R .81, several .86/.84, 15 of 18 rightly flagged or passed. Since then it is open
for development. The file `open` (3,837 words in 24 reports of one leader, 400 in 5 of several) was written and labelled by a hand that had not read the program:
the rules as they stood had P .98, R .65 on its first 8 reports; with the offices that nobody is named as holding and before any look at them, its last 10 reports of
one leader P .96, R .78. What is asserted of both below is after repairs seen there and tells nothing about other leaders.
The file `opened` (2,472 + 599 words of the leader's in 20 reports, 6 of several) was written and labelled by a hand that had not read the program: before any look
P .94, R .80, 15 of 20 reports of one leader counted. After repairs of names and of the gate seen there P .95, R .93; with sentences without a cue given by weights
fitted on the other files instead of by rules (`fit_voice_prior.py`, threshold .6, weights rounded) P .95, R .92, and with the cues repaired that were seen there P .96, R .95. Fitted without
the file that is measured, the weights reach P .99, R .96 over all English reports of one leader, `final` least: P 1.00, R .87; the rules around them were tuned on all
files but `opened`. What is asserted has the weights fitted on all files.
The file `sealed` (3,173 + 567 words of the leader's in 20 reports, 5 of several) was written and labelled by another hand that had not read the program, and
scored once, after rules and weights were frozen: one leader P .95, R .90 (95 % .91-.98 and .83-.96; R .93 without the one dialogue set as a transcript),
several .86/.90; 22 of 25 rightly flagged or passed. The rules at the beginning of that day had P .91, R .80 and 18 of 25. It is what to expect of news never seen. Since then it is open for
development: after repairs of cues, offices, the gate and turns of dialogues, and with weights fitted without the file that is measured (threshold .55), one leader
has P .99, R .97 over all English reports, `final` least (P 1.00, R .89), `sealed` P .98, R .97; all 44 reports of several are flagged and 6 of 152 of one leader.
The file `unseen` (3,020 + 688 words of the leader's in 18 reports, 6 of several, of more kinds of outlets: a live blog, an interview written up, a panel) was written
and labelled by a third hand that had not read the program, and scored once when all that was done: one leader P .94, R .78 (95 % .89-.99 and .67-.88), several
1.00/.84; 4 of 6 of several flagged, 1 of 18 of one leader wrongly, 2 taken for transcripts. So what was reached above was reached on outlets like those mended for.
The file `gathered` (3,932 + 840 words of the leader's in 20 reports, 6 of several) was written and labelled by a fourth hand that had not read the program, asked for a fair sample
of what is found when leaders' statements are searched for in archives and on official sites (agencies, ministries, wires, newspapers, broadcasters). The rules as they stood
when it was written: one leader P .95, R .94 (95 % .92-.98 and .86-.99), several .84/.75; all 6 of several flagged, 2 of 20 of one leader wrongly, none taken for a transcript.
"""

import re
from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

import pytest

from tracker.recipe import Recipe
from tracker.speech import Speech
from tracker.voice import detect_kind, mark, scope_of
from tracker.voice.scope import narrow, wide

FOLDER = Path(__file__).parent / "voice"
LABELS = {"q": "quoted", "a": "attributed", "o": "other", "i": "institutional", "n": "narrated"}
OWN = ("quoted", "attributed")
WORDS = {"en": re.compile(r"\w+"), "zh": re.compile(r"[\u4e00-\u9fff]")}


class Excerpt(NamedTuple):
    """One report: `labels` are the voices by the offset at which a sentence begins."""

    id: str
    speaker: str
    kind: str
    half: str
    text: str
    labels: dict[int, str]
    language: str


def excerpts(name, language):
    for part in re.split(r"^=== ", (FOLDER / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        id_, speaker, kind, half, _ = (field.strip() for field in head.split("|"))
        text, labels, done = "", {}, 0
        for found in re.finditer(r"\{([qaoin])\}", body.strip()):
            text += body.strip()[done : found.start()]
            labels[len(text)] = LABELS[found[1]]
            done = found.end()
        yield Excerpt(id_, speaker, kind, half, text + body.strip()[done:], labels, language)


FILES = (
    ("english.txt", "en"),
    ("fresh.txt", "en"),
    ("reports.txt", "en"),
    ("last.txt", "en"),
    ("final.txt", "en"),
    ("chinese.txt", "zh"),
    ("blind.txt", "en"),
    ("open.txt", "en"),
    ("opened.txt", "en"),
    ("sealed.txt", "en"),
    ("unseen.txt", "en"),
    ("gathered.txt", "en"),
)
ENGLISH, FRESH, REPORTS, LAST, FINAL, CHINESE, BLIND, OPEN, OPENED, SEALED, UNSEEN, GATHERED = (list(excerpts(*of)) for of in FILES)
EVERY = [*ENGLISH, *FRESH, *REPORTS, *LAST, *FINAL, *CHINESE, *BLIND, *OPEN, *OPENED, *SEALED]
SEVERAL = [one for one in EVERY if one.kind == "several"]


def marked(text, speaker, language):
    kind, _ = detect_kind(text, speaker, Recipe())
    speech = Speech("a", text, speaker=speaker, kind=kind, language=language, inferred=("kind",))
    return speech, mark(speech, Recipe())


def words_right(one):
    """Words (characters in Chinese) rightly the speaker's, wrongly the speaker's, and missed."""
    found = mark(Speech("a", one.text, speaker=one.speaker, kind="readout", language=one.language), Recipe())
    starts, marks = sorted(one.labels), [s.start for s in found]
    right = wrong = missed = 0
    for word in WORDS[one.language].finditer(one.text):
        at, segment = bisect_right(starts, word.start()) - 1, found[bisect_right(marks, word.start()) - 1]
        true, ours = at >= 0 and one.labels[starts[at]] in OWN, segment.voice in OWN
        right, wrong, missed = right + (true and ours), wrong + (ours and not true), missed + (true and not ours)
    return right, wrong, missed


def scored(several, kind, half):
    sums = [0, 0, 0]
    for one in several:
        if (one.kind, one.half) == (kind, half):
            sums = [a + b for a, b in zip(sums, words_right(one), strict=True)]
    right, wrong, missed = sums
    return right / (right + wrong), right / (right + missed)


@pytest.mark.parametrize(
    ("params", "half", "exact", "found"),
    [
        (ENGLISH, "dev", 0.98, 0.98),
        (ENGLISH, "held", 0.99, 0.98),
        (FRESH, "fresh", 0.99, 0.98),
        (REPORTS, "dev2", 0.99, 0.99),
        (REPORTS, "held2", 0.99, 0.99),
        (LAST, "last", 0.99, 0.98),
        (FINAL, "final", 0.99, 0.94),
        (BLIND, "blind", 0.98, 0.98),
        (OPEN, "dev", 0.98, 0.97),
        (OPENED, "blind", 0.96, 0.95),
        (SEALED, "blind2", 0.96, 0.95),
        (CHINESE, "dev", 0.99, 0.98),
        (CHINESE, "held", 0.99, 0.98),
    ],
    ids=[
        "english-dev",
        "english-held",
        "english-fresh",
        "english-dev2",
        "english-held2",
        "english-last",
        "english-final",
        "english-blind",
        "english-open",
        "english-opened",
        "english-sealed",
        "chinese-dev",
        "chinese-held",
    ],
)
def test_words_of_one_leader_are_told_with_high_precision_and_recall(params, half, exact, found):
    precision, recall = scored(params, "one", half)
    assert precision >= exact
    assert recall >= found


@pytest.mark.parametrize(
    ("params", "half", "exact", "least"),
    [
        (ENGLISH, "dev", 0.98, 0.98),
        (ENGLISH, "held", 0.98, 0.98),
        (FRESH, "fresh", 0.98, 0.98),
        (REPORTS, "dev2", 0.98, 0.98),
        (REPORTS, "held2", 0.98, 0.92),
        (LAST, "last", 0.98, 0.94),
        (FINAL, "final", 0.98, 0.93),
        (BLIND, "blind", 0.86, 0.98),
        (OPEN, "dev", 0.98, 0.96),
        (OPENED, "blind", 0.91, 0.94),
        (SEALED, "blind2", 0.93, 0.94),
        (CHINESE, "dev", 0.98, 0.98),
        (CHINESE, "held", 0.98, 0.98),
    ],
)
def test_words_in_reports_of_several_leaders_are_told_with_high_precision(params, half, exact, least):
    precision, recall = scored(params, "several", half)
    assert precision >= exact
    assert recall >= least


def test_a_file_never_looked_at_is_told_as_well_as_is_said_of_it():
    precision, recall = scored(UNSEEN, "one", "blind3")
    assert precision >= 0.93
    assert recall >= 0.76
    flagged = [scope_of(*marked(one.text, one.speaker, one.language))[0] == "none" for one in UNSEEN if one.kind == "several"]
    assert sum(flagged) >= 4


def test_reports_gathered_by_a_stranger_are_told_as_well_as_was_asked_for():
    precision, recall = scored(GATHERED, "one", "blind4")
    assert precision >= 0.95
    assert recall >= 0.93
    scopes = [(one.kind, scope_of(*marked(one.text, one.speaker, one.language))[0]) for one in GATHERED]
    assert scopes.count(("several", "none")) == 6
    assert scopes.count(("one", "speaker")) >= 18


@pytest.mark.parametrize("one", SEVERAL, ids=lambda one: one.id)
def test_every_report_of_several_speakers_is_flagged(one):
    scope, reason = scope_of(*marked(one.text, one.speaker, one.language))
    assert (scope, reason.split(":")[0]) == ("none", "several speakers")


def test_of_reports_of_one_leader_one_in_twenty_is_flagged_and_all_others_are_counted():
    scopes = [scope_of(*marked(one.text, one.speaker, one.language))[0] for one in EVERY if one.kind == "one"]
    assert set(scopes) == {"speaker", "none"}
    assert scopes.count("none") <= 0.05 * len(scopes)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_the_band_holds_what_was_found(one):
    _, segments = marked(one.text, one.speaker, one.language)
    own = {s.start for s in segments if s.is_speakers}
    assert {s.start for s in narrow(segments)} <= own <= {s.start for s in wide(segments)}
