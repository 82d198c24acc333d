"""A result as the picture a report would have of it, for notebooks and for files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import TrackerError
from tracker.findings.records import Comparison, TopicList, WordList
from tracker.findings.series_records import Novelty, Series

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its title; a notebook shows it.

    Args:
        title: What it says, in a sentence.
        description: The same in more words, for those who cannot see it.
        svg: The picture; letters are outlines.
        png: The picture, two pixels to a point.
    """

    title: str
    description: str
    svg: str
    png: bytes

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> Path:
        """Write it to a file that ends in `.svg` or `.png`.

        Raises:
            TrackerError: Another ending.
        """
        path = Path(path)
        if path.suffix.lower() not in (".svg", ".png"):
            raise TrackerError(f"no picture is written as `{path.name}`", looked_at=("the ending says how: .svg, .png",), hint=f"save {path.stem}.svg")
        path.write_bytes(self.png if path.suffix.lower() == ".png" else self.svg.encode())
        return path


def picture(result: Comparison | Series | WordList | TopicList | Novelty) -> Picture:
    """Draw a result as a report does: themes of a comparison, lines or a heatmap of a series, dots of words and topics, novelty over time.

    Raises:
        TrackerError: There is nothing in it to draw, or no picture is known for such a thing.
    """
    from tracker.charts.files import png_bytes, svg_text
    from tracker.charts.style import WIDE

    name, chosen, draw = _chosen(result)
    figure = draw(chosen, WIDE)
    return Picture(chosen.caption.title, chosen.caption.description, svg_text(figure, name, chosen.caption), png_bytes(figure))


def _chosen(result: object) -> tuple[str, Any, Callable[[Any, float], Figure]]:
    """The name, data and drawing of the chart of a result."""
    from tracker.charts import dumbbell, novelty, topics, words

    if isinstance(result, Series) and result.themes:
        return _series(result)
    if isinstance(result, Comparison) and result.themes:
        return "themes", dumbbell.data(result), dumbbell.draw
    if isinstance(result, WordList) and result.rows:
        return "words", words.data(result), words.draw
    if isinstance(result, TopicList) and result.topics:
        return "topics", topics.data(result), topics.draw
    if isinstance(result, Novelty) and result.rows:
        return "novelty", novelty.data(result), novelty.draw
    known = (Comparison, Series, WordList, TopicList, Novelty)
    why = "holds nothing to draw" if isinstance(result, known) else "is nothing that can be drawn"
    raise TrackerError(f"`{type(result).__name__}` {why}", looked_at=("drawn are: " + ", ".join(k.__name__ for k in known),), hint="tracker report")


def _series(result: Series) -> tuple[str, Any, Callable[[Any, float], Figure]]:
    from tracker.charts import groups, heatmap, series
    from tracker.reports.figures import is_dense

    if is_dense(result):
        return "heatmap", heatmap.data(result), heatmap.draw
    if result.in_time:
        return "series", series.data(result), series.draw
    return "groups", groups.data(result), groups.draw
