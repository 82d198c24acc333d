"""Charts for a column, a page or a slide: laid out for the room there is, then brought to its size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.charts.style import SMALL, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

MM = 72 / 25.4
POINTS_OF_PIXEL = 72.0
FEWEST_ROWS = 1


@dataclass(frozen=True, slots=True)
class Size:
    """Room for a chart, in points (72 to the inch).

    Args:
        width: As wide as the chart becomes.
        height: As high as it may become; one that is higher is brought down, and is then narrower than `width`.
        layouts: Widths in pixels to lay it out for; the first that is low enough for the room is taken, else the one that needs to shrink least.
        dpi: Pixels to the inch of a PNG.
        letters: The smallest letters, in points, that can be read there.
    """

    width: float
    height: float
    layouts: tuple[int, ...]
    dpi: int
    letters: float


SIZES = {
    "column": Size(84 * MM, 240 * MM, (354,), 300, 7.0),
    "page": Size(160 * MM, 247 * MM, (620, 680), 300, 7.0),
    "slide": Size(960.0, 540.0, (WIDE, 840), 144, 12.0),
}


def legible(chosen: Any, draw: Callable[[Any, float], Figure], size: Size) -> Any:
    """Return a chart's data drawn as low, and with as few rows, as can be read in a room; what is left out is said in its notes.

    Args:
        chosen: The chart's data; returned as it is where it can be read, or can neither be lower nor do with fewer rows.
        draw: The chart's `draw`.
        size: The room.
    """
    shown, scale = _lowered(chosen, draw, size)
    wanted = size.letters / SMALL
    rows = len(chosen.rows) if hasattr(chosen, "fewer") else 0
    while rows > FEWEST_ROWS and scale < wanted - 1e-3:
        rows = max(FEWEST_ROWS, min(rows - 1, int(rows * scale / wanted)))
        shown, scale = _lowered(chosen.fewer(rows), draw, size)
    return shown


def _lowered(chosen: Any, draw: Callable[[Any, float], Figure], size: Size) -> tuple[Any, float]:
    """Return a chart's data as low as the room needs, and how many points a pixel of it takes there; a chart without `lower` keeps its height."""
    shown, wanted = chosen, size.letters / SMALL
    while (scale := fitted(shown, draw, size)[1]) < wanted - 1e-3 and hasattr(shown, "lower"):
        tall = float(draw(shown, float(size.layouts[-1])).get_size_inches()[1]) * POINTS_OF_PIXEL
        less = shown.lower(max(0.0, tall - size.height / wanted))
        if less == shown:
            break
        shown = less
    return shown, scale


def fitted(chosen: Any, draw: Callable[[Any, float], Figure], size: Size) -> tuple[Figure, float]:
    """Draw a chart for a room; return the figure and how many points of the room a pixel of it takes.

    Args:
        chosen: The chart's data.
        draw: The chart's `draw`.
        size: The room.
    """
    best: tuple[Figure, float] | None = None
    for width in size.layouts:
        figure = draw(chosen, float(width))
        across, down = (side * POINTS_OF_PIXEL for side in figure.get_size_inches())
        scale = min(size.width / across, size.height / down)
        if best is None or scale * across > best[1] * float(best[0].get_size_inches()[0]) * POINTS_OF_PIXEL + 1:
            best = figure, scale
        if scale * across >= size.width - 1:
            break
    assert best is not None  # noqa: S101 - every size has a layout
    return best
