"""Records of topics between two sides, and of topics beside the named themes."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.findings.cases import Family
from tracker.findings.records import Comparison, ThemeShift, Warning


@dataclass(frozen=True, slots=True)
class TopicShift:
    """A topic between two sides.

    Args:
        shift: Its shift, under the one current model; `not testable` where the topic did not come back in the refits.
        stability: Mean Jaccard index of its top words over the refits, 0-1; None when unknown.
        reproducible: Whether it came back; a topic that did not is shown without a verdict.
        refit_points: The change under each refit, in points.
        turned: Share of the refits in which the change has the other sign, 0-1.
        doubt: Share of the variance of the change that comes from the model, 0-1; None when not tested.
        unsettled: Whether a change that was tested has no direction that the refits agree on: it is then not reported as a shift.
    """

    shift: ThemeShift
    stability: float | None
    reproducible: bool
    refit_points: tuple[float, ...]
    turned: float
    doubt: float | None
    unsettled: bool


@dataclass(frozen=True, slots=True)
class TopicShifts:
    """The current topics between two sides.

    Args:
        model: Id of the one model behind all shares.
        engine: Who fitted it.
        passages: Passages of both sides.
        refits: Refits that the doubt about the model is taken from.
        illustrative: Whether the model was fitted on fewer than 1,000 passages.
        rows: All topics of the model, in its order.
        family: The tests behind every q: the topics' own, not the themes'.
        warnings: What bears on the topics.
        untested: Why no topic was tested; "" where they were.
        hidden: How many topics are left out because the user hid them; they count in the family.
    """

    model: str
    engine: str
    passages: int
    refits: int
    illustrative: bool
    rows: tuple[TopicShift, ...]
    family: Family
    warnings: tuple[Warning, ...]
    untested: str = ""
    hidden: int = 0

    @property
    def reproducible(self) -> tuple[TopicShift, ...]:
        """The topics that may be findings."""
        return tuple(row for row in self.rows if row.reproducible)


def all_warnings(result: Comparison) -> tuple[Warning, ...]:
    """The warnings of a comparison, those of its topics last."""
    return (*result.warnings, *(result.topics.warnings if result.topics else ()))
