"""A table of the law as plain rows, for the doors."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from palier.law.freshness import expires_on
from palier.law.model import Cellule, Fiche, Reference, ValeurLegale, exact
from palier.law.registre import LoiAu


def describe(loi: LoiAu, id_: str) -> dict[str, Any]:
    """Return a value in force as plain data: header, columns and rows.

    A table of two dimensions or more is shown with its last dimension as
    columns. Numbers stay numbers when whole; ratios are texts (``3/10``).

    Returns
    -------
    dict
        ``id``, ``libelle``, ``unite``, ``du``, ``au``, ``valeur``,
        ``dimensions``, ``colonnes`` (pairs code, label), ``lignes`` (dicts by
        code of column), ``prolonge``, ``verifie``, ``perime``, ``hypothese``,
        ``verifie_le``, ``perime_le``, ``rythme``, ``reference``, ``notes``,
        ``sha256``.

    Raises
    ------
    LoiError
        Those of :meth:`LoiAu.get`.
    """
    valeur = loi.get(id_)
    fiche = loi.registre.fiche(id_)
    colonnes, lignes = _rows(valeur, fiche)
    prolonge = valeur.prolonge
    return {
        "id": id_,
        "theme": fiche.theme,
        "libelle": valeur.libelle,
        "unite": valeur.unite,
        "du": valeur.du.isoformat(),
        "au": valeur.au.isoformat() if valeur.au else None,
        "valeur": None if valeur.valeur is None else _plain(valeur.valeur),
        "dimensions": list(valeur.dimensions),
        "colonnes": colonnes,
        "lignes": lignes,
        "prolonge": prolonge
        and {"dimension": prolonge.dimension, "apres": prolonge.apres, "par": prolonge.par},
        "verifie": valeur.verifie,
        "perime": valeur.perime,
        "hypothese": valeur.hypothese,
        "verifie_le": fiche.verifie_le.isoformat(),
        "verifie_par": fiche.verifie_par,
        "perime_le": expires_on(fiche.verifie_le, fiche.rythme).isoformat(),
        "rythme": fiche.rythme,
        "reference": _reference(valeur.reference),
        "notes": fiche.notes,
        "sha256": valeur.sha256,
    }


def _rows(valeur: ValeurLegale, fiche: Fiche) -> tuple[list[list[str]], list[dict[str, Any]]]:
    if valeur.table is None:
        return [], []
    dimensions = valeur.dimensions
    if len(dimensions) == 1 or all(isinstance(cell, str) for cell in valeur.table.values()):
        names = [*dimensions, "libelle" if valeur.unite == "code" else "valeur"]
        details = dict.fromkeys(name for extra in valeur.details.values() for name in extra)
        rows = [
            dict(zip(names, (*cle, _plain(cell)), strict=True)) | dict(valeur.details.get(cle[0], {}))
            for cle, cell in valeur.table.items()
        ]
        return [[name, name] for name in (*names, *details)], [_labelled(r, fiche) for r in rows]
    last = dict.fromkeys(cle[-1] for cle in valeur.table)
    labels = fiche.libelles.get(dimensions[-1], {})
    colonnes = [[name, name] for name in dimensions[:-1]] + [[code, labels.get(code, code)] for code in last]
    grouped: dict[tuple[str, ...], dict[str, Any]] = {}
    for cle, cell in valeur.table.items():
        row = grouped.setdefault(cle[:-1], dict(zip(dimensions[:-1], cle[:-1], strict=True)))
        row[cle[-1]] = _plain(cell)
    return colonnes, [_labelled(row, fiche) for row in grouped.values()]


def _labelled(row: dict[str, Any], fiche: Fiche) -> dict[str, Any]:
    for dimension, labels in fiche.libelles.items():
        if row.get(dimension) in labels:
            row[f"{dimension}_libelle"] = labels[row[dimension]]
    return row


def _plain(value: Cellule) -> int | str:
    if isinstance(value, Fraction):
        whole = exact(value)
        return whole if isinstance(whole, int) else str(whole)
    return value


def _reference(reference: Reference) -> dict[str, str | None]:
    return {
        "texte": reference.texte,
        "article": reference.article,
        "url": reference.url,
        "publie_le": reference.publie_le.isoformat() if reference.publie_le else None,
        "lu_dans": reference.lu_dans,
    }
