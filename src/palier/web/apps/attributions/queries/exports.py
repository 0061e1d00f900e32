"""Tables that go out as CSV: nothing of class 3 or 4. Call inside a perimeter."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from palier.engines.commission import load_machine
from palier.web.apps.attributions.models import Candidature, Decision, Vacance

_PERSONNE = ("nom", "prenom")  # class 2: by right only
_DEMANDE = ("date_depot_initial", "nb_personnes")  # class 2
VACANCES = {
    "reference": pl.String, "etat": pl.String, "commune_code": pl.String, "typologie": pl.String,
    "surface_m2": pl.Int64, "financement": pl.String, "loyer_logement_cent": pl.Int64,
    "charges_logement_cent": pl.Int64, "conge_le": pl.Date, "bail_fin": pl.Date, "ouverte_le": pl.Date,
    "motif_retrait": pl.String,
}  # fmt: skip
CANDIDATURES = {
    "reference": pl.String, "commune_code": pl.String, "typologie": pl.String, "numero_unique": pl.String,
    "date_depot_initial": pl.Date, "nb_personnes": pl.Int64, "proposee_par": pl.String,
    "proposee_le": pl.Date, "etat": pl.String, "motifs_ecart": pl.String, "ordre": pl.Int64,
    "rang": pl.Int64,
}  # fmt: skip
DECISIONS = {
    "seance": pl.Int64, "seance_le": pl.Date, "reference": pl.String, "numero_unique": pl.String,
    "decision": pl.String, "rang": pl.Int64, "motifs": pl.String, "condition_piece": pl.String,
    "condition_limite": pl.Date, "etat": pl.String, "notifiee_le": pl.Date, "recours_limite": pl.Date,
    "rectifie": pl.String,
}  # fmt: skip


def _frame(rows: Iterable[Sequence[Any]], types: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=types, orient="row")


def proposed_by(reservataire: uuid.UUID, identite: bool) -> pl.DataFrame:
    """Return the candidates that a réservataire proposed; names where it has the right to read them."""
    rows = Candidature.objects.filter(proposee_par_id=reservataire)
    return _candidacies(rows, identite)


def vacancies(bailleur: uuid.UUID, du: dt.date, au: dt.date) -> pl.DataFrame:
    """Return the homes of a landlord that were opened between two days."""
    rows = Vacance.objects.filter(bailleur_id=bailleur, ouverte_le__date__range=(du, au))
    return _frame(
        (
            (
                v.logement.identifiant, v.etat, v.commune_code, v.typologie, v.surface_m2, v.financement,
                v.loyer_cent, v.charges_cent, v.conge_le, v.bail_fin, v.ouverte_le.date(), v.motif_retrait,
            )
            for v in rows.select_related("logement").order_by("ouverte_le", "pk").iterator()
        ),
        VACANCES,
    )  # fmt: skip


def candidacies(bailleur: uuid.UUID, du: dt.date, au: dt.date) -> pl.DataFrame:
    """Return the candidates of a landlord's homes that were proposed between two days, without names."""
    return _candidacies(Candidature.objects.filter(bailleur_id=bailleur, proposee_le__range=(du, au)), False)


def decisions(bailleur: uuid.UUID, du: dt.date, au: dt.date) -> pl.DataFrame:
    """Return the decisions of a landlord's sessions held between two days, by number."""
    rows = Decision.objects.filter(
        point__seance__bailleur_id=bailleur, point__seance__le__range=(du, au)
    ).exclude(etat="proposee")
    found = rows.select_related("point__seance", "point__vacance__logement", "candidature")
    return _frame(
        (
            (
                d.point.seance.numero, d.point.seance.le, d.point.vacance.logement.identifiant,
                d.candidature.numero_unique, d.code, d.rang, "|".join(d.motifs), d.condition_piece,
                d.condition_limite, d.etat, d.notifiee_le, d.recours_limite,
                "" if d.corrige_id is None else "oui",
            )
            for d in found.order_by("point__seance__numero", "point__place", "candidature__numero_unique")
        ),
        DECISIONS,
    )  # fmt: skip


def _candidacies(rows: Any, identite: bool) -> pl.DataFrame:
    states = load_machine("candidature").etats
    found = rows.select_related("vacance__logement", "demande", "proposee_par").order_by("proposee_le", "pk")
    types = CANDIDATURES | (dict.fromkeys(_PERSONNE, pl.String) if identite else {})
    names = _PERSONNE if identite else ()
    return _frame(
        (
            (
                c.vacance.logement.identifiant, c.vacance.commune_code, c.vacance.typologie, c.numero_unique,
                *(getattr(c.demande, nom) for nom in _DEMANDE), c.proposee_par.nom, c.proposee_le,
                states[c.etat].libelle, "|".join(c.motifs_ecart), c.ordre, c.rang,
                *(getattr(c.demande, nom) for nom in names),
            )
            for c in found
        ),
        types,
    )  # fmt: skip
