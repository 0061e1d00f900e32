"""Enter the space, tie a request, leave: nothing tells whether an address or a number is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.demandes.models import Coordonnees, Demande
from palier.web.apps.espace.models import Compte, Defi, Rattachement
from palier.web.apps.espace.operations.entree import key_of
from palier.web.horloge import maintenant
from palier.web.postgres.perimetre import perimetre
from tests.web.comptes import emetteur
from tests.web.demandes.outils import charge, invente, une
from tests.web.espace.outils import NAISSANCE, code_recu, compte, entre, joindre, poste, texte, usager
from tests.web.personnel import client_de, creer_agent, creer_organisme

pytestmark = pytest.mark.django_db
ADRESSE = "nadia@exemple.fr"


@pytest.fixture
def demande() -> Demande:
    owner = creer_organisme()
    charge([owner], table=invente().demandes.head(3))
    found = une(owner)
    joindre(found)
    return found


def _entrer(client: Client, adresse: str = ADRESSE, **plus: str) -> Any:
    assert client.post("/ma-demande/entrer/", {"courriel": adresse, **plus}).status_code == 302
    return client.post("/ma-demande/entrer/code/", {"code": code_recu()})


def test_un_code_ouvre_l_espace_et_sert_une_fois() -> None:
    client = Client()
    client.get("/ma-demande/entrer/")
    before = client.cookies.get("palier_session")
    answer = _entrer(client, "  Nadia@Exemple.FR ".strip())
    assert answer.headers["Location"] == "/ma-demande/"
    assert client.cookies["palier_session"].value != (before.value if before else "")
    assert client.get("/ma-demande/").headers["Location"] == "/ma-demande/ouvrir/"
    assert "067 0524" in texte(client.get("/ma-demande/ouvrir/"))
    message = mail.outbox[-1]
    assert ADRESSE not in message.subject
    assert message.to == [ADRESSE]
    assert Utilisateur.objects.count() == 0  # an applicant is no member of the staff
    again = Client()
    again.post("/ma-demande/entrer/", {"courriel": ADRESSE})
    Defi.objects.update(servi_le=maintenant())
    assert again.post("/ma-demande/entrer/code/", {"code": code_recu()}).status_code == 422


def test_la_reponse_est_la_meme_pour_une_adresse_connue_et_pour_une_autre() -> None:
    compte(ADRESSE)
    seen = []
    for address in (ADRESSE, "personne@exemple.fr"):
        client = Client()
        answer = client.post("/ma-demande/entrer/", {"courriel": address})
        seen.append((answer.status_code, answer["Location"], texte(client.get("/ma-demande/entrer/code/"))))
    assert seen[0][:2] == seen[1][:2]
    assert seen[0][2].split("csrf")[0] == seen[1][2].split("csrf")[0]


def test_cinq_essais_puis_le_code_ne_vaut_plus_rien() -> None:
    client = Client()
    client.post("/ma-demande/entrer/", {"courriel": ADRESSE})
    good = code_recu()
    wrong = "000000" if good != "000000" else "111111"
    for _k in range(5):
        assert client.post("/ma-demande/entrer/code/", {"code": wrong}).status_code == 422
    assert client.post("/ma-demande/entrer/code/", {"code": good}).status_code == 422


def test_un_code_perime_ou_d_un_autre_navigateur_n_ouvre_rien() -> None:
    client = Client()
    client.post("/ma-demande/entrer/", {"courriel": ADRESSE})
    good = code_recu()
    assert Client().post("/ma-demande/entrer/code/", {"code": good}).status_code == 302
    Defi.objects.update(expire_le=maintenant())
    assert client.post("/ma-demande/entrer/code/", {"code": good}).status_code == 422


def test_une_adresse_ne_recoit_que_cinq_codes_par_quart_d_heure() -> None:
    for _k in range(7):
        assert Client().post("/ma-demande/entrer/", {"courriel": ADRESSE}).status_code == 302
    assert len(poste()) == 5
    assert Defi.objects.count() == 7


def test_une_adresse_du_reseau_ne_demande_pas_plus_de_vingt_codes_par_heure(settings: Any) -> None:
    settings.LIMITES_DE_DEBIT = True
    seen = [
        Client().post("/ma-demande/entrer/", {"courriel": f"p{k}@exemple.fr"}).status_code for k in range(21)
    ]
    assert seen == [302] * 20 + [429]


@pytest.mark.parametrize(
    "envoi", [{}, {"courriel": ""}, {"courriel": "nadia"}, {"courriel": "x" * 300 + "@a.fr"}]
)
def test_une_adresse_fausse_est_dite(envoi: dict[str, str]) -> None:
    answer = Client().post("/ma-demande/entrer/", envoi)
    assert answer.status_code == 422
    assert not Defi.objects.exists()


def test_la_session_finit_au_repos_et_plus_tot_sur_un_ordinateur_partage(demande: Demande) -> None:
    usager(demande)
    held = compte(ADRESSE)
    for shared, minutes, inside in (
        (False, 29, True),
        (False, 31, False),
        (True, 9, True),
        (True, 11, False),
    ):
        client = entre(held, shared)
        session = client.session
        session["usager"] = session["usager"] | {"vu": maintenant().timestamp() - 60 * minutes}
        session.save()
        assert client.get("/ma-demande/").status_code == (200 if inside else 302), (shared, minutes)
    client = entre(held, True)
    answer = client.post("/ma-demande/sortir/")
    assert "cache" in answer["Clear-Site-Data"]
    assert client.get("/ma-demande/").status_code == 302


def test_le_personnel_n_est_pas_un_usager(demande: Demande) -> None:
    """A session of the staff opens nothing here, and an applicant opens nothing there."""
    agent = client_de(creer_agent("agent_bailleur"))
    assert agent.get("/ma-demande/")["Location"].startswith("/ma-demande/entrer/")
    client = usager(demande)
    assert client.get("/agents/")["Location"].startswith("/compte/connexion/")
    session = agent.session
    session["usager"] = {"compte": str(compte(ADRESSE).pk), "vu": maintenant().timestamp(), "partage": False}
    session.save()
    assert agent.get("/ma-demande/").status_code == 302


def test_la_suite_ne_mene_pas_hors_du_site() -> None:
    for asked, goes in (("https://ailleurs.fr/", "/ma-demande/"), ("//ailleurs.fr", "/ma-demande/"),
                        ("/ma-demande/points/", "/ma-demande/points/")):  # fmt: skip
        client = Client()
        client.post(f"/ma-demande/entrer/?suite={asked}", {"courriel": ADRESSE})
        assert client.post("/ma-demande/entrer/code/", {"code": code_recu()})["Location"] == goes


# --- the request ---


def _ouvrir(client: Client, numero: str, naissance: str) -> Any:
    return client.post("/ma-demande/ouvrir/", {"numero": numero, "naissance": naissance})


def test_numero_naissance_et_code_a_l_adresse_connue_ouvrent_la_demande(demande: Demande) -> None:
    client = entre(compte("autre@exemple.fr"))
    number = " ".join(
        [demande.numero_unique[:3], demande.numero_unique[3:7], demande.numero_unique[7:].lower()]
    )
    assert _ouvrir(client, number, "23/04/1988")["Location"] == "/ma-demande/ouvrir/code/"
    good = code_recu()
    assert mail.outbox[-1].to == [ADRESSE]  # never the address that entered
    assert client.post("/ma-demande/ouvrir/code/", {"code": good})["Location"] == "/ma-demande/"
    assert Rattachement.objects.get().demande_id == demande.pk
    assert "Nadia" in texte(client.get("/ma-demande/"))


@pytest.mark.parametrize("faux", ["numero", "naissance", "sans_adresse"])
def test_ce_qui_est_faux_a_la_meme_reponse_et_n_envoie_rien(demande: Demande, faux: str) -> None:
    number, birth = demande.numero_unique, "23/04/1988"
    if faux == "numero":
        number = "0670524004127G2104"
    elif faux == "naissance":
        birth = "24/04/1988"
    else:
        joindre(demande, "")
    client = entre(compte("autre@exemple.fr"))
    assert _ouvrir(client, number, birth)["Location"] == "/ma-demande/ouvrir/code/"
    assert poste() == []
    assert client.post("/ma-demande/ouvrir/code/", {"code": "123456"}).status_code == 422
    assert not Rattachement.objects.exists()


def test_apres_cinq_essais_le_guichet_par_compte_et_par_numero(demande: Demande) -> None:
    client = entre(compte("intrus@exemple.fr"))
    for _k in range(5):
        assert _ouvrir(client, demande.numero_unique, "01/01/1990").status_code == 302
    answer = _ouvrir(client, demande.numero_unique, "23/04/1988")
    assert answer.status_code == 409
    assert "guichet" in texte(answer)
    other = entre(compte("complice@exemple.fr"))  # the number too has had its five tries
    assert _ouvrir(other, demande.numero_unique, "23/04/1988").status_code == 409
    assert poste() == []


def test_une_saisie_fausse_dit_tout_et_garde_tout() -> None:
    answer = _ouvrir(entre(compte(ADRESSE)), "12", "31/02/1988")
    page = texte(answer)
    assert answer.status_code == 422
    assert "2 réponses à corriger" in page
    assert 'value="12"' in page
    assert 'value="31/02/1988"' in page


# --- an identity ---


def _fournisseur(settings: Any, url: str) -> None:
    app = {
        "provider_id": "usagers",
        "name": "FranceConnect",
        "client_id": emetteur.CLIENT,
        "secret": emetteur.SECRET,
        "settings": {
            "server_url": url,
            "token_auth_method": "client_secret_post",
            "oauth_pkce_enabled": True,
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def test_une_identite_ouvre_un_compte_qui_ne_garde_que_l_utile(settings: Any, demande: Demande) -> None:
    says = {"sub": "fc-1", "given_name": "Nadia", "family_name": "Quivernois", "birthdate": "1988-04-23",
            "birthplace": "67482", "email": "prive@exemple.fr", "gender": "female"}  # fmt: skip
    client = Client()
    with emetteur.ouvrir(**says) as issuer:
        _fournisseur(settings, issuer.url)
        assert "Entrer avec FranceConnect" in texte(client.get("/ma-demande/entrer/"))
        assert "FranceConnect" not in texte(Client().get("/compte/connexion/"))
        asked = client.post("/compte/externe/usagers/?process=login")
        answer = client.get(issuer.autoriser(asked["Location"]))
        assert answer["Location"] == "/ma-demande/"
        second = Client()
        again = second.post("/compte/externe/usagers/?process=login")
        second.get(issuer.autoriser(again["Location"]))
    assert Utilisateur.objects.count() == 0
    held = client.session["usager"]["compte"]
    assert second.session["usager"]["compte"] == held
    with perimetre(usager=held):
        row = Compte.objects.values().get()
    assert "prive" not in str(row)
    assert "fc-1" not in str(row)
    assert (row["nom"], row["naissance"], row["naissance_lieu"]) == ("Quivernois", NAISSANCE, "67482")
    _ouvrir(client, demande.numero_unique, "24/04/1988")  # not the birth of this identity
    assert poste() == []
    _ouvrir(client, demande.numero_unique, "23/04/1988")
    assert client.post("/ma-demande/ouvrir/code/", {"code": code_recu()})["Location"] == "/ma-demande/"


def test_deux_documents_qui_nomment_deux_personnes_n_ouvrent_rien(settings: Any) -> None:
    client = Client()
    with emetteur.ouvrir(sub="fc-2") as issuer:
        _fournisseur(settings, issuer.url)
        issuer.autre_sub = "quelqu-un-d-autre"
        asked = client.post("/compte/externe/usagers/?process=login")
        client.get(issuer.autoriser(asked["Location"]))
    assert "usager" not in client.session


# --- the database itself ---


def test_la_base_ne_montre_un_compte_que_par_sa_cle(demande: Demande) -> None:
    held = compte(ADRESSE)
    assert Compte.objects.count() == 0
    for key in (str(held.pk), key_of(ADRESSE)):
        with perimetre(usager=key):
            assert Compte.objects.get().pk == held.pk
    with perimetre(usager=key_of("autre@exemple.fr")):
        assert Compte.objects.count() == 0


def test_la_base_ne_trouve_une_demande_que_par_son_numero_et_sa_naissance(demande: Demande) -> None:
    for number, day, found in (
        (demande.numero_unique, NAISSANCE, 1),
        (demande.numero_unique, NAISSANCE + dt.timedelta(days=1), 0),
        ("0670524004127G2104", NAISSANCE, 0),
    ):
        with perimetre(connue=(number, day)):
            assert Demande.objects.count() == found
    with perimetre(demandes=[demande.pk]):  # read, never written
        assert Demande.objects.count() == 1
        assert Demande.objects.filter(pk=demande.pk).update(prenom="Autre") == 0


# --- refusals, and what is forgotten ---


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "pt"])
def test_un_refus_sans_phrase_ne_montre_pas_de_francais_a_qui_lit_autre_chose(langue: str) -> None:
    from django.utils import translation

    from palier.base.errors import Problem
    from palier.web.apps.espace.presentation.refus import said

    with translation.override(langue):
        words = said(Problem("COM-999", "ici", "Un constat du moteur.", "Faites ceci."))
    assert ("Un constat du moteur." in words) is (langue == "fr")
    assert langue == "fr" or "COM-999" in words


def test_un_vieux_code_est_oublie_quand_plus_rien_ne_le_compte() -> None:
    from palier.web.apps.espace.operations.menage import purge

    now = maintenant()
    made = [Defi(genre="lien", cle="c", empreinte="e", fait_le=now - dt.timedelta(days=d), expire_le=now)
            for d in (0, 29, 30, 31)]  # fmt: skip
    Defi.objects.bulk_create(made)
    assert purge(now) == 2
    assert set(Defi.objects.values_list("pk", flat=True)) == {made[0].pk, made[1].pk}


def test_les_lettres_suivent_la_langue_dans_laquelle_la_personne_entre(demande: Demande) -> None:
    held = compte("autre@exemple.fr")
    with perimetre(usager=str(held.pk)):
        Compte.objects.filter(pk=held.pk).update(langue="pt")
    client = entre(held)
    _ouvrir(client, demande.numero_unique, "23/04/1988")
    assert client.post("/ma-demande/ouvrir/code/", {"code": code_recu()}).status_code == 302
    with perimetre(demandes=[demande.pk]):
        assert Coordonnees.objects.get().langue == "pt"
