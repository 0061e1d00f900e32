"""Pages of the requests: lists by key and filters, what is shown to whom, and the line of each reading."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from palier.web.apps.demandes.models import Piece
from palier.web.apps.demandes.operations.suivi import nommer_lecteur
from palier.web.apps.demandes.queries import liste
from palier.web.apps.journal.models import Evenement
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre
from tests.web.cotation.outils import adopte, cote
from tests.web.demandes.outils import AU, charge, fonction, invente, une
from tests.web.personnel import client_de, creer_agent, creer_organisme

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Any:
    """A landlord with requests that are scored."""
    found = creer_organisme()
    charge([found])
    adopte()
    cote()
    return found


@pytest.fixture
def agent(owner: Any) -> Client:
    """An agent of the landlord, who is no named reader."""
    return client_de(creer_agent("agent_bailleur", owner))


def _texte(client: Client, nom: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(nom, args=args), query)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("’", "'").replace("\u00a0", " ")


def test_la_liste_se_filtre_et_se_tourne(owner: Any, agent: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(liste, "PAR_PAGE", 7)
    wanted = invente().demandes.filter(invente().demandes["statut"].is_in(["active", "en_attente_piece"]))
    seen: list[str] = []
    url: str = reverse("demandes:liste")
    while url:
        page = agent.get(url).content.decode()
        seen += re.findall(r">(\d{13}[0-9A-Z]{5})</a>", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = reverse("demandes:liste") + html.unescape(following[1]) if following else ""
    order = wanted.sort("date_depot_initial")["date_depot_initial"].to_list()
    by_number = dict(wanted.select("numero_unique", "date_depot_initial").iter_rows())
    assert [by_number[n] for n in seen] == order
    assert len(set(seen)) == len(seen) == wanted.height


@pytest.mark.parametrize(
    "filtre",
    [{"taille": "t3"}, {"personnes": "2"}, {"etat": "attribuee"}, {"commune": "67482"}, {"numero": "067"}],
)
def test_chaque_filtre_garde_ce_qu_il_dit(owner: Any, agent: Client, filtre: dict[str, str]) -> None:
    f = liste.Filtres(
        numero=filtre.get("numero", ""),
        etat=filtre.get("etat", ""),
        typologie=filtre.get("taille", ""),
        personnes=int(filtre["personnes"]) if "personnes" in filtre else None,
        commune=filtre.get("commune", ""),
    )
    with perimetre(organismes=[owner.pk]):
        rows = liste.requests_of(fonction(owner), f).demandes
    assert rows
    text = _texte(agent, "demandes:liste", **filtre)
    assert all(row.numero_unique in text for row in rows)
    assert text.count('role="rowheader"') == len(rows)
    for row in rows:
        assert "taille" not in filtre or row.typologies & 8
        assert "personnes" not in filtre or row.nb_personnes == 2
        assert (row.statut == "attribuee") is ("etat" in filtre)


@pytest.mark.parametrize(
    "requete", ["taille=T99", "personnes=deux", "etat=vendue", "apres=x", "commune=%27%22"]
)
def test_un_filtre_illisible_ne_casse_rien(agent: Client, requete: str) -> None:
    assert agent.get(f"{reverse('demandes:liste')}?{requete}").status_code == 200


def test_la_page_dit_la_demande_et_sa_cotation_ligne_par_ligne(owner: Any, agent: Client) -> None:
    demande = une(owner, statut="active", scores__etat="note")
    text = _texte(agent, "demandes:une", demande.pk)
    with perimetre(organismes=[owner.pk]):
        held = demande.scores.get()
    assert demande.numero_unique in text
    assert demande.nom in text
    assert f'<p class="nombre-grand">{held.total}' in text.replace("\u202f", "")
    assert "rang" in text


def test_chaque_lecture_de_montants_laisse_une_ligne_sans_valeur(owner: Any, agent: Client) -> None:
    demande = une(owner, argent__ressources_mensuelles_cent__gt=0)
    _texte(agent, "demandes:une", demande.pk)
    line = Evenement.objects.get(verbe="demande.lire")
    assert line.objet_id == str(demande.pk)
    assert line.organisme == str(owner.pk)
    assert "ressources_mensuelles_cent" in line.champs
    assert not set(line.champs) & {"handicap", "motifs"}
    _texte(agent, "demandes:liste")
    assert Evenement.objects.filter(verbe__startswith="demande.lire").count() == 1


def test_la_classe_4_ne_se_montre_qu_au_lecteur_nomme(owner: Any, agent: Client) -> None:
    demande = une(owner, statut="active")
    row = invente().demandes.filter(invente().demandes["numero_unique"] == demande.numero_unique)
    assert row["motif_principal"][0] is not None
    with perimetre(organismes=[owner.pk]):
        for fait in ("handicap", "revenu_fiscal"):
            Piece.objects.create(demande=demande, fait=fait, etat="verifiee", recue_le=aujourdhui())
    text = _texte(agent, "demandes:une", demande.pk)
    assert "réservés aux lecteurs nommés" in text
    assert "Motif principal" not in text
    assert "1 pièce n'est montrée qu'aux lecteurs nommés" in text
    user = creer_agent("agent_bailleur", owner)
    nommer_lecteur(acteur="essai", utilisateur=user, organisme=owner, du=aujourdhui())
    text = _texte(client_de(user), "demandes:une", demande.pk)
    assert "Motif principal" in text
    assert "n'est montrée qu'aux" not in text
    line = Evenement.objects.get(verbe="demande.lire_sensible")
    assert "motif_principal" in line.champs


def test_hors_du_perimetre_404_et_une_ligne(owner: Any) -> None:
    demande = une(owner)
    stranger = client_de(creer_agent("agent_bailleur"))
    for nom in ("demandes:une", "cotation:changement"):
        assert stranger.get(reverse(nom, args=[demande.pk])).status_code == 404
    assert Evenement.objects.filter(verbe="acces.refuser", objet_id=demande.pk).count() == 2
    assert not Evenement.objects.filter(verbe="demande.lire").exists()


def test_le_nom_ne_se_montre_que_par_droit(owner: Any, agent: Client, monkeypatch: Any) -> None:
    from palier.web.apps.demandes.views import demandes as vues

    demande = une(owner, statut="active")
    real = vues.scope
    monkeypatch.setattr(vues, "scope", lambda role, objet, action: None if objet == "identite" else real(
        role, objet, action))  # fmt: skip
    for text in (_texte(agent, "demandes:liste"), _texte(agent, "demandes:une", demande.pk)):
        assert demande.numero_unique in text
        assert demande.nom not in text
        assert "née le" not in text


def test_pourquoi_les_points_ont_change(owner: Any, agent: Client) -> None:
    demande = une(owner, statut="active", scores__etat="note")
    assert "Rien à comparer" in _texte(agent, "cotation:changement", demande.pk)
    cote(AU + dt.timedelta(days=40))
    text = _texte(agent, "cotation:changement", demande.pk)
    assert "Entre le" in text
    assert "Total" in text or "Rien n'a changé" in text
    assert "Pourquoi les points ont changé" in _texte(agent, "demandes:une", demande.pk)


def test_l_accueil_compte_les_demandes(owner: Any, agent: Client) -> None:
    assert "demandes vivantes" in _texte(agent, "organismes:accueil")
