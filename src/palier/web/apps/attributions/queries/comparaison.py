"""Candidates of a home side by side: the same facts for each, and what each choice does to the objectives.

Call inside a perimeter that sees the candidacies; their requests are opened here, for the
landlord. Whoever shows it writes in the journal that :data:`CHAMPS` were read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from palier.base.periods import complete_months
from palier.engines import commission as moteur
from palier.engines import recherche
from palier.engines.commission.run.objectifs import CONTINGENT
from palier.engines.recherche.reference import categorie
from palier.web.apps.attributions.models import Candidature, Vacance
from palier.web.apps.attributions.queries import objectifs
from palier.web.apps.attributions.queries.faits import loi_du
from palier.web.apps.attributions.queries.recherche import home_of
from palier.web.apps.attributions.rules.comparaison import effort, remainder
from palier.web.apps.cotation.models import Score
from palier.web.apps.demandes.models import Piece
from palier.web.apps.demandes.queries import fiche
from palier.web.postgres.perimetre import perimetre

#: Sensitive fields that a comparison reads.
CHAMPS = ("rfr_n2_eur", "ressources_mensuelles_cent")
LETTRES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Candidat:
    """A candidate and its facts; None is unknown.

    Parameters
    ----------
    lettre : str
        A, B, C…: names stay hidden.
    candidature : Candidature
        With its request.
    points, points_verifies : int
        Of the grid: as kept before the commission, else those that hold.
    attente_mois : int
        Since the request was filed.
    part_plafond : Fraction
        Income against the ceiling of the home.
    effort : Fraction
        Rent with charges against resources.
    reste_cent : int
        Left per day and person.
    pieces : int
        Papers awaited or to be judged.
    menage : Menage
        As objectives read it.
    mouvements : tuple of (Objectif, Objectif)
        Objectives that this choice moves, before and after.
    """

    lettre: str
    candidature: Candidature
    points: int | None
    points_verifies: int | None
    attente_mois: int
    rfr_eur: int | None
    part_plafond: Fraction | None
    effort: Fraction | None
    reste_cent: int | None
    pieces: int
    menage: moteur.Menage
    mouvements: tuple[tuple[moteur.Objectif, moteur.Objectif], ...]


@dataclass(frozen=True)
class Comparaison:
    """Candidates of a home, in the order of the points."""

    vacance: Vacance
    candidats: tuple[Candidat, ...]
    annee: objectifs.Annee


def compare(vacance: Vacance, candidatures: Sequence[Candidature], au: dt.date) -> Comparaison:
    """Compare candidates of a home.

    Parameters
    ----------
    vacance : Vacance
        Described.
    candidatures : sequence of Candidature
        Of this home.
    au : date
        Day for which they are judged: that of the session.

    Raises
    ------
    RefusalError
        ATR-004 the home is not described.
    """
    home = home_of(vacance, au, au)
    rule = recherche.prepare(home, loi_du(au))
    year = objectifs.of_year(vacance.bailleur_id, au)
    with perimetre(organismes=[vacance.bailleur_id], lecteur=True):
        rows = list(Candidature.objects.filter(pk__in=[c.pk for c in candidatures]).select_related("demande"))
        rows.sort(key=lambda c: (c.ordre is None, c.ordre or 0, c.numero_unique))
        ids = [c.demande_id for c in rows]
        held = Score.objects.filter(demande_id__in=ids, calcul__courant=True, total__isnull=False)
        scores = {
            pk: (total, known)
            for pk, total, known in held.values_list("demande_id", "total", "total_verifie")
        }
        waiting = Piece.objects.filter(demande_id__in=ids).exclude(etat="verifiee")
        papers = list(waiting.values_list("demande_id", flat=True))
        files = [(c, _file(c)) for c in rows]
        contingent = objectifs.contingents_of([vacance])[vacance.pk]
    known = objectifs.households(ids, vacance.territoire, au)
    qpv = bool(vacance.logement.qpv_code)
    rent = home.loyer_cent + home.charges_cent
    made = []
    for letter, (candidature, row) in zip(LETTRES, files, strict=False):
        category = categorie(rule, row)
        ceiling = rule.plafonds[category] if category is not None and category < len(rule.plafonds) else None
        total, checked = scores.get(candidature.demande_id, (None, None))
        household = known.get(candidature.demande_id, moteur.Menage(None))
        income, resources = row["rfr_n2_eur"], row["ressources_mensuelles_cent"]
        made.append(
            Candidat(
                letter,
                candidature,
                total if candidature.total is None else candidature.total,
                checked,
                max(0, complete_months(candidature.demande.date_depot_initial, au)),
                income,
                None if income is None or not ceiling else Fraction(income, ceiling),
                effort(rent, resources),
                remainder(rent, resources, candidature.demande.nb_personnes),
                papers.count(candidature.demande_id),
                household,
                moteur.si_attribue(_with(year.objectifs, contingent, au), household, qpv, contingent),
            )
        )
    names = year.contingents | objectifs.names_of({contingent})
    return Comparaison(vacance, tuple(made), replace(year, contingents=names))


def _with(found: tuple[moteur.Objectif, ...], contingent: str, au: dt.date) -> tuple[moteur.Objectif, ...]:
    """Return the objectives with that of a contingent of which nothing was given yet."""
    if contingent == objectifs.ETAT or any(o.contingent == contingent for o in found):
        return found
    part = Fraction(loi_du(au).nombre(CONTINGENT))
    return (*found, moteur.Objectif(CONTINGENT, 0, 0, part, contingent))


def _file(candidature: Candidature) -> dict[str, Any]:
    demande = candidature.demande
    return fiche.plain_row(demande, fiche.amounts_of(demande), fiche.sensitive_of(demande))
