"""The order of a search is that of the grid of the territory; its counts are kept, nobody's name."""

from __future__ import annotations

import pytest

from palier.web.apps.attributions.models import Recherche
from palier.web.apps.attributions.operations import candidats
from palier.web.apps.cotation.models import Score
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import PROPOSED, SESSION, Monde, a
from tests.web.cotation.outils import adopte, cote
from tests.web.demandes.outils import TERRITOIRE

pytestmark = pytest.mark.django_db


def test_les_eligibles_viennent_dans_l_ordre_de_la_cotation() -> None:
    monde = Monde()
    adopte()
    cote()
    home = monde.orientee()
    proposed = {n: monde.proposer(home, n) for n in monde.numeros[:3]}
    kept, found = candidats.rechercher(
        acteur=monde.agent, vacance=home.pk, seance_le=SESSION, signature_le=SESSION, maintenant=a(PROPOSED)
    )
    with perimetre(territoire=TERRITOIRE):
        totals = dict(
            Score.objects.filter(calcul__courant=True).values_list("demande__numero_unique", "total")
        )
    first = found.premiers(20)["numero_unique"].to_list()
    scored = [totals[n] for n in first if totals.get(n) is not None]
    assert len(set(scored)) > 1
    assert scored == sorted(scored, reverse=True)
    with monde.voir():
        for numero, candidature in proposed.items():
            candidature.refresh_from_db()
            assert candidature.ordre == first.index(numero) + 1
        stored = Recherche.objects.get(pk=kept.pk)
    assert (stored.n, stored.eligibles) == (found.n, len(first))
    assert all(isinstance(count, int) for count in stored.motifs.values())
