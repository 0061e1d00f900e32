"""Dates and periods: complete months, windows, without any clock.

A month counted "de quantième à quantième" ends on the same day number, or on
the last day of a month that lacks it (art. 641, code de procédure civile).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def parse_date(text: str) -> dt.date:
    """Read ``2026-11-24`` or the French ``24/11/2026``.

    Raises
    ------
    ValueError
        If the text is not a date of the calendar, or its year has two digits.
    """
    stripped = text.strip()
    if match := _ISO.fullmatch(stripped):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _FRENCH.fullmatch(stripped):
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    raise ValueError(f"date illisible : {text!r}")


def is_last_day_of_month(day: dt.date) -> bool:
    """Tell whether the day is the last of its month."""
    return day.day == calendar.monthrange(day.year, day.month)[1]


def complete_months(start: dt.date, end: dt.date) -> int:
    """Count the complete months between two dates, negative if end is before.

    Examples
    --------
    >>> complete_months(dt.date(2023, 10, 24), dt.date(2026, 11, 24))
    37
    >>> complete_months(dt.date(2026, 1, 31), dt.date(2026, 2, 28))
    1
    """
    months = 12 * (end.year - start.year) + end.month - start.month
    if start.day > end.day and not is_last_day_of_month(end):
        months -= 1
    return months


def complete_years(start: dt.date, end: dt.date) -> int:
    """Count complete years: the age of someone born on ``start``."""
    return complete_months(start, end) // 12


def add_months(day: dt.date, months: int) -> dt.date:
    """Shift a date by whole months, falling on the last day where needed."""
    index = 12 * day.year + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
