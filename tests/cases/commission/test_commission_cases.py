"""Oracles of the commission, one row each: votes, files, decisions, objectives, what follows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from palier.base.errors import InputError, RefusalError, RuleFileError
from palier.engines.commission import (
    Bail,
    Dossier,
    Mandat,
    Membre,
    Menage,
    Preuves,
    Reponse,
    Suite,
    bail_du,
    check_bail,
    check_correction,
    check_decisions,
    check_dossiers,
    check_membres,
    check_ordre,
    check_radiation,
    check_reglement,
    check_reponse,
    check_seance,
    close_point,
    count_echeance,
    count_suites,
    gather_college,
    make_offre,
    next_rang,
    parse_reglement,
    passed_over,
    preview_point,
    read_exemple,
    read_objectifs,
    reglement_at,
    reprise_possible,
    warn_adresses,
    warn_motifs,
    warn_seance,
)
from palier.engines.commission.model.decision import Decision
from palier.engines.commission.run import siege
from tests.cases.commission import outils
from tests.cases.commission.outils import JOUR, LOI, NOMS, PARIS, cases, ident

BOOL = {"oui": True, "non": False}


def codes(problems: Any) -> str:
    return " ".join(sorted(p.code for p in problems))


def agrees(row: dict[str, Any], problems: Any) -> None:
    """What is refused is what the row says, in its words."""
    found = list(problems)
    assert codes(found) == row.get("code", ""), found
    assert row.get("dit", "") in " ".join(map(str, found)) or row.get("acte") == "reprise"


@pytest.mark.parametrize("row", cases("votes.yaml"), ids=ident)
def test_a_vote(row: dict[str, Any]) -> None:
    """Ballots and quorum, with files and decisions that raise nothing."""
    decisions = [{"numero": "n1", "code": "attribution"}]
    decisions += [{"numero": n, "code": "non_attribution", "motifs": ["DETTE"]} for n in ("n2", "n3")]
    point = outils.point({"decisions": decisions, **row})
    seance = outils.seance({"reglement": row.get("reglement"), **row.get("seance", {})})
    try:
        made = preview_point(seance, point, LOI)
    except RefusalError as error:
        agrees(row, error.problems)
        return
    agrees(row, made.problemes)
    if made.problemes:
        with pytest.raises(RefusalError):
            close_point(seance, point, LOI)
        assert not made.decisions
        assert made.vote is None or made.vote.valide or not made.vote.adopte
        return
    assert made.examine is BOOL[row.get("examine", "oui")]
    for name, value in (("comptes", made.quorum.comptes), ("requis", made.quorum.requis)):
        assert row.get(name, value) == value
    if not made.examine:
        assert (made.vote, made.decisions) == (None, ())
        return
    assert made.vote is not None
    assert made.vote.adopte is BOOL[row.get("adopte", "non")]
    assert made.vote.departage == row.get("departage")
    assert row.get("participants", made.vote.participants) == made.vote.participants
    assert row.get("participants_requis", made.vote.requis) == made.vote.requis
    assert len(made.decisions) == 3 * made.vote.adopte


@pytest.mark.parametrize("row", cases("membres.yaml"), ids=ident)
def test_a_commission(row: dict[str, Any]) -> None:
    more = [Membre(id_, *values) for id_, values in row.get("plus", {}).items()]
    agrees(row, check_membres([*outils.MEMBRES, *more], LOI))
    if more:
        with pytest.raises(RefusalError):
            gather_college([*outils.MEMBRES, *more], outils.logement(), (), outils.REGLEMENT, LOI)
    for member in more:
        if member.qualite == "sous_prefet":
            with pytest.raises(RefusalError, match="COM-115"):
                siege(member, outils.logement(), LOI)


@pytest.mark.parametrize(
    ("du", "au", "jour", "code"),
    [
        (2026, None, "2026-11-24", ""),
        (2026, 2026, "2026-12-31", ""),
        (2026, 2026, "2027-01-01", "COM-018"),
        (2026, None, "2025-12-31", "COM-018"),
    ],
)
def test_a_reglement_is_in_force_on_a_day(du: int, au: int | None, jour: str, code: str) -> None:
    """Bad input 42 among its neighbours: none, one, two vintages."""
    one = replace(outils.REGLEMENT, du=dt.date(du, 1, 1), au=au and dt.date(au, 12, 31))
    day = dt.date.fromisoformat(jour)
    if not code:
        assert reglement_at([one], one.organisme, day) is one
        with pytest.raises(RuleFileError, match="COM-018"):
            reglement_at([one, one], one.organisme, day)
        return
    with pytest.raises(RuleFileError, match=code):
        reglement_at([one], one.organisme, day)


@pytest.mark.parametrize("row", cases("dossiers.yaml"), ids=ident)
def test_three_files(row: dict[str, Any]) -> None:
    files = [outils.dossier(d) for d in row["dossiers"]]
    home = outils.logement(**row.get("logement", {}))
    made = check_dossiers(home, files, JOUR, LOI, outils.recherche(row.get("recherche")))
    agrees(row, made.problemes)
    assert (made.n, made.exception, made.conforme) == (row["n"], row.get("exception"), "code" not in row)
    assert made.requis == 3


@pytest.mark.parametrize("row", cases("decisions.yaml"), ids=ident)
def test_decisions(row: dict[str, Any]) -> None:
    candidates = [NOMS[n] for n in row.get("candidats", ("n1", "n2", "n3"))]
    decisions = [outils.decision(d) for d in row["decisions"]]
    agrees(row, check_decisions("logement", candidates, decisions, JOUR, LOI))
    assert codes(p for d in decisions for p in warn_motifs(d, LOI)) == row.get("alerte", "")


@pytest.mark.parametrize("row", cases("ordres.yaml"), ids=ident)
def test_departures_from_the_order(row: dict[str, Any]) -> None:
    order = [NOMS[n] for n in ("n1", "n2", "n3")]
    point = outils.point(row)
    assert passed_over(order, point.decisions, LOI) == [NOMS[n] for n in row["passes"]]
    agrees(row, check_ordre(order, point.decisions, point.ecarts, LOI))


def suites(row: dict[str, Any]) -> list[Suite]:
    """As many allocations as the row counts."""
    found = []
    (outside, first), (inside, others) = row.get("hors", (0, 0)), row.get("qpv", (0, 0))
    found += [Suite(Menage(1 if k < first else 3), False, "etat") for k in range(outside)]
    found += [Suite(Menage(2 if k < others else 1), True, "etat") for k in range(inside)]
    for contingent, (total, n) in row.get("contingents", {}).items():
        found += [Suite(Menage(2, prioritaire=k < n), False, contingent, bail=False) for k in range(total)]
    for one in row.get("suites", ()):
        menage = Menage(one["quartile"], one.get("relogement", False), one.get("prioritaire", False))
        place = (one.get("qpv", False), one.get("contingent", "etat"), one.get("bail", True))
        found.append(Suite(menage, *place))
    return found


@pytest.mark.parametrize("row", cases("objectifs.yaml"), ids=ident)
def test_objectives(row: dict[str, Any]) -> None:
    found = {o.code: o for o in read_objectifs(count_suites(suites(row)), LOI)}
    for code, expected in row.items():
        if code in found:
            assert {name: getattr(found[code], name) for name in expected} == expected
    assert sum(code in found for code in row) == 1
    assert not set(row.get("absents", ())) & set(found)


@pytest.mark.parametrize("row", cases("seances.yaml"), ids=ident)
def test_a_session(row: dict[str, Any]) -> None:
    values = {k: row[k] for k in ("le", "convoquee_le", "mode", "reglement", "dossiers") if k in row}
    if "reglement" in values:
        values["reglement"] = {"modes": frozenset(values["reglement"]["modes"])}
    seance = outils.seance(values)
    agrees(row, check_seance(seance))
    assert codes(warn_seance(seance, PARIS)) == row.get("alerte", "")
    actual = replace(seance.reglement, **row.get("actuel", {}))
    assert codes(check_reglement(seance.reglement, actual)) == row.get("change", "")


@pytest.mark.parametrize("row", cases("reglements.yaml"), ids=ident)
def test_a_reglement(row: dict[str, Any]) -> None:
    text = read_exemple()
    for key, line in {**row.get("lignes", {}), **({row["sans"]: ""} if "sans" in row else {})}.items():
        text, times = re.subn(rf"(?m)^{key}:.*$", lambda _, line=line: line, text)
        assert times == 1
    if "code" not in row:
        parse_reglement(text, "essai")
        return
    with pytest.raises(RuleFileError) as caught:
        parse_reglement(text, "essai")
    assert " ".join(sorted({p.code for p in caught.value.problems})) == row["code"]


def act_offre(row: dict[str, Any]) -> None:
    made = make_offre(NOMS["n1"], row["recue"], LOI, PARIS, jours=row.get("jours"))
    assert made.echeance.limite == row["limite"]


def act_rang(row: dict[str, Any]) -> None:
    ranks = tuple(NOMS[n] for n in ("n1", "n2", "n3"))
    offre = make_offre(ranks[0], row["recue"], LOI, PARIS, row.get("rang", 1))
    called = next_rang(offre, row["au"], ranks)
    assert called == NOMS.get(row["appele"])
    if called is not None:
        fresh = make_offre(called, row["au"], LOI, PARIS, offre.rang + 1)
        assert fresh.echeance.limite == row["limite_suivante"]


def act_condition(row: dict[str, Any]) -> None:
    decision = outils.decision(
        {"numero": "n1", "code": "attribution_condition", "condition": ["emploi", row["limite"]]}
    )
    assert bail_du(decision, row["recue"]) is row["du"]


def act_reponse(row: dict[str, Any]) -> None:
    offre = make_offre(NOMS["n1"], row["recue"], LOI, PARIS)
    mandat = row.get("mandat")
    if mandat is not None:
        mandat = Mandat(frozenset(mandat["portees"]), mandat["fin"], mandat.get("revoque_le"))
    answer = Reponse(NOMS[row.get("numero", "n1")], row["le"], "oui", row.get("role", "demandeur"), mandat)
    agrees(row, check_reponse(offre, answer))


def act_bail(row: dict[str, Any]) -> None:
    decisions = [{"numero": "n1", "code": "attribution"}]
    decisions += [{"numero": n, "code": "non_attribution", "motifs": ["DETTE"]} for n in ("n2", "n3")]
    closed = close_point(
        outils.seance(),
        outils.point({"presents": ["o1", "o2", "o3"], "oui": ["o1"], "decisions": decisions}),
        LOI,
    )
    answer = row.get("accepte") and Reponse(NOMS["n1"], row["accepte"], row.get("sens", "oui"), "demandeur")
    agrees(row, check_bail(closed, answer, Bail(NOMS[row.get("numero", "n1")], row["signe"])))


def act_radiation(row: dict[str, Any]) -> None:
    file = Dossier(NOMS["n1"], dt.date(2026, 1, 15))
    made = check_radiation(row["motif"], file, Preuves(**row.get("preuves", {})), row["au"], LOI, PARIS)
    assert (made.motif, made.depuis, made.demande) == (row["radie"], row["depuis"], row["motif"])


def act_correction(row: dict[str, Any]) -> None:
    new = Decision(NOMS["n1"], "attribution", texte=row.get("texte", ""), corrige=row.get("corrige"))
    agrees(row, check_correction(row["etat"], "D1", new))


def act_reprise(row: dict[str, Any]) -> None:
    term = count_echeance("reservataire", row["dit"], LOI, PARIS) if "dit" in row else None
    assert reprise_possible(term, row["au"]) is row["possible"]


def act_echeance(row: dict[str, Any]) -> None:
    made = count_echeance(row["horloge"], row["depart"], LOI, PARIS)
    assert row.get("limite", made.limite) == made.limite
    assert row.get("ouvert", made.ouvert_le) == made.ouvert_le


def act_adresses(row: dict[str, Any]) -> None:
    agrees(row, warn_adresses(row["membres"], row["candidats"], set(row.get("declares", ()))))


ACTES: dict[str, Callable[[dict[str, Any]], None]] = {
    name.removeprefix("act_"): function for name, function in globals().items() if name.startswith("act_")
}
RAISE = ("offre", "radiation")


@pytest.mark.parametrize("row", cases("suites.yaml"), ids=ident)
def test_what_follows(row: dict[str, Any]) -> None:
    if row["acte"] in RAISE and "code" in row:
        with pytest.raises(InputError) as caught:
            ACTES[row["acte"]](row)
        assert codes(caught.value.problems) == row["code"]
        assert caught.value.exit_code == 15
    else:
        ACTES[row["acte"]](row)
