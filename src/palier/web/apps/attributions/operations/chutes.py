"""What follows a candidate who leaves: the next rank with a whole delay, or a new search."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import F, QuerySet

from palier.engines import commission as moteur
from palier.web.apps.attributions.models import Candidature, Proposition, Vacance
from palier.web.apps.attributions.operations import lettres
from palier.web.apps.attributions.operations.acces import lock, move
from palier.web.apps.attributions.queries.faits import (
    FAVORABLES,
    OFFERTES,
    VIVANTES,
    calendrier_of,
    cause_of,
    closing_of,
    cloture_of,
    dossier_of,
    loi_du,
)


def waiting(vacance: Vacance) -> QuerySet[Candidature]:
    """Return those to whom the home may still be offered, best rank first."""
    found = Candidature.objects.filter(vacance=vacance, etat__in=FAVORABLES)
    return found.select_related("demande").order_by(F("rang").asc(nulls_first=True), "pk")


def ahead(candidature: Candidature) -> int:
    """Return how many better ranks may still accept."""
    live = Candidature.objects.filter(vacance_id=candidature.vacance_id, etat__in=(*FAVORABLES, *OFFERTES))
    return live.filter(rang__lt=candidature.rang or 1).exclude(pk=candidature.pk).count()


def propose(
    candidature: Candidature,
    *,
    role: str,
    envoyee_le: dt.date,
    recue_le: dt.date,
    jours: int | None,
    maintenant: dt.datetime,
) -> Proposition:
    """Make the offer of a home to a candidate, whose vacancy is locked.

    Raises
    ------
    RefusalError
        CAL-007 too few days; those of the machine: COM-020, COM-022, COM-062, COM-063.
    """
    demande, loi = candidature.demande, loi_du(recue_le)
    rank = candidature.rang or 1
    offre = moteur.make_offre(demande.numero_unique, recue_le, loi, calendrier_of(demande, loi), rank, jours)
    facts = {"offre": offre, "rangs_devant": ahead(candidature)}
    move("candidature", candidature, "offre_envoyee", role, facts)
    save(candidature, maintenant)
    made = Proposition.objects.create(
        candidature=candidature,
        vacance_id=candidature.vacance_id,
        rang=rank,
        envoyee_le=envoyee_le,
        recue_le=recue_le,
        jours=jours,
        limite=offre.echeance.limite,
        ouvert_le=offre.echeance.ouvert_le,
    )
    lettres.de_la_proposition(made, maintenant)
    return made


def fall(
    vacance: Vacance, candidature: Candidature, *, role: str, au: dt.date, maintenant: dt.datetime
) -> Proposition | None:
    """Draw the consequences for a locked vacancy of a candidate who has just left.

    Parameters
    ----------
    role : str
        Who made the candidate leave.

    Returns
    -------
    Proposition or None
        The offer of the next rank, if one is called.
    """
    if vacance.etat not in ("attribuee", "acceptee"):
        return None
    if Candidature.objects.filter(vacance=vacance, etat__in=OFFERTES).exists():
        return None  # somebody better placed still has the home
    _drop_conditions(vacance, au, maintenant)
    left = list(waiting(vacance))
    if left and not candidature.propositions.exists():
        return None  # the best rank has not been offered the home yet: the agent does
    gone = candidature.etat
    if left and candidature.etat in ("refusee", "sans_reponse"):
        move("candidature", candidature, "rang_suivant", "horloge", {"rangs_restants": len(left)})
        save(candidature, maintenant)
    facts = {"candidature_etat": gone, "rangs_restants": len(left)}
    acting = role if role in ("demandeur", "accompagnant", "agent_bailleur") else "horloge"
    move("vacance", vacance, "attribuee" if left else "qualifiee", acting, facts)
    vacance.modifiee_le = maintenant
    vacance.save()
    if not left:
        vacance.orientations.filter(en_cours=True).update(en_cours=False)
        return None
    if left[0].etat == "attribution":  # a sole allocation: the agent sends it
        return None
    return propose(left[0], role="horloge", envoyee_le=au, recue_le=au, jours=None, maintenant=maintenant)


def _drop_conditions(vacance: Vacance, au: dt.date, maintenant: dt.datetime) -> None:
    """End those whose awaited paper has not come in time."""
    for candidature in waiting(vacance).filter(etat="attribution_condition"):
        if cause_of(candidature, au) == "condition_echue":
            end(vacance, candidature, cause="condition_echue", role="horloge", au=au, maintenant=maintenant)


def end(
    vacance: Vacance, candidature: Candidature, *, cause: str, role: str, au: dt.date, maintenant: dt.datetime
) -> None:
    """Make a candidacy void, with its running offer; the machine reads the proof of the cause.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-073, COM-074.
    """
    acting = role if role in ("agent_bailleur", "horloge") else "moteur"
    facts = {
        "cause_caducite": cause,
        "dossier": dossier_of(candidature),
        "cloture": cloture_of(closing_of(candidature)) if cause == "condition_echue" else None,
        "numero": candidature.numero_unique,
        "piece_recue_le": candidature.piece_recue_le,
        "au": au,
        "vacance_etat": vacance.etat,
    }
    move("candidature", candidature, "caduque", acting, facts)
    candidature.cause_caducite = cause
    save(candidature, maintenant)
    drop_offer(candidature)


def drop_offer(candidature: Candidature) -> None:
    """Say that the running offer of a candidate no longer stands."""
    live = Proposition.objects.filter(candidature=candidature, etat__in=("en_cours", "acceptee"))
    live.update(etat="tombee")


def end_all(vacance: Vacance, cause: str, role: str, au: dt.date, maintenant: dt.datetime) -> int:
    """Make void all the candidacies of a home that may be, by id; return how many."""
    rows = Candidature.objects.filter(vacance=vacance, etat__in=VIVANTES).select_related("demande")
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for candidature in found:
        end(vacance, candidature, cause=cause, role=role, au=au, maintenant=maintenant)
    return len(found)


def lock_vacancies(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Vacance]:
    """Lock several vacancies in the order of their ids."""
    return {pk: lock(Vacance, pk) for pk in sorted(set(ids))}


def save(candidature: Candidature, maintenant: dt.datetime) -> None:
    """Save a candidacy."""
    candidature.modifiee_le = maintenant
    candidature.save()
