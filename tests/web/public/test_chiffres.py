"""The page of figures: each number dated, based, linked to its method; hidden is not zero; twins agree."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from lxml import etree, html

from palier.web.apps.offres.models import Offre
from palier.web.apps.offres.queries import fraicheur
from palier.web.apps.public.models import StatistiqueFile
from palier.web.apps.public.presentation.methodes import PAGE, TITRES, method_link
from palier.web.apps.public.queries.accueil import measure
from tests.web.offres.outils import MAINTENANT, bailleur
from tests.web.offres.test_lots import envoie, plusieurs
from tests.web.public.outils_chiffres import AU, EMS, a_conserver, publie

pytestmark = pytest.mark.django_db


def page(client: Client, url: str = "/chiffres") -> Any:
    answer = client.get(url)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def text(node: Any) -> str:
    return re.sub(r"\s+", " ", str(node.text_content()).replace("\u00a0", " ").replace("\u202f", " "))


def test_sans_chiffre_publie_la_page_le_dit_et_mesure_la_fraicheur(client: Client) -> None:
    said = text(page(client))
    assert "Aucun chiffre n’est publié" in said
    assert "Nos annonces sont-elles fraîches" in said


def test_les_nombres_sont_ceux_qui_ont_ete_publies(client: Client) -> None:
    publie()
    whole = StatistiqueFile.objects.get(secteur="", typologie="")
    shown = [text(dd) for dd in page(client).cssselect("dl.chiffres dd")]
    assert str(whole.n) in shown[0].replace(" ", "")
    assert shown[1].strip() == str(whole.attente["liberes_12_mois"])
    after = next(r for r in whole.attente["estimee"]["reperes"] if r["mois"] == 24)
    assert shown[3].strip() == f"{after['loge']} %"


def test_une_file_absente_est_masquee_jamais_zero(client: Client) -> None:
    publie(figures=tuple(f for f in a_conserver().figures if f.typologie != "t3"))
    rows = [row for row in page(client).cssselect("table tbody tr") if text(row).strip().startswith("T3")]
    assert rows
    assert all("calcul masqué" in text(row) or "non observé" in text(row) for row in rows)
    assert not any(re.search(r"\b0\b", text(row)) for row in rows)


def test_l_attente_des_loges_et_celle_des_demandeurs_ont_chacune_leur_section(client: Client) -> None:
    publie()
    found = page(client)
    titles = [text(h2) for h2 in found.cssselect("main h2")]
    assert titles.index("Ceux qui attendent : ce que l’on peut prévoir") >= 0
    assert titles.index("Ceux qui ont été logés : combien ils ont attendu") >= 0
    assert "Ce n’est pas l’attente de ceux qui attendent encore" in text(found)


def test_chaque_lien_de_methode_mene_a_une_ancre(client: Client) -> None:
    publie()
    links = [a.get("href") for a in page(client).cssselect("main a") if PAGE in (a.get("href") or "")]
    assert len(links) >= 6
    anchors = {node.get("id") for node in page(client, PAGE).cssselect("[id]")}
    assert {link.partition("#")[2] for link in links} <= anchors
    assert set(TITRES) <= anchors
    with pytest.raises(KeyError):
        method_link("inconnue")


def test_chaque_dessin_a_son_tableau_et_dit_son_resultat(client: Client) -> None:
    publie()
    found = page(client)
    for figure in found.cssselect("main figure"):
        assert all(svg.get("aria-label") for svg in figure.cssselect("svg[role=img]"))
        assert figure.cssselect("svg[role=img]")
        assert figure.getparent().cssselect("details table")


def test_secteur_par_secteur_la_taille_se_choisit_dans_l_adresse(client: Client) -> None:
    publie()
    whole = page(client, f"/chiffres?territoire={EMS}")
    small = page(client, f"/chiffres?territoire={EMS}&taille=t2")
    for found, size in ((whole, ""), (small, "t2")):
        cell = found.cssselect("section[aria-labelledby=secteurs] tfoot td")[0]
        expected = StatistiqueFile.objects.get(secteur="", typologie=size).n
        assert text(cell).replace(" ", "") == str(expected)


@pytest.mark.parametrize(
    "query", ["?territoire=000000000", f"?territoire={EMS}&au=2020-01-01", "?au=hier", "?au=2026-02-31"]
)
def test_un_territoire_ou_une_date_sans_chiffre_est_introuvable(client: Client, query: str) -> None:
    publie()
    assert client.get(f"/chiffres{query}").status_code == 404
    assert client.get(f"/chiffres.csv{query}").status_code == 404


def test_une_autre_date_reste_lisible(client: Client) -> None:
    publie()
    publie(au=AU - dt.timedelta(days=31))
    found = page(client)
    assert "24 novembre 2026" in text(found)
    assert found.cssselect('a[href="/chiffres?territoire=246700488&au=2026-10-24"]')
    assert "24 octobre 2026" in text(page(client, f"/chiffres?territoire={EMS}&au=2026-10-24"))


def test_le_csv_dit_une_file_par_ligne_et_laisse_vide_ce_qui_est_masque(client: Client) -> None:
    publie()
    answer = client.get(f"/chiffres.csv?territoire={EMS}")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(a_conserver().figures)
    assert [int(row["demandes"]) for row in rows if not row["secteur"] and not row["typologie"]] == [
        a_conserver().figures[0].n
    ]
    assert {row["loges_attente_mois_q10"] for row in rows} >= {""}
    assert (
        client.get(f"/chiffres.csv?territoire={EMS}", headers={"If-None-Match": answer["ETag"]}).status_code
        == 304
    )


def test_le_csv_ne_laisse_pas_un_tableur_lire_une_formule(client: Client) -> None:
    from dataclasses import replace

    publie(figures=(replace(a_conserver().figures[0], secteur="=1+1"),))
    assert '"=1+1' not in client.get("/chiffres.csv").content.decode()
    assert ";=1+1" not in client.get("/chiffres.csv").content.decode()


def test_le_flux_a_une_entree_par_publication(client: Client) -> None:
    publie()
    feed = etree.fromstring(client.get("/chiffres.atom").content)
    ns = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("string(a:entry/a:id)", namespaces=ns).endswith(f"?territoire={EMS}&au=2026-11-24")
    assert len(feed.xpath("a:entry", namespaces=ns)) == 1


@pytest.mark.usefixtures("communes")
def test_la_promesse_de_fraicheur_est_mesuree(client: Client) -> None:
    owner = bailleur()
    envoie(owner, plusieurs(10))
    day = MAINTENANT.date()
    ages = [0, 1, 2, 3, 6, 7, 8, 9, 12, 20]
    for offre, age in zip(Offre.objects.order_by("reference"), ages, strict=True):
        Offre.objects.filter(pk=offre.pk).update(confirmee_le=MAINTENANT - dt.timedelta(days=age))
    left = Offre.objects.order_by("reference")[9]
    Offre.objects.filter(pk=left.pk).update(
        statut="retiree", motif_retrait="pourvue", retiree_le=MAINTENANT - dt.timedelta(days=3)
    )
    found = fraicheur.measure(day)
    assert (found.n, found.a_jour, found.age_median) == (9, 5, 6)
    assert (found.retirees.total(), found.part_pourvue) == (1, 1)
    assert measure(day).fraiche == found.part  # the home page says the same


def test_sans_offre_aucune_part_n_est_dite() -> None:
    found = fraicheur.measure(AU)
    assert (found.part, found.age_median, found.part_pourvue) == (None, None, None)


def test_aucun_cookie_pour_le_public(client: Client) -> None:
    publie()
    assert not client.get("/chiffres").cookies


def test_la_page_existe_dans_chaque_langue(client: Client) -> None:
    publie()
    for langue in ("en", "ar", "pt"):
        assert client.get(f"/{langue}/chiffres").status_code == 200
    translation.activate("fr")
