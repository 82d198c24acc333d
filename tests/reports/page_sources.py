"""Where the numbers of a page may come from: the numbers of report.json, each in the units it may be printed in, and the cells of its tables."""

from __future__ import annotations

import re
from bisect import bisect_left

OFFSETS = {"start", "end"}  # places in a speech: what they hold is a quote, which is looked up in the speech itself
BY_KEY = {
    "speaker_share": (100,),
    "speaker_band": (100,),
    "level": (1, 100),
    "other_scope": (1000,),
    "word_share": (100,),
    "min_points": (10,),
    "overlap": (1, 100),
}
BY_UNIT = {"share": (1000,), "points": (10,)}
POINTS = {"points", "points_low", "points_high", "points_without_word"}


class Numbers:
    """Numbers, each as it may be printed: a share as theme words per 1,000, a change in points per 1,000, a level as a percentage."""

    def __init__(self, *held, extra=()):
        found = [float(x) for x in extra]
        for part in held:
            found += _numbers(part)
        self.all = sorted(set(found))

    def __contains__(self, token):
        value, digits = read(token)
        signed = token[0] in "−+-"
        wanted = (value,) if signed else (value, -value)
        return any(self._near(v, digits) for v in wanted)

    def _near(self, value, digits):
        slack = 0.5 * 10.0**-digits * (1 + 1e-9) + 2e-8 * abs(value) + 1e-12
        at = bisect_left(self.all, value - slack)
        return at < len(self.all) and self.all[at] <= value + slack


def read(token):
    """The value and the decimals of a number as it is printed."""
    plain = token.replace("−", "-").replace(",", "")
    return float(plain), len(plain.partition(".")[2])


def _numbers(held, key="", unit=""):
    """Yield every number below a part of report.json, scaled; years and other digits inside its short texts too."""
    if isinstance(held, dict):
        unit = held.get("unit", "") if "value" in held else ""
        told = "words" if "words" in held and "origin" in held else ""
        for name, part in held.items():
            if name not in OFFSETS and name not in ("quote", "claim", "text", told) and not (name == "hits" and isinstance(part, list)):
                named = "points" if "points_without_word" in held and name in ("low", "high") else unit if name in ("value", "low", "high") else ""
                yield from _numbers(part, name, "other_scope" if key == "other_scope" else named)
    elif isinstance(held, list):
        for part in held:
            yield from _numbers(part, key, unit)
    elif isinstance(held, (int, float)) and not isinstance(held, bool):
        scales = BY_KEY["other_scope"] if unit == "other_scope" else BY_UNIT.get(unit) or BY_KEY.get(key) or ((10,) if key in POINTS else (1,))
        for scale in scales:
            yield held * scale
        if key == "level":
            yield 1 - held


def strings(held, key=""):
    """Every text below a part of report.json that names something: labels, titles, dates, never sentences made of numbers."""
    if isinstance(held, dict):
        for name, part in held.items():
            if name not in ("claim", "text", "why"):
                yield from strings(part, name)
    elif isinstance(held, list):
        for part in held:
            yield from strings(part, key)
    elif isinstance(held, str) and re.search(r"\d", held) and key != "quote":
        yield held


def evidence(held):
    """Every passage of report.json, as it stands there."""
    if isinstance(held, dict):
        if "quote" in held:
            yield held
        held = list(held.values())
    for part in held if isinstance(held, list) else ():
        yield from evidence(part)
