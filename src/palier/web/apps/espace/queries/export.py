"""Everything that is held of a request, for its person (RGPD, articles 15 and 20)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from palier.web.apps.cotation.queries import scores
from palier.web.apps.demandes.models import EvenementDemande, Personne, Piece, Ressource
from palier.web.apps.demandes.models.colonnes import LIGNE
from palier.web.apps.demandes.queries import fiche
from palier.web.apps.espace.queries import candidatures, ecrits, lecteurs
from palier.web.apps.espace.queries.candidatures import Suivi
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.postgres.perimetre import perimetre


def everything(dossier: Dossier) -> dict[str, Any]:
    """Return the request, its children, its score, its candidacies, its readers, as plain data."""
    held = dossier.demande
    with perimetre(demandes=[held.pk], lecteur=True):
        score = scores.current(held)
        reached = ecrits.address_on_file(held.pk)
        found: dict[str, Any] = {
            "demande": {
                "numero_unique": held.numero_unique,
                "statut": held.statut,
                "expire_le": held.expire_le,
            }
            | {nom: getattr(held, nom) for nom in LIGNE if hasattr(held, nom)},
            "montants": fiche.amounts_of(held),
            "reserve": fiche.sensitive_of(held),
            "coordonnees": _row(reached, "courriel", "telephone", "adresse"),
            "personnes": list(Personne.objects.filter(demande=held).values()),
            "ressources": list(Ressource.objects.filter(demande=held).values()),
            "evenements": list(EvenementDemande.objects.filter(demande=held).values()),
            "pieces": list(
                Piece.objects.filter(demande=held).values("fait", "etat", "niveau", "recue_le", "jugee_le")
            ),
            "points": None if score is None else scores.table_row(score) | {"au": score.calcul.au},
            "mandats": [_row(m, "nom", "portees", "du", "au", "revoque_le") for m in ecrits.given(held.pk)],
            "ecrits": [_row(e, "genre", "texte", "role", "ecrit_le") for e in ecrits.written(held.pk)],
        }
    found["candidatures"] = [_candidacy(s) for s in candidatures.of(held.pk)]
    found["lectures"] = [
        {"instant": r.instant, "organisme": r.organisme, "sensible": r.sensible} for r in lecteurs.of(held.pk)
    ]
    found["actes"] = [
        {"instant": e.instant, "acte": e.verbe, "champs": e.champs} for e in lecteurs.acts(held.pk)
    ]
    return {nom: _plain(value) for nom, value in found.items()}


def _candidacy(suivi: Suivi) -> dict[str, Any]:
    held, offer = suivi.decision, suivi.proposition
    return {
        **_row(suivi.candidature, "etat", "motifs_ecart", "proposee_le", "retire_le", "rang"),
        "bailleur": suivi.bailleur,
        "commune": suivi.lieu,
        "decision": _row(held, "code", "rang", "motifs", "texte", "notifiee_le", "recours_limite")
        if held
        else None,
        "proposition": _row(offer, "envoyee_le", "recue_le", "limite", "etat", "reponse_le", "canal")
        if offer
        else None,
    }


def _row(row: Any, *noms: str) -> dict[str, Any]:
    return {} if row is None else {nom: getattr(row, nom) for nom in noms}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(nom): _plain(inner) for nom, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
