"""No path of the machines reaches a lease without what the law asks, whatever facts are given."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.base.errors import RefusalError
from palier.engines.commission import Cloture, ExamenDossiers, Offre, Reponse, load_machine, transition
from palier.engines.commission.model.decision import FAVORABLES
from palier.engines.commission.model.machine import DEBUT
from tests.cases.commission.faits import good, named

Pas = tuple[str, str, dict[str, Any]]


@cache
def pools() -> dict[str, list[object]]:
    """Each fact with its good value, twice, and every bad one that we know."""
    found: dict[str, list[object]] = {name: [value, value] for name, value in good().items()}
    for (name, _), value in named().items():
        found[name].append(value)
    files, closed = found["dossiers"][0], found["cloture"][0]
    assert isinstance(files, ExamenDossiers)
    assert isinstance(closed, Cloture)
    assert closed.vote is not None
    found["dossiers"].append(replace(files, n=2))
    found["cloture"] += [
        replace(closed, quorum=replace(closed.quorum, comptes=2)),
        replace(closed, vote=replace(closed.vote, adopte=False)),
        replace(closed, vote=None),
        replace(closed, decisions=()),
        replace(closed, examine=False),
        replace(closed, problemes=files.problemes or named()["dossiers", "deux"].problemes),  # type: ignore[attr-defined]
    ]
    found["rangs_restants"].append(0)
    found["motifs_ecart"].append(("plafond",))
    found["au"].append(dt.date(2026, 2, 20))
    return found


@st.composite
def walks(draw: st.DrawFn, nom: str) -> list[Pas]:
    """A walk where each act is tried with facts drawn at random; only what is accepted moves."""
    machine, state, trail = load_machine(nom), DEBUT, []
    for _ in range(draw(st.integers(10, 40))):
        arrows = machine.depuis(state)
        if not arrows:
            break
        arrow = draw(st.sampled_from(arrows))
        spoilt = draw(st.sets(st.sampled_from(sorted(pools())), max_size=2))
        facts = {**good(), "au": dt.date(2026, 2, 20) if arrow.vers == "candidats_recus" else good()["au"]}
        facts |= {name: draw(st.sampled_from(pools()[name])) for name in sorted(spoilt)}
        facts["vers"] = draw(st.sampled_from([arrow.vers, arrow.vers, "attribution"]))
        try:
            state = transition(machine, state, arrow.vers, draw(st.sampled_from(arrow.roles)), facts)
        except RefusalError:
            continue
        trail.append((arrow.de, state, facts))
    return trail


def last(trail: list[Pas], state: str) -> dict[str, Any]:
    """Facts of the last time that a state was entered from another one."""
    return next(facts for de, vers, facts in reversed(trail) if vers == state and de != state)


def assert_lawful(trail: list[Pas], files: str, decided: str, accepted: str) -> None:
    """What the law asks before a lease, read in the facts themselves, not by the guards."""
    seen: ExamenDossiers = last(trail, files)["dossiers"]
    assert seen.n >= 3 or (seen.exception is not None and seen.n >= 1)
    closed: Cloture = last(trail, decided)["cloture"]
    assert closed.examine
    assert closed.quorum.comptes >= closed.quorum.requis
    assert closed.vote is not None
    assert closed.vote.adopte
    assert closed.problemes == ()
    assert any(d.code in FAVORABLES for d in closed.decisions)
    facts = last(trail, accepted)
    offre, answer = facts["offre"], facts["reponse"]
    assert isinstance(offre, Offre)
    assert isinstance(answer, Reponse)
    assert (offre.echeance.limite - offre.recue_le).days >= 10
    assert offre.recue_le <= answer.le <= offre.echeance.limite
    assert answer.sens == "oui"
    bail, closed, answer = (trail[-1][2][name] for name in ("bail", "cloture", "reponse"))
    assert bail.numero == answer.numero
    assert closed.le <= bail.signe_le
    assert answer.le <= bail.signe_le


@given(walks("vacance"))
def test_no_home_is_let_outside_the_law(trail: list[Pas]) -> None:
    if trail and trail[-1][1] == "bail_signe":
        assert_lawful(trail, "inscrite", "attribuee", "acceptee")


@given(walks("candidature"))
def test_no_candidate_signs_outside_the_law(trail: list[Pas]) -> None:
    if trail and trail[-1][1] == "bail":
        decided = next(s for _, s, _ in trail if s.startswith("attribution"))
        assert_lawful(trail, decided, decided, "acceptee")
        assert last(trail, "eligible")["motifs_ecart"] == ()


def test_some_walks_reach_a_lease() -> None:
    """The two properties above are not empty."""
    for nom, end in (("vacance", "bail_signe"), ("candidature", "bail")):
        machine, state = load_machine(nom), DEBUT
        path = {
            "vacance": [
                "conge_recu",
                "qualifiee",
                "orientee",
                "reprise_bailleur",
                "inscrite",
                "attribuee",
                "acceptee",
            ],
            "candidature": [
                "proposee",
                "eligible",
                "inscrite",
                "examinee",
                "attribution",
                "offre_envoyee",
                "acceptee",
            ],
        }[nom]
        for vers in (*path, end):
            arrow = machine.fleche(state, vers)
            assert arrow is not None
            state = transition(machine, state, vers, arrow.roles[0], {**good(), "vers": vers})
        assert state == end


@pytest.mark.parametrize("nom", ["vacance", "candidature", "seance", "decision"])
@given(data=st.data())
def test_a_role_that_is_not_named_never_moves_anything(nom: str, data: st.DataObject) -> None:
    machine = load_machine(nom)
    arrow = data.draw(st.sampled_from(machine.fleches))
    role = data.draw(st.sampled_from(["public", "auditeur", "", *machine.roles]))
    if role not in arrow.roles:
        with pytest.raises(RefusalError, match="COM-022"):
            transition(machine, arrow.de, arrow.vers, role, {**good(), "vers": arrow.vers})
