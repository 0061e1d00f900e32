"""Read pictures: as pages show them, as a door gives their bytes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.storage import default_storage

from palier.web.apps.offres.models import EN_LIGNE, Photo
from palier.web.apps.offres.rules.photos import LARGEURS, file_of, fit

_SMALL, _LARGE = min(LARGEURS), max(LARGEURS)


@dataclass(frozen=True, slots=True)
class PhotoVue:
    """A picture as a page shows it: two addresses, their sizes, the words that stand for it."""

    id: uuid.UUID
    texte: str
    ordre: int
    petite: str
    petite_taille: tuple[int, int]
    grande: str
    grande_taille: tuple[int, int]


def path_of(identifiant: uuid.UUID, largeur: int = _LARGE) -> str:
    """Return the public address of a picture in a width; what it gives never changes."""
    return f"/photos/{identifiant}-{largeur}.webp"


def shown(photos: Iterable[Photo], racine: str = "/photos/") -> list[PhotoVue]:
    """Return pictures in their order.

    Parameters
    ----------
    photos : iterable of Photo
        Of one offer.
    racine : str
        Where they are given: the public door, or that of the landlord's staff.
    """
    return [
        PhotoVue(
            id=photo.pk,
            texte=photo.texte,
            ordre=photo.ordre,
            petite=f"{racine}{photo.pk}-{_SMALL}.webp",
            petite_taille=fit(photo.largeur, photo.hauteur, _SMALL),
            grande=f"{racine}{photo.pk}-{_LARGE}.webp",
            grande_taille=(photo.largeur, photo.hauteur),
        )
        for photo in sorted(photos, key=lambda photo: photo.ordre)
    ]


def public_photo(identifiant: uuid.UUID) -> Photo | None:
    """Return a picture of an offer that is on line; that of any other offer does not exist."""
    return Photo.objects.filter(
        pk=identifiant, offre__statut__in=EN_LIGNE, offre__doublon_de__isnull=True
    ).first()


def own_photo(offre_id: uuid.UUID, identifiant: uuid.UUID) -> Photo | None:
    """Return a picture of an offer, in any state."""
    return Photo.objects.filter(pk=identifiant, offre_id=offre_id).first()


def content_of(photo: Photo, largeur: int) -> bytes | None:
    """Return the bytes of a picture in one of its widths; None where there is no such file."""
    name = file_of(photo.fichier, largeur)
    if largeur not in LARGEURS or not default_storage.exists(name):
        return None
    with default_storage.open(name) as handle:
        content: bytes = handle.read()
    return content
