"""The report's charts, each drawn wide for files and page and narrow for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tracker.findings.series_claims import trending
from tracker.progress import Progress, followed
from tracker.twin import Twin, answered, can_run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.figure import Figure

    from tracker.charts.style import Caption
    from tracker.findings.series_records import Series
    from tracker.reports.content import ReportContent

MOST_LINES, FEW_LINES, MOST_PANELS = 12, 6, 8
MOST_DOTS = 96
_STEP = "drawing charts"


class Drawable(Protocol):
    """What every chart's data has."""

    @property
    def caption(self) -> Caption:
        """Title, reading, notes and description."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as files and as parts of the page.

    Args:
        name: File name without its ending; also the prefix of its ids.
        caption: Its words.
        svg: The file's text.
        png: The file's bytes.
        wide: Inline SVG for wide screens and paper.
        narrow: Inline SVG for a phone.
    """

    name: str
    caption: Caption
    svg: str
    png: bytes
    wide: str
    narrow: str


Planned = tuple[str, Drawable, "Callable[[Any, float], Figure]"]
"""Name, data, and what draws them so wide."""
Drawn = TypeVar("Drawn")


def all_charts(content: ReportContent, *, progress: Progress | None = None) -> tuple[Chart, ...]:
    """Draw every chart that the content has something for, in the page's order."""
    return tuple(_drawn(content, _chart, progress))


def sized_files(content: ReportContent, sizes: Sequence[str], *, progress: Progress | None = None) -> dict[str, bytes]:
    """Return every chart as SVG, PNG and PDF, by path: as wide as on the page in `charts/`, in each size asked for in a folder of its name.

    Args:
        content: What the report shows.
        sizes: Names of sizes: `column`, `page`, `slide`.
        progress: Called with (step, done, total).
    """
    files: dict[str, bytes] = {}
    for drawn in _drawn(content, partial(_sized, tuple(sizes)), progress):
        files |= drawn
    return files


def _drawn(content: ReportContent, draw: Callable[[Planned], Drawn], progress: Progress | None) -> list[Drawn]:
    """Draw all charts, half of them in a second process where there is a core for it: the same bytes in either."""
    try:
        twin = Twin(__name__, "drawing", draw) if can_run() else None
    except OSError:
        twin = None
    chosen = planned(content)
    if twin is None:
        return list(map(draw, followed(chosen, _STEP, len(chosen), progress)))
    return answered(chosen, twin, draw, lambda done: progress(_STEP, done, len(chosen)) if progress is not None else None)


def drawing(draw: Callable[[Planned], Drawn]) -> Callable[[Planned], Drawn]:
    """What the second process does; it brings matplotlib before it is asked."""
    from tracker.charts import files, inline, style  # noqa: F401

    return draw


def planned(content: ReportContent) -> list[Planned]:
    """Return name, data and drawing of every chart that the content has something for, in the page's order."""
    from tracker.charts import dumbbell, novelty, phrases, rug, stability, tfidf, topic_shifts, topics, words

    notices = (content.digest_notice,) if content.digest_notice else ()
    charts: list[Planned] = [
        ("rug", rug.data(content.speeches, content.comparison, content.before_speeches, content.after_speeches, notices=notices), rug.draw)
    ]
    if content.comparison.themes:
        charts.append(("themes", dumbbell.data(content.comparison, notices), dumbbell.draw))
    charts += _series_charts(content, notices)
    if content.words.rows:
        charts.append(("words", words.data(content.words, notices), words.draw))
    if content.phrases and content.comparison.phrases and (shown := phrases.data(content, notices)).rows:
        charts.append(("phrases", shown, phrases.draw))
    if content.tfidf:
        charts.append(("tfidf", tfidf.data(content.tfidf, notices), tfidf.draw))
    if content.topics and content.topics.topics:
        charts.append(("topics", topics.data(content.topics, notices), topics.draw))
        if any(topic.stability is not None for topic in content.topics.topics):
            charts.append(("stability", stability.data(content.topics, notices), stability.draw))
    if content.comparison.topics and content.comparison.topics.family.tests:
        charts.append(("topic-shifts", topic_shifts.data(content.comparison, notices), dumbbell.draw))
    if content.novelty and content.novelty.rows:
        charts.append(("novelty", novelty.data(content.novelty, notices), novelty.draw))
    return charts


def _series_charts(content: ReportContent, notices: tuple[str, ...]) -> list[Planned]:
    """Plan a series: lines for few periods, a heatmap for many (and lines for the themes that moved), dots for values; distances last."""
    from tracker.charts import distance, groups, heatmap, series

    found = content.series
    if not found or not found.themes:
        return []
    dense = is_dense(found)
    charts: list[Planned] = []
    if not found.in_time:
        charts.append(("groups", groups.data(found, notices), groups.draw))
    elif not dense or trending(found):
        charts.append(("series", series.data(found, notices, telling=dense), series.draw))
    if dense:
        charts.append(("heatmap", heatmap.data(found, notices), heatmap.draw))
    if found.distance and len(found.distance.groups) > 1:
        charts.append(("distance", distance.data(found, notices), distance.draw))
    return charts


def is_dense(series: Series) -> bool:
    """Whether a series is too large for a panel or a list of dots for each theme."""
    n, themes = len(series.groups), len(series.themes)
    return (n > MOST_LINES if series.in_time else n * themes > MOST_DOTS) or (themes > MOST_PANELS and n > FEW_LINES)


def _chart(chart: Planned) -> Chart:
    from tracker.charts.files import png_bytes, svg_text
    from tracker.charts.inline import inline_svg
    from tracker.charts.style import NARROW, WIDE, frame

    name, chosen, draw = chart
    figure, small = draw(chosen, WIDE), draw(chosen, NARROW)
    svg, png = svg_text(figure, name, chosen.caption), png_bytes(figure)
    narrow = svg_text(small, f"{name}-narrow", chosen.caption, outlines=False)
    parts = [inline_svg(text, frame(chosen.caption, width), held) for text, width, held in ((svg, WIDE, figure), (narrow, NARROW, small))]
    return Chart(name, chosen.caption, svg, png, parts[0], parts[1])


def _sized(sizes: tuple[str, ...], chart: Planned) -> dict[str, bytes]:
    """A chart as files by path: as on the page, and in each size."""
    from tracker.charts.files import pdf_bytes, png_bytes, sized_svg, svg_text
    from tracker.charts.sizes import SIZES, fitted, legible
    from tracker.charts.style import WIDE

    name, chosen, draw = chart
    files: dict[str, bytes] = {}
    drawn = [("charts", chosen.caption, draw(chosen, WIDE), 1.0, 144.0)]
    for size in sizes:
        shown = legible(chosen, draw, SIZES[size])
        figure, scale = fitted(shown, draw, SIZES[size])
        drawn.append((f"charts/{size}", shown.caption, figure, scale, scale * SIZES[size].dpi))
    for folder, caption, figure, scale, dpi in drawn:
        files[f"{folder}/{name}.svg"] = sized_svg(svg_text(figure, name, caption), scale).encode()
        files[f"{folder}/{name}.png"] = png_bytes(figure, dpi)
        files[f"{folder}/{name}.pdf"] = pdf_bytes(figure, caption, scale)
    return files
