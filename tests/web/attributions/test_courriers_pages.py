"""Pages of letters: printed together, found by their code, answered for a person; errors write nothing."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from palier.web.apps.attributions.models import Courrier, Proposition
from palier.web.apps.attributions.rules.courriers import said
from tests.web.attributions.outils import SENT, Monde
from tests.web.personnel import client_de, creer_agent

pytestmark = pytest.mark.django_db
DAY = SENT + dt.timedelta(days=1)


def _lu(answer: Any) -> str:
    return html.unescape(answer.content.decode()).replace("’", "'").replace("\u00a0", " ")


def _etats(monde: Monde) -> list[str]:
    with monde.voir():
        return list(Courrier.objects.order_by("pk").values_list("etat", flat=True))


def test_la_boite_d_envoi(monkeypatch: pytest.MonkeyPatch) -> None:
    monde = Monde()
    point = monde.decide(rangs=2)
    monde.envoie(point, monde.numeros[0])
    agent: Client = client_de(creer_agent("agent_bailleur", monde.bailleur))
    monkeypatch.setattr("palier.web.apps.attributions.views.courriers.aujourdhui", lambda: DAY)
    with monde.voir():
        rows = list(Courrier.objects.order_by("pk"))
    offer = next(row for row in rows if row.genre == "proposition")
    page = _lu(agent.get(reverse("courriers:liste")))
    assert "4 courriers attendent de partir" in page
    assert "dont 4 en retard" in page

    for url in ("imprimer", "envoyer"):
        answer = agent.post(reverse(f"courriers:{url}"), {"courrier": ["pas un courrier"]})
        assert answer.status_code == 422
        assert "Rien n'a été fait" in _lu(answer)
    assert set(_etats(monde)) == {"a_imprimer"}
    answer = agent.post(reverse("courriers:imprimer"), {"courrier": [str(row.pk) for row in rows]})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-1.7")
    assert set(_etats(monde)) == {"imprimee"}
    answer = agent.post(
        reverse("courriers:envoyer"), {"courrier": [str(row.pk) for row in rows]}, follow=True
    )
    assert "4 courriers sont partis" in _lu(answer)

    found = agent.get(reverse("courriers:liste"), {"code": said(offer.code).lower()})
    assert found.status_code == 302
    page = _lu(agent.get(found["Location"]))
    assert "Nous vous proposons un logement" in page
    assert "checked" not in page
    wrong = offer.code[:-1] + ("A" if offer.code[-1] != "A" else "F")
    assert "Aucun de vos courriers n'a ce code" in _lu(agent.get(reverse("courriers:liste"), {"code": wrong}))

    decision = next(row for row in rows if row.genre == "non_attribution")
    dater = reverse("courriers:dater", args=[decision.pk])
    answer = agent.post(dater, {"le": DAY.isoformat(), "preuve": ""})
    assert answer.status_code == 422
    assert "preuve de remise manque" in _lu(answer)
    assert agent.post(dater, {"le": DAY.isoformat(), "preuve": "LR 3"}).status_code == 302
    assert agent.post(dater, {"le": DAY.isoformat(), "preuve": "LR 3"}).status_code == 422

    repondre = reverse("courriers:repondre", args=[offer.pk])
    assert agent.post(repondre, {"sens": "oui", "canal": "ecran", "jour": DAY.isoformat()}).status_code == 422
    answer = agent.post(repondre, {"sens": "oui", "canal": "guichet", "jour": DAY.isoformat()}, follow=True)
    assert "Elle accepte le logement." in _lu(answer)
    with monde.voir():
        assert Proposition.objects.get().canal == "guichet"
    sheet = agent.get(reverse("courriers:feuille", args=[offer.pk]))
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet["Cache-Control"] == "no-store"
    asked = agent.get(reverse("demandes:une", args=[offer.demande_id]))
    assert "Préparer l'attestation" in _lu(asked)
    made = agent.post(reverse("courriers:preparer", args=[offer.demande_id]), {"genre": "attestation"})
    assert agent.get(made["Location"]).status_code == 200

    stranger = client_de(creer_agent("agent_bailleur"))
    for name in ("un", "feuille"):
        assert stranger.get(reverse(f"courriers:{name}", args=[offer.pk])).status_code == 404
    answer = stranger.post(reverse("courriers:imprimer"), {"courrier": [str(offer.pk)]})
    assert answer.status_code == 404
