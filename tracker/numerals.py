"""Numbers as a reader sees them, the same on the page, in charts, in Markdown and on the terminal; JSON and csv hold them plain."""

from __future__ import annotations

import math

NOTHING = "–"
LEAST_P = 0.001


def number(value: float | None, digits: int = 1) -> str:
    """Return a number with a real minus sign and thousands separated; a dash when it does not exist.

    Example:
        >>> number(-1234.56), number(1263, 0), number(None), number(float("nan"))
        ('−1,234.6', '1,263', '–', '–')
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    text = f"{value:,.{digits}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace("-", "−")


def signed(value: float | None, digits: int = 1) -> str:
    """Return a number with its sign, zero without one.

    Example:
        >>> signed(3.2), signed(-3.2), signed(0.01)
        ('+3.2', '−3.2', '0.0')
    """
    text = number(value, digits)
    return f"+{text}" if value is not None and text[0] not in "−–" and text.strip("0.,") else text


def scaled(value: float | None, factor: float, digits: int = 1, *, sign: bool = False) -> str:
    """Return a number times a factor: a share times 1,000 is words per 1,000, points times 10 their change.

    Example:
        >>> scaled(0.0123, 1000), scaled(-0.37, 10, sign=True), scaled(None, 10)
        ('12.3', '−3.7', '–')
    """
    return (signed if sign else number)(None if value is None else factor * value, digits)


def span(low: float | None, high: float | None, factor: float = 1.0, digits: int = 1, *, sign: bool = False) -> str:
    """Return both ends of a range; a dash where one is missing.

    Example:
        >>> span(-0.37, 1.2, 10, sign=True), span(1.0, 2.0), span(None, 2.0)
        ('−3.7 to +12.0', '1.0 to 2.0', '–')
    """
    if low is None or high is None:
        return NOTHING
    return f"{scaled(low, factor, digits, sign=sign)} to {scaled(high, factor, digits, sign=sign)}"


def count(n: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    Example:
        >>> count(1, "speech"), count(2, "speech"), count(1200, "word")
        ('1 speech', '2 speeches', '1,200 words')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + ('es' if noun.endswith('ch') else 's')}"


def p_value(value: float | None) -> str:
    """Return a p or q with three decimals: never 0.

    Example:
        >>> p_value(0.0123), p_value(0.0004), p_value(None)
        ('0.012', '< 0.001', '–')
    """
    return f"< {LEAST_P:g}" if value is not None and value < LEAST_P else number(value, 3)


def p_words(value: float | None) -> str:
    """Return what stands behind the letter p or q in a sentence.

    Example:
        >>> p_words(0.0123), p_words(0.0004), p_words(None)
        ('= 0.012', '< 0.001', '–')
    """
    text = p_value(value)
    return text if text[0] in "<–" else f"= {text}"
