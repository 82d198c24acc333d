"""What human coding says of the named themes: agreement, precision, recall, corrected shares, and the badge of every list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.estimates import Estimate
from tracker.findings.records import Warning
from tracker.findings.validation import Validation


@dataclass(frozen=True, slots=True)
class CodedGroup:
    """What coders say of a list in all passages, one period or one outlet.

    Args:
        by: `all`, `period` or `outlet`.
        label: The period or outlet; "" for all.
        passages: Passages of the population.
        coded: Passages that were coded.
        disputed: Coded passages on which coders differ and nothing was settled.
        alpha: Agreement, unit `alpha`.
        precision: Share of the passages the list finds that coders find.
        recall: Share of the passages coders find that the list finds.
        listed_share: Share of the words that stand in passages the list finds; 0-1, None without words.
        corrected: The same as coders would find it.
    """

    by: Literal["all", "period", "outlet"]
    label: str
    passages: int
    coded: int
    disputed: int
    alpha: Estimate
    precision: Estimate
    recall: Estimate
    listed_share: float | None
    corrected: Estimate


@dataclass(frozen=True, slots=True)
class CodedTheme:
    """One theme held against its coders: all passages first, then periods in order, then outlets."""

    id: str
    label: str
    validation: Validation
    groups: tuple[CodedGroup, ...]
    warnings: tuple[Warning, ...]

    @property
    def whole(self) -> CodedGroup:
        """All passages together."""
        return self.groups[0]


@dataclass(frozen=True, slots=True)
class CodingScore:
    """The answer of `tracker themes score`.

    Args:
        sample: The sample it rests on.
        made: The day it was drawn.
        coders: Their names.
        stored: Codings that were new or changed.
        themes: Those that were coded, in the order of themes.toml.
        warnings: About the sample as a whole.
        disputed: The sheet with the passages to settle; "" when none was asked for.
        level: Coverage of intervals.
    """

    sample: str
    made: str
    coders: tuple[str, ...]
    stored: int
    themes: tuple[CodedTheme, ...]
    warnings: tuple[Warning, ...]
    disputed: str = ""
    level: float = 0.95
