"""Waits in words."""

from __future__ import annotations

from django.utils.translation import ngettext

_YEAR = 12


def months(n: int) -> str:
    """Write a wait: « 9 mois », « 6 ans »."""
    if n and n % _YEAR == 0 and n >= 2 * _YEAR:
        return ngettext("%(n)d an", "%(n)d ans", n // _YEAR) % {"n": n // _YEAR}
    return ngettext("%(n)d mois", "%(n)d mois", n) % {"n": n}
