"""Facts of a good case, and the bad ones that a row names: ``courte``, ``sans_quorum``."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

from palier.base.calendrier import Duree, count_delai
from palier.engines.commission import (
    Bail,
    Cloture,
    Mandat,
    Offre,
    Reponse,
    check_dossiers,
    close_point,
    count_echeance,
    make_offre,
    preview_point,
)
from palier.engines.commission.run.gardes_seance import PV
from tests.cases.commission import outils
from tests.cases.commission.outils import JOUR, LOI, NOMS, PARIS, REGLEMENT

N1 = NOMS["n1"]
UN = dt.timedelta(days=1)
REFUS = [{"numero": n, "code": "non_attribution", "motifs": ["DETTE"]} for n in ("n2", "n3")]


def closing(first: dict[str, Any], **row: Any) -> Cloture:
    """A home closed with a decision for n1 and two refusals."""
    values = {
        "presents": ["o1", "o2", "o3"],
        "oui": ["o1"],
        "decisions": [{"numero": "n1", **first}, *REFUS],
        **row,
    }
    return preview_point(outils.seance(), outils.point(values), LOI)


def short_offer() -> Offre:
    """Nine days, which the engine never makes."""
    offre = make_offre(N1, JOUR, LOI, PARIS)
    nine = replace(offre.minimum, duree=Duree(9, "jours"))
    return replace(offre, echeance=count_delai(nine, JOUR, PARIS))


@cache
def good() -> dict[str, object]:
    """Facts with which every arrow may be taken, one at a time."""
    point = outils.point(
        {
            "presents": ["o1", "o2", "o3"],
            "oui": ["o1"],
            "decisions": [{"numero": "n1", "code": "attribution"}, *REFUS],
        }
    )
    home = {
        "loyer_cent": 45000,
        "surface_m2": 60,
        "financement": "plus",
        "dpe_classe": "c",
        "accessible": False,
    }
    return {
        "au": JOUR,
        "conge_le": JOUR,
        "bail_fin": dt.date(2027, 2, 28),
        "vacances_ouvertes": 0,
        "livraison_le": JOUR,
        "logement": home,
        "convention_du": dt.date(2026, 1, 1),
        "convention_au": dt.date(2028, 12, 31),
        "dans_perimetre": True,
        "orientations_en_cours": 0,
        "candidats_eligibles": 3,
        "renonciation_le": None,
        "conventions_vivantes": 0,
        "dit_non_reserve": False,
        "terme_reservataire": count_echeance("reservataire", dt.date(2026, 1, 31), LOI, PARIS),
        "motif_retrait": "travaux",
        "numero": N1,
        "dossier": outils.dossier("n1"),
        "seance_le": JOUR,
        "loi": LOI,
        "motifs_ecart": (),
        "dossiers": check_dossiers(point.logement, point.dossiers, JOUR, LOI),
        "seance_etat": "ouverte",
        "cloture": close_point(outils.seance(), point, LOI),
        "rangs_devant": 0,
        "offre": make_offre(N1, JOUR, LOI, PARIS),
        "reponse": Reponse(N1, JOUR + 3 * UN, "oui", "demandeur"),
        "candidature_etat": "sans_reponse",
        "rangs_restants": 2,
        "piece_recue_le": None,
        "identite_verifiee": True,
        "bail": Bail(N1, JOUR + 5 * UN),
        "cause_caducite": "loge_ailleurs",
        "vacance_etat": "attribuee",
        "reglement": REGLEMENT,
        "seance": outils.seance(),
        "points_ouverts": 0,
        "pv": dict.fromkeys(PV, "x"),
        "envoi_le": JOUR,
        "motif": "locaux fermés",
        "notifiee_le": JOUR,
        "echeance_recours": count_echeance("recours", dt.date(2026, 1, 15), LOI, PARIS),
        "recours_clos_le": JOUR,
    }


@cache
def named() -> dict[tuple[str, str], object]:
    """Facts that rows call by name."""
    offre = make_offre(N1, JOUR, LOI, PARIS)
    home = outils.logement()
    two = check_dossiers(home, [outils.dossier(n) for n in ("n1", "n2")], JOUR, LOI)
    late = outils.seance({"convoquee_le": JOUR + UN})
    mandat = Mandat(frozenset({"lire"}), dt.date(2027, 1, 1))
    waiting = {"code": "attribution_condition", "condition": ["emploi", dt.date(2026, 12, 10)]}
    return {
        ("dossier", "loge"): outils.dossier({"numero": "n1", "statut": "attribuee"}),
        ("dossier", "radie"): outils.dossier({"numero": "n1", "statut": "radiee"}),
        ("dossiers", "deux"): two,
        ("dossiers", "faux"): replace(two, conforme=True, problemes=()),
        ("cloture", "sans_quorum"): closing({"code": "attribution"}, presents=["o1", "o2"]),
        ("cloture", "rejetee"): closing({"code": "attribution"}, oui=[], non=["o1"]),
        ("cloture", "refus"): closing({"code": "non_attribution", "motifs": ["DETTE"]}),
        ("cloture", "condition"): closing(waiting),
        ("offre", "courte"): short_offer(),
        ("offre", "decalee"): replace(offre, recue_le=JOUR - UN),
        ("reponse", "refus"): Reponse(N1, JOUR + UN, "non", "demandeur"),
        ("reponse", "tardive"): Reponse(N1, JOUR + 11 * UN, "oui", "demandeur"),
        ("reponse", "accompagnant"): Reponse(N1, JOUR + UN, "oui", "accompagnant", mandat),
        ("bail", "tot"): Bail(N1, JOUR - UN),
        ("numero", "inconnu"): NOMS["n9"],
        ("seance", "tardive"): late,
        ("reglement", "autre"): replace(REGLEMENT, sha256="autre"),
        ("pv", "incomplet"): {**dict.fromkeys(PV, "x"), "signature": "", "lieu": None},
    }


def facts(row: dict[str, Any], vers: str) -> dict[str, object]:
    """Facts of a row: the good ones, changed as it says; ``aucun`` is None, null removes."""
    made: dict[str, object] = {**good(), "vers": vers}
    for name, value in row.items():
        if value is None:
            made.pop(name)
        elif isinstance(value, list):
            made[name] = tuple(value)
        else:
            made[name] = None if value == "aucun" else named().get((name, str(value)), value)
    return made
