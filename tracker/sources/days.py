"""The few ways a day is written, found in a string or read from a user's value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracker.errors import SourceError
from tracker.speech import Precision

Order = Literal["dmy", "mdy"]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS = (
    re.compile(rf"(?<![\d-]){_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d)"),
    re.compile(rf"\b{_MONTH}\s{_ORDINAL}\b(?:,?\s{_YEAR}\b)?", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?:the\s)?{_ORDINAL}\s(?:of\s)?{_MONTH}(?![A-Za-z])(?:,?\s{_YEAR}\b)?", re.IGNORECASE),
    re.compile(rf"(?:{_YEAR}\s?年\s?)?(?<!\d)(?P<month>\d{{1,2}})\s?月\s?(?P<day>\d{{1,2}})\s?日"),
)
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](1[5-9]\d\d|20\d\d)(?!\d)")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?)?)?")
_HEX = re.compile(r"(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{12,}", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_YEAR_IN_NAME = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as it stands in a string.

    Args:
        quote: The words, verbatim.
        start: Offset of `quote` in the string.
        month: 1-12.
        day: As written, not checked against the calendar; 0 for a whole month or year.
        year: None when it is not written.
        precision: day, month or year.
    """

    quote: str
    start: int
    month: int
    day: int
    year: int | None
    precision: Precision = "day"

    def in_year(self, year: int | None = None) -> date | None:
        """Return the day in its own or the given year; None when there is no such day or no year."""
        chosen = self.year or year
        try:
            return date(chosen, self.month, self.day or 1) if chosen else None
        except ValueError:
            return None


def find_days(text: str) -> list[WrittenDay]:
    """Return the days written in a text in order, with or without a year, possible or not; a bare year or month is none.

    Example:
        >>> [(d.quote, d.year) for d in find_days("On Sept. 7 and 7 May 2021, ９月９日")]
        [('Sept. 7', None), ('7 May 2021', 2021), ('９月９日', None)]
    """
    plain = text.translate(_FULL_WIDTH)
    found: dict[int, WrittenDay] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if match.groupdict().get("name", "M")[0].islower():  # "may 10 people"
                continue
            if not any(d.start < match.end() and match.start() < d.start + len(d.quote) for d in found.values()):
                found[match.start()] = _written(match, text)
    return [found[start] for start in sorted(found)]


def _written(match: re.Match[str], text: str) -> WrittenDay:
    groups = match.groupdict()
    month = int(groups["month"]) if groups.get("month") else _MONTHS.index(groups["name"][:3].lower()) + 1
    return WrittenDay(text[match.start() : match.end()], match.start(), month, int(groups["day"]), int(groups["year"]) if groups["year"] else None)


def parse_day(text: str, *, order: Order | None = None) -> tuple[date, Precision]:
    """Return the day a user, a column or a header states, and how exact it is.

    Args:
        text: `2022-08-16`, `2022-08`, `2022`, `20220816`, `August 16, 2022`, `16 August 2022`, `2022年8月16日`, an ISO time stamp, or d/m/y with `order`.
        order: How `03/04/2023` is to be read; None refuses it.

    Raises:
        SourceError: It is no day, has no year, does not exist, or needs `order`.

    Example:
        >>> parse_day("2022-08")
        (datetime.date(2022, 8, 1), 'month')
    """
    value = text.strip()
    written = _partial(value) or _slashed(value, order) or _whole(value)
    if written is None:
        raise SourceError(
            f"`{value}` is not a date", looked_at=("known forms: 2022, 2022-08, 2022-08-16, August 16, 2022, 16 August 2022",), hint="--date 2022-08-16"
        )
    day = written.in_year()
    if written.year is None:
        raise SourceError(f"the date `{value}` has no year", hint=f"--date 2022-{written.month:02}-{written.day:02}")
    if day is None:
        raise SourceError(f"there is no day `{value}` in the calendar", hint="--date 2022-08-16")
    return day, written.precision


def _partial(value: str) -> WrittenDay | None:
    """Read ISO dates, whole or cut short, and eight digits in a row."""
    digits = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", value)
    match = digits or _PARTIAL.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    precision: Precision = "year" if month is None else "month" if day is None else "day"
    return WrittenDay(value, 0, 1 if month is None else month, 1 if day is None else day or 99, year, precision)


def _slashed(value: str, order: Order | None) -> WrittenDay | None:
    match = _SLASHED.fullmatch(value)
    if match is None:
        return None
    first, second, year = map(int, match.groups())
    if order is None:
        readings = [WrittenDay(value, 0, month, day or 99, year) for day, month in ((first, second), (second, first))]
        days = {real for written in readings if (real := written.in_year())}
        if len(days) > 1:
            both = " or ".join(map(str, sorted(days, reverse=True)))
            settle = 'to settle it for every file, write order = "dmy" (or "mdy") under [dates] in tracker.toml'
            raise SourceError(f"`{value}` can be read as day/month or month/day", looked_at=(f"it is {both}", settle), hint=f"--date {max(days)}")
        return next((written for written in readings if written.in_year()), readings[0])
    day, month = (first, second) if order == "dmy" else (second, first)
    return WrittenDay(value, 0, month, day or 99, year)


def _whole(value: str) -> WrittenDay | None:
    """Read a written date that is the whole value, a weekday in front aside."""
    rest = re.sub(rf"^(?:{'|'.join(WEEKDAYS)}),?\s", "", value, flags=re.IGNORECASE)
    found = find_days(rest)
    return found[0] if len(found) == 1 and found[0].quote == rest else None


def day_in_name(name: str) -> WrittenDay | None:
    """Return the day, month or bare year in a file name without its suffix; None when there is none or more than one.

    Example:
        >>> day_in_name("su1942").precision, str(day_in_name("1994_02_04-statement").in_year())
        ('year', '1994-02-04')
    """
    stem = _HEX.sub(lambda m: "x" * len(m.group()), name)
    days = [m for m in _IN_NAME.finditer(stem) if WrittenDay("", 0, int(m[3]), int(m[4]) or 99, int(m[1])).in_year()]
    if days:
        first = days[0]
        same = all(m.groups()[::2] == first.groups()[::2] and m[4] == first[4] for m in days)
        return WrittenDay(first.group(), first.start(), int(first[3]), int(first[4]), int(first[1])) if same else None
    if month := re.fullmatch(r"(1[5-9]\d\d|20\d\d)[-_](0[1-9]|1[0-2])", stem):
        return WrittenDay(stem, 0, int(month[2]), 0, int(month[1]), "month")
    years = list(_YEAR_IN_NAME.finditer(stem))
    if len({m.group() for m in years}) != 1:
        return None
    return WrittenDay(years[0].group(), years[0].start(), 1, 0, int(years[0].group()), "year")
