"""Letters are prepared in the transaction of the act that causes them; one per act, whatever is run again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palier.base.periods import add_months
from palier.web.apps.attributions.models import (
    Candidature,
    Courrier,
    Decision,
    PointSeance,
    Proposition,
    Seance,
)
from palier.web.apps.attributions.queries import lettres
from palier.web.apps.attributions.queries.faits import loi_du, presented
from palier.web.apps.attributions.rules.courriers import make_code
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries.echeances import file_of, place_of
from palier.web.apps.demandes.rules.radiation import last_notice
from palier.web.apps.organismes.models import Organisme
from palier.web.horloge import local_day
from palier.web.identifiants import uuid7

LANGUES = ("en", "ar", "pt")
_TIRAGE = (1 << 28) - 1  # the drawn bits of an identifier


@dataclass(frozen=True, slots=True)
class Objet:
    """What a letter is about: its kind, the act that causes it, and by which day it must leave."""

    genre: str
    cle: str
    pour_le: dt.date
    candidature: Candidature | None = None
    decision: Decision | None = None
    proposition: Proposition | None = None
    courriel: bool = False


def preparer(
    objet: Objet, *, demande: Demande, organisme: uuid.UUID, faits: Mapping[str, Any], maintenant: dt.datetime
) -> Courrier:
    """Prepare a letter of an organisme about a request; the one of the same act if there is one already."""
    known = Courrier.objects.filter(cle=objet.cle).order_by("-essai").first()
    if known is not None:
        return known
    day = local_day(maintenant)
    content = {**lettres.around(demande, Organisme.objects.get(pk=organisme), day), **faits}
    return write(objet, demande, organisme, content, maintenant)


def write(
    objet: Objet,
    demande: Demande,
    organisme: uuid.UUID,
    contenu: Mapping[str, Any],
    maintenant: dt.datetime,
    essai: int = 1,
) -> Courrier:
    """Write the row of a letter, its content sealed, under a code that no other letter has."""
    wished = getattr(getattr(demande, "coordonnees", None), "langue", "")
    return Courrier.objects.create(
        organisme_id=organisme,
        demande=demande,
        territoire=demande.territoire,
        genre=objet.genre,
        candidature=objet.candidature,
        decision=objet.decision,
        proposition=objet.proposition,
        cle=objet.cle,
        essai=essai,
        langue=wished if wished in LANGUES else "",
        contenu=dict(contenu),
        sha256=seal(contenu),
        code=make_code(uuid7().int & _TIRAGE),
        courriel=objet.courriel,
        pour_le=objet.pour_le,
        prepare_le=maintenant,
    )


def seal(contenu: Mapping[str, Any]) -> str:
    """Return the hash of a content: sorted keys, no space, UTF-8."""
    text = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def de_la_decision(decision: Decision, maintenant: dt.datetime) -> Courrier:
    """Prepare the letter that tells a decision, in the session that closes."""
    candidature, day = decision.candidature, local_day(maintenant)
    about = Objet(decision.code, f"decision:{decision.pk}", day, candidature, decision)
    return preparer(
        about,
        demande=candidature.demande,
        organisme=candidature.bailleur_id,
        faits=lettres.of_decision(decision, day),
        maintenant=maintenant,
    )


def de_la_proposition(proposition: Proposition, maintenant: dt.datetime) -> Courrier:
    """Prepare the letter of an offer, to the first candidate or to one whose turn has come."""
    candidature = proposition.candidature
    before = Proposition.objects.filter(vacance_id=proposition.vacance_id).exclude(pk=proposition.pk).exists()
    genre = "proposition_suivante" if before else "proposition"
    about = Objet(
        genre, f"proposition:{proposition.pk}", proposition.envoyee_le, candidature, proposition=proposition
    )
    return preparer(
        about,
        demande=candidature.demande,
        organisme=candidature.bailleur_id,
        faits=lettres.of_offer(proposition, local_day(maintenant)),
        maintenant=maintenant,
    )


def de_la_fin(proposition: Proposition, maintenant: dt.datetime) -> Courrier:
    """Prepare the letter that tells how an offer ended: refused, or without an answer."""
    candidature, day = proposition.candidature, local_day(maintenant)
    about = Objet("proposition_passee", f"fin:{proposition.pk}", day, candidature, proposition=proposition)
    return preparer(
        about,
        demande=candidature.demande,
        organisme=candidature.bailleur_id,
        faits=lettres.of_offer(proposition, day),
        maintenant=maintenant,
    )


def de_la_seance(seance: Seance, maintenant: dt.datetime) -> int:
    """Prepare the letters of a session that closes: each decision, each home not examined."""
    rows = Decision.objects.filter(point__seance=seance, etat="votee").order_by("pk")
    made = [
        de_la_decision(decision, maintenant)
        for decision in rows.select_related("candidature__demande", "candidature__vacance", "point__seance")
    ]
    for point in seance.points.filter(etat="non_examine").select_related("vacance", "seance"):
        made += du_report(point, maintenant)
    return len(made)


def du_report(point: PointSeance, maintenant: dt.datetime) -> list[Courrier]:
    """Tell each candidate of a home that it was not examined, and that it comes back."""
    day = local_day(maintenant)
    told = lettres.of_postponement(point, day)
    live = [c for c in presented(point) if c.etat == "inscrite"]
    return [
        preparer(
            Objet("report", f"report:{point.pk}:{candidature.pk}", day, candidature),
            demande=candidature.demande,
            organisme=candidature.bailleur_id,
            faits=told,
            maintenant=maintenant,
        )
        for candidature in live
    ]


def de_la_radiation(demande: Demande, motif: str, le: dt.date, maintenant: dt.datetime) -> Courrier:
    """Tell a person that her request has left the register, for which reason, and the remedies."""
    loi = loi_du(le)
    facts = {
        "motif": motif,
        "radiee_le": le.isoformat(),
        "reference": lettres.reference(loi, "radiation_motifs"),
        "recours": lettres.remedies(demande, loi, le),
    }
    return preparer(
        Objet("radiation", f"radiation:{demande.pk}:{le.isoformat()}", le),
        demande=demande,
        organisme=demande.organismes[0],
        faits=facts,
        maintenant=maintenant,
    )


def de_l_avertissement(demande: Demande, organisme: uuid.UUID, maintenant: dt.datetime) -> Courrier:
    """Warn a person who no longer answers that her request may leave the register."""
    day = local_day(maintenant)
    loi = loi_du(day)
    facts = {
        "preavis_mois": int(loi.nombre("radiation_preavis_mois")),
        "preavis_reference": lettres.reference(loi, "radiation_preavis_mois"),
    }
    return preparer(
        Objet("avertissement", f"avertissement:{demande.pk}:{demande.expire_le.isoformat()}", day),
        demande=demande,
        organisme=organisme,
        faits=facts,
        maintenant=maintenant,
    )


def de_l_attestation(demande: Demande, organisme: uuid.UUID, maintenant: dt.datetime) -> Courrier:
    """Prove to a person that her request is registered, within the month of the law."""
    loi = loi_du(local_day(maintenant))
    last = add_months(demande.date_depot_initial, int(loi.nombre("attestation_demande_mois")))
    facts = {
        "depot_le": demande.date_depot_initial.isoformat(),
        "validite_mois": int(loi.nombre("demande_validite_mois")),
        "reference": lettres.reference(loi, "attestation_demande_mois"),
    }
    return preparer(
        Objet("attestation", f"attestation:{demande.pk}", max(last, local_day(maintenant))),
        demande=demande,
        organisme=organisme,
        faits=facts,
        maintenant=maintenant,
    )


def du_renouvellement(demande: Demande, maintenant: dt.datetime) -> Courrier:
    """Tell a person to renew before the end of her request: by mail if an address is on file."""
    loi = loi_du(local_day(maintenant))
    known = getattr(demande, "coordonnees", None)
    facts = {
        "validite_mois": int(loi.nombre("demande_validite_mois")),
        "reference": lettres.reference(loi, "renouvellement_avis_mois"),
    }
    last = last_notice(loi, file_of(demande), place_of(demande))
    cle = f"renouvellement:{demande.pk}:{demande.expire_le.isoformat()}"
    return preparer(
        Objet("renouvellement", cle, last, courriel=bool(known and known.courriel)),
        demande=demande,
        organisme=demande.organismes[0],
        faits=facts,
        maintenant=maintenant,
    )
