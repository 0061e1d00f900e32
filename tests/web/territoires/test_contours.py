"""Outlines: files named by their content, and a site that works without any."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from palier.web.apps.territoires import queries
from tests.web.territoires.outils import prepare

URL = "/carte/contours/{}.geojson"


@pytest.fixture
def dossier(tmp_path: Path, settings: Any) -> Path:
    settings.DONNEES = prepare(tmp_path)
    return Path(settings.DONNEES)


def test_a_department_is_served_compressed_then_not_modified(dossier: Path, client: Client) -> None:
    del dossier
    first = client.get(URL.format("91"), headers={"accept-encoding": "gzip"})
    assert first.status_code == 200
    assert (first["Content-Type"], first["Content-Encoding"]) == ("application/geo+json", "gzip")
    assert first["Cache-Control"] == "public, max-age=86400"
    assert "Accept-Encoding" in first["Vary"]
    assert "Set-Cookie" not in first
    drawn = json.loads(gzip.decompress(first.content))
    assert [f["properties"]["code"] for f in drawn["features"]] == ["91001", "91002"]
    assert drawn["mention"] == "Géomètre inventé, 2026"
    again = client.get(URL.format("91"), headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_without_gzip_the_text_comes_plain(dossier: Path, client: Client) -> None:
    del dossier
    plain = client.get(URL.format("departements"))
    assert "Content-Encoding" not in plain
    assert len(json.loads(plain.content)["features"]) == 3
    packed = client.get(URL.format("departements"), headers={"accept-encoding": "gzip"})
    assert plain["ETag"] != packed["ETag"]


def test_an_address_that_names_the_content_is_kept_for_ever(dossier: Path, client: Client) -> None:
    del dossier
    digest = queries.digest_of("91")
    assert digest
    assert "immutable" in client.get(URL.format("91"), {"v": digest[:12]})["Cache-Control"]
    assert "immutable" not in client.get(URL.format("91"), {"v": "autre"})["Cache-Control"]


@pytest.mark.parametrize(
    "nom", ["99", "sources", "..", "91%2F..%2F91", "0", "communes", "91.geojson", "9" * 300]
)
def test_nothing_else_is_served(dossier: Path, client: Client, nom: str) -> None:
    del dossier
    assert client.get(URL.format(nom)).status_code == 404


def test_only_reading(dossier: Path, client: Client) -> None:
    del dossier
    assert client.post(URL.format("91")).status_code in {403, 405}
    assert client.head(URL.format("91")).status_code == 200


def test_a_drawing_needs_no_script(dossier: Path) -> None:
    del dossier
    drawn = {trace.code: trace for trace in queries.traces("91")}
    assert drawn["91001"].nom == "L'Œil-en-Saint-Pré"
    assert drawn["91001"].point == (2.05, 48.05)
    (ring,) = drawn["91001"].anneaux
    assert ring[0] == ring[-1]
    assert {trace.commune for trace in queries.traces("75")} == {None, "75056"}
    assert len(queries.mentions()) == 2
    assert queries.has_contours()


@pytest.mark.parametrize("state", ["sans contours", "rien"])
def test_without_outlines_everything_answers(
    tmp_path: Path, settings: Any, client: Client, state: str
) -> None:
    settings.DONNEES = prepare(tmp_path, contours=False) if state == "sans contours" else tmp_path / "vide"
    assert not queries.has_contours()
    assert queries.traces("91") == ()
    assert queries.contours_of("91") is None
    assert client.get(URL.format("91")).status_code == 404
    assert len(queries.mentions()) == (1 if state == "sans contours" else 0)


def test_a_new_preparation_is_seen_at_once(tmp_path: Path, settings: Any) -> None:
    settings.DONNEES = prepare(tmp_path, contours=False)
    assert not queries.has_contours()
    from palier.formats.territoires import prepare_territoires

    prepare_territoires(
        tmp_path / "paquet", settings.DONNEES, _outlines(tmp_path), None, "Géomètre inventé, 2027"
    )
    assert queries.has_contours()
    assert queries.mentions()[1] == "Géomètre inventé, 2027"


def _outlines(folder: Path) -> Path:
    from tests.unit.formats.territoires.outils import write_geojson

    return write_geojson(folder / "autres.geojson")
