"""Content -> one self-contained page that reads without network or script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracker.charts.wording import listed, spelled_date
from tracker.findings import change_claims
from tracker.findings.series_claims import general, novelty_claims, series_claims
from tracker.findings.standing import distance_words, family_words, rank_words, verdict_words, within_words
from tracker.findings.topic_log import fit_words
from tracker.findings.validation import lists_words
from tracker.numerals import count, number, signed
from tracker.reports.arrange import by_side, evidence_fits, leads, limits, marked_speeches, on_paper, texts_by_side, themes_with_evidence, where_said
from tracker.reports.quotes import cite, pieces, voice_of
from tracker.reports.table import Table, shown
from tracker.reports.tables import spread
from tracker.reports.tables_series import by_theme
from tracker.slices import as_noun, between, during

if TYPE_CHECKING:
    from tracker.reports.content import ReportContent
    from tracker.reports.figures import Chart

TEMPLATES = Path(__file__).parent / "templates"
MOST_TERMS = 8
MOST_QUOTES = 4
MOST_ROWS = 200
MOST_TOLD = 20
MOST_PHRASES = 60
PAPER_ROWS = 60  # as in page.css

IN_SHORT: Mapping[str, str] = {
    "W5": "how much of the texts is the speaker’s differs",
    "W14": "the sources differ",
    "W17": "its words were edited, so this is exploratory",
    "W18": "the speeches differ in length",
    "W26": "the speakers differ",
}
# What the templates say things with, and how much of a list they show.
WORDING: Mapping[str, object] = {
    "count": count,
    "in_short": IN_SHORT,
    "pieces": pieces,
    "voice_of": voice_of,
    "spread": spread,
    "verdict_words": verdict_words,
    "rank_words": rank_words,
    "family_words": family_words,
    "distance_words": distance_words,
    "within_words": within_words,
    "fit_words": fit_words,
    "speeches_words": change_claims.speeches_words,
    "speech_words": change_claims.speech_words,
    "mover_words": change_claims.mover_words,
    "run_day": change_claims.run_day,
    "lists_words": lists_words,
    "most_told": MOST_TOLD,
    "most_terms": MOST_TERMS,
    "most_quotes": MOST_QUOTES,
    "most_rows": MOST_ROWS,
    "most_phrases": MOST_PHRASES,
    "paper_rows": PAPER_ROWS,
}
_TOGETHER = re.compile(r"(?<=\(x) (?=\d)|(?<=\b[pqn]) (?=[<=])|(?<=\br1) (?==)|(?<=[<=]) (?=[−\d.])|(?<=\d) (?=%)")


def unbroken(text: str) -> str:
    r"""Return a text whose numbers and dates do not break at the end of a line, nor behind what belongs to them.

    Example:
        >>> unbroken("added 2023-02-07").count("-"), unbroken("fell (x 0.3; q < 0.001, 95 % ranges)").split(" ")
        (0, ['fell', '(x\xa00.3;', 'q\xa0<\xa00.001,', '95\xa0%', 'ranges)'])
    """
    return _TOGETHER.sub("\u00a0", re.sub(r"(?<=\d)–(?=\d)", "–\u2060", re.sub(r"(?<=\d)-(?=\d)", "\u2011", text)))


def render_page(content: ReportContent, charts: Iterable[Chart], tables: Iterable[Table], downloads: tuple[str, ...] = ()) -> str:
    """Return the whole page.

    Args:
        content: What the report shows.
        charts: The drawn charts.
        tables: The tables behind them.
        downloads: Files of the folder, by path, to link at the end.
    """
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "number": number,
        "signed": signed,
        "spelled": spelled_date,
        "listed": listed,
        "cell": shown,
        "unbroken": unbroken,
        "during": during,
        "between": between,
        "as_noun": as_noun,
    }
    claims = series_claims(content.series) if content.series else ()
    script = (TEMPLATES / "page.js").read_text(encoding="utf-8")
    marked = marked_speeches(content)
    sides, summaries = content.sides, {summary.id: summary for summary in content.speeches}
    return environment.get_template("page.html.j2").render(
        content=content,
        charts={chart.name: chart for chart in charts},
        tables={table.name: table for table in tables},
        downloads=downloads,
        style=Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        inline=Markup,
        cite=lambda evidence: cite(summaries, evidence),
        by_side=lambda evidence: by_side(sides, evidence),
        side_of=lambda speech: sides.get(speech, ""),
        limits=limits(content),
        leads=leads(content),
        where_said=where_said,
        texts=texts_by_side(content),
        themes=themes_with_evidence(content),
        marked=marked,
        on_paper=on_paper(marked),
        whole_on_paper=evidence_fits(content),
        told={finding.theme for finding in (*content.findings, *leads(content)) if finding.theme},
        told_in_time={finding.theme for finding in claims if finding.theme},
        theme_names={theme.id: theme.label for theme in content.comparison.themes},
        series_claims=claims,
        series_warnings=general(content.series.warnings, claims) if content.series else (),
        series_pivot=by_theme(content.series) if content.series else None,
        novelty_claims=novelty_claims(content.novelty) if content.novelty else (),
        stated_beside=[w.text for part in (content.series, content.novelty) if part for w in part.warnings],
        change_claims=change_claims.claims(content.changes) if content.changes else (),
        validations={held.theme: held for held in content.comparison.validations},
        **WORDING,
    )
