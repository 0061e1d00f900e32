"""Queues against a naive Python ranking: ties, nulls, chains and typologies."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.base.errors import TableError
from palier.engines.cotation.classement import rank_demandes
from palier.engines.cotation.model.nodes import Grille
from palier.tables import colonne, schema

TYPES = schema("demandes").polars
SYSTEMES = pl.Enum(["mutation", "primo"])
CLASSES = pl.Enum(["premiere", "seconde"])
ETATS = pl.Enum(["note", "note_partielle", "hors_champ", "refusee"])
CHAINES = (
    ("date_depot_initial", "horodatage_depot", "numero_unique"),
    ("-nb_personnes", "date_depot_initial", "numero_unique"),
    ("handicap", "-horodatage_depot", "nb_mineurs", "-numero_unique"),
    ("numero_unique",),
)
JOUR = dt.date(2020, 2, 28)
Ligne = dict[str, Any]


def grille(chaine: tuple[str, ...]) -> Grille:
    """Give the only thing that the ranking reads of a grid."""
    return cast(Grille, SimpleNamespace(departage=chaine))


@st.composite
def lignes(draw: st.DrawFn) -> list[Ligne]:
    """Few distinct values, so that rows are often equal."""
    found = []
    for number in range(draw(st.integers(0, 14))):
        etat = draw(st.sampled_from(ETATS.categories.to_list()))
        scored = etat.startswith("note")
        rank = draw(st.integers(0, 2))
        jour = JOUR + dt.timedelta(days=draw(st.integers(0, 2)))
        instant = dt.datetime.combine(jour, dt.time(draw(st.integers(0, 1)))) + dt.timedelta(
            microseconds=draw(st.sampled_from((0, 1, 999_999)))
        )
        found.append(
            {
                "numero_unique": f"{number:018d}"[::-1],
                "systeme": draw(st.sampled_from(SYSTEMES.categories.to_list())),
                "classe": CLASSES.categories[rank] if scored and rank < 2 else None,
                "classe_rang": rank if scored else None,
                "total": draw(st.sampled_from((-3, 0, 7, 2_000_000_000))) if scored else None,
                "etat": etat,
                "typologies": draw(st.sampled_from((None, 0, 1, 3, 64, 127))),
                "date_depot_initial": jour,
                "horodatage_depot": draw(st.sampled_from((instant, None))),
                "nb_personnes": draw(st.sampled_from((None, 1, 2, 255))),
                "nb_mineurs": draw(st.sampled_from((None, 0, 1))),
                "handicap": draw(st.sampled_from((None, True, False))),
                "territoire": draw(st.sampled_from(("67482", "33063", "01004"))),
            }
        )
    return found


def tables(rows: list[Ligne]) -> tuple[pl.DataFrame, pl.DataFrame, pl.Series]:
    """Split the rows into scores, requests and territories."""
    types: dict[str, Any] = {
        "systeme": SYSTEMES,
        "classe": CLASSES,
        "classe_rang": pl.UInt8,
        "total": pl.Int32,
    }
    types |= {"etat": ETATS, "territoire": pl.String}
    noms = (
        "numero_unique", "typologies", "date_depot_initial", "horodatage_depot", "nb_personnes", "nb_mineurs",
        "handicap",
    )  # fmt: skip
    types |= {nom: TYPES[nom] for nom in noms}
    made = pl.DataFrame([{nom: row[nom] for nom in types} for row in rows], schema=types)
    scores = made.select("numero_unique", "systeme", "classe", "classe_rang", "total", "etat")
    return scores, made.select(noms), made["territoire"]


def naive(rows: list[Ligne], chaine: tuple[str, ...], territoires: bool) -> list[tuple[Any, ...]]:
    """Rank queue by queue, row by row."""
    codes = colonne("typologies").codes
    files: dict[tuple[Any, ...], list[Ligne]] = {}
    for row in rows:
        if not row["etat"].startswith("note"):
            continue
        mask = row["typologies"] or 0
        wishes = [place for place in range(len(codes)) if mask >> place & 1] or [len(codes)]
        for wish in wishes:
            lieu = row["territoire"] if territoires else ""
            files.setdefault((lieu, list(SYSTEMES.categories).index(row["systeme"]), wish), []).append(row)

    def sorting(row: Ligne, name: str) -> tuple[bool, Any]:
        value = row[name.lstrip("-")]
        if value is None:
            return True, 0
        if not name.startswith("-"):
            return False, value
        if isinstance(value, str):
            return False, tuple(-ord(c) for c in value)
        if isinstance(value, dt.datetime):
            return False, dt.datetime(1970, 1, 1) - value
        return False, -value

    found = []
    for (lieu, systeme, wish), queue in sorted(files.items()):
        queue.sort(key=lambda r: (r["classe_rang"], -r["total"], *(sorting(r, n) for n in chaine)))
        level = [(r["classe_rang"], r["total"]) for r in queue]
        for place, row in enumerate(queue):
            found.append(
                (
                    row["numero_unique"],
                    SYSTEMES.categories[systeme],
                    row["classe"],
                    row["total"],
                    *([lieu] if territoires else []),
                    codes[wish] if wish < len(codes) else None,
                    level.index(level[place]) + 1,
                    place + 1,
                )
            )
    return found


@pytest.mark.parametrize("chaine", CHAINES, ids=["dates", "descendant", "booleen", "numero"])
@pytest.mark.parametrize("territoires", [False, True], ids=["un", "plusieurs"])
@given(rows=lignes())
def test_ranks_are_those_of_a_sort_by_hand(
    chaine: tuple[str, ...], territoires: bool, rows: list[Ligne]
) -> None:
    scores, demandes, lieux = tables(rows)
    found = rank_demandes(scores, demandes, grille(chaine), lieux if territoires else None)
    assert found.rows() == naive(rows, chaine, territoires)


@given(rows=lignes(), seed=st.integers(0, 1000))
def test_the_order_of_the_rows_does_not_matter(rows: list[Ligne], seed: int) -> None:
    scores, demandes, _ = tables(rows)
    whole = rank_demandes(scores, demandes, grille(CHAINES[0]))
    places = pl.int_range(len(rows), eager=True).shuffle(seed)
    assert rank_demandes(scores[places], demandes[places], grille(CHAINES[0])).equals(whole)


@given(rows=lignes(), cut=st.integers(0, 14))
def test_the_chunks_of_the_tables_do_not_matter(rows: list[Ligne], cut: int) -> None:
    scores, demandes, lieux = tables(rows)
    whole = rank_demandes(scores, demandes, grille(CHAINES[2]), lieux)
    pieces = [pl.concat([t[:cut], t[cut:]], rechunk=False) for t in (scores, demandes)]
    assert rank_demandes(pieces[0], pieces[1], grille(CHAINES[2]), lieux).equals(whole)


def test_without_typologies_there_is_one_queue_of_unknown_wish() -> None:
    row = dict.fromkeys(("classe", "typologies", "horodatage_depot", "nb_personnes", "nb_mineurs"))
    row |= {"handicap": None, "systeme": "primo", "classe_rang": 0, "etat": "note", "territoire": "67482"}
    rows = [row | {"numero_unique": str(n), "total": n, "date_depot_initial": JOUR} for n in range(3)]
    scores, demandes, _ = tables(rows)
    found = rank_demandes(scores, demandes.drop("typologies"), grille(CHAINES[0]))
    assert found["typologie"].to_list() == [None] * 3
    assert found["ordre"].to_list() == [1, 2, 3]
    assert found["numero_unique"].to_list() == ["2", "1", "0"]


@pytest.mark.parametrize(("secondes", "refusees"), [((0, 0, 1), 1), ((0, 1, 2), 0), ((0, 0, 0), 2)])
def test_a_chain_that_leaves_equal_requests_is_refused(secondes: tuple[int, ...], refusees: int) -> None:
    row = dict.fromkeys(("classe", "typologies", "nb_personnes", "nb_mineurs", "handicap"))
    row |= {"systeme": "primo", "classe_rang": 0, "etat": "note", "territoire": "67482", "total": 5}
    rows = [
        row
        | {
            "numero_unique": str(n),
            "date_depot_initial": JOUR,
            "horodatage_depot": dt.datetime(2020, 2, 28, 1, 0, 0, second),
        }
        for n, second in enumerate(secondes)
    ]
    scores, demandes, _ = tables(rows)
    chaine = grille(("date_depot_initial", "horodatage_depot"))
    if not refusees:
        assert rank_demandes(scores, demandes, chaine)["ordre"].to_list() == [1, 2, 3]
        return
    with pytest.raises(TableError) as refused:
        rank_demandes(scores, demandes, chaine)
    assert [p.code for p in refused.value.problems] == ["COT-081"]
    assert f"laisse {refusees} demandes" in refused.value.problems[0].constat
