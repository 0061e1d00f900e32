"""API: sessions, decisions, offers of homes, leases; requests of the desk.

Annotations are evaluated here: the doors are wrapped (rates, rights), and ninja reads them through the wrap.
"""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from palier.web.apps.attributions.api import outils, schemas, sorties
from palier.web.apps.attributions.api.outils import actor_of, answer, cles, opened
from palier.web.apps.attributions.models import Decision, Proposition, Seance
from palier.web.apps.attributions.operations import baux, seances, suites
from palier.web.apps.comptes.droits import droit
from palier.web.apps.demandes.models import Demande
from palier.web.apps.journal.operations import inscrire
from palier.web.limites import limite

router = Router(tags=["attributions"], auth=cles)
_PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), schemas.Erreur)
Numero = Annotated[str, Path(pattern=r"^\d{13}[0-9A-Z]{5}$", examples=["067112600000112345"])]


def _reponses(ok: int, schema: Any) -> dict[int, Any]:
    return {ok: schema, **_PROBLEMS}


def _mine(request: HttpRequest) -> uuid.UUID:
    found: uuid.UUID = request.auth.organisme_id  # type: ignore[attr-defined]
    return found


@router.get("/seances", response=_reponses(200, schemas.Seances), summary="Séances")
@limite("depot")
@droit("seance", "R")
def lister_seances(request: HttpRequest, q: Query[schemas.FiltreEtat]) -> HttpResponse:
    """Séances de la commission de l'organisme."""
    with opened(request):
        rows = Seance.objects.filter(bailleur_id=_mine(request))
        rows = rows.filter(etat=q.etat) if q.etat else rows
        found, following = outils.page(rows, q.apres, q.limite)
        body = {"seances": [sorties.seance(s) for s in found], "suivante": following}
    return answer(body)


@router.get("/seances/{pk}", response=_reponses(200, schemas.Seance), summary="Une séance")
@limite("depot")
@droit("seance", "R")
def lire_seance(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Une séance et son ordre du jour."""
    with opened(request):
        found = Seance.objects.filter(pk=pk, bailleur_id=_mine(request)).first()
        points = [] if found is None else [sorties.point(p) for p in found.points.order_by("place")]
    if found is None:
        outils.missing(request, "seance", pk)
    assert found is not None  # missing() raises
    return answer(sorties.seance(found) | {"points": points})


@router.post("/seances/{pk}/points", response=_reponses(201, schemas.Point), summary="Inscrire un logement")
@limite("depot")
@droit("seance", "U")
@outils.acte
def inscrire_point(request: HttpRequest, pk: uuid.UUID, corps: schemas.PointEntree) -> HttpResponse:
    """Met un logement et ses candidats à l'ordre du jour d'une séance qui n'est pas convoquée."""
    made = seances.inscrire(
        acteur=actor_of(request), seance=pk, vacance=corps.vacance, recherche=corps.recherche,
        maintenant=outils.maintenant(),
    )  # fmt: skip
    return answer(sorties.point(made), 201)


@router.get("/decisions", response=_reponses(200, schemas.Decisions), summary="Décisions")
@limite("depot")
@droit("decision", "R")
def lister_decisions(request: HttpRequest, q: Query[schemas.FiltreDecisions]) -> HttpResponse:
    """Décisions votées, par séance ou par état."""
    with opened(request):
        rows = Decision.objects.filter(candidature__bailleur_id=_mine(request)).exclude(etat="proposee")
        rows = rows.filter(etat=q.etat) if q.etat else rows
        rows = rows.filter(point__seance_id=q.seance) if q.seance else rows
        found, following = outils.page(rows.select_related("candidature"), q.apres, q.limite)
        body = {"decisions": [sorties.decision(d) for d in found], "suivante": following}
    return answer(body)


@router.post("/decisions/{pk}/notification", response=_reponses(200, schemas.Decision), summary="Notifier")
@limite("depot")
@droit("decision", "U")
@outils.acte
def notifier_decision(request: HttpRequest, pk: uuid.UUID, corps: schemas.NotificationEntree) -> HttpResponse:
    """Dit quand la lettre a été remise, et sa preuve ; le délai de recours court de ce jour."""
    suites.notifier(acteur=actor_of(request), decision=pk, remise_le=corps.remise_le, preuve=corps.preuve)
    with opened(request, outils.ECRIRE):
        body = sorties.decision(Decision.objects.select_related("candidature").get(pk=pk))
    return answer(body)


@router.get("/propositions", response=_reponses(200, schemas.Propositions), summary="Offres de logement")
@limite("depot")
@droit("proposition", "R")
def lister_propositions(request: HttpRequest, q: Query[schemas.FiltreEtat]) -> HttpResponse:
    """Offres faites aux candidats, avec leur dernier jour."""
    with opened(request):
        rows = Proposition.objects.filter(candidature__bailleur_id=_mine(request))
        rows = rows.filter(etat=q.etat) if q.etat else rows
        found, following = outils.page(rows, q.apres, q.limite)
        body = {"propositions": [sorties.proposition(p) for p in found], "suivante": following}
    return answer(body)


@router.post("/candidatures/{pk}/proposition", response=_reponses(201, schemas.Proposition), summary="Offrir")
@limite("depot")
@droit("proposition", "C")
@outils.acte
def offrir_logement(request: HttpRequest, pk: uuid.UUID, corps: schemas.PropositionEntree) -> HttpResponse:
    """Offre le logement au candidat dont c'est le tour, avec les jours de la loi ou plus."""
    made = suites.envoyer_proposition(
        acteur=actor_of(request), candidature=pk, envoyee_le=corps.envoyee_le, recue_le=corps.recue_le,
        jours=corps.jours, maintenant=outils.maintenant(),
    )  # fmt: skip
    return answer(sorties.proposition(made), 201)


@router.post("/propositions/{pk}/reception", response=_reponses(200, schemas.Proposition), summary="Dater")
@limite("depot")
@droit("proposition", "U")
@outils.acte
def dater_proposition(request: HttpRequest, pk: uuid.UUID, corps: schemas.ReceptionEntree) -> HttpResponse:
    """Dit qu'une offre a été reçue plus tard que prévu : le délai entier repart de ce jour."""
    made = suites.dater_reception(acteur=actor_of(request), proposition=pk, recue_le=corps.recue_le)
    return answer(sorties.proposition(made))


@router.post("/propositions/{pk}/reponse", response=_reponses(200, schemas.Reponse), summary="Répondre")
@limite("depot")
@droit("proposition", "U")
@outils.acte
def repondre_proposition(request: HttpRequest, pk: uuid.UUID, corps: schemas.ReponseEntree) -> HttpResponse:
    """Écrit la réponse d'une personne venue au téléphone, par courrier ou au guichet."""
    following = suites.repondre(
        acteur=actor_of(request), proposition=pk, sens=corps.sens, le=corps.le, canal=corps.canal,
        motif=corps.motif, au=outils.aujourdhui(), maintenant=outils.maintenant(),
    )  # fmt: skip
    with opened(request, outils.ECRIRE):
        held = Proposition.objects.get(pk=pk)
    after = None if following is None else sorties.proposition(following)
    return answer({"proposition": sorties.proposition(held), "suivante": after})


@router.post("/candidatures/{pk}/bail", response=_reponses(201, schemas.Bail), summary="Signer le bail")
@limite("depot")
@droit("bail", "C")
@outils.acte
def signer_bail(request: HttpRequest, pk: uuid.UUID, corps: schemas.BailEntree) -> HttpResponse:
    """Enregistre le bail de qui a accepté : la demande sort de la file, les autres candidatures finissent."""
    made = baux.signer_bail(
        acteur=actor_of(request), candidature=pk, signe_le=corps.signe_le, reference=corps.reference,
        identite_verifiee=corps.identite_verifiee, au=outils.aujourdhui(), maintenant=outils.maintenant(),
    )  # fmt: skip
    return answer(sorties.bail(made), 201)


@router.get("/demandes", response=_reponses(200, schemas.Demandes), summary="Demandes")
@limite("depot")
@droit("demande", "R")
def lister_demandes(request: HttpRequest, q: Query[schemas.FiltreEtat]) -> HttpResponse:
    """Demandes que l'organisme gère, ou voit par une candidature ; ni ressources, ni santé."""
    with opened(request):
        rows = Demande.objects.pour(request.fonction)  # type: ignore[attr-defined]  # set by the key
        rows = rows.filter(statut=q.etat) if q.etat else rows
        found, following = outils.page(rows, q.apres, q.limite)
        body = {"demandes": [sorties.demande(d) for d in found], "suivante": following}
    return answer(body)


@router.get("/demandes/{numero}", response=_reponses(200, schemas.Demande), summary="Une demande")
@limite("depot")
@droit("demande", "R")
def lire_demande(request: HttpRequest, numero: Numero) -> HttpResponse:
    """Une demande, par son numéro unique ; la lecture laisse une ligne au journal."""
    with opened(request):
        rows = Demande.objects.pour(request.fonction)  # type: ignore[attr-defined]  # set by the key
        found = rows.filter(numero_unique=numero).first()
        if found is not None:
            inscrire(
                acteur=f"cle:{request.auth.prefixe}", verbe="demande.lire", objet_type="demande",  # type: ignore[attr-defined]
                objet_id=found.pk, organisme=_mine(request), origine="api",
            )  # fmt: skip
    if found is None:
        outils.missing(request, "demande", "")
    assert found is not None  # missing() raises
    return answer(sorties.demande(found))
