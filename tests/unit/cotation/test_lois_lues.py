"""What a grid asks of the law and cannot have is said at once, by both engines alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from palier import law
from palier.base.errors import LoiError, RuleFileError
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.model import Grille, parse_grille
from palier.engines.cotation.reference import prepare
from palier.tables import schema

MOTEURS = pytest.mark.parametrize("moteur", [compile_grille, prepare], ids=["compilé", "référence"])
Moteur = Callable[..., Any]


def grille(territoire: str = "246700488", communes: str = "") -> Grille:
    """Make a grid that reads the communes of its EPCI, the validity, and two tables of ceilings."""
    seuil = "{{rfr_n2_eur: {{jusqu_a: {{loi: {}, par: [categorie_menage, zone]}}}}}}"
    criteres = "".join(
        f"          {nom}: {{si: {seuil.format(nom)}, points: 1}}\n"
        for nom in ("plafonds_plai", "plafonds_plus")
    )
    return parse_grille(
        f'palier: grille/1\nid: essai\ncadre: etranger\nterritoire: "{territoire}"\n{communes}'
        "version: {du: 2026-01-01}\ncompletude: complete\nsystemes:\n  unique:\n    familles:\n      f:\n"
        f"        regle: somme\n        criteres:\n{criteres}",
        "essai.yaml",
    )


@MOTEURS
@pytest.mark.parametrize(
    ("au", "non_verifie", "attendus"),
    [
        ("2023-12-31", True, ["LOI-002 epci_communes", "LOI-002 plafonds_plai", "LOI-002 plafonds_plus"]),
        ("2024-06-01", True, ["LOI-002 plafonds_plai", "LOI-002 plafonds_plus"]),
        ("2026-11-24", False, ["LOI-004 plafonds_plai"]),
        ("2026-11-24", True, []),
    ],
)
def test_all_that_lacks_is_said_at_once(
    moteur: Moteur, au: str, non_verifie: bool, attendus: list[str]
) -> None:
    loi = law.at(dt.date.fromisoformat(au), non_verifie=non_verifie)
    if not attendus:
        moteur(grille(), loi)
        return
    with pytest.raises(LoiError) as raised:
        moteur(grille(), loi)
    assert sorted(f"{p.code} {p.ou}" for p in raised.value.problems) == attendus


@MOTEURS
def test_a_grid_may_name_its_communes_where_the_law_does_not(moteur: Moteur) -> None:
    early = law.at(dt.date(2023, 12, 31), non_verifie=True)
    with pytest.raises(LoiError) as raised:
        moteur(grille(), early)
    advice = next(p.que_faire for p in raised.value.problems if p.ou == "epci_communes")
    assert "à partir du 2024-01-01" in advice
    assert "« communes: »" in advice
    with pytest.raises(LoiError) as raised:
        moteur(grille(communes='communes: ["67482"]\n'), early)
    assert "epci_communes" not in {p.ou for p in raised.value.problems}


@MOTEURS
def test_an_epci_that_nobody_knows_is_told_to_name_its_communes(moteur: Moteur) -> None:
    with pytest.raises(RuleFileError) as raised:
        moteur(grille("243400017"), law.at(dt.date(2026, 11, 24), non_verifie=True))
    (problem,) = raised.value.problems
    assert (problem.code, problem.ou) == ("COT-070", "essai.yaml, ligne 4")
    assert "Vérifiez ce SIREN" in problem.que_faire
    assert "« communes: »" in problem.que_faire
    assert "Vouliez-vous dire" not in problem.que_faire


def test_a_grid_that_reads_more_than_a_mask_can_name_is_refused() -> None:
    names = [c.nom for c in schema("demandes").colonnes if c.type in ("entier", "cent", "booleen")]
    names = [nom for nom in names if nom != "nb_a_naitre"]
    tables = "".join(f"  t{i}: {{par: [zone], valeurs: {{idf: {i}}}}}\n" for i in range(64 - len(names)))
    lus = "".join(f"          {nom}: {{si: {{{nom}: {{connu: oui}}}}, points: 1}}\n" for nom in names)
    lus += "".join(
        f"          t{i}: {{si: {{age: {{des: {{table: t{i}, par: [zone]}}}}}}, points: 1}}\n"
        for i in range(64 - len(names))
    )
    text = (
        f"palier: grille/1\nid: essai\ncadre: etranger\nversion: {{du: 2026-01-01}}\ncompletude: complete\n"
        f"tables:\n{tables}systemes:\n  unique:\n    familles:\n      f:\n        regle: somme\n"
        f"        criteres:\n{lus}"
    )
    with pytest.raises(RuleFileError, match="COT-072") as raised:
        compile_grille(parse_grille(text, "essai.yaml"), law.at(dt.date(2026, 11, 24), non_verifie=True))
    assert "Palier peut en suivre 64" in raised.value.problems[0].constat
