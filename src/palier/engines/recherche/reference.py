"""The reference engine: one request for one home, in plain Python, readable by a lawyer.

An answer that is absent is unknown: it excludes nobody, it is marked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from palier.base.periods import complete_years
from palier.engines.recherche.model import MOTIFS, SIGNAUX, Jugement, Ligne, Regle


def judge_row(regle: Regle, ligne: Ligne, aide_cent: int | None = None) -> Jugement:
    """Judge one request.

    Parameters
    ----------
    regle : Regle
        Of :func:`~palier.engines.recherche.model.prepare`.
    ligne : mapping
        A row of ``demandes``; ``typologies`` as a collection of codes.
    aide_cent : int, optional
        Housing aid expected for this home.
    """
    parts = (_vie, _souhaits, _menage, _revenus, _besoins)
    found = {code for part in parts for code in part(regle, ligne)} | {*_effort(regle, ligne, aide_cent)}
    return Jugement(
        tuple(code for code in MOTIFS if code in found), tuple(code for code in SIGNAUX if code in found)
    )


def _vie(regle: Regle, ligne: Ligne) -> Iterator[str]:
    if ligne.get("statut") in ("radiee", "attribuee"):
        yield ligne["statut"]
    filed, renewed = ligne["date_depot_initial"], ligne.get("date_renouvellement")
    if filed > regle.vacance.seance_le:
        yield "posterieure"
    if renewed is not None and renewed < regle.vivante_depuis:
        yield "expiree"
    if renewed is None and filed < regle.vivante_depuis:
        yield "manque_renouvellement"


def _souhaits(regle: Regle, ligne: Ligne) -> Iterator[str]:
    wished, persons = ligne.get("typologies"), ligne.get("nb_personnes")
    if not wished:
        yield "manque_typologie"
    elif regle.vacance.typologie not in wished:
        if regle.admise in wished and (persons is None or persons <= regle.admise_max):
            yield "typologie_admise"
        else:
            yield "typologie"
    places = ligne.get("localisations")
    if not places:
        yield "manque_lieu"
    elif not regle.communes.intersection(places):
        yield "autre_commune" if ligne.get("accepte_autre_commune") else "secteur"


def _menage(regle: Regle, ligne: Ligne) -> Iterator[str]:
    persons = ligne.get("nb_personnes")
    if persons is None:
        yield "manque_menage"
        return
    if persons < regle.personnes_min:
        yield "menage_trop_petit"
    if regle.personnes_max is not None and persons > regle.personnes_max:
        yield "menage_trop_grand"
    if regle.vacance.surface_m2 < regle.surfaces[min(persons, len(regle.surfaces) - 1)]:
        yield "surface"


def _revenus(regle: Regle, ligne: Ligne) -> Iterator[str]:
    income, last = ligne.get("rfr_n2_eur"), ligne.get("rfr_n1_eur")
    category = categorie(regle, ligne)
    if ligne.get("rfr_n2_annee") not in (None, regle.annee_revenu):
        yield "annee_revenu"
    if category is None:
        yield "manque_menage"
    if income is None:
        yield "manque_revenu_fiscal"
        return
    if last is not None and last <= income * (1 - regle.baisse):
        income = last
        yield "baisse_ressources"
    ceiling = regle.plafonds[category] if category is not None and category < len(regle.plafonds) else None
    if ceiling is not None and income > ceiling:
        yield "plafond"


def _besoins(regle: Regle, ligne: Ligne) -> Iterator[str]:
    home, handicap = regle.vacance, ligne.get("handicap")
    if home.adapte:
        if handicap is None:
            yield "manque_besoin"
        elif not handicap:
            yield "sans_besoin"
    elif handicap and home.accessible is not True:
        yield "besoin_adaptation"
    if home.etage is not None and home.etage != 0:
        if ligne.get("ascenseur") and home.avec_ascenseur is False:
            yield "ascenseur"
        if ligne.get("rez_de_chaussee_seul"):
            yield "rez_de_chaussee"


def _effort(regle: Regle, ligne: Ligne, aide_cent: int | None) -> Iterator[str]:
    home, income, most = regle.vacance, ligne.get("ressources_mensuelles_cent"), ligne.get("loyer_max_cent")
    if most is not None and home.loyer_cent > most:
        yield "loyer_max"
    if home.effort_max is None:
        return
    if not income:
        yield "manque_ressources"
    elif Fraction(home.loyer_cent + home.charges_cent - (aide_cent or 0), income) > home.effort_max:
        yield "effort"


def categorie(regle: Regle, ligne: Ligne) -> int | None:
    """Return the category of the ceilings; None if unknown, or if the household contradicts itself."""
    persons, dependants = ligne.get("nb_personnes"), ligne.get("nb_a_charge")
    couple, cards = ligne.get("en_couple"), ligne.get("nb_carte_invalidite")
    if persons is None or dependants is None or couple is None or cards is None:
        return None
    adults = persons - dependants
    if adults < 1 or (adults == 1 and couple):
        return None
    young = _jeune_menage(regle, ligne) if persons == 2 else False
    if young is None:
        return None
    return int(persons + (young or (adults == 1 and dependants >= 1)) + (cards >= 1))


def _jeune_menage(regle: Regle, ligne: Ligne) -> bool | None:
    births: list[dt.date | None] = [ligne.get("naissance"), ligne.get("conjoint_naissance")]
    if not ligne["en_couple"]:
        return False
    known = [birth for birth in births if birth is not None]
    if len(known) < 2:
        return None
    return (
        sum(complete_years(birth, regle.vacance.signature_le) for birth in known) <= regle.jeune_menage_ages
    )
