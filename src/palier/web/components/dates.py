"""Dates in words, as each language of the site writes them; plain text, to stand inside a sentence."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language

#: Day of a deadline, day, day of this year; ``{j}`` is the number of the day.
_MOTIFS = {
    "fr": ("l {j} F Y", "{j} F Y", "{j} F"),
    "pt": (r"l, j \d\e F \d\e Y", r"j \d\e F \d\e Y", r"j \d\e F"),
}
_GENRES = ("longue", "courante", "jour")


def ecrire_date(jour: dt.date | dt.datetime, genre: str = "courante") -> str:
    """Write a date in the language of the page.

    Parameters
    ----------
    jour : date
        Day, in the time zone of the reader.
    genre : {"longue", "courante", "jour"}
        With the name of the day, without it, without the year.
    """
    langue = get_language() or "fr"
    motif = _MOTIFS.get(langue, _MOTIFS["fr"])[_GENRES.index(genre)]
    first = r"j\e\r" if langue == "fr" and jour.day == 1 else "j"
    written = date_format(jour, motif.format(j=first), use_l10n=False)
    return written.lower() if langue == "pt" else written  # months and days have no capital there
