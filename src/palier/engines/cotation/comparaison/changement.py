"""Why did my score change: the difference between two scores of one request."""

from __future__ import annotations

from collections.abc import Mapping

from palier.base.explanation import Explanation, Phrase, Valeur
from palier.engines.cotation.explain_fiches import libelle
from palier.engines.cotation.model.nodes import Grille


def explain_change(
    avant: Mapping[str, object],
    apres: Mapping[str, object],
    grille_avant: Grille,
    grille_apres: Grille,
    langue: str = "fr",
) -> Explanation:
    """Explain the change of a score, criterion by criterion.

    Parameters
    ----------
    avant, apres : mapping
        Rows of two score tables for the same request.
    grille_avant, grille_apres : Grille
        The grids of those scores.
    langue : str
        Language of the names that grids give in several.

    Returns
    -------
    Explanation
        Code ``changement``; one child per criterion whose points differ, was
        added or was removed. ``points`` is the difference.
    """
    old, new = grille_avant.criteres(), grille_apres.criteres()
    children = []
    for nom in dict.fromkeys([*old, *new]):
        before, after = avant.get(f"pts__{nom}"), apres.get(f"pts__{nom}")
        phrase = _phrase(nom in old, nom in new, before, after)
        if phrase is not None:
            source = new.get(nom) or old[nom]
            children.append(
                Explanation(
                    nom, libelle(source[0], langue), regle=phrase, points=_number(after) - _number(before)
                )
            )
    total = Phrase("changement.total", _values(avant.get("total"), apres.get("total")))
    states = [Phrase(f"changement.etat.{row.get('etat')}") for row in (avant, apres)]
    note = (
        Phrase("changement.etat", {"avant": states[0], "apres": states[1]})
        if states[0] != states[1]
        else None
    )
    return Explanation(
        "changement",
        grille_apres.libelle,
        lu=note,
        regle=total,
        points=_number(apres.get("total")) - _number(avant.get("total")),
        reference=grille_apres.deliberation,
        enfants=tuple(children),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _values(before: object, after: object) -> dict[str, Valeur]:
    """Return both counts of points; None where there is none."""
    made: dict[str, Valeur] = {}
    for name, value in (("avant_mesure", before), ("apres_mesure", after)):
        made[name] = ["points", str(value)] if isinstance(value, int) else None
    return made


def _phrase(in_old: bool, in_new: bool, before: object, after: object) -> Phrase | None:
    values = _values(before, after)
    if before == after or not (before or after):
        return None
    if not in_new:
        return Phrase("changement.retire", values)
    if not in_old:
        return Phrase("changement.ajoute", values)
    if before is None:
        return Phrase("changement.desormais", values)
    return Phrase("changement.plus" if after is None else "changement.points", values)
