"""The simulator: six questions, every bad answer said at once, the reference engine, nothing kept."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import html

from palier.base.explanation import prune
from palier.base.rendu import render_tree
from palier.web.apps.public.presentation.simulation_form import GROUPES, SimulationForm
from palier.web.apps.public.views.simuler import simulate
from tests.web.public.outils_chiffres import AU, a_conserver, publie
from tests.web.public.outils_simuler import REPONSES, places

pytestmark = pytest.mark.django_db
MARQUEUR = "Zzyxmarqueur"


@pytest.fixture(autouse=True)
def lieux(monkeypatch: Any) -> None:
    monkeypatch.setattr("palier.web.apps.public.views.simuler.aujourdhui", lambda: AU)
    places()


def poste(client: Client, url: str = "/simuler", status: int = 200, **change: Any) -> Any:
    answer = client.post(url, {k: v for k, v in (REPONSES | change).items() if v is not None})
    assert answer.status_code == status
    found = html.fromstring(answer.content.decode())
    found.answer = answer
    return found


def text(node: Any) -> str:
    return re.sub(r"\s+", " ", str(node.text_content()).replace("\u00a0", " ").replace("\u202f", " "))


# --- The questions -----------------------------------------------------------------------------------------


def test_six_questions_sur_un_ecran_sans_compte_ni_cookie(client: Client) -> None:
    answer = client.get("/simuler")
    found = html.fromstring(answer.content.decode())
    assert len(found.cssselect("fieldset.question")) == len(GROUPES) == 6
    form = found.cssselect("form.questions")[0]
    assert (form.get("method"), form.get("action")) == ("post", "/simuler")
    assert not answer.cookies
    assert not found.cssselect("input[name=csrfmiddlewaretoken]")


MAUVAISES = [
    ("age", "", "Écrivez votre âge."),
    ("age", "trente", "nombre entier, par exemple 34"),
    ("age", "12", "au moins 16"),
    ("age", "121", "au plus 120"),
    ("age", "34,5", "nombre entier"),
    ("adultes", None, "Choisissez une réponse."),
    ("adultes", "3", "Choisissez dans la liste."),
    ("mineurs", "-1", "au moins 0"),
    ("mineurs", "21", "au plus 20"),
    ("moins_14", "3", "dépasse celui des enfants de moins de 18 ans"),
    ("autres", "", "0 s’il n’y en a pas"),
    ("rfr", "", "0 s’il n’y en a pas"),
    ("rfr", "1.234,56", "nombre entier d’euros"),
    ("rfr", "NaN", "nombre entier d’euros"),
    ("rfr", "1e5", "nombre entier d’euros"),
    ("rfr", "9" * 30, "au plus 500000"),
    ("ressources", "-5", "au moins 0"),
    ("ressources", "0", "ne se comparent pas"),
    ("emploi", "roi", "Choisissez dans la liste."),
    ("mode", "", "Choisissez une réponse."),
    ("mode", "hotel,chez_particulier", "Choisissez dans la liste."),
    ("aide", "700", "L’aide dépasse le loyer"),
    ("surface", "0", "au moins 1"),
    ("occupants", "0", "au moins 1"),
    ("motif_1", "", "Choisissez une réponse."),
    ("motif_2", "expulsion", "déjà choisie"),
    ("motif_3", "trop_petit", "déjà choisie"),
    ("motif_1", "origine", "Choisissez dans la liste."),
    ("lieu", "", "Écrivez une commune"),
    ("lieu", "Nulle-Part", "Nous ne connaissons pas cette commune"),
    ("lieu", "Bas-Rhin", "Nous ne connaissons pas cette commune"),
    ("lieu", "x" * 200, "80"),
    ("tailles", [], "Choisissez une ou deux tailles"),
    ("tailles", ["t1", "t2", "t3"], "Gardez 2 tailles"),
    ("tailles", ["t9"], "Choisissez dans la liste"),
    ("attente", "601", "au plus 600"),
    ("attente", "depuis mai", "nombre entier de mois"),
]


@pytest.mark.parametrize(("champ", "valeur", "message"), MAUVAISES)
def test_une_mauvaise_reponse_est_dite_a_sa_place(
    client: Client, champ: str, valeur: Any, message: str
) -> None:
    found = poste(client, status=422, **{champ: valeur})
    summary = found.cssselect("#erreurs a")
    assert len(summary) == 1
    assert message in text(summary[0])
    target = summary[0].get("href").removeprefix("#")
    control = found.cssselect(f'[id="{target}"]')
    assert control
    assert control[0].get("name") == champ
    assert "À corriger" in text(found.cssselect("title")[0])


def test_toutes_les_mauvaises_reponses_a_la_fois_et_les_bonnes_gardees(client: Client) -> None:
    found = poste(
        client, status=422, age="", rfr="beaucoup", moins_14="5", lieu="Nulle-Part", motif_2="expulsion"
    )
    assert len(found.cssselect("#erreurs a")) == 5
    assert found.cssselect("input[name=rfr]")[0].get("value") == "beaucoup"
    assert found.cssselect("input[name=loyer]")[0].get("value") == "620"
    assert found.cssselect("select[name=mode] option[selected]")[0].get("value") == "locataire_prive"


def test_un_couple_donne_les_deux_ages(client: Client) -> None:
    assert "compte pour les plafonds" in text(poste(client, status=422, adultes="2").cssselect("#erreurs")[0])
    poste(client, adultes="2", age_conjoint="30")


# --- The answer --------------------------------------------------------------------------------------------


def test_sans_regle_publiee_les_droits_se_disent_quand_meme(client: Client) -> None:
    found = poste(client)
    assert "Oui, vous pouvez demander un logement social" in text(found.cssselect("h1")[0])
    assert "Pas de règle publiée ici" in text(found)
    assert not found.cssselect(".explication")


def test_les_points_sont_ceux_du_moteur_de_reference_avec_les_mots_du_terminal(client: Client) -> None:
    publie()
    found = poste(client)
    form = SimulationForm(found.answer.wsgi_request.POST, annee=AU.year)
    assert form.is_valid()
    from palier import law

    made = simulate(form.reponses(), law.load().at(AU, non_verifie=True), AU, "fr")
    assert made.note is not None
    assert text(found.cssselect(".explication .total .nombre-grand")[0]).split() == [
        str(made.note.total),
        "points",
    ]
    shown = text(found.cssselect("section[aria-labelledby=points]")[0])
    kept, _dropped = prune(made.note.explication)
    for line in render_tree(kept)[1:]:
        for kind, sentence in line.textes:
            if kind not in {"preuve", "reference"} and line.code != "preuve":
                words = sentence.replace("'", "’").replace("\u00a0", " ").replace("\u202f", " ")
                assert words.replace(" :", " :") in shown.replace(" :", " :"), sentence


def test_la_place_est_celle_de_l_histogramme_publie(client: Client) -> None:
    publie()
    said = text(poste(client).cssselect("section[aria-labelledby=place]")[0])
    found = re.search(r"Sur (\d+) demandes de T3 comparables, (\d+) sont dans une tranche plus haute", said)
    assert found is not None
    figure = next(f for f in a_conserver().figures if (f.secteur, f.typologie) == ("Strasbourg", "t3"))
    segments = [s for s in figure.histogramme["segments"] if s["systeme"] in (None, "primo")]
    assert int(found[1]) == sum(s["n"] for s in segments)
    assert 0 <= int(found[2]) < int(found[1])


def test_une_file_masquee_est_dite_masquee(client: Client) -> None:
    publie(figures=tuple(f for f in a_conserver().figures if f.typologie != "t3"))
    said = text(poste(client).cssselect("section[aria-labelledby=place]")[0])
    assert "Calcul masqué" in said
    assert "Sur" not in said.split("Calcul masqué")[1].split("Ce n’est")[0]


def test_un_plafond_non_verifie_porte_sa_marque(client: Client) -> None:
    rows = poste(client).cssselect("section[aria-labelledby=droits] tbody tr")
    assert "à vérifier" in text(rows[0])
    assert "à vérifier" not in text(rows[1])


@pytest.mark.parametrize(
    ("change", "titre"),
    [
        ({"rfr": "45375"}, "Oui, vous pouvez demander un logement social"),  # under PLS
        ({"rfr": "58987"}, "Vos revenus dépassent les plafonds"),
        ({"lieu": "97400"}, "Les plafonds de ce lieu ne sont pas connus de ce site"),
        (
            {"mineurs": "3", "moins_14": "0", "rfr": "69390"},
            "Un plafond n’est pas connu : le guichet peut répondre",
        ),
    ],
)
def test_le_titre_repond(client: Client, change: dict[str, str], titre: str) -> None:
    assert text(poste(client, **change).cssselect("h1")[0]) == titre


def test_un_loyer_sans_ressources_ne_donne_pas_de_note_et_dit_pourquoi(client: Client) -> None:
    publie()
    found = poste(client, ressources=None)
    assert "sans réponse" in text(found) or "Non demandé" in text(found)


def test_les_logements_possibles_se_cherchent_sans_rien_dire_de_la_personne(client: Client) -> None:
    found = poste(client)
    for link in found.cssselect("a[href]"):
        assert "14000" not in link.get("href")
        assert "1300" not in link.get("href")
    action = found.cssselect(".tete a.btn-primary")[0].get("href")
    assert action.startswith("/alertes?commune=67482&typologie=T3&financement=plai")


# --- What if -----------------------------------------------------------------------------------------------


def _rows(found: Any) -> dict[str, tuple[str, str]]:
    return {
        text(row[0]).strip(): (text(row[1]).strip(), text(row[2]).strip())
        for row in found.cssselect("table.comparaison tbody tr")
    }


def test_sans_hypothese_rien_n_est_compare(client: Client) -> None:
    assert not poste(client).cssselect("table.comparaison")


@pytest.mark.parametrize(
    ("hypothese", "ecart"),
    [("dalo", 60), ("attente", 12), ("enfant", None), ("ressources", None), ("adulte", None)],
)
def test_une_hypothese_change_une_reponse_et_les_montre_cote_a_cote(
    client: Client, hypothese: str, ecart: int | None
) -> None:
    publie()
    rows = _rows(poste(client, hypothese=hypothese))
    before, after = rows["Points"]
    assert before.isdigit()
    assert after.isdigit()
    if ecart is not None:
        assert int(after) - int(before) == ecart


def test_une_autre_taille_ou_une_autre_commune_changent_la_file(client: Client) -> None:
    publie()
    rows = _rows(poste(client, hypothese_taille="t2"))
    assert rows["Points"][0] == rows["Points"][1]
    assert rows["Demandes dans une tranche plus haute"][0] != rows["Demandes dans une tranche plus haute"][1]
    moved = _rows(poste(client, hypothese_lieu="Schiltigheim"))
    assert moved["Demandes dans une tranche plus haute"][0] == rows["Demandes dans une tranche plus haute"][0]


def test_une_commune_inconnue_dans_l_hypothese_est_dite_la(client: Client) -> None:
    found = poste(client, hypothese_lieu="Nulle-Part")
    assert "Nous ne connaissons pas cette commune" in text(found.cssselect("#et-si")[0])
    assert found.cssselect("#c-hypothese_lieu[aria-invalid=true]")


def test_une_hypothese_inconnue_ne_change_rien(client: Client) -> None:
    assert not poste(client, hypothese="magie", hypothese_taille="t99").cssselect("table.comparaison")


# --- Nothing is kept ---------------------------------------------------------------------------------------


def test_rien_n_est_ecrit_dans_la_base(client: Client) -> None:
    publie()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        poste(client, hypothese="dalo")
    written = [q["sql"] for q in queries if not q["sql"].lstrip().upper().startswith(("SELECT", "WITH"))]
    assert written == []
    assert not any("14000" in q["sql"] for q in queries)


def test_rien_n_est_dans_les_journaux_meme_en_cas_de_panne(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: Any
) -> None:
    from palier.web.middleware.traces import JsonFormatter

    caplog.set_level(logging.DEBUG)
    poste(client, nom=MARQUEUR, rfr="13579")
    poste(client, status=422, lieu=MARQUEUR, rfr="13579")

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError(MARQUEUR)

    monkeypatch.setattr("palier.web.apps.public.views.simuler.simulate", broken)
    client.raise_request_exception = False
    client.post("/simuler", REPONSES | {"nom": MARQUEUR, "rfr": "13579"})
    written = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    assert "simuler" in written
    assert MARQUEUR not in written
    assert "13579" not in written


def test_la_reponse_ne_se_garde_ni_ne_se_suit(client: Client) -> None:
    answer = poste(client).answer
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_une_adresse_avec_des_valeurs_n_est_pas_lue(client: Client) -> None:
    found = html.fromstring(client.get("/simuler?rfr=13579&age=34").content.decode())
    assert not found.cssselect("input[name=rfr]")[0].get("value")
    assert not found.cssselect("#erreurs")


def test_trop_d_appels_sont_refuses(client: Client, settings: Any) -> None:
    settings.LIMITES_DE_DEBIT = True
    settings.DEBITS = settings.DEBITS | {"simulation": (2, 60)}
    codes = [client.post("/simuler", {}).status_code for _ in range(3)]
    assert codes == [422, 422, 429]


# --- Languages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("langue", ["en", "ar", "pt"])
def test_les_mots_de_l_explication_disent_leur_langue(client: Client, langue: str) -> None:
    publie()
    found = poste(client, f"/{langue}/simuler")
    tree = found.cssselect(".explication")[0].getparent()
    assert found.get("lang") == langue
    assert tree.get("lang") == (None if langue == "en" else "fr")
    translation.activate("fr")
