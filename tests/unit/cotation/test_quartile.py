"""First quartile: the threshold of the law where it knows the territory and the year, else an estimate."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from palier import law
from palier.base.errors import LoiError
from palier.base.mots import has, render
from palier.engines.cotation.comparaison import cohorts, compare_files
from palier.law import LoiAu
from palier.tables import schema

AU = dt.date(2026, 11, 24)
VICHY, STRASBOURG = "200071363", "246700488"
TYPES = schema("demandes").polars


def demandes(*pairs: tuple[int | None, int]) -> pl.DataFrame:
    """Requests of some monthly resources [cents] and number of people, nobody under 14."""
    rows = [
        {
            "numero_unique": f"{k:018d}",
            "date_depot_initial": dt.date(2020, 1, 1),
            "ressources_mensuelles_cent": cents,
            "nb_personnes": people,
            "nb_moins_14": 0,
        }
        for k, (cents, people) in enumerate(pairs)
    ]
    return pl.DataFrame(rows, schema={nom: TYPES[nom] for nom in rows[0]})


def supposed(euros: int) -> LoiAu:
    """A law that knows the threshold of Strasbourg in 2026."""
    changed = law.load().with_value("premier_quartile", dt.date(2026, 1, 1), {STRASBOURG: euros})
    return changed.at(AU, non_verifie=True)


def quartiles(frame: pl.DataFrame, au: dt.date, loi: LoiAu, territoire: str | None) -> tuple[list[str], Any]:
    made, quartile = cohorts(frame, au, loi, territoire)
    return made["ressources"].to_list(), quartile


# 6,488 euros a year per unit (Vichy, 2020): between 54,066 and 54,067 cents a month for one person.
VICHY_2020 = demandes((54_066, 1), (54_067, 1), (81_100, 2), (81_101, 2), (None, 1))


def test_the_threshold_of_the_law_comes_first() -> None:
    au = dt.date(2020, 6, 1)
    labels, quartile = quartiles(VICHY_2020, au, law.at(au, non_verifie=True), VICHY)
    first, others = "premier_quartile", "autres_quartiles"
    assert labels == [first, others, first, others, "inconnu"]
    assert (quartile.origine, quartile.cents, quartile.dixiemes) == ("loi", 648_800, 1)
    said = render(quartile.phrase).replace("\u202f", " ").replace("\u00a0", " ")
    assert said.startswith(
        "Premier quartile : jusqu'à 6 488 € par an et par unité de consommation (arrêté annuel"
    )


def test_an_amount_equal_to_the_threshold_is_the_highest_of_the_quartile() -> None:
    labels, _ = quartiles(demandes((100_000, 1), (100_001, 1)), AU, supposed(12_000), STRASBOURG)
    assert labels == ["premier_quartile", "autres_quartiles"]


@pytest.mark.parametrize(("au", "territoire"), [
    (dt.date(2026, 11, 24), VICHY),       # the order of 2026 is not in the data
    (dt.date(2019, 6, 1), VICHY),         # before the first order
    (dt.date(2020, 6, 1), STRASBOURG),    # a territory that the extract of 2020 lacks
    (dt.date(2020, 6, 1), None),          # a grid without a territory
])  # fmt: skip
def test_without_it_the_threshold_is_an_estimate_and_says_so(au: dt.date, territoire: str | None) -> None:
    frame = demandes((100_000, 1), (200_000, 1), (300_000, 1), (400_000, 1))
    labels, quartile = quartiles(frame, au, law.at(au, non_verifie=True), territoire)
    assert labels == ["premier_quartile", *["autres_quartiles"] * 3]
    assert quartile.origine == "estime"
    said = render(quartile.phrase)
    assert "estimé sur ces demandes" in said
    assert not any(c.isdigit() for c in said), "le seuil estimé est la ressource d'une personne"


def test_a_threshold_that_nobody_checked_is_refused_or_marked() -> None:
    frame = demandes((100_000, 1))
    strict = LoiAu(supposed(9_000).registre, AU)
    with pytest.raises(LoiError, match="LOI-004"):
        cohorts(frame, AU, strict, STRASBOURG)
    _, quartile = quartiles(frame, AU, supposed(9_000), STRASBOURG)
    assert not quartile.verifie
    assert render(quartile.phrase).endswith("Ce seuil n'a pas été vérifié.")


def test_without_resources_nothing_is_known() -> None:
    labels, quartile = quartiles(demandes((None, 1), (None, 2)), AU, law.at(AU, non_verifie=True), None)
    assert labels == ["inconnu", "inconnu"]
    assert quartile.origine == "inconnu"


@pytest.mark.parametrize("turn", range(4))
def test_the_estimate_does_not_depend_on_the_order_of_rows(turn: int) -> None:
    # 1.0, 2.0 and 4.0 units with one ratio, and one just above that only exact numbers tell from them.
    near = [(60_000, 1), (120_000, 3), (240_000, 7), (60_001, 1)]
    frame = demandes(*near[turn:], *near[:turn])
    _, quartile = quartiles(frame, AU, law.at(AU, non_verifie=True), None)
    assert (quartile.cents, quartile.dixiemes) == (120 * 60_000, 10)


def test_every_ratio_that_households_can_have_is_told_apart() -> None:
    from palier.engines.cotation.comparaison.quartile import _FIN

    most = 10 + 5 * 29  # tenths of units of the biggest household
    assert most * most < _FIN


def queues(frame: pl.DataFrame) -> pl.DataFrame:
    """Put every request in one queue."""
    return frame.select(
        "numero_unique",
        systeme=pl.lit("primo"),
        typologie=pl.lit("t2"),
        total=pl.lit(1, dtype=pl.Int32),
        rang=pl.lit(1, dtype=pl.Int32),
        ordre=pl.int_range(1, pl.len() + 1, dtype=pl.Int32),
    )


@pytest.mark.parametrize(
    ("ressources", "places", "raisons"),
    [
        (50_000, 1, ["", "", ""]),
        (None, 1, ["ressources", "ressources", ""]),
        (50_000, 0, ["tete_vide", "tete_vide", "tete_vide"]),
    ],
)
def test_an_objective_that_nobody_knows_says_why(
    ressources: int | None, places: int, raisons: list[str]
) -> None:
    frame = demandes((ressources, 1))
    files = queues(frame).head(places)
    made = compare_files(files, files, frame, au=AU, loi=supposed(8_400), part_tete=Fraction(1))
    assert [goal.raison for goal in made.objectifs] == raisons
    assert all((goal.avant is None) is bool(goal.raison) for goal in made.objectifs)
    assert all(has(f"objectif.inconnu.{raison}", "en") for raison in raisons if raison)


def test_objectives_follow_the_threshold_of_the_territory() -> None:
    frame = demandes((50_000, 1), (60_000, 1), (70_000, 1), (80_000, 1))
    files = queues(frame)
    shares = {}
    for territoire in (STRASBOURG, None):
        made = compare_files(
            files, files, frame, au=AU, loi=supposed(8_400), part_tete=Fraction(1), territoire=territoire
        )
        shares[made.quartile.origine] = {goal.id: goal.apres for goal in made.objectifs}[
            "objectif_hors_qpv_q1"
        ]
    assert shares == {"loi": Fraction(3, 4), "estime": Fraction(1, 4)}
