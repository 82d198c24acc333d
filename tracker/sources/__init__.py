"""The outside world -> Speech: one reader a file, and the rules that date and name what was read."""

from tracker.sources.base import ReadOptions, Skipped, parse_language
from tracker.sources.dates import resolve_date, stated_day
from tracker.sources.days import parse_day
from tracker.sources.reading import SUFFIXES, check_paths, read_sources

__all__ = ["SUFFIXES", "ReadOptions", "Skipped", "check_paths", "parse_day", "parse_language", "read_sources", "resolve_date", "stated_day"]
