"""Fabricated series, distances and novelty of every shape a chart must bear."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from content_many import NOUNS
from content_samples import FARMS, FLOOD, OWN, two_speeches

from tracker.estimates import Estimate
from tracker.findings.records import Warning  # noqa: A004 - the product's word for it
from tracker.findings.series_records import (
    ChangePoint,
    Contrast,
    DistanceMatrix,
    GroupSummary,
    Novelty,
    NoveltyRow,
    Series,
    SeriesPoint,
    ThemeSeries,
    Trend,
)

W11 = Warning("W11", "6 periods are too few for a trend test (10 needed). The line is descriptive.")
SHORT = Warning("W25", "4 speeches hold fewer than 800 content words and are left out.")
W12 = Warning("W12", "Neighbouring periods are correlated (r1 = 0.41); at r1 = 0.5 the trend test raises a false alarm 13-28% of the time, not 5%.")


def number(value, spread=None, unit="share", n=6):
    known = value is not None and spread is not None
    return Estimate(value, value - spread if known else None, value + spread if known else None, 0.95, n, unit, "t")


def years(first, n, gaps=()):
    """Groups by year; those at the places `gaps` hold nothing."""
    return tuple(
        GroupSummary(
            str(first + i),
            f"{first + i}-01-01",
            f"{first + i}-12-31",
            *((0, 0, 0) if i in gaps else (2 + (i * 7) % 11, 2 + (i * 7) % 9, 3100 + 811 * ((i * 5) % 13))),
        )
        for i in range(n)
    )


def values(names):
    """Groups that do not follow each other in time."""
    return tuple(GroupSummary(name, "", "", 1 + (i * 5) % 17, 1 + (i * 5) % 17, 900 + 1301 * ((i * 3) % 11)) for i, name in enumerate(names))


def theme(draw, name, groups, *, slope=0.0, level=0.006, step=None, in_time=True, marked=()):
    """A theme over groups: `marked` are places whose contrast passes; `step` a place from which the level is higher."""
    points = []
    for i, group in enumerate(groups):
        n = group.events
        mean = max(0.0, level + slope * i + (0.004 if step is not None and i >= step else 0.0) + draw.gauss(0, level / 6) + (0.006 if i in marked else 0.0))
        empty = n == 0
        spread = None if n < 2 else level * 1.1 / math.sqrt(n)
        share = number(None if empty else mean, None if empty else spread, n=n)
        share = replace(share, low=None if share.low is None else max(0.0, share.low))
        pulled = level + slope * i + (mean - level - slope * i) * n / (n + 3)
        drawn = number(None if empty else pulled, None if empty else level * 0.5 / math.sqrt(n + 1), n=n)
        contrast = (
            None
            if n < 2
            else Contrast(number(100 * (mean - level), 0.2, "points"), 0.01, 0.03 if i in marked else 0.5, "rose" if i in marked else "cannot tell")
        )
        points.append(SeriesPoint(group.label, share, drawn, int(mean * group.tokens), group.tokens, contrast))
    held = sum(g.events > 0 for g in groups)
    key = name.lower().replace(" ", "-")
    return ThemeSeries(
        key, name, "named", tuple(points), _trend(slope, held) if in_time else None, _change(groups, step, held) if in_time else None, (FLOOD, OWN, FARMS)[:2]
    )


def _trend(slope, held):
    if held < 10:
        return Trend(
            0.3 if held >= 5 else None,
            number(100 * slope if held >= 5 else None, 0.02 if held >= 5 else None, "points", held),
            None,
            None,
            None,
            "too few periods",
        )
    verdict = "rising" if slope > 0 else "falling" if slope < 0 else "no trend shown"
    return Trend(0.7 if slope else 0.1, number(100 * slope, 0.01, "points", held), 0.001 if slope else 0.4, 0.004 if slope else 0.6, 0.12, verdict)


def _change(groups, step, held):
    if held < 10:
        return ChangePoint("", "", (), None, None, None, "", "too few periods")
    labels = [g.label for g in groups]
    if step is None:
        return ChangePoint(labels[4], labels[5], (labels[5],), 0.3, 0.4, 0.6, "permuted", "no change shown")
    return ChangePoint(labels[step - 1], labels[step], tuple(labels[step - 1 : step + 2]), 0.99, 0.002, 0.008, "permuted", "changed")


def matrix(groups, few=()):
    """Distances that grow with how far groups lie apart."""
    n = len(groups)
    bits = [
        [0.0 if i == j else None if {i, j} & set(few) else round(0.004 + 0.0031 * abs(i - j) + 0.001 * ((i * j) % 5), 4) for j in range(n)] for i in range(n)
    ]
    return DistanceMatrix(tuple(g.label for g in groups), tuple(tuple(row) for row in bits))


def by_year(n=12, themes=6, gaps=(4,), first=2013):
    """A series over years: the first theme rises, the second falls, the third changes, the fourth stands out once."""
    draw, groups = random.Random(11), years(first, n, gaps)  # noqa: S311 - invented figures
    shapes = [{"slope": 0.0006}, {"slope": -0.0004, "level": 0.009}, {"step": n // 2}, {"marked": (n // 2,)}]
    if n > 30:
        shapes = [{"slope": 0.00012}, {"slope": -0.00008, "level": 0.009}, {"step": n // 2}, {"marked": (7, 8, 31)}]
    held = []
    for i in range(themes):
        shape = shapes[i] if i < 4 and (n >= 10 or i == 3) else {"level": 0.0008 * (1 + (i * 7) % 19), "marked": (i % n,) if i % 5 == 4 and n > 30 else ()}
        label = NOUNS[i % len(NOUNS)].capitalize() + (" and the long-promised reform of the regional administration" if i % 9 == 5 else "")
        held.append(theme(draw, label, groups, **shape))
    warnings = (W12,) if n >= 10 else (replace(W11, text=W11.text.replace("6 periods", f"{n} periods")),)
    return Series(
        "year", True, "speaker", 0.95, groups, tuple(held), matrix(groups, (1,)) if n <= 16 else None, 3, themes * n, themes if n >= 10 else 0, warnings
    )


def by_speaker(names, themes=1):
    """A series over speakers; the fourth stands out."""
    draw, groups = random.Random(5), values(names)  # noqa: S311 - invented figures
    held = tuple(theme(draw, NOUNS[i].capitalize(), groups, in_time=False, marked=(3,) if i == 0 else ()) for i in range(themes))
    return Series("speaker", False, "all", 0.95, groups, held, None, 0, themes * len(groups), 0, ())


NAMES = [
    f"{first} {last}"
    for last in ("Varga", "Hale", "Okonkwo-Lindqvist", "Brandt", "Serrano y Castellanos")
    for first in ("Ines", "Tomas", "Mira", "Jon", "Ada", "Luc", "Eva", "Noor")
]
CHINESE = ("港口市市长在市议会秋季全体会议开幕式上的讲话", "区域行政长期承诺的改革委员会", "李明华", "第三届能源论坛组织委员会秘书处", "王小明", "市议会")


def novel(n=60, breaks=((20, "broke and stayed"), (33, "left behind"), (41, "broke and stayed"))):
    """Speeches in order of time, the first and last seven without numbers."""
    draw, told = random.Random(3), dict(breaks)  # noqa: S311 - invented figures
    rows = []
    for i in range(n):
        known = 7 <= i < n - 7
        stands = told.get(i, "")
        new = draw.gauss(0, 0.03) + (0.22 if stands else 0.0)
        stay = draw.gauss(0, 0.03) + (0.15 if stands == "broke and stayed" else -0.18 if stands else 0.0)
        rows.append(
            NoveltyRow(
                f"{i:012x}",
                f"e{i}",
                f"{2010 + i // 6}-{1 + (i * 2) % 12:02d}-11",
                f"Address to the {NOUNS[i % len(NOUNS)]} council",
                "Ines Varga",
                new if known else None,
                new - stay if known else None,
                stay if known else None,
                0.1 if known else None,
                (0.02 if stands else 0.7) if known else None,
                stands or ("as usual" if known else "not measured"),
                ("tidal", "battery", "campus", "forum") if stands else (),
            )
        )
    return Novelty(7, 800, 200, 0.95, "speaker", "en", tuple(rows), (SHORT,))


def timed():
    """A report with a series over years and novelty."""
    return replace(two_speeches(), series=by_year(), novelty=novel())
