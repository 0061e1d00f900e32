"""PLA-O40: the clock moves each offer to the state of its age, once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from palier.web.apps.offres.models import Offre
from palier.web.apps.offres.operations import fraicheur
from palier.web.apps.offres.queries.contexte import parametres
from tests.web.offres.outils import MAINTENANT, bailleur
from tests.web.offres.test_lots import envoie, plusieurs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def passe(jours: int) -> fraicheur.Passage:
    au = (MAINTENANT + dt.timedelta(days=jours)).date()
    return fraicheur.vieillir(
        au=au, maintenant=MAINTENANT + dt.timedelta(days=jours), parametres=parametres()
    )


@pytest.mark.parametrize(
    ("age", "statut", "motif"),
    [
        (0, "publiee", ""),
        (6, "publiee", ""),
        (7, "a_confirmer", ""),
        (20, "a_confirmer", ""),
        (21, "retiree", "expiree"),
        (40, "retiree", "expiree"),
    ],
)
def test_l_etat_suit_l_age_de_la_confirmation(age: int, statut: str, motif: str) -> None:
    envoie(bailleur(), plusieurs(2))
    passe(age)
    assert set(Offre.objects.values_list("statut", "motif_retrait")) == {(statut, motif)}
    assert passe(age).expirees == 0  # a second passage changes nothing


def test_le_bailleur_est_prevenu_une_fois_au_cinquieme_jour(
    django_capture_on_commit_callbacks: object,
) -> None:
    envoie(bailleur(), plusieurs(3))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert passe(4).rappels == 0
        assert passe(5).rappels == 3
        assert passe(6).rappels == 0
    assert [message.subject for message in mail.outbox] == ["Offres à confirmer"]
    assert "3 offres" in mail.outbox[0].body


def test_un_jour_se_compte_a_paris_et_non_en_temps_universel() -> None:
    """Confirmed at 23:30 UTC on 1 June is the 2nd in Paris: seven days later is the 9th."""
    late = dt.datetime(2026, 6, 1, 23, 30, tzinfo=dt.UTC)
    envoie(bailleur(), plusieurs(1), maintenant=late)
    for day, expected in ((8, "publiee"), (9, "a_confirmer")):
        fraicheur.vieillir(au=dt.date(2026, 6, day), maintenant=late, parametres=parametres())
        assert set(Offre.objects.values_list("statut", flat=True)) == {expected}
