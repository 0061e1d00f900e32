"""Pages of the staff: functions, accounts, keys, organismes, parameters, journal."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.journal.models import Evenement
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.offres.models import EtatLot
from palier.web.apps.organismes import queries
from palier.web.apps.organismes.models import CleApi, Fonction, Organisme, Parametre
from palier.web.apps.organismes.operations import hash_key
from palier.web.apps.organismes.views.actes import say_act
from palier.web.horloge import aujourdhui
from tests.web.personnel import client_de, creer_agent, creer_organisme, luhn_siren

pytestmark = pytest.mark.django_db
JOUR = dt.timedelta(days=1)


def _page(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(f"organismes:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def _poster(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"organismes:{name}", args=args), data)


def _actes() -> list[str]:
    return list(Evenement.objects.order_by("id").values_list("verbe", flat=True))


# --- Function ---------------------------------------------------------------------------------------------


def test_on_agit_sous_une_fonction_a_la_fois() -> None:
    one, two = creer_organisme(nom="Aube Habitat"), creer_organisme(nom="Zénith Habitat")
    user = creer_agent("admin_bailleur", one)
    Fonction.objects.create(utilisateur=user, organisme=two, role="agent_bailleur", du=dt.date(2026, 1, 1))
    client = client_de(user)
    assert "Administrateur du bailleur, Aube Habitat" in _page(client, "accueil")
    assert client.get(reverse("organismes:cles")).status_code == 200
    assert _poster(client, "choisir", fonction=f"agent_bailleur:{two.pk}").status_code == 302
    home = _page(client, "accueil")
    assert "Agent du bailleur, Zénith Habitat" in home
    assert 'href="/agents/cles/"' not in home  # the menu follows the function
    assert client.get(reverse("organismes:cles")).status_code == 404
    stolen = _poster(client, "choisir", fonction=f"admin_bailleur:{two.pk}")
    assert stolen.status_code == 404
    assert _actes()[-1] == "acces.refuser"


@pytest.mark.parametrize(
    ("du", "au", "actif"),
    [(1, None, True), (-9, -1, True), (-9, None, False)],
    ids=["pas commencée", "finie hier", "organisme fermé"],
)
def test_une_fonction_qui_ne_court_pas_n_ouvre_rien(du: int, au: int | None, actif: bool) -> None:
    today = aujourdhui()
    user = creer_agent("admin_bailleur")
    Fonction.objects.update(du=today + du * JOUR, au=None if au is None else today + au * JOUR)
    Organisme.objects.update(actif=actif)
    client = client_de(user)
    assert "Aucune fonction ne vous est donnée" in _page(client, "accueil")
    assert client.get(reverse("organismes:cles")).status_code == 404


def test_l_accueil_dit_ce_qui_attend_avant_ce_qui_existe() -> None:
    user = creer_agent("admin_bailleur")
    organisme = user.fonctions.get().organisme
    home = _page(client_de(user), "accueil")
    assert "Aucune clé valable" in home
    assert "1 compte ouvert" in home
    CleApi.objects.create(
        organisme=organisme, libelle="a", prefixe="pal_a", empreinte="a" * 64, expire_le=aujourdhui() + JOUR
    )
    home = _page(client_de(user), "accueil")
    assert "1 clé finit" in home
    assert home.index("1 clé finit") < home.index("1 compte ouvert")
    assert "Journal" in home


# --- Accounts ---------------------------------------------------------------------------------------------


def test_un_administrateur_invite_dans_son_organisme_seulement() -> None:
    admin = creer_agent("admin_bailleur")
    organisme, other = admin.fonctions.get().organisme, creer_organisme()
    client = client_de(admin)
    form = _page(client, "inviter")
    assert 'name="organisme"' not in form
    assert "auditeur" not in form
    data = {
        "courriel": "neuf@exemple.fr",
        "nom": "Neuf",
        "role": "agent_bailleur",
        "organisme": str(other.pk),
    }
    assert _poster(client, "inviter", **data).status_code == 302
    made = Fonction.objects.get(utilisateur__courriel="neuf@exemple.fr")
    assert (made.organisme, made.role, made.du) == (organisme, "agent_bailleur", aujourdhui())
    assert [job.args["lettre"] for job in ProcrastinateJob.objects.all()] == ["invitation"]
    assert _actes()[-3:] == ["compte.creer", "fonction.donner", "compte.inviter"]


@pytest.mark.parametrize("role", ["auditeur", "reservataire_chef", "exploitant", "", "inconnu"])
def test_nul_ne_donne_un_role_d_un_autre_genre(role: str) -> None:
    client = client_de(creer_agent("admin_bailleur"))
    answer = _poster(client, "inviter", courriel="neuf@exemple.fr", nom="Neuf", role=role)
    assert answer.status_code == 422
    assert not Utilisateur.objects.filter(courriel="neuf@exemple.fr").exists()


def test_inviter_une_adresse_connue_repond_de_meme_et_ajoute_la_fonction() -> None:
    known = creer_agent("agent_bailleur")
    client = client_de(creer_agent("admin_bailleur"))
    new = _poster(client, "inviter", courriel="neuf@exemple.fr", nom="N", role="agent_bailleur")
    old = _poster(client, "inviter", courriel=known.courriel, nom="Autre nom", role="agent_bailleur")
    assert (new.status_code, new["Location"]) == (old.status_code, old["Location"])
    known.refresh_from_db()
    assert known.nom != "Autre nom"
    assert known.fonctions.count() == 2
    twice = _poster(client, "inviter", courriel=known.courriel, nom="N", role="agent_bailleur")
    assert twice.status_code == 422
    assert "existe déjà" in twice.content.decode()


def test_finir_une_fonction_ferme_les_pages_aussitot() -> None:
    admin = creer_agent("admin_bailleur")
    organisme = admin.fonctions.get().organisme
    agent = creer_agent("agent_bailleur", organisme)
    desk = client_de(agent)
    assert "Agent du bailleur" in _page(desk, "accueil")
    answer = _poster(client_de(admin), "finir", agent.pk, agent.fonctions.get().pk)
    assert answer.status_code == 302
    assert "Aucune fonction" in _page(desk, "accueil")
    assert agent.fonctions.get().au == aujourdhui() - JOUR


def test_le_dernier_responsable_ne_se_retire_pas() -> None:
    admin = creer_agent("admin_bailleur")
    client = client_de(admin)
    answer = client.post(reverse("organismes:finir", args=[admin.pk, admin.fonctions.get().pk]), follow=True)
    assert "dernière personne qui répond" in answer.content.decode()
    assert admin.fonctions.get().au is None


def test_la_fiche_d_un_compte_ne_montre_que_les_fonctions_de_mon_organisme() -> None:
    admin = creer_agent("admin_bailleur")
    shared = creer_agent("agent_bailleur", admin.fonctions.get().organisme)
    other = creer_organisme(nom="Ailleurs Habitat")
    Fonction.objects.create(
        utilisateur=shared, organisme=other, role="admin_bailleur", du=dt.date(2026, 1, 1)
    )
    page = _page(client_de(admin), "utilisateur", shared.pk)
    assert "Ailleurs Habitat" not in page
    assert "Fermer le compte" not in page
    assert "Ailleurs Habitat" in _page(client_de(creer_agent("exploitant")), "utilisateur", shared.pk)
    foreign = shared.fonctions.get(organisme=other)
    assert _poster(client_de(admin), "finir", shared.pk, foreign.pk).status_code == 404


def test_l_exploitant_ferme_rouvre_et_retire_un_facteur() -> None:
    boss, agent = creer_agent("exploitant"), creer_agent("agent_bailleur")
    client = client_de(boss)
    assert _poster(client, "retirer_facteur", agent.pk).status_code == 302
    assert agent.authenticator_set.count() == 0
    assert _poster(client, "fermer", agent.pk).status_code == 302
    assert "Fermé" in _page(client, "utilisateur", agent.pk)
    assert _poster(client, "rouvrir", agent.pk).status_code == 302
    assert _actes() == ["compte.retirer_facteurs", "compte.fermer", "compte.rouvrir", "compte.inviter"]
    last = client.post(reverse("organismes:fermer", args=[boss.pk]), follow=True).content.decode()
    assert "dernier compte d’exploitant" in last


def test_l_exploitant_invite_un_exploitant_et_le_premier_administrateur() -> None:
    client = client_de(creer_agent("exploitant"))
    organisme = creer_organisme()
    assert _poster(client, "inviter_exploitant", courriel="e@exemple.fr", nom="E").status_code == 302
    assert Utilisateur.objects.get(courriel="e@exemple.fr").exploitant
    data = {"courriel": "a@exemple.fr", "nom": "A", "role": "admin_bailleur", "organisme": str(organisme.pk)}
    assert _poster(client, "inviter", **data).status_code == 302
    wrong = data | {"courriel": "b@exemple.fr", "role": "auditeur"}
    assert "ne donne pas ce rôle" in _poster(client, "inviter", **wrong).content.decode()


def test_la_liste_des_comptes_se_lit_par_pages_sans_donnee_dans_l_adresse(
    django_assert_max_num_queries: Any,
) -> None:
    admin = creer_agent("admin_bailleur")
    organisme = admin.fonctions.get().organisme
    for _ in range(120):
        creer_agent("agent_bailleur", organisme, facteur=False)
    client, seen, path = client_de(admin), [], "/agents/comptes/"
    for _ in range(5):
        with django_assert_max_num_queries(20):
            page = client.get(path).content.decode()
        seen += re.findall(r"agent\d+@exemple\.fr(?=</td>)", page)
        more = re.search(r'rel="next" href="(\?apres=[0-9a-f-]{36})"', page)
        if more is None:
            break
        path = "/agents/comptes/" + more[1]
    assert len(seen) == 121
    assert len(set(seen)) == 121
    assert client.get("/agents/comptes/?apres=n'importe").status_code == 200


# --- Keys -------------------------------------------------------------------------------------------------


def test_le_secret_d_une_cle_se_montre_une_fois_et_ne_se_garde_pas() -> None:
    admin = creer_agent("admin_bailleur")
    client = client_de(admin)
    until = aujourdhui() + 90 * JOUR
    made = _poster(client, "creer_cle", libelle="ERP", portees=["offres:ecrire"], expire_le=until.isoformat())
    assert "no-store" in made["Cache-Control"]
    secret = re.search(r"<code>(pal_[\w-]+)</code>", made.content.decode())
    assert secret is not None
    key = CleApi.objects.get()
    assert key.empreinte == hash_key(secret[1])
    assert secret[1] not in str(CleApi.objects.values())
    listed = _page(client, "cles")
    assert key.prefixe in listed
    assert secret[1] not in listed
    assert queries.find_key(hash_key(secret[1]), aujourdhui()) == key
    assert _poster(client, "revoquer_cle", key.pk).status_code == 302
    assert queries.find_key(hash_key(secret[1]), aujourdhui()) is None
    assert "révoquée le" in _page(client, "cles")
    assert _actes() == ["cle.creer", "cle.revoquer"]
    assert secret[1] not in str(list(Evenement.objects.values()))


@pytest.mark.parametrize(
    "data",
    [
        {"libelle": "", "portees": ["offres:lire"], "expire_le": "2099-01-01"},
        {"libelle": "a", "portees": [], "expire_le": "2026-12-31"},
        {"libelle": "a", "portees": ["tout"], "expire_le": "2026-12-31"},
        {"libelle": "a", "portees": ["offres:lire"], "expire_le": "2020-01-01"},
        {"libelle": "a", "portees": ["offres:lire"], "expire_le": "2099-01-01"},
        {"libelle": "a", "portees": ["offres:lire"], "expire_le": "demain"},
        {"libelle": "a" * 61, "portees": ["offres:lire"], "expire_le": "2026-12-31"},
    ],
)
def test_une_cle_mal_demandee_n_est_pas_faite(data: dict[str, Any]) -> None:
    answer = _poster(client_de(creer_agent("admin_bailleur")), "creer_cle", **data)
    assert answer.status_code == 422
    assert "à corriger" in answer.content.decode()
    assert CleApi.objects.count() == 0


# --- Organismes and parameters ----------------------------------------------------------------------------


def test_un_organisme_s_ouvre_se_modifie_se_ferme() -> None:
    client = client_de(creer_agent("exploitant"))
    siren = luhn_siren(12_345_678)
    spaced = f"{siren[:3]} {siren[3:6]} {siren[6:]}"
    data = {"siren": spaced, "genre": "bailleur", "nom": "Nouveau", "telephone": "01 02 03 04 05"}
    assert _poster(client, "creer_organisme", **data).status_code == 302
    made = Organisme.objects.get(siren=siren)
    assert _poster(client, "creer_organisme", **data).status_code == 422  # already there
    assert _poster(client, "organisme", made.pk, nom="Renommé", courriel="c@exemple.fr").status_code == 302
    made.refresh_from_db()
    assert (made.nom, made.courriel, made.actif, made.siren) == ("Renommé", "c@exemple.fr", False, siren)
    acts = Evenement.objects.filter(verbe="organisme.modifier").values_list("champs", flat=True)
    assert sorted(acts[0]) == ["actif", "courriel", "nom", "telephone"]


@pytest.mark.parametrize("siren", ["732829321", "12", "abcdefghi", "", "7328293200", "٧٣٢٨٢٩٣٢٠"])
def test_un_siren_faux_est_refuse(siren: str) -> None:
    client = client_de(creer_agent("exploitant"))
    answer = _poster(client, "creer_organisme", siren=siren, genre="bailleur", nom="X")
    assert answer.status_code == 422
    assert Organisme.objects.count() == 0


def test_un_reglage_vaut_a_partir_de_son_jour() -> None:
    client = client_de(creer_agent("exploitant"))
    today = aujourdhui()
    data = {"cle": "fraicheur.retrait_jours", "valeur": "30", "du": (today + JOUR).isoformat()}
    assert _poster(client, "poser", **data).status_code == 302
    assert queries.parameters(today)["fraicheur.retrait_jours"] == 21
    assert queries.parameters(today + JOUR)["fraicheur.retrait_jours"] == 30
    assert "30 à partir du" in _page(client, "parametres")
    assert _poster(client, "poser", **(data | {"valeur": "28"})).status_code == 302  # not begun: may change
    assert Parametre.objects.get().valeur == 28
    assert _actes() == ["parametre.poser"] * 2


@pytest.mark.parametrize(
    ("cle", "valeur", "jours", "mot"),
    [
        ("fraicheur.retrait_jours", "5", 0, "rester sous"),  # below « à confirmer »
        ("fraicheur.rappel_jours", "7", 0, "rester sous"),
        ("fraicheur.retrait_jours", "500", 0, "bornes"),
        ("fraicheur.retrait_jours", "30", -1, "passée"),
        ("fraicheur.retrait_jours", "trente", 0, "nombre entier"),
        ("inconnu", "3", 0, "choix valide"),
    ],
)
def test_un_reglage_absurde_est_refuse(cle: str, valeur: str, jours: int, mot: str) -> None:
    du = (aujourdhui() + jours * JOUR).isoformat()
    answer = _poster(client_de(creer_agent("exploitant")), "poser", cle=cle, valeur=valeur, du=du)
    assert answer.status_code == 422
    assert mot in answer.content.decode().replace("’", "'")
    assert Parametre.objects.count() == 0


def test_les_reglages_livres_sont_ceux_des_regles_des_annonces() -> None:
    from palier.web.apps.offres.rules import load_parametres

    values, rules = queries.parameters(aujourdhui()), load_parametres()
    for name in ("rappel_jours", "a_confirmer_jours", "retrait_jours", "baisse_max_pour_cent"):
        assert values[f"fraicheur.{name}"] == getattr(rules, name)


# --- Journal ----------------------------------------------------------------------------------------------


def test_le_journal_de_mon_organisme_se_lit_par_pages() -> None:
    admin = creer_agent("admin_bailleur")
    own, other = admin.fonctions.get().organisme, creer_organisme()
    for number in range(60):
        inscrire(acteur=admin, verbe=f"essai.{number}", objet_type="x", objet_id=1, organisme=own.pk)
        inscrire(acteur="systeme", verbe="secret.autre", objet_type="x", objet_id=1, organisme=other.pk)
    client = client_de(admin)
    first = _page(client, "journal")
    assert "secret.autre" not in first
    assert "Chaîne entière" not in first  # for the auditor
    assert admin.nom in first
    more = re.search(r"\?avant=(\d+)", first)
    assert more is not None
    second = _page(client, "journal", avant=more[1])
    found = re.findall(r"essai\.(\d+)<", first + second)
    assert sorted(map(int, found)) == list(range(60))
    assert client.get("/agents/journal/?avant=x").status_code == 200
    assert client.get("/agents/journal/?avant=" + "9" * 30).status_code == 200


def test_l_auditeur_lit_tout_et_prouve_la_chaine() -> None:
    inscrire(acteur="systeme", verbe="essai.a", objet_type="x", objet_id=1)
    inscrire(acteur="systeme", verbe="offre.retirer.annulee", objet_type="offre", objet_id=1, origine="api")
    page = _page(client_de(creer_agent("auditeur")), "journal")
    assert "essai.a" in page
    assert "Chaîne entière" in page
    assert "Annonce retirée<" in page
    assert "programme<" in page


def test_chaque_acte_des_sources_a_ses_mots(sources: Path) -> None:
    from palier.web.apps.organismes.views.actes import ACTES, OBJETS

    text = "".join(path.read_text(encoding="utf-8") for path in (sources / "web").rglob("*.py"))
    acts = set(re.findall(r'verbe="([a-z_.]+)"', text)) | set(re.findall(r'_note\(\w+, "([a-z_.]+)"', text))
    assert acts - set(ACTES) == set()
    assert set(re.findall(r'objet_type="([a-z_]+)"', text)) - set(OBJETS) == set()


def test_chaque_etat_d_un_fichier_se_dit_en_mots_dans_le_journal() -> None:
    for state in set(EtatLot.values) - {EtatLot.RECU.value}:
        assert say_act(f"lot.{state}") != f"lot.{state}"
