"""Worked examples of every shipped grid and oracles of the domain page, by both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from palier import law
from palier.base.exact import round_fraction
from palier.base.identifiers import parse_numero_unique
from palier.base.yamlstrict import Table, load_strict
from palier.engines.cotation import checks
from palier.engines.cotation.catalogue import list_grilles, read_grille
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.examples import read_exemple, run_examples
from palier.engines.cotation.model import Grille, parse_grille
from palier.engines.cotation.model.nodes import Exemple
from palier.engines.cotation.position import pressure, rank_among
from palier.engines.cotation.reference import prepare, score_row
from palier.engines.cotation.run import score
from palier.tables import schema
from palier.tables.valeurs import row_from_texts

AU = dt.date(2026, 11, 24)
NUMERO = "067112600000167482"
DOSSIER = Path(__file__).with_name("cotation")
Ligne = dict[str, Any]


def read_cases(nom: str) -> Any:
    """Cases of a file, scalars as text, as a person writes them."""
    read = load_strict((DOSSIER / f"{nom}.yaml").read_text(encoding="utf-8"), nom, "TAB")
    assert not read.problemes, read.problemes
    return read.racine


@cache
def grille(nom: str) -> Grille:
    """A shipped grid."""
    return parse_grille(read_grille(nom), nom)


def exemple(nom: str, exemple: str) -> tuple[Grille, Exemple]:
    """One worked example of a shipped grid."""
    found = grille(nom)
    return found, next(e for e in found.exemples if e.nom == exemple)


@dataclass(frozen=True)
class Note:
    """What both engines must say alike."""

    etat: str
    motif: str | None
    systeme: str | None
    classe: str | None
    total: int | None
    total_verifie: int | None
    points: dict[str, int | None]
    manque: list[str]


regle = cache(lambda grille, au: prepare(grille, law.at(au)))
programme = cache(lambda grille, au: compile_grille(grille, law.at(au)))


def by_reference(grille: Grille, row: Ligne, au: dt.date, evenements: list[Ligne] | None) -> Note:
    """Score one request by the reference engine."""
    note = score_row(regle(grille, au), row, au, evenements)
    return Note(
        note.etat, note.motif_etat, note.systeme, note.classe, note.total, note.total_verifie,
        dict(note.points), list(note.manque),
    )  # fmt: skip


def by_compiled(grille: Grille, row: Ligne, au: dt.date, evenements: list[Ligne] | None) -> Note:
    """Score the same request by the compiled engine, as a table of one row."""
    types = schema("demandes").polars
    frame = pl.DataFrame([row], schema={nom: types[nom] for nom in row})
    events = None
    if evenements is not None:
        rows = [{"numero_unique": NUMERO, **event} for event in evenements]
        events = pl.DataFrame(rows, schema=schema("evenements").polars)
    result = score(frame, programme(grille, au), au=au, evenements=events)
    found = result.with_lists().row(0, named=True)
    points = {nom.removeprefix("pts__"): found[nom] for nom in found if nom.startswith("pts__")}
    return Note(
        found["etat"], found["motif_etat"], found["systeme"], found["classe"], found["total"],
        found["total_verifie"], points, sorted(found["manque"]),
    )  # fmt: skip


def both(grille: Grille, row: Ligne, au: dt.date, evenements: list[Ligne] | None) -> Note:
    """Score by both engines; they agree."""
    full = {"numero_unique": NUMERO, **row}
    slow, fast = (engine(grille, full, au, evenements) for engine in (by_reference, by_compiled))
    assert fast == slow
    return slow


EXEMPLES = [(nom, e.nom) for nom in list_grilles() for e in grille(nom).exemples]


@pytest.mark.parametrize(("nom", "lequel"), EXEMPLES, ids=[" - ".join(pair) for pair in EXEMPLES])
def test_worked_example(nom: str, lequel: str) -> None:
    found, cas = exemple(nom, lequel)
    note = both(found, *_split(cas))
    assert cas.total is None or note.total == cas.total
    assert {k: note.points[k] for k, _ in cas.points} == dict(cas.points)


def _split(cas: Exemple) -> tuple[Ligne, dt.date, list[Ligne] | None]:
    row, events = read_exemple(cas)
    return row, cas.au, events


@pytest.mark.parametrize("nom", list_grilles())
def test_shipped_grid_passes_its_checks_and_proves_its_examples(nom: str) -> None:
    found = grille(nom)
    assert found.exemples, "une grille livrée porte au moins un exemple"
    assert found.source, "une grille livrée dit sa source"
    assert checks.check_grille(found, law.at(AU)).erreurs == ()
    assert run_examples(found, law.at(AU)) == ()


ORACLES = read_cases("oracles")


@pytest.mark.parametrize("cas", ORACLES, ids=[str(cas["nom"]) for cas in ORACLES])
def test_oracle(cas: Table) -> None:
    found, worked = exemple(str(cas["grille"]), str(cas["exemple"]))
    row, au, events = _split(worked)
    changes = {k: v if isinstance(v, list) else str(v) for k, v in cas.get("avec", Table()).items()}
    row = {k: v for k, v in row.items() if k not in cas.get("sans", [])} | row_from_texts(changes)
    note = both(found, row, au, events)
    for key, wanted in cas["attendu"].items():
        if key == "points":
            assert {k: note.points[k] for k in wanted} == {k: _number(v) for k, v in wanted.items()}
        elif key == "manque":
            assert note.manque == [str(item) for item in wanted]
        elif key in ("total", "total_verifie"):
            assert getattr(note, key) == _number(wanted)
        else:
            assert getattr(note, key) == str(wanted)


def _number(text: str) -> int | None:
    return None if text == "null" else int(text)


VALEURS = read_cases("valeurs")


@pytest.mark.parametrize("cas", VALEURS, ids=[str(cas["nom"]) for cas in VALEURS])
def test_derived_value(cas: Table) -> None:
    condition, wanted = _question(cas)
    text = (
        "palier: grille/1\nid: valeur\ncadre: etranger\nversion: {du: 2026-01-01}\ncompletude: partielle\n"
        "systemes: {unique: {familles: {f: {regle: somme, criteres: "
        f"{{c: {{si: {condition}, points: 1}}}}}}}}}}}}\n"
    )
    row = row_from_texts({"date_depot_initial": "2026-01-01", **cas["demande"]})
    note = both(parse_grille(text, "valeur"), row, AU, None)
    assert (note.etat, note.total) == ("note", wanted)


def _question(cas: Table) -> tuple[str, int]:
    """Write the condition that a case asks, and the points that it must give."""
    if "colonne" in cas:
        return f"{{{cas['colonne']}: {cas['vaut']}}}", 1
    wanted = int(cas["vrai"] == "oui")
    if "plafond" in cas:
        key = "par: [categorie_menage, zone]"
        return f"{{rfr_n2_eur: {{jusqu_a: {{loi: {cas['plafond']}, {key}}}}}}}", wanted
    bound = next(k for k in ("des", "plus_de", "jusqu_a", "moins_de") if k in cas)
    written = f'{bound}: "{cas[bound]}"'
    if "mesure" in cas:
        return f"{{{cas['mesure']}: {{{written}}}}}", wanted
    return f"{{rapport: [{', '.join(cas['rapport'])}], {written}}}", wanted


NOMBRES = read_cases("nombres")


@pytest.mark.parametrize("pair", NOMBRES["pls"], ids=["/".join(pair) for pair in NOMBRES["pls"]])
def test_cot_14_pls_is_plus_times_1_30_half_up(pair: list[str]) -> None:
    rule = law.load().fiche("plafonds_pls").derive
    assert rule is not None
    assert round_fraction(int(pair[0]) * rule.fois, rule.arrondi) == int(pair[1])


@pytest.mark.parametrize("cas", NOMBRES["tension"], ids=[str(c["nom"]) for c in NOMBRES["tension"]])
def test_cot_15_pressure(cas: Table) -> None:
    found = pressure(int(str(cas["demandes"])), int(str(cas["attributions"])))
    assert found == Fraction(int(str(cas["demandes"])), int(str(cas["attributions"])))
    assert round_fraction(found * 10, "demi_haut") == int(str(cas["dixiemes"]))


@pytest.mark.parametrize("cas", NOMBRES["numeros"], ids=[str(c["texte"]) for c in NOMBRES["numeros"]])
def test_cot_16_unique_number(cas: Table) -> None:
    found = parse_numero_unique(str(cas["texte"]))
    for key in ("territoire", "mois", "annee", "sequence", "guichet"):
        assert str(getattr(found, key)) == cas[key]
    assert found.agrees_with(dt.date.fromisoformat(str(cas["depot"])))


@pytest.mark.parametrize("cas", NOMBRES["rangs"], ids=[str(c["nom"]) for c in NOMBRES["rangs"]])
def test_cot_21_ties_share_a_rank(cas: Table) -> None:
    place = rank_among(*(int(str(cas[k])) for k in ("devant", "egalite", "n")))
    assert (place.rang, place.quart) == (int(str(cas["rang"])), int(str(cas["quart"])))
