"""What a grid takes from the law, read once at its date: thresholds and communes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from palier.engines.cotation.model.droit import COMMUNES, lire_lois, territoire_inconnu
from palier.engines.cotation.model.nodes import Grille, RefTable
from palier.engines.cotation.model.parcours import PLAFONDS, walk
from palier.engines.cotation.reference.vocabulaire import mots
from palier.law.model import ValeurLegale
from palier.law.registre import LoiAu

Nombre = int | Fraction
Cle = tuple[str, ...]

VALIDITE = "demande_validite_mois"
_LOI_DERIVEE: Mapping[str, tuple[str, ...]] = {
    "uc_dixieme": ("unites_consommation",),
    "jeune_menage": ("jeune_menage_ages",),
    "categorie_menage": ("jeune_menage_ages",),
    "surface_minimale_m2": ("surface_minimale",),
    "suroccupe": ("surface_minimale",),
    "sous_occupe": ("sous_occupation",),
    "plafond_max_code": ("jeune_menage_ages", *(f"plafonds_{code}" for code in PLAFONDS)),
}
_COLONNES = ("colonne", "numerateur", "denominateur", "depuis", "fige")


@dataclass(frozen=True)
class Droit:
    """The legal values used by a grid, its own tables, its communes.

    ``valeurs`` is what the provenance of a score records.
    """

    valeurs: Mapping[str, ValeurLegale]
    tables: Mapping[str, Mapping[Cle, Fraction]]
    communes: frozenset[str] | None

    def cellule(self, table: RefTable, cle: Cle) -> Nombre | None:
        """Return the threshold of a key; None if the table does not have it."""
        if not table.loi:
            return self.tables[table.id].get(cle)
        return self.legale(table.id, *cle) if cle else self.nombre(table.id)

    def legale(self, id_: str, *cle: str) -> Nombre | None:
        """Return one cell of a legal table; None if it does not have the key."""
        found = self.valeurs[id_].cell(cle)
        return None if isinstance(found, str) else found

    def nombre(self, id_: str) -> Nombre:
        """Return a legal number."""
        return Fraction(self.valeurs[id_].valeur or 0)


def droit_de(grille: Grille, loi: LoiAu) -> Droit:
    """Take from the law what a grid reads, and nothing else.

    Raises
    ------
    LoiError
        LOI-001 to LOI-007, if some of these values are unknown, early or stale: all their problems.
    RuleFileError
        COT-070 if the communes of the territory are not known.
    """
    valeurs = lire_lois(loi, (*lois_de(grille), VALIDITE, *([COMMUNES] if _lit_les_communes(grille) else [])))
    return Droit(
        valeurs=valeurs,
        tables={table.id: dict(table.valeurs) for table in grille.tables},
        communes=_communes(grille, valeurs.get(COMMUNES)),
    )


def lois_de(node: object) -> tuple[str, ...]:
    """Return the ids of the legal values that a rule, or a part of it, reads."""
    found: list[str] = []
    for part in walk(node):
        if isinstance(part, RefTable):
            found += [part.id] if part.loi else []
            columns = list(part.par)
        else:
            columns = [getattr(part, nom) for nom in _COLONNES if getattr(part, nom, None)]
        for column in columns:
            found += _lois_de_colonne(column)
    return tuple(dict.fromkeys(found))


def _lois_de_colonne(nom: str) -> tuple[str, ...]:
    derive = mots()[nom].derive if nom in mots() else ()
    return _LOI_DERIVEE.get(nom, ()) + tuple(id_ for part in derive for id_ in _lois_de_colonne(part))


def _lit_les_communes(grille: Grille) -> bool:
    return not grille.communes and grille.territoire is not None and len(grille.territoire) == 9


def _communes(grille: Grille, membres: ValeurLegale | None) -> frozenset[str] | None:
    """Return the communes of the territory; None if the grid has no territory."""
    if grille.communes:
        found: tuple[str, ...] = grille.communes
    elif grille.territoire is None:
        return None
    elif membres is not None:
        found = membres.keys((grille.territoire,))
        if not found:
            raise territoire_inconnu(grille)
    else:
        found = (grille.territoire,)
    if "75056" in found:
        found += tuple(f"751{rank:02d}" for rank in range(1, 21))
    return frozenset(found)
