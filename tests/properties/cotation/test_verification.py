"""What the verification of grids proves is true, by brute force on every value or row that matters."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction as Fr
from itertools import pairwise, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from palier.engines.cotation.checks import check_grille
from palier.engines.cotation.checks.bandes import check_bandes
from palier.engines.cotation.checks.constats import Constats
from palier.engines.cotation.checks.logique import Hypothese, contradiction
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.reference import prepare, score_row
from palier.tables import colonne
from tests import strategies_cotation as sc
from tests.unit.cotation.gabarit import texte

N = settings.default.max_examples  # of the profile: small in `make test`, full in `make epreuves`
GRILLE = parse_grille(texte(), "essai")

# --- bands --------------------------------------------------------------------------------------------------

SOURCES: tuple[n.Source, ...] = (
    n.Mesure("nb_mineurs"),
    n.Mesure("nb_personnes"),
    n.Mesure("age"),
    n.Rapport("loyer_net_cent", "ressources_mensuelles_cent"),
)
HOLDS = {
    "des": lambda v, b: v >= b,
    "plus_de": lambda v, b: v > b,
    "jusqu_a": lambda v, b: v <= b,
    "moins_de": lambda v, b: v < b,
}
_cuts = st.sampled_from([Fr(v) for v in (-1, 0, 1, 2, 3, 4, 29, 30)] + [Fr(1, 3), Fr(33, 100), Fr(5, 2)])


@st.composite
def _bandes(draw: st.DrawFn) -> n.Bandes:
    """Draw a scale that is nearly sound: neighbours share a cut, one side is sometimes wrong."""
    cuts = sorted(draw(st.lists(_cuts, min_size=1, max_size=3, unique=True)))
    bands = []
    low: n.Borne | None = None
    for cut in [*cuts, None]:
        high = n.Borne(draw(st.sampled_from(("jusqu_a", "moins_de"))), cut) if cut is not None else None
        bornes = tuple(b for b in (low, high) if b is not None)
        bands.append(n.Bande(bornes, draw(st.integers(0, 9))))
        if high is not None and cut is not None:
            right = "plus_de" if high.sens == "jusqu_a" else "des"
            sens = draw(st.sampled_from((right, right, right, "des", "plus_de")))
            low = n.Borne(sens, draw(st.sampled_from((cut, cut, cut, cut + 1))))
    if draw(st.booleans()):
        bands.append(draw(st.sampled_from(bands)))
    if draw(st.integers(0, 4)) == 0:
        bands = draw(st.permutations(bands))
    return n.Bandes(draw(st.sampled_from(SOURCES)), tuple(bands))


def _values(source: n.Source, bandes: n.Bandes) -> list[Fr]:
    """Every value that could tell two readings apart: bounds, what lies between, what lies beyond."""
    if isinstance(source, n.Mesure):
        col = colonne(source.colonne)
        top = int(col.maximum) if col.maximum is not None else 60
        return [Fr(v) for v in range(int(col.minimum or 0), top + 1)]
    written = (b.valeur for bande in bandes.bandes for b in bande.bornes if isinstance(b.valeur, Fr))
    cuts = sorted({*written, Fr(0), Fr(99)})
    middles = [(a + b) / 2 for a, b in pairwise(cuts)]
    return sorted(v for v in (*cuts, *middles) if v >= 0)


def _in_band(bande: n.Bande, value: Fr) -> bool:
    return all(HOLDS[b.sens](value, b.valeur) for b in bande.bornes)


@settings(max_examples=3 * N)
@given(_bandes())
def test_accepted_scales_have_exactly_one_band_for_each_value(bandes: n.Bandes) -> None:
    constats = Constats(GRILLE)
    critere = replace(GRILLE.criteres()["dalo_reconnu"][0], id="x", mecanisme=bandes)
    check_bandes(constats, critere, None)
    codes = {p.code for p in constats.verification().erreurs}
    values = _values(bandes.source, bandes)
    hits = [[k for k, bande in enumerate(bandes.bandes) if _in_band(bande, v)] for v in values]
    useful = {found[0] for found in hits if found}
    exact = all(len(found) == 1 for found in hits)
    assert (not codes) == exact or len(useful) < len(bandes.bandes)
    assert ("COT-034" in codes) == (len(useful) < len(bandes.bandes))
    assert bool(codes & {"COT-031", "COT-032"}) or all(hits)
    if not any(len(found) > 1 for found in hits):
        assert "COT-030" not in codes


# --- logic --------------------------------------------------------------------------------------------------

MOTIFS = ("expulsion", "violences", "handicap", "sante")
ANSWERS: dict[str, tuple[Any, ...]] = {
    "dalo": (None, *colonne("dalo").codes),
    "handicap": (None, True, False),
    "nb_mineurs": (None, 0, 1, 2, 3, 29),
    "motifs": (None, *(frozenset(m for m, kept in zip(MOTIFS, bits, strict=True) if kept)
                       for bits in product((0, 1), repeat=4) if sum(bits) <= 3)),
}  # fmt: skip
ROWS = [dict(zip(ANSWERS, row, strict=True)) for row in product(*ANSWERS.values())]

_atoms = st.one_of(
    st.sampled_from(colonne("dalo").codes).map(lambda c: n.Egal("dalo", c)),
    st.lists(st.sampled_from(colonne("dalo").codes), min_size=1, max_size=3, unique=True).map(
        lambda c: n.Parmi("dalo", tuple(c))
    ),
    st.booleans().map(lambda v: n.Egal("handicap", v)),
    st.integers(0, 3).map(lambda v: n.Egal("nb_mineurs", v)),
    st.tuples(st.sampled_from(tuple(HOLDS)), st.integers(-1, 4)).map(
        lambda b: n.Dans(n.Mesure("nb_mineurs"), (n.Borne(b[0], Fr(b[1])),))
    ),
    st.tuples(st.integers(0, 3), st.integers(0, 3)).map(
        lambda b: n.Dans(n.Mesure("nb_mineurs"), (n.Borne("des", Fr(b[0])), n.Borne("moins_de", Fr(b[1]))))
    ),
    st.lists(st.sampled_from(MOTIFS), min_size=1, max_size=2, unique=True).map(
        lambda c: n.Contient("motifs", tuple(c))
    ),
    st.tuples(st.sampled_from(tuple(ANSWERS)), st.booleans()).map(lambda k: n.Connu(*k)),
)
_conditions = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda m: n.Et(tuple(m))),
        st.lists(inner, min_size=2, max_size=3).map(lambda m: n.Ou(tuple(m))),
        inner.map(n.Non),
    ),
    max_leaves=5,
)


def _kleene(node: n.Condition, row: dict[str, Any]) -> bool | None:
    if isinstance(node, n.Et | n.Ou):
        found = [_kleene(m, row) for m in node.membres]
        strong = isinstance(node, n.Ou)
        return strong if strong in found else None if None in found else not strong
    if isinstance(node, n.Non):
        inner = _kleene(node.membre, row)
        return None if inner is None else not inner
    if isinstance(node, n.Connu):
        return (row[node.colonne] is not None) is node.connu
    value = row[n.columns_of(node)[0]]
    if value is None:
        return None
    if isinstance(node, n.Dans):
        return all(HOLDS[b.sens](value, b.valeur) for b in node.bornes)
    if isinstance(node, n.Contient):
        return bool(value & set(node.codes))
    return value in node.codes if isinstance(node, n.Parmi) else bool(value == node.valeur)


@settings(max_examples=2 * N)
@given(_conditions, _conditions)
def test_contradictions_are_those_of_all_rows(one: n.Condition, other: n.Condition) -> None:
    truths = [(_kleene(one, row), _kleene(other, row)) for row in ROWS]
    alone = contradiction(Hypothese(one))
    assert (alone is not None) == all(a is not True for a, _ in truths)
    both = contradiction(Hypothese(one), Hypothese(other, False))
    assert (both is not None) == all(a is not True or b is True for a, b in truths)
    if both is not None:
        assert both in ANSWERS


# --- whole grids --------------------------------------------------------------------------------------------


@settings(max_examples=max(20, N // 3))
@given(sc.cas(taille=6))
def test_criteria_said_out_of_reach_never_score(cas: sc.Cas) -> None:
    loi = sc.loi_inventee(cas.au)
    verification = check_grille(cas.grille, loi)
    without = check_grille(cas.grille)
    assert {p.code for p in without.erreurs} <= {p.code for p in verification.erreurs} | {"COT-031"}
    said = [p.constat for p in verification.erreurs if p.code == "COT-033"]
    never = {re.split("[«»]", words)[1].strip() for words in said if "ne donne jamais ses points" in words}
    beaten = {tuple(re.findall("« (.*?) »", words))[::3] for words in said if "n'est jamais retenu" in words}
    rule = prepare(cas.grille, loi)
    for row in cas.demandes:
        points = score_row(rule, row, cas.au, cas.evenements_de(row)).points
        assert not any(points.get(name) for name in never), never
        for loser, winner in beaten:
            low, high = points.get(loser), points.get(winner)
            assert low is None or high is None or low <= high, (loser, winner)
