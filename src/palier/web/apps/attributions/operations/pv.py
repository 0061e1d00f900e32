"""Minutes: made from what was written, signed by the president, chained, sent to the prefect."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from palier.engines.commission import seal
from palier.web.apps.attributions.models import Decision, Membre, PointSeance, Presence, Pv, Seance
from palier.web.apps.attributions.operations.acces import acte, lock, move, note
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.organismes.models import Organisme


def signer_pv(*, acteur: Acteur, seance: uuid.UUID, au: dt.date, maintenant: dt.datetime) -> Pv:
    """Sign the minutes of a closed session; their hash follows that of the minutes before.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-022, COM-086 a mention is missing.
    """
    with acte(acteur, "pv", "C", Seance, seance):
        held = lock(Seance, seance)
        Organisme.objects.select_for_update().get(pk=held.bailleur_id)  # one chain, one signature at a time
        signer = Membre.objects.filter(bailleur_id=held.bailleur_id).get(pk=str(acteur.membre))
        last = Pv.objects.filter(bailleur_id=held.bailleur_id).order_by("-numero").first()
        number, before = (last.numero + 1, last.empreinte) if last else (1, "")
        content = write(held, number, signer, maintenant)
        digest = seal(content, before)
        move("seance", held, "pv_signe", acteur.role, {"pv": {**content, "empreinte": digest}})
        held.pv_le = au
        held.save()
        made = Pv.objects.create(
            seance=held,
            bailleur_id=held.bailleur_id,
            numero=number,
            contenu=content,
            precedent=before,
            empreinte=digest,
            signe_par=signer,
            signe_le=maintenant,
        )
        note(acteur, "pv.signer", "seance", held.pk, held.bailleur_id)
    return made


def transmettre(*, acteur: Acteur, seance: uuid.UUID, envoi_le: dt.date | None) -> Seance:
    """Say that the minutes were sent to the prefect.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-022, COM-087.
    """
    with acte(acteur, "pv", "U", Seance, seance):
        held = lock(Seance, seance)
        move("seance", held, "transmise", acteur.role, {"envoi_le": envoi_le})
        held.envoi_le = envoi_le
        held.save()
        note(acteur, "pv.transmettre", "seance", held.pk, held.bailleur_id)
    return held


def write(seance: Seance, numero: int, signataire: Membre, maintenant: dt.datetime) -> dict[str, Any]:
    """Return the content of minutes: numbers of requests and ids of members, no name of an applicant."""
    points = list(seance.points.select_related("vacance").order_by("place"))
    return {
        "numero": numero,
        "seance": seance.numero,
        "date": seance.le.isoformat(),
        "mode": seance.mode,
        "lieu": seance.lieu or seance.mode,
        "ouverte": seance.ouverte_le and seance.ouverte_le.isoformat(),
        "close": seance.close_le and seance.close_le.isoformat(),
        "reglement": seance.reglement and seance.reglement.sha256,
        "president": str(signataire.pk),
        "presents": {str(p.place): _present(p) for p in points},
        "quorums": {str(p.place): [p.quorum_comptes, p.quorum_requis] for p in points},
        "ordre_du_jour": [str(p.vacance_id) for p in points],
        "decisions": [_item(p) for p in points],
        "signature": {"par": str(signataire.pk), "le": maintenant.isoformat()},
    }


def _present(point: PointSeance) -> list[dict[str, Any]]:
    rows = Presence.objects.filter(point=point).select_related("membre").order_by("pointee_le", "pk")
    return [
        {
            "membre": str(p.membre_id),
            "qualite": p.membre.qualite,
            "a": p.pointee_le.isoformat(),
            "sorti": p.interet,
        }
        for p in rows
    ]


def _item(point: PointSeance) -> dict[str, Any]:
    decisions = (
        Decision.objects.filter(point=point)
        .exclude(etat="proposee")
        .select_related("candidature")
        .order_by("rang", "candidature__numero_unique")
    )
    return {
        "place": point.place,
        "nature": point.nature,
        "etat": point.etat,
        "non_examen": point.motif_non_examen,
        "exception": point.exception,
        "votes": {"oui": point.oui, "non": point.non, "abstention": point.abstentions},
        "departage": point.departage,
        "ecarts": [{"numero": e["numero"], "code": e["code"]} for e in point.ecarts],
        "decisions": [
            {
                "numero": d.candidature.numero_unique,
                "code": d.code,
                "rang": d.rang,
                "motifs": sorted(d.motifs),
                "condition": d.condition_piece,
                "corrige": d.corrige_id and str(d.corrige_id),
            }
            for d in decisions
        ],
    }
