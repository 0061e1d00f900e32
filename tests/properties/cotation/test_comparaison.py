"""Two grids on one stock, against a count made person by person."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palier import law
from palier.base.periods import complete_months, complete_years
from palier.engines.cotation.comparaison import Mouvement, cohorts, compare_files
from palier.engines.cotation.comparaison.cohortes import FAMILLES
from palier.engines.secret.seuil import SEUIL
from palier.tables import colonne, schema

AU = dt.date(2026, 11, 24)
LOI = law.at(AU, non_verifie=True)
TYPES = schema("demandes").polars
TYPOLOGIE = colonne("typologie").dtype
SYSTEMES = pl.Enum(["mutation", "primo"])
EXEMPLES = settings(settings(), max_examples=settings().max_examples // 2)
Ligne = dict[str, Any]
AGES = [AU, *(dt.date(AU.year - k, 11, d) for k in (25, 35, 45, 60, 75) for d in (24, 25))]
MOIS = [dt.date(2025, 11, 24), dt.date(2025, 11, 25), dt.date(2023, 11, 24), dt.date(2021, 11, 25)]

personnes = st.fixed_dictionaries(
    {
        "naissance": st.sampled_from([None, *AGES]),
        "date_depot_initial": st.sampled_from(MOIS),
        "nb_personnes": st.sampled_from((None, 1, 2, 3, 4, 5, 9)),
        "nb_moins_14": st.sampled_from((None, 0, 1)),
        "nb_a_charge": st.sampled_from((None, 0, 1)),
        "en_couple": st.sampled_from((None, True, False)),
        "dalo": st.sampled_from((None, "reconnu", "refus_offre")),
        "publics_valides": st.sampled_from((None, 0, 1)),
        "ressources_mensuelles_cent": st.sampled_from((None, 0, 60_000, 90_000, 140_001)),
    }
)
notes = st.none() | st.integers(0, 5)


@st.composite
def stocks(draw: st.DrawFn) -> list[Ligne]:
    """Requests with their totals under two grids (None: not scored)."""
    fewest = draw(st.sampled_from((1, SEUIL, 2 * SEUIL)))
    rows = draw(st.lists(personnes, min_size=fewest, max_size=30))
    for number, row in enumerate(rows):
        row["numero_unique"] = f"{number:018d}"
        row["systeme"] = draw(st.sampled_from(("mutation", "primo")))
        row["typologie"] = draw(st.sampled_from((None, "t1", "t2")))
        row["avant"], row["apres"] = draw(notes), draw(notes)
    return rows


def demandes(rows: list[Ligne]) -> pl.DataFrame:
    """Give the requests as the table."""
    noms = [n for n in TYPES if n in rows[0]]
    return pl.DataFrame([{n: r[n] for n in noms} for r in rows], schema={n: TYPES[n] for n in noms})


def files(rows: list[Ligne], side: str) -> dict[tuple[str, Any], list[tuple[Ligne, int, int]]]:
    """Rank the queues by hand: row, rank, order."""
    found: dict[tuple[str, Any], list[Ligne]] = defaultdict(list)
    for row in rows:
        if row[side] is not None:
            found[row["systeme"], row["typologie"]].append(row)
    ranked = {}
    for key, queue in found.items():
        queue.sort(key=lambda r: (-r[side], r["numero_unique"]))
        totals = [r[side] for r in queue]
        ranked[key] = [(r, totals.index(r[side]) + 1, place) for place, r in enumerate(queue, 1)]
    return ranked


def table(rows: list[Ligne], side: str) -> pl.DataFrame:
    """Give the queues as :func:`rank_demandes` does."""
    lines = [
        {
            "numero_unique": row["numero_unique"],
            "systeme": systeme,
            "typologie": typologie,
            "total": row[side],
            "rang": rang,
            "ordre": ordre,
        }
        for (systeme, typologie), queue in files(rows, side).items()
        for row, rang, ordre in queue
    ]
    types: dict[str, Any] = {"numero_unique": pl.String, "systeme": SYSTEMES, "typologie": TYPOLOGIE}
    return pl.DataFrame(lines, schema=types | {"total": pl.Int32, "rang": pl.Int32, "ordre": pl.Int32})


def _label(value: int | None, steps: list[tuple[int, str]], last: str) -> str:
    if value is None:
        return "inconnu"
    return next((label for limit, label in steps if value < limit), last)


def _composition(row: Ligne) -> str:
    couple, charge = row["en_couple"], row["nb_a_charge"]
    if row["nb_personnes"] == 1:
        return "personne_seule"
    if couple is None or charge is None:
        return "inconnu"
    if not couple:
        return "parent_isole" if charge else "autre"
    return "couple_avec_enfants" if charge else "couple_sans_enfants"


def _ratio(row: Ligne) -> Fraction | None:
    n, young, income = row["nb_personnes"], row["nb_moins_14"], row["ressources_mensuelles_cent"]
    if None in (n, young, income):
        return None
    return Fraction(120 * income, 10 + 5 * (n - 1 - young) + 3 * young)


def cohortes(rows: list[Ligne]) -> dict[str, Ligne]:
    """Place each request in its cohorts, by hand."""
    known = sorted(r for r in map(_ratio, rows) if r is not None)
    limit = known[math.ceil(len(known) / 4) - 1] if known else None
    found = {}
    for row in rows:
        born, n, ratio = row["naissance"], row["nb_personnes"], _ratio(row)
        public = "autre_public" if row["publics_valides"] else "sans_priorite"
        ages = [(25, "moins_25"), (35, "25_34"), (45, "35_44"), (60, "45_59"), (75, "60_74")]
        months = complete_months(row["date_depot_initial"], AU)
        waits = [(12, "moins_1_an"), (36, "1_a_3_ans"), (60, "3_a_5_ans")]
        rank = "inconnu"
        if ratio is not None and limit is not None:
            rank = "premier_quartile" if ratio <= limit else "autres_quartiles"
        found[row["numero_unique"]] = {
            "age": _label(None if born is None else complete_years(born, AU), ages, "75_et_plus"),
            "taille": "inconnu" if n is None else str(n) if n < 5 else "5_et_plus",
            "composition": _composition(row),
            "priorite": "dalo" if row["dalo"] == "reconnu" else public,
            "anciennete": _label(months, waits, "5_ans_et_plus"),
            "ressources": rank,
            "systeme": row["systeme"],
        }
    return found


def mouvements(rows: list[Ligne], famille: str) -> dict[str, Mouvement]:
    """Count who rises, falls, enters and leaves in each cohort, place by place."""
    ranks: dict[str, dict[str, int]] = {"avant": {}, "apres": {}}
    for side, held in ranks.items():
        for queue in files(rows, side).values():
            held.update({row["numero_unique"]: rang for row, rang, _ in queue})
    lengths: dict[tuple[str, Any], int] = defaultdict(int)
    placed = [r for r in rows if r["avant"] is not None or r["apres"] is not None]
    for row in placed:
        lengths[row["systeme"], row["typologie"]] += 1
    groups: dict[str, list[tuple[int | None, int | None, int]]] = defaultdict(list)
    labels = cohortes(rows)
    for row in placed:
        numero = row["numero_unique"]
        pair = ranks["avant"].get(numero), ranks["apres"].get(numero)
        groups[labels[numero][famille]].append((*pair, lengths[row["systeme"], row["typologie"]]))
    found = {}
    for cohorte, members in groups.items():
        both = [(b, a, n) for b, a, n in members if b is not None and a is not None]
        up, down = sum(a < b for b, a, _ in both), sum(a > b for b, a, _ in both)
        enter, leave = sum(b is None for b, _, _ in members), sum(a is None for _, a, _ in members)
        gains = sorted(_nearest(Fraction(10_000 * (b - a), n)) for b, a, n in both)
        middle = gains[(len(gains) - 1) // 2] if gains else None
        values = (up, down, len(both) - up - down, middle, enter, leave)
        shown = values if len(members) >= SEUIL else (None,) * 6
        found[cohorte] = Mouvement(famille, cohorte, len(members), *shown)
    return found


def _nearest(value: Fraction) -> int:
    rounded = math.floor(abs(value) + Fraction(1, 2))
    return rounded if value >= 0 else -rounded


@EXEMPLES
@given(rows=stocks())
def test_cohorts_are_those_made_by_hand(rows: list[Ligne]) -> None:
    made, quartile = cohorts(demandes(rows), AU, LOI)
    found = {row.pop("numero_unique"): row for row in made.to_dicts()}
    assert quartile.origine == ("inconnu" if {_ratio(row) for row in rows} == {None} else "estime")
    wanted = cohortes(rows)
    for numero, labels in wanted.items():
        assert found[numero] == {k: v for k, v in labels.items() if k != "systeme"}


@pytest.mark.parametrize("famille", FAMILLES)
@EXEMPLES
@given(rows=stocks())
def test_moves_are_those_counted_place_by_place(famille: str, rows: list[Ligne]) -> None:
    made = compare_files(table(rows, "avant"), table(rows, "apres"), demandes(rows), au=AU, loi=LOI)
    found = {m.cohorte: m for m in made.mouvements if m.famille == famille}
    assert found == mouvements(rows, famille)


@EXEMPLES
@given(rows=stocks(), part=st.sampled_from((Fraction(1, 10), Fraction(1, 3), Fraction(1))))
def test_objectives_are_the_shares_of_the_heads_of_queues(rows: list[Ligne], part: Fraction) -> None:
    made = compare_files(
        table(rows, "avant"), table(rows, "apres"), demandes(rows), au=AU, loi=LOI, part_tete=part
    )
    labels = cohortes(rows)
    by_id = {o.id: o for o in made.objectifs}
    for side in ("avant", "apres"):
        heads = set()
        for queue in files(rows, side).values():
            limit = math.ceil(len(queue) * part)
            heads |= {row["numero_unique"] for row, _, ordre in queue if ordre <= limit}
        known = [labels[n]["ressources"] for n in heads if labels[n]["ressources"] != "inconnu"]
        first = Fraction(known.count("premier_quartile"), len(known)) if known else None
        priority = [labels[n]["priorite"] != "sans_priorite" for n in heads]
        assert getattr(by_id["objectif_hors_qpv_q1"], side) == first
        assert getattr(by_id["objectif_qpv_q234"], side) == (None if first is None else 1 - first)
        shared = Fraction(sum(priority), len(priority)) if priority else None
        assert getattr(by_id["objectif_contingent_prioritaires"], side) == shared


def test_the_same_grid_twice_moves_nobody() -> None:
    row: Ligne = dict.fromkeys(TYPES) | {"systeme": "primo", "typologie": "t1", "date_depot_initial": AU}
    rows = [row | {"numero_unique": str(n), "avant": n % 3, "apres": n % 3} for n in range(SEUIL)]
    made = compare_files(table(rows, "avant"), table(rows, "apres"), demandes(rows), au=AU, loi=LOI)
    assert {(m.monte, m.baisse, m.stable, m.mediane) for m in made.mouvements} == {(0, 0, SEUIL, 0)}
