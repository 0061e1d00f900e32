"""What time does: silence, terms of réservataires, papers that have not come, appeals, closed files."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from palier.web.apps.attributions.models import Candidature, Decision, Proposition, Seance, Vacance
from palier.web.apps.attributions.operations import lettres, liberation, suites, vacances
from palier.web.apps.attributions.operations.acces import acte, lock, move, note
from palier.web.apps.attributions.operations.chutes import fall, save
from palier.web.apps.attributions.queries import echeances
from palier.web.apps.attributions.queries.faits import VIVANTES, offre_of
from palier.web.apps.attributions.rules import Acteur
from palier.web.postgres.perimetre import perimetre


@dataclass(frozen=True)
class Passage:
    """What one run of the clock did, by kind."""

    silences: int = 0
    reprises: int = 0
    caducites: int = 0
    definitives: int = 0
    seances: int = 0
    liberees: int = 0


def horloge(bailleur: uuid.UUID) -> Acteur:
    """Return the clock, in the name of a landlord."""
    return Acteur("systeme", "horloge", (bailleur,), origine="tache")


def echoir(
    *, acteur: Acteur, proposition: uuid.UUID, au: dt.date, maintenant: dt.datetime
) -> Proposition | None:
    """Take silence for a refusal once its last day is over; the next rank has a whole delay of its own.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-067.
    """
    with acte(acteur, "proposition", "U", Proposition, proposition) as seen:
        vacance = lock(Vacance, seen.vacance_id)
        candidature = lock(Candidature, seen.candidature_id)
        held = lock(Proposition, proposition)
        move("candidature", candidature, "sans_reponse", acteur.role, {"offre": offre_of(held), "au": au})
        save(candidature, maintenant)
        held.etat = "sans_reponse"
        held.save()
        suites.refused(candidature, held.limite)
        lettres.de_la_fin(held, maintenant)
        following = fall(vacance, candidature, role=acteur.role, au=au, maintenant=maintenant)
        note(acteur, "proposition.sans_reponse", "proposition", held.pk, candidature.bailleur_id)
    return following


def rendre_definitive(*, acteur: Acteur, decision: uuid.UUID, au: dt.date) -> Decision:
    """Make a decision final once nobody can appeal.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-135.
    """
    with acte(acteur, "decision", "U", Decision, decision):
        held = lock(Decision, decision)
        move("decision", held, "definitive", acteur.role, suites.recours_facts(held, au))
        held.save()
        note(acteur, "decision.definitive", "decision", held.pk, held.candidature.bailleur_id)
    return held


def fermer_dossiers(*, acteur: Acteur, seance: uuid.UUID) -> Seance:
    """Take the files of a session back from its members, the day after its minutes."""
    with acte(acteur, "seance", "U", Seance, seance):
        held = lock(Seance, seance)
        held.dossiers_ouverts = False
        held.save(update_fields=["dossiers_ouverts"])
        note(acteur, "seance.fermer_dossiers", "seance", held.pk, held.bailleur_id)
    return held


def passer(*, bailleur: uuid.UUID, au: dt.date, maintenant: dt.datetime) -> Passage:
    """Do all that a day brings to a landlord, an act at a time; running it twice changes nothing more."""
    who = horloge(bailleur)
    if not echeances.any_due(bailleur, au):
        return Passage()

    def each(liste: echeances.Liste, act: Callable[[uuid.UUID], object]) -> int:
        ids = echeances.seen(liste, bailleur, au)
        for pk in ids:
            act(pk)
        return len(ids)

    return Passage(
        each(echeances.silent, lambda pk: echoir(acteur=who, proposition=pk, au=au, maintenant=maintenant)),
        each(
            echeances.to_take_back,
            lambda pk: vacances.reprendre(acteur=who, vacance=pk, au=au, maintenant=maintenant),
        ),
        each(echeances.void, lambda pk: _end(who, pk, au, maintenant)),
        each(echeances.past_appeal, lambda pk: rendre_definitive(acteur=who, decision=pk, au=au)),
        each(echeances.files_to_close, lambda pk: fermer_dossiers(acteur=who, seance=pk)),
        each(echeances.to_free, lambda pk: liberation.liberer(acteur=who, candidature=pk)),
    )


def _end(acteur: Acteur, candidature: uuid.UUID, au: dt.date, maintenant: dt.datetime) -> None:
    """End a void candidacy; calling the rank before may have ended it already."""
    with perimetre(organismes=acteur.organismes):
        still = Candidature.objects.filter(pk=candidature, etat__in=VIVANTES).exists()
    if still:
        suites.rendre_caduque(acteur=acteur, candidature=candidature, au=au, maintenant=maintenant)
