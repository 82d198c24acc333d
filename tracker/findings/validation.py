"""Whether a theme's list of words was held against human readers: the badge that stands wherever its numbers do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.numerals import number

MOST_NAMED = 6
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
        low: Where alpha's 95 % interval begins; None where speeches are too few for one.
    """

    theme: str
    alpha: float | None = None
    n: int = 0
    coders: int = 0
    date: str = ""
    low: float | None = None

    @property
    def valid(self) -> bool:
        """Whether two coders or more surely agree enough for what they say to be a yardstick: the whole interval of alpha does."""
        return self.alpha is not None and self.low is not None and min(self.alpha, self.low) >= ENOUGH

    @property
    def badge(self) -> str:
        """`validated (alpha .83, n 200, 2024-05-01)`, or `unvalidated` with what is lacking.

        Example:
            >>> Validation("energy", 0.834, 200, 2, "2024-05-01", low=0.75).badge, Validation("energy").badge
            ('validated (alpha .83, n 200, 2024-05-01)', 'unvalidated')
            >>> Validation("energy", 0.834, 60, 2, "2024-05-01", low=0.3).badge
            'unvalidated (alpha .83 may be as low as .30, n 60, 2024-05-01)'
        """
        if self.n == 0:
            return "unvalidated"
        if self.alpha is None:
            return f"unvalidated (coders never differ and never vary, n {self.n:,}, {self.date})"
        said = f"alpha {short(self.alpha)}"
        if self.valid:
            return f"validated ({said}, n {self.n:,}, {self.date})"
        if self.alpha < ENOUGH:
            return f"unvalidated ({said} is below {short(ENOUGH, 3)}, n {self.n:,}, {self.date})"
        unsure = "stands on too few speeches" if self.low is None else f"may be as low as {short(self.low)}"
        return f"unvalidated ({said} {unsure}, n {self.n:,}, {self.date})"


def short(value: float, digits: int = 2) -> str:
    """Return a number between -1 and 1 without the zero before the point.

    Example:
        >>> short(0.834), short(-0.1), short(1.0)
        ('.83', '−.10', '1.00')
    """
    text = number(value, digits)
    return text.replace("0.", ".", 1) if text.lstrip("−").startswith("0.") else text


def lists_words(validations: Iterable[Validation]) -> str:
    """Say which lists were held against human readers, and which were not.

    Example:
        >>> lists_words([Validation("energy", 0.834, 200, 2, "2024-05-01", low=0.75), Validation("floods"), Validation("ports")])
        'Lists of words: energy validated (alpha .83, n 200, 2024-05-01); unvalidated: floods, ports.'
        >>> lists_words([Validation("floods"), Validation("ports")])
        'Lists of words: all unvalidated, nobody has held them against human readers (tracker themes sample).'
    """
    held = list(validations)
    told = [f"{one.theme} {one.badge}" for one in held if one.n]
    untold = [one.theme for one in held if not one.n]
    if not told:
        return "Lists of words: all unvalidated, nobody has held them against human readers (tracker themes sample)." if held else ""
    rest = f"the {len(untold):,} others" if len(untold) > MOST_NAMED else ", ".join(untold)
    return f"Lists of words: {'; '.join(told)}" + (f"; unvalidated: {rest}." if untold else ".")
