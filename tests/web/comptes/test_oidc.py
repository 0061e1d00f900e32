"""Login through the organisation's OpenID Connect: only accounts that exist, by their verified address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.journal.models import Evenement
from tests.web.comptes import emetteur
from tests.web.personnel import creer_agent


def _reglages(settings: Any, url: str) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "pro",
                    "name": "Compte professionnel",
                    "client_id": emetteur.CLIENT,
                    "secret": emetteur.SECRET,
                    "settings": {
                        "server_url": url,
                        "token_auth_method": "client_secret_post",
                        "oauth_pkce_enabled": True,
                    },
                }
            ]
        }
    }


def _entrer(issuer: emetteur.Emetteur, client: Client, **envoi: str) -> Any:
    page = client.get(reverse("account_login"))
    assert "Entrer avec Compte professionnel" in page.content.decode()
    asked = client.post(reverse("openid_connect_login", args=["pro"]), envoi)
    assert asked.status_code == 302
    return client.get(issuer.autoriser(asked["Location"]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("adresse", "verifiee", "ouvert", "entre"),
    [
        ("compte", True, True, True),
        ("COMPTE", True, True, True),  # an address has no case
        ("compte", False, True, False),
        ("compte", "true", True, False),  # a text is not a proof
        ("compte", True, False, False),
        ("inconnu@exemple.fr", True, True, False),
        ("", True, True, False),
    ],
)
def test_seul_un_compte_ouvert_a_l_adresse_verifiee_entre(
    settings: Any, adresse: str, verifiee: object, ouvert: bool, entre: bool
) -> None:
    user = creer_agent("agent_bailleur", facteur=False)
    Utilisateur.objects.filter(pk=user.pk).update(is_active=ouvert)
    address = {"compte": user.courriel, "COMPTE": user.courriel.upper()}.get(adresse, adresse)
    client = Client()
    with emetteur.ouvrir(email=address, email_verified=verifiee) as issuer:
        _reglages(settings, issuer.url)
        answer = _entrer(issuer, client)
    assert (answer.status_code == 302) == entre
    desk = client.get("/agents/")
    assert desk.status_code == (
        200 if entre else 302
    )  # no second factor asked: the organisation answers for it
    assert Utilisateur.objects.count() == 1
    assert Evenement.objects.filter(verbe="compte.entrer").count() == (1 if entre else 0)
    if not entre:
        assert "pas encore de compte" in answer.content.decode()


@pytest.mark.django_db
def test_la_seconde_entree_suit_l_identite_et_non_l_adresse(settings: Any) -> None:
    user = creer_agent("agent_bailleur", facteur=False)
    with emetteur.ouvrir(email=user.courriel, email_verified=True) as issuer:
        _reglages(settings, issuer.url)
        assert _entrer(issuer, Client()).status_code == 302
        issuer.personne["email"] = "nouvelle@exemple.fr"
        assert _entrer(issuer, Client()).status_code == 302


@pytest.mark.django_db
def test_deux_documents_qui_nomment_deux_personnes_sont_refuses(settings: Any) -> None:
    user = creer_agent("agent_bailleur", facteur=False)
    client = Client()
    with emetteur.ouvrir(email=user.courriel, email_verified=True) as issuer:
        _reglages(settings, issuer.url)
        issuer.autre_sub = "quelqu-un-d-autre"
        assert _entrer(issuer, client).status_code == 200
    assert client.get("/agents/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("defaut", ["etat", "code", "emetteur", "destinataire", "expire"])
def test_un_retour_falsifie_n_entre_pas(settings: Any, defaut: str) -> None:
    user = creer_agent("agent_bailleur", facteur=False)
    client = Client()
    with emetteur.ouvrir(email=user.courriel, email_verified=True) as issuer:
        _reglages(settings, issuer.url)
        asked = client.post(reverse("openid_connect_login", args=["pro"]))
        back = issuer.autoriser(asked["Location"])
        if defaut == "etat":
            back = back.replace("state=", "state=x")
        elif defaut == "code":
            back = back.replace("code=", "code=x")
        else:
            wrong = {"emetteur": {"iss": "https://ailleurs.fr"}, "destinataire": {"aud": "autre"}}
            issuer.personne |= wrong.get(defaut, {"exp": 1})
        answer = client.get(back)
    assert answer.status_code in {200, 401, 403}
    assert client.get("/agents/").status_code == 302


@pytest.mark.django_db
def test_un_code_ne_sert_qu_une_fois(settings: Any) -> None:
    user = creer_agent("agent_bailleur", facteur=False)
    client = Client()
    with emetteur.ouvrir(email=user.courriel, email_verified=True) as issuer:
        _reglages(settings, issuer.url)
        asked = client.post(reverse("openid_connect_login", args=["pro"]))
        back = issuer.autoriser(asked["Location"])
        assert client.get(back).status_code == 302
        assert Client().get(back).status_code != 302


@pytest.mark.django_db
def test_on_ne_lie_pas_une_autre_identite_a_un_compte_deja_entre(settings: Any) -> None:
    user = creer_agent("agent_bailleur")
    client = Client()
    client.force_login(user)
    with emetteur.ouvrir(sub="intrus", email="x@exemple.fr", email_verified=True) as issuer:
        _reglages(settings, issuer.url)
        asked = client.post(reverse("openid_connect_login", args=["pro"]) + "?process=connect")
        answer = client.get(issuer.autoriser(asked["Location"]))
    assert answer.status_code == 200
    assert user.socialaccount_set.count() == 0


@pytest.mark.django_db
def test_l_entree_par_un_simple_lien_demande_une_confirmation(settings: Any) -> None:
    with emetteur.ouvrir() as issuer:
        _reglages(settings, issuer.url)
        page = Client().get(reverse("openid_connect_login", args=["pro"]))
        assert page.status_code == 200
        assert "Continuer" in page.content.decode()
