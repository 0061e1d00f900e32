"""One offer, whole: what its page and the API show."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from palier.web.apps.offres.models import EN_LIGNE, Offre, Photo
from palier.web.apps.offres.queries.photos import shown
from palier.web.apps.offres.rules import Parametres
from palier.web.apps.offres.rules.etats import expires_on
from palier.web.horloge import PARIS

# Given to the platform, never shown to the public.
_PRIVES = frozenset({"loyer_maximal_cent"})


@dataclass(frozen=True)
class Fiche:
    """An offer as its page shows it; ``donnees`` are the public fields of the table ``offres``."""

    id: uuid.UUID
    reference: str
    version: int
    statut: str
    motif_retrait: str
    publiee_le: dt.datetime | None
    confirmee_le: dt.datetime | None
    expire_le: dt.date | None
    carte: dict[str, Any]
    donnees: dict[str, Any]
    bailleur: str
    siren: str
    photos: list[Photo]

    @property
    def en_ligne(self) -> bool:
        """Whether the offer can be answered now."""
        return self.statut in EN_LIGNE

    def public(self) -> dict[str, Any]:
        """Return what the API gives of the offer."""
        return {
            "id": str(self.id),
            "version": self.version,
            "statut": self.statut,
            "motif_retrait": self.motif_retrait or None,
            "publiee_le": self.publiee_le.isoformat() if self.publiee_le else None,
            "confirmee_le": self.confirmee_le.isoformat() if self.confirmee_le else None,
            "expire_le": self.expire_le.isoformat() if self.expire_le else None,
            "commune": self.carte.get("commune"),
            "departement": self.carte.get("departement"),
            "bailleur_nom": self.bailleur,
            "photos": [
                {
                    "url": f"{settings.ADRESSE_PUBLIQUE}{vue.grande}",
                    "texte": vue.texte,
                    "largeur": vue.grande_taille[0],
                    "hauteur": vue.grande_taille[1],
                }
                for vue in shown(self.photos)
            ],
            **self.donnees,
        }


def read(identifiant: uuid.UUID, parametres: Parametres) -> Fiche | None:
    """Return an offer that is or has been on line; drafts and duplicates are unknown to the public."""
    found = (
        Offre.objects.select_related("organisme")
        .prefetch_related("photos")
        .filter(pk=identifiant, publiee_le__isnull=False, doublon_de__isnull=True)
        .first()
    )
    return None if found is None else _fiche(found, parametres)


def by_reference(organisme_id: uuid.UUID, reference: str, parametres: Parametres) -> Fiche | None:
    """Return the offer of a landlord by its reference, in any state."""
    found = (
        Offre.objects.select_related("organisme")
        .prefetch_related("photos")
        .filter(organisme_id=organisme_id, reference=reference)
        .first()
    )
    return None if found is None else _fiche(found, parametres)


def counts_of(organisme_id: uuid.UUID | None, siren: str = "") -> dict[str, int]:
    """Return how many offers a landlord (None: all, or that of a SIREN) has in each state."""
    rows = Offre.objects.all() if organisme_id is None else Offre.objects.filter(organisme_id=organisme_id)
    if siren:
        rows = rows.filter(organisme__siren=siren)
    return rows.aggregate(
        publiee=Count("pk", filter=Q(statut="publiee")),
        a_confirmer=Count("pk", filter=Q(statut="a_confirmer")),
        retiree=Count("pk", filter=Q(statut="retiree")),
    )


def _fiche(offre: Offre, parametres: Parametres) -> Fiche:
    """Return the page of a row."""
    confirmed = offre.confirmee_le
    leaves = expires_on(confirmed.astimezone(PARIS).date(), parametres) if confirmed else None
    return Fiche(
        id=offre.pk,
        reference=offre.reference,
        version=offre.version,
        statut=offre.statut,
        motif_retrait=offre.motif_retrait,
        publiee_le=offre.publiee_le,
        confirmee_le=confirmed,
        expire_le=leaves,
        carte=offre.carte,
        donnees={name: value for name, value in offre.saisie.items() if name not in _PRIVES},
        bailleur=offre.organisme.nom,
        siren=offre.organisme.siren,
        photos=sorted(offre.photos.all(), key=lambda photo: photo.ordre),
    )
