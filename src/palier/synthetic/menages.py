"""Households: type, ages, children, family situation, nationality, handicap."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np

from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import all_marges, echelle, taux, urne
from palier.synthetic.tirage import Tableau, Urne, draw_below, draw_chance, threshold
from palier.tables import colonne

TYPES = ("seul", "monoparent", "couple", "couple_enfants", "autre")
SEUL, MONOPARENT, COUPLE, COUPLE_ENFANTS, AUTRE = range(5)
MODES = colonne("logement_mode").codes
SITUATIONS = colonne("situation_familiale").codes
GARDES = colonne("personne_garde").codes
ENFANTS_MAX = 6
_JEUNES = [MODES.index(mode) for mode in ("chez_parents", "centre_enfance")]


def fit_margins(
    attirance: list[list[float]], lignes: list[float], colonnes: list[float]
) -> list[list[float]]:
    """Fit a table to its two margins (iterative proportional fitting), in plain floats."""
    table = [list(ligne) for ligne in attirance]
    for _ in range(60):
        for ligne, cible in zip(table, lignes, strict=True):
            total = sum(ligne)
            ligne[:] = [v * cible / total for v in ligne]
        for j, cible in enumerate(colonnes):
            total = sum(ligne[j] for ligne in table)
            for ligne in table:
                ligne[j] *= cible / total
    return table


@cache
def _type_by_mode() -> Urne:
    marges = all_marges()
    part_mode, part_type = (marges[nom].numbers() for nom in ("logement_mode", "menage_type"))
    attirance = [marges["mode_par_type"].numbers(kind) for kind in TYPES]
    table = fit_margins(
        [[float(ligne[mode]) for ligne in attirance] for mode in MODES],
        [float(part_mode[mode]) for mode in MODES],
        [float(part_type[kind]) for kind in TYPES],
    )
    return Urne([[Fraction(v) for v in ligne] for ligne in table])


def draw_menages(lot: Lot) -> None:
    """Draw who asks: one household per row, ages as of the date of state."""
    rng, n = lot.rng(Place.MENAGES), lot.n
    mode = urne("logement_mode", MODES).draw(rng, n)
    kind = _type_by_mode().draw(rng, n, mode)
    couple = (kind == COUPLE) | (kind == COUPLE_ENFANTS)
    age = echelle("age_par_type", (*TYPES, "jeune")).draw(rng, n, np.where(np.isin(mode, _JEUNES), 5, kind))
    lot["logement_mode"], lot["_type"], lot["en_couple"], lot["_age"] = mode, kind, couple, age
    lot["_age_conjoint"] = np.clip(age + rng.integers(-7, 8, size=n, dtype=np.int8), 18, 100)
    _draw_enfants(lot, rng)
    _draw_etat_civil(lot, rng)
    _draw_sante(lot, rng)


def _draw_enfants(lot: Lot, rng: np.random.Generator) -> None:
    n, kind = lot.n, lot["_type"]
    nombre = urne("enfants_par_type", tuple(str(i) for i in range(ENFANTS_MAX + 1)), TYPES).draw(rng, n, kind)
    ages = echelle("age_enfant").draw(rng, n * ENFANTS_MAX).astype(np.uint8).reshape(n, ENFANTS_MAX)
    limite = np.clip(lot["_age"] - 17, 0, 40).astype(np.uint8)[:, None]
    ages = np.where(ages > limite, ages % (limite + 1), ages)
    present = np.arange(ENFANTS_MAX, dtype=np.uint8) < nombre[:, None]
    garde = urne("garde_enfant", GARDES).draw(rng, n * ENFANTS_MAX).reshape(n, ENFANTS_MAX)
    garde = np.where((kind == MONOPARENT)[:, None] & (ages < 18), garde, 0)
    ascendant = (kind == AUTRE) & draw_chance(rng, n, Fraction(1, 2))
    pleine = _count(present & (garde == GARDES.index("pleine")))
    lot["_ages_enfants"], lot["_presents"], lot["_gardes"], lot["_ascendant"] = (
        ages,
        present,
        garde,
        ascendant,
    )
    personnes = 1 + lot["en_couple"].astype(np.uint8) + nombre + (kind == AUTRE)
    lot["nb_personnes"] = personnes.astype(np.uint8)
    lot["nb_a_charge"] = (pleine + ascendant).astype(np.uint8)
    lot["nb_mineurs"] = _count(present & (ages < 18))
    lot["nb_moins_14"] = _count(present & (ages < 14))
    lot["nb_garde_alternee"] = _count(present & (garde == GARDES.index("alternee")))
    lot["nb_droit_visite"] = _count(present & (garde == GARDES.index("droit_visite")))


def _count(masque: Tableau) -> Tableau:
    return np.asarray(masque.sum(axis=1, dtype=np.uint8))


def _draw_etat_civil(lot: Lot, rng: np.random.Generator) -> None:
    n = lot.n
    seul = urne("situation_sans_couple", SITUATIONS).draw(rng, n)
    veuf, celibataire = SITUATIONS.index("veuf"), SITUATIONS.index("celibataire")
    seul = np.where((seul == veuf) & (lot["_age"] < 45), celibataire, seul)
    deux = urne("situation_en_couple", SITUATIONS).draw(rng, n)
    lot["situation_familiale"] = np.where(lot["en_couple"], deux, seul)
    codes = colonne("nationalite").codes
    lot["nationalite"] = urne("nationalite", codes).draw(rng, n)
    lot["titre_sejour_au"] = lot.au - 60 + draw_below(rng, np.full(n, 3650))
    lot.blank("titre_sejour_au", lot["nationalite"] != codes.index("hors_ue"))


def _draw_sante(lot: Lot, rng: np.random.Generator) -> None:
    n, age = lot.n, lot["_age"]
    jeune, milieu, vieux = (threshold(taux("handicap", c)) for c in ("moins_40", "40_a_60", "plus_60"))
    lot["handicap"] = draw_chance(rng, n, np.where(age < 40, jeune, np.where(age <= 60, milieu, vieux)))
    lot["_carte"] = draw_chance(rng, n, taux("carte_invalidite"))
    attend = draw_chance(rng, n, taux("grossesse")) & (age <= 42) & (lot["_type"] != AUTRE)
    lot["nb_a_naitre"] = attend.astype(np.uint8)
    lot["naissance_prevue"] = lot.au + 1 + draw_below(rng, np.full(n, 240))
    lot.blank("naissance_prevue", ~attend)
