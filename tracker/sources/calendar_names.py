"""Names of months and weekdays as English, German, French, Spanish and Chinese texts write them, and the numbers of Chinese dates."""

from __future__ import annotations

import re
import unicodedata

MONTH_NAMES: tuple[str, ...] = (
    "january jan | januar jänner jän | janvier janv | enero ene",
    "february feb | februar feber | février févr fév | febrero",
    "march mar | märz mrz mär | mars | marzo",
    "april apr | avril avr | abril abr",
    "may | mai | mayo",
    "june jun | juni | juin | junio",
    "july jul | juli | juillet juil | julio",
    "august aug | août | agosto ago",
    "september sept sep | septembre | septiembre setiembre set",
    "october oct | oktober okt | octobre | octubre",
    "november nov | novembre | noviembre",
    "december dec | dezember dez | décembre déc | diciembre dic",
)
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_NAMES = (
    "Monday Mon Montag Mo lundi lun lunes 星期一 周一 礼拜一 週一",
    "Tuesday Tue Tues Dienstag Di mardi martes 星期二 周二 礼拜二 週二",
    "Wednesday Wed Mittwoch Mi mercredi mer miércoles mié 星期三 周三 礼拜三 週三",
    "Thursday Thu Thurs Donnerstag Do jeudi jeu jueves jue 星期四 周四 礼拜四 週四",
    "Friday Fri Freitag Fr vendredi ven viernes vie 星期五 周五 礼拜五 週五",
    "Saturday Sat Samstag Sonnabend Sa samedi sam sábado sáb 星期六 周六 礼拜六 週六",
    "Sunday Sun Sonntag So dimanche dim domingo dom 星期日 星期天 周日 礼拜日 礼拜天 週日",
)
_ENGLISH_MONTHS = frozenset(name for line in MONTH_NAMES for name in line.split(" | ", maxsplit=1)[0].split())
_HAN_DIGITS = {digit: value for value, digits in enumerate(("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for digit in digits}
HAN_NUMBER = "〇零○一二三四五六七八九十廿卅"


def plain(name: str) -> str:
    """Return a name in lower case without accents and full stop: `Févr.` is `fevr`."""
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c)).strip(".")


_MONTHS = {plain(name): number for number, line in enumerate(MONTH_NAMES, start=1) for name in line.replace("|", " ").split()}
_DAYS = {plain(name): number for number, line in enumerate(_DAY_NAMES) for name in line.split()}


def any_of(names: list[str]) -> str:
    """Return a pattern for these names, the longest first; accents may be composed, loose or missing."""
    return "|".join("".join(_letter(c) for c in name) for name in sorted(names, key=len, reverse=True))


def _letter(letter: str) -> str:
    loose = unicodedata.normalize("NFD", letter)
    return f"(?:{letter}|{loose[0]}{loose[1:]}?)" if len(loose) > 1 else re.escape(letter)


MONTH = rf"(?:{any_of([name for line in MONTH_NAMES for name in line.replace('|', ' ').split()])})(?![^\W\d_])\.?"
LONG_DAYS = [name for line in _DAY_NAMES for name in line.split() if len(name) > 4 or not name.isascii()]
WEEKDAY = rf"(?:{any_of([name for line in _DAY_NAMES for name in line.split()])})\.?"


def month_number(name: str) -> int:
    """Return 1-12 for the name of a month.

    Example:
        >>> month_number("Févr."), month_number("septiembre"), month_number("Mai")
        (2, 9, 5)
    """
    return _MONTHS[plain(name)]


def is_english(name: str) -> bool:
    """Whether the name is that of an English month: those have a capital letter, and in lower case are verbs."""
    return plain(name) in _ENGLISH_MONTHS


def is_short(name: str) -> bool:
    """Whether the name of a month is cut short."""
    return name.endswith(".") or (len(plain(name)) < 5 and plain(name) not in ("mai", "mars", "juin", "aout", "mayo", "june", "july", "may", "juni", "juli"))


def weekday_number(name: str) -> int:
    """Return 0 (Monday) to 6.

    Example:
        >>> weekday_number("Dienstag"), weekday_number("miércoles"), weekday_number("周日")
        (1, 2, 6)
    """
    return _DAYS[plain(name)]


def han_number(text: str) -> int:
    """Return a number written in digits or in Chinese numerals, year or day.

    Example:
        >>> han_number("二〇二三"), han_number("十二"), han_number("二十"), han_number("廿三"), han_number("07")
        (2023, 12, 20, 23, 7)
    """
    if text.isdigit() and text.isascii():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    tens, _, ones = text.partition("十")
    return 10 * (_HAN_DIGITS[tens] if tens else 1) + (_HAN_DIGITS[ones] if ones else 0)
