"""The work of a landlord, by day: every act that somebody of its desk has to do, and its last day.

Call inside the perimeter of the landlord.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils import timezone

from palier.engines import commission as moteur
from palier.law.calendrier import calendrier
from palier.web.apps.attributions.models import (
    Candidature,
    Decision,
    EtatVisite,
    Orientation,
    Proposition,
    Reglement,
    Seance,
    Vacance,
    Visite,
)
from palier.web.apps.attributions.queries.absences import relayed_by
from palier.web.apps.attributions.queries.faits import loi_du, reglement_of

_NATIONAL = "75056"


@dataclass(frozen=True, slots=True)
class Tache:
    """An act to do.

    Parameters
    ----------
    code : str
        What is to be done: a key of ``presentation.TACHES``.
    jour : date, optional
        Last day; None where no day is set.
    vacance, seance : optional
        What it bears on.
    dossier, url : str
        The same, for an act of another app: its words, its page.
    """

    code: str
    jour: dt.date | None
    vacance: Vacance | None = None
    seance: Seance | None = None
    dossier: str = ""
    url: str = ""


Fabrique = Callable[[uuid.UUID], Iterable[Tache]]
_autres: dict[str, Fabrique] = {}


def declare_taches(nom: str, fabrique: Fabrique) -> None:
    """Add acts that an app above this one awaits from a landlord; call from ``AppConfig.ready``."""
    _autres[nom] = fabrique


def tasks_of(bailleur: uuid.UUID, au: dt.date, agent: uuid.UUID | None = None) -> list[Tache]:
    """Return what a landlord has to do, the most pressing first; what has no day comes last.

    Parameters
    ----------
    agent : UUID, optional
        Keeps the homes that she follows, those of colleagues whom she relays that day, and those that nobody
        follows; the sessions are everybody's.
    """
    found = [*_homes(bailleur, au), *_candidates(bailleur), *_visits(bailleur, au), *_sessions(bailleur, au)]
    found += [tache for fabrique in _autres.values() for tache in fabrique(bailleur)]
    if agent is not None:
        seen = {None, *relayed_by(bailleur, agent, au)}
        found = [t for t in found if t.vacance is None or t.vacance.suivie_par_id in seen]
    return sorted(found, key=lambda t: (t.jour is None, t.jour or au, t.code, str(_of(t))))


def by_week(taches: Sequence[Tache], au: dt.date) -> dict[str, list[int]]:
    """Return the places of acts by when they are due: late, today, by Sunday, later, no day.

    Examples
    --------
    >>> monday = dt.date(2026, 11, 23)
    >>> days = (-1, 0, 6, 7)
    >>> found = by_week([Tache("bail", monday + dt.timedelta(days=d)) for d in days], monday)
    >>> {code: places for code, places in found.items() if places}
    {'retard': [0], 'jour': [1], 'semaine': [2], 'plus_tard': [3]}
    """
    sunday = au + dt.timedelta(days=6 - au.weekday())
    found: dict[str, list[int]] = {
        "retard": [], "jour": [], "semaine": [], "plus_tard": [], "sans_terme": []
    }  # fmt: skip
    for place, tache in enumerate(taches):
        day = tache.jour
        if day is None:
            found["sans_terme"].append(place)
        elif day <= au:
            found["retard" if day < au else "jour"].append(place)
        else:
            found["semaine" if day <= sunday else "plus_tard"].append(place)
    return found


def _of(tache: Tache) -> object:
    held = tache.vacance or tache.seance
    return tache.url if held is None else held.pk


def _homes(bailleur: uuid.UUID, au: dt.date) -> Iterator[Tache]:
    codes = {
        "conge_recu": "decrire",
        "qualifiee": "orienter",
        "candidats_recus": "inscrire",
        "reprise_bailleur": "inscrire",
    }
    for vacance in Vacance.objects.filter(bailleur_id=bailleur, etat__in=codes):
        yield Tache(codes[vacance.etat], vacance.bail_fin or vacance.livraison_le, vacance)
    over = Orientation.objects.filter(
        vacance__bailleur_id=bailleur, vacance__etat="orientee", en_cours=True, limite__lt=au
    )
    for held in over.select_related("vacance"):
        yield Tache("reprendre", (held.limite or au) + dt.timedelta(days=1), held.vacance)


def _candidates(bailleur: uuid.UUID) -> Iterator[Tache]:
    running = Proposition.objects.filter(candidature__bailleur_id=bailleur, etat="en_cours")
    for offer in running.select_related("vacance"):
        yield Tache("reponse", offer.limite, offer.vacance)
    papers = Decision.objects.filter(
        candidature__bailleur_id=bailleur,
        candidature__etat__in=("attribution_condition", "offre_envoyee", "acceptee"),
        candidature__piece_recue_le__isnull=True,
        condition_limite__isnull=False,
        corrigee_par__isnull=True,
    ).exclude(etat="proposee")
    for decision in papers.select_related("point__vacance"):
        yield Tache("piece", decision.condition_limite, decision.point.vacance)
    told = Decision.objects.filter(
        candidature__bailleur_id=bailleur, etat="votee", point__seance__close_le__isnull=False
    )
    for home in Vacance.objects.filter(pk__in=told.values("point__vacance_id")):
        yield Tache("notifier", None, home)
    signed = Candidature.objects.filter(bailleur_id=bailleur, etat="acceptee")
    for candidature in signed.select_related("vacance"):
        yield Tache("bail", candidature.vacance.bail_fin, candidature.vacance)
    silent = Vacance.objects.filter(bailleur_id=bailleur, etat="attribuee").exclude(
        propositions__etat__in=("en_cours", "acceptee")
    )
    for home in silent:
        yield Tache("offrir", None, home)


def _visits(bailleur: uuid.UUID, au: dt.date) -> Iterator[Tache]:
    rows = Visite.objects.filter(
        candidature__bailleur_id=bailleur, etat=EtatVisite.ACCEPTEE, debut__date__gte=au
    )
    for visit in rows.select_related("candidature__vacance"):
        yield Tache("visite", timezone.localdate(visit.debut), visit.candidature.vacance)


def _sessions(bailleur: uuid.UUID, au: dt.date) -> Iterator[Tache]:
    held = Seance.objects.filter(bailleur_id=bailleur)
    for seance in held.filter(etat="pv_signe"):
        yield Tache("transmettre", None, seance=seance)
    planned = held.filter(etat="projet").select_related("reglement")
    for seance in planned:
        yield Tache("convoquer", seance.le - dt.timedelta(days=_notice(seance)), seance=seance)
    last = held.filter(etat__in=("close", "pv_signe", "transmise")).aggregate(le=Max("le"))["le"]
    coming = held.filter(Q(etat__in=("convoquee", "ouverte", "suspendue")) | Q(etat="projet", le__gte=au))
    if last is not None and not coming.exists():
        loi = loi_du(au)
        term = moteur.count_echeance("reunion", last, loi, calendrier(loi, _NATIONAL))
        yield Tache("reunir", term.limite)


def _notice(seance: Seance) -> int:
    """Return how many days before a session its call must leave."""
    known = Reglement.objects.filter(bailleur_id=seance.bailleur_id, du__lte=seance.le)
    rules = known.order_by("-du").first()
    return 0 if rules is None else reglement_of(rules).convocation_jours
