"""A session as a record that replays it: what stood on its day, and what was counted.

Call inside the perimeter of its landlord; numbers of requests, no name.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from palier.engines.commission import objectif_said
from palier.engines.commission.run.enregistrement import FORMAT
from palier.web.apps.attributions.models import Candidature, Decision, PointSeance, Pv, Seance
from palier.web.apps.attributions.queries import objectifs
from palier.web.apps.attributions.queries.faits import (
    bulletins_of,
    dossier_of,
    membres_at,
    presences_of,
)
from palier.web.apps.attributions.rules import departement_of
from palier.web.apps.demandes.models import Demande, EvenementDemande

COMPTE = (
    "quorum_base", "quorum_comptes", "quorum_requis", "quorum_effectif", "dossiers_n", "dossiers_requis",
    "exception", "oui", "non", "abstentions", "departage",
)  # fmt: skip


def record(seance: Seance) -> dict[str, Any]:
    """Return a session that was called, as JSON would write it."""
    assert seance.reglement is not None  # it was called
    assert seance.convoquee_le is not None
    made = Pv.objects.filter(seance=seance).first()
    return {
        "palier": FORMAT,
        "organisme": seance.bailleur.siren,
        "seance": {
            "numero": seance.numero,
            "le": seance.le.isoformat(),
            "convoquee_le": seance.convoquee_le.isoformat(),
            "mode": seance.mode,
            "etat": seance.etat,
        },
        "reglement": seance.reglement.texte,
        "membres": [
            {"id": m.id, "qualite": m.qualite, "lieu": m.lieu, "president": m.president}
            for m in membres_at(seance.bailleur_id, seance.le)
        ],
        "points": [_item(p, seance.le) for p in seance.points.select_related("vacance", "recherche")],
        "objectifs": [objectif_said(o) for o in objectifs.of_year(seance.bailleur_id, seance.le).objectifs],
        "pv": made and {"contenu": made.contenu, "precedent": made.precedent, "empreinte": made.empreinte},
    }


def _item(point: PointSeance, le: dt.date) -> dict[str, Any]:
    taken = Decision.objects.filter(point=point).exclude(etat="proposee").select_related("candidature")
    search, ballot = point.recherche, (point.scrutin_ouvert, point.scrutin_ferme)
    return {
        "place": point.place,
        "nature": point.nature,
        "etat": point.etat,
        "non_examen": point.motif_non_examen,
        "logement": _home(point, le),
        "dossiers": _files(point, le),
        "presences": [
            {"membre": p.membre, "pouvoirs": list(p.pouvoir_de), "interet": p.interet}
            for p in presences_of(point)
        ],
        "bulletins": [
            {"membre": b.membre, "sens": b.sens, "par": b.par, "recu": b.recu and b.recu.isoformat()}
            for b in bulletins_of(point)
        ],
        "decisions": [_decision(d) for d in taken.order_by("pk")],
        "ordre": list(point.ordre),
        "ecarts": [{nom: e[nom] for nom in ("numero", "code", "texte")} for e in point.ecarts],
        "recherche": search
        and {
            "au": search.au.isoformat(),
            "n": search.n,
            "eligibles": search.eligibles,
            "motifs": search.motifs,
        },
        "scrutin": [t.isoformat() for t in ballot if t] if all(ballot) else None,
        "compte": {nom: getattr(point, nom) for nom in COMPTE},
    }


def _home(point: PointSeance, le: dt.date) -> dict[str, Any]:
    """Return the home as its college was that day: a later orientation gives no seat."""
    home = point.vacance
    held = home.orientations.filter(notifiee_le__lte=le).order_by("-notifiee_le", "-pk")
    return {
        "id": str(home.pk),
        "commune": home.commune_code,
        "departement": departement_of(home.commune_code),
        "epci": home.epci or None,
        "mandant": home.mandant or None,
        "reservataire": held.values_list("convention__reservataire__siren", flat=True).first(),
        "d331_25_1": home.d331_25_1,
    }


def _files(point: PointSeance, le: dt.date) -> list[dict[str, Any]]:
    """Return the files that were before the session: decided there, or withdrawn before it."""
    rows = Candidature.objects.filter(vacance_id=point.vacance_id).select_related("demande")
    there = Q(decisions__point=point) | Q(etat="retiree", retire_le__lte=le)
    return [_file(c, le) for c in rows.filter(there).distinct().order_by("numero_unique")]


def _file(candidature: Candidature, le: dt.date) -> dict[str, Any]:
    held, demande = dossier_of(candidature), candidature.demande
    gone_since = demande.radiee_le is not None and demande.radiee_le >= le
    left = candidature.retire_le
    return {
        "numero": held.numero,
        "depot": held.depot.isoformat(),
        "renouvellement": _renewed(demande, le),
        "statut": "active" if gone_since else held.statut,
        "designe_prefet": held.designe_prefet,
        "dalo": held.dalo,
        "retire_le": left.isoformat() if left is not None and left <= le else None,
    }


def _renewed(demande: Demande, le: dt.date) -> str | None:
    """Return the last renewal known on a day; one that is later hides those that no event kept."""
    last: dt.date | None = demande.date_renouvellement
    if last is not None and last > le:
        kept = EvenementDemande.objects.filter(demande=demande, evenement_type="renouvellement")
        before = kept.filter(evenement_date__lte=le).order_by("-evenement_date")
        last = before.values_list("evenement_date", flat=True).first() or last
    return last.isoformat() if last is not None else None


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "numero": decision.candidature.numero_unique,
        "code": decision.code,
        "rang": decision.rang,
        "piece": decision.condition_piece,
        "limite": decision.condition_limite and decision.condition_limite.isoformat(),
        "motifs": decision.motifs,
        "texte": decision.texte,
    }
