"""Which events moved a theme between two reports: each alone put back as it was, and the theme measured again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from tracker.findings.change_records import Counts, Event, Mover, RunTold
from tracker.measures.multiplicity import benjamini_hochberg
from tracker.measures.shift import shift
from tracker.measures.verdict import judge

CLOSE = 1e-6  # points; report.json keeps eight digits
MOST = 5


def movers(theme: str, was: RunTold, now: RunTold) -> tuple[tuple[Mover, ...], int, str]:
    """Put every event that differs back as it was, one at a time, and measure the theme again.

    Args:
        theme: Its id, in both runs.
        was: The older run.
        now: The newer one, with the same question, settings and words of the theme.

    Returns:
        The strongest movers, how many more there are, and why the speeches do not account for the change ("" where they do).
    """
    old, new = was.counts.get(theme, {}), now.counts.get(theme, {})
    whole = _points(new)
    if not _close(whole, _told(theme, now)) or not _close(_points(old), _told(theme, was)):
        return (), 0, "it was not measured as a plain mean of events"
    differing = sorted(event for event in {*old, *new} if old.get(event) != new.get(event))
    again = _verdicts(theme, now, new)
    found = [_mover(event, (old, new), (was, now), (whole, again)) for event in differing]
    found.sort(key=lambda mover: (-abs(mover.points), mover.date, mover.event))
    moved = [mover for mover in found if abs(mover.points) > CLOSE or (mover.verdict and mover.verdict != _verdict(theme, now))]
    why = "" if differing else "no speech of the two periods differs: what is beside them does (the events compared with, or the number of themes tested)"
    return tuple(moved[:MOST]), max(0, len(moved) - MOST), why


def _mover(event: Event, tables: tuple[Counts, Counts], runs: tuple[RunTold, RunTold], told: tuple[float | None, Any]) -> Mover:
    (old, new), (was, now), (whole, again) = tables, runs, told
    back = {**new, event: old[event]} if event in old else {held: row for held, row in new.items() if held != event}
    points = _points(back)
    side, name = event
    what: Literal["added", "removed", "changed"] = "added" if event not in old else "removed" if event not in new else "changed"
    run = now if name in now.events else was
    first = min(run.events.get(name, ("",)), key=lambda speech: (str(run.speeches.get(speech, {}).get("date") or "9"), speech))
    held = run.speeches.get(first, {})
    moved = 0.0 if whole is None or points is None else whole - points
    return Mover(name, first, str(held.get("date", "")), str(held.get("title", "")), side, what, moved, again(back) if again else None)


def _points(counts: Counts) -> float | None:
    """The change between the sides, in points: means of the events' shares, summed in order of event."""
    means = []
    for side in ("before", "after"):
        shares = [hits / tokens for (where, _), (hits, tokens) in sorted(counts.items()) if where == side and tokens]
        if not shares:
            return None
        means.append(math.fsum(shares) / len(shares))
    return 100 * (means[1] - means[0])


def _told(theme: str, run: RunTold) -> float | None:
    points: float | None = _of(theme, run)["change"]["points"]
    return points


def _verdict(theme: str, run: RunTold) -> str:
    return str(_of(theme, run)["verdict"])


def _of(theme: str, run: RunTold) -> Mapping[str, Any]:
    held: Mapping[str, Any] = next(row for row in run.compared["themes"] if row["id"] == theme)
    return held


def _close(a: float | None, b: float | None) -> bool:
    return a is b is None or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-6, abs_tol=CLOSE))


def _verdicts(theme: str, run: RunTold, counts: Counts) -> Any:
    """Return what gives the verdict on other counts of the theme; None where the report's own test cannot be repeated from its counts."""
    compared = run.compared
    if compared["method"] != "welch-share" or compared.get("within") or not compared.get("family") or _of(theme, run).get("resembles"):
        return None
    ps = [row["p"] for row in compared["themes"]]
    place = [row["id"] for row in compared["themes"]].index(theme)
    family = compared["family"]

    def again(held: Counts) -> str | None:
        sides = [[held[event] for event in sorted(held) if event[0] == side] for side in ("before", "after")]
        columns = [[row[column] for row in side] for side in sides for column in (0, 1)]
        found = shift(*columns, level=family["level"], min_expected_hits=family["min_expected_hits"], tests=max(1, family["tests"]))
        if found.p is not None and ps[place] is None:
            return None  # the family would be another one
        q = benjamini_hochberg([*ps[:place], found.p, *ps[place + 1 :]])[place]
        floors = {name: family[name] for name in ("min_log2_ratio", "min_points", "same_ratio")}
        return str(judge(found, q, level=family["level"], **floors))

    return again if again(counts) == _verdict(theme, run) else None
