"""Arrows that may be taken and arrows that may not; machines that cannot be written."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from palier.base.errors import RefusalError, RuleFileError
from palier.base.ressources import read_packaged
from palier.engines.commission import list_machines, load_machine, parse_machine, refusals, transition
from palier.engines.commission.model.machine import DEBUT, PACKAGE, reachable, read_vocabulaire
from palier.engines.commission.run import GARDES
from palier.engines.commission.run.faits import FaitManquant, Faits
from tests.cases.commission.faits import facts
from tests.cases.commission.outils import cases, ident

ROWS = cases("machines.yaml")


def taken(row: dict[str, Any]) -> str:
    return transition(
        load_machine(row["machine"]),
        row["de"],
        row["vers"],
        row["role"],
        facts(row.get("faits", {}), row["vers"]),
    )


@pytest.mark.parametrize("row", ROWS, ids=ident)
def test_an_arrow(row: dict[str, Any]) -> None:
    if "code" not in row:
        assert taken(row) == row["vers"]
        return
    with pytest.raises(RefusalError) as caught:
        taken(row)
    assert " ".join(sorted(p.code for p in caught.value.problems)) == row["code"]
    assert caught.value.exit_code == 15


def test_each_arrow_is_taken_in_a_row_and_each_guard_refuses_in_one() -> None:
    """No arrow, no guard is out of the table above."""
    took = {(r["machine"], r["de"], r["vers"]) for r in ROWS if "code" not in r}
    grouped = {
        "refusee",
        "non_attribution",
        "irrecevabilite",
        "attribution_condition",
        "attribution_rang",
        "retiree",
        "caduque",
        "qualifiee",
    }
    left = {
        (nom, f.de, f.vers)
        for nom in list_machines() for f in load_machine(nom).fleches
        if (nom, f.de, f.vers) not in took and f.vers not in grouped
    }  # fmt: skip
    assert not left


@pytest.mark.parametrize("nom", list_machines())
def test_every_absent_arrow_raises(nom: str) -> None:
    """Each pair of states, each role, with every good fact at hand."""
    machine = load_machine(nom)
    arrows = {(f.de, f.vers) for f in machine.fleches}
    for de, vers in product([DEBUT, *machine.etats], [DEBUT, *machine.etats]):
        if (de, vers) in arrows:
            continue
        for role in machine.roles:
            found = refusals(machine, de, vers, role, facts({}, vers))
            assert [p.code for p in found] == ["COM-020"]


@pytest.mark.parametrize("nom", list_machines())
def test_an_arrow_without_its_facts_is_not_taken(nom: str) -> None:
    for fleche in load_machine(nom).fleches:
        found = refusals(load_machine(nom), fleche.de, fleche.vers, fleche.roles[0], {})
        assert {p.code for p in found} == ({"COM-023"} if fleche.gardes else set())


@pytest.mark.parametrize(
    ("nom", "code"), [(nom, code) for nom in list_machines() for code in load_machine(nom).gardes]
)
def test_a_guard_reads_the_facts_that_it_declares_and_no_other(nom: str, code: str) -> None:
    declared = load_machine(nom).gardes[code].faits
    known = {name: value for name, value in facts({}, "attribution").items() if name in declared}
    assert set(known) == set(declared)
    list(GARDES[code](Faits(known)))
    for name in declared:
        with pytest.raises(FaitManquant, match=name):
            list(GARDES[code](Faits({k: v for k, v in known.items() if k != name})))


def test_each_guard_serves_and_has_words() -> None:
    used = {code for nom in list_machines() for code in load_machine(nom).gardes}
    assert used == set(GARDES)


@pytest.mark.parametrize(
    ("nom", "etat", "garde"),
    [
        (nom, etat, garde)
        for nom in list_machines()
        for etat, gs in load_machine(nom).garanties.items()
        for garde in gs
    ],
)
def test_a_guarantee_is_held_by_the_drawing_itself(nom: str, etat: str, garde: str) -> None:
    """The law's conditions of a lease cannot be walked around, whatever the facts."""
    assert etat not in reachable(load_machine(nom), sans=garde)


@pytest.mark.parametrize(
    ("nom", "garde"), [(nom, garde) for nom in list_machines() for garde in load_machine(nom).gardes]
)
def test_a_file_that_loses_a_guard_is_refused_if_the_law_needs_it(nom: str, garde: str) -> None:
    text = read_packaged(PACKAGE, f"donnees/machines/{nom}.yaml")
    lost = "\n".join(
        re.sub(rf"\b{garde}(, )?", "", line) if "{de:" in line else line for line in text.splitlines()
    ).replace(", ]", "]")
    needed = any(garde in gs for gs in load_machine(nom).garanties.values())
    if not needed:
        parse_machine(lost, nom, read_vocabulaire())
        return
    with pytest.raises(RuleFileError) as caught:
        parse_machine(lost, nom, read_vocabulaire())
    assert {p.code for p in caught.value.problems} == {"COM-013"}


MACHINE = """palier: machine/1
id: essai
libelle: "Essai"
etats: {a: {libelle: A}, b: {libelle: B, fin: oui}}
fleches:
  - {de: debut, vers: a, qui: horloge}
  - {de: a, vers: b, qui: horloge, si: [identite_verifiee]}
garanties: {b: [identite_verifiee]}
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("vers: b, qui", "vers: c, qui", "COM-010"),
        ("qui: horloge}", "qui: pape}", "COM-010"),
        ("si: [identite_verifiee]", "si: [identite]", "COM-010"),
        ("garanties: {b:", "garanties: {z:", "COM-010"),
        ("  - {de: a, vers: b", "  - {de: debut, vers: a, qui: horloge}\n  - {de: a, vers: b", "COM-011"),
        ("{libelle: B, fin: oui}", "{libelle: B, fin: oui}, c: {libelle: C, fin: oui}", "COM-012"),
        ("libelle: B, fin: oui", "libelle: B", "COM-012"),
        ("libelle: A}", "libelle: A, fin: oui}", "COM-012"),
        (", si: [identite_verifiee]", "", "COM-013"),
        ("id: essai\n", "", "COM-005"),
        ('libelle: "Essai"', "titre: x", "COM-004 COM-005"),
        ("fin: oui", "fin: vrai", "COM-006"),
        ("etats: {a", "etats: [a", "COM-001"),
    ],
)
def test_a_machine_that_cannot_be_written(old: str, new: str, code: str) -> None:
    assert parse_machine(MACHINE, "essai", read_vocabulaire()).etats["b"].fin
    assert old in MACHINE
    with pytest.raises(RuleFileError) as caught:
        parse_machine(MACHINE.replace(old, new, 1), "essai", read_vocabulaire())
    assert " ".join(sorted({p.code for p in caught.value.problems})) == code


def test_an_unknown_machine_is_refused() -> None:
    with pytest.raises(RuleFileError, match="COM-014"):
        load_machine("bail")
