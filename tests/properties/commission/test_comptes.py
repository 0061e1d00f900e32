"""What must hold for any ballot, any files, any objectives, any offer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from palier.base.errors import RefusalError
from palier.engines.commission import (
    Bulletin,
    Dossier,
    Menage,
    RegleQuorum,
    Suite,
    check_dossiers,
    count_quorum,
    count_suites,
    count_votes,
    gather_college,
    make_offre,
    passed_over,
    preview_point,
    read_objectifs,
    si_attribue,
)
from palier.engines.commission.model.decision import Decision
from tests.cases.commission import outils
from tests.cases.commission.outils import JOUR, LOI, MEMBRES, NOMS, PARIS, REGLEMENT

VOTANTS = ("o1", "o2", "o3", "o4", "o5", "o6", "maire", "prefet", "epci")
sens = st.sampled_from(["oui", "non", "abstention"])
votes = st.dictionaries(st.sampled_from(VOTANTS), sens, max_size=9)
jours = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
dossiers = st.builds(
    Dossier,
    st.sampled_from(sorted(NOMS.values())),
    st.dates(dt.date(2023, 1, 1), dt.date(2027, 1, 1)),
    st.none() | st.dates(dt.date(2025, 6, 1), dt.date(2026, 11, 24)),
    st.sampled_from(["active", "en_attente_piece", "attribuee", "radiee"]),
    st.booleans(),
    st.booleans(),
    st.none() | st.dates(dt.date(2026, 11, 20), dt.date(2026, 11, 28)),
)
menages = st.builds(Menage, st.none() | st.integers(1, 4), st.booleans(), st.booleans())
contingents = st.sampled_from(["etat", "action_logement", "commune", "bailleur"])
suites = st.lists(st.builds(Suite, menages, st.booleans(), contingents, st.booleans()), max_size=30)


def cast(given_votes: dict[str, str]) -> list[Bulletin]:
    return [Bulletin(m, s) for m, s in given_votes.items()]  # type: ignore[arg-type]


@given(votes, st.booleans(), st.randoms(use_true_random=False))
def test_a_vote_is_the_same_in_any_order_and_a_yes_more_never_rejects(
    given_votes: dict[str, str], president: bool, chance: object
) -> None:
    rule = replace(REGLEMENT, voix_president=president)
    college = gather_college(MEMBRES, outils.logement(), outils.presences({"presents": VOTANTS}), rule, LOI)
    ballots = cast(given_votes)
    first = count_votes(college, ballots, rule, LOI)
    mixed = list(ballots)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert count_votes(college, mixed, rule, LOI) == first
    assert first.oui + first.non + first.abstentions == len(ballots)
    assert first.adopte or first.oui <= first.non
    assert first.departage is None or first.oui == first.non > 0
    for m in VOTANTS:
        if given_votes.get(m) == "non" and first.adopte:
            more = count_votes(college, cast({**given_votes, m: "oui"}), rule, LOI)
            assert more.adopte


@given(st.sets(st.sampled_from(VOTANTS)), st.sets(st.sampled_from(VOTANTS)), st.integers(1, 9))
def test_nobody_reaches_a_quorum_by_leaving(there: set[str], gone: set[str], needed: int) -> None:
    rule = replace(REGLEMENT, quorum=RegleQuorum("college", needed))
    home = outils.logement()

    def quorum(interests: set[str]) -> int:
        seen = outils.presences({"presents": sorted(there), "interets": dict.fromkeys(interests, "voisin")})
        return count_quorum(gather_college(MEMBRES, home, seen, rule, LOI), home, rule, LOI).comptes

    assert quorum(gone) == len(there - gone) <= quorum(set()) == len(there)


@given(st.integers(1, 40), st.fractions(Fraction(1, 20), 1, max_denominator=20))
def test_a_share_of_the_members_is_never_rounded_down(seats: int, part: Fraction) -> None:
    needed = RegleQuorum("college", part=part).requis(seats)
    assert needed >= part * seats > needed - 1


@given(st.lists(dossiers, max_size=6), st.randoms(use_true_random=False))
def test_three_files_are_three_living_numbers_or_an_exception(files: list[Dossier], chance: object) -> None:
    seen = check_dossiers(outils.logement(), files, JOUR, LOI)
    living = {f.numero for f in files if f.ecart(JOUR, LOI) is None}
    assert seen.n == len(living)
    assert seen.conforme == (not seen.problemes) == (seen.n >= 3 or seen.exception is not None)
    if seen.exception is not None:
        assert seen.exception == "DALO_PREFET"
        designated = {f.numero for f in files if f.designe_prefet and f.ecart(JOUR, LOI) is None}
        assert living
        assert living <= designated
    mixed = list(files)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    if len({f.numero for f in files}) == len(files):
        assert check_dossiers(outils.logement(), mixed, JOUR, LOI).conforme == seen.conforme


@given(suites)
def test_an_objective_is_exact(year: list[Suite]) -> None:
    for o in read_objectifs(count_suites(year), LOI):
        assert 0 <= o.n <= o.total
        assert o.inconnus <= o.total - o.n
        assert (o.atteint is None) == (o.total == 0)
        assert (o.manque == 0) == (o.atteint in (True, None))
        assert Fraction(o.n + o.manque) >= o.part * o.total
        assert o.manque == 0 or Fraction(o.n + o.manque - 1) < o.part * o.total


@given(suites, menages, st.booleans(), contingents)
def test_if_this_home_goes_to_a_is_what_the_count_would_say(
    year: list[Suite], menage: Menage, qpv: bool, contingent: str
) -> None:
    known = [*year, Suite(Menage(2), False, contingent), Suite(Menage(2), True, contingent)]
    before = read_objectifs(count_suites(known), LOI)
    moves = dict(si_attribue(before, menage, qpv, contingent))
    after = read_objectifs(count_suites([*known, Suite(menage, qpv, contingent)]), LOI)
    assert tuple(moves.get(o, o) for o in before) == after


@given(jours, st.none() | st.integers(1, 60))
def test_no_offer_leaves_fewer_than_ten_days(received: dt.date, days: int | None) -> None:
    try:
        offre = make_offre(NOMS["n1"], received, LOI, PARIS, jours=days)
    except RefusalError:
        assert days is not None
        assert days < 10
        return
    assert (offre.echeance.limite - received).days >= (days or 10) >= 10
    assert PARIS.is_ouvre(offre.echeance.limite)


CODES = [
    {"code": "attribution"},
    {"code": "attribution_rang", "rang": 1},
    {"code": "attribution_rang", "rang": 2},
    {"code": "attribution_condition", "condition": ["emploi", dt.date(2026, 12, 10)]},
    {"code": "non_attribution", "motifs": ["DETTE"]},
    {"code": "non_attribution", "motifs": {"PRIORITE_AUTRE": {"nombre": 1}}},
    {"code": "irrecevabilite", "motifs": ["IRR_SEJOUR"]},
    {"code": "non_attribution"},
    {"code": "ajourne"},
]


@given(
    st.lists(st.sampled_from(CODES), min_size=3, max_size=3),
    st.sets(st.sampled_from(VOTANTS)),
    votes,
    st.permutations(["n1", "n2", "n3"]),
)
def test_what_is_decided_is_lawful(
    codes: list[dict[str, object]], there: set[str], given_votes: dict[str, str], order: list[str]
) -> None:
    """Whatever is proposed and voted, decisions come out only when everything holds."""
    decisions = [{"numero": n, **code} for n, code in zip(("n1", "n2", "n3"), codes, strict=True)]
    row: dict[str, object] = {"presents": sorted(there), "decisions": decisions, "ordre": order}
    for m, s in given_votes.items():
        row[s] = [*row.get(s, []), m]  # type: ignore[misc]
    made = preview_point(outils.seance(), outils.point(row), LOI)
    if not made.decisions:
        return
    assert made.quorum.atteint
    assert made.dossiers.n >= 3
    assert made.vote is not None
    assert made.vote.adopte
    assert set(given_votes) <= there
    assert {d.numero for d in made.decisions} == {NOMS[n] for n in ("n1", "n2", "n3")}
    ranks = [d.rang for d in made.attributaires if d.rang is not None]
    assert ranks == list(range(1, len(ranks) + 1))
    assert len(made.attributaires) <= 1 or len(ranks) == len(made.attributaires)
    assert all(d.motifs for d in made.decisions if not d.favorable)
    assert passed_over([NOMS[n] for n in order], made.decisions, LOI) == []


@given(st.permutations([1, 2, 3, 4]), st.permutations(["n1", "n2", "n3", "n4"]))
def test_only_the_computed_order_passes_nobody_over(ranks: list[int], order: list[str]) -> None:
    decisions = [
        Decision(NOMS[f"n{k}"], "attribution_rang", rank) for k, rank in zip(range(1, 5), ranks, strict=True)
    ]
    by_rank = [d.numero for d in sorted(decisions, key=lambda d: d.rang or 0)]
    computed = [NOMS[n] for n in order]
    assert (passed_over(computed, decisions, LOI) == []) == (by_rank == computed)
