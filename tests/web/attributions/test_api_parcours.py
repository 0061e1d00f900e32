"""A home from a tenant's notice to a signed lease, by the API of the back office.

What a key may not do (voting, closing, signing minutes) is done by the president, as on the pages.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from palier.web.apps.attributions.api import outils
from palier.web.apps.attributions.models import AppelApi, PointSeance
from palier.web.apps.attributions.operations import seances
from palier.web.apps.journal.models import Evenement
from palier.web.apps.journal.queries import verify
from palier.web.apps.organismes.operations import creer_cle
from palier.web.apps.parc.models import Logement
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import (
    COMMUNE,
    CONGE,
    DECRIT,
    FIN,
    PROPOSED,
    SENT,
    SESSION,
    TERRITOIRE,
    TOLD,
    Monde,
    a,
)
from tests.web.personnel import creer_organisme

pytestmark = pytest.mark.django_db
TOUT = ["attributions:lire", "attributions:ecrire", "attributions:administrer"]


class Programme:
    """The program of a landlord, on a day."""

    def __init__(self, organisme: Any, monkeypatch: Any, portees: list[str] | None = None) -> None:
        self.secret = creer_cle(
            acteur="essai", organisme=organisme, libelle="Progiciel", portees=portees or TOUT,
            expire_le=dt.date(2099, 1, 1),
        )[1]  # fmt: skip
        self._patch = monkeypatch
        self.le(CONGE)

    def le(self, jour: dt.date) -> None:
        self._patch.setattr(outils, "aujourdhui", lambda: jour)
        self._patch.setattr(outils, "maintenant", lambda: a(jour))

    def __call__(
        self, methode: str, chemin: str, corps: Any = None, statut: int = 200, cle: str = "", **query: Any
    ) -> Any:
        headers = {"Authorization": f"Bearer {self.secret}"} | ({"Idempotency-Key": cle} if cle else {})
        answer = Client().generic(
            methode, f"/api/v1/attributions/{chemin}", json.dumps(corps) if corps is not None else "",
            "application/json", headers=headers, query_params=query,
        )  # fmt: skip
        assert answer.status_code == statut, answer.content.decode()
        if statut >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["problemes"]
        return answer.json()


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def api(monde: Monde, monkeypatch: Any) -> Programme:
    return Programme(monde.bailleur, monkeypatch)


def _home(monde: Monde, identifiant: str = "API-1") -> str:
    Logement.objects.create(
        identifiant=identifiant, organisme=monde.bailleur, commune_code=COMMUNE, typologie="T3"
    )
    return identifiant


def _days(**jours: dt.date) -> dict[str, str]:
    return {nom: jour.isoformat() for nom, jour in jours.items()}


def test_du_conge_au_bail_par_l_api(monde: Monde, api: Programme) -> None:
    notice = {"logement": _home(monde), "territoire": TERRITOIRE, **_days(conge_le=CONGE, bail_fin=FIN)}
    home = api("POST", "vacances", notice, 201, cle="conge-1")
    assert api("POST", "vacances", notice, 201, cle="conge-1") == home  # sent twice, opened once
    api("POST", "vacances", notice | {"bail_fin": "2027-01-31"}, 422, cle="conge-1")
    api("POST", "vacances", notice, 409)
    path = f"vacances/{home['id']}"
    assert api("POST", f"{path}/description", DECRIT)["etat"] == "qualifiee"
    api.le(TOLD)
    told = api("POST", f"{path}/orientation", {"convention": str(monde.convention.pk)})
    assert told["orientation"]["limite"] == "2026-11-12"
    api("POST", f"{path}/reprise", None, 409)
    api.le(PROPOSED)
    asked = _days(seance_le=SESSION, signature_le=SESSION) | {"numeros": monde.numeros[:1], "premiers": 3}
    found = api("POST", f"{path}/recherche", asked, 201)
    assert (found["n"] > found["eligibles"] >= 5, len(found["premiers"])) == (True, 3)
    assert found["demandes"][0]["motifs"] == []
    assert sum(found["seuls"].values()) <= sum(found["comptes"].values())
    for numero in monde.numeros[:3]:
        made = api("POST", f"{path}/candidatures", {"numero": numero}, 201)
        assert made["etat"] == "eligible"
    api("POST", f"{path}/candidatures", {"numero": monde.numeros[0]}, 409)
    monde.proposer(_vacance(monde, home["id"]), monde.numeros[3])  # the réservataire answers
    spare = api("GET", "candidatures", vacance=home["id"])["candidatures"][-1]
    assert api("POST", f"candidatures/{spare['id']}/retrait")["etat"] == "retiree"

    session = monde.seance()
    point = api("POST", f"seances/{session.pk}/points", {"vacance": home["id"]}, 201)
    api.le(SESSION)
    monde.ouvre(session)
    assert [p["id"] for p in api("GET", f"seances/{session.pk}")["points"]] == [point["id"]]
    with monde.voir():
        item = PointSeance.objects.select_related("seance").get(pk=point["id"])
    choices = [c for c in monde.rangs(item, *monde.numeros[:2]) if str(c.candidature) != spare["id"]]
    monde.vote(item, choices)
    monde.clot(item)
    seances.clore(acteur=monde.president, seance=session.pk, maintenant=a(SESSION, 12))
    monde.signe(session)

    api.le(SENT)
    decided = api("GET", "decisions", seance=str(session.pk))["decisions"]
    assert sorted(d["code"] for d in decided) == ["attribution_rang", "attribution_rang", "non_attribution"]
    letter = {"remise_le": SENT.isoformat(), "preuve": "LR 1"}
    told = api("POST", f"decisions/{decided[0]['id']}/notification", letter)
    assert told["etat"] == "notifiee"
    assert told["recours_limite"] == "2027-02-11"
    chosen = next(d for d in decided if d["rang"] == 1)["candidature"]
    second = next(d for d in decided if d["rang"] == 2)["candidature"]
    offer = api("POST", f"candidatures/{chosen}/proposition", _days(envoyee_le=SENT, recue_le=SENT), 201)
    assert offer["limite"] == "2026-12-21"
    later = api("POST", f"propositions/{offer['id']}/reception", {"recue_le": SENT.isoformat()})
    assert later["limite"] == "2026-12-21"
    no = {"sens": "non", "le": SENT.isoformat(), "canal": "telephone"}
    answered = api("POST", f"propositions/{offer['id']}/reponse", no, cle="non-1")
    assert api("POST", f"propositions/{offer['id']}/reponse", no, cle="non-1") == answered
    assert answered["proposition"]["etat"] == "refusee"
    assert answered["suivante"]["candidature"] == second
    yes = {"sens": "oui", "le": SENT.isoformat(), "canal": "papier"}
    api("POST", f"propositions/{answered['suivante']['id']}/reponse", yes)
    lease = _days(signe_le=SENT) | {"reference": "B 12", "identite_verifiee": True}
    api("POST", f"candidatures/{second}/bail", lease | {"identite_verifiee": False}, 409)
    assert api("POST", f"candidatures/{second}/bail", lease, 201)["loyer_cent"] == DECRIT["loyer_cent"]
    assert api("GET", path)["etat"] == "bail_signe"
    housed = api("GET", f"demandes/{monde.numeros[1]}")
    assert housed["statut"] == "attribuee"
    assert not {"rfr_n2_eur", "ressources_mensuelles_cent", "handicap"} & set(housed)
    lines = Evenement.objects.filter(origine="api")
    assert {"vacance.ouvrir", "bail.signer", "proposition.refusee.telephone", "demande.lire"} <= set(
        lines.values_list("verbe", flat=True)
    )
    assert not lines.exclude(acteur__startswith="cle:pal_").exists()
    assert verify().rompue is None
    with perimetre(organismes=[monde.bailleur.pk]):
        assert AppelApi.objects.count() == 2


def _vacance(monde: Monde, pk: str) -> Any:
    from palier.web.apps.attributions.models import Vacance

    with monde.voir():
        return Vacance.objects.get(pk=pk)


def test_le_perimetre_et_les_portees_d_une_cle(monde: Monde, api: Programme, monkeypatch: Any) -> None:
    home = monde.orientee()
    other = Programme(creer_organisme(), monkeypatch)
    for methode, chemin, corps in [
        ("GET", f"vacances/{home.pk}", None),
        ("POST", f"vacances/{home.pk}/description", DECRIT),
        ("POST", f"vacances/{home.pk}/candidatures", {"numero": monde.numeros[0]}),
        ("GET", f"demandes/{monde.numeros[0]}", None),
    ]:
        before = Evenement.objects.filter(verbe="acces.refuser").count()
        other(methode, chemin, corps, 404)
        other(methode, chemin, corps, 404, cle="x" if methode == "POST" else "")
        assert Evenement.objects.filter(verbe="acces.refuser").count() == before + 2
    assert other("GET", "vacances")["vacances"] == []
    reader = Programme(monde.bailleur, monkeypatch, ["attributions:lire"])
    assert len(reader("GET", "vacances")["vacances"]) == 1
    reader("POST", f"vacances/{home.pk}/description", DECRIT, 403)
    writer = Programme(monde.bailleur, monkeypatch, ["attributions:ecrire"])
    writer("POST", f"vacances/{home.pk}/retrait", {"motif": "vente"}, 403)
    api("POST", f"vacances/{home.pk}/retrait", {"motif": "envie"}, 422)
    assert api("POST", f"vacances/{home.pk}/retrait", {"motif": "vente"})["etat"] == "retiree"
    api("POST", "vacances", {"logement": "rien", "territoire": TERRITOIRE}, 404)
    api("POST", "vacances", {"logement": _home(monde, "API-2"), "territoire": TERRITOIRE}, 422)


def test_les_listes_se_tournent_par_cle(monde: Monde, api: Programme) -> None:
    homes = [str(monde.vacance().pk) for _ in range(3)]
    first = api("GET", "vacances", limite=2)
    rest = api("GET", "vacances", limite=2, apres=first["suivante"])
    assert [v["id"] for v in first["vacances"] + rest["vacances"]] == homes
    assert rest["suivante"] is None
    assert api("GET", "vacances", etat="retiree")["vacances"] == []
    seen: list[str] = []
    following = ""
    while True:
        page = api("GET", "demandes", limite=15, **({"apres": following} if following else {}))
        seen += [d["numero"] for d in page["demandes"]]
        following = page["suivante"]
        if not following:
            break
    assert len(seen) == len(set(seen)) > 15
    api("GET", "vacances", None, 422, limite=0)
