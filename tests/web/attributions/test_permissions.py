"""PLA-O42 to O49 through pages and API, on one world (tests/cases/attributions/permissions.yaml)."""

from __future__ import annotations

import html
from typing import Any

import pytest
import yaml
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from palier.engines.secret import SEUIL
from palier.web.apps.attributions.operations import points
from palier.web.apps.attributions.queries import agregats
from palier.web.apps.attributions.rules.agregats import hide
from palier.web.apps.demandes.models import Demande
from palier.web.apps.journal.models import Evenement
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.operations import creer_cle
from palier.web.middleware.erreurs import ErreursMiddleware
from palier.web.postgres.perimetre import perimetre
from tests.conftest import RACINE
from tests.web.attributions.outils import SESSION, TERRITOIRE, Monde, a
from tests.web.personnel import client_de, creer_agent, creer_organisme

CAS = yaml.safe_load((RACINE / "tests/cases/attributions/permissions.yaml").read_text(encoding="utf-8"))[
    "cas"
]


class Scene:
    """One home oriented, a candidate of each side, and who asks."""

    def __init__(self) -> None:
        self.monde = monde = Monde()
        home = monde.orientee()
        mine, theirs = monde.numeros[:2]
        with perimetre(organismes=[monde.bailleur.pk, monde.reservataire.pk]):
            Demande.objects.filter(numero_unique=theirs).update(organismes=[monde.bailleur.pk])
            asked = {d.numero_unique: d for d in Demande.objects.filter(numero_unique__in=[mine, theirs])}
        monde.proposer(home, mine)
        other = monde.proposer(home, theirs, monde.agent)
        self.objets = {
            "vacance": home.pk, "candidat_autre": other.pk, "demande_sienne": asked[mine].pk,
            "demande_autre": asked[theirs].pk,
        }  # fmt: skip
        self.mots = {
            "numero_sien": mine, "numero_autre": theirs, "nom_sien": f">{asked[mine].nom}<",
            "bailleur": monde.bailleur.nom, "masque": "calcul masqué",
            "ferme": "réservés aux lecteurs nommés",
            "motif_principal": "Motif principal",
        }  # fmt: skip
        epci = Organisme.objects.filter(siren=TERRITOIRE).first() or Organisme.objects.create(
            siren=TERRITOIRE, nom="Intercommunalité", genre="epci"
        )
        self.comptes = {
            "agent": creer_agent("agent_bailleur", monde.bailleur),
            "admin": creer_agent("admin_bailleur", monde.bailleur),
            "autre_agent": creer_agent("agent_bailleur"),
            "reservataire": creer_agent("reservataire", monde.reservataire),
            "autre_reservataire": creer_agent("reservataire"),
            "auditeur": creer_agent("auditeur"),
            "epci": creer_agent("epci", epci),
        }

    def answer(self, cas: dict[str, Any]) -> tuple[int, str]:
        """Ask; return the status and the words."""
        if "acte" in cas:
            return getattr(self, cas["acte"])(cas["qui"]), ""
        if "chemin" in cas:
            owner = self.monde.bailleur if cas["qui"] == "cle" else creer_organisme()
            secret = creer_cle(
                acteur="essai", organisme=owner, libelle="x", portees=["attributions:lire"],
                expire_le=SESSION.replace(year=2099),
            )[1]  # fmt: skip
            path = "/api/v1/attributions/" + cas["chemin"].format(**self.objets)
            found = Client().get(path, headers={"Authorization": f"Bearer {secret}"})
        else:
            args = [self.objets[cas["objet"]]] if "objet" in cas else []
            client = client_de(self.comptes[cas["qui"]])
            found = client.generic(cas.get("methode", "GET"), reverse(cas["vue"], args=args))
        return found.status_code, html.unescape(found.content.decode()).replace("’", "'")

    def voter(self, qui: str) -> int:
        """Cast a ballot as somebody without a seat: what the site answers to it."""
        actor = {"agent": self.monde.agent, "reservataire": self.monde.res}[qui]

        def view(request: HttpRequest) -> Any:
            del request
            return points.voter(
                acteur=actor, point=self.objets["vacance"], membre=self.objets["vacance"], sens="oui",
                maintenant=a(SESSION),
            )  # fmt: skip

        request = RequestFactory().post("/", headers={"Accept": "application/json"})
        with pytest.raises(Exception, match="ATR-001") as caught:
            view(request)
        answer = ErreursMiddleware(view).process_exception(request, caught.value)
        assert answer is not None
        return answer.status_code


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def test_chaque_cas(scene: Scene) -> None:
    wrong = []
    for cas in CAS:
        before = Evenement.objects.filter(verbe="acces.refuser").count()
        status, text = scene.answer(cas)
        lines = Evenement.objects.filter(verbe="acces.refuser").count() - before
        if status != cas["statut"] or (lines > 0) != bool(cas.get("journal")):
            wrong.append(f"{cas['nom']} : {status}, {lines} ligne(s)")
        if "dit" in cas and scene.mots[cas["dit"]] not in text:
            wrong.append(f"{cas['nom']} : ne dit pas « {cas['dit']} »")
        if "tait" in cas and scene.mots[cas["tait"]] in text:
            wrong.append(f"{cas['nom']} : dit « {cas['tait']} »")
    assert wrong == []
    assert {cas["nom"][:7] for cas in CAS} >= {f"PLA-O{n}" for n in (42, 44, 45, 47, 48, 49)}


def test_aucun_groupe_montre_ne_se_devine(scene: Scene) -> None:
    """What is shown, and what a subtraction from the whole would tell, holds eleven requests at least."""
    for table in agregats.tables(TERRITOIRE):
        shown = [n for n in table.parts.values() if n is not None]
        assert all(n >= SEUIL for n in shown)
        if table.total is not None and len(shown) < len(table.parts):
            assert table.total - sum(shown) >= SEUIL
    assert hide({}) == {}
    assert hide({"a": 12, "b": 11, "c": 1, "d": 1}) == {"a": 12, "b": None, "c": None, "d": None}
    assert hide({"a": 5}) == {"a": None}
