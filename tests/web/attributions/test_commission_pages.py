"""The commission by its pages: prepared by an agent, held by its seats, signed, chained, corrected."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from palier.web.apps.attributions.models import (
    Bulletin,
    Membre,
    PointSeance,
    Presence,
    Pv,
    Seance,
)
from palier.web.apps.journal.models import Evenement
from palier.web.apps.organismes.models import Fonction
from tests.web.attributions.outils import CALLED, SESSION, Monde, a
from tests.web.personnel import SECRET_TOTP, client_de, creer_agent

pytestmark = pytest.mark.django_db
TOUR = SESSION + dt.timedelta(days=28)


def lu(answer: Any) -> str:
    """The words of a page, as the tests write them."""
    text = html.unescape(answer.content.decode())
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def at(name: str, *args: Any) -> str:
    return reverse(f"commission:{name}", args=args)


class Salle:
    """A commission by its pages: an agent, a president and members who hold a seat and no function."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        self.monde = Monde()
        self._agent = creer_agent("agent_bailleur", self.monde.bailleur)
        for seat in [*self.monde.membres, self.monde.maire, self.monde.maire_ailleurs]:
            Fonction.objects.filter(utilisateur=seat.utilisateur).delete()
            TOTP.activate(seat.utilisateur, SECRET_TOTP)
        self.midi(CALLED)

    def midi(self, jour: dt.date, heure: int = 10) -> None:
        self.patch.setattr(timezone, "now", lambda: a(jour, heure))

    def client(self, membre: Membre) -> Client:
        assert membre.utilisateur is not None
        return client_de(membre.utilisateur)

    @property
    def agent(self) -> Client:
        return client_de(self._agent)  # logged in now: idle sessions end

    @property
    def president(self) -> Client:
        return self.client(self.monde.membres[0])

    def ouverte(self, mode: str = "salle", logements: int = 1) -> list[PointSeance]:
        """Homes of a session that was called and opened by its pages."""
        seance = self.monde.seance(mode=mode)
        points = [self.monde.inscrit(3, seance) for _ in range(logements)]
        done = self.agent.post(at("acte", seance.pk), {"acte": "convoquer"})
        assert done.status_code == 302
        self.midi(SESSION)
        done = self.president.post(at("acte", seance.pk), {"acte": "ouvrir"})
        assert done.status_code == 302
        return points

    def appel(
        self, point: PointSeance, membres: list[Membre], client: Client | None = None, **plus: str
    ) -> Any:
        said = {f"etat-{m.pk}": "present" for m in membres} | plus
        return (client or self.president).post(at("appel", point.pk), said)

    def ballot(self, point: PointSeance, *codes: str, **plus: str) -> dict[str, Any]:
        """What a person types: decisions in the order of the numbers."""
        made: dict[str, Any] = {}
        for rank, (code, c) in enumerate(
            zip(codes, self.monde.candidatures(point).values(), strict=True), start=1
        ):
            made[f"decision-{c.pk}"] = code
            made[f"rang-{c.pk}"] = str(rank)
            if code == "non_attribution":
                made[f"motif-{c.pk}"] = "DETTE"
        return made | plus


@pytest.fixture
def salle(monkeypatch: pytest.MonkeyPatch) -> Salle:
    return Salle(monkeypatch)


RANGS = ("attribution_rang", "attribution_rang", "non_attribution")


def test_une_seance_par_ses_pages_du_projet_au_prefet(salle: Salle) -> None:
    monde, agent = salle.monde, salle.agent
    made = agent.post(at("creer"), {"le": SESSION.isoformat(), "mode": "salle", "lieu": "Salle 2"})
    assert made.status_code == 302
    with monde.voir():
        seance = Seance.objects.get()
    homes = [monde.orientee() for _ in range(2)]
    for home in homes:
        for numero in monde.numeros[:3]:
            monde.proposer(home, numero)
    short = monde.orientee()
    monde.proposer(short, monde.numeros[0])
    page = lu(agent.get(at("inscrire", seance.pk)))
    assert page.count('name="vacance"') == 3
    refused = agent.post(at("inscrire", seance.pk), {"vacance": [str(h.pk) for h in (*homes, short)]})
    assert refused.status_code == 409  # two are on the agenda, the third says why it is not
    assert "il en faut 3" in lu(refused)
    with monde.voir():
        points = list(PointSeance.objects.order_by("place"))
    assert [p.vacance_id for p in points] == [h.pk for h in homes]
    agent.post(at("ordonner", points[1].pk), {"place": "1"})
    with monde.voir():
        assert [p.vacance_id for p in PointSeance.objects.order_by("place")] == [h.pk for h in homes[::-1]]
    assert agent.post(at("ordonner", points[1].pk), {"place": "9"}).status_code == 409

    # members do not see it before the call, then they do
    member = salle.client(monde.membres[1])
    assert member.get(at("seance", seance.pk)).status_code == 404
    agent.post(at("acte", seance.pk), {"acte": "convoquer"})
    first, second = points[1], points[0]
    assert member.get(at("point", first.pk)).status_code == 200
    assert salle.client(monde.maire_ailleurs).get(at("seance", seance.pk)).status_code == 200
    assert salle.client(monde.maire_ailleurs).get(at("point", first.pk)).status_code == 404

    salle.midi(SESSION)
    president, agent, member = salle.president, salle.agent, salle.client(monde.membres[1])
    assert agent.post(at("acte", seance.pk), {"acte": "ouvrir"}).status_code == 409  # not of an agent
    assert president.post(at("acte", seance.pk), {"acte": "ouvrir"}).status_code == 302
    screen = lu(president.get(at("point", first.pk)))
    assert "checked" not in screen.split('id="deliberation"')[1].split("</form>")[0]  # nothing chosen
    assert "Quorum non atteint" in screen
    assert salle.appel(first, monde.membres[:3], agent).status_code == 302  # the secretary calls the roll
    assert "Quorum atteint" in lu(president.get(at("point", first.pk)))

    typed = salle.ballot(first, *RANGS, voix_tous="oui", geste="clore")
    assert agent.post(at("decider", first.pk), typed).status_code in (403, 409)  # an agent never counts hands
    done = president.post(at("decider", first.pk), typed)
    assert done.status_code == 302
    assert done["Location"] == at("point", second.pk)
    assert monde.etats(first) == ["attribution_rang", "attribution_rang", "non_attribution"]
    with monde.voir():
        assert Bulletin.objects.filter(point=first, sens="oui").count() == 3
    president.post(at("appel", second.pk), {"geste": "reprendre"})
    with monde.voir():
        assert Presence.objects.filter(point=second).count() == 3
    done = president.post(at("ecarter", second.pk), {"motif": "temps"})
    assert done["Location"] == at("seance", seance.pk)
    assert president.post(at("acte", seance.pk), {"acte": "clore"}).status_code == 302

    # minutes: signed by the president, chained, sent by an agent
    assert agent.post(at("signer", seance.pk)).status_code == 404
    assert president.post(at("signer", seance.pk)).status_code == 302
    page = lu(agent.get(at("pv", seance.pk)))
    with monde.voir():
        pv = Pv.objects.get()
    assert pv.empreinte in page
    assert "Chaîne vérifiée" in page
    assert "manque de temps" in page
    paper = agent.get(at("pv_pdf", seance.pk))
    assert paper.content.startswith(b"%PDF-")
    assert agent.post(at("transmettre", seance.pk), {"envoi_le": "hier"}).status_code == 422
    assert agent.post(at("transmettre", seance.pk), {"envoi_le": SESSION.isoformat()}).status_code == 302
    # the day after, files are closed to members; minutes are not
    salle.midi(SESSION + dt.timedelta(days=1))
    member = salle.client(monde.membres[1])
    assert member.get(at("point", first.pk)).status_code == 404
    assert member.get(at("pv", seance.pk)).status_code == 200
    assert Evenement.objects.filter(verbe="candidature.comparer").exists()
