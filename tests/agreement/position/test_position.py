"""The Polars position equals the definition, request by request."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from palier.engines.cotation.position import NOTES, position, similar_mask
from tests.unit.position.outils import DEFAUT, stock

LIGNE = st.fixed_dictionaries(
    {
        "typologies": st.sampled_from([None, 0, 1, 2, 3, 4, 6]),
        "localisations": st.sampled_from([None, [], ["67482"], ["67447", "67482"], ["67218"], ["67447"]]),
        "plafond_max_code": st.sampled_from([None, "plai", "plus"]),
        "systeme": st.sampled_from([None, "primo", "mutation"]),
        "etat": st.sampled_from(["note", "note", "note_partielle", "hors_champ", "refusee"]),
        "classe_rang": st.integers(0, 1),
        "total": st.sampled_from([None, 0, 5, 5, 9]),
    }
)


def _similar(one: dict[str, Any], two: dict[str, Any], bands: bool) -> bool:
    return (
        two["etat"] in NOTES
        and two["total"] is not None
        and one["systeme"] == two["systeme"]
        and (one["typologies"] or 0) & (two["typologies"] or 0) != 0
        and bool(set(one["localisations"] or []) & set(two["localisations"] or []))
        and (not bands or one["plafond_max_code"] == two["plafond_max_code"])
    )


@given(
    st.lists(LIGNE, max_size=14),
    st.sampled_from([0, 5, 9]),
    st.sampled_from(["primo", None]),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_position_equals_its_definition(lignes, total, systeme, bands, draw) -> None:
    rows = [DEFAUT | {"total": total, "systeme": systeme}, *lignes]
    demandes, scores = stock(rows)
    order = list(range(scores.height))
    draw.shuffle(order)
    scores = scores[order]
    similar = [_similar(rows[0], row, bands) for row in rows]
    assert similar_mask(demandes, scores, "0", with_resources=bands).to_list() == similar
    notes = [(-row["classe_rang"], row["total"]) for row, kept in zip(rows, similar, strict=True) if kept]
    mine = (0, total)
    place = position(demandes, scores, "0", with_resources=bands)
    assert place.n == len(notes)
    assert place.rang == 1 + sum(note > mine for note in notes)
    assert place.n_egalite == notes.count(mine)
    lower = sum(note < mine for note in notes)
    assert place.percentile == 100 * (lower + Fraction(notes.count(mine), 2)) / len(notes)
    assert place.quart == 1 + 4 * (place.rang - 1) // len(notes)
