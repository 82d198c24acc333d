"""Two fabricated reports: two readouts, and forty speeches with sixty themes. All names and texts are invented."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from tracker.estimates import Estimate
from tracker.findings.records import (
    Balance,
    Comparison,
    CorpusSummary,
    DistinctiveWords,
    Evidence,
    Finding,
    MarkedSegment,
    MarkedSpeech,
    Sensitivity,
    SideSummary,
    SpeechSummary,
    TextFinding,
    ThemeShift,
    ThemeSide,
    TopicList,
    TopicRow,
    Warning,
    WordList,
    WordRow,
)
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
WALL = passage("aaaa00000001", FIRST.split("\n\n")[0], "river wall", "title")
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
    sides = [ThemeSide(estimate(v, None), h, c, t, v) for v, h, c, t in zip(values, hits, core, tokens, strict=True)]
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
    whole = SpeechSummary(key, DATES.get(key, ""), "header", "stated", "", "day", "Ines Varga", title, "Port Alden", "Alden Courier", "readout", "en", 118, key, f"{key}.txt")
    return replace(whole, **changes)


def segments(text: str, voices: str) -> tuple[MarkedSegment, ...]:
    names = {"H": "narrated", "N": "narrated", "A": "attributed", "Q": "quoted", "I": "institutional"}
    found, at = [], 0
    for part, letter in zip(text.split("\n\n"), voices, strict=True):
        start = text.index(part, at)
        at = start + len(part)
        found.append(MarkedSegment(start, at, part, names[letter], "title" if letter == "H" else "body", letter != "I", "cue: Varga said" if letter in "AQ" else ""))
    return tuple(found)


W1 = Warning("W1", "Only one speech in 2031. The figures describe these texts; they cannot show that the emphasis of the period changed. No test was run.")
W5 = Warning("W5", "Only 52% of the words in 2031 and 71% in 2032 are attributed to the speaker; the rest is the reporter's. The whole-text comparison mixes the two.")


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
        Finding("texts", "The 2031 readout asks for flood protection and a rebuilt river wall; neither phrase is in the 2032 one.", "flood-protection", (FLOOD,)),
        Finding("texts", "Both speak of the shipyard workers: retrained first in 2031, on a research campus in 2032.", "industrial-restructuring", (YARDS, CAMPUS)),
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
            TopicRow("t1", "power, research, energy", ("power", "research", "energy", "tidal", "battery", "campus"), 0.55, 0.62, True, (OWN,), "Energy independence"),
            TopicRow("t2", "wall, river, flood", ("wall", "river", "flood", "winter", "shipyard", "repair"), 0.45, 0.31, False, (FLOOD,), "Flood protection"),
        ),
        (Warning("W9", "6 passages: the topics are illustrative (1 of 2 came back in 5 refits); they are never findings below 1,000 passages unless they reproduce."),),
    )
    tfidf = (
        DistinctiveWords("18 August 2031", "2031-08-18", "aaaa00000001", tuple((w, 0.4 - 0.04 * i, 3 - i // 3) for i, w in enumerate(("wall", "river", "flood", "winter", "sandbag", "repair", "shop")))),
        DistinctiveWords("9 September 2032", "2032-09-09", "bbbb00000002", tuple((w, 0.5 - 0.05 * i, 4 - i // 2) for i, w in enumerate(("power", "research", "energy", "tidal", "campus", "forum", "farm")))),
    )
    lines = (speech_line("aaaa00000001", "Mayor Varga promises to rebuild the river wall"), speech_line("bbbb00000002", "Varga opens forum on a self-supplied city", tokens=104, outlet="Harbour Agency", published="2032-09-10"))
    marked = (
        MarkedSpeech(lines[0], "“Monday” agrees with 18 August 2031, the header’s date.", 0.52, segments(FIRST, "HNQANAI"), ("speaker",), (("event_type", "visit"),)),
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
        methods=("Emphasis is the mean share of content words inside a theme's terms, per event (Welch t on shares). Words are ranked by weighted log-odds with an informative prior (Monroe, Colaresi & Quinn 2008).",),
        recipe=(("Scope", "the speaker's words in readouts, all words in transcripts"), ("Level", "95 % intervals"), ("Random state", "1")),
        commands=("tracker report 2031 2032", "tracker replay latest"),
        theme_terms=tuple((t.label, t.core, t.terms) for t in themes),
        left_out=("Function words are left out of every share.",),
        measures_rows=tuple({"speech": k, "theme": t.id, "hits": t.before.hits if k.startswith("a") else t.after.hits, "tokens": 118} for k in TEXTS for t in themes),
        before_speeches=("aaaa00000001",),
        after_speeches=("bbbb00000002",),
    )


NOUNS = (
    "harbour bridge orchard library lantern granite meadow ferry canal foundry glacier signal market timber compass railway vineyard "
    "archive reservoir workshop barley turbine clinic academy customs tariff pension pasture quarry fishery museum theatre stadium tunnel "
    "satellite laboratory nursery housing asylum frontier treaty treasury budget court police prison militia volunteer monument language "
    "festival newspaper broadcast insurance apprentice cooperative irrigation drought wildfire"
).split()


def many_speeches(speeches: int = 40, themes: int = 60) -> ReportContent:
    """A report on many speeches with tested themes, long labels, a gap, digests, Chinese, and a hostile title."""
    draw = random.Random(7)
    base = two_speeches()
    keys = [f"{i:012x}" for i in range(1, speeches + 1)]
    years = [2015 + (i * 9) // speeches for i in range(speeches)]
    days = [f"{y + (1 if y >= 2019 else 0)}-{1 + (i * 5) % 12:02d}-{1 + (i * 7) % 28:02d}" for i, y in enumerate(years)]
    days.sort()
    names = [f"{NOUNS[i % len(NOUNS)].capitalize()}{' and the long-promised reform of the regional administration' if i % 9 == 4 else ''}" for i in range(themes)]
    lines, marked = [], []
    for i, (key, day) in enumerate(zip(keys, days, strict=True)):
        chinese = i == 3
        title = "<script>alert('x')</script> & other hostile titles" if i == 1 else "港口的未来" if chinese else f"Address to the {NOUNS[(i * 3) % len(NOUNS)]} council"
        body = f"{title}. " + ("我们要修建新的码头。" if chinese else f"We will repair every {NOUNS[i % len(NOUNS)]} before the winter of {day[:4]}, and no {NOUNS[(i + 9) % len(NOUNS)]} will be closed.")
        TEXTS[key], DATES[key] = body, day
        line = speech_line(key, title, date=day, language="zh" if chinese else "en", tokens=draw.randint(200, 3200), kind="digest" if i == 5 else "transcript", outlet="")
        lines.append(line)
        marked.append(MarkedSpeech(line, f"“{day}” stands in the table.", 1.0, (MarkedSegment(0, len(body), body, "spoken", "body", True, ""),), (), ()))
    before = tuple(k for k, d in zip(keys, days, strict=True) if d < "2020")
    after = tuple(k for k in keys if k not in before)
    shifts = [_tested(draw, i, name, (before, after)) for i, name in enumerate(names)]
    left = side("2015..2019", speeches=len(before), events=len(before), tokens=31200, speaker_share=1.0, kinds=("transcript",), outlets=(), places=("Port Alden", "Kestrel"), median_tokens=1460.0)
    right = side("2020..2024", speeches=len(after), events=len(after), tokens=40100, speaker_share=1.0, kinds=("digest", "transcript"), outlets=(), places=("Port Alden",), median_tokens=1720.0)
    w14 = Warning("W14", "The periods differ in outlet/genre/event type (digest); the change may come from that, not from the speaker.")
    w7 = Warning("W7", "“harbour” supplies 64% of the hits of theme “Harbour”. Without it the change is +1.1.")
    found = tuple(
        Finding("period", f"{s.label} {s.verdict}: {1000 * s.before.share.value:.1f} to {1000 * s.after.share.value:.1f} words per 1,000 (q = {s.q:.3f}).", s.id, s.evidence[:1], (w7,) if i == 0 else ())
        for i, s in enumerate(x for x in shifts if x.verdict in ("rose", "fell"))
    )
    said = tuple(Finding("texts", f"{s.label} is named in every speech since 2020 and never before.", s.id, s.evidence[:2]) for s in shifts[:2])
    balance = Balance("Harbour", "Bridge", estimate(-0.2, 0.15, "balance", 18), estimate(0.3, 0.12, "balance", 22), estimate(0.5, 0.2, "balance", 40), 0.004, "rose")
    comparison = Comparison(left, right, "all", "welch-share", 0.95, tuple(shifts), tuple(_texts(shifts)), balance, ("The kinds differ: digest only after.",), (w14, w7))
    rows = tuple(
        sorted(
            (
                WordRow(n, b, b / 31.2, a, a / 40.1, (z / 2 if a and b else None), z, z * z, 0.01, 0.02 if abs(z) > 3.5 else 0.4, abs(z) > 3.5)
                for n, b, a, z in ((n, draw.randint(0, 40), draw.randint(1, 40), draw.uniform(-5, 5)) for n in NOUNS)
            ),
            key=lambda r: (-r.z, r.term),
        )
    )
    topics = TopicList("m2", "gensim", 1400, 5, False, tuple(_topic(draw, i) for i in range(12)), (Warning("W8", "Only 7 of 12 topics came back in 5 refits; the other topics are not shown as findings."),))
    tfidf = tuple(DistinctiveWords(line.date, line.date, line.id, tuple((NOUNS[(i * 5 + j * 7) % len(NOUNS)], 0.5 / (j + 1), 9 - j) for j in range(8))) for i, line in enumerate(lines))
    return replace(
        base,
        title="The council speeches of Port Alden, 2015 to 2024 <b>& more</b>",
        corpus=CorpusSummary(speeches, speeches, 71300, "77aa01bc9d10", days[0], days[-1], ("en", "zh"), ("Ines Varga", "Tomas Hale"), ("digest", "transcript"), 1),
        speeches=(*lines, speech_line("ffffffffffff", "A speech without a date", date="", date_status="missing", precision="")),
        comparison=comparison,
        words=WordList(left, right, "all", 500.0, rows, 58, (Warning("W15", "Token-level G2 is a description, not a test: on unchanged speech it reports a difference in about 60% of comparisons."),)),
        topics=topics,
        tfidf=tfidf,
        findings=(*said, *found[:4]),
        marked=tuple(marked),
        warnings=(w14,),
        theme_terms=tuple((s.label, s.core, s.terms) for s in shifts),
        measures_rows=tuple({"speech": k, "theme": s.id, "hits": (i * j) % 7, "share": None} for i, k in enumerate(keys) for j, s in enumerate(shifts)),
        before_speeches=before,
        after_speeches=after,
    )


def _tested(draw: random.Random, i: int, name: str, sides: tuple[tuple[str, ...], tuple[str, ...]]) -> ThemeShift:
    """A theme with fabricated estimates; every verdict occurs, the last five themes are never mentioned."""
    silent = i >= 55
    low, high = (0.0, 0.0) if silent else (draw.uniform(0.0005, 0.012), draw.uniform(0.0005, 0.012))
    if i == 0:
        low, high = 0.0031, 0.0142
    gap = high - low
    verdict = "too rare" if silent else "rose" if gap > 0.006 else "fell" if gap < -0.006 else "about the same" if abs(gap) < 0.0006 else "cannot tell"
    found = tuple(
        Evidence(k, DATES[k], 0, len(TEXTS[k]), TEXTS[k], "spoken", "zh" if "我们" in TEXTS[k] else "en", ((3, 7),)) for k in (*sides[0][i % 9 : i % 9 + 3], *sides[1][i % 9 : i % 9 + 3])
    )
    both = [ThemeSide(estimate(v, 0.0025 if not silent else 0.0002, n=len(s)), int(v * 31000), int(v * 9000), 31200, v * 1.1) for v, s in zip((low, high), sides, strict=True)]
    return ThemeShift(
        name.lower().replace(" ", "-"),
        name,
        "named" if i % 7 else "topic",
        both[0],
        both[1],
        estimate(100 * gap, 0.3, "points", 40),
        estimate(high / low if low else None, None, "ratio", 40),
        None if silent else 0.003 if abs(gap) > 0.006 else 0.4,
        None if silent else 0.012 if abs(gap) > 0.006 else 0.6,
        None,
        None,
        1.8,
        verdict,
        i % 11 == 2,
        Sensitivity("harbour", 0.64, 0.11) if i == 0 else None,
        () if silent else found,
        (None, None) if i % 2 else (low, high),
        (f"{name.lower().split()[0]}*", "quay"),
        (name.lower().split()[0],),
    )


def _texts(shifts: list[ThemeShift]) -> list[TextFinding]:
    only = ("before", "after", "both")
    counts = {"before": (4, 0), "after": (0, 6), "both": (3, 5)}
    return [
        TextFinding(s.id, s.label, s.label.split()[0].lower(), only[i % 3], counts[only[i % 3]], ("lead", "attributed"), "2015-01-01", "2024-09-08", f"“{s.label}” is said {only[i % 3]}.", s.evidence[:2])
        for i, s in enumerate(shifts[:55])
    ]


def _topic(draw: random.Random, i: int) -> TopicRow:
    words = tuple(NOUNS[(i * 5 + j) % len(NOUNS)] for j in range(8))
    stability = draw.uniform(0.1, 0.95)
    quotes = (Evidence("000000000004", DATES["000000000004"], 0, 5, TEXTS["000000000004"][:5], "spoken", "zh"),)
    return TopicRow(f"t{i}", ", ".join(words[:3]), words, (12 - i) / 78, stability, stability >= 0.5, quotes if i == 3 else (), words[0].capitalize() if i % 2 else "")
