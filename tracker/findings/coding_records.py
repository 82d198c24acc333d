"""What human coding says of the named themes: agreement, precision, recall, corrected shares, and the badge of every list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.estimates import Estimate
from tracker.findings.records import Warning

ENOUGH = 0.667
"""Alpha from which tentative conclusions may be drawn; .8 is the customary level (Krippendorff 2004, Content Analysis, 2nd edition, section 11.4)."""


@dataclass(frozen=True, slots=True)
class Validation:
    """How one theme's list was held against human readers.

    Args:
        theme: The theme's id.
        alpha: Krippendorff's alpha; None where nobody has coded it, or where all coders say the same of every passage.
        n: Passages that two coders or more have read for it.
        coders: How many coders.
        date: The day of the newest coding, ISO; "" without any.
    """

    theme: str
    alpha: float | None = None
    n: int = 0
    coders: int = 0
    date: str = ""

    @property
    def valid(self) -> bool:
        """Whether two coders or more agree enough for what they say to be a yardstick."""
        return self.alpha is not None and self.alpha >= ENOUGH

    @property
    def badge(self) -> str:
        """`validated (alpha .83, n 200, 2024-05-01)`, or `unvalidated` with what is lacking.

        Example:
            >>> Validation("energy", 0.834, 200, 2, "2024-05-01").badge, Validation("energy").badge
            ('validated (alpha .83, n 200, 2024-05-01)', 'unvalidated')
        """
        if self.n == 0:
            return "unvalidated"
        if self.alpha is None:
            return f"unvalidated (coders never differ and never vary, n {self.n}, {self.date})"
        said = f"alpha {short(self.alpha)}"
        if self.valid:
            return f"validated ({said}, n {self.n}, {self.date})"
        return f"unvalidated ({said} is below {short(ENOUGH, 3)}, n {self.n}, {self.date})"


def short(value: float, digits: int = 2) -> str:
    """Return a number between -1 and 1 without the zero before the point.

    Example:
        >>> short(0.834), short(-0.1), short(1.0)
        ('.83', '-.10', '1.00')
    """
    text = f"{value:.{digits}f}"
    return text.replace("0.", ".", 1) if abs(float(text)) < 1 else text


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
