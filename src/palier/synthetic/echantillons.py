"""Small samples of requests full of edge values, for tests and benches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from palier.base.periods import add_months
from palier.synthetic.controles import check_date, check_graine
from palier.synthetic.lieux import lieux_territoire
from palier.synthetic.tirage import stream
from palier.tables import SchemaTable, schema

Valeur = str | int | bool | dt.date | dt.datetime | list[str] | None
T = TypeVar("T")

_AU = dt.date(2026, 11, 24)
_ECHANTILLON = 3
_BLOC = 384
_MOIS = (0, 1, 2, 11, 12, 13, 18, 23, 24, 25, 35, 36, 37, 48, 59, 60, 61, 84, 119, 120, 180)
_AGES = (18, 19, 24, 25, 26, 29, 30, 31, 45, 59, 60, 64, 65, 66, 74, 75, 76, 90, 105)
_SURFACES = (1, 8, 9, 15, 16, 17, 24, 25, 33, 34, 42, 43, 52, 61, 69, 70, 71, 110, 2000)
_EUROS = (0, 1, 9_913, 12_869, 12_870, 12_871, 18_753, 18_754, 23_403, 23_404, 31_254, 47_599, 20_000_000)
_CENTS = (0, 1, 99, 100, 1_683, 5_100, 33_000, 49_999, 50_000, 50_001, 99_999, 100_000, 130_000, 250_000)
_LOYERS = (0, 1, 1_683, 33_000, 33_001, 35_000, 50_000, 70_000, 91_000, 10_000_000)
# a rent and resources whose ratio stands on a threshold that binary floats miss
_PAIRES = ((5_100, 1_683), (100_000, 33_000), (100_000, 70_000), (130_000, 50_000), (1, 1), (3, 1))


class _Tireur:
    """Draws one value at a time; each row begins a new block, so rows do not depend on their number."""

    def __init__(self, graine: int) -> None:
        self._rng = stream(graine, _ECHANTILLON)
        self._bloc: list[int] = []

    def start_row(self) -> None:
        """Begin the block of the next row."""
        self._bloc = self._rng.integers(0, 1 << 32, size=_BLOC, dtype=np.uint32).tolist()

    def below(self, borne: int) -> int:
        """Draw a whole number under a bound (0 if there is none)."""
        return self._bloc.pop() * max(borne, 1) >> 32

    def pick(self, choix: Sequence[T]) -> T:
        """Draw one of several values."""
        return choix[self.below(len(choix))]

    def often(self, pour_cent: int) -> bool:
        """Draw a chance in a hundred."""
        return self.below(100) < pour_cent

    def mask(self, codes: Sequence[str], nombre: int) -> int:
        """Draw a set of at most ``nombre`` codes."""
        return sum(1 << place for place in {self.below(len(codes)) for _ in range(nombre)})


def sample_rows(graine: int, n: int, au: dt.date = _AU) -> list[dict[str, Valeur]]:
    """Return requests as plain rows, each coherent, most of them on an edge.

    Birthdays and seniorities fall on the day of a threshold, the day before
    or the day after; rents and resources stand on exact ratios; surfaces on the
    legal minima; about one answer in five is unknown.

    Parameters
    ----------
    graine : int
        Seed: the first rows of a longer sample are those of a shorter one.
    n : int
        Number of rows.
    au : date
        Date of state around which the edges are taken.

    Returns
    -------
    list of dict
        All columns of ``demandes``: dates and cents as in the registry, a set
        as its mask, an unknown answer as None.

    Raises
    ------
    UsageError
        SYN-011 (date), SYN-013 (seed).

    Examples
    --------
    >>> rows = sample_rows(1, 2)
    >>> sorted(rows[0])[:2]
    ['accepte_autre_commune', 'aide_logement_cent']
    """
    check_graine(graine)
    check_date(au)
    tireur, table = _Tireur(graine), schema("demandes")
    return [_row(tireur, table, au, rang) for rang in range(n)]


def _row(tireur: _Tireur, table: SchemaTable, au: dt.date, rang: int) -> dict[str, Valeur]:
    tireur.start_row()
    depot = _edge(tireur, au, tireur.pick(_MOIS))
    row: dict[str, Valeur] = {colonne.nom: None for colonne in table.colonnes}
    for colonne in table.colonnes:
        if colonne.type == "booleen":
            row[colonne.nom] = tireur.often(50)
        elif colonne.type == "code":
            row[colonne.nom] = tireur.pick(colonne.codes)
        elif colonne.type == "ensemble":
            row[colonne.nom] = tireur.mask(colonne.codes, tireur.below((colonne.max_codes or 6) + 1))
    row |= _household(tireur)
    row |= _money(tireur, au)
    row |= _home(tireur)
    row |= _dates(tireur, au, depot, row)
    row["nom"], row["prenom"] = tireur.pick(("=CMD", "ÉLISE-ANNE", "O'BRIEN", "LÊ")), "Camille"
    row["statut"] = tireur.pick(("active", "active", "active", "en_attente_piece", "attribuee", "radiee"))
    row |= _reasons(tireur, table)
    for colonne in table.colonnes:
        if colonne.nom not in ("statut", "en_couple", "conjoint_naissance") and tireur.often(20):
            row[colonne.nom] = None
    if row["nationalite"] == "hors_ue" and row["titre_sejour_au"] is None:
        row["titre_sejour_au"] = au + dt.timedelta(days=1)
    if row["statut"] not in ("attribuee", "radiee"):
        row["motif_radiation"] = None
    if row["ressources_mensuelles_cent"] == 0:
        row["loyer_cent"] = None
    row["date_depot_initial"] = depot
    row["numero_unique"] = f"067{depot:%m%y}{rang % 1_000_000:06d}INV{rang // 1_000_000:02d}"
    return row


def _reasons(tireur: _Tireur, table: SchemaTable) -> dict[str, Valeur]:
    """Draw motives and publics: the main motive is one of them, a validated public is declared."""
    principal = tireur.pick(table["motif_principal"].codes)
    valides = tireur.mask(table["publics_valides"].codes, tireur.below(3))
    declares = tireur.mask(table["publics_declares"].codes, tireur.below(3))
    motifs = table["motifs"]
    return {
        "motif_principal": principal,
        "motifs": motifs.bit(principal) | tireur.mask(motifs.codes, tireur.below(3)),
        "publics_valides": valides,
        "publics_declares": declares | valides,
    }


def _edge(tireur: _Tireur, au: dt.date, mois: int) -> dt.date:
    """Return the day exactly some months before, or its neighbour, never after the date of state."""
    return min(add_months(au, -mois) + dt.timedelta(days=tireur.below(3) - 1), au)


def _household(tireur: _Tireur) -> dict[str, Valeur]:
    couple = tireur.often(40)
    enfants = tireur.pick((0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 8))
    garde = min(enfants, tireur.pick((0, 0, 0, 0, 1, 2)))
    visite = min(enfants - garde, tireur.pick((0, 0, 0, 1)))
    mineurs = enfants - tireur.below(enfants + 1) // 2
    personnes = 1 + couple + enfants
    return {
        "en_couple": couple,
        "nb_personnes": personnes,
        "nb_a_charge": enfants - garde - visite,
        "nb_mineurs": mineurs,
        "nb_moins_14": tireur.below(mineurs + 1),
        "nb_garde_alternee": garde,
        "nb_droit_visite": visite,
        "nb_a_naitre": tireur.pick((0, 0, 0, 1, 2)),
        "nb_carte_invalidite": tireur.pick((0, 0, 0, 1)),
        "logement_nb_occupants": personnes + tireur.pick((0, 0, 1, 4)),
    }


def _money(tireur: _Tireur, au: dt.date) -> dict[str, Valeur]:
    ressources, loyer = tireur.pick(_CENTS), tireur.pick(_LOYERS)
    charges, aide = tireur.pick((0, 0, 4_000, 9_999)), tireur.pick((0, 0, 15_000, 40_000))
    if tireur.often(40):
        ressources, loyer = tireur.pick(_PAIRES)
        charges = aide = 0
    return {
        "ressources_mensuelles_cent": ressources,
        "loyer_cent": loyer,
        "charges_cent": charges,
        "aide_logement_cent": aide,
        "loyer_max_cent": tireur.pick(_LOYERS),
        "rfr_n1_eur": tireur.pick(_EUROS),
        "rfr_n2_eur": tireur.pick(_EUROS),
        "rfr_n2_annee": au.year - tireur.pick((2, 2, 2, 3)),
    }


def _home(tireur: _Tireur) -> dict[str, Valeur]:
    communes = lieux_territoire().codes
    choisies = {tireur.below(len(communes)) for _ in range(1 + tireur.below(8))}
    return {
        "logement_surface_m2": tireur.pick(_SURFACES),
        "logement_commune": tireur.pick(communes),
        "commune_travail": tireur.pick(communes),
        "localisations": [communes[i] for i in sorted(choisies)],
        "bailleur_siren": "000000018",
        "numero_bail": f"B{tireur.below(10_000):07d}",
    }


def _dates(tireur: _Tireur, au: dt.date, depot: dt.date, row: dict[str, Valeur]) -> dict[str, Valeur]:
    majeur = add_months(depot, -12 * 18)
    naissance = min(_edge(tireur, au, 12 * tireur.pick(_AGES)), majeur)
    conjoint = min(_edge(tireur, au, 12 * tireur.pick(_AGES)), majeur)
    fin = (au - depot).days + 1
    return {
        "horodatage_depot": dt.datetime.combine(depot, dt.time(tireur.below(24), tireur.below(60))),
        "date_renouvellement": depot + dt.timedelta(days=tireur.below(fin)),
        "naissance": naissance,
        "conjoint_naissance": conjoint if row["en_couple"] else None,
        "titre_sejour_au": au + dt.timedelta(days=tireur.pick((-1, 0, 1, 400))),
        "naissance_prevue": au + dt.timedelta(days=tireur.below(270)) if row["nb_a_naitre"] else None,
        "sans_emploi_depuis": _edge(tireur, au, tireur.pick(_MOIS)),
        "logement_depuis": _edge(tireur, au, tireur.pick(_MOIS)),
        "dalo_date": depot + dt.timedelta(days=tireur.below(fin)),
    }
