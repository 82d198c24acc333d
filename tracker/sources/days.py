"""The ways a day is written, found in a string or read from a user's value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from tracker.errors import SourceError
from tracker.patterns import regex
from tracker.sources.calendar_names import HAN_NUMBER, MONTH, WEEKDAY, han_number, is_english, is_short, month_number
from tracker.speech import Precision

Order = Literal["dmy", "mdy"]
LONGEST_RANGE = 31
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_YEAR_BEHIND = rf"(?:,?\s(?:del?\s)?(?P<year>{_YEAR})(?!\w))"
_FIRST_YEAR = rf"(?:,?\s(?:del?\s)?(?P<first_year>{_YEAR}))?"
_NOT_INSIDE = r"(?<!\w)(?<!\w[-–./:,])"
_ORDINAL = r"(?:st|nd|rd|th|er|ᵉʳ|\.?[º°ª]|\.)?"
_DAY, _LAST = rf"(?P<day>\d{{1,2}}){_ORDINAL}", rf"(?P<last>\d{{1,2}}){_ORDINAL}"
_GAP = r"(?:\s(?:of\s|de\s)?|(?<=\.))"
_UNTIL = r"(?:\s?[-–—~]\s?|\s(?:to|until|till|through|bis|bis\szum|au|jusqu['’]au|al|a|hasta\sel)\s)"
_OR_AND = rf"(?:{_UNTIL}|\s(?:and|und|et|y)\s)"
_NAME, _NAME_2 = rf"(?P<name>{MONTH})", rf"(?P<last_name>{MONTH})"
_HAN_YEAR = rf"(?:{_YEAR}|[一二][〇零○Ｏ一二三四五六七八九]{{3}})"
_HAN_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_HAN_DAY = r"(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])"
_HAN = rf"(?<![\d{HAN_NUMBER}])(?:(?P<year>{_HAN_YEAR})\s?年\s?)?(?<!\d)(?P<month>{_HAN_MONTH})\s?月\s?(?P<day>{_HAN_DAY})\s?"
_PATTERNS = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_HAN}日?\s?(?:至|到|[-–—~～])\s?(?:{_HAN_YEAR}\s?年\s?)?(?:(?P<last_month>{_HAN_MONTH})\s?月\s?)?(?P<last>{_HAN_DAY})\s?[日号號]",
        rf"{_HAN}(?:日|[号號](?![文楼令]))",
        rf"(?<![\d-])(?P<year>{_YEAR})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d)",
        rf"(?<![\d/.])(?P<year>{_YEAR})(?P<mark>[/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?![\d/])",
        rf"{_NOT_INSIDE}(?:the\s)?{_DAY}{_GAP}{_NAME}{_FIRST_YEAR}{_UNTIL}{_LAST}{_GAP}{_NAME_2}{_YEAR_BEHIND}?",
        rf"\b{_NAME}\s{_DAY}{_FIRST_YEAR}{_UNTIL}{_NAME_2}\s{_LAST}(?!\w){_YEAR_BEHIND}?",
        rf"{_NOT_INSIDE}(?:the\s)?{_DAY}{_OR_AND}{_LAST}{_GAP}{_NAME}{_YEAR_BEHIND}?",
        rf"\b{_NAME}\s{_DAY}{_OR_AND}{_LAST}(?![\w%]){_YEAR_BEHIND}?",
        rf"{_NOT_INSIDE}(?:the\s)?{_DAY}{_GAP}{_NAME}{_YEAR_BEHIND}?",
        rf"(?<!\w)(?P<day>\d{{1,2}})-{_NAME}-(?P<year>{_YEAR})(?!\w)",
        rf"\b(?P<month_first>){_NAME}\s{_DAY}(?!\w){_YEAR_BEHIND}?",
    )
)
_SLASHED = regex(rf"(?<![\d/.-])(\d{{1,2}})([/.-])(\d{{1,2}})\2({_YEAR})(?![\d/]|[.-]\d)")
_PARTIAL = regex(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?)?)?")
_MONTH_ONLY = regex(rf"{_NAME}\s(?:de\s|del\s)?(?P<year>{_YEAR})|(?P<han_year>{_HAN_YEAR})\s?年(?:\s?(?P<month>{_HAN_MONTH})\s?月)?", re.IGNORECASE)
_AROUND = regex(
    rf"^(?:{WEEKDAY}(?:,?\s|(?=\d)))?(?:(?:on\s)?the\s|on\s|den\s|dem\s|am\s|le\s|el\s)?|[\s,]*[(（]?{WEEKDAY}[)）]?$|,?\s(?:at\s|um\s|à\s)?\d{{1,2}}[:h]\d{{2}}.*$",
    re.IGNORECASE,
)
_HEX = regex(r"(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{12,}", re.IGNORECASE)
_IN_NAME = regex(r"(?<!\d)(1[5-9]\d\d|20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_NUMBER = regex(rf"[\d{HAN_NUMBER}]")
_LONE = regex(r"(?<!\d)\d{1,2}(?!\d)")
_LETTER = regex(r"[^\W\d_]")
_HAN_PATTERNS, _NUMERIC, _NAMED = _PATTERNS[:2], _PATTERNS[2:4], _PATTERNS[4:]
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_YEAR_IN_NAME = regex(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as it stands in a string.

    Args:
        quote: The words, verbatim.
        start: Offset of `quote` in the string.
        month: 1-12; 0 where only the day of the month is written (`7日`).
        day: As written, not checked against the calendar; 0 for a whole month or year.
        year: None when it is not written.
        precision: day, month or year.
        until: Month and day of the last day of a range, of which this is the first; (0, 0) for a single day.
    """

    quote: str
    start: int
    month: int
    day: int
    year: int | None
    precision: Precision = "day"
    until: tuple[int, int] = (0, 0)

    @property
    def is_range(self) -> bool:
        """Whether more than one day is written."""
        return self.until != (0, 0)

    def in_year(self, year: int | None = None) -> date | None:
        """Return the day in its own or the given year; None when there is no such day or no year."""
        chosen = self.year or year
        try:
            return date(chosen, self.month, self.day or 1) if chosen else None
        except ValueError:
            return None

    def days_from(self, first: date) -> list[date]:
        """Return every day of the range that begins on `first`; none when it ends on no day of the calendar."""
        if not self.is_range:
            return [first]
        month, day = self.until
        try:
            last = date(first.year + ((month, day) < (first.month, first.day)), month, day)
        except ValueError:
            return []
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def find_days(text: str, *, order: Order | None = None, in_dateline: bool = False) -> list[WrittenDay]:
    """Return the days written in a text in order, with or without a year, possible or not; a bare year or month is none.

    Args:
        text: Any text.
        order: How `03/04/2023` is read; None leaves it out, as it may be two days (`25/12/2023` can only be one).
        in_dateline: Whether names of months may be cut short in lower case (`7 sep`), which elsewhere are other words.

    Returns:
        Days of which no two overlap. A range is found as its first day; one of more than a month (the year of a report) is left out.

    Example:
        >>> [(d.quote, d.year) for d in find_days("On Sept. 7 and le 7 mai 2021, ９月９日")]
        [('Sept. 7', None), ('7 mai 2021', 2021), ('９月９日', None)]
    """
    if not _NUMBER.search(text):  # no pattern does without one
        return []
    plain = text if text.isascii() else text.translate(_FULL_WIDTH)
    taken: list[tuple[int, int]] = []
    found: list[WrittenDay] = []
    for match in (m for pattern in _possible(plain) for m in pattern.finditer(plain)):
        if not any(start < match.end() and match.start() < end for start, end in taken) and _is_day(match, in_dateline=in_dateline):
            taken.append(match.span())
            found += _written(match, text)
    for match in _SLASHED.finditer(plain):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            days = _readings(match, order)
            found += [replace(days[0], quote=text[match.start() : match.end()])] if len(days) == 1 else []
    return sorted(found, key=lambda day: day.start)


def _possible(plain: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that can match at all, in their order: beside the name of a month, which has letters, a day is a number of one or two digits."""
    yield from _HAN_PATTERNS if "月" in plain else ()
    yield from _NUMERIC
    yield from _NAMED if _LONE.search(plain) and _LETTER.search(plain) else ()


def ambiguous_days(text: str) -> list[str]:
    """Return what stands in a text that can be read as day/month and as month/day, verbatim."""
    return [m.group() for m in _SLASHED.finditer(text.translate(_FULL_WIDTH)) if len(_readings(m, None)) > 1]


@lru_cache(maxsize=256)  # many rows of a table have one day
def day_range(quote: str) -> WrittenDay | None:
    """Return the range that a quote holds; None when it holds none."""
    return next((day for day in find_days(quote, in_dateline=True) if day.is_range), None)


def _is_day(match: re.Match[str], *, in_dateline: bool) -> bool:
    """Whether what looks like a month is one: in lower case `may 10` and `set 5` are other words."""
    groups = match.groupdict()
    names = [name for name in (groups.get("name"), groups.get("last_name")) if name]
    if in_dateline or not names:
        return True
    if groups["year"] and "month_first" not in groups:
        return True
    return all((is_english(n) if is_short(n) else True) if n[0].isupper() else not is_english(n) and not is_short(n) for n in names)


def _written(match: re.Match[str], text: str) -> Iterator[WrittenDay]:
    """Yield the day of a match, or nothing for a stretch of time that is no event."""
    groups = match.groupdict()
    month = month_number(groups["name"]) if groups.get("name") else han_number(groups["month"])
    day, year = han_number(groups["day"]), han_number(groups["year"]) if groups["year"] else None
    until = (0, 0)
    if groups.get("last"):
        name, number = groups.get("last_name"), groups.get("last_month")
        until = (month_number(name) if name else han_number(number) if number else month, han_number(groups["last"]))
        if groups.get("first_year"):
            year = int(groups["first_year"])
        elif year and until < (month, day) and name:
            year -= 1  # 30 December - 2 January 2023
    written = WrittenDay(text[match.start() : match.end()], match.start(), month, day, year, until=until)
    first = written.in_year(2000)
    if first is None or 0 < len(written.days_from(first)) <= LONGEST_RANGE:
        yield written


def parse_day(text: str, *, order: Order | None = None) -> tuple[date, Precision]:
    """Return the day a user, a column or a header states, and how exact it is; of a range the first.

    Args:
        text: `2022-08-16`, `2022-08`, `2022`, `20220816`, `2022/8/16`, `August 16, 2022`, `16 August 2022`, `16. August 2022`, `le 16 août 2022`,
            `16 de agosto de 2022`, `2022年8月16日`, `August 2022`, an ISO time stamp, or d/m/y with `order` or where only one reading is possible.
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


def _readings(match: re.Match[str], order: Order | None) -> list[WrittenDay]:
    """Return the different days that a `d/m/y` can mean."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    pairs = [(first, second), (second, first)] if order is None else [(first, second) if order == "dmy" else (second, first)]
    days = [WrittenDay(match.group(), match.start(), month, day or 99, year) for day, month in dict.fromkeys(pairs)]
    return [written for written in days if written.in_year()]


def _slashed(value: str, order: Order | None) -> WrittenDay | None:
    match = _SLASHED.fullmatch(value.translate(_FULL_WIDTH))
    if match is None:
        return None
    days = _readings(match, order)
    if len(days) > 1:
        real = sorted((str(written.in_year()) for written in days), reverse=True)
        settle = 'to settle it for every file, write order = "dmy" (or "mdy") under [dates] in tracker.toml'
        both = f"it is {' or '.join(real)}"
        raise SourceError(f"`{value}` can be read as day/month or month/day", looked_at=(both, settle), hint=f"--date {real[0]}")
    return days[0] if days else WrittenDay(value, 0, 0, 99, int(match[4]))


def _whole(value: str) -> WrittenDay | None:
    """Read a written date that is the whole value, a weekday, an article and a time of day aside."""
    rest = _AROUND.sub("", value)
    found = find_days(rest, in_dateline=True)
    if len(found) == 1 and found[0].quote == rest:
        return found[0]
    match = _MONTH_ONLY.fullmatch(rest.translate(_FULL_WIDTH))
    if match is None:
        return None
    month = month_number(match["name"]) if match["name"] else han_number(match["month"]) if match["month"] else 0
    return WrittenDay(value, 0, month or 1, 0, han_number(match["year"] or match["han_year"]), "month" if month else "year")


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
