"""A fabricated report on two readouts. All names and texts are invented."""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.estimates import Estimate
from tracker.findings.records import (
    Comparison,
    DistinctiveWords,
    Evidence,
    Finding,
    SideSummary,
    TextFinding,
    ThemeShift,
    ThemeSide,
    TopicList,
    TopicRow,
    Warning,  # noqa: A004 - the product's word for it
    WordList,
    WordRow,
)
from tracker.findings.speech_records import CorpusSummary, MarkedSegment, MarkedSpeech, SpeechSummary
from tracker.reports.content import ReportContent

FIRST = (
    "Mayor Varga promises to rebuild the river wall\n\n"
    "Mayor Ines Varga on Monday toured the flooded quarter of Old Alden and met shopkeepers.\n\n"
    "“No family in Old Alden will spend another winter behind sandbags,” Varga said.\n\n"
    "The mayor called for emergency flood protection and for the river wall to be rebuilt before the autumn rains.\n\n"
    "The port once employed a third of the city; its shipyards closed nine years ago.\n\n"
    "Varga said the closed shipyards must be turned over to new industries, and that shipyard workers will be retrained first.\n\n"
    "The council stressed that repairs should not wait for the national budget."
)
SECOND = (
    "Varga opens forum on a self-supplied city\n\n"
    "Mayor Ines Varga opened the energy forum in Kestrel Hall on Thursday.\n\n"
    "She said Port Alden must produce its own power, and called for tidal energy and battery research to be built here, not bought.\n\n"
    "“A city that makes its own power makes its own decisions,” Varga told the forum.\n\n"
    "The mayor urged the university and the shipyard workers to share one research campus.\n\n"
    "Delegates from eleven towns attended.\n\n"
    "Varga said food from nearby farms should reach every school kitchen by spring, a first duty of the region."
)
TEXTS = {"aaaa00000001": FIRST, "bbbb00000002": SECOND}
DATES = {"aaaa00000001": "2031-08-18", "bbbb00000002": "2032-09-09"}


def passage(speech: str, sentence: str, hits: str = "", voice: str = "attributed") -> Evidence:
    """A verbatim passage that holds `sentence`, with the words of the pattern `hits` marked."""
    text = TEXTS[speech]
    start = text.index(sentence)
    end = start + len(sentence)
    marks = tuple((start + m.start(), start + m.end()) for m in re.finditer(hits, sentence)) if hits else ()
    return Evidence(speech, DATES[speech], start, end, text[start:end], voice, "en", marks)


FLOOD = passage("aaaa00000001", FIRST.split("\n\n")[3], "flood protection|river wall")
WALL = passage("aaaa00000001", FIRST.split("\n\n", maxsplit=1)[0], "river wall", "title")
SANDBAGS = passage("aaaa00000001", FIRST.split("\n\n")[2], "sandbags", "quoted")
YARDS = passage("aaaa00000001", FIRST.split("\n\n")[5], "shipyards|shipyard workers")
OWN = passage("bbbb00000002", SECOND.split("\n\n")[2], "tidal energy|battery research|own power")
CITY = passage("bbbb00000002", SECOND.split("\n\n")[3], "own power", "quoted")
CAMPUS = passage("bbbb00000002", SECOND.split("\n\n")[4], "shipyard workers|research campus")
FARMS = passage("bbbb00000002", SECOND.split("\n\n")[6], "food|farms")


def estimate(value: float | None, spread: float | None = None, unit: str = "share", n: int = 1) -> Estimate:
    known = value is not None and spread is not None
    return Estimate(
        value,
        max(0.0, value - spread) if known and unit == "share" else value - spread if known else None,
        value + spread if known else None,
        0.95,
        n,
        unit,
        "welch-share",
    )


def shift(name: str, hits: tuple[int, int], evidence: tuple[Evidence, ...] = (), core: tuple[int, int] = (0, 0)) -> ThemeShift:
    tokens = (118, 104)
    values = (hits[0] / tokens[0], hits[1] / tokens[1])
    sides = [ThemeSide(estimate(v, None), h, c, t, v, c / t if c else None) for v, h, c, t in zip(values, hits, core, tokens, strict=True)]
    return ThemeShift(
        id=name.lower().replace(" ", "-"),
        label=name,
        origin="named",
        before=sides[0],
        after=sides[1],
        points=estimate(100 * (values[1] - values[0]), None, "points"),
        ratio=estimate(values[1] / values[0] if values[0] else None, None, "ratio"),
        p=None,
        q=None,
        p_permutation=None,
        tau_star=0.21,
        smallest_detectable=None,
        verdict="not testable",
        exploratory=False,
        sensitivity=None,
        evidence=evidence,
        other_scope=(values[0] * 0.7, values[1] * 0.8),
        terms=("example*", "two words"),
        core=(name.lower(),),
    )


def text_finding(theme: str, term: str, counts: tuple[int, int], where: tuple[str, ...], evidence: tuple[Evidence, ...]) -> TextFinding:
    only = "both" if all(counts) else "before" if counts[0] else "after"
    dates = sorted(e.date for e in evidence)
    said = {"before": "only in 2031", "after": "only in 2032", "both": "in both"}[only]
    return TextFinding(theme.lower().replace(" ", "-"), theme, term, only, counts, where, dates[0], dates[-1], f"“{term}” is said {said}.", evidence)


def side(label: str, **changes: object) -> SideSummary:
    whole = SideSummary(label, 1, 1, 118, 0.52, ("readout",), ("Ines Varga",), ("Alden Courier",), ("Old Alden",), 118.0)
    return replace(whole, **changes)


def speech_line(key: str, title: str, **changes: object) -> SpeechSummary:
    whole = SpeechSummary(
        key, DATES.get(key, ""), "header", "stated", "", "day", "Ines Varga", title, "Port Alden", "Alden Courier", "readout", "en", 118, key, f"{key}.txt"
    )
    return whole._replace(**changes)


def segments(text: str, voices: str) -> tuple[MarkedSegment, ...]:
    names = {"H": "narrated", "N": "narrated", "A": "attributed", "Q": "quoted", "I": "institutional"}
    found, at = [], 0
    for part, letter in zip(text.split("\n\n"), voices, strict=True):
        start = text.index(part, at)
        at = start + len(part)
        found.append(
            MarkedSegment(start, at, part, names[letter], "title" if letter == "H" else "body", letter != "I", "cue: Varga said" if letter in "AQ" else "")
        )
    return tuple(found)


W1 = Warning("W1", "Only one speech in 2031. The figures describe these texts; they cannot show that the emphasis of the period changed. No test was run.")
W5 = Warning(
    "W5", "Only 52% of the words in 2031 and 71% in 2032 are attributed to the speaker; the rest is the reporter's. The whole-text comparison mixes the two."
)


def two_speeches() -> ReportContent:
    """A report on two readouts: nothing can be tested, the texts say everything."""
    before = side("2031")
    after = side("2032", tokens=104, speaker_share=0.71, outlets=("Harbour Agency",), places=("Kestrel Hall",), median_tokens=104.0)
    themes = (
        shift("Energy independence", (0, 6), (OWN, CITY), (0, 2)),
        shift("Flood protection", (7, 0), (FLOOD, WALL, SANDBAGS), (3, 0)),
        shift("Food supply", (0, 2), (FARMS,), (0, 1)),
        shift("Industrial restructuring", (5, 1), (YARDS, CAMPUS), (2, 0)),
        shift("Research and universities", (0, 4), (CAMPUS, OWN), (0, 1)),
        shift("Public transport", (0, 0)),
        shift("Housing", (0, 0)),
    )
    texts = (
        text_finding("Flood protection", "river wall", (2, 0), ("headline", "attributed"), (FLOOD, WALL)),
        text_finding("Flood protection", "sandbags", (1, 0), ("quoted",), (SANDBAGS,)),
        text_finding("Industrial restructuring", "new industries", (1, 0), ("attributed",), (YARDS,)),
        text_finding("Energy independence", "own power", (0, 2), ("attributed", "quoted"), (CITY, OWN)),
        text_finding("Research and universities", "battery research", (0, 1), ("attributed",), (OWN,)),
        text_finding("Food supply", "nearby farms", (0, 1), ("attributed",), (FARMS,)),
        text_finding("Industrial restructuring", "shipyard workers", (1, 1), ("attributed",), (YARDS, CAMPUS)),
    )
    findings = (
        Finding("texts", "The 2032 readout calls for a city that makes its own power; the 2031 one never does.", "energy-independence", (OWN, CITY)),
        Finding(
            "texts", "The 2031 readout asks for flood protection and a rebuilt river wall; neither phrase is in the 2032 one.", "flood-protection", (FLOOD,)
        ),
        Finding(
            "texts", "Both speak of the shipyard workers: retrained first in 2031, on a research campus in 2032.", "industrial-restructuring", (YARDS, CAMPUS)
        ),
        Finding("limit", "One speech a year cannot show that a year changed; about 9 more speeches a year would detect a doubling.", caveats=(W1,)),
    )
    comparison = Comparison(before, after, "speaker", "none", 0.95, themes, texts, None, ("The outlets differ: Alden Courier, Harbour Agency.",), (W1, W5), 9)
    rows = tuple(
        WordRow(t, b, 1000 * b / 118, a, 1000 * a / 104, None, z, abs(z) * 3)
        for t, b, a, z in (
            ("power", 0, 4, 1.9),
            ("research", 0, 3, 1.7),
            ("energy", 0, 2, 1.4),
            ("campus", 0, 1, 1.0),
            ("school", 0, 1, 0.9),
            ("shipyard", 3, 1, -0.8),
            ("rain", 1, 0, -0.9),
            ("river", 2, 0, -1.3),
            ("flood", 2, 0, -1.4),
            ("wall", 3, 0, -1.6),
        )
    )
    words = WordList(before, after, "all", 111.0, rows, 0, ())
    topics = TopicList(
        "m1",
        "nmf",
        6,
        5,
        True,
        (
            TopicRow(
                "t1", "power, research, energy", ("power", "research", "energy", "tidal", "battery", "campus"), 0.55, 0.62, True, (OWN,), "Energy independence"
            ),
            TopicRow("t2", "wall, river, flood", ("wall", "river", "flood", "winter", "shipyard", "repair"), 0.45, 0.31, False, (FLOOD,), "Flood protection"),
        ),
        (
            Warning(
                "W9",
                "6 passages: the topics are illustrative (1 of 2 came back in 5 refits); they are never findings below 1,000 passages unless they reproduce.",
            ),
        ),
    )
    tfidf = (
        DistinctiveWords(
            "18 August 2031",
            "2031-08-18",
            "aaaa00000001",
            tuple((w, 0.4 - 0.04 * i, 3 - i // 3) for i, w in enumerate(("wall", "river", "flood", "winter", "sandbag", "repair", "shop"))),
        ),
        DistinctiveWords(
            "9 September 2032",
            "2032-09-09",
            "bbbb00000002",
            tuple((w, 0.5 - 0.05 * i, 4 - i // 2) for i, w in enumerate(("power", "research", "energy", "tidal", "campus", "forum", "farm"))),
        ),
    )
    lines = (
        speech_line("aaaa00000001", "Mayor Varga promises to rebuild the river wall"),
        speech_line("bbbb00000002", "Varga opens forum on a self-supplied city", tokens=104, outlet="Harbour Agency", published="2032-09-10"),
    )
    marked = (
        MarkedSpeech(
            lines[0], "“Monday” agrees with 18 August 2031, the header’s date.", 0.52, segments(FIRST, "HNQANAI"), ("speaker",), (("event_type", "visit"),)
        ),
        MarkedSpeech(lines[1], "“Thursday” agrees with 9 September 2032, the caption’s date.", 0.71, segments(SECOND, "HNAQANA"), (), ()),
    )
    return ReportContent(
        title="What Mayor Varga stressed, 2031 and 2032",
        corpus=CorpusSummary(2, 2, 222, "9f2c11aa03de", "2031-08-18", "2032-09-09", ("en",), ("Ines Varga",), ("readout",), 0),
        speeches=lines,
        comparison=comparison,
        words=words,
        topics=topics,
        tfidf=tfidf,
        findings=findings,
        marked=marked,
        warnings=(W1, W5),
        methods=(
            "Emphasis is the mean share of content words inside a theme's terms, per event (Welch t on shares). Words are ranked by weighted log-odds with an informative prior (Monroe, Colaresi & Quinn 2008).",
        ),
        recipe=(("Scope", "the speaker's words in readouts, all words in transcripts"), ("Level", "95 % intervals"), ("Random state", "1")),
        commands=("tracker report 2031 2032", "tracker replay latest"),
        theme_terms=tuple((t.label, t.core, t.terms) for t in themes),
        left_out=("Function words are left out of every share.",),
        measures_rows=tuple(
            {"speech": k, "theme": t.id, "hits": t.before.hits if k.startswith("a") else t.after.hits, "tokens": 118} for k in TEXTS for t in themes
        ),
        before_speeches=("aaaa00000001",),
        after_speeches=("bbbb00000002",),
    )
