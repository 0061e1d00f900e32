"""Zone of the income ceilings of a commune."""

from __future__ import annotations

from palier.base.errors import LoiError, Problem
from palier.law.registre import LoiAu


def zone_plafond(loi: LoiAu, commune: str) -> str:
    """Return the zone of the ceilings of a commune.

    Parameters
    ----------
    loi : LoiAu
        The law at a date.
    commune : str
        INSEE code; arrondissements of Paris are accepted.

    Returns
    -------
    str
        ``paris_limitrophes``, ``idf`` or ``autres``.

    Raises
    ------
    LoiError
        LOI-006 overseas, whose ceilings are other texts; those of
        :meth:`LoiAu.get`.

    Examples
    --------
    >>> import datetime as dt
    >>> from palier import law
    >>> zone_plafond(law.at(dt.date(2026, 11, 24), non_verifie=True), "92012")
    'paris_limitrophes'
    """
    if commune in loi.codes("communes_paris_limitrophes"):
        return "paris_limitrophes"
    if commune.startswith(("97", "98")):
        raise LoiError(
            Problem(
                "LOI-006",
                "communes_paris_limitrophes",
                f"La commune {commune} est outre-mer : ses plafonds relèvent d'autres textes.",
                "Retirez-la, ou ajoutez les plafonds d'outre-mer aux fichiers de loi.",
            )
        )
    return "idf" if commune[:2] in loi.codes("departements_idf") else "autres"
