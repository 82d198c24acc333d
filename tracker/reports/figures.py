"""The report's charts, each drawn wide for files and page and narrow for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tracker.findings.series_claims import trending

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from tracker.charts.style import Caption
    from tracker.findings.series_records import Series
    from tracker.reports.content import ReportContent

MOST_LINES, FEW_LINES, MOST_PANELS = 12, 6, 8
MOST_DOTS = 96


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


def all_charts(content: ReportContent) -> tuple[Chart, ...]:
    """Draw every chart that the content has something for, in the page's order."""
    from tracker.charts import dumbbell, novelty, phrases, rug, tfidf, topic_shifts, topics, words

    notices = (content.digest_notice,) if content.digest_notice else ()
    charts = [_chart("rug", rug.data(content.speeches, content.comparison, content.before_speeches, content.after_speeches, notices=notices), rug.draw)]
    if content.comparison.themes:
        charts.append(_chart("themes", dumbbell.data(content.comparison, notices), dumbbell.draw))
    charts += _series_charts(content, notices)
    if content.words.rows:
        charts.append(_chart("words", words.data(content.words, notices), words.draw))
    if content.phrases and content.comparison.phrases and (shown := phrases.data(content, notices)).rows:
        charts.append(_chart("phrases", shown, phrases.draw))
    if content.tfidf:
        charts.append(_chart("tfidf", tfidf.data(content.tfidf, notices), tfidf.draw))
    if content.topics and content.topics.topics:
        charts.append(_chart("topics", topics.data(content.topics, notices), topics.draw))
    if content.comparison.topics and content.comparison.topics.family.tests:
        charts.append(_chart("topic-shifts", topic_shifts.data(content.comparison, notices), dumbbell.draw))
    if content.novelty and content.novelty.rows:
        charts.append(_chart("novelty", novelty.data(content.novelty, notices), novelty.draw))
    return tuple(charts)


def _series_charts(content: ReportContent, notices: tuple[str, ...]) -> list[Chart]:
    """Draw a series: lines for few periods, a heatmap for many (and lines for the themes that moved), dots for values; distances last."""
    from tracker.charts import distance, groups, heatmap, series

    found = content.series
    if not found or not found.themes:
        return []
    dense = is_dense(found)
    charts = []
    if not found.in_time:
        charts.append(_chart("groups", groups.data(found, notices), groups.draw))
    elif not dense or trending(found):
        charts.append(_chart("series", series.data(found, notices, telling=dense), series.draw))
    if dense:
        charts.append(_chart("heatmap", heatmap.data(found, notices), heatmap.draw))
    if found.distance and len(found.distance.groups) > 1:
        charts.append(_chart("distance", distance.data(found, notices), distance.draw))
    return charts


def is_dense(series: Series) -> bool:
    """Whether a series is too large for a panel or a list of dots for each theme."""
    n, themes = len(series.groups), len(series.themes)
    return (n > MOST_LINES if series.in_time else n * themes > MOST_DOTS) or (themes > MOST_PANELS and n > FEW_LINES)


def _chart(name: str, chosen: Drawable, draw: Callable[[Any, float], Figure]) -> Chart:
    from tracker.charts.files import png_bytes, svg_text
    from tracker.charts.inline import inline_svg
    from tracker.charts.style import NARROW, WIDE, frame

    figure, small = draw(chosen, WIDE), draw(chosen, NARROW)
    svg, png = svg_text(figure, name, chosen.caption), png_bytes(figure)
    narrow = svg_text(small, f"{name}-narrow", chosen.caption, outlines=False)
    parts = [inline_svg(text, frame(chosen.caption, width), held) for text, width, held in ((svg, WIDE, figure), (narrow, NARROW, small))]
    return Chart(name, chosen.caption, svg, png, parts[0], parts[1])
