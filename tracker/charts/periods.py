"""What charts of a series share: short names for periods, which of them fit under an axis, and the finding for a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import PathPatch
from matplotlib.path import Path

from tracker.charts.style import MUTED, RULE, SMALL, panel, put, text_width
from tracker.charts.wording import listed
from tracker.findings.series_claims import direction, noun, trending
from tracker.numerals import count, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from tracker.findings.series_records import GroupSummary, Series

STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200)
UP, DOWN = "▲", "▼"
BAR = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY]


def short_names(groups: Sequence[GroupSummary]) -> tuple[str, ...]:
    """Return names that fit under an axis: a period between edges by its years, or by its first day where years are not enough.

    Example:
        >>> from tracker.findings.series_records import GroupSummary
        >>> short_names([GroupSummary("1981-01-20..1985-01-19", "1981-01-20", "1985-01-19", 1, 1, 9)])
        ('1981–85',)
    """
    spans = [_years(group) for group in groups]
    given = ".." in "".join(group.label for group in groups) and all(group.start for group in groups)
    if not given:
        return tuple(group.label for group in groups)
    return tuple(spans) if len(set(spans)) == len(spans) else tuple(group.start for group in groups)


def _years(group: GroupSummary) -> str:
    first, last = group.start[:4], group.end[:4]
    return first if first == last else f"{first}–{last[2:]}" if first[:2] == last[:2] else f"{first}–{last}"


def labelled(names: Sequence[str], groups: Sequence[GroupSummary], each: float) -> list[tuple[int, str]]:
    """Choose the names that fit side by side, each `each` pixels wide: round years, or the first month or quarter of round years.

    Args:
        names: Short names.
        groups: Their groups.
        each: Pixels from one period to the next.
    """
    room = max(map(text_width, names, [SMALL] * len(names)), default=0.0) + 8
    if room <= each:
        return list(enumerate(names))
    starts = [int(group.start[:4]) if group.start[:4].isdigit() else None for group in groups]
    firsts = [i for i, year in enumerate(starts) if year is not None and (i == 0 or starts[i - 1] != year)]
    calendar = len(firsts) > 1 and not any("–" in name for name in names)
    if calendar:
        apart = each * (firsts[-1] - firsts[0]) / (len(firsts) - 1)
        step = next((s for s in STEPS if s * apart >= text_width("2000", SMALL) + 10), STEPS[-1])
        chosen = [(i, str(starts[i])) for i in firsts if (starts[i] or 0) % step == 0]
        if chosen:
            return chosen
    every = int(room // each) + 1
    return [(i, names[i]) for i in range(0, len(names), every)]


def found(series: Series) -> str:
    """Return the title's finding: which themes rose, fell or changed; which groups differ; or that nothing can be told."""
    span = f"from {series.groups[0].label} to {series.groups[-1].label}" if series.in_time and series.groups else ""
    told = trending(series)
    if told:
        rose = [t.label for t in told if t.trend and t.trend.verdict == "rising"]
        fell = [t.label for t in told if t.trend and t.trend.verdict == "falling"]
        changed = [t.label for t in told if t.label not in (*rose, *fell)]
        said = [f"{listed(names, most=3)} {verb}" for names, verb in ((rose, "rose"), (fell, "fell"), (changed, "changed level")) if names]
        return f"{'; '.join(said)} {span}"
    stand = [(t.label, p.group, way) for t in series.themes for p in t.points if (way := direction(p.contrast))]
    if stand:
        place = "in" if series.in_time else "for"
        said = [f"{label} is {way} {place} {group}" for label, group, way in stand[:2]]
        more = f", and {count(len(stand) - 2, 'more difference')}" if len(stand) > 2 else ""
        return f"{listed(said)} than {place} all other {noun(series.by)} together{more}"
    return _nothing(series, span)


def counted(series: Series) -> str:
    """Return the finding of all themes in numbers, where any rose, fell or changed; else what `found` says."""
    told = trending(series)
    if not told:
        return found(series)
    rose, fell = (sum(t.trend is not None and t.trend.verdict == verdict for t in told) for verdict in ("rising", "falling"))
    said = [f"{n:,} {verb}" for n, verb in ((rose, "rose"), (fell, "fell"), (len(told) - rose - fell, "changed level")) if n]
    return f"Of {count(len(series.themes), 'theme')}, {listed(said)} from {series.groups[0].label} to {series.groups[-1].label}"


def _nothing(series: Series, span: str) -> str:
    if not series.themes or not any(p.hits for t in series.themes for p in t.points):
        return "No theme is mentioned"
    if series.in_time and series.trends:
        return f"No theme’s trend {span} can be told from chance"
    if series.in_time:
        held = sum(group.events > 0 for group in series.groups)
        return f"{count(held, noun(series.by, 1), noun(series.by))} with speeches, too few to show a trend: a description, not a test"
    if series.contrasts:
        return f"No {noun(series.by, 1)} stands out from the others by more than chance"
    return f"Themes by {noun(series.by, 1)}: a description, not a test"


def outside_note(series: Series) -> tuple[str, ...]:
    """Return a sentence on the speeches that fit into no group."""
    if not series.outside:
        return ()
    why = "have no date that is exact enough" if series.in_time else "are in no group"
    if series.outside == 1:
        why = why.replace("have", "has").replace("are", "is")
    return (f"{count(series.outside, 'speech', 'speeches')} {why} and {'is' if series.outside == 1 else 'are'} not shown.",)


def _bar(place: int, height: float) -> list[tuple[float, float]]:
    """Return the corners of a bar that stands on the line of its axes, the last one twice: the path's end."""
    left, right, top = place - 0.36, place + 0.36, 27 - height
    return [(left, 27), (left, top), (right, top), (right, 27), (left, 27)]


def bars(figure: Figure, groups: Sequence[GroupSummary], place: tuple[float, float, float]) -> None:
    """Draw how many speeches each period holds as bars 24 pixels high; a heading above them says what the highest stands for.

    Args:
        figure: The figure.
        groups: The periods.
        place: Left, right and top in pixels; the heading stands above the top.
    """
    left, right, top = place
    most = max((group.speeches for group in groups), default=0) or 1
    axes = panel(figure, (left, top, right, top + 28), (-0.5, len(groups) - 0.5))
    corners = [corner for i, g in enumerate(groups) if g.speeches for corner in _bar(i, 24 * g.speeches / most)]
    axes.add_artist(PathPatch(Path(corners, BAR * (len(corners) // len(BAR))), facecolor=MUTED, linewidth=0))
    axes.plot([-0.5, len(groups) - 0.5], [27, 27], color=RULE, linewidth=0.8)
    empty = sum(not g.speeches for g in groups)
    none = f", none in {empty}" if empty else ""
    put(figure, (left, top - 6), f"Speeches, at most {number(most, 0)}{none}", size=SMALL, color=MUTED)
