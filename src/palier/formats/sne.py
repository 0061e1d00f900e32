"""Read the State's XML of the national register of requests (SNE)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from palier.formats.chemins import check_extension, check_readable
from palier.formats.lecture import read_table
from palier.formats.modele import LectureTable


def read_sne(path: Path | str, *, au: dt.date, bonnes_lignes: bool = False) -> LectureTable:
    """Read the State's XML (interfaceNuu 02.00).

    Parameters
    ----------
    path : path
        File in ``.xml``.
    au : date
        Date of the work. Ages, and so ``nb_mineurs`` (below 18 complete years)
        and ``nb_moins_14`` (below 14), are counted on that day, not on the day
        of filing.
    bonnes_lignes : bool
        As in :func:`read_table`.

    Returns
    -------
    LectureTable
        ``nb_personnes`` is the household to house: applicant, co-holders,
        dependants and children of both kinds of custody.
        ``ressources_mensuelles_cent`` is what all receive minus what all pay,
        exact, unknown if a holder has no list received. ``enfants`` holds
        ``personnes`` and ``ressources``.

    Raises
    ------
    UsageError
        USG-001, USG-003.
    TableError
        FMT-030 to FMT-032, SNE and TAB codes.
    """
    found = check_readable(path)
    check_extension(found, (".xml",))
    return read_table(found, au=au, bonnes_lignes=bonnes_lignes)
