"""One request as its page shows it, and the counts of the desk. Call inside an open perimeter."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from palier.tables import schema
from palier.web.apps.demandes.chiffrement import decrypt
from palier.web.apps.demandes.models import VIVANTES, Argent, Demande, Piece, Sensible
from palier.web.apps.demandes.models.acces import Fonctions
from palier.web.apps.demandes.models.colonnes import ARGENT, LIGNE, SENSIBLE

_DEUX_MOIS = dt.timedelta(days=61)
_COLONNES = {c.nom: c for c in schema("demandes").colonnes}
_DITS = {c.fait for c in _COLONNES.values() if c.sensibilite < 3}
_TUS = {c.fait for c in _COLONNES.values() if c.sensibilite == 4 and c.fait} | set(_COLONNES["motifs"].codes)
#: Facts whose name alone would tell what is of class 4.
FAITS_SENSIBLES = frozenset(_TUS - _DITS)


@dataclass(frozen=True)
class Fiche:
    """A request, its amounts, and its class 4 for a named reader only."""

    demande: Demande
    argent: dict[str, Any]
    sensible: dict[str, Any] | None
    pieces: list[Piece]
    pieces_tues: int


def counts(fonction: Fonctions, au: dt.date) -> tuple[int, int]:
    """Return how many requests of a function live, and how many die within two months."""
    alive = Demande.objects.pour(fonction).filter(statut__in=VIVANTES)
    return alive.count(), alive.filter(expire_le__range=(au, au + _DEUX_MOIS)).count()


def one(fonction: Fonctions, identifiant: uuid.UUID, *, lecteur: bool) -> Fiche | None:
    """Return a request of the perimeter; None for any other, whether it exists or not."""
    found = Demande.objects.pour(fonction).filter(pk=identifiant).first()
    if found is None:
        return None
    papers = list(Piece.objects.filter(demande=found).order_by("fait", "niveau"))
    shown = papers if lecteur else [p for p in papers if p.fait not in FAITS_SENSIBLES]
    return Fiche(found, amounts_of(found), sensitive_of(found) if lecteur else None, shown,
                 len(papers) - len(shown))  # fmt: skip


def amounts_of(demande: Demande) -> dict[str, Any]:
    """Return the class 3 of a request."""
    row = Argent.objects.filter(pk=demande.pk).values(*ARGENT).first()
    return dict.fromkeys(ARGENT) if row is None else dict(row)


def sensitive_of(demande: Demande) -> dict[str, Any]:
    """Return the class 4 of a request, opened; the database gives it to named readers and jobs only."""
    box = Sensible.objects.filter(pk=demande.pk).values_list("chiffre", flat=True).first()
    return {} if box is None else decrypt(demande.pk, bytes(box))


def plain_row(demande: Demande, argent: dict[str, Any], sensible: dict[str, Any]) -> dict[str, Any]:
    """Return a request as a row of the table ``demandes``, with the values that engines read."""
    row = (
        {nom: getattr(demande, nom) for nom in LIGNE} | argent | {nom: sensible.get(nom) for nom in SENSIBLE}
    )
    for nom in ("titre_sejour_au", "naissance_prevue"):
        if row[nom] is not None:
            row[nom] = dt.date.fromisoformat(row[nom])
    return row
