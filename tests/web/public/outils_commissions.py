"""A commission as the public sees it: a règlement, sessions, a small and a large extract."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from palier.web.apps.attributions.models import Reglement
from palier.web.apps.attributions.operations.pv import seal
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.public.models import SeancePubliee
from palier.web.apps.public.rules.extrait import PointLu, extract
from palier.web.identifiants import uuid7
from tests.web.attributions.outils import reglement

COMMUNE = "67482"


def point(**change: Any) -> PointLu:
    """A home of a session: size and commune may be told."""
    facts: dict[str, Any] = {
        "commune": COMMUNE, "typologie": "t3", "financement": "plus", "semblables": 11, "voisins": 40,
        "etat": "clos", "motif": "", "attribue": True, "quorum": (4, 3), "exception": "",
        "votes": (5, 1, 0), "decisions": ("attribution_rang", "attribution_rang", "non_attribution"),
        "ecarts": (),
    }  # fmt: skip
    return PointLu(**(facts | change))


def publie_commission(bailleur: Organisme, au: dt.date) -> None:
    """Two sessions with their extracts, one held, one cancelled, one to come."""
    texte = reglement(bailleur)
    Reglement.objects.create(
        bailleur=bailleur, texte=texte, sha256=hashlib.sha256(texte.encode()).hexdigest(),
        du=dt.date(2026, 1, 1),
    )  # fmt: skip
    small = [
        point(),
        point(exception="INSUFFISANCE", semblables=4),
        point(voisins=3, semblables=1, attribue=False, decisions=("non_attribution",)),
        point(etat="non_examine", motif="quorum", quorum=(None, None), decisions=()),
    ]
    large = [
        point(
            financement="plai" if k < 12 else "plus",
            typologie="t2" if k % 3 else "t4",
            exception="INSUFFISANCE" if k == 5 else "",
            ecarts=("URGENCE",) if k < 11 else (),
        )
        for k in range(30)
    ]
    before, minutes = "", ""
    for numero, points in enumerate((small, large), start=1):
        le = au - dt.timedelta(days=70 - 28 * numero)
        content = extract(
            numero=numero, seance=numero, le=le, mode="salle", reglement="a" * 64, points=points
        )
        digest = seal(content, before)
        own = hashlib.sha256(f"{minutes}{numero}".encode()).hexdigest()
        SeancePubliee.objects.create(
            **_facts(bailleur, numero, le, "signee", len(points)), pv_numero=numero, signe_le=le,
            extrait=content, empreinte_extrait=digest, empreinte=own, precedent=minutes,
        )  # fmt: skip
        before, minutes = digest, own
    for numero, days, etat in ((3, -3, "tenue"), (4, 10, "annulee"), (5, 21, "prevue")):
        SeancePubliee.objects.create(
            **_facts(bailleur, numero, au + dt.timedelta(days=days), etat, 8), pv_numero=None
        )


def _facts(bailleur: Organisme, numero: int, le: dt.date, etat: str, logements: int) -> dict[str, Any]:
    instant = dt.datetime.combine(le, dt.time(18), dt.UTC)
    return {
        "id": uuid7(), "organisme": bailleur, "numero": numero, "le": le, "etat": etat,
        "mode": "distance" if numero == 5 else "salle", "logements": logements, "publiee_le": instant,
    }  # fmt: skip
