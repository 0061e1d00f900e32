"""Pages of papers and of named readers: given, judged, read under the eyes of the journal."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palier.web.apps.demandes.models import FichierPiece, LecteurSensible, Piece
from palier.web.apps.demandes.operations.suivi import nommer_lecteur
from palier.web.apps.journal.models import Evenement
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.documents import pdf
from tests.web.demandes.outils import charge, invente, une
from tests.web.personnel import client_de, creer_agent, creer_organisme

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Any:
    """A landlord with a few requests."""
    found = creer_organisme()
    charge([found], table=invente().demandes.head(20))
    return found


def _depose(client: Client, demande: Any, contenu: bytes, fait: str = "revenu_fiscal") -> Any:
    given = {"fait": fait, "fichier": SimpleUploadedFile("avis de Mme X.pdf", contenu)}
    return client.post(reverse("demandes:deposer", args=[demande.pk]), given)


def _dit(answer: Any) -> str:
    return html.unescape(answer.content.decode()).replace("’", "'").replace("\u00a0", " ")


def test_une_piece_se_garde_se_lit_et_se_juge(owner: Any) -> None:
    demande, agent = une(owner, statut="active"), client_de(creer_agent("agent_bailleur", owner))
    page = reverse("demandes:pieces", args=[demande.pk])
    assert "Avis d'imposition" in _dit(agent.get(page))
    assert _depose(agent, demande, pdf()).status_code == 302
    with perimetre(organismes=[owner.pk]):
        held = FichierPiece.objects.get()
    given = agent.get(reverse("demandes:fichier", args=[demande.pk, held.pk]))
    assert given.content == pdf()
    assert given["Content-Disposition"].startswith("attachment; filename=")
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in given["Cache-Control"]
    assert Evenement.objects.get(verbe="piece.lire").organisme == str(owner.pk)
    judge = reverse("demandes:juger", args=[demande.pk])
    refused = agent.post(judge, {"fait": "revenu_fiscal", "verdict": "refusee"})
    assert refused.status_code == 422
    assert "Dites pourquoi" in _dit(refused)
    assert agent.post(judge, {"fait": "identite", "verdict": "verifiee"}).status_code == 422
    done = agent.post(judge, {"fait": "revenu_fiscal", "verdict": "verifiee"})
    assert done.status_code == 302
    with perimetre(organismes=[owner.pk]):
        assert Piece.objects.get().etat == "verifiee"
    assert "Juger cette pièce" not in _dit(agent.get(page))
    assert "Mme X" not in held.chemin


def test_un_fichier_refuse_dit_pourquoi_et_n_ecrit_rien(owner: Any) -> None:
    demande, agent = une(owner, statut="active"), client_de(creer_agent("agent_bailleur", owner))
    for content, words in ((b"MZ", "ni un PDF"), (pdf(b"<</S/Launch>>"), "programme"), (b"", "ni un PDF")):
        answer = _depose(agent, demande, content)
        assert answer.status_code == 422
        assert words in _dit(answer)
    with perimetre(organismes=[owner.pk]):
        assert not Piece.objects.exists()


def test_une_piece_sensible_est_celle_des_lecteurs(owner: Any) -> None:
    user = creer_agent("agent_bailleur", owner)
    demande, agent = une(owner, statut="active"), client_de(user)
    assert _depose(agent, demande, pdf(), "violences").status_code == 422
    nommer_lecteur(acteur="essai", utilisateur=user, organisme=owner, du=aujourdhui())
    assert _depose(agent, demande, pdf(), "violences").status_code == 302
    with perimetre(organismes=[owner.pk], lecteur=True):
        held = FichierPiece.objects.get()
    url = reverse("demandes:fichier", args=[demande.pk, held.pk])
    assert agent.get(url).status_code == 200
    assert client_de(creer_agent("agent_bailleur", owner)).get(url).status_code == 404


def test_l_administrateur_nomme_et_finit(owner: Any) -> None:
    admin, colleague = creer_agent("admin_bailleur", owner), creer_agent("agent_bailleur", owner)
    stranger, client = creer_agent("agent_bailleur"), client_de(admin)
    url = reverse("demandes:lecteurs")
    assert "Aucun lecteur nommé" in _dit(client.get(url))
    for given in ({"personne": str(stranger.pk), "besoin": "on"}, {"personne": str(colleague.pk)}, {}):
        assert client.post(url, given).status_code == 422
    assert not LecteurSensible.objects.exists()
    assert client.post(url, {"personne": str(colleague.pk), "besoin": "on"}).status_code == 302
    named = LecteurSensible.objects.get()
    assert client.post(reverse("demandes:finir_lecteur", args=[named.pk])).status_code == 302
    assert "Nominations finies" in _dit(client.get(url))
    lines = Evenement.objects.filter(verbe__startswith="lecteur.").order_by("id")
    assert [line.verbe for line in lines] == ["lecteur.nommer", "lecteur.retirer"]
