"""A simulation without account: answers, ceilings, points, place; nothing here is kept, no clock is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from palier.base.errors import LoiError
from palier.base.exact import round_fraction
from palier.base.explanation import Explanation
from palier.base.periods import add_months
from palier.engines.cotation.explain import explain
from palier.engines.cotation.reference import Regle, score_row
from palier.engines.cotation.reference.demande import Demande
from palier.engines.cotation.reference.droit import Droit
from palier.law import LoiAu, ValeurLegale, zone_plafond
from palier.tables import colonne

FINANCEMENTS = ("plai", "plus", "pls")
HYPOTHESES = ("attente", "dalo", "enfant", "ressources", "adulte")
_DEMI_ANNEE, _ANNEE = 6, 12
_BAISSE = Fraction(9, 10)
_OUVERTS = {"plai": FINANCEMENTS, "plus": ("plus", "pls"), "pls": ("pls",)}


@dataclass(frozen=True, slots=True)
class Reponses:
    """What a person answered, typed; None is an answer that was not given.

    Parameters
    ----------
    couple : bool
        Two adults.
    mineurs, moins_14, autres : int
        Children under 18, of whom under 14; other dependants.
    age, age_conjoint : int
        Years.
    invalidite : bool
        One person holds a card of invalidity.
    rfr_eur, ressources_eur : int
        Reference tax income of year N-2 of all persons; resources of a month.
    loyer_eur, aide_eur : int
        Rent with charges, and housing aid, of a month.
    motifs : tuple of str
        One to three codes, the main one first.
    commune : str
        INSEE code asked for.
    tailles : tuple of str
        One or two codes: ``t3``.
    attente_mois : int
        Months since the request was filed.
    """

    couple: bool
    mineurs: int
    moins_14: int
    autres: int
    age: int
    age_conjoint: int | None
    invalidite: bool
    rfr_eur: int
    ressources_eur: int | None
    emploi: str | None
    essentiel: bool
    logement_mode: str
    logement_type: str | None
    surface_m2: int | None
    occupants: int | None
    loyer_eur: int | None
    aide_eur: int | None
    non_decent: bool
    motifs: tuple[str, ...]
    dalo: bool
    commune: str
    habite: bool
    travaille: bool
    tailles: tuple[str, ...]
    attente_mois: int

    @property
    def personnes(self) -> int:
        """Persons to house."""
        return (2 if self.couple else 1) + self.mineurs + self.autres


@dataclass(frozen=True, slots=True)
class Plafond:
    """A ceiling of resources against the income of a household [euros a year].

    ``plafond`` is None where the law that Palier knows has no such value; ``marge`` is what is left below
    it, negative above.
    """

    financement: str
    plafond: int | None
    marge: int | None
    verifie: bool
    reference: str


@dataclass(frozen=True, slots=True)
class Eligibilite:
    """Which financings a household may ask for, and why.

    Parameters
    ----------
    zone, categorie : str, int or None
        Keys of the ceilings; None overseas, or if the household contradicts itself.
    plafonds : tuple of Plafond
        From the most social; empty where the zone has no known ceilings.
    jeune_menage : bool
        The couple counts as a young household.
    """

    zone: str | None
    categorie: int | None
    plafonds: tuple[Plafond, ...]
    jeune_menage: bool

    @property
    def plus_social(self) -> str | None:
        """The most social financing whose ceiling is known and not passed; None if there is none."""
        return next((p.financement for p in self.plafonds if p.marge is not None and p.marge >= 0), None)

    @property
    def ouverts(self) -> tuple[str, ...]:
        """The financings that the household may ask for."""
        return _OUVERTS[self.plus_social] if self.plus_social else ()

    @property
    def complete(self) -> bool:
        """Every ceiling is known."""
        return bool(self.plafonds) and all(p.plafond is not None for p in self.plafonds)


@dataclass(frozen=True, slots=True)
class Note:
    """Points of the household, and why; ``total`` is None out of scope.

    ``classes`` counts the classes of its system: those that come before points.
    """

    total: int | None
    systeme: str | None
    classe: str | None
    classes: int
    partielle: bool
    explication: Explanation


@dataclass(frozen=True, slots=True)
class Place:
    """Where a total stands among published requests.

    Parameters
    ----------
    n : int
        Requests compared: those of the same system.
    devant : int
        Requests that stand for sure ahead: a better class of the grid, or a higher class of points.
    dans : int
        Requests in the same class of points.
    de, a : int
        Bounds of that class [points].
    effectifs : tuple of (int, int)
        Count and width of each class of points of the segment, in order.
    rang : int
        Place of the class in ``effectifs``.
    classes_a_part : bool
        The classes of the grid are told apart.
    """

    n: int
    devant: int
    dans: int
    de: int
    a: int
    effectifs: tuple[tuple[int, int], ...]
    rang: int
    classes_a_part: bool


def row_of(reponses: Reponses, au: dt.date, zone: str | None) -> dict[str, Any]:
    """Return a row of ``demandes`` that holds the answers; what was not asked is absent, so unknown.

    Labels of the State are taken as absent, and no home as refused: the page says so.
    """
    r = reponses
    depot = add_months(au, -r.attente_mois)
    return {
        "date_depot_initial": depot,
        "date_renouvellement": au if r.attente_mois >= _ANNEE else None,
        "statut": "active",
        "naissance": _born(r.age, au),
        "conjoint_naissance": _born(r.age_conjoint, au) if r.couple and r.age_conjoint is not None else None,
        "en_couple": r.couple,
        "nb_personnes": r.personnes,
        "nb_a_charge": r.mineurs + r.autres,
        "nb_mineurs": r.mineurs,
        "nb_moins_14": r.moins_14,
        "handicap": r.invalidite,
        "nb_carte_invalidite": int(r.invalidite),
        "rfr_n2_eur": r.rfr_eur,
        "ressources_mensuelles_cent": _cents(r.ressources_eur),
        "situation_professionnelle": r.emploi,
        "travailleur_essentiel": r.essentiel,
        "logement_mode": r.logement_mode,
        "logement_type": r.logement_type,
        "logement_surface_m2": r.surface_m2,
        "logement_nb_occupants": r.occupants,
        "logement_non_decent": r.non_decent,
        "loyer_cent": _cents(r.loyer_eur),
        "charges_cent": None if r.loyer_eur is None else 0,
        "aide_logement_cent": _cents(r.aide_eur) if r.loyer_eur is not None else None,
        "motif_principal": r.motifs[0] if r.motifs else None,
        "motifs": colonne("motifs").mask(list(r.motifs)),
        "typologies": colonne("typologies").mask(list(r.tailles)),
        "localisations": [r.commune],
        "dalo": "reconnu" if r.dalo else "aucun",
        "publics_valides": colonne("publics_valides").mask(["dalo"] if r.dalo else []),
        "label_pdalhpd": False,
        "label_accord_collectif": False,
        "label_anru": False,
        "label_sortant_hebergement": False,
        "relogement_de_droit": False,
        "vit_sur_territoire": r.habite,
        "travaille_sur_territoire": r.travaille,
        "zone": zone,
    }


def _born(age: int, au: dt.date) -> dt.date:
    """Return a birthday that gives an age in completed years for six months around a day."""
    return add_months(au, -(_ANNEE * age + _DEMI_ANNEE))


def _cents(euros: int | None) -> int | None:
    return None if euros is None else 100 * euros


def zone_of(loi: LoiAu, commune: str) -> str | None:
    """Return the zone of the ceilings of a commune; None overseas, whose ceilings are other texts."""
    try:
        return zone_plafond(loi, commune)
    except LoiError:
        return None


def eligibility(reponses: Reponses, loi: LoiAu) -> Eligibilite:
    """Compare the income of a household with the ceilings of its category and zone."""
    zone = zone_of(loi, reponses.commune)
    values = {id_: loi.get(id_) for id_ in ("jeune_menage_ages", *(f"plafonds_{f}" for f in FINANCEMENTS))}
    d = Demande(row_of(reponses, loi.date, zone), loi.date, loi.date, (), Droit(values, {}, None))
    category: int | None = d.lire("categorie_menage")
    ceilings: tuple[Plafond, ...] = ()
    if zone is not None and category is not None:
        ceilings = tuple(
            _ceiling(f, values[f"plafonds_{f}"], str(category), zone, reponses.rfr_eur) for f in FINANCEMENTS
        )
    return Eligibilite(zone, category, ceilings, bool(d.lire("jeune_menage")) and reponses.personnes == 2)


def _ceiling(financement: str, valeur: ValeurLegale, categorie: str, zone: str, rfr: int) -> Plafond:
    cell = valeur.cell((categorie, zone))
    reference = f"{valeur.reference.texte}, {valeur.reference.article}" if valeur.reference.article else ""
    if not isinstance(cell, int):
        return Plafond(financement, None, None, valeur.verifie, reference or valeur.reference.texte)
    return Plafond(financement, cell, cell - rfr, valeur.verifie, reference or valeur.reference.texte)


def score(reponses: Reponses, regle: Regle, loi: LoiAu, langue: str) -> Note:
    """Score the answers with the reference engine, and explain each point."""
    row = row_of(reponses, loi.date, zone_of(loi, reponses.commune))
    line = score_row(regle, row, loi.date, ())
    return Note(
        line.total,
        line.systeme,
        line.classe,
        len(line.trace.systeme.classes) if line.trace.systeme else 0,
        line.etat == "note_partielle",
        explain(regle, line, langue),
    )


def place(segments: Sequence[Mapping[str, Any]], note: Note) -> Place | None:
    """Find where a total stands in the published histogram of a queue.

    Parameters
    ----------
    segments : sequence of mapping
        ``systeme``, ``classe``, ``n`` and ``classes`` (from, to, count); those served first come first.
    note : Note
        The score.

    Returns
    -------
    Place or None
        None without a total, or if nothing is published of the system.
    """
    mine = [s for s in segments if s["systeme"] in (None, note.systeme) and s["classes"]]
    if note.total is None or not mine:
        return None
    rank = next((i for i, s in enumerate(mine) if s["classe"] in (None, note.classe)), None)
    if rank is None:
        return None
    classes = mine[rank]["classes"]
    here = next((i for i, (_de, a, _n) in enumerate(classes) if note.total <= a), len(classes) - 1)
    de, a, dans = classes[here]
    return Place(
        n=sum(s["n"] for s in mine),
        devant=sum(s["n"] for s in mine[:rank]) + sum(n for *_, n in classes[here + 1 :]),
        dans=dans,
        de=de,
        a=a,
        effectifs=tuple((n, high - low + 1) for low, high, n in classes),
        rang=here,
        classes_a_part=mine[rank]["classe"] is not None,
    )


def suppose(reponses: Reponses, hypothese: str, valeur: str = "") -> Reponses:
    """Change one answer.

    Parameters
    ----------
    reponses : Reponses
        What was answered.
    hypothese : str
        One of ``HYPOTHESES``, ``taille`` or ``commune``.
    valeur : str
        The size or the commune supposed.

    Raises
    ------
    KeyError
        For an unknown hypothesis.
    """
    r = reponses
    lower = None if r.ressources_eur is None else round_fraction(r.ressources_eur * _BAISSE, "demi_haut")
    made = {
        "attente": lambda: replace(r, attente_mois=r.attente_mois + _ANNEE),
        "dalo": lambda: replace(r, dalo=True),
        "enfant": lambda: replace(r, mineurs=r.mineurs + 1, moins_14=r.moins_14 + 1),
        "ressources": lambda: replace(
            r, rfr_eur=round_fraction(r.rfr_eur * _BAISSE, "demi_haut"), ressources_eur=lower
        ),
        "adulte": lambda: replace(r, couple=True, age_conjoint=r.age_conjoint or r.age),
        "taille": lambda: replace(r, tailles=(valeur,)),
        "commune": lambda: replace(r, commune=valeur),
    }
    return made[hypothese]()
