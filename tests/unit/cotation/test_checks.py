"""What the verification of grids says, entry by entry of ``tests/cases/cotation/verification.yaml``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from palier import law
from palier.base.errors import RuleFileError
from palier.engines.cotation.checks import Verification, check_grille, require_valid, seuils
from palier.engines.cotation.checks.constats import exact_text, joined, value_text
from palier.engines.cotation.checks.logique import Hypothese, contradiction
from palier.engines.cotation.model import nodes as n
from palier.law import LoiAu
from tests.unit.cotation.gabarit import ENTETE, lue, texte

FILE = Path(__file__).parents[2] / "cases" / "cotation" / "verification.yaml"
CASES: dict[str, list[dict[str, str]]] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
ROWS = [pytest.param(row, id=f"{part}-{k}") for part, rows in CASES.items() for k, row in enumerate(rows, 1)]
LOI = law.at(dt.date(2026, 11, 24), non_verifie=True)
PLUS = "{loi: plafonds_plus, par: [categorie_menage, zone]}"


def said(verification: Verification) -> list[str]:
    found = [p.code[4:] for p in verification.erreurs]
    return sorted([*found, *(f"[{p.code[4:]}]" for p in verification.avertissements)])


def verify(text: str, loi: LoiAu | None = LOI) -> Verification:
    try:
        return check_grille(lue(text), loi)
    except RuleFileError as error:
        return Verification(tuple(error.problems), ())


@pytest.mark.parametrize("row", ROWS)
def test_each_case(row: dict[str, str]) -> None:
    parts: dict[str, Any] = {k: v for k, v in row.items() if k not in ("codes", "dit", "loi", "document")}
    text = ENTETE + row["document"] if "document" in row else texte(**parts)
    found = verify(text, None if row.get("loi") == "non" else LOI)
    messages = "\n".join(map(str, (*found.erreurs, *found.avertissements)))
    messages = messages.replace("\u202f", " ").replace("\u00a0", " ")
    assert said(found) == sorted(row["codes"].split()), f"{text}\n{messages}"
    assert row.get("dit", "") in messages, messages


def test_the_cases_are_many_and_some_are_sound() -> None:
    assert len(ROWS) > 200
    assert sum(not row["codes"] for rows in CASES.values() for row in rows) > 40


def test_a_law_without_value_at_the_date_is_a_warning() -> None:
    early = law.at(dt.date(1990, 1, 1), non_verifie=True)
    found = verify(texte(f"x: {{si: {{rfr_n2_eur: {{jusqu_a: {PLUS}}}}}, points: 1}}"), early)
    assert said(found) == ["[046]"]
    assert "plafonds_plus" in str(found.avertissements[0])
    bandes = f"[{{jusqu_a: {PLUS}, points: 0}}, {{plus_de: {PLUS}, points: 1}}]"
    scale = texte(f"x: {{colonne: rfr_n2_eur, bandes: {bandes}}}")
    assert said(verify(scale, early)) == ["[031]", "[046]"]


def test_too_many_keys_are_left_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "{table: t, par: [nb_personnes, zone]}"
    values = ", ".join(f"{k}: {{idf: 1, autres: 2, paris_limitrophes: 3}}" for k in range(1, 31))
    racine = f"tables: {{t: {{par: [nb_personnes, zone], valeurs: {{{values}}}}}}}"
    bandes = f"[{{jusqu_a: {table}, points: 0}}, {{plus_de: {table}, points: 1}}]"
    text = texte(f"x: {{colonne: logement_surface_m2, bandes: {bandes}}}", racine=racine)
    monkeypatch.setattr(seuils, "MAX_CLES", 90)
    assert said(verify(text)) == []
    monkeypatch.setattr(seuils, "MAX_CLES", 89)
    assert said(verify(text)) == ["[031]"]


def test_a_condition_too_big_to_be_proved_counts_as_possible() -> None:
    pairs = [n.Ou((n.Egal("nb_mineurs", k), n.Egal("nb_a_charge", k))) for k in range(10)]
    assert contradiction(Hypothese(n.Et(tuple(pairs)))) is None
    assert contradiction(Hypothese(n.Et(tuple(pairs[:3])))) is not None


@pytest.mark.parametrize(
    ("source", "valeur", "possible"),
    [
        (n.Mesure("age"), n.Fraction(30), False),
        (n.Rapport("loyer_net_cent", "ressources_mensuelles_cent"), n.Fraction(1, 3), True),  # 0 / 0
        (n.Mesure("age"), n.RefTable("seuils", ("zone",), False), True),  # a key that the table lacks
    ],
)
def test_a_known_answer_may_still_leave_a_condition_unknown(
    source: n.Source, valeur: n.Fraction | n.RefTable, possible: bool
) -> None:
    low, high = (n.Dans(source, (n.Borne(sens, valeur),)) for sens in ("moins_de", "des"))
    known = [Hypothese(n.Connu(name, True)) for name in (*source.colonnes, "zone")]
    found = contradiction(*known, Hypothese(low, False), Hypothese(high, False))
    assert (found is None) is possible


def test_errors_are_sorted_and_raised_together() -> None:
    grille = lue(texte("x: {compte: offre_refusee, points: -9}", racine="departage: [statut]", dalo=""))
    found = check_grille(grille, LOI)
    assert [p.code for p in found.erreurs] == ["COT-043", "COT-036", "COT-042"]
    with pytest.raises(RuleFileError) as caught:
        require_valid(grille, LOI)
    assert tuple(caught.value.problems) == found.erreurs
    assert caught.value.exit_code == 10
    sound = lue(texte())
    assert require_valid(sound, LOI) == check_grille(sound) == Verification((), ())


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        (n.Rapport("loyer_net_cent", "ressources_mensuelles_cent"), "33/100", "33 %"),
        (n.Rapport("loyer_net_cent", "ressources_mensuelles_cent"), "1/3", "1/3"),
        (n.Rapport("loyer_cent", "nb_personnes"), "50050", "500,50 €"),
        (n.Rapport("loyer_cent", "nb_personnes"), "1/4", "0,0025 €"),
        (n.Rapport("nb_mineurs", "nb_personnes"), "1/2", "0,5"),
        (n.Mesure("loyer_cent"), "50000", "500 €"),
        (n.Mesure("anciennete_mois"), "1", "1 mois"),
        (n.Mesure("anciennete_mois"), "-5/2", "−2,5 mois"),
        (n.Mesure("nb_personnes"), "2000", "2 000 personnes"),
    ],
)
def test_values_are_written_as_people_write_them(source: n.Source, value: str, expected: str) -> None:
    found = value_text(source, n.Fraction(value)).replace("\u202f", " ").replace("\u00a0", " ")
    assert found == expected


def test_small_words() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"], "ou")] == ["", "a", "a ou b"]
    assert exact_text(n.Fraction(-7, 8)) == "−0,875"
