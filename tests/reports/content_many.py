"""A fabricated report on forty speeches and sixty themes, with a hostile title, Chinese and a digest."""

from __future__ import annotations

import random
from dataclasses import replace

from content_samples import DATES, TEXTS, estimate, side, speech_line, two_speeches

from tracker.findings.records import (
    Balance,
    Comparison,
    DistinctiveWords,
    Evidence,
    Finding,
    Sensitivity,
    TextFinding,
    ThemeShift,
    ThemeSide,
    TopicList,
    TopicRow,
    Warning,  # noqa: A004 - the product's word for it
    WordList,
    WordRow,
)
from tracker.findings.speech_records import CorpusSummary, MarkedSegment, MarkedSpeech
from tracker.reports.content import ReportContent

NOUNS = [
    "harbour",
    "bridge",
    "orchard",
    "library",
    "lantern",
    "granite",
    "meadow",
    "ferry",
    "canal",
    "foundry",
    "glacier",
    "signal",
    "market",
    "timber",
    "compass",
    "railway",
    "vineyard",
    "archive",
    "reservoir",
    "workshop",
    "barley",
    "turbine",
    "clinic",
    "academy",
    "customs",
    "tariff",
    "pension",
    "pasture",
    "quarry",
    "fishery",
    "museum",
    "theatre",
    "stadium",
    "tunnel",
    "satellite",
    "laboratory",
    "nursery",
    "housing",
    "asylum",
    "frontier",
    "treaty",
    "treasury",
    "budget",
    "court",
    "police",
    "prison",
    "militia",
    "volunteer",
    "monument",
    "language",
    "festival",
    "newspaper",
    "broadcast",
    "insurance",
    "apprentice",
    "cooperative",
    "irrigation",
    "drought",
    "wildfire",
]


def many_speeches(speeches: int = 40, themes: int = 60) -> ReportContent:
    """A report on many speeches with tested themes, long labels, a gap, digests, Chinese, and a hostile title."""
    draw = random.Random(7)  # noqa: S311 - invented figures
    base = two_speeches()
    keys = [f"{i:012x}" for i in range(1, speeches + 1)]
    years = [2015 + (i * 9) // speeches for i in range(speeches)]
    days = [f"{y + (1 if y >= 2019 else 0)}-{1 + (i * 5) % 12:02d}-{1 + (i * 7) % 28:02d}" for i, y in enumerate(years)]
    days.sort()
    names = [
        f"{NOUNS[i % len(NOUNS)].capitalize()}{' and the long-promised reform of the regional administration' if i % 9 == 4 else ''}" for i in range(themes)
    ]
    lines, marked = [], []
    for i, (key, day) in enumerate(zip(keys, days, strict=True)):
        chinese = i == 3
        title = (
            "<script>alert('x')</script> & other hostile titles"
            if i == 1
            else "港口的未来"
            if chinese
            else f"Address to the {NOUNS[(i * 3) % len(NOUNS)]} council"
        )
        body = f"{title}. " + (
            "我们要修建新的码头。"
            if chinese
            else f"We will repair every {NOUNS[i % len(NOUNS)]} before the winter of {day[:4]}, and no {NOUNS[(i + 9) % len(NOUNS)]} will be closed."
        )
        TEXTS[key], DATES[key] = body, day
        line = speech_line(
            key, title, date=day, language="zh" if chinese else "en", tokens=draw.randint(200, 3200), kind="digest" if i == 5 else "transcript", outlet=""
        )
        lines.append(line)
        marked.append(MarkedSpeech(line, f"“{day}” stands in the table.", 1.0, (MarkedSegment(0, len(body), body, "spoken", "body", True, ""),), (), ()))
    before = tuple(k for k, d in zip(keys, days, strict=True) if d < "2020")
    after = tuple(k for k in keys if k not in before)
    shifts = [_tested(draw, i, name, (before, after)) for i, name in enumerate(names)]
    left = side(
        "2015..2019",
        speeches=len(before),
        events=len(before),
        tokens=31200,
        speaker_share=1.0,
        kinds=("transcript",),
        outlets=(),
        places=("Port Alden", "Kestrel"),
        median_tokens=1460.0,
    )
    right = side(
        "2020..2024",
        speeches=len(after),
        events=len(after),
        tokens=40100,
        speaker_share=1.0,
        kinds=("digest", "transcript"),
        outlets=(),
        places=("Port Alden",),
        median_tokens=1720.0,
    )
    w14 = Warning("W14", "The periods differ in outlet/genre/event type (digest); the change may come from that, not from the speaker.")
    w7 = Warning("W7", "“harbour” supplies 64% of the hits of theme “Harbour”. Without it the change is +1.1.")
    found = tuple(
        Finding(
            "period",
            f"{s.label} {s.verdict}: {1000 * s.before.share.value:.1f} to {1000 * s.after.share.value:.1f} words per 1,000 (q = {s.q:.3f}).",
            s.id,
            s.evidence[:1],
            (w7,) if i == 0 else (),
        )
        for i, s in enumerate(x for x in shifts if x.verdict in ("rose", "fell"))
    )
    said = tuple(Finding("texts", f"{s.label} is named in every speech since 2020 and never before.", s.id, s.evidence[:2]) for s in shifts[:2])
    balance = Balance(
        "Harbour", "Bridge", estimate(-0.2, 0.15, "balance", 18), estimate(0.3, 0.12, "balance", 22), estimate(0.5, 0.2, "balance", 40), 0.004, "rose"
    )
    comparison = Comparison(
        left, right, "all", "welch-share", 0.95, tuple(shifts), tuple(_texts(shifts)), balance, ("The kinds differ: digest only after.",), (w14, w7)
    )
    rows = tuple(
        sorted(
            (
                WordRow(n, b, b / 31.2, a, a / 40.1, (z / 2 if a and b else None), z, z * z, 0.01, 0.02 if abs(z) > 3.5 else 0.4, abs(z) > 3.5)
                for n, b, a, z in ((n, draw.randint(0, 40), draw.randint(1, 40), draw.uniform(-5, 5)) for n in NOUNS)
            ),
            key=lambda r: (-r.z, r.term),
        )
    )
    topics = TopicList(
        "m2",
        "gensim",
        1400,
        5,
        False,
        tuple(_topic(draw, i) for i in range(12)),
        (Warning("W8", "Only 7 of 12 topics came back in 5 refits; the other topics are not shown as findings."),),
    )
    tfidf = tuple(
        DistinctiveWords(line.date, line.date, line.id, tuple((NOUNS[(i * 5 + j * 7) % len(NOUNS)], 0.5 / (j + 1), 9 - j) for j in range(8)))
        for i, line in enumerate(lines)
    )
    return replace(
        base,
        title="The council speeches of Port Alden, 2015 to 2024 <b>& more</b>",
        corpus=CorpusSummary(
            speeches, speeches, 71300, "77aa01bc9d10", days[0], days[-1], ("en", "zh"), ("Ines Varga", "Tomas Hale"), ("digest", "transcript"), 1
        ),
        speeches=(*lines, speech_line("ffffffffffff", "A speech without a date", date="", date_status="missing", precision="")),
        comparison=comparison,
        words=WordList(
            left,
            right,
            "all",
            500.0,
            rows,
            58,
            (
                Warning(
                    "W15",
                    "G2 describes and does not test: it takes every word for independent, and so reports a difference in about 60% of comparisons of unchanged speech.",
                ),
            ),
        ),
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
        Evidence(k, DATES[k], 0, len(TEXTS[k]), TEXTS[k], "spoken", "zh" if "我们" in TEXTS[k] else "en", ((3, 7),))
        for k in (*sides[0][i % 9 : i % 9 + 3], *sides[1][i % 9 : i % 9 + 3])
    )
    both = [
        ThemeSide(estimate(v, 0.0025 if not silent else 0.0002, n=len(s)), int(v * 31000), int(v * 9000), 31200, v * 1.1, v * 0.3)
        for v, s in zip((low, high), sides, strict=True)
    ]
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
        TextFinding(
            s.id,
            s.label,
            s.label.split()[0].lower(),
            only[i % 3],
            counts[only[i % 3]],
            ("lead", "attributed"),
            "2015-01-01",
            "2024-09-08",
            f"“{s.label}” is said {only[i % 3]}.",
            s.evidence[:2],
        )
        for i, s in enumerate(shifts[:55])
    ]


def _topic(draw: random.Random, i: int) -> TopicRow:
    words = tuple(NOUNS[(i * 5 + j) % len(NOUNS)] for j in range(8))
    stability = draw.uniform(0.1, 0.95)
    quotes = (Evidence("000000000004", DATES["000000000004"], 0, 5, TEXTS["000000000004"][:5], "spoken", "zh"),)
    return TopicRow(
        f"t{i}", ", ".join(words[:3]), words, (12 - i) / 78, stability, stability >= 0.5, quotes if i == 3 else (), words[0].capitalize() if i % 2 else ""
    )
