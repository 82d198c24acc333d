"""A number as it reaches a reader: with interval, n, unit and method; and the words of a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal[
    "rose",
    "fell",
    "about the same",
    "cannot tell",
    "too rare",
    "not testable",
    "stands out",
    "within the usual range",
]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval; the only way a number reaches a reader.

    Args:
        value: The point estimate in `unit`; None when it does not exist (never 0 or NaN instead).
        low: Lower end of the interval in `unit`; None when there is none.
        high: Upper end of the interval in `unit`; None when there is none.
        level: Coverage of the interval, 0-1.
        n: Number of units of evidence (events) behind the value.
        unit: `share` (0-1), `points` (hundredths of a share), `ratio`, `log2 ratio`, `bits`, `balance` (-1 to 1).
        method: Short name of the method, e.g. `welch-share`.
    """

    value: float | None
    low: float | None
    high: float | None
    level: float
    n: int
    unit: str
    method: str
