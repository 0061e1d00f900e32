"""Two acts at the same instant on one home: one passes, the other is refused, nothing is done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from palier.base.errors import RefusalError
from palier.web.apps.attributions.models import Proposition
from palier.web.apps.attributions.operations import horloge
from palier.web.apps.journal.queries import verify
from tests.web.attributions.outils import AFTER, SENT, Monde, a


def _together(*acts: Callable[[], object]) -> list[str]:
    """Do acts in threads that start together; say how each ended."""
    gate, ends = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            act()
            ends[place] = "fait"
        except RefusalError as error:
            ends[place] = ",".join(sorted({p.code for p in error.problems}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ends


@pytest.mark.usefixtures("base_reelle")
def test_une_acceptation_et_un_refus_au_meme_instant() -> None:
    monde = Monde()
    point = monde.decide(rangs=2)
    offer = monde.envoie(point, monde.numeros[0])
    ends = _together(
        lambda: monde.repond(offer, "oui", SENT), lambda: monde.repond(offer, "non", SENT, canal="papier")
    )
    assert sorted(ends) == ["COM-020", "fait"]
    accepted = ends[0] == "fait"
    assert monde.etat(offer) == ("acceptee" if accepted else "refusee")
    assert monde.etat(point.vacance) == ("acceptee" if accepted else "attribuee")
    assert verify().rompue is None


@pytest.mark.usefixtures("base_reelle")
def test_deux_horloges_au_meme_instant() -> None:
    monde = Monde()
    point = monde.decide(rangs=2)
    offer = monde.envoie(point, monde.numeros[0])
    clock = horloge.horloge(monde.bailleur.pk)
    ends = _together(
        *(
            lambda: horloge.echoir(acteur=clock, proposition=offer.pk, au=AFTER, maintenant=a(AFTER))
            for _ in range(2)
        )
    )
    assert sorted(ends) == ["COM-020", "fait"]
    with monde.voir():
        assert Proposition.objects.filter(etat="en_cours").count() == 1
    assert monde.etats(point) == ["rang_suivant", "offre_envoyee", "non_attribution"]
