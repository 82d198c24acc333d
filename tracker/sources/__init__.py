"""The outside world -> Speech: one reader a file, and the rules that date and name what was read."""

from tracker.sources.base import ReadOptions, Skipped
from tracker.sources.dates import resolve_date, stated_day
from tracker.sources.days import parse_day
from tracker.sources.reading import SUFFIXES, read_sources

__all__ = ["SUFFIXES", "ReadOptions", "Skipped", "parse_day", "read_sources", "resolve_date", "stated_day"]
