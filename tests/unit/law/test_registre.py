"""The registry: immutable, hashed, and its what-ifs."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from palier import law
from palier.base.errors import LoiError
from palier.base.provenance import ValeurLue
from palier.law.derive import derive_all
from palier.law.freshness import expires_on, state_at
from palier.law.parse import parse_fiche
from palier.law.registre import build

AU = dt.date(2026, 11, 24)
ZONES = ("paris_limitrophes", "idf", "autres")


def table(valeur: int) -> dict[str, dict[str, int]]:
    return {n: dict.fromkeys(ZONES, valeur) for n in ("1", "2", "3", "4", "5", "6", "plus")}


def test_the_law_is_read_once_and_cannot_be_changed() -> None:
    registre = law.load()
    assert registre is law.load()
    valeur = registre.at(AU).get("plafonds_plus")
    with pytest.raises(TypeError):
        valeur.table[("1", "idf")] = 0  # type: ignore[index]
    with pytest.raises(TypeError):
        registre.fiches["x"] = registre.fiches["plafonds_plus"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        valeur.verifie = False  # type: ignore[misc]


def test_a_what_if_is_a_copy_that_says_so() -> None:
    before = law.load().at(AU).get("plafonds_plus")
    supposed = law.load().with_value("plafonds_plus", dt.date(2026, 7, 1), table(1000))
    loi = supposed.at(AU, non_verifie=True)
    valeur = loi.get("plafonds_plus")
    assert (valeur.hypothese, valeur.verifie, valeur.du) == (True, False, dt.date(2026, 7, 1))
    assert loi.lookup("plafonds_plus", (8, "idf")) == 3000
    assert supposed.at(dt.date(2026, 6, 30)).lookup("plafonds_plus", (1, "idf")) == 26920
    assert supposed.at(dt.date(2025, 6, 30)).lookup("plafonds_plus", (1, "idf")) == 26687
    assert law.load().at(AU).get("plafonds_plus") == before


def test_a_what_if_is_not_verified_law() -> None:
    supposed = law.load().with_value("caleol_candidats_min", dt.date(2026, 1, 1), 4)
    with pytest.raises(LoiError, match="hypothèse") as caught:
        supposed.at(AU).get("caleol_candidats_min")
    assert [p.code for p in caught.value.problems] == ["LOI-004"]
    assert supposed.at(AU, non_verifie=True).nombre("caleol_candidats_min") == 4


def test_a_what_if_reaches_the_derived_tables() -> None:
    supposed = law.load().with_value("plafonds_plus", dt.date(2026, 1, 1), table(1001))
    pls = supposed.at(AU, non_verifie=True).get("plafonds_pls")
    assert pls.cell(("1", "idf")) == 1301
    assert pls.hypothese
    assert not pls.verifie


@pytest.mark.parametrize(
    ("du", "au", "seen"),
    [
        (dt.date(2025, 1, 1), dt.date(2025, 12, 31), "same start: the whole period"),
        (dt.date(2024, 1, 1), dt.date(2024, 12, 31), "before the first value: until it"),
        (dt.date(2026, 3, 1), None, "inside the open value: open"),
    ],
)
def test_a_what_if_lasts_as_long_as_what_it_replaces(du: dt.date, au: dt.date | None, seen: str) -> None:
    supposed = law.load().with_value("plafonds_plus", du, table(1000))
    valeur = supposed.at(du, non_verifie=True).get("plafonds_plus")
    assert (valeur.du, valeur.au) == (du, au), seen


def test_a_what_if_on_a_closed_value_replaces_it_and_ends_with_it() -> None:
    start = dt.date(2021, 1, 1)
    supposed = law.load().with_value("premier_quartile", start, {"243301165": 12000})
    valeurs = supposed.fiches["premier_quartile"].valeurs
    assert [(v.du, v.au) for v in valeurs] == [
        (dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        (start, dt.date(2021, 12, 31)),
    ]


def test_a_what_if_fills_a_gap_until_the_next_value() -> None:
    supposed = law.load().with_value("delai_anormalement_long", dt.date(2020, 1, 1), {("67", "t3"): 24})
    valeur = supposed.at(dt.date(2021, 1, 1), non_verifie=True).get("delai_anormalement_long")
    assert valeur.au == dt.date(2023, 12, 30)
    assert supposed.at(AU).lookup("delai_anormalement_long", ("31", "t3")) == 36


@pytest.mark.parametrize(
    ("id_", "contenu", "words"),
    [
        ("caleol_candidats_min", 3.5, "flottant"),
        ("caleol_candidats_min", True, "flottant"),
        ("caleol_candidats_min", "trois", "illisible"),
        ("caleol_candidats_min", {"a": 1}, "valeur seule"),
        ("plafonds_plus", 3, "categorie_menage x zone_plafond"),
        ("plafonds_plus", {"1": 3}, "parties"),
        ("plafonds_plus", {}, "vide"),
        ("plafonds_plus", {("1", "idf"): 0.5}, "flottant"),
        ("plafonds_pls", {("1", "idf"): 1}, "calculée à partir de « plafonds_plus »"),
    ],
)
def test_a_what_if_of_another_shape_is_refused(id_: str, contenu: Any, words: str) -> None:
    with pytest.raises(LoiError, match=words) as caught:
        law.load().with_value(id_, AU, contenu)
    assert [p.code for p in caught.value.problems] == ["LOI-005"]


def test_a_what_if_accepts_a_text_a_fraction_and_names() -> None:
    registre = law.load().with_value("effort_alerte", dt.date(2026, 1, 1), "35 %")
    assert registre.at(AU, True).nombre("effort_alerte") == Fraction(7, 20)
    registre = registre.with_value("effort_alerte", dt.date(2026, 1, 1), Fraction(2, 5))
    assert registre.at(AU, True).nombre("effort_alerte") == Fraction(2, 5)
    registre = registre.with_value("epci_communes", AU, {"999": {"67482": "Strasbourg"}})
    assert registre.at(AU, True).codes("epci_communes", "999") == ("67482",)


def test_an_unknown_name_cannot_be_supposed() -> None:
    with pytest.raises(LoiError, match="LOI-001"):
        law.load().with_value("plafond", AU, 3)


def test_the_hash_follows_the_content_and_nothing_else() -> None:
    registre = law.load()
    hashes = [v.sha256 for f in registre.fiches.values() for v in f.valeurs]
    assert len(set(hashes)) == len(hashes)
    start = dt.date(2026, 1, 1)
    real = registre.at(AU).get("plafonds_plus")
    assert real.table is not None
    same = registre.with_value("plafonds_plus", start, real.table).at(AU, True).get("plafonds_plus")
    assert same.sha256 == real.sha256
    for change in (
        {"du": dt.date(2026, 1, 2)},
        {"unite": "centimes"},
        {"prolonge": None},
        {"dimensions": ("n", "zone_plafond")},
        {"id": "plafonds"},
    ):
        assert replace(real, **change).sha256 != real.sha256
    for change in ({"au": AU}, {"verifie": False}, {"reference": law.Reference("autre")}):
        assert replace(real, **change).sha256 == real.sha256
    other = registre.with_value("plafonds_plus", start, {**real.table, ("1", "idf"): 26921})
    assert other.at(AU, True).get("plafonds_plus").sha256 != real.sha256


def test_a_stale_value_that_passes_is_marked() -> None:
    late = law.at(dt.date(2027, 3, 1), non_verifie=True).get("plafonds_plus")
    assert (late.perime, late.verifie) == (True, False)
    assert law.at(dt.date(2027, 1, 1), non_verifie=True).get("plafonds_plus").perime
    assert not law.at(dt.date(2026, 12, 31)).get("plafonds_plus").perime
    fresh = law.at(AU, non_verifie=True).get("plafonds_plus")
    assert (fresh.perime, fresh.verifie) == (False, True)
    assert late.sha256 == fresh.sha256
    assert not ValeurLue(late.id, late.du, late.verifie, late.sha256).verifie


def test_bounds_expand_a_table_and_never_invent() -> None:
    loi = law.at(AU, non_verifie=True)
    plus = loi.bounds("plafonds_plus", "categorie_menage", 12)
    assert len(plus) == 36
    assert plus[("12", "autres")] == 60156 + 6 * 6710
    assert ("plus", "idf") not in plus
    plai = loi.bounds("plafonds_plai", "categorie_menage", 12)
    assert ("5", "autres") not in plai
    assert ("1", "idf") not in plai
    with pytest.raises(LoiError, match="LOI-006"):
        loi.bounds("plafonds_plus", "zone", 12)


def test_codes_list_a_nomenclature_or_the_members_of_a_territory() -> None:
    loi = law.at(AU, non_verifie=True)
    assert loi.codes("publics_l441_1")[:3] == ("dalo", "a", "b")
    assert len(loi.codes("epci_communes", "246700488")) == 33
    assert loi.codes("plafonds_plus")[-1] == "plus"
    with pytest.raises(LoiError, match="LOI-006"):
        loi.codes("epci_communes", "000000000")
    with pytest.raises(LoiError, match="LOI-006"):
        loi.codes("caleol_candidats_min")


@pytest.mark.parametrize(
    ("commune", "zone"),
    [
        ("92012", "paris_limitrophes"),
        ("75056", "paris_limitrophes"),
        ("75113", "paris_limitrophes"),
        ("93066", "paris_limitrophes"),
        ("93010", "idf"),
        ("77288", "idf"),
        ("67482", "autres"),
        ("2A004", "autres"),
    ],
)
def test_each_commune_has_its_zone(commune: str, zone: str) -> None:
    assert law.zone_plafond(law.at(AU, non_verifie=True), commune) == zone


def test_overseas_has_no_zone_here() -> None:
    with pytest.raises(LoiError, match="outre-mer"):
        law.zone_plafond(law.at(AU, non_verifie=True), "97411")


@pytest.mark.parametrize(
    ("rythme", "expiry"),
    [
        ("annuel_1er_janvier", dt.date(2027, 1, 1)),
        ("annuel", dt.date(2027, 11, 23)),
        ("stable", dt.date(2028, 11, 23)),
    ],
)
def test_a_check_expires(rythme: str, expiry: dt.date) -> None:
    assert expires_on(dt.date(2026, 11, 23), rythme) == expiry


@pytest.mark.parametrize(
    ("au", "connue", "verifie", "etat"),
    [
        (dt.date(2027, 1, 1), True, True, "perime"),
        (dt.date(2026, 12, 31), False, False, "sans_valeur"),
        (dt.date(2026, 12, 31), True, False, "non_verifie"),
        (dt.date(2026, 11, 2), True, True, "bientot"),
        (dt.date(2026, 11, 1), True, True, "a_jour"),
    ],
)
def test_the_state_of_a_check(au: dt.date, connue: bool, verifie: bool, etat: str) -> None:
    assert state_at(au, dt.date(2027, 1, 1), connue, verifie) == etat


def fiche(name: str, body: str) -> Any:
    return parse_fiche(f"{HEAD}\n{body}\n", name, "theme", f"{name}.yaml")


HEAD = "libelle: a\nunite: b\ndimensions: [n]\nverifie_le: 2026-11-23\nverifie_par: x\nrythme: stable"
REFERENCE = "reference: {texte: t}"
SOURCE = f'valeurs:\n  - {{du: 2026-01-01, verifie: non, {REFERENCE}, table: {{"1": 20870}}}}'
DERIVE = f'derive: {{de: source, fois: "1.30", arrondi: demi_haut, {REFERENCE}}}'


@pytest.mark.parametrize(
    ("derived", "words"),
    [
        (DERIVE.replace("source", "rien"), "« rien » n'est pas une table"),
        (
            f'{DERIVE}\npublie:\n  - {{du: 2026-01-01, verifie: non, {REFERENCE}, table: {{"1": 27130}}}}',
            "Le calcul donne 27131, la table publiée dit 27130",
        ),
    ],
)
def test_a_derived_table_that_disagrees_prevents_loading(derived: str, words: str) -> None:
    with pytest.raises(LoiError, match=words):
        derive_all({"source": fiche("source", SOURCE), "calcul": fiche("calcul", derived)})


def test_a_bad_rounding_of_a_derived_table_is_refused() -> None:
    with pytest.raises(LoiError, match="arrondi"):
        fiche("calcul", DERIVE.replace("demi_haut", "au_mieux"))


def test_every_malformed_file_is_reported_at_once() -> None:
    good = f"{HEAD}\n{SOURCE}\n"
    texts = {"data/a/x.yaml": "[", "data/a/y.yaml": "z: 1", "data/a/s.yaml": good, "data/b/s.yaml": good}
    with pytest.raises(LoiError) as caught:
        build(texts)
    places = {problem.ou.split(",")[0] for problem in caught.value.problems}
    assert places == {"data/a/x.yaml", "data/a/y.yaml", "data/b/s.yaml"}
    assert build({"data/a/s.yaml": good}).ids() == ("s",)


def test_describe_gives_plain_rows() -> None:
    loi = law.at(AU, non_verifie=True)
    shown = law.describe(loi, "plafonds_pls")
    assert shown["colonnes"][1] == ["paris_limitrophes", "Paris et communes limitrophes"]
    assert shown["lignes"][0]["autres"] == 30424
    assert shown["prolonge"] == {"dimension": "categorie_menage", "apres": 6, "par": "plus"}
    publics = law.describe(loi, "publics_l441_1")
    assert publics["lignes"][0]["preuve"] == "décision de la commission"
    assert not publics["verifie"]
    assert law.describe(loi, "objectif_qpv_q234")["valeur"] == "1/2"
    assert law.describe(loi, "caleol_offre_delai_jours")["valeur"] == 10
    for id_ in law.load().ids():
        if id_ == "premier_quartile":
            continue
        plain(law.describe(loi, id_))


def plain(value: Any) -> None:
    if isinstance(value, Mapping):
        for part in value.values():
            plain(part)
    elif isinstance(value, list):
        for part in value:
            plain(part)
    else:
        assert value is None or isinstance(value, str | int | bool)


@pytest.mark.parametrize("module", ["freshness", "registre", "derive", "zones"])
def test_the_examples_of_the_docstrings_run(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"palier.law.{module}"))
    assert result.attempted
    assert not result.failed


def test_each_code_is_documented_and_used(sources: Path) -> None:
    known = yaml.safe_load((sources / "base" / "codes" / "loi.yaml").read_text(encoding="utf-8"))
    text = "".join(path.read_text(encoding="utf-8") for path in (sources / "law").glob("*.py"))
    text += (sources / "cli" / "rejeu.py").read_text(encoding="utf-8")  # LOI-008: a replay under another law
    for code, entry in known.items():
        assert f'"{code}"' in text
        assert set(entry) == {"titre", "explication", "que_faire"}
    assert set(known) == {f"LOI-00{n}" for n in range(1, 9)}
