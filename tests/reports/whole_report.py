"""All files of a report in memory."""

from tracker.reports.write import parts, report_pieces


def report_files(content, *, json_text):
    """Every file of a report but its manifest, by path."""
    return {path: b"".join(parts(piece)) for path, piece in report_pieces(content, json_text=json_text).items()}
