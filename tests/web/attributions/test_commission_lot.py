"""The pages of a session ask the database the same questions, whatever its homes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.attributions.outils import CALLED, SESSION
from tests.web.attributions.test_commission_pages import Salle, at

pytestmark = pytest.mark.django_db


def test_le_nombre_de_questions_ne_depend_pas_du_nombre_de_logements(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    salle = Salle(monkeypatch)
    counted = []
    for week, homes in enumerate((2, 6)):
        seance = salle.monde.seance(SESSION + dt.timedelta(days=7 * week))
        points = [salle.monde.inscrit(3, seance) for _ in range(homes)]
        salle.midi(CALLED)
        assert salle.agent.post(at("acte", seance.pk), {"acte": "convoquer"}).status_code == 302
        assert salle.appel(points[0], salle.monde.membres[:4], salle.agent).status_code == 302
        for client in (salle.agent, salle.president):
            for page in (at("seance", seance.pk), at("point", points[0].pk)):
                client.get(page)  # what a process reads once is read
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(page).status_code == 200
                counted.append(len(asked))
    few, many = counted[:4], counted[4:]
    assert few == many
    assert max(few[0], few[2]) <= 30
