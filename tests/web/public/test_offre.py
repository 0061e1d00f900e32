"""The page of an offer: what is known, what is not, what the law prescribes, and nothing kept."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palier.tables import colonne
from palier.web.apps.offres.queries.contexte import contexte_du
from palier.web.apps.offres.rules import OffreSaisie
from palier.web.apps.offres.rules.energie import check_mentions
from palier.web.apps.public.models import StatistiqueFile
from palier.web.apps.public.presentation.acces import LIEUX
from palier.web.horloge import aujourdhui, maintenant
from tests.web.public.outils import BRS, LOCAL, LOCATION, PSLA, VENTE, arbre, creer, references, texte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
EMS = "246700488"


def page(client: Client, offre: Any, **options: Any) -> Any:
    answer = client.get(f"/offres/{offre.pk}", **options)
    assert answer.status_code == 200
    return arbre(answer)


def _statistique(typologie: str = "t3", n: int = 412, **attente: Any) -> None:
    waits = {"baux": 236, "depuis": "2025-01-01", "q10": 9, "q50": 26, "q90": 58, "maximum": 72}
    StatistiqueFile.objects.create(
        territoire=EMS, typologie=typologie, au=dt.date(2026, 11, 2), n=n, histogramme=[], quantiles={},
        attente=waits | {"liberes_12_mois": 31} | attente, provenance={}, publiee_le=maintenant(),
    )  # fmt: skip


def test_le_loyer_se_lit_en_un_coup_d_oeil(client: Client) -> None:
    tree = page(client, creer())
    rows = [texte(row) for row in tree.cssselect("table.montants tr")]
    assert rows == [
        "Loyer hors charges412,50 €",
        "Charges (provision)95,00 €",
        "Par mois, charges comprises507,50 €",
    ]
    side = texte(tree.cssselect(".fiche-cote")[0])
    assert "Dépôt de garantie : 412,50 €." in side
    assert "PLUS" in side
    assert tree.cssselect("a[href='tel:0388000000']")
    assert "1 place du Marché, 67000 Strasbourg" in side


@pytest.mark.parametrize("classe", ["c", "f"])
def test_les_mots_de_l_energie_sont_ceux_de_la_loi(client: Client, classe: str) -> None:
    offre = creer(dpe_classe=classe)
    seen = texte(page(client, offre).cssselect("main")[0])
    saisie = OffreSaisie(**LOCATION | {"dpe_classe": classe})
    assert check_mentions(seen, saisie, contexte_du(aujourdhui()).loi) == []
    assert ("Logement à consommation énergétique excessive : classe F" in seen) == (classe == "f")


def test_un_diagnostic_vierge_ou_absent_est_dit(client: Client) -> None:
    blank = texte(page(client, creer(dpe_classe="vierge", ges_classe=None)))
    assert "ne donne pas de classe" in blank
    none = texte(page(client, creer(dpe_classe=None, ges_classe=None, depense_min_cent=None)))
    assert "n'a pas donné de diagnostic" in none


def test_les_lieux_de_l_acces_couvrent_toute_la_nomenclature() -> None:
    listed = [code for _lieu, codes in LIEUX for code in codes]
    assert sorted(listed) == sorted(colonne("accessibilite").codes)


def test_present_absent_inconnu_sont_trois_valeurs(client: Client) -> None:
    offre = creer(accessibilite=frozenset({"wc_barres"}), accessibilite_absente=frozenset({"wc_transfert"}))
    tree = page(client, offre)
    row = next(d for d in tree.cssselect("#acces ~ dl > div") if "Toilettes" in texte(d))
    states = [texte(p) for p in row.cssselect("p.etat")]
    assert [s.strip().endswith(": non") for s in states] == [False, True]
    assert "Non renseigné : toilettes rehaussées" in texte(row)
    assert "Le bailleur n'a rien dit de : entrée de l'immeuble" in texte(tree)


def test_les_chances_disent_leur_base_et_ne_decident_pas(client: Client) -> None:
    _statistique()
    block = page(client, creer()).cssselect("section[aria-labelledby=chances]")[0]
    said = texte(block)
    assert [texte(dd).strip() for dd in block.cssselect("dd")] == ["412", "31", "26 mois"]
    assert "236 ménages logés en T3, Eurométropole de Strasbourg, depuis le 1er janvier 2025" in said
    assert "2 novembre 2026" in said
    assert "Il ne décide pas" in said
    assert block.cssselect("svg[aria-label*='9 mois']")
    assert block.cssselect("a[href^='/chiffres'], a[href^='/comprendre']")


def test_un_petit_groupe_est_masque_et_un_territoire_sans_chiffre_le_dit(client: Client) -> None:
    _statistique("t2")
    small = texte(page(client, creer()).cssselect("section[aria-labelledby=chances]")[0])
    assert "Calcul masqué, moins de 11 demandes comparables" in small
    assert "412" not in small
    StatistiqueFile.objects.all().delete()
    none = texte(page(client, creer()).cssselect("section[aria-labelledby=chances]")[0])
    assert "Aucun chiffre n'est publié" in none


@pytest.mark.parametrize(
    "attente",
    [{"q10": None}, {"q90": None}, {"q50": None}, {"baux": 10}, {"liberes_12_mois": 3}, {"q10": 40}],
)
def test_des_attentes_incompletes_ne_cassent_rien(client: Client, attente: dict[str, Any]) -> None:
    _statistique(**attente)
    block = page(client, creer()).cssselect("section[aria-labelledby=chances]")[0]
    assert "412" in texte(block)
    if attente == {"liberes_12_mois": 3}:
        assert "libérés" not in texte(block)


@pytest.mark.parametrize(
    ("mode", "attendu", "refuse"),
    [
        ("candidature_ouverte", "Se porter candidat ou candidate", "On ne postule pas"),
        ("file_demandes", "On ne postule pas à ce logement", "Se porter candidat"),
    ],
)
def test_la_page_dit_si_l_on_peut_postuler(client: Client, mode: str, attendu: str, refuse: str) -> None:
    tree = page(client, creer(mode_attribution=mode))
    assert attendu in texte(tree)
    assert refuse not in texte(tree)
    steps = texte(tree.cssselect("#attribution ~ ol")[0])
    assert "au moins 3 demandes" in steps
    assert "au moins 10 jours" in steps


def test_une_vente_hlm_dit_ce_que_la_loi_demande(client: Client) -> None:
    today = aujourdhui()
    media = {
        f"publication_{name}_date": today - dt.timedelta(days=n)
        for name, n in (("site", 9), ("hall", 8), ("journal", 6))
    }
    offre = creer(VENTE, offres_limite_date=today + dt.timedelta(days=40), **media)
    tree = page(client, offre)
    said = texte(tree)
    assert "145 000,00 €" in said
    assert "130 500,00 €" in said
    assert texte(tree.cssselect(".echeance .reste")[0]).strip() == "40 jours"
    assert "Par lettre recommandée au service des ventes" in said
    assert [texte(d) for d in tree.cssselect("#copropriete ~ dl dd")] == ["48", "1 320 €", "non"]
    assert len(tree.cssselect("#publicite ~ table tbody .etat-fait")) == 3
    assert "les offres sont reçues au moins jusqu'au" in said
    assert "d'abord les locataires des bailleurs sociaux" in said


def test_une_publication_qui_manque_se_voit(client: Client) -> None:
    offre = creer(VENTE, publication_site_date=aujourdhui() - dt.timedelta(days=2))
    tree = page(client, offre)
    assert len(tree.cssselect("#publicite ~ table tbody .etat-fait")) == 1
    assert "Pas encore publié" in texte(tree)


def test_un_brs_montre_les_deux_prix(client: Client) -> None:
    rows = [texte(row) for row in page(client, creer(BRS)).cssselect("table.montants tr")]
    assert rows == ["Prix du logement, sans le terrain160 000,00 €", "Redevance du terrain, par mois108,00 €"]


def test_une_location_accession_dit_son_delai(client: Client) -> None:
    said = texte(page(client, creer(PSLA, levee_option_date=dt.date(2030, 9, 30))))
    assert "Dernier jour pour acheter : lundi 30 septembre 2030" in said
    assert "4 ans au plus pour décider d'acheter" in said


def test_un_local_dit_ses_mesures_et_ce_qui_manque(client: Client) -> None:
    tree = page(client, creer(LOCAL))
    facts = {
        texte(d.cssselect("dt")[0]): texte(d.cssselect("dd")[0]) for d in tree.cssselect("#local ~ dl > div")
    }
    assert facts["Vitrine"] == "4,20 m"
    assert facts["Conduit d'extraction"] == "non"
    assert facts["Arrivée d'eau"] == "non renseigné"
    assert "Loyer (hors taxes)" in texte(tree)
    assert "Soit 1 180,00 € par mois" in texte(tree)
    assert not tree.cssselect("section[aria-labelledby=chances]")


@pytest.mark.parametrize(
    ("precision", "montre"),
    [("numero", "12 rue de la Douane"), ("voie", "Rue de la Douane"), ("quartier", ""), ("commune", "")],
)
def test_l_adresse_n_est_jamais_plus_precise_que_voulu(client: Client, precision: str, montre: str) -> None:
    head = texte(page(client, creer(precision_adresse=precision)).cssselect(".fiche-tete .chapeau")[0])
    assert head.replace("\u2068", "").replace("\u2069", "").strip(" ,") == ", ".join(
        part for part in (montre, "67000 Strasbourg") if part
    )


@pytest.mark.parametrize(
    ("motif", "dit"),
    [
        ("pourvue", "Ce logement a été attribué"),
        ("expiree", "n'a pas confirmé cette annonce à temps"),
        ("annulee", "Le bailleur a retiré cette annonce"),
        ("non_conforme", "ne disait pas tout ce que la loi demande"),
    ],
)
def test_une_annonce_retiree_dit_pourquoi_et_propose(client: Client, motif: str, dit: str) -> None:
    near = creer()
    creer(typologie="t1")
    gone = creer(statut="retiree", motif=motif)
    answer = client.get(f"/offres/{gone.pk}")
    assert answer.status_code == 410
    assert dit in texte(arbre(answer))
    assert references(answer) == [str(near.pk)]
    assert arbre(answer).cssselect("meta[name=robots][content=noindex]")
    linked = client.get(f"/offres/{gone.pk}.jsonld")
    assert linked.status_code == 410
    assert linked.json()["offers"]["availability"] in {
        "https://schema.org/SoldOut",
        "https://schema.org/Discontinued",
    }


def test_un_brouillon_et_un_doublon_sont_inconnus(client: Client) -> None:
    first = creer()
    for offre in (creer(statut="brouillon"), creer(statut="controlee"), creer(doublon_de=first)):
        assert client.get(f"/offres/{offre.pk}").status_code == 404
        assert client.get(f"/offres/{offre.pk}.jsonld").status_code == 404


def test_les_donnees_liees_disent_la_meme_chose_que_la_page(client: Client) -> None:
    offre = creer(accessibilite=frozenset({"plain_pied"}))
    answer = client.get(f"/offres/{offre.pk}")
    inline = json.loads(arbre(answer).cssselect("script[type='application/ld+json']")[0].text)
    linked = client.get(f"/offres/{offre.pk}.jsonld").json()
    assert inline == linked
    assert "describedby" in answer["Link"]
    assert inline["@type"] == "RealEstateListing"
    offer = inline["offers"]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", "507.50", "EUR")
    assert offer["businessFunction"].endswith("#LeaseOut")
    home = offer["itemOffered"]
    assert (home["@type"], home["numberOfRooms"], home["floorLevel"]) == ("Apartment", 3, "2")
    assert home["floorSize"] == {"@type": "QuantitativeValue", "value": 64, "unitCode": "MTK"}
    sale = client.get(f"/offres/{creer(VENTE).pk}.jsonld").json()
    assert sale["offers"]["businessFunction"].endswith("#Sell")
    assert "priceSpecification" not in sale["offers"]


def test_la_page_a_son_adresse_et_ses_mots_pour_les_partages(client: Client, settings: Any) -> None:
    offre = creer()
    for prefix, path in (("", f"/offres/{offre.pk}"), ("/en", f"/en/offres/{offre.pk}")):
        tree = arbre(client.get(path))
        url = f"{settings.ADRESSE_PUBLIQUE}{prefix}/offres/{offre.pk}"
        assert tree.cssselect("link[rel=canonical]")[0].get("href") == url
        graph = {m.get("property"): m.get("content") for m in tree.cssselect("meta[property^='og:']")}
        assert graph["og:url"] == url
        assert graph["og:title"]
        assert "og:image" not in graph
        assert tree.cssselect("meta[name=description]")[0].get("content")


def test_l_estimation_repond_sans_rien_garder(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    offre = creer()
    with (
        caplog.at_level(logging.DEBUG),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        answer = client.post(f"/offres/{offre.pk}", {"ressources": "1437", "aide": "211"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    # (507.50 - 211 + 820/12 to 1150/12) / 1437
    said = texte(arbre(answer).cssselect("details.effort")[0])
    assert "25 % à 27 %" in said
    assert "Il resterait de 1 045 € à 1 072 € par mois" in said
    assert not any(sql["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"} for sql in asked)
    assert not any("1437" in record.getMessage() or "1437" in str(vars(record)) for record in caplog.records)


@pytest.mark.parametrize(
    ("envoi", "dit"),
    [
        ({}, "Écrivez les ressources du foyer"),
        ({"ressources": "mille"}, "Écrivez un nombre entier"),
        ({"ressources": "0"}, ""),
        ({"ressources": "-5"}, ""),
        ({"ressources": "99999999999999999999"}, ""),
        ({"ressources": "1500", "aide": "beaucoup"}, "Écrivez un nombre entier"),
        ({"ressources": "<script>alert(1)</script>"}, "Écrivez un nombre entier"),
    ],
)
def test_une_saisie_fausse_est_gardee_et_expliquee(client: Client, envoi: dict[str, str], dit: str) -> None:
    answer = client.post(f"/offres/{creer().pk}", envoi)
    assert answer.status_code == 422
    tree = arbre(answer)
    assert tree.cssselect(".resume-erreurs a[href^='#id_']")
    assert dit in texte(tree)
    assert "<script>alert" not in answer.content.decode()
    assert tree.cssselect("details.effort[open]")


def test_sans_loyer_connu_l_estimation_le_dit(client: Client) -> None:
    offre = creer(loyer_logement_cent=None)
    answer = client.post(f"/offres/{offre.pk}", {"ressources": "1500"})
    assert answer.status_code == 200
    assert "le loyer n'est pas connu" in texte(arbre(answer))


def test_une_annonce_a_confirmer_dit_jusqu_a_quand(client: Client) -> None:
    said = texte(page(client, creer(statut="a_confirmer", age=10)))
    assert "À confirmer" in said
    assert "Sans nouvelle du bailleur, l'annonce part le" in said
