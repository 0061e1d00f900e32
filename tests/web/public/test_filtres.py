"""The filters: list, map, export and API are twins; each one narrows as it says."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client

from palier.web.horloge import aujourdhui
from tests.web.offres.outils import SIREN
from tests.web.public.outils import BRS, LOCAL, VENTE, arbre, creer, references, texte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]

#: Change of a common offer to rent, and the address that must keep it alone.
CAS: dict[str, tuple[dict[str, Any], str]] = {
    "commune": ({"commune_code": "67447", "code_postal": "67300"}, "commune=67447"),
    "boîte": ({"longitude": "7.80"}, "boite=7.79,48.5,7.85,48.7"),
    "rayon": ({"longitude": "7.80"}, "centre=7.80,48.5734&rayon=1"),
    "taille": ({"typologie": "t5"}, "typologie=T5"),
    "six pièces et plus": ({"typologie": "t6"}, "typologie=T6"),
    "loyer": ({"loyer_logement_cent": 20_000}, "loyer_max=300"),
    "surface": ({"surface_m2": 120}, "surface_min=100"),
    "énergie": ({"dpe_classe": "a"}, "energie=B"),
    "sans escalier": ({"etage": 0, "avec_ascenseur": False}, "plain_pied=oui"),
    "accessibilité": (
        {"accessibilite": frozenset({"wc_transfert", "douche_siege"})},
        "accessibilite=wc_transfert&accessibilite=douche_siege",
    ),
    "financement": ({"financement_offre": "plai"}, "financement=plai"),
    "public": ({"public_reserve": "etudiant"}, "public=etudiant"),
    "disponible": ({"disponible_date": dt.date(2020, 1, 1)}, "disponible=2021-01-01"),
}


def _ids_csv(client: Client, query: str) -> list[str]:
    answer = client.get(f"/offres.csv?{query}")
    rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
    return [row["identifiant"] for row in rows]


@pytest.mark.parametrize("nom", list(CAS))
def test_un_filtre_ne_garde_que_ce_qu_il_dit_partout_pareil(client: Client, nom: str) -> None:
    change, query = CAS[nom]
    common = {"etage": 3, "avec_ascenseur": False}
    creer(**common)
    kept = str(creer(**common | change).pk)
    assert references(client.get(f"/offres?{query}")) == [kept]
    map_page = client.get(f"/carte?{query}")
    assert references(map_page) == [kept]
    marks = arbre(map_page).cssselect("svg.dessin-large a")
    assert [mark.get("href") for mark in marks] == [f"/offres/{kept}"]
    assert _ids_csv(client, query) == [kept]
    assert [o["id"] for o in client.get(f"/api/v1/offres?{query}").json()["offres"]] == [kept]
    features = client.get(f"/carte/points.geojson?{query}").json()["features"]
    if "boite" not in query:
        assert [f["properties"].get("url") for f in features] == [f"/offres/{kept}"]


@pytest.mark.parametrize(
    ("query", "attendu"),
    [("bailleur=" + SIREN, 2), ("bailleur=552100554", 0), ("depuis=3", 1), ("depuis=30", 2)],
)
def test_bailleur_et_date_de_publication(client: Client, query: str, attendu: int) -> None:
    creer()
    creer(age=10, statut="a_confirmer")
    assert len(references(client.get(f"/offres?{query}"))) == attendu


def test_les_natures_ne_se_melangent_pas(client: Client) -> None:
    rent, sale, shared, premises = creer(), creer(VENTE), creer(BRS), creer(LOCAL)
    assert references(client.get("/offres")) == [str(rent.pk)]
    assert set(references(client.get("/acheter"))) == {str(sale.pk), str(shared.pk)}
    assert references(client.get("/locaux")) == [str(premises.pk)]
    assert client.get("/offres?nature=acheter")["Location"] == "/acheter"
    assert set(references(client.get("/carte?nature=acheter"))) == {str(sale.pk), str(shared.pk)}


def test_ce_qui_n_est_pas_en_ligne_n_est_nulle_part(client: Client) -> None:
    first = creer()
    creer(statut="brouillon")
    creer(statut="controlee")
    creer(statut="retiree", motif="pourvue")
    creer(doublon_de=first)
    for path in ("/offres", "/carte"):
        assert references(client.get(path)) == [str(first.pk)]
    assert _ids_csv(client, "") == [str(first.pk)]
    assert client.get("/offres.atom").content.count(b"<entry>") == 1


def test_le_lieu_ecrit_devient_un_filtre_et_garde_la_nature(client: Client) -> None:
    from palier.web.apps.territoires.models import Entree, Lieu

    place = Lieu.objects.create(
        genre="commune", code="67447", nom="Schiltigheim", departement="67", codes_postaux=["67300"],
        lon=7.7485, lat=48.6078,
    )  # fmt: skip
    Entree.objects.create(texte="schiltigheim", poids=400_000_000, lieu=place)
    answer = client.get("/carte?lieu=Schiltigheim&nature=acheter&typologie=T3")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/carte?nature=acheter&commune=67447&typologie=T3",
    )
    moved = client.get("/carte?lieu=Schiltigheim&lieu_avant=Schiltigheim&boite=7.7,48.5,7.8,48.6")
    assert "boite=" in moved["Location"]
    other = client.get("/carte?lieu=Schiltigheim&lieu_avant=Strasbourg&boite=7.7,48.5,7.8,48.6")
    assert "boite=" not in other["Location"]


def test_une_recherche_vide_dit_quel_filtre_coute(client: Client) -> None:
    for _ in range(3):
        creer()
    for path in ("/offres", "/carte"):
        answer = client.get(f"{path}?typologie=T3&loyer_max=100")
        box = arbre(answer).cssselect(".vide")[0]
        assert "100 €" in texte(box)
        assert "3 offres" in texte(box)


def test_un_filtre_illisible_est_dit_et_laisse_les_autres(client: Client) -> None:
    kept = creer(typologie="t2")
    creer()
    answer = client.get("/carte?typologie=T2&loyer_max=beaucoup")
    assert "loyer_max" in texte(arbre(answer).cssselect(".avis")[0])
    assert references(answer) == [str(kept.pk)]


def test_la_page_suivante_ne_repete_rien(client: Client) -> None:
    made = {str(creer().pk) for _ in range(45)}
    seen: list[str] = []
    path = "/carte"
    while path:
        answer = client.get(path)
        seen += references(answer)
        following = arbre(answer).cssselect("a[rel=next]")
        path = following[0].get("href") if following else ""
    assert (len(seen), set(seen)) == (45, made)


def test_la_date_de_disponibilite_est_en_clair(client: Client) -> None:
    creer(disponible_date=dt.date(aujourdhui().year + 1, 3, 1))
    card = arbre(client.get("/offres")).cssselect("ol.offres li")[0]
    assert "libre le 1er mars" in texte(card)
    assert "<sup>" not in card.text_content()
