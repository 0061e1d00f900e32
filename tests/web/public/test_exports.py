"""Exports for programs: same filters, safe cells, stable ids, tags, bounds that are said."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import polars as pl
import pytest
from django.test import Client
from lxml import etree

from palier.web.apps.offres.models import Offre
from palier.web.apps.public.rules.table_ouverte import columns, open_schema
from palier.web.apps.public.views import exports
from tests.web.public.outils import BRS, LOCAL, VENTE, creer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
FORMES = ("csv", "geojson", "parquet", "jsonld", "atom")
ATOM = "{http://www.w3.org/2005/Atom}"


def octets(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def lignes(client: Client, query: str = "") -> list[dict[str, str]]:
    text = octets(client.get(f"/offres.csv{query}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("forme", FORMES)
@pytest.mark.parametrize("nombre", [0, 3])
def test_chaque_forme_repond_304_et_head(client: Client, forme: str, nombre: int) -> None:
    for _ in range(nombre):
        creer()
    first = client.get(f"/offres.{forme}")
    assert first.status_code == 200
    assert octets(first)
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first.cookies == {}
    again = client.get(f"/offres.{forme}", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, octets(again)) == (304, b"")
    head = client.head(f"/offres.{forme}")
    assert (head.status_code, octets(head)) == (200, b"")
    other = client.get(f"/offres.{forme}?typologie=T2", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("forme", [f for f in FORMES if f != "atom"])
def test_l_etiquette_change_avec_ce_qui_est_en_ligne(client: Client, forme: str) -> None:
    offre = creer()
    tags = [client.get(f"/offres.{forme}")["ETag"]]
    offre.saisie["surface_m2"] = 70
    offre.save()
    tags.append(client.get(f"/offres.{forme}")["ETag"])
    creer()
    tags.append(client.get(f"/offres.{forme}")["ETag"])
    Offre.objects.filter(pk=offre.pk).update(statut="a_confirmer")
    tags.append(client.get(f"/offres.{forme}")["ETag"])
    assert len(set(tags)) == 4
    stamp = client.get(f"/offres.{forme}")["Last-Modified"]
    assert client.get(f"/offres.{forme}", headers={"if-modified-since": stamp}).status_code == 304


def test_le_csv_tient_les_offres_entieres_sauf_ce_qui_est_prive(client: Client) -> None:
    offre = creer(
        loyer_maximal_cent=45_500,
        accessibilite=frozenset({"plain_pied", "wc_barres"}),
        equipements=frozenset(),
        disponible_date=dt.date(2027, 1, 15),
    )
    (row,) = lignes(client)
    assert list(row) == list(columns())
    expected = {
        "identifiant": str(offre.pk),
        "reference_bailleur": offre.reference,
        "bailleur": "732829320",
        "accessibilite": "plain_pied|wc_barres",
        "avec_ascenseur": "oui",
        "loyer_logement_cent": "41250",
        "longitude": "7.752100",
        "disponible_date": "2027-01-15",
        "statut_offre": "publiee",
        "commune_nom": "Strasbourg",
        "epci_siren": "246700488",
        "loyer_maximal_cent": "",
    }
    assert {name: row[name] for name in expected} == expected
    days = dt.date.fromisoformat(row["expire_date"]) - dt.date.fromisoformat(row["confirmee_date"])
    assert days.days == 21
    assert row["adresse_web"].endswith(f"/offres/{offre.pk}")


FORMULES = ["=1+1", "+33 6 12 34 56 78", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "'=1", "''=1"]


@pytest.mark.parametrize("texte", FORMULES)
def test_aucune_case_n_est_une_formule(client: Client, texte: str) -> None:
    creer(titre=texte, description=texte, visites=texte)
    (row,) = lignes(client)
    for name in ("titre", "description", "visites"):
        assert row[name] == "'" + texte
    assert not any(value[:1] in "=+-@\t\r" for value in row.values() if value)


def test_points_virgules_guillemets_et_lignes_restent_dans_leur_case(client: Client) -> None:
    words = 'Séjour ; cuisine "ouverte"\nCave, local à vélos'
    creer(description=words)
    (row,) = lignes(client)
    assert row["description"] == words


def test_le_csv_suit_son_schema(client: Client, tmp_path: Path) -> None:
    for base in (None, VENTE, BRS, LOCAL):
        creer(**({} if base is None else base) | {"accessibilite": frozenset({"plain_pied"})})
    rows = lignes(client) + lignes(client, "?nature=acheter") + lignes(client, "?nature=local")
    assert len(rows) == 4
    (tmp_path / "offres.csv").write_bytes(octets(client.get("/offres.csv")))
    schema = frictionless.Schema.from_descriptor(open_schema())
    dialect = frictionless.Dialect.from_descriptor({"csv": {"delimiter": ";"}})
    report = frictionless.Resource(
        path="offres.csv", basepath=str(tmp_path), schema=schema, dialect=dialect, encoding="utf-8-sig"
    ).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


def test_le_parquet_est_type(client: Client) -> None:
    creer(accessibilite=frozenset({"plain_pied"}), disponible_date=dt.date(2027, 1, 15))
    creer()
    table = pl.read_parquet(io.BytesIO(octets(client.get("/offres.parquet"))))
    assert table.columns == list(columns())
    assert table.schema["disponible_date"] == pl.Date()
    assert table.schema["accessibilite"] == pl.List(pl.String())
    assert table.schema["avec_ascenseur"] == pl.Boolean()
    assert table.schema["loyer_logement_cent"] == pl.Int64()
    assert table["longitude"][0] == Decimal("7.752100")
    assert client.get("/offres.parquet?typologie=T1").status_code == 200


def test_le_geojson_est_en_longitude_latitude(client: Client) -> None:
    offre = creer()
    creer(longitude=None, latitude=None, commune_code="99999")
    found = json.loads(octets(client.get("/offres.geojson")))
    assert found["type"] == "FeatureCollection"
    here = next(f for f in found["features"] if f["id"] == str(offre.pk))
    assert here["geometry"] == {"type": "Point", "coordinates": [7.7521, 48.5734]}
    assert here["properties"]["loyer_cc_cent"] == 50_750
    assert "longitude" not in here["properties"]
    assert [f["geometry"] for f in found["features"] if f["id"] != str(offre.pk)] == [None]


def test_les_donnees_liees_listent_les_annonces(client: Client) -> None:
    creer()
    creer()
    found = json.loads(octets(client.get("/offres.jsonld")))
    assert (found["@type"], found["numberOfItems"]) == ("ItemList", 2)
    assert [item["position"] for item in found["itemListElement"]] == [1, 2]
    assert {item["item"]["@type"] for item in found["itemListElement"]} == {"RealEstateListing"}


def _instant(node: Any) -> dt.datetime:
    found = dt.datetime.fromisoformat(node.text)
    assert found.tzinfo is not None
    return found


def test_le_flux_atom_est_valide_et_ses_identifiants_stables(client: Client) -> None:
    creer()
    creer(titre="T3 & cave <b>", age=2)
    sent = octets(client.get("/offres.atom?commune=67482"))
    feed = etree.fromstring(sent)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):  # RFC 4287, 4.1.1
        assert len(feed.findall(f"{ATOM}{name}")) == 1
    (self_link,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert self_link.get("href") == feed.findtext(f"{ATOM}id")
    assert self_link.get("href").endswith("/offres.atom?commune=67482")
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        for name in ("id", "title", "updated"):  # RFC 4287, 4.1.2
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert len([link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
    instants = [_instant(e.find(f"{ATOM}updated")) for e in entries]
    assert instants == sorted(instants, reverse=True)
    assert _instant(feed.find(f"{ATOM}updated")) == max(instants)
    first = [e.findtext(f"{ATOM}id") for e in entries]
    offre = Offre.objects.get(pk=first[0].removeprefix("urn:uuid:"))
    offre.confirmee_le = offre.confirmee_le + dt.timedelta(hours=1)
    offre.save()
    assert octets(client.get("/offres.atom?commune=67482")) == sent  # a confirmation is no news


def test_une_selection_trop_grande_est_refusee_jamais_coupee(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        creer()
    monkeypatch.setattr(exports, "BORNE", 3)
    monkeypatch.setattr(exports, "_BORNE_LIEE", 3)
    for forme in ("csv", "geojson", "parquet", "jsonld"):
        answer = client.get(f"/offres.{forme}")
        assert answer.status_code == 422
        (problem,) = answer.json()["problemes"]
        assert problem["code"] == "WEB-413"
        assert "4 offres" in problem["constat"]
        assert "/donnees" in answer["Link"]


def test_une_liste_trop_longue_mene_aux_fichiers_du_jour(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from palier.web.apps.public.views import liste

    creer()
    creer()
    monkeypatch.setattr(liste, "BORNE", 1)
    for path in ("/offres", "/carte"):
        said = client.get(path).content.decode()
        assert "/offres.csv" not in said
        assert 'href="/donnees"' in said


def test_les_lots_se_suivent_sans_trou(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from palier.web.apps.public.queries import exports as queries

    made = {str(creer().pk) for _ in range(11)}
    monkeypatch.setattr(queries, "LOT", 4)
    rows = lignes(client)
    assert len(rows) == 11
    assert {row["identifiant"] for row in rows} == made
    assert len(json.loads(octets(client.get("/offres.geojson")))["features"]) == 11


def test_le_debit_des_exports_est_tenu(client: Client, settings: Any) -> None:
    settings.DEBITS = settings.DEBITS | {"export": (3, 60)}
    settings.LIMITES_DE_DEBIT = True
    statuses = [client.get("/offres.csv").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert int(client.get("/offres.atom")["Retry-After"]) > 0
