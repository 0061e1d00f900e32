"""Facts of a letter, as its content keeps them. Call inside a perimeter that sees the request."""

from __future__ import annotations

import datetime as dt
from typing import Any

from palier.engines import commission as moteur
from palier.law import LoiAu
from palier.web.apps.attributions.models import Candidature, Decision, PointSeance, Proposition, Vacance
from palier.web.apps.attributions.queries.faits import calendrier_of, decided, loi_du
from palier.web.apps.demandes.models import Demande
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.territoires.queries import communes_at

_RECOURS = "recours_administratif_mois"


def around(demande: Demande, organisme: Organisme, au: dt.date) -> dict[str, Any]:
    """Return what stands around every letter: who writes, to whom, of which request, on which day."""
    known = getattr(demande, "coordonnees", None)
    who = " ".join(filter(None, (demande.prenom, demande.nom)))
    return {
        "emetteur": [organisme.nom, *filter(None, [organisme.adresse])],
        "telephone": organisme.telephone,
        "courriel": organisme.courriel,
        "destinataire": [who or demande.numero_unique, *(known.adresse if known else [])],
        "sans_adresse": not (known and known.adresse),
        "numero_unique": demande.numero_unique,
        "le": au.isoformat(),
        "expire_le": demande.expire_le.isoformat(),
    }


def home(vacance: Vacance, au: dt.date) -> dict[str, Any]:
    """Return the home as a letter describes it, and what it costs each month."""
    place = communes_at([vacance.commune_code], au).get(vacance.commune_code)
    return {
        "typologie": vacance.typologie,
        "surface_m2": vacance.surface_m2,
        "commune": place.nom if place else vacance.commune_code,
        "etage": vacance.etage,
        "ascenseur": vacance.ascenseur,
        "dpe_classe": vacance.dpe_classe or "",
        "loyer_cent": vacance.loyer_cent,
        "charges_cent": vacance.charges_cent,
        "total_cent": None if vacance.loyer_cent is None else vacance.loyer_cent + vacance.charges_cent,
    }


def of_decision(decision: Decision, au: dt.date) -> dict[str, Any]:
    """Return the facts of a decision, with the remedies that the law opens against it."""
    loi, candidature = loi_du(au), decision.candidature
    found: dict[str, Any] = {
        "logement": home(candidature.vacance, au),
        "seance_le": decision.point.seance.le.isoformat(),
        "rang": decision.rang,
        "motifs": decision.motifs,
        "texte": decision.texte,
        "corrige": decision.corrige_id is not None,
        "jours": int(loi.nombre("caleol_offre_delai_jours")),
    }
    if decision.condition_limite is not None:
        found |= {"piece": decision.condition_piece, "limite": decision.condition_limite.isoformat()}
    if decision.code == "irrecevabilite":
        found["preavis_mois"] = int(loi.nombre("radiation_preavis_mois"))
        found["preavis_reference"] = reference(loi, "radiation_preavis_mois")
    if decision.code in ("non_attribution", "irrecevabilite"):
        found |= {"recours": remedies(candidature.demande, loi, au), "points": points(candidature)}
    elif (decision.rang or 1) > 1:
        found["sans_recours"] = loi.get("caleol_recours").details["rang_suivant"]["source"]
    return found


def remedies(demande: Demande, loi: LoiAu, au: dt.date) -> dict[str, Any]:
    """Return how long the remedies are open, by which texts, and the last day if received on ``au``."""
    term = moteur.count_echeance("recours", au, loi, calendrier_of(demande, loi))
    return {
        "mois": int(loi.nombre(_RECOURS)),
        "reference": reference(loi, _RECOURS),
        "juge": loi.get("caleol_recours").details["refus"]["source"],
        "exemple": term.limite.isoformat(),
    }


def reference(loi: LoiAu, id_: str) -> str:
    """Return the text behind a value of the law, as a letter quotes it."""
    held = loi.get(id_).reference
    return ", ".join(filter(None, (held.texte, held.article)))


def points(candidature: Candidature) -> dict[str, int] | None:
    """Return the points of a candidate and of the first rank as the commission saw them; nothing else."""
    if candidature.total is None:
        return None
    first = Candidature.objects.filter(vacance_id=candidature.vacance_id, rang=1).exclude(pk=candidature.pk)
    best = first.exclude(total=None).values_list("total", flat=True).first()
    return None if best is None else {"votre": candidature.total, "retenue": best}


def of_offer(proposition: Proposition, au: dt.date) -> dict[str, Any]:
    """Return the facts of an offer, or of its end."""
    loi = loi_du(proposition.recue_le)
    held = decided(proposition.candidature)
    found = {
        "logement": home(proposition.vacance, au),
        "rang": proposition.rang,
        "jours": proposition.jours or int(loi.nombre("caleol_offre_delai_jours")),
        "jours_reference": reference(loi, "caleol_offre_delai_jours"),
        "limite": proposition.limite.isoformat(),
        "etat": proposition.etat,
    }
    if held.condition_limite is not None and proposition.candidature.piece_recue_le is None:
        found |= {"piece": held.condition_piece, "piece_limite": held.condition_limite.isoformat()}
    return found


def of_postponement(point: PointSeance, au: dt.date) -> dict[str, Any]:
    """Return the facts of a home that was not examined."""
    return {
        "logement": home(point.vacance, au),
        "seance_le": point.seance.le.isoformat(),
        "motif": point.motif_non_examen,
    }
