"""Erase what has been kept long enough: files, then contents, then the row; the journal keeps ids alone."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError

from palier.web.apps.demandes.models import (
    Argent,
    Avertissement,
    Coordonnees,
    Demande,
    FichierPiece,
    Personne,
    Piece,
    PublicPrioritaire,
    Ressource,
    Sensible,
)
from palier.web.apps.demandes.models.colonnes import columns_of_class
from palier.web.apps.demandes.operations.pieces import DOSSIER, effacer
from palier.web.apps.demandes.queries import conservation as lectures
from palier.web.apps.journal.operations import SYSTEME, inscrire_plusieurs
from palier.web.postgres.perimetre import perimetre

_GARDEES = {"numero_unique"}
_VIDEES = tuple(nom for nom in columns_of_class(2) if nom not in _GARDEES)
_ENFANTS = (Argent, Sensible, Coordonnees, Personne, Ressource, PublicPrioritaire, Piece)
_LOT = 500


@dataclass(frozen=True)
class BilanConservation:
    """What a run erased, or would: requests by step; those whose row a commission keeps."""

    pieces: int
    contenu: int
    preuve: int
    citees: int = 0


def purger(
    *, territoire: str, au: dt.date, maintenant: dt.datetime, essai: bool, acteur: Any = SYSTEME
) -> BilanConservation:
    """Erase what the law of a day wants erased in a territory; a dry run only counts.

    Parameters
    ----------
    essai : bool
        Dry run: nothing is written.
    """
    with perimetre(territoire=territoire, lecteur=True):
        found = lectures.due(lectures.territory(territoire), au)
        if essai:
            return BilanConservation(**found.counts())
        steps = {
            name: list(getattr(found, name).values_list("pk", flat=True))
            for name in ("pieces", "contenu", "preuve")
        }
        _erase_files(steps["pieces"])
        for start in range(0, len(steps["contenu"]), _LOT):
            _erase_contents(steps["contenu"][start : start + _LOT], au, maintenant)
        gone, cited = _erase_rows(steps["preuve"])
        for verb, ids in (
            ("conservation.pieces", steps["pieces"]),
            ("conservation.contenu", steps["contenu"]),
            ("conservation.preuve", gone),
        ):
            inscrire_plusieurs(
                acteur=acteur,
                verbe=verb,
                objet_type="demande",
                objets=[str(pk) for pk in ids],
                origine="tache",
            )
    return BilanConservation(len(steps["pieces"]), len(steps["contenu"]), len(gone), cited)


def _erase_files(ids: Iterable[uuid.UUID]) -> None:
    effacer(FichierPiece.objects.filter(piece__demande__in=list(ids)))


def _erase_contents(ids: list[uuid.UUID], au: dt.date, maintenant: dt.datetime) -> None:
    """Leave of a request its number, its dates, its reason, its events: no person can be read in it."""
    _erase_files(ids)
    for model in _ENFANTS:
        model._default_manager.filter(demande__in=ids).delete()
    Demande.objects.filter(pk__in=ids).update(**dict.fromkeys(_VIDEES), effacee_le=au, modifiee_le=maintenant)


def _erase_rows(ids: list[uuid.UUID]) -> tuple[list[uuid.UUID], int]:
    """Erase the rows that nothing cites; those of a commission stay, with their minutes."""
    gone, cited = [], 0
    for pk in ids:
        try:
            with transaction.atomic():
                Avertissement.objects.filter(demande_id=pk).delete()
                Demande.objects.filter(pk=pk).delete()
            gone.append(pk)
        except ProtectedError:
            cited += 1
    return gone, cited


def ramasser(*, avant: dt.datetime, connus: set[str]) -> int:
    """Erase the files that no paper names, written before an instant: a write was cut short.

    Parameters
    ----------
    connus : set of str
        Names that papers hold, of all territories.
    """
    if not default_storage.exists(DOSSIER):
        return 0
    files = [
        f"{DOSSIER}/{folder}/{name}"
        for folder in default_storage.listdir(DOSSIER)[0]
        for name in default_storage.listdir(f"{DOSSIER}/{folder}")[1]
    ]
    orphans = [f for f in files if f not in connus and default_storage.get_modified_time(f) < avant]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)
