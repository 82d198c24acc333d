"""What one measured error rate is: a claim of the tool, simulated, counted, with the range it must lie in, and naive methods beside it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

Counted = Mapping[str, tuple[int, int]]
OURS = "tracker"


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of docs/calibration.md.

    Args:
        claim: The claim of the tool it belongs to; the heading in the table.
        name: What is simulated, e.g. `10/10, share .10`.
        rate: What is counted: `false alarms`, `coverage`, `power`, `false discoveries`.
        run: From a generator and a number of runs to (count, of) by method; the tool's own is `tracker`.
        allowed: Lowest and highest rate of the tool's method.
        runs: Runs in the normal test run, and in full.
        naive: Methods that must fail here, with the rate they must reach at least.
        note: Why `allowed` is wider than usual; printed in the table.
    """

    claim: str
    name: str
    rate: str
    run: Callable[[np.random.Generator, int], Counted]
    allowed: tuple[float, float]
    runs: tuple[int, int]
    naive: Mapping[str, float] = ()  # type: ignore[assignment]
    note: str = ""

    @property
    def id(self) -> str:
        """Name of the test."""
        return f"{self.claim}: {self.name}: {self.rate}"

    def measure(self, *, full: bool) -> Counted:
        """Run the simulation; its generator is named after the cell, so that cells do not move each other."""
        rng = np.random.default_rng(zlib.crc32(self.id.encode()))
        return self.run(rng, self.runs[1] if full else self.runs[0])

    def problems(self, counted: Counted) -> list[str]:
        """What is wrong with the rates, an allowance of three Monte Carlo errors made; nothing when all is well."""
        count, of = counted[OURS]
        low, high = self.allowed
        found = []
        if count / of > high + 3 * error(high, of) or count / of < low - 3 * error(low, of):
            found.append(f"{OURS}: {count} of {of} is outside {low} to {high}")
        for method, least in dict(self.naive).items():
            count, of = counted[method]
            if count / of < least - 3 * error(least, of):
                found.append(f"{method}: {count} of {of} is below {least}: the simulation no longer shows what goes wrong")
        return found


def error(rate: float, of: int) -> float:
    """Monte Carlo error (one standard deviation) of a rate counted over so many runs."""
    return float((rate * (1 - rate) / of) ** 0.5)
