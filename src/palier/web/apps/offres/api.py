"""The API of offers: open reading, idempotent writing by the landlords' programs.

Annotations are evaluated here: the doors are wrapped (rates, rights), and ninja reads them through the wrap.
"""

import datetime as dt
import json
import uuid
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, File, Form, Path, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from palier.base.errors import Problem
from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres import exemples_api as exemples
from palier.web.apps.offres import tasks
from palier.web.apps.offres.cle_api import CleBearer, landlord
from palier.web.apps.offres.models import Lot, MotifRetrait, Offre
from palier.web.apps.offres.operations import ecriture, lots
from palier.web.apps.offres.queries import fiche, recherche
from palier.web.apps.offres.queries.contexte import contexte_du, parametres
from palier.web.apps.offres.rules import read_saisies
from palier.web.apps.offres.rules.filtres import parse_filtres
from palier.web.erreurs import problem_json
from palier.web.horloge import aujourdhui, maintenant
from palier.web.limites import limite

router = Router(tags=["offres"])
_JSON = "application/json"
Siren = Annotated[str, Path(pattern=r"^\d{9}$", description="SIREN du bailleur", examples=["732829320"])]
Reference = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[\w.\-]+$", examples=["LGT-00042"])]


class Probleme(Schema):
    """One thing to mend."""

    model_config = exemples.shown(exemples.PROBLEME)

    code: str
    ou: str
    constat: str
    que_faire: str
    reference: str | None = None


class Erreur(Schema):
    """Answer to what cannot be done (RFC 9457)."""

    model_config = exemples.shown(exemples.ERREUR)

    title: str
    status: int
    problemes: list[Probleme]


class Carte(Schema):
    """An offer in a list; amounts in cents, a month; surfaces in m²."""

    model_config = exemples.shown(exemples.CARTE)

    id: uuid.UUID
    statut: Literal["publiee", "a_confirmer"]
    publiee_le: dt.datetime
    confirmee_le: dt.datetime
    reference: str
    bailleur: str
    bailleur_nom: str
    nature: str
    titre: str | None
    commune_code: str
    commune: str
    code_postal: str | None
    departement: str
    longitude: float | None
    latitude: float | None
    typologie: str | None
    type_bien: str | None
    surface_m2: int | None
    etage: int | None
    nb_etages: int | None
    avec_ascenseur: bool | None
    plain_pied: bool
    occupe: bool | None
    loyer_cent: int | None
    charges_cent: int | None
    loyer_cc_cent: int | None
    prix_cent: int | None
    prix_locataire_hlm_cent: int | None
    redevance_cent: int | None
    financement: str | None
    dpe: str | None
    ges: str | None
    qpv_code: str | None
    accessibilite: list[str]
    public_reserve: str | None
    mode_attribution: str | None
    disponible_le: dt.date | None
    surface_nature: str | None


class Liste(Schema):
    """A page of offers."""

    model_config = exemples.shown(exemples.LISTE)

    nombre: int = Field(description="Offres en ligne qui répondent aux filtres")
    suivante: str | None = Field(description="Clé à donner à « apres » pour la page suivante")
    offres: list[Carte]


class FiltresQuery(Schema):
    """Filters of the list; the same as those of the page ``/offres``."""

    nature: Literal["louer", "acheter", "local"] = "louer"
    commune: list[Annotated[str, Field(pattern=r"^(\d{2}|2[AB])\d{3}$")]] = Field(
        [], max_length=20, examples=[["67482"]]
    )
    departement: str = Field("", pattern=r"^(\d{2,3}|2[AB])?$", examples=["67"])
    epci: str = Field("", pattern=r"^(\d{9})?$", examples=["246700488"])
    centre: str = Field(
        "", pattern=r"^(-?\d{1,3}(\.\d{1,12})?,-?\d{1,2}(\.\d{1,12})?)?$", examples=["7.7521,48.5734"]
    )
    rayon: int = Field(5, ge=1, le=50, description="Kilomètres à vol d'oiseau")
    boite: str = Field(
        "",
        pattern=r"^(-?\d{1,3}(\.\d{1,12})?(,-?\d{1,3}(\.\d{1,12})?){3})?$",
        examples=["7.68,48.49,7.84,48.65"],
    )
    typologie: list[Literal["T1", "T2", "T3", "T4", "T5", "T6"]] = Field(
        [], max_length=6, examples=[["T3", "T4"]]
    )
    loyer_max: int | None = Field(
        None, ge=1, le=10_000_000, description="Euros par mois, charges comprises", examples=[600]
    )
    surface_min: int | None = Field(None, ge=1, le=1_000, examples=[60])
    energie: Literal["", "A", "B", "C", "D", "E", "F", "G"] = ""
    plain_pied: Literal["", "oui", "non"] = ""
    accessibilite: list[Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]] = Field([], max_length=20)
    financement: list[Annotated[str, Field(pattern=r"^[a-z_]{2,20}$")]] = Field([], max_length=8)
    public: str = Field("", pattern=r"^[a-z_0-9]{0,20}$")
    disponible: dt.date | None = None
    bailleur: str = Field("", pattern=r"^(\d{9})?$")
    depuis: int | None = Field(None, ge=1, le=100, description="Publiées depuis tant de jours")
    tri: Literal["recentes", "loyer", "surface", "distance"] = "recentes"
    apres: str = Field("", max_length=200, pattern=r"^[A-Za-z0-9_\-]*$")
    limite: int = Field(20, ge=1, le=100)


@router.get("/offres", response={200: Liste, 422: Erreur, 429: Erreur}, summary="Offres en ligne")
@limite("api")
@droit("offre_publiee", "R")
def liste(request: HttpRequest, q: Query[FiltresQuery]) -> HttpResponse:
    """Liste des offres en ligne, page par page ; mêmes filtres que la page « Offres »."""
    params = {name: request.GET.getlist(name) for name in request.GET}
    filtres = parse_filtres(params)
    if filtres.problems:
        return problem_json(422, filtres.problems)
    page, total = recherche.search_and_count(filtres, q.apres, q.limite)
    following = json.dumps(page.suivante or None)
    return HttpResponse(
        f'{{"nombre":{total},"suivante":{following},"offres":{page.json}}}', content_type=_JSON
    )


@router.get(
    "/offres/{identifiant}",
    response={200: dict[str, Any], 404: Erreur, 422: Erreur, 429: Erreur},
    summary="Une offre",
)
@limite("api")
@droit("offre_publiee", "R")
def une(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Une offre entière ; une offre retirée répond encore, avec son motif."""
    del request
    found = fiche.read(identifiant, parametres())
    if found is None:
        return _unknown("offre")
    return _json(found.public(), etag=found.version)


# --- Writing: a key per landlord, a scope per key ----------------------------------------------------------

cles = CleBearer()


class Depot(Schema):
    """What a push did."""

    model_config = exemples.shown(exemples.DEPOT)

    id: uuid.UUID
    reference: str
    version: int
    statut: str
    nouvelle: bool
    changee: bool


_WRITE = {
    400: Erreur,
    401: Erreur,
    403: Erreur,
    404: Erreur,
    409: Erreur,
    412: Erreur,
    413: Erreur,
    422: Erreur,
    429: Erreur,
}


@router.put(
    "/bailleurs/{siren}/offres/{reference}",
    auth=cles,
    response={200: Depot, 201: Depot, **_WRITE},
    summary="Déposer ou changer une offre",
    openapi_extra=exemples.CORPS,
)
@limite("depot")
@droit("offre_brouillon", "U")
def deposer(
    request: HttpRequest, siren: Siren, reference: Reference, saisie: Body[dict[str, Any]]
) -> HttpResponse:
    """Dépôt idempotent : la même offre envoyée deux fois n'est changée qu'une fois ; il confirme l'offre."""
    organisme = landlord(request, siren, "offres:ecrire")
    version = _if_match(request)
    today = aujourdhui()
    contexte = contexte_du(today, siren)
    lecture = read_saisies([saisie | {"reference_bailleur": reference}], contexte, "corps")
    if lecture.problemes:
        return problem_json(422, lecture.problemes)
    known = Offre.objects.filter(organisme=organisme, reference=reference).first()
    if version is not None and (known is None or known.version != version):
        return problem_json(412, [_stale(reference)])
    done = ecriture.deposer(
        acteur=f"cle:{request.auth.prefixe}",  # type: ignore[attr-defined]  # set by the key
        organisme=organisme,
        saisie=lecture.lignes[0].offre,
        contexte=contexte,
        maintenant=maintenant(),
        source="api",
        version=version,
    )
    offre = done.offre
    body = {
        "id": str(offre.pk),
        "reference": reference,
        "version": offre.version,
        "statut": offre.statut,
        "nouvelle": done.nouvelle,
        "changee": done.changee,
    }
    return _json(body, status=201 if done.nouvelle else 200, etag=offre.version)


@router.get(
    "/bailleurs/{siren}/offres/{reference}",
    auth=cles,
    response={200: dict[str, Any], **_WRITE},
    summary="Relire une de ses offres",
)
@limite("depot")
@droit("offre_brouillon", "R")
def relire(request: HttpRequest, siren: Siren, reference: Reference) -> HttpResponse:
    """L'offre telle que Palier la tient, avec sa version (ETag)."""
    organisme = landlord(request, siren, "offres:lire")
    found = fiche.by_reference(organisme.pk, reference, parametres())
    return _unknown("offre") if found is None else _json(found.public(), etag=found.version)


@router.delete(
    "/bailleurs/{siren}/offres/{reference}",
    auth=cles,
    response={204: None, **_WRITE},
    summary="Retirer une offre",
)
@limite("depot")
@droit("offre_brouillon", "U")
def retirer(
    request: HttpRequest,
    siren: Siren,
    reference: Reference,
    motif: Annotated[Literal["pourvue", "annulee"], Query(description="Pourquoi")] = "pourvue",
) -> HttpResponse:
    """Retrait, avec son motif ; retirer deux fois ne change rien."""
    organisme = landlord(request, siren, "offres:ecrire")
    found = Offre.objects.filter(organisme=organisme, reference=reference).first()
    if found is None:
        return _unknown("offre")
    if found.statut != "retiree":
        ecriture.retirer(
            acteur=f"cle:{request.auth.prefixe}",  # type: ignore[attr-defined]  # set by the key
            offre=found,
            motif=MotifRetrait(motif).value,
            maintenant=maintenant(),
            source="api",
        )
    return HttpResponse(status=204)


class RapportLot(Schema):
    """A lot and its report."""

    model_config = exemples.shown(exemples.LOT)

    id: uuid.UUID
    etat: str
    nom: str
    complet: bool
    essai: bool
    recu_le: dt.datetime
    controle_le: dt.datetime | None
    applique_le: dt.datetime | None
    rapport: dict[str, Any]


class LotForm(Schema):
    """How a lot is to be taken."""

    complet: bool = False
    bonnes_lignes: bool = False
    essai: bool = False
    fichier_du: dt.datetime | None = None


@router.post(
    "/bailleurs/{siren}/lots",
    auth=cles,
    response={202: RapportLot, **_WRITE},
    summary="Envoyer un lot d'offres",
    openapi_extra=exemples.IDEMPOTENCE,
)
@limite("depot")
@droit("lot", "C")
def envoyer(
    request: HttpRequest, siren: Siren, options: Form[LotForm], fichier: File[UploadedFile]
) -> HttpResponse:
    """CSV, XLSX, parquet ou JSON ; contrôlé en entier par une tâche, écrit d'un coup ou pas du tout."""
    organisme = landlord(request, siren, "offres:ecrire", "lot")
    if fichier.size is None or fichier.size > lots.TAILLE_MAX:
        return problem_json(
            413, [Problem("OFF-211", "fichier", "Le fichier dépasse 100 Mo.", "Envoyez plusieurs lots.")]
        )
    actor = f"cle:{request.auth.prefixe}"  # type: ignore[attr-defined]  # set by the key
    lot = lots.recevoir(
        acteur=actor,
        organisme=organisme,
        contenu=fichier.read(),
        nom=fichier.name or "lot",
        source="api",
        maintenant=maintenant(),
        complet=options.complet,
        bonnes_lignes=options.bonnes_lignes,
        essai=options.essai,
        fichier_du=options.fichier_du,
        cle_idempotence=request.headers.get("Idempotency-Key", "")[:80],
    )
    if lot.etat == "recu":
        tasks.traiter_lot.defer(lot_id=str(lot.pk), acteur=actor)
    return _json(_lot(lot), status=202)


@router.get(
    "/bailleurs/{siren}/lots/{lot_id}",
    auth=cles,
    response={200: RapportLot, **_WRITE},
    summary="Rapport d'un lot",
)
@limite("depot")
@droit("lot", "R")
def rapport(request: HttpRequest, siren: Siren, lot_id: uuid.UUID) -> HttpResponse:
    """État du lot et tous ses problèmes : ligne, colonne, code, quoi faire."""
    organisme = landlord(request, siren, "offres:lire", "lot")
    found = Lot.objects.filter(organisme=organisme, pk=lot_id).first()
    return _unknown("lot") if found is None else _json(_lot(found))


def _lot(lot: Lot) -> dict[str, Any]:
    """Return a lot as plain data."""
    dates = {
        name: value.isoformat() if (value := getattr(lot, name)) else None
        for name in ("recu_le", "controle_le", "applique_le")
    }
    return {
        "id": str(lot.pk),
        "etat": lot.etat,
        "nom": lot.nom,
        "complet": lot.complet,
        "essai": lot.essai,
        "rapport": lot.rapport,
        **dates,
    }


def _if_match(request: HttpRequest) -> int | None:
    """Return the version that the sender knows; an unreadable one matches nothing."""
    value = request.headers.get("If-Match", "").strip().strip('"')
    if not value:
        return None
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def _stale(reference: str) -> Problem:
    return Problem(
        "OFF-202",
        reference,
        "L'offre a changé depuis la version que vous connaissez.",
        "Relisez-la, puis renvoyez.",
    )


def _unknown(what: str) -> HttpResponse:
    return problem_json(404, [Problem("WEB-404", what, "Introuvable.", "Vérifiez l'adresse.")])


def _json(body: dict[str, Any], *, status: int = 200, etag: int | None = None) -> HttpResponse:
    answer = HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str), content_type=_JSON, status=status
    )
    if etag is not None:
        answer["ETag"] = f'"{etag}"'
    return answer
