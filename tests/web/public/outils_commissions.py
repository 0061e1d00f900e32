"""A commission as the public sees it: a règlement, sessions, a small and a large extract."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from palier import law
from palier.engines.commission import seal
from palier.web.apps.attributions.models import Reglement
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.public.models import BilanPublie, SeancePubliee
from palier.web.apps.public.rules.bilan import BailLu, PointDecide, report
from palier.web.apps.public.rules.extrait import PointLu, extract
from palier.web.identifiants import uuid7
from tests.web.attributions.outils import reglement

COMMUNE = "67482"
LOI = law.at(dt.date(2026, 6, 30), non_verifie=True)


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


def bail(**change: Any) -> BailLu:
    """A lease of a half-year."""
    facts: dict[str, Any] = {
        "bailleur": "732829320", "financement": "plus", "typologie": "t3", "commune": COMMUNE,
        "secteur": "Centre", "qpv": False, "contingent": "bailleur", "premier_quartile": True,
        "relogement": False, "prioritaire": False, "total": 100,
    }  # fmt: skip
    return BailLu(**(facts | change))


def contenu(bailleurs: tuple[str, str] = ("732829320", "111111118")) -> dict[str, Any]:
    """The report of an invented half-year of 180 leases."""
    leases = [
        bail(
            bailleur=bailleurs[k % 3 == 0], financement=("plai", "plus", "plus", "pls")[k % 4],
            typologie=("t2", "t3", "t3", "t4", "t5")[k % 5], commune=(COMMUNE, "67218", "67447")[k % 3],
            secteur=("Centre", "Couronne")[k % 2], qpv=k % 4 == 0, premier_quartile=k % 3 != 0,
            prioritaire=k % 4 < 2, contingent=("bailleur", "reservataire", "etat")[k % 3], total=60 + k % 90,
        )
        for k in range(180)
    ]  # fmt: skip
    points = [
        PointDecide(k // 20, ("URGENCE",) if k % 9 == 0 else (), "INSUFFISANCE" if k % 12 == 0 else "",
                    ("attribution_rang", "attribution_rang", "non_attribution"))
        for k in range(200)
    ]  # fmt: skip
    canaux = [(("bailleur", "reservataire")[k % 2], ("bail", "rang", "non_attribution")[k % 3])
              for k in range(600)]  # fmt: skip
    return report(leases, points, canaux, {}, LOI)


def publie_bilan(territoire: str = "246700488") -> BilanPublie:
    """The report of the first half of 2026."""
    return BilanPublie.objects.create(
        territoire=territoire, du=dt.date(2026, 1, 1), au=dt.date(2026, 6, 30), contenu=contenu(),
        provenance={"quartile": {"origine": "estime"}},
        publiee_le=dt.datetime(2026, 8, 1, 6, tzinfo=dt.UTC),
    )  # fmt: skip
