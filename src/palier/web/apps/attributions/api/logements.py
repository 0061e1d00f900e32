"""API: homes to allocate, searches, candidates.

Annotations are evaluated here: the doors are wrapped (rates, rights), and ninja reads them through the wrap.
"""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from palier.base.errors import Problem
from palier.web.apps.attributions.api import outils, schemas, sorties
from palier.web.apps.attributions.api.outils import actor_of, answer, cles, key_of, opened
from palier.web.apps.attributions.models import Candidature, Vacance
from palier.web.apps.attributions.operations import candidats, vacances
from palier.web.apps.comptes.droits import droit
from palier.web.apps.parc.models import Logement
from palier.web.erreurs import problem_json
from palier.web.limites import limite

router = Router(tags=["attributions"], auth=cles)
_PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), schemas.Erreur)


def _reponses(ok: int, schema: Any) -> dict[int, Any]:
    return {ok: schema, **_PROBLEMS}


def _one(request: HttpRequest, pk: uuid.UUID, statut: int = 200) -> HttpResponse:
    with opened(request, outils.ECRIRE if request.method != "GET" else outils.LIRE):
        found = _vacancies(request).filter(pk=pk).first()
        body = None if found is None else sorties.vacance(found)
    if body is None:
        outils.missing(request, "vacance", pk)
    return answer(body or {}, statut)


def _vacancies(request: HttpRequest) -> Any:
    rows = Vacance.objects.filter(bailleur_id=request.auth.organisme_id)  # type: ignore[attr-defined]
    return rows.select_related("logement").prefetch_related("orientations__convention__reservataire")


@router.get("/vacances", response=_reponses(200, schemas.Vacances), summary="Logements à attribuer")
@limite("depot")
@droit("vacance", "R")
def lister_vacances(request: HttpRequest, q: Query[schemas.FiltreEtat]) -> HttpResponse:
    """Logements de l'organisme, page par page, dans l'ordre de leur ouverture."""
    with opened(request):
        rows = _vacancies(request)
        rows = rows.filter(etat=q.etat) if q.etat else rows
        found, following = outils.page(rows, q.apres, q.limite)
        body = {"vacances": [sorties.vacance(v) for v in found], "suivante": following}
    return answer(body)


@router.get("/vacances/{pk}", response=_reponses(200, schemas.Vacance), summary="Un logement à attribuer")
@limite("depot")
@droit("vacance", "R")
def lire_vacance(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Où en est un logement, et vers qui il est orienté."""
    return _one(request, pk)


@router.post("/vacances", response=_reponses(201, schemas.Vacance), summary="Ouvrir un logement")
@limite("depot")
@droit("vacance", "C")
@outils.acte
def ouvrir_vacance(request: HttpRequest, corps: schemas.Ouverture) -> HttpResponse:
    """Congé reçu d'un locataire (deux jours), ou première mise en location (livraison et description)."""
    acteur = actor_of(request)
    home = Logement.objects.filter(organisme_id=acteur.organismes[0], identifiant=corps.logement).first()
    if home is None:
        raise Http404
    common: dict[str, Any] = {
        "acteur": acteur, "logement": home.pk, "territoire": corps.territoire,
        "maintenant": outils.maintenant(),
    }  # fmt: skip
    if corps.conge_le and corps.bail_fin and corps.livraison_le is None and corps.description is None:
        made = vacances.recevoir_conge(**common, conge_le=corps.conge_le, bail_fin=corps.bail_fin)
    elif corps.livraison_le and corps.description and corps.conge_le is None and corps.bail_fin is None:
        made = vacances.ouvrir_programme(
            **common, livraison_le=corps.livraison_le,
            description=corps.description.model_dump(exclude_unset=True),
        )  # fmt: skip
    else:
        return problem_json(422, [_AMBIGU])
    return _one(request, made.pk, 201)


_AMBIGU = Problem(
    "ATR-202",
    "corps",
    "Ce n'est ni un congé, ni une première mise en location.",
    "Donnez conge_le et bail_fin, ou livraison_le et description.",
)


@router.post("/vacances/{pk}/description", response=_reponses(200, schemas.Vacance), summary="Décrire")
@limite("depot")
@droit("vacance", "U")
@outils.acte
def qualifier_vacance(request: HttpRequest, pk: uuid.UUID, corps: schemas.Description) -> HttpResponse:
    """Loyer, surface, financement, énergie, accès : le logement est alors décrit."""
    vacances.qualifier(
        acteur=actor_of(request), vacance=pk, description=corps.model_dump(exclude_unset=True),
        maintenant=outils.maintenant(),
    )  # fmt: skip
    return _one(request, pk)


@router.post("/vacances/{pk}/orientation", response=_reponses(200, schemas.Vacance), summary="Orienter")
@limite("depot")
@droit("vacance", "U")
@outils.acte
def orienter_vacance(request: HttpRequest, pk: uuid.UUID, corps: schemas.OrientationEntree) -> HttpResponse:
    """Oriente vers le réservataire d'une convention ; son délai court aujourd'hui."""
    vacances.orienter(
        acteur=actor_of(request), vacance=pk, convention=corps.convention, au=outils.aujourdhui(),
        maintenant=outils.maintenant(),
    )  # fmt: skip
    return _one(request, pk)


@router.post("/vacances/{pk}/reprise", response=_reponses(200, schemas.Vacance), summary="Reprendre")
@limite("depot")
@droit("vacance", "U")
@outils.acte
def reprendre_vacance(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Reprend un logement, une fois passé le terme du réservataire."""
    vacances.reprendre(
        acteur=actor_of(request), vacance=pk, au=outils.aujourdhui(), maintenant=outils.maintenant()
    )
    return _one(request, pk)


@router.post("/vacances/{pk}/retrait", response=_reponses(200, schemas.Vacance), summary="Retirer")
@limite("depot")
@droit("vacance", "U")
@outils.acte
def retirer_vacance(request: HttpRequest, pk: uuid.UUID, corps: schemas.RetraitVacance) -> HttpResponse:
    """Retire un logement avant son attribution (portée « attributions:administrer »)."""
    key_of(request, outils.ECRIRE)
    vacances.retirer_vacance(
        acteur=actor_of(request, outils.ADMINISTRER), vacance=pk, motif=corps.motif,
        au=outils.aujourdhui(), maintenant=outils.maintenant(),
    )  # fmt: skip
    return _one(request, pk)


@router.post("/vacances/{pk}/recherche", response=_reponses(201, schemas.Recherche), summary="Chercher")
@limite("depot")
@droit("vacance", "U")
@outils.acte
def rechercher_candidats(request: HttpRequest, pk: uuid.UUID, corps: schemas.RechercheEntree) -> HttpResponse:
    """Cherche parmi les demandes du territoire : comptes par raison, premiers, raisons des numéros donnés."""
    made, found = candidats.rechercher(
        acteur=actor_of(request), vacance=pk, seance_le=corps.seance_le, signature_le=corps.signature_le,
        maintenant=outils.maintenant(),
    )  # fmt: skip
    first = found.premiers(corps.premiers)["numero_unique"].to_list()
    body = {
        "id": made.pk,
        "n": found.n,
        "eligibles": found.eligibles,
        "comptes": dict(found.comptes),
        "seuls": dict(found.seuls),
        "premiers": sorties.jugements(found, first),
        "demandes": sorties.jugements(found, corps.numeros),
    }
    return answer(body, 201)


@router.get("/candidatures", response=_reponses(200, schemas.Candidatures), summary="Candidats")
@limite("depot")
@droit("candidature", "R")
def lister_candidatures(request: HttpRequest, q: Query[schemas.FiltreCandidatures]) -> HttpResponse:
    """Candidats des logements de l'organisme, par état ou par logement."""
    with opened(request):
        rows = Candidature.objects.filter(bailleur_id=request.auth.organisme_id)  # type: ignore[attr-defined]
        rows = rows.filter(etat=q.etat) if q.etat else rows
        rows = rows.filter(vacance_id=q.vacance) if q.vacance else rows
        found, following = outils.page(rows.select_related("proposee_par"), q.apres, q.limite)
        body = {"candidatures": [sorties.candidature(c) for c in found], "suivante": following}
    return answer(body)


@router.post("/vacances/{pk}/candidatures", response=_reponses(201, schemas.Candidature), summary="Proposer")
@limite("depot")
@droit("candidature", "C")
@outils.acte
def proposer_candidature(
    request: HttpRequest, pk: uuid.UUID, corps: schemas.CandidatureEntree
) -> HttpResponse:
    """Propose une demande ; les règles calculées disent aussitôt si elle est écartée, et pourquoi."""
    made = candidats.proposer_candidat(
        acteur=actor_of(request), vacance=pk, numero=corps.numero, au=outils.aujourdhui(),
        maintenant=outils.maintenant(),
    )  # fmt: skip
    return answer(sorties.candidature(made), 201)


@router.post(
    "/candidatures/{pk}/retrait", response=_reponses(200, schemas.Candidature), summary="Retirer un candidat"
)
@limite("depot")
@droit("candidature", "U")
@outils.acte
def retirer_candidature(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Retire une candidature pour la personne, à tout moment avant le bail."""
    candidats.retirer(
        acteur=actor_of(request), candidature=pk, au=outils.aujourdhui(), maintenant=outils.maintenant()
    )
    with opened(request, outils.ECRIRE):
        held = Candidature.objects.select_related("proposee_par").get(pk=pk)
    return answer(sorties.candidature(held))
