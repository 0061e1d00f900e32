"""A home to let, the thresholds that the law gives for it, and the closed list of reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from palier.base.errors import InputError, LoiError, Problem
from palier.base.identifiers import is_commune
from palier.base.periods import add_months
from palier.law.registre import LoiAu
from palier.law.zones import zone_plafond

MOTIFS = (
    "radiee",
    "attribuee",
    "expiree",
    "posterieure",
    "typologie",
    "secteur",
    "menage_trop_grand",
    "menage_trop_petit",
    "surface",
    "plafond",
    "sans_besoin",
    "ascenseur",
    "rez_de_chaussee",
)
SIGNAUX = (
    "effort",
    "loyer_max",
    "autre_commune",
    "typologie_admise",
    "baisse_ressources",
    "annee_revenu",
    "besoin_adaptation",
    "manque_renouvellement",
    "manque_typologie",
    "manque_lieu",
    "manque_menage",
    "manque_revenu_fiscal",
    "manque_ressources",
    "manque_besoin",
)
VIE = ("radiee", "attribuee", "expiree", "posterieure")  # the request itself, whatever the home
FINANCEMENTS = ("plai", "plus", "pls")
CATEGORIES, PERSONNES = 31, 30
_UN_JOUR = dt.timedelta(days=1)
Ligne = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Vacance:
    """A home, as the search reads it.

    Parameters
    ----------
    commune : str
        INSEE code; an arrondissement of Paris also answers those who ask for Paris.
    typologie : str
        ``chambre``, ``t1``, ... ``t6``.
    surface_m2 : int
        Living area.
    financement : str
        ``plai``, ``plus`` or ``pls``: whose ceilings.
    loyer_cent, charges_cent : int
        Per month.
    seance_le : date
        Day for which requests are judged.
    signature_le : date
        Day of the lease: the ceilings of its year apply.
    etage : int, optional
        0 is the ground floor.
    avec_ascenseur, accessible : bool, optional
        Unknown excludes nobody.
    adapte : bool
        Fitted for a disability: kept for those who need it.
    effort_max : Fraction, optional
        The bound that the landlord publishes; above it a request is marked, never excluded.
    personnes : (int, int or None), optional
        Household sizes that the landlord publishes; those of the law's table if not given.
    """

    commune: str
    typologie: str
    surface_m2: int
    financement: str
    loyer_cent: int
    charges_cent: int
    seance_le: dt.date
    signature_le: dt.date
    etage: int | None = None
    avec_ascenseur: bool | None = None
    accessible: bool | None = None
    adapte: bool = False
    effort_max: Fraction | None = None
    personnes: tuple[int, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Regle:
    """A home with its thresholds: all that both engines read.

    Parameters
    ----------
    vacance : Vacance
        The home.
    communes : frozenset of str
        Wishes that it answers.
    admise : str, optional
        A smaller size whose askers may be offered this one, up to ``admise_max`` persons.
    personnes_min, personnes_max : int, int or None
        Household sizes.
    surfaces : tuple of int
        Smallest area in m² by number of persons, from 0.
    plafonds : tuple of int or None
        Ceiling in euros a year by category of household, from 0; None where the law gives none.
    baisse : Fraction
        Fall of income that makes the year N-1 count.
    annee_revenu : int
        The year N-2 of the signature.
    vivante_depuis : date
        A request renewed, or filed, before this day has expired at the session.
    jeune_menage_ages : int
        Greatest sum of ages of a young household.
    """

    vacance: Vacance
    communes: frozenset[str]
    admise: str | None
    admise_max: int
    personnes_min: int
    personnes_max: int | None
    surfaces: tuple[int, ...]
    plafonds: tuple[int | None, ...]
    baisse: Fraction
    annee_revenu: int
    vivante_depuis: dt.date
    jeune_menage_ages: int


@dataclass(frozen=True, slots=True)
class Jugement:
    """All the reasons that exclude a request, and what a person should look at."""

    motifs: tuple[str, ...]
    signaux: tuple[str, ...]

    @property
    def eligible(self) -> bool:
        """Tell whether nothing excludes it."""
        return not self.motifs

    @property
    def masques(self) -> tuple[int, int]:
        """Return both as bits, as the compiled engine gives them."""
        return mask_of(MOTIFS, self.motifs), mask_of(SIGNAUX, self.signaux)


def prepare(vacance: Vacance, loi: LoiAu) -> Regle:
    """Read in the law what a home needs.

    Parameters
    ----------
    vacance : Vacance
        The home.
    loi : LoiAu
        The law at the day of the signature.

    Raises
    ------
    InputError
        REC-001 a home that cannot be searched for (size, financing, place,
        amounts), REC-002 a law of another day than the signature; all at once.
    LoiError
        A ceiling or a size that the law does not give.
    """
    sizes = loi.get("occupation_typologies").details
    problems = list(_problems(vacance, loi, sizes))
    if problems:
        raise InputError(problems)
    rule = sizes[vacance.typologie]
    low, high = vacance.personnes or (int(rule["min"]), int(rule["max"]) if "max" in rule else None)
    return Regle(
        vacance,
        _communes(vacance.commune),
        rule.get("admis_pour"),
        int(rule.get("admis_max", "0")),
        low,
        high,
        _surfaces(loi),
        _plafonds(vacance, loi),
        Fraction(loi.nombre("rfr_baisse_min")),
        vacance.signature_le.year - 2,
        _first_alive(vacance.seance_le, int(loi.nombre("demande_validite_mois"))),
        int(loi.nombre("jeune_menage_ages")),
    )


def _problems(vacance: Vacance, loi: LoiAu, sizes: Mapping[str, object]) -> list[Problem]:
    found = []
    for nom, value, known in (
        ("typologie", vacance.typologie, tuple(sizes)),
        ("financement", vacance.financement, FINANCEMENTS),
    ):
        if value not in known:
            words = f"« {value} » n'a pas de règle pour chercher des candidats."
            found.append(Problem("REC-001", nom, words, f"Choisissez parmi : {', '.join(known)}."))
    if not is_commune(vacance.commune):
        words = f"« {vacance.commune} » n'est pas un code de commune."
        found.append(Problem("REC-001", "commune", words, "Donnez le code INSEE, cinq caractères."))
    if vacance.surface_m2 <= 0 or vacance.loyer_cent < 0 or vacance.charges_cent < 0:
        words = "La surface, le loyer ou les charges ne sont pas possibles."
        found.append(Problem("REC-001", "logement", words, "Corrigez la fiche du logement."))
    if vacance.signature_le < vacance.seance_le or vacance.signature_le != loi.date:
        words = f"La loi lue est du {loi.date.isoformat()}, le bail du {vacance.signature_le.isoformat()}."
        fix = "Lisez la loi au jour du bail, qui ne précède pas la séance."
        found.append(Problem("REC-002", "signature_le", words, fix))
    return found


def _communes(commune: str) -> frozenset[str]:
    """Return the wishes that a place answers: Paris as a whole, and each of its arrondissements."""
    districts = frozenset(f"751{k:02d}" for k in range(1, 21))
    if commune == "75056":
        return districts | {commune}
    return frozenset({commune, "75056"}) if commune in districts else frozenset({commune})


def _surfaces(loi: LoiAu) -> tuple[int, ...]:
    return (0, *(int(loi.lookup("surface_minimale", (str(n),))) for n in range(1, PERSONNES + 1)))


def _plafonds(vacance: Vacance, loi: LoiAu) -> tuple[int | None, ...]:
    zone, table = zone_plafond(loi, vacance.commune), loi.get(f"plafonds_{vacance.financement}")
    cells = [table.cell((str(k), zone)) for k in range(CATEGORIES + 1)]
    if cells[1] is None:
        words = f"Aucun plafond {vacance.financement.upper()} pour la zone « {zone} »."
        raise LoiError(Problem("LOI-006", table.id, words, "Complétez la table avec l'arrêté de l'année."))
    return tuple(None if cell is None else int(cell) for cell in cells)


def _first_alive(au: dt.date, mois: int) -> dt.date:
    """Return the first day whose renewal still lives: months fall on the last day where needed."""
    day = add_months(au, -mois) - _UN_JOUR
    while add_months(day, mois) < au:
        day += _UN_JOUR
    return day


def mask_of(codes: tuple[str, ...], names: tuple[str, ...]) -> int:
    """Return the bits of names in a list of codes."""
    return sum(1 << codes.index(name) for name in names)


def names_of(mask: int, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes whose bits are set, in the order of the list.

    Examples
    --------
    >>> names_of(5, ("a", "b", "c"))
    ('a', 'c')
    """
    return tuple(code for place, code in enumerate(codes) if mask >> place & 1)
