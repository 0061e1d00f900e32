"""Open data: catalogue, files of the day, schemas, validator; what crawlers look for."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from palier.web.apps.offres.models import Lot, Offre
from palier.web.apps.offres.queries.contexte import contexte_du
from palier.web.apps.offres.rules import read_offres
from palier.web.apps.public.operations.publications import GARDE_JOURS, publier
from palier.web.apps.public.queries import publications
from palier.web.apps.public.rules.exemple import example_csv
from palier.web.apps.public.rules.table_ouverte import changes, columns
from palier.web.horloge import aujourdhui, maintenant
from tests.web.offres.outils import csv_de, ligne
from tests.web.public.outils import LOCAL, VENTE, arbre, creer, texte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
JOUR = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _dossier(settings: Any, tmp_path: Path) -> None:
    settings.DONNEES = tmp_path


def _sent(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


# --- Files of the day -------------------------------------------------------------------------------------


def test_l_instantane_tient_toutes_les_natures_et_se_sert(client: Client) -> None:
    kept = {str(creer().pk), str(creer(VENTE).pk), str(creer(LOCAL).pk)}
    creer(statut="retiree", motif="pourvue")
    publier(au=JOUR)
    table = pl.read_parquet(io.BytesIO(_sent(client.get("/donnees/offres.parquet"))))
    assert set(table["identifiant"]) == kept
    text = gzip.decompress(_sent(client.get("/donnees/offres.csv.gz"))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["identifiant"] for row in rows} == kept
    assert list(rows[0]) == list(columns())
    geo = json.loads(gzip.decompress(_sent(client.get("/donnees/offres.geojson.gz"))))
    assert {f["id"] for f in geo["features"]} == kept
    assert client.get("/donnees/changements.csv").status_code == 404  # nothing to compare with yet


def test_un_fichier_du_jour_a_son_etiquette_et_sa_date(client: Client) -> None:
    creer()
    publier(au=JOUR)
    for path in ("/donnees/offres.parquet", "/donnees/2026-11-24/offres.parquet"):
        first = client.get(path)
        assert first.status_code == 200
        assert _sent(first)
        assert "2026-11-24-offres.parquet" in first["Content-Disposition"]
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get("/donnees/2026-11-23/offres.parquet").status_code == 404


def test_les_changements_disent_quoi_et_pourquoi(client: Client) -> None:
    same, moved, gone = creer(), creer(), creer()
    publier(au=JOUR - dt.timedelta(days=1))
    moved.saisie["surface_m2"] = 70
    moved.save()
    same.confirmee_le = maintenant() + dt.timedelta(days=1)
    same.save()
    Offre.objects.filter(pk=gone.pk).update(
        statut="retiree", motif_retrait="pourvue", retiree_le=maintenant()
    )
    fresh = creer()
    publier(au=JOUR)
    text = _sent(client.get("/donnees/changements.csv")).decode("utf-8-sig")
    rows = {row["identifiant"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert {pk: row["changement"] for pk, row in rows.items()} == {
        str(moved.pk): "modifiee",
        str(gone.pk): "retiree",
        str(fresh.pk): "ajoutee",
    }
    assert rows[str(gone.pk)]["motif"] == "pourvue"
    assert rows[str(fresh.pk)]["motif"] == ""


def test_un_jour_publie_ne_change_plus_et_les_vieux_s_effacent(tmp_path: Path) -> None:
    creer()
    first = publier(au=JOUR)
    before = (first / "offres.parquet").read_bytes()
    creer()
    assert publier(au=JOUR) == first
    assert (first / "offres.parquet").read_bytes() == before
    later = JOUR + dt.timedelta(days=GARDE_JOURS + 1)
    publier(au=later)
    assert publications.days() == [later]
    assert not list((tmp_path / "publications").glob(".*"))


def test_une_publication_interrompue_ne_laisse_rien_de_servi(monkeypatch: pytest.MonkeyPatch) -> None:
    from palier.web.apps.public.operations import publications as operations

    creer()

    def broken() -> Any:
        raise OSError("disque plein")

    monkeypatch.setattr(operations, "_geojson", broken)
    with pytest.raises(OSError, match="disque plein"):
        publier(au=JOUR)
    assert publications.days() == []
    monkeypatch.undo()
    publier(au=JOUR)
    assert publications.days() == [JOUR]


def test_deux_tables_pareilles_n_ont_aucun_changement() -> None:
    from palier.web.apps.public.queries import exports

    assert changes(exports.empty_table(), exports.empty_table()).height == 0


# --- Catalogue and schemas --------------------------------------------------------------------------------


def test_le_catalogue_a_la_forme_de_dcat_ap(client: Client) -> None:
    creer()
    publier(au=JOUR - dt.timedelta(days=1))
    publier(au=JOUR)
    answer = client.get("/donnees.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    graph = answer.json()["@graph"]
    by_id = {node["@id"]: node for node in graph}
    (catalog,) = [n for n in graph if n["@type"] == "dcat:Catalog"]
    for name in ("dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dct:license"):
        assert catalog[name]
    assert by_id[catalog["dct:publisher"]["@id"]]["@type"] == "foaf:Agent"
    sets = [by_id[ref["@id"]] for ref in catalog["dcat:dataset"]]
    assert {s["dct:identifier"] for s in sets} == {"palier-offres", "palier-changements"}
    for one in sets:
        assert one["dct:title"]["@language"] == "fr"
        assert one["dct:description"]["@value"]
        for ref in one["dcat:distribution"]:
            part = by_id[ref["@id"]]
            assert part["dct:license"] == {
                "@id": "http://publications.europa.eu/resource/authority/licence/ETALAB_2_0"
            }
            path = part["dcat:accessURL"]["@id"].removeprefix("http://localhost:8000")
            taken = client.get(path)
            assert (taken.status_code, bool(_sent(taken))) == (200, True), path
    assert client.get("/donnees.jsonld", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_la_page_du_catalogue_liste_les_fichiers(client: Client) -> None:
    assert "Le premier instantané sera écrit cette nuit" in texte(arbre(client.get("/donnees")))
    creer()
    publier(au=JOUR)
    tree = arbre(client.get("/donnees"))
    assert "24 novembre 2026" in texte(tree)
    links = {a.get("href") for a in tree.cssselect("table a")}
    assert {"/donnees/offres.csv.gz", "/offres.csv", "/schemas/offres-ouvertes.json"} <= links


@pytest.mark.parametrize("nom", ["offres-logement-social", "offres-ouvertes"])
def test_un_schema_publie_est_accepte_par_frictionless(client: Client, nom: str) -> None:
    answer = client.get(f"/schemas/{nom}.json")
    found = answer.json()
    schema = frictionless.Schema.from_descriptor(found)
    assert len(schema.fields) == len(found["fields"]) > 80
    assert found["name"] == nom
    assert found["path"].endswith(f"/schemas/{nom}.json")
    assert found["version"].count(".") == 2
    assert frictionless.Schema.validate_descriptor(found).valid
    assert client.get(f"/schemas/{nom}.json", headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("au", [dt.date(2026, 11, 24), dt.date(2027, 2, 28), dt.date(2028, 2, 29)])
def test_l_exemple_publie_passe_tous_les_controles(tmp_path: Path, au: dt.date) -> None:
    path = tmp_path / "exemple.csv"
    path.write_text("\ufeff" + example_csv(au), encoding="utf-8")
    read = read_offres(path, contexte_du(au))
    assert (read.problemes, read.avertissements) == ([], [])
    assert [line.offre.nature for line in read.lignes] == ["location", "vente_hlm", "local_activite"]


def test_l_exemple_suit_le_schema_publie(client: Client, tmp_path: Path) -> None:
    (tmp_path / "exemple.csv").write_bytes(client.get("/schemas/exemple-offres.csv").content)
    descriptor = client.get("/schemas/offres-logement-social.json").json()
    held = {"statut_offre", "publiee_date", "confirmee_date", "expire_date"}
    descriptor["fields"] = [f for f in descriptor["fields"] if f["name"] not in held]
    report = frictionless.Resource(
        path="exemple.csv", basepath=str(tmp_path), schema=frictionless.Schema.from_descriptor(descriptor),
        dialect=frictionless.Dialect.from_descriptor({"csv": {"delimiter": ";"}}), encoding="utf-8-sig",
    ).validate()  # fmt: skip
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


# --- Validator --------------------------------------------------------------------------------------------


def _post(client: Client, content: bytes, nom: str = "offres.csv", **options: Any) -> Any:
    return client.post("/donnees/valider", {"fichier": SimpleUploadedFile(nom, content)}, **options)


def test_un_bon_fichier_est_dit_bon_et_rien_n_est_garde(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    answer = _post(
        client, csv_de([ligne(), ligne(reference_bailleur="LGT-2", adresse="14 rue de la Douane")])
    )
    assert answer.status_code == 200
    assert "Ce fichier peut être déposé" in texte(arbre(answer))
    assert "2 lignes lues, 2 sans problème" in texte(arbre(answer))
    assert answer.cookies == {}
    assert list(spool.iterdir()) == []
    assert (Offre.objects.count(), Lot.objects.count()) == (0, 0)


def test_tous_les_problemes_sont_dits_d_un_coup(client: Client) -> None:
    bad = csv_de([ligne(commune_code="99999"), ligne(reference_bailleur="L2", loyer_logement_cent="-5")])
    answer = _post(client, bad)
    assert answer.status_code == 422
    said = texte(arbre(answer).cssselect(".constats")[0])
    assert "ligne 2" in said
    assert "commune_code" in said
    assert "ligne 3" in said
    assert "loyer_logement_cent" in said
    body = _post(client, bad, headers={"accept": "application/json"})
    assert body.status_code == 422
    found = body.json()
    assert (found["lignes"], found["acceptees"]) == (2, 0)
    assert len(found["problemes"]) >= 2
    assert all(p["code"] and p["que_faire"] for p in found["problemes"])


@pytest.mark.parametrize(
    ("nom", "contenu", "statut"),
    [
        ("offres.csv", b"", 422),
        ("offres.exe", b"MZ", 422),
        ("offres", b"a;b", 422),
        ("../../etc/passwd.csv", b"a;b\n1;2\n", 422),
        ("<script>.csv", b"a;b\n1;2\n", 422),
        ("offres.xlsx", b"PK\x03\x04 pas un classeur", 422),
        ("offres.json", b"{", 422),
        ("offres.parquet", b"PAR1", 422),
        ("offres.csv", b"\x00\x01\x02", 422),
        ("gros.csv", b"a" * 5_000_001, 413),
    ],
)
def test_un_mauvais_envoi_est_refuse_avec_ses_raisons(
    client: Client, nom: str, contenu: bytes, statut: int
) -> None:
    answer = _post(client, contenu, nom)
    assert answer.status_code == statut
    assert arbre(answer).cssselect("[role=alert], .avis-erreur")
    assert "<script>." not in answer.content.decode()
    body = _post(client, contenu, nom, headers={"accept": "application/json"})
    assert body.status_code == statut
    assert body.json()["problemes"]


def test_sans_fichier_le_formulaire_le_dit(client: Client) -> None:
    assert client.post("/donnees/valider").status_code == 422


# --- Crawlers, researchers --------------------------------------------------------------------------------


def _locs(answer: Any) -> list[str]:
    tree = etree.fromstring(answer.content)
    return [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_le_plan_pour_robots_mene_a_chaque_offre(client: Client) -> None:
    offre = creer()
    creer(statut="retiree", motif="pourvue")
    parts = _locs(client.get("/sitemap.xml"))
    assert [url.rpartition("/")[2] for url in parts] == ["sitemap-pages.xml", "sitemap-offres-67.xml"]
    assert _locs(client.get("/sitemap-offres-67.xml")) == [f"http://localhost:8000/offres/{offre.pk}"]
    pages = _locs(client.get("/sitemap-pages.xml"))
    assert len(pages) == len(set(pages)) > 60
    assert not any("/agents" in url for url in pages)


def test_robots_ferme_une_demonstration_et_ouvre_un_site(client: Client, settings: Any) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.ENVIRONNEMENT = replace(settings.ENVIRONNEMENT, mode="production")
    said = client.get("/robots.txt").content.decode()
    assert "Disallow: /agents/" in said
    assert "Disallow: /\n" not in said
    assert "Sitemap: http://localhost:8000/sitemap.xml" in said


def test_security_txt_a_un_contact_et_une_fin(client: Client, settings: Any) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.ENVIRONNEMENT = replace(settings.ENVIRONNEMENT, contact="securite@palier.example")
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"].startswith("text/plain")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:securite@palier.example"
    end = dt.datetime.fromisoformat(fields["Expires"])
    assert dt.timedelta(days=30) < end - maintenant() < dt.timedelta(days=366)


def test_le_manifeste_et_l_icone(client: Client) -> None:
    found = client.get("/manifest.webmanifest").json()
    assert found["start_url"] == "/"
    assert client.get("/favicon.ico")["Location"] == found["icons"][0]["src"]


def test_la_publication_du_jour_se_fait_par_la_tache() -> None:
    from palier.web.apps.public.tasks import publier_donnees

    creer()
    publier_donnees(0)
    assert publications.days() == [aujourdhui()]
