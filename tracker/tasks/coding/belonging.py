"""Which sample sheets and codings belong to, and codings that are taken back."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.errors import TrackerError
from tracker.findings.records import Warning
from tracker.store.codings import SETTLED, Codings
from tracker.tasks.coding.sheets import SETTLED_NAME, Sheet
from tracker.tasks.workspace import Workspace

CODED = 0.9  # of a sample's passages, by two coders: from there on a sample without sheets counts as coded


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Codings that were taken back: whose, how many, of which sample ("" for all), and who is left."""

    coder: str
    codings: int
    sample: str
    coders: tuple[str, ...]


def belonging(held: Codings, sheets: Sequence[Sheet], known: Mapping[str, tuple[str, ...]], named: str = "") -> tuple[str, list[Warning]]:
    """Return the sample to rest on, and what is to be said of the choice.

    The one named; else the one that holds most of the sheets' passages, of equals the one that asks about most of their themes, then the newest;
    without sheets the newest of which two coders have coded nearly all passages, else the one they have coded most of.

    Args:
        held: Samples and codings.
        sheets: What is read now.
        known: The samples of every passage of the sheets.
        named: The sample asked for.

    Raises:
        TrackerError: No such sample.
    """
    names = held.names()
    if named:
        if named not in names:
            raise TrackerError(f"no sample `{named}`", looked_at=(f"samples: {', '.join(names)}",), hint=f"--sample {names[-1]}")
        return named, []
    if not known:
        return _coded(held, names), []
    shared = Counter(name for samples in known.values() for name in samples)
    themes = {theme for sheet in sheets for _, theme in sheet.codes}
    asks = {name: len(themes.intersection(held.sample(name).design["themes"])) for name in shared}
    chosen = max(shared, key=lambda name: (shared[name], asks[name], names.index(name)))
    return chosen, [*_of_several(chosen, shared, asks, len(known))]


def _of_several(chosen: str, shared: Mapping[str, int], asks: Mapping[str, int], total: int) -> list[Warning]:
    """W44: the sheets fit several samples, or none wholly."""
    equal = sorted(name for name in shared if name != chosen and (shared[name], asks[name]) == (shared[chosen], asks[chosen]))
    other = total - shared[chosen]
    said = []
    if equal:
        both = " and ".join([chosen, *equal])
        said.append(f"{both} hold the same {shared[chosen]} passages of the sheets; {chosen} is the newest (--sample {equal[-1]} takes the other)")
    if other:
        is_, them = ("is", "it is") if other == 1 else ("are", "they are")
        said.append(f"{other} of the sheets' {total} passages {is_} not of {chosen}: {them} kept, and not scored here")
    return [Warning("W44", f"{'; '.join(said)}.")] if said else []


def _coded(held: Codings, names: Sequence[str]) -> str:
    """The newest sample that two coders have coded nearly all of, else the one they have coded most of."""
    coders: dict[str, set[str]] = defaultdict(set)
    for coding in held.held():
        if coding.coder != SETTLED:
            coders[coding.passage].add(coding.coder)
    twice = Counter(name for samples in held.samples_of(sorted(p for p, who in coders.items() if len(who) > 1)).values() for name in samples)
    shares = {name: twice[name] / max(1, len(held.sample(name).passages)) for name in names}
    return next((name for name in reversed(names) if shares[name] >= CODED), max(names, key=lambda name: (shares[name], names.index(name))))


def forget(workspace: Workspace, coder: str, *, sample: str = "") -> Forgotten:
    """Take back what one coder said, in all samples or in one; sheets and samples stay.

    Args:
        workspace: The workspace.
        coder: The coder's name; `settled` for what was settled.
        sample: Only the passages of this sample.

    Raises:
        TrackerError: No such coder, or no such sample.
    """
    held = workspace.store.codings()
    if sample and sample not in held.names():
        raise TrackerError(f"no sample `{sample}`", looked_at=(f"samples: {', '.join(held.names()) or 'none'}",), hint="tracker themes sample")
    stored = SETTLED if coder == SETTLED_NAME else coder
    within = held.sample(sample).passages if sample else None
    gone = [c for c in held.held() if c.coder == stored and (within is None or c.passage in within)]
    if not gone:
        there = sorted({SETTLED_NAME if c.coder == SETTLED else c.coder for c in held.held()})
        told = (f"coders: {', '.join(there) or 'none'}",)
        hint = shlex.join(["tracker", "themes", "score", "--forget", there[0]]) if there else "tracker themes score coding-a.csv coding-b.csv"
        raise TrackerError(f"nothing is kept of a coder `{coder}`{f' in {sample}' if sample else ''}", looked_at=told, hint=hint)
    with workspace.store.writing():
        held.forget(gone)
    left = {SETTLED_NAME if c.coder == SETTLED else c.coder for c in held.held()}
    return Forgotten(coder, len(gone), sample, tuple(sorted(left)))
