"""How one event lies among others, in words."""

from __future__ import annotations

from tracker.findings.cases import Distance, Family, Locked, ReferenceEvents, Standing, Within
from tracker.findings.records import ThemeShift
from tracker.numerals import number, p_words, span


def rank_words(standing: Standing, reference: ReferenceEvents) -> str:
    """Return the rank of a single event: `higher than 11 of 12 earlier speeches`.

    Example:
        >>> from tracker.estimates import Estimate
        >>> usual = Estimate(0.02, 0.01, 0.04, 0.95, 12, "share", "prediction-t")
        >>> held = Standing("after", True, usual, 11, 11, 1, 12)
        >>> rank_words(held, ReferenceEvents("after", 12, 11, ("kind", "language"), "", "earlier"))
        'higher than 11 of 12 earlier speeches'
    """
    passed = standing.higher_than if standing.high else standing.lower_than
    how = "higher" if standing.high else "lower"
    many = f"all {standing.ranked:,}" if passed == standing.ranked and passed > 1 else f"{passed:,} of {standing.ranked:,}"
    return f"{how} than {many} {reference.when} speech{'es' if standing.ranked > 1 else ''}"


def verdict_words(theme: ThemeShift) -> str:
    """Return the verdict, with the direction where one event stands out: `stands out, high`."""
    if theme.verdict == "stands out" and theme.standing is not None:
        return f"stands out, {'high' if theme.standing.high else 'low'}"
    return theme.verdict


def reference_words(reference: ReferenceEvents) -> str:
    """Return what a single event was held against.

    Example:
        >>> reference_words(ReferenceEvents("after", 12, 11, ("kind", "language", "speaker"), "", "earlier"))
        '12 events of the same kind, language and speaker (11 df)'
    """
    same = f"{', '.join(reference.same[:-1])} and {reference.same[-1]}"
    cut = f", those on neither side cut into {reference.periods}" if reference.periods else ""
    return f"{reference.events:,} events of the same {same}{cut} ({reference.df:,} df)"


def family_words(family: Family, noun: str = "theme") -> str:
    """Return how many tests every q is corrected for, and what a change must pass besides.

    Example:
        >>> family_words(Family(8, 0.95, 0.3, 0.5, 1.5, 5.0))
        '8 themes tested, q over these; a change counts at q <= 0.05 and a |log2 ratio| of 0.3 or 5 theme words per 1,000'
    """
    themes = f"{family.tests} {noun}{'' if family.tests == 1 else 's'} tested, q over {'this one' if family.tests == 1 else 'these'}"
    floor = f"a |log2 ratio| of {family.min_log2_ratio:g} or {10 * family.min_points:g} {noun} words per 1,000"
    return f"{themes}; a change counts at q <= {1 - family.level:.2g} and {floor}"


def distance_words(distance: Distance) -> str:
    """Return how far the words of two sides lie apart, as a reader sees it: never below 0.

    Example:
        >>> from tracker.estimates import Estimate
        >>> distance_words(Distance(Estimate(0.021, 0.012, 0.03, 0.95, 20, "bits", "jsd-rarefied"), 0.003, 900, (0, 1)))
        'distance of the words: 0.0210 bits (0.0120 to 0.0300, 20 events thinned to 900 words each), p = 0.003; 0: all words alike, 1: none shared'
    """
    bits = distance.bits
    value, low, high = (max(0.0, end or 0.0) for end in (bits.value, bits.low, bits.high))
    p = "not tested, 4 events a side are needed" if distance.p is None else f"p {p_words(distance.p)}"
    size = f"{bits.n:,} events thinned to {distance.tokens:,} words each"
    return f"distance of the words: {number(value, 4)} bits ({span(low, high, digits=4)}, {size}), {p}; 0: all words alike, 1: none shared"


def within_words(within: Within) -> str:
    """Return the strata of a comparison and how many events drop out.

    Example:
        >>> within_words(Within("kind", (("readout", 3, 4), ("transcript", 2, 2)), (1, 0)))
        'within kind: readout 3 and 4 events, transcript 2 and 2; 1 and 0 events left out'
    """
    strata = [f"{value} {before:,} and {after:,}" for value, before, after in within.strata]
    listed = ", ".join([f"{strata[0]} events", *strata[1:6]]) + (f" and {len(strata) - 6:,} more" if len(strata) > 6 else "")
    return f"within {within.key}: {listed}; {within.dropped[0]:,} and {within.dropped[1]:,} events left out"


def lock_words(locked: Locked) -> str:
    """Return what a lock says of a comparison.

    Example:
        >>> lock_words(Locked("2024-05-01", False, ()))
        'locked on 2024-05-01, before this contrast was first looked at'
    """
    when = "after this contrast had been looked at" if locked.seen_before else "before this contrast was first looked at"
    return f"locked on {locked.date}, {when}{'; changed since' if locked.changed else ''}"
