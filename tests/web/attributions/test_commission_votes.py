"""Votes at a distance and in writing, and a meeting asked for: by the pages."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.web.attributions.outils import SESSION
from tests.web.attributions.test_commission_pages import RANGS, Salle, at, lu

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle(monkeypatch: pytest.MonkeyPatch) -> Salle:
    return Salle(monkeypatch)


def test_une_seance_a_distance(salle: Salle) -> None:
    monde = salle.monde
    point = salle.ouverte("distance")[0]
    members = monde.membres[:4]
    salle.appel(point, members)
    president = salle.president
    assert president.post(at("decider", point.pk), salle.ballot(point, *RANGS)).status_code == 302
    typed = salle.ballot(point, *RANGS, voix_tous="oui", geste="clore")
    assert president.post(at("decider", point.pk), typed).status_code in (403, 409)  # no hand at a distance
    vote = {f"sens-{members[1].pk}": "oui"}
    assert president.post(at("scrutin", point.pk), {"ferme": "hier"}).status_code == 409
    closes = dt.datetime.combine(SESSION, dt.time(23)).isoformat()
    assert president.post(at("scrutin", point.pk), {"ferme": closes}).status_code == 302
    other = {f"sens-{members[2].pk}": "oui"}
    assert salle.client(members[1]).post(at("voter", point.pk), other).status_code == 409  # of somebody else
    for member in members:
        client = salle.client(member)
        assert "Votre vote sur cette proposition" in lu(client.get(at("point", point.pk)))
        assert client.post(at("voter", point.pk), {f"sens-{member.pk}": "oui"}).status_code == 302
    assert salle.client(members[1]).post(at("voter", point.pk), vote).status_code == 409  # once
    assert president.post(at("clore_point", point.pk)).status_code == 302
    assert monde.etats(point) == list(RANGS)


def test_une_seance_ecrite_ou_un_membre_demande_une_reunion(salle: Salle) -> None:
    monde = salle.monde
    seance = monde.seance(mode="ecrite")
    point = monde.inscrit(3, seance)
    salle.agent.post(at("acte", seance.pk), {"acte": "convoquer"})
    member = salle.client(monde.membres[1])
    assert "Je demande une réunion" in lu(member.get(at("seance", seance.pk)))
    assert "Annuler et préparer une réunion" not in lu(salle.agent.get(at("seance", seance.pk)))
    assert member.post(at("reunion", seance.pk)).status_code == 302
    page = lu(salle.agent.get(at("seance", seance.pk)))
    assert "Un membre demande une réunion" in page
    assert "Annuler et préparer une réunion" in page
    done = salle.agent.post(at("acte", seance.pk), {"acte": "reunir"})
    assert done["Location"] == at("creer")
    with monde.voir():
        seance.refresh_from_db()
        point.refresh_from_db()
    assert seance.etat == "annulee"
    assert seance.motif_annulation
    assert point.etat == "non_examine"
    assert salle.agent.post(at("acte", seance.pk), {"acte": "reunir"}).status_code == 409


def test_une_seance_ecrite_vote(salle: Salle) -> None:
    monde = salle.monde
    point = salle.ouverte("ecrite")[0]
    president = salle.president
    assert president.post(at("decider", point.pk), salle.ballot(point, *RANGS)).status_code == 302
    closes = dt.datetime.combine(SESSION, dt.time(23)).isoformat()
    president.post(at("scrutin", point.pk), {"ferme": closes})
    for member in monde.membres[:5]:  # a ballot is a presence
        done = salle.client(member).post(at("voter", point.pk), {f"sens-{member.pk}": "oui"})
        assert done.status_code == 302, lu(done)
    assert president.post(at("clore_point", point.pk)).status_code == 302
    assert monde.etats(point) == list(RANGS)
