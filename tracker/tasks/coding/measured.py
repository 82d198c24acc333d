"""The numbers of one theme's coding: for all passages, by period and by outlet, and where the list does not serve alike."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from tracker.estimates import Estimate
from tracker.findings.coding_records import CodedGroup, CodedTheme
from tracker.findings.records import Warning
from tracker.findings.validation import ENOUGH, short
from tracker.lexicon import Theme
from tracker.measures.coded import CodedSample, corrected_share, precision, recall
from tracker.measures.krippendorff import alpha
from tracker.measures.proportions import difference
from tracker.slices import during
from tracker.store.codings import SETTLED, Coding, Drawn, Stratum
from tracker.tasks.badges import table, validation
from tracker.tasks.coding.frame import Unit

if TYPE_CHECKING:
    import numpy.typing as npt


By = Literal["all", "period", "outlet"]
PLACES: tuple[tuple[By, int], ...] = (("period", 1), ("outlet", 2))


@dataclass(frozen=True)
class Scored:
    """What the themes of one sample are measured with: the sample, its population now, the level and the random state."""

    drawn: Drawn
    units: Sequence[Unit]
    level: float
    random_state: int

    @cached_property
    def by_id(self) -> dict[str, Unit]:
        """The passages of the population by name."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def strata(self) -> dict[Stratum, int]:
        """Passages of each stratum in the speeches that are still there."""
        there = {unit.speech for unit in self.units}
        held: dict[Stratum, int] = defaultdict(int)
        for (speech, stratum), n in self.drawn.strata.items():
            if speech in there:
                held[stratum] += n
        return dict(sorted(held.items()))

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """Period and outlet of every speech of the population."""
        return {speech: (stratum[1], stratum[2]) for speech, stratum in sorted(self.drawn.strata)}


@dataclass(frozen=True)
class _Theme:
    """The coded passages of one theme: their names, codes by coder, and the sample they are."""

    passages: tuple[str, ...]
    codes: npt.NDArray[np.float64]
    sample: CodedSample
    settled: npt.NDArray[np.bool_]


def measure(scored: Scored, theme: Theme, codings: Sequence[Coding]) -> CodedTheme:
    """Hold one theme's list against its coders.

    Args:
        scored: The sample.
        theme: The theme as it is now.
        codings: What coders said of it, and what was settled.
    """
    coded = _coded(scored, theme.id, codings)
    groups = [_group(scored, theme.id, coded, ("all", ""), np.ones(len(scored.strata), dtype=bool))]
    for by, place in PLACES:
        labels = sorted({stratum[place] for stratum in scored.strata})
        if len(labels) > 1:
            groups += [_group(scored, theme.id, coded, (by, label), _at(scored, place, label)) for label in labels]
    warnings = (*_agreement(groups[0], theme), *_unlike(scored, coded, groups, theme))
    return CodedTheme(
        theme.id,
        theme.label,
        validation(theme.id, codings, {passage: speech for passage, (speech, _) in scored.drawn.passages.items()}),
        tuple(groups),
        warnings,
    )


def _coded(scored: Scored, theme: str, codings: Sequence[Coding]) -> _Theme:
    """Put codings, verdicts of the list and strata side by side; passages that are gone from the corpus stay out."""
    said = {(c.passage, c.coder): c.code for c in codings if c.coder != SETTLED and c.passage in scored.by_id}
    settled = {c.passage: c.code for c in codings if c.coder == SETTLED}
    passages, codes = table(said)
    index = {stratum: i for i, stratum in enumerate(scored.strata)}
    n = (~np.isnan(codes)).sum(axis=1)
    mean = np.nansum(codes, axis=1) / np.maximum(n, 1)
    noise = np.where(n > 1, mean * (1 - mean) / np.maximum(n - 1, 1), 0.0)  # of a mean of n codes: their variance, n - 1 in its divisor, over n
    final = np.array([settled.get(passage, value) for passage, value in zip(passages, mean, strict=True)], dtype=float)
    is_settled = np.array([passage in settled for passage in passages], dtype=bool)
    units = [scored.by_id[passage] for passage in passages]
    made = CodedSample(
        coded=final,
        listed=np.array([theme in unit.themes for unit in units], dtype=float),
        tokens=np.array([unit.tokens for unit in units], dtype=float),
        stratum=np.array([index[scored.drawn.passages[passage][1]] for passage in passages], dtype=np.int64),
        passages=np.array(list(scored.strata.values()), dtype=np.int64),
        noise=np.where(is_settled, 0.0, noise),
    )
    return _Theme(passages, codes, made, is_settled)


def _group(scored: Scored, theme: str, coded: _Theme, name: tuple[By, str], chosen: npt.NDArray[np.bool_]) -> CodedGroup:
    """Measure the strata that are chosen."""
    by, label = name
    kept = chosen[coded.sample.stratum]
    part = coded.sample.only(chosen)
    units = _units(scored, name)
    listed = [unit for unit in units if theme in unit.themes]
    tokens, listed_tokens = sum(unit.tokens for unit in units), sum(unit.tokens for unit in listed)
    speeches = [scored.by_id[passage].speech for passage, kept_one in zip(coded.passages, kept, strict=True) if kept_one]
    rng = np.random.default_rng([scored.random_state, *b"alpha"])
    differ = (np.nanmin(coded.codes, axis=1) != np.nanmax(coded.codes, axis=1)) & ~coded.settled if coded.codes.size else np.zeros(0, dtype=bool)
    return CodedGroup(
        by=by,
        label=label,
        passages=int(part.passages.sum()),
        coded=int(part.coded.size),
        disputed=int((differ & kept).sum()),
        alpha=alpha(coded.codes[kept], speeches or None, level=scored.level, rng=rng),
        precision=precision(part, level=scored.level),
        recall=recall(part, len(listed), level=scored.level),
        listed_share=listed_tokens / tokens if tokens else None,
        corrected=corrected_share(part, listed_tokens, tokens, level=scored.level) if tokens else Estimate(None, None, None, scored.level, 0, "share", "none"),
    )


def _agreement(whole: CodedGroup, theme: Theme) -> list[Warning]:
    """W41: coders who do not agree are no yardstick."""
    value = whole.alpha.value
    if value is None or value >= ENOUGH:
        return []
    text = (
        f"The coders of `{theme.id}` agree at alpha {short(value)}, below {short(ENOUGH, 3)}: what the theme is about must be said more clearly before "
        "precision, recall or a corrected share can be trusted."
    )
    return [Warning("W41", text)]


def _unlike(scored: Scored, coded: _Theme, groups: Sequence[CodedGroup], theme: Theme) -> list[Warning]:
    """W40: precision or recall differs between two periods or outlets; with several pairs each is held to a stricter level (Bonferroni)."""
    found = []
    for by, place in PLACES:
        parts = [group for group in groups if group.by == by]
        strict = 1 - (1 - scored.level) / max(1, math.comb(len(parts), 2))
        held = [(group, coded.sample.only(_at(scored, place, group.label))) for group in parts]
        for name in ("precision", "recall"):
            values = [(g, precision(s, level=strict) if name == "precision" else recall(s, _listed(scored, theme.id, g), level=strict)) for g, s in held]
            pairs = [(a, b, gap) for (a, one), (b, other) in combinations(values, 2) if (gap := difference(one, other)) and gap.differ]
            if not pairs:
                continue
            first, second, _ = max(pairs, key=lambda pair: abs(pair[2].value))
            ends = [short(getattr(group, name).value) for group in (first, second)]
            seen = "a change of the share between them may be the list's own" if by == "period" else "a difference between them may be the list's own"
            found.append(Warning("W40", f"The {name} of `{theme.id}` is {ends[0]} {during(first.label)} and {ends[1]} {during(second.label)}: {seen}."))
    return found


def _at(scored: Scored, place: int, label: str) -> npt.NDArray[np.bool_]:
    """The strata of one period (place 1) or outlet (place 2)."""
    return np.array([stratum[place] == label for stratum in scored.strata])


def _units(scored: Scored, group: CodedGroup | tuple[str, str]) -> list[Unit]:
    """The passages of the population in one group."""
    by, label = group if isinstance(group, tuple) else (group.by, group.label)
    at = {"period": 0, "outlet": 1}.get(by)
    return [unit for unit in scored.units if at is None or scored.places[unit.speech][at] == label]


def _listed(scored: Scored, theme: str, group: CodedGroup) -> int:
    return sum(theme in unit.themes for unit in _units(scored, group))
