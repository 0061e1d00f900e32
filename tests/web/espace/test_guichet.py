"""The desk: an address on file, two requests that become one, an answer to what a person wrote."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from palier.web.apps.attributions.queries import travail
from palier.web.apps.demandes.models import VIVANTES, Coordonnees, Demande
from palier.web.apps.demandes.operations import doublons
from palier.web.apps.espace.models import Ecrit, Mandat, Rattachement
from palier.web.apps.espace.operations import mandats as operations
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.rules.ecrits import answer_by
from palier.web.apps.journal.models import Evenement
from palier.web.horloge import aujourdhui, maintenant
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.outils import charge, invente
from tests.web.espace.outils import code_recu, compte, entre, texte, usager
from tests.web.personnel import client_de, creer_agent, creer_organisme

pytestmark = pytest.mark.django_db


@pytest.fixture
def deux() -> tuple[Client, Demande, Demande]:
    """An agent and two live requests of her organisme."""
    owner = creer_organisme()
    charge([owner], table=invente().demandes.head(30))
    with perimetre(organismes=[owner.pk]):
        first, second = Demande.objects.filter(statut__in=VIVANTES).order_by("pk")[:2]
    return client_de(creer_agent("agent_bailleur", owner)), first, second


def test_l_adresse_ecrite_au_guichet_ouvre_la_demande(deux: tuple[Client, Demande, Demande]) -> None:
    agent, held, _other = deux
    url = reverse("demandes:coordonnees", args=[held.pk])
    with perimetre(organismes=held.organismes):
        Demande.objects.filter(pk=held.pk).update(naissance=dt.date(1988, 4, 23))
    wrong = agent.post(url, {"courriel": "nadia", "telephone": "abc", "adresse": "x" * 80, "langue": "xx"})
    assert wrong.status_code == 422
    assert "4 réponses à corriger" in texte(wrong)
    assert 'value="nadia"' in texte(wrong)
    good = {"courriel": "nadia@exemple.fr", "telephone": "06 00 00 00 00",
            "adresse": "3 rue du Port\n67000 Strasbourg", "langue": "ar"}  # fmt: skip
    assert agent.post(url, good)["Location"] == reverse("demandes:une", args=[held.pk])
    with perimetre(organismes=held.organismes):
        row = Coordonnees.objects.get()
    assert (row.adresse, row.langue) == (["3 rue du Port", "67000 Strasbourg"], "ar")
    line = Evenement.objects.get(verbe="demande.joindre")
    assert line.champs == ["courriel", "telephone", "adresse", "langue"]
    assert agent.post(url, good).status_code == 302
    assert Evenement.objects.filter(verbe="demande.joindre").count() == 1  # nothing changed: nothing said
    assert "nadia@exemple.fr" in texte(agent.get(reverse("demandes:une", args=[held.pk])))
    person = entre(compte("autre@exemple.fr"))
    person.post("/ma-demande/ouvrir/", {"numero": held.numero_unique, "naissance": "23/04/1988"})
    assert person.post("/ma-demande/ouvrir/code/", {"code": code_recu()})["Location"] == "/ma-demande/"
    stranger = client_de(creer_agent("agent_bailleur", creer_organisme()))
    assert stranger.post(url, good).status_code == 404


def test_deux_demandes_reunies_gardent_qui_y_entre_et_qui_aide(
    deux: tuple[Client, Demande, Demande],
) -> None:
    _agent, kept, other = deux
    client = usager(other)
    operations.donner(
        dossier=Dossier(other, compte("nadia@exemple.fr")), nom="Toit", courriel="aide@exemple.fr",
        portees=["lire"], du=aujourdhui(), au=aujourdhui() + dt.timedelta(days=30), langue="fr",
        maintenant=maintenant(),
    )  # fmt: skip
    with perimetre(organismes=kept.organismes):
        made = doublons.fusionner(
            acteur="essai", gardee=kept, autre=other, preuve="E1", le=aujourdhui(), maintenant=maintenant()
        )
        assert Mandat.objects.get().demande_id == kept.pk
    assert Rattachement.objects.get().demande_id == kept.pk
    assert kept.numero_unique in texte(client.get("/ma-demande/"))
    with perimetre(organismes=kept.organismes):
        doublons.defaire(acteur="essai", rapprochement=made, maintenant=maintenant())
        assert Mandat.objects.get().demande_id == other.pk
    assert Rattachement.objects.get().demande_id == other.pk


def test_un_ecrit_a_sa_reponse_dans_le_mois_une_seule_fois(deux: tuple[Client, Demande, Demande]) -> None:
    agent, held, _other = deux
    client = usager(held)
    client.post("/ma-demande/droits/ecrire/", {"genre": "opposition", "texte": "Pas de statistiques."})
    with perimetre(demandes=[held.pk]):
        written = Ecrit.objects.get()
    url = reverse("ecrits:un", args=[written.pk])
    limit = answer_by(aujourdhui())
    with perimetre(organismes=held.organismes):
        tasks = [t for t in travail.tasks_of(held.organismes[0], aujourdhui()) if t.code == "ecrit"]
    assert [(t.jour, t.dossier, t.url) for t in tasks] == [(limit, held.numero_unique, url)]
    assert url in texte(agent.get(reverse("attributions:travail")))
    assert url in texte(agent.get(reverse("ecrits:liste")))
    assert "Pas de statistiques." in texte(agent.get(url))
    assert agent.post(url, {"reponse": " "}).status_code == 422
    stranger = client_de(creer_agent("agent_bailleur", creer_organisme()))
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, {"reponse": "Non."}).status_code == 404
    assert agent.post(url, {"reponse": "C'est fait."}).status_code == 302
    again = agent.post(url, {"reponse": "Autre chose."})
    assert again.status_code == 422
    assert "Cet écrit a déjà sa réponse." in texte(again)
    assert "C'est fait." in texte(client.get("/ma-demande/droits/"))
    assert Evenement.objects.filter(verbe="ecrit.repondre").count() == 1
    assert "Aucun écrit n'attend" in texte(agent.get(reverse("ecrits:liste")))
