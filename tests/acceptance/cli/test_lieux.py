"""``palier lieux preparer``: what it says, where it writes, how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from palier.formats.territoires import read_territoires
from tests.unit.cli.outils import Palier, contents
from tests.unit.formats.territoires.outils import pays, write_geojson, write_pays, write_wheel

MENTION = "Géomètre inventé, 2026"


def test_places_alone_are_prepared_where_the_environment_says(
    palier: Palier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIER_DONNEES", str(tmp_path / "donnees"))
    fin = palier("lieux", "preparer", "--sources", write_pays(tmp_path / "paquet"))
    assert fin.code == 0
    assert "8 codes de communes, 2 EPCI, découpage au 1er janvier 2026" in fin.out.replace("\u00a0", " ")
    assert "Sans contours : les pages marchent" in fin.out
    assert "Source : Insee, Code officiel géographique" in fin.out
    assert read_territoires(tmp_path / "donnees").contours == {}


def test_outlines_say_their_weight_and_whom_to_name(palier: Palier, tmp_path: Path) -> None:
    fin = palier(
        "lieux", "preparer", "--sources", write_pays(tmp_path / "paquet"), "--donnees", tmp_path / "d",
        "--contours", write_geojson(tmp_path / "c.geojson"), "--mention", MENTION,
    )  # fmt: skip
    assert fin.code == 0
    assert "Contours : 6 communes" in fin.out
    assert f"Source : {MENTION}" in fin.out


def test_by_default_the_folder_donnees_of_the_present_place(
    palier: Palier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PALIER_DONNEES", raising=False)
    monkeypatch.chdir(tmp_path)
    write_pays(tmp_path / "node_modules/@etalab/decoupage-administratif")
    assert palier("lieux", "preparer").code == 0
    assert (tmp_path / "donnees/territoires/sources.json").is_file()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--sources", "ailleurs"], 11, "GEO-001"),
        (["--contours", "absent.geojson"], 2, "USG-001"),
        (["--contours", "roue.whl"], 11, "GEO-005"),
        (["--contours", "roue.whl", "--mention", MENTION, "--donnees", "roue.whl/d"], 2, "USG-002"),
        (["--millesime", "2027"], 2, "USG-011"),
        (["--millesime", "31/02/2027"], 2, "USG-011"),
        (["--annee", "2027"], 2, "USG-010"),
    ],
)
def test_refusals_write_nothing(
    palier: Palier,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    code: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_pays(tmp_path / "paquet")
    write_wheel(tmp_path / "roue.whl")
    before = contents(tmp_path)
    fin = palier("lieux", "preparer", "--sources", "paquet", "--donnees", "d", *options)
    assert fin.code == code
    assert words in fin.err
    assert contents(tmp_path) == before


def test_an_edition_of_another_year_asks_its_date(palier: Palier, tmp_path: Path) -> None:
    sources = write_pays(tmp_path / "paquet", pays() | {"package": {"version": "9.0.0"}})
    known = ("lieux", "preparer", "--sources", sources, "--donnees", tmp_path / "d")
    assert palier(*known).code == 11
    fin = palier(*known, "--millesime", "01/01/2029")
    assert (fin.code, "1er janvier 2029" in fin.out.replace("\u00a0", " ")) == (0, True)
