"""Content -> a folder: whole or not at all, never over another, `latest` pointing to the newest."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import TrackerError
from tracker.progress import Progress, followed
from tracker.reports.figures import all_charts, sized_files
from tracker.reports.html import render_page
from tracker.reports.json import FileText
from tracker.reports.manifest import manifest_text
from tracker.reports.markdown import render_markdown
from tracker.reports.table import Table, csv_parts
from tracker.reports.tables import all_tables

if TYPE_CHECKING:
    from tracker.reports.content import ReportContent

Piece = bytes | Table | FileText
"""A file: its bytes, the table of a csv file, or what a JSON file says."""
_LINES = 1_000  # of text that are written together


def write_report(
    content: ReportContent,
    folder: Path,
    *,
    run_name: str,
    json_text: str | FileText,
    manifest: Mapping[str, Any],
    sizes: tuple[str, ...] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write one report and make it the latest; charts alone become nothing's latest.

    Args:
        content: What the report shows.
        folder: The folder of all reports; made when missing.
        run_name: Name of the new folder in it.
        json_text: The text of `report.json`.
        manifest: What `manifest.json` says besides the files' hashes.
        sizes: For charts and data alone, without a page: the sizes of the charts besides the page's; None for a whole report.
        progress: Called with (step, done, total).

    Returns:
        The new folder.

    Raises:
        TrackerError: A report of that name exists, or the folder cannot be written.
    """
    target = folder / run_name
    if target.exists():
        raise TrackerError(f"the report `{run_name}` exists already", looked_at=(f"in {folder}",), hint=f"tracker view {run_name}")
    if sizes is None:
        pieces = report_pieces(content, json_text=json_text, progress=progress)
    else:
        pieces = _chart_pieces(content, sizes, json_text=json_text, progress=progress)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(pieces, manifest, folder, target, progress)
        if sizes is None:
            _point_latest(folder, run_name)
    except OSError as error:
        raise TrackerError(f"the report cannot be written: {error.strerror or error}", looked_at=(f"in {folder}",), hint=f"ls -ld {folder}") from error
    return target


def report_hashes(content: ReportContent, *, json_text: str | FileText) -> dict[str, str]:
    """Return what the manifest of a report says of every other file, by path, without writing it."""
    hashes = {}
    for path, piece in report_pieces(content, json_text=json_text).items():
        digest = hashlib.sha256()
        for part in parts(piece):
            digest.update(part)
        hashes[path] = digest.hexdigest()
    return hashes


def report_pieces(content: ReportContent, *, json_text: str | FileText, progress: Progress | None = None) -> dict[str, Piece]:
    """Return every file of a report but its manifest, by path; tables are made into text when they are written."""
    charts, tables = all_charts(content, progress=progress), all_tables(content)
    pieces: dict[str, Piece] = {}
    for chart in charts:
        pieces[f"charts/{chart.name}.svg"] = chart.svg.encode()
        pieces[f"charts/{chart.name}.png"] = chart.png
    pieces |= {f"data/{table.name}.csv": table for table in tables}
    pieces["report.md"] = render_markdown(content, charts).encode("utf-8", "replace")
    pieces["report.json"] = _written(json_text)
    downloads = (*sorted(pieces), "manifest.json")
    pieces["index.html"] = render_page(content, charts, tables, downloads).encode("utf-8", "replace")
    return dict(sorted(pieces.items()))


def _chart_pieces(content: ReportContent, sizes: tuple[str, ...], *, json_text: str | FileText, progress: Progress | None) -> dict[str, Piece]:
    """Return the charts, in every size, the data behind them and report.json, by path; no page."""
    pieces: dict[str, Piece] = {**sized_files(content, sizes, progress=progress), "report.json": _written(json_text)}
    pieces |= {f"data/{table.name}.csv": table for table in all_tables(content)}
    return dict(sorted(pieces.items()))


def parts(piece: Piece) -> Iterator[bytes]:
    """The bytes of a file, some at a time."""
    if isinstance(piece, bytes):
        yield piece
        return
    yield from (text.encode("utf-8", "replace") for text in (csv_parts(piece) if isinstance(piece, Table) else _together(iter(piece))))


def _together(lines: Iterator[str]) -> Iterator[str]:
    while some := "".join(islice(lines, _LINES)):
        yield some


def _written(text: str | FileText) -> Piece:
    return text.encode("utf-8", "replace") if isinstance(text, str) else text


def _manifest(manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> bytes:
    return manifest_text(manifest, hashes).encode("utf-8", "replace")


def _write_whole(pieces: Mapping[str, Piece], manifest: Mapping[str, Any], folder: Path, target: Path, progress: Progress | None) -> None:
    """Write into a temporary folder beside the target and rename it when all is there."""
    draft, hashes = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder)), dict[str, str]()
    try:
        for path, piece in followed(pieces.items(), "writing files", len(pieces), progress):
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with (draft / path).open("wb") as file:
                for part in parts(piece):
                    file.write(part)
                    digest.update(part)
            hashes[path] = digest.hexdigest()
        (draft / "manifest.json").write_bytes(_manifest(manifest, hashes))
        draft.chmod(0o755)
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _point_latest(folder: Path, run_name: str) -> None:
    """Replace `latest`: a relative symlink, or a text file with the name where symlinks are not possible."""
    draft = folder / f".latest-{run_name}"
    draft.unlink(missing_ok=True)
    try:
        draft.symlink_to(run_name, target_is_directory=True)
    except (OSError, NotImplementedError):
        draft.write_text(run_name + "\n", encoding="utf-8")
    os.replace(draft, folder / "latest")  # noqa: PTH105 - replaces a symlink itself, on every system
