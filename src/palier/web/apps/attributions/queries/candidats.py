"""Candidates of a home, as its page lists them. Inside the perimeter of the landlord."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from palier.base.mots import word
from palier.engines.commission import load_machine
from palier.web.apps.attributions.models import Candidature, Vacance
from palier.web.apps.attributions.queries.faits import FAVORABLES, OFFERTES, VIVANTES


def rows_of(vacance: Vacance, langue: str) -> list[dict[str, Any]]:
    """Return the candidates of a home, in the order of the points, those that are over last."""
    states = load_machine("candidature").etats
    rows = Candidature.objects.filter(vacance=vacance).select_related("proposee_par")
    ordered = sorted(
        rows, key=lambda c: (c.etat not in VIVANTES, c.ordre is None, c.ordre or 0, c.numero_unique)
    )
    return [
        {
            "candidature": c,
            "etat": states[c.etat].libelle,
            "vivante": c.etat in VIVANTES,
            "par": c.proposee_par.nom,
            "motifs": [word(f"recherche.nom.{code}", langue) for code in c.motifs_ecart],
        }
        for c in ordered
    ]


def turn(vacance: Vacance) -> Candidature | None:
    """Return the candidate to whom the home is to be offered now; None while somebody has an offer."""
    rows = Candidature.objects.filter(vacance=vacance)
    if vacance.etat != "attribuee" or rows.filter(etat__in=OFFERTES).exists():
        return None
    return rows.filter(etat__in=FAVORABLES).order_by(F("rang").asc(nulls_first=True), "pk").first()


def accepted(vacance: Vacance) -> Candidature | None:
    """Return the candidate who accepted the home."""
    return Candidature.objects.filter(vacance=vacance, etat="acceptee").first()
