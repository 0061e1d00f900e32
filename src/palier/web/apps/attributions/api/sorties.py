"""Rows as the API answers them."""

from typing import Any

from palier.engines.recherche.run import Candidats
from palier.tables import colonne
from palier.web.apps.attributions.models import (
    Bail,
    Candidature,
    Decision,
    PointSeance,
    Proposition,
    Seance,
    Vacance,
)
from palier.web.apps.demandes.models import Demande

_VACANCE = (
    "etat", "territoire", "commune_code", "typologie", "loyer_cent", "charges_cent", "surface_m2",
    "financement", "dpe_classe", "conge_le", "bail_fin", "livraison_le",
)  # fmt: skip


def _plain(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def vacance(row: Vacance) -> dict[str, Any]:
    """Return a home to allocate."""
    running = [o for o in row.orientations.all() if o.en_cours]
    held = None
    if running:
        one = running[0]
        held = {
            "convention": one.convention_id,
            "reservataire": one.convention.reservataire.siren,
            "notifiee_le": one.notifiee_le,
            "limite": one.limite,
        }
    return {"id": row.pk, "logement": row.logement.identifiant, **_plain(row, _VACANCE), "orientation": held}


def jugements(found: Candidats, numeros: list[str]) -> list[dict[str, Any]]:
    """Return what a search says of some requests; those that it did not meet are left out."""
    known = set(found.table["numero_unique"])
    orders = dict(found.table.select("numero_unique", "ordre").iter_rows())
    return [
        {"numero": n, "ordre": orders[n], "motifs": list(j.motifs), "signaux": list(j.signaux)}
        for n in numeros
        if n in known
        for j in [found.jugement(n)]
    ]


def candidature(row: Candidature) -> dict[str, Any]:
    """Return a request proposed for a home."""
    return {
        "id": row.pk,
        "vacance": row.vacance_id,
        "numero": row.numero_unique,
        "proposee_par": row.proposee_par.siren,
        **_plain(row, ("proposee_le", "etat", "motifs_ecart", "signaux", "ordre", "rang")),
    }


def seance(row: Seance) -> dict[str, Any]:
    """Return a session."""
    return {"id": row.pk, **_plain(row, ("numero", "le", "mode", "etat", "convoquee_le"))}


def point(row: PointSeance) -> dict[str, Any]:
    """Return a home on an agenda."""
    return {"id": row.pk, "vacance": row.vacance_id, **_plain(row, ("place", "nature", "etat"))}


def decision(row: Decision) -> dict[str, Any]:
    """Return what the commission decided for a candidate."""
    return {
        "id": row.pk,
        "candidature": row.candidature_id,
        "numero": row.candidature.numero_unique,
        "motifs": list(row.motifs),
        **_plain(
            row,
            ("code", "rang", "condition_piece", "condition_limite", "etat", "notifiee_le", "recours_limite"),
        ),
    }


def proposition(row: Proposition) -> dict[str, Any]:
    """Return the offer of a home."""
    return {
        "id": row.pk,
        "candidature": row.candidature_id,
        "vacance": row.vacance_id,
        **_plain(row, ("rang", "envoyee_le", "recue_le", "limite", "etat", "reponse_le", "canal")),
    }


def bail(row: Bail) -> dict[str, Any]:
    """Return a lease."""
    return {
        "id": row.pk,
        "candidature": row.candidature_id,
        **_plain(row, ("reference", "signe_le", "loyer_cent")),
    }


def demande(row: Demande) -> dict[str, Any]:
    """Return a request: nothing of class 3 or 4."""
    return {
        "id": row.pk,
        "numero": row.numero_unique,
        **_plain(row, ("statut", "date_depot_initial", "expire_le", "nom", "prenom", "nb_personnes")),
        "typologies": list(colonne("typologies").codes_of(row.typologies or 0)),
        "localisations": row.localisations or [],
    }
