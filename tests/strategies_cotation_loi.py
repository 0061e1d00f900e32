"""An invented law for the tests of the grid language: real classes and names, small values."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from types import MappingProxyType

from palier.law.model import Fiche, Prolonge, Reference, ValeurLegale
from palier.law.registre import LoiAu, Registre

AU = dt.date(2026, 11, 24)
_DU = dt.date(2000, 1, 1)
_PLAFOND = Prolonge("categorie_menage", 4, "plus")


def _legale(
    id_: str, valeur: object, dimensions: tuple[str, ...] = (), prolonge: Prolonge | None = None
) -> Fiche:
    table = MappingProxyType(dict(valeur)) if isinstance(valeur, dict) else None
    scalar = None if isinstance(valeur, dict) else Fraction(str(valeur))
    reference = Reference("texte inventé pour les tests", article="1")
    made = ValeurLegale(
        id_,
        id_,
        "",
        dimensions,
        _DU,
        None,
        scalar,
        table,
        prolonge,
        reference,
        verifie=id_ != "plafonds_plai",
    )
    return Fiche(id_, "essai", id_, "", dimensions, (made,), dt.date(2026, 11, 23), "essai", "stable")


def _plafonds(base: int) -> dict[tuple[str, ...], int]:
    zones = {"paris_limitrophes": 3, "idf": 2, "autres": 0}
    rows = {(str(c), z): base + 700 * c + 100 * up for c in range(1, 5) for z, up in zones.items()}
    return rows | {("plus", z): 500 + 10 * up for z, up in zones.items()}


def _incomplets(base: int) -> dict[tuple[str, ...], int]:
    """Ceilings that nobody read beyond category 3, nor for one zone of category 2."""
    rows = _plafonds(base)
    return {key: rows[key] for key in rows if key[0] in ("1", "2", "3") and key != ("2", "idf")}


def loi_inventee(au: dt.date = AU) -> LoiAu:
    """Return a law with the names of the real one and small invented values."""
    sizes = (9, 16, 25, 34, 43, 52, 61, 70)
    surfaces = {(str(rank),): size for rank, size in enumerate(sizes, 1)} | {("plus",): 0}
    communes = {("246700488", c): c for c in ("67482", "67218", "67447")}
    communes |= {("75056", c): c for c in ("75056", "75101", "75120")}
    uc = {("premier",): 1, ("14_ans_ou_plus",): Fraction(1, 2), ("moins_de_14_ans",): Fraction(3, 10)}
    fiches = [
        _legale("plafonds_plai", _incomplets(1000), ("categorie_menage", "zone_plafond")),
        _legale("plafonds_plus", _plafonds(2000), ("categorie_menage", "zone_plafond"), _PLAFOND),
        _legale("plafonds_pls", _plafonds(3000), ("categorie_menage", "zone_plafond"), _PLAFOND),
        _legale("surface_minimale", surfaces, ("nb_personnes",), Prolonge("nb_personnes", 8, "plus")),
        _legale("sous_occupation", 1),
        _legale("effort_alerte", Fraction(1, 3)),
        _legale("jeune_menage_ages", 55),
        _legale("demande_validite_mois", 12),
        _legale("unites_consommation", uc, ("personne",)),
        _legale("epci_communes", communes, ("territoire", "commune")),
    ]
    return Registre(MappingProxyType({f.id: f for f in fiches})).at(au, non_verifie=True)
