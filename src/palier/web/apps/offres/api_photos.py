"""The API of the pictures of an offer: a picture is known by the SHA-256 of what was sent.

Annotations are evaluated here: the doors are wrapped (rates, rights), and ninja reads them through the wrap.
"""

import uuid
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import File, Form, Path, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres import exemples_api as exemples
from palier.web.apps.offres.api import Erreur, Reference, Siren, _unknown, cles
from palier.web.apps.offres.cle_api import landlord
from palier.web.apps.offres.models import Offre, Photo
from palier.web.apps.offres.operations import photos
from palier.web.apps.offres.queries.photos import path_of
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.photos import MAX_OCTETS
from palier.web.erreurs import problem_json
from palier.web.limites import limite

router = Router(tags=["photos"])
Empreinte = Annotated[
    str,
    Path(
        pattern=r"^[0-9a-f]{64}$",
        description="SHA-256 du fichier envoyé, en hexadécimal",
        examples=[exemples.PHOTO["empreinte"]],
    ),
]
_REFUS = {400: Erreur, 401: Erreur, 403: Erreur, 404: Erreur, 422: Erreur, 429: Erreur}


class PhotoTenue(Schema):
    """A picture of an offer, as Palier keeps it: re-encoded, without hidden data."""

    model_config = exemples.shown(exemples.PHOTO)

    id: uuid.UUID
    empreinte: str
    texte: str
    ordre: int
    largeur: int
    hauteur: int
    url: str


class PhotosTenues(Schema):
    """The pictures of an offer, in their order."""

    model_config = exemples.shown({"photos": [exemples.PHOTO]})

    photos: list[PhotoTenue]


class PhotoForm(Schema):
    """What is said of a picture."""

    texte: str = Field(max_length=500, description="Ce que montre la photo, pour qui ne la voit pas")
    ordre: int | None = Field(None, ge=1, le=12, description="Rang ; à la suite sinon")


@router.get(
    "/bailleurs/{siren}/offres/{reference}/photos",
    auth=cles,
    response={200: PhotosTenues, **_REFUS},
    summary="Photos d'une de ses offres",
)
@limite("depot")
@droit("offre_brouillon", "R")
def lister_photos(request: HttpRequest, siren: Siren, reference: Reference) -> HttpResponse:
    """Les photos de l'offre, dans leur ordre, avec l'empreinte qui les désigne."""
    found = _own(request, siren, reference, "offres:lire")
    if found is None:
        return _unknown("offre")
    rows = Photo.objects.filter(offre=found).order_by("ordre")
    return JsonResponse({"photos": [_photo(row) for row in rows]})


@router.post(
    "/bailleurs/{siren}/offres/{reference}/photos",
    auth=cles,
    response={200: PhotoTenue, 201: PhotoTenue, 409: Erreur, 413: Erreur, **_REFUS},
    summary="Ajouter une photo à une offre",
)
@limite("photo")
@droit("offre_brouillon", "U")
def ajouter_photo(
    request: HttpRequest,
    siren: Siren,
    reference: Reference,
    description: Form[PhotoForm],
    fichier: File[UploadedFile],
) -> HttpResponse:
    """JPEG, PNG ou WebP, refait sans données cachées ; le même fichier envoyé deux fois n'est pas doublé."""
    found = _own(request, siren, reference, "offres:ecrire")
    if found is None:
        return _unknown("offre")
    name = (fichier.name or "photo")[-120:]
    if fichier.size is None or fichier.size > MAX_OCTETS:
        return problem_json(413, [Anomalie("OFF-181").problem(name)])
    done = photos.ajouter(
        acteur=_actor(request),
        offre=found,
        envoi=photos.Envoi(fichier.read(), description.texte, name),
        source="api",
        ordre=description.ordre,
    )
    return JsonResponse(_photo(done.photo), status=201 if done.nouvelle else 200)


@router.delete(
    "/bailleurs/{siren}/offres/{reference}/photos/{empreinte}",
    auth=cles,
    response={204: None, **_REFUS},
    summary="Retirer une photo d'une offre",
)
@limite("depot")
@droit("offre_brouillon", "U")
def retirer_photo(
    request: HttpRequest, siren: Siren, reference: Reference, empreinte: Empreinte
) -> HttpResponse:
    """Retrait de la photo et de ses fichiers ; retirer deux fois ne change rien."""
    found = _own(request, siren, reference, "offres:ecrire")
    if found is None:
        return _unknown("offre")
    photos.retirer(acteur=_actor(request), offre=found, empreinte=empreinte, source="api")
    return HttpResponse(status=204)


def _own(request: HttpRequest, siren: str, reference: str, portee: str) -> Offre | None:
    """Return the offer of the landlord of the key."""
    return Offre.objects.filter(organisme=landlord(request, siren, portee), reference=reference).first()


def _actor(request: HttpRequest) -> str:
    return f"cle:{request.auth.prefixe}"  # type: ignore[attr-defined]  # set by the key


def _photo(photo: Photo) -> dict[str, Any]:
    """Return a picture as plain data."""
    return {
        "id": str(photo.pk),
        "empreinte": photo.empreinte,
        "texte": photo.texte,
        "ordre": photo.ordre,
        "largeur": photo.largeur,
        "hauteur": photo.hauteur,
        "url": f"{settings.ADRESSE_PUBLIQUE}{path_of(photo.pk)}",
    }
