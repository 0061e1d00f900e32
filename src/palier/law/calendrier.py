"""The law of the legal clock: calendar and zone of a place, delays by name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Literal, cast

from palier.base.calendrier import Calendrier, Delai, Duree, JourFerie
from palier.base.calendrier.delai import Unite
from palier.base.errors import InputError, Problem
from palier.law.registre import LoiAu

_METROPOLE = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]")
_COMMUNE = re.compile(r"(9[78]\d|\d[\dAB])\d{2,3}")


def territoire(loi: LoiAu, lieu: str) -> str:
    """Return whose calendar a place follows.

    Parameters
    ----------
    loi : LoiAu
        The law at a date.
    lieu : str
        Code of a department (``67``, ``2A``, ``974``) or of a commune.

    Raises
    ------
    InputError
        CAL-009 if the place is neither, or has a law of its own (the Pacific).
    LoiError
        Those of :meth:`LoiAu.get`.

    Examples
    --------
    >>> from palier import law
    >>> territoire(law.at(dt.date(2026, 11, 24)), "67482")
    'alsace_moselle'
    """
    found = _COMMUNE.fullmatch(lieu) if len(lieu) == 5 else None
    departement = found[1] if found else lieu
    known = loi.get("feries_territoires").table or {}
    if (departement,) in known:
        return str(known[departement,])
    if _METROPOLE.fullmatch(departement):
        return "metropole"
    words = f"« {lieu} » n'est ni un département ni une commune dont Palier connaît les jours fériés."
    raise InputError(
        Problem("CAL-009", "lieu", words, "Donnez un code comme « 67 », « 2A », « 974 » ou « 67482 ».")
    )


def fuseau(loi: LoiAu, lieu: str) -> str:
    """Return the IANA name of the time zone of a place; raises as :func:`territoire`.

    Examples
    --------
    >>> from palier import law
    >>> fuseau(law.at(dt.date(2026, 11, 24)), "974")
    'Indian/Reunion'
    """
    return str(loi.lookup("fuseaux", (territoire(loi, lieu),)))


def calendrier(
    loi: LoiAu, lieu: str, *, vendredi_saint: bool = True, chomes: Iterable[dt.date] = ()
) -> Calendrier:
    """Return the calendar of a place, with the holidays of every period.

    Parameters
    ----------
    loi : LoiAu
        The law at a date.
    lieu : str
        Code of a department or of a commune.
    vendredi_saint : bool
        In Alsace-Moselle, whether the commune has a protestant or a shared
        church. Unknown, the day is off: a deadline moves for the person.
    chomes : iterable of date
        Further days off that the operator declares.

    Raises
    ------
    InputError
        CAL-009 for an unknown place.
    LoiError
        Those of :meth:`LoiAu.get`.

    Examples
    --------
    >>> from palier import law
    >>> calendrier(law.at(dt.date(2026, 11, 24)), "972").repos(dt.date(2026, 5, 22))
    'abolition_esclavage'
    """
    nom = territoire(loi, lieu)
    loi.get("jours_feries")
    valeurs = loi.registre.fiche("jours_feries").valeurs
    regles = tuple(
        JourFerie(fete, str(regle), valeur.du, valeur.au or dt.date.max)
        for valeur in valeurs
        for (ou, fete), regle in (valeur.table or {}).items()
        if ou in ("tous", nom) and (vendredi_saint or fete != "vendredi_saint")
    )
    return Calendrier(nom, regles, valeurs[0].du, frozenset(chomes))


def delai(loi: LoiAu, id_: str) -> Delai:
    """Return a delay with the way it is counted.

    The way is read in ``delais_calcul``, else in ``delais_calcul_choix`` (the
    choices of the house, unchecked).

    Raises
    ------
    LoiError
        Those of :meth:`LoiAu.get`; LOI-006 if nothing says how it is counted.

    Examples
    --------
    >>> from palier import law
    >>> delai(law.at(dt.date(2026, 11, 24)), "recours_administratif_mois").franc
    True
    """
    valeur = loi.get(id_)
    nombre = loi.nombre(id_)
    read = loi.get("delais_calcul")
    way = read if (id_,) in (read.table or {}) else loi.get("delais_calcul_choix")
    loi.lookup(way.id, (id_,))
    rules: dict[str, Any] = dict(way.details[id_])
    source = valeur.reference
    return Delai(
        id_,
        Duree(cast("int", nombre), cast("Unite", valeur.unite.replace(" ", "_").replace("é", "e"))),
        franc=rules.get("franc") == "oui",
        report=rules.get("report") == "oui",
        sens=cast('Literal["apres", "avant"]', rules.get("sens", "apres")),
        effet=cast('Literal["lendemain", "terme"]', rules.get("effet", "lendemain")),
        reference=", ".join(part for part in (source.texte, source.article) if part),
        verifie=valeur.verifie and way.verifie,
    )
