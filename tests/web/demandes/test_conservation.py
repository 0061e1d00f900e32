"""What is kept, how long, and what is left of a closed request; a file does not bring it back."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from palier.base.periods import add_months
from palier.cli import main
from palier.web.apps.demandes.models import Argent, Demande, FichierPiece, Sensible
from palier.web.apps.demandes.operations import conservation, pieces
from palier.web.apps.demandes.queries.pieces import paths_of
from palier.web.apps.journal.models import Evenement
from palier.web.exploitation import demandes as site
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.documents import pdf
from tests.web.demandes.outils import AU, MAINTENANT, TERRITOIRE, charge, invente, une
from tests.web.personnel import client_de, creer_agent, creer_organisme

pytestmark = pytest.mark.django_db


def _purge(au: dt.date, essai: bool = False) -> tuple[int, int, int]:
    done = conservation.purger(territoire=TERRITOIRE, au=au, maintenant=MAINTENANT, essai=essai)
    return done.pieces, done.contenu, done.preuve


def _reste(demande: Demande) -> tuple[int, int, int]:
    with perimetre(territoire=TERRITOIRE, lecteur=True):
        return tuple(  # type: ignore[return-value]
            m._default_manager.filter(pk=demande.pk).count() for m in (Demande, Argent, Sensible)
        )


def test_chaque_etape_vient_en_son_temps(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    owner = creer_organisme()
    table = invente().demandes.head(20)
    charge([owner], table=table)
    demande = une(owner, statut="active")
    with perimetre(organismes=[owner.pk], lecteur=True):
        paper = pieces.deposer_piece(
            acteur="essai", demande=demande, fait="violences", contenu=pdf(), le=AU, maintenant=MAINTENANT
        )
        others = Demande.objects.exclude(pk=demande.pk)
        others.filter(statut__in=("attribuee", "radiee")).update(radiee_le=None)
    assert _purge(dt.date(2040, 1, 1), essai=True) == (0, 0, 0)
    with perimetre(organismes=[owner.pk]):
        Demande.objects.filter(pk=demande.pk).update(
            statut="radiee", motif_radiation="renoncement", radiee_le=AU
        )
    six = add_months(AU, 6)
    assert _purge(six - dt.timedelta(days=1)) == (0, 0, 0)
    assert _purge(six, essai=True) == (1, 0, 0)
    assert default_storage.exists(paper.chemin)
    with django_capture_on_commit_callbacks(execute=True):
        assert _purge(six) == (1, 0, 0)
    assert not default_storage.exists(paper.chemin)
    assert paths_of(TERRITOIRE) == set()
    assert _reste(demande) == (1, 1, 1)
    year = add_months(AU, 12)
    assert _purge(year) == (0, 1, 0)
    assert _reste(demande) == (1, 0, 0)
    with perimetre(organismes=[owner.pk]):
        left = Demande.objects.get(pk=demande.pk)
    assert (left.nom, left.naissance, left.nb_personnes, left.logement_mode) == (None, None, None, None)
    assert (left.numero_unique, left.motif_radiation, left.effacee_le) == (
        demande.numero_unique, "renoncement", year,
    )  # fmt: skip
    again = charge([owner], table=table)
    assert (again.effacees, again.lues) == (1, table.height - 1)
    assert _reste(demande) == (1, 0, 0)
    monkeypatch.setattr(site, "prepare", lambda: None)
    assert main(["demandes", "conservation", TERRITOIRE, "--au", "2026-11-24"]) == 0
    assert "Rien n'a été changé" in capsys.readouterr().out
    assert _purge(add_months(AU, 60)) == (0, 0, 1)
    assert _reste(demande) == (0, 0, 0)
    lines = Evenement.objects.filter(verbe__startswith="conservation.").order_by("id")
    assert [(e.verbe, e.objet_id) for e in lines] == [
        (f"conservation.{step}", str(demande.pk)) for step in ("pieces", "contenu", "preuve")
    ]


def test_un_fichier_que_rien_ne_nomme_est_ramasse() -> None:
    from django.core.files.base import ContentFile

    default_storage.save("pieces/zz/orphelin", ContentFile(b"x"))
    later = MAINTENANT + dt.timedelta(days=365 * 50)
    assert conservation.ramasser(avant=MAINTENANT - dt.timedelta(days=9_000), connus=set()) == 0
    assert conservation.ramasser(avant=later, connus={"pieces/zz/orphelin"}) >= 0
    assert default_storage.exists("pieces/zz/orphelin")
    assert conservation.ramasser(avant=later, connus=set()) >= 1
    assert not default_storage.exists("pieces/zz/orphelin")


def test_la_page_montre_et_n_efface_rien() -> None:
    owner = creer_organisme()
    charge([owner], table=invente().demandes.head(20))
    demande = une(owner, statut="active")
    with perimetre(organismes=[owner.pk]):
        Demande.objects.filter(pk=demande.pk).update(
            statut="radiee", motif_radiation="renoncement", radiee_le=add_months(aujourdhui(), -13)
        )
    answer = client_de(creer_agent("admin_bailleur", owner)).get(reverse("demandes:conservation"))
    text = html.unescape(answer.content.decode())
    assert demande.numero_unique in text
    assert "1 demande close depuis plus de 12" in text
    with perimetre(organismes=[owner.pk]):
        assert Demande.objects.get(pk=demande.pk).nom == demande.nom
        assert not FichierPiece.objects.exists()
