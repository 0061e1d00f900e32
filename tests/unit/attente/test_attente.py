from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest

from palier.base.errors import TableError
from palier.base.mots import has, render
from palier.engines.cotation.attente import (
    Attente,
    Strate,
    courbe,
    estimate_attentes,
    explain_attente,
    plot_words,
    resume,
)
from palier.engines.cotation.attente.emprunt import estimate_group, prior_weight
from palier.engines.cotation.attente.model import mois
from tests.unit.attente.outils import AU, Ligne, baux, groupe, incidence, territoire

# 40 requests: 20 housed on days 30 to 600, 12 left, 8 waiting; all seen since filing.
QUARANTE: list[Ligne] = [
    *[(0, 30 * k, 1) for k in range(1, 21)],
    *[(0, 45 * k, 2) for k in range(1, 13)],
    *[(0, 700, 0)] * 8,
]


def _attente(lignes: list[Ligne], **options: object) -> Attente:
    return estimate_attentes(baux(lignes), AU, **options)[Strate()]


def test_three_notions_have_three_names() -> None:
    attente = _attente(QUARANTE + [(0, 700, 0)] * 3)
    observee = attente.observee_loges[0]
    assert (observee.fenetre_mois, observee.effectif) == (12, 20)
    assert (observee.moyenne_jours, observee.mediane_jours) == (315, 315)
    assert attente.anciennete_en_attente.moyenne_jours == 700
    half = attente.estimee_demandeurs.quantiles[1]
    assert (half.part, half.etat, half.jours) == (50, "non_atteint", None)
    assert attente.estimee_demandeurs.quantiles[0].jours > 315


def test_half_reached_exactly_counts_as_reached() -> None:
    half = _attente([(0, k, 1) for k in range(1, 91)]).estimee_demandeurs.quantiles[1]
    assert (half.etat, half.jours) == ("atteint", 45)
    assert half.bas_jours < 45 < half.haut_jours


def test_windows_count_leases_of_the_last_months_only() -> None:
    table = baux(QUARANTE).with_columns(
        pl.when(pl.int_range(pl.len()) < 9)
        .then(pl.lit(dt.date(2025, 11, 24)) - pl.duration(days=pl.int_range(pl.len())))
        .otherwise("bail_date")
        .alias("bail_date")
    )
    table = table.with_columns(
        date_depot_initial=pl.min_horizontal("date_depot_initial", pl.lit(dt.date(2025, 11, 1)))
    )
    year, two_years = estimate_attentes(table, AU)[Strate()].observee_loges
    assert (year.effectif, two_years.effectif) == (11, 20)


def test_the_future_is_not_known_at_the_date() -> None:
    table = baux(QUARANTE)
    before = estimate_attentes(table, AU - dt.timedelta(days=1))[Strate()]
    assert before.estimee_demandeurs.etat == "trop_peu"
    assert before.anciennete_en_attente.effectif == 40


def test_a_period_lets_old_requests_enter_late() -> None:
    table = baux([(0, 10 * k, k % 2) for k in range(1, 101)])
    whole = estimate_attentes(table, AU)[Strate()].estimee_demandeurs
    recent = estimate_attentes(table, AU, depuis=AU - dt.timedelta(days=105))[Strate()].estimee_demandeurs
    assert whole.condition_jour == 0
    # Seen from 105 days before each end: 10 are at risk from their filing, an eleventh from day 5.
    assert recent.condition_jour == 5
    assert recent.at(4) is None
    assert recent.effectif == whole.effectif == 100


def test_eleven_at_risk_are_enough_to_start() -> None:
    eleven = [(0, jour, 1) for jour in range(1, 12)]
    later = [(5, 20 + jour, 1) for jour in range(40)]
    # One ends on day 2: ten remain on day 3, until forty enter on day 5.
    assert _attente([*eleven[1:], (0, 300, 0), *later]).estimee_demandeurs.condition_jour == 5
    assert _attente([(0, 300, 0)] * 11 + later).estimee_demandeurs.condition_jour == 0
    assert _attente([(0, 300, 0)] * 10 + later).estimee_demandeurs.condition_jour == 5


def test_those_already_waiting_are_asked_apart() -> None:
    lignes = [(0, k, 1) for k in range(1, 101)]
    later = _attente(lignes, deja_jours=50).estimee_demandeurs
    assert later.condition_jour == 50
    assert later.at(75).loge == pytest.approx(26 / 51)
    assert estimate_attentes(baux(lignes), AU, deja_jours=50).hors_observation == 49


@pytest.mark.parametrize(
    ("lignes", "partis", "en_attente"),
    [
        (QUARANTE, None, None),
        ([*QUARANTE, *[(0, 650, 0)] * 3], 12, 11),
        ([*QUARANTE[:25], *[(0, 650, 0)] * 20], None, None),
    ],
    ids=["peu_en_attente", "tous_assez", "peu_de_partis"],
)
def test_a_small_count_is_not_found_by_difference(lignes, partis, en_attente) -> None:
    estimee = _attente(lignes).estimee_demandeurs
    assert (estimee.loges, estimee.partis, estimee.en_attente) == (20, partis, en_attente)


def test_curve_points() -> None:
    attente = _attente(QUARANTE)
    points = courbe(attente)
    assert points[0] == (0, 0.0, 0.0, 0.0)
    assert points[-1][0] == attente.estimee_demandeurs.horizon_jour
    assert all(low <= share <= high for _, share, low, high in points)
    monthly = courbe(attente, 30)
    assert [jour for jour, *_ in monthly[:3]] == [0, 30, 60]
    assert set(monthly) <= {(j, *_at(attente, j)) for j, *_ in monthly}
    assert courbe(_attente(QUARANTE[:10])) == []


def _at(attente: Attente, jour: int) -> tuple[float, float, float]:
    point = attente.estimee_demandeurs.at(jour)
    return (point.loge, point.bas, point.haut)


def test_groups_fall_back_on_the_wider_one() -> None:
    table = baux(QUARANTE, typologie="t2", secteur="nord")
    table = table.with_columns(
        secteur=pl.when(pl.int_range(pl.len()) < 10).then(pl.lit("sud")).otherwise("secteur")
    )
    attentes = estimate_attentes(table, AU)
    assert [attente.strate.niveau for attente in attentes] == [
        "territoire",
        "typologie",
        "typologie_secteur",
        "typologie_secteur",
    ]
    assert attentes[Strate("t2", "sud")].etat == "trop_peu"
    assert attentes.finest("t2", "sud").strate == Strate("t2")
    assert attentes.finest("t4").strate == Strate()
    assert attentes.finest(None, "nord").strate == Strate()


def test_unknown_sizes_count_in_the_territory_only() -> None:
    table = baux(QUARANTE, typologie=None).with_columns(pl.col("typologie").cast(pl.String))
    assert set(estimate_attentes(table, AU).strates) == {Strate()}


def test_results_are_plain_data() -> None:
    attentes = estimate_attentes(baux(QUARANTE, typologie="t2"), AU)
    raw = json.loads(json.dumps(attentes.to_dict()))
    assert raw["strates"][1]["strate"] == {"typologie": "t2", "secteur": None, "niveau": "typologie"}
    assert raw["strates"][0]["estimee_demandeurs"]["quantiles"][2]["etat"] == "non_atteint"


CAS_EXPLIQUES = {
    "estime": (QUARANTE, {}),
    "trop_peu": (QUARANTE[:10], {}),
    "condition": ([(0, k, 1) for k in range(1, 101)], {"deja_jours": 50}),
    "sans_borne": ([*[(0, k, 1) for k in range(1, 13)], *[(0, 400, 0)] * 30], {}),
}


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("cas", CAS_EXPLIQUES)
def test_every_line_has_words(cas: str, langue: str) -> None:
    lignes, options = CAS_EXPLIQUES[cas]
    for attente in estimate_attentes(baux(lignes, typologie="t2", secteur="Gare"), AU, **options):
        assert render(resume(attente), langue)
        words = plot_words(attente, "territoire inventé")
        assert "territoire inventé" in render(words.legende, langue)
        assert all(render(text, langue) for text in (words.titre, words.sous_titre))
        assert all(render(text, langue) for _, _, text in words.reperes)
        for _, line in explain_attente(attente, langue).walk():
            assert has(line.code, langue)
            assert line.libelle != line.code
            assert render(line.lu, langue)
            assert "{" not in render(line.lu, langue) + render(line.regle, langue)


def test_few_observations_are_said_in_words() -> None:
    few, enough = _attente(QUARANTE[:10]), _attente(QUARANTE)
    said = [render(line.lu) for _, line in explain_attente(few).walk()]
    assert sum("pas assez d’observations" in text for text in said) == 4
    assert not any(character.isdigit() for text in said[1:] for character in text.replace("11", ""))
    assert (
        sum("pas assez d’observations" in render(line.lu) for _, line in explain_attente(enough).walk()) == 1
    )


def test_sentences() -> None:
    attente = _attente(QUARANTE)
    assert render(resume(attente)) == "25\u202f% des demandes sont logées au bout de 10 mois"
    later = _attente([(0, k, 1) for k in range(1, 101)], deja_jours=50)
    assert render(resume(later)) == (
        "50\u202f% des demandes qui attendent encore après 50 jours sont logées au bout de 2 mois"
    )
    few = _attente(QUARANTE[:10])
    assert render(resume(few)) == "Calcul masqué\u00a0: pas assez d’observations (moins de 11)"


SANS_ERREUR = {
    "numero_unique": "000000000000000001",
    "date_depot_initial": dt.date(2025, 1, 1),
    "entree_date": None,
    "sortie_date": None,
    "sortie_motif": None,
    "bail_date": None,
}
JOUR = dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"date_depot_initial": None}, ["ATT-010"]),
        ({"sortie_date": dt.date(2024, 1, 1), "sortie_motif": "renoncement"}, ["ATT-011"]),
        ({"bail_date": dt.date(2024, 12, 31)}, ["ATT-011"]),
        ({"sortie_date": JOUR}, ["ATT-012"]),
        ({"bail_date": JOUR, "sortie_date": JOUR, "sortie_motif": "renoncement"}, ["ATT-013"]),
        ({"sortie_motif": "attribution"}, ["ATT-014"]),
        ({"entree_date": dt.date(2024, 12, 31)}, ["ATT-015"]),
        ({"numero_unique": "000000000000000002"}, ["ATT-003"]),
        ({"date_depot_initial": None, "sortie_date": JOUR}, ["ATT-010", "ATT-012"]),
        ({"sortie_date": JOUR, "sortie_motif": "attribution"}, []),
        ({"bail_date": JOUR}, []),
        ({"bail_date": JOUR, "sortie_date": JOUR, "sortie_motif": "attribution"}, []),
        ({"bail_date": dt.date(2025, 1, 1), "entree_date": dt.date(2025, 1, 1)}, []),
        ({"date_depot_initial": dt.date(2027, 1, 1)}, []),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, (dict, list)) else None,
)
def test_rows_are_checked_all_at_once(change: dict, codes: list[str]) -> None:
    other = SANS_ERREUR | {"numero_unique": "000000000000000002"}
    schema = {name: pl.Date for name in SANS_ERREUR if name.endswith("date") or name.startswith("date")}
    rows = [other, SANS_ERREUR | change]
    table = pl.DataFrame(rows, schema_overrides=schema | {"sortie_motif": pl.String})
    if not codes:
        assert estimate_attentes(table, AU)[Strate()].etat == "trop_peu"
        return
    with pytest.raises(TableError) as refusal:
        estimate_attentes(table, AU)
    assert [problem.code for problem in refusal.value.problems] == codes
    assert all("ligne" in problem.ou for problem in refusal.value.problems)
    assert "00000000" not in str(refusal.value)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (baux(QUARANTE).drop("date_depot_initial"), "ATT-005"),
        (baux(QUARANTE).drop("numero_unique"), "ATT-005"),
        (baux(QUARANTE).clear(), "ATT-016"),
    ],
)
def test_unusable_tables(table: pl.DataFrame, code: str) -> None:
    with pytest.raises(TableError, match=code):
        estimate_attentes(table, AU)


def test_a_minimal_table_is_enough() -> None:
    table = baux(QUARANTE).select("numero_unique", "date_depot_initial")
    attente = estimate_attentes(table, AU)[Strate()]
    assert attente.etat == "trop_peu"
    assert attente.anciennete_en_attente.effectif == 40


def test_days_become_months() -> None:
    assert [mois(jours) for jours in (0, 15, 16, 365, 520, 721, 3653)] == [0, 0, 1, 12, 17, 24, 120]


# --- shrinkage


def _curves(lists: list[list[Ligne]]) -> list:
    return [estimate_group(groupe(lignes)) for lignes in lists]


def test_weight_is_large_for_groups_that_are_alike() -> None:
    lists = [[(0, 1 + (k * step) % 97, 1) for k in range(96)] for step in range(7, 27, 2)]
    parent = estimate_group(groupe([ligne for lignes in lists for ligne in lignes]))
    alike = prior_weight(parent, 10_000, _curves(lists))
    assert alike > 80
    assert prior_weight(parent, 50, _curves(lists)) == 50
    assert prior_weight(parent, 10_000, _curves(lists[:3])) < alike
    assert prior_weight(parent, 10_000, _curves(lists[:1])) <= 2


def test_weight_is_small_for_groups_that_differ() -> None:
    lists = [[(0, 1 + k * pace, 1) for k in range(96)] for pace in (1, 2, 3, 4)]
    parent = estimate_group(groupe([ligne for lignes in lists for ligne in lignes]))
    assert prior_weight(parent, 10_000, _curves(lists)) < 5


def test_small_groups_are_nearer_the_truth_when_they_borrow() -> None:
    """Thirty sectors of some forty requests: errors and bounds at two years, against known hazards."""
    rates = {f"s{k:02d}": 0.0005 * (0.7 + 0.6 * k / 29) for k in range(30)}
    raw_error, borrowed_error, inside, count = 0.0, 0.0, 0, 0
    for graine in range(3):
        table = territoire(graine, 90, rates)
        together = estimate_attentes(table, AU)
        for name, rate in rates.items():
            shrunk = together[Strate("t3", name)].estimee_demandeurs
            alone = estimate_attentes(table.filter(secteur=name), AU)[Strate()].estimee_demandeurs
            own, borrowed = alone.at(730), shrunk.at(730)
            if own is None or borrowed is None:
                continue
            truth = incidence(730, rate)
            raw_error += (own.loge - truth) ** 2
            borrowed_error += (borrowed.loge - truth) ** 2
            inside += borrowed.bas <= truth <= borrowed.haut
            count += 1
            assert shrunk.poids_parent > 0
    assert count > 60
    assert borrowed_error < 0.5 * raw_error
    assert inside >= 0.93 * count


def test_delayed_entry_gives_back_the_true_curve() -> None:
    """The wait of those housed in the window would say something else."""
    table = territoire(11, 9000, {"ville": 0.0006})
    attente = estimate_attentes(table, AU)[Strate()]
    for jour in (365, 730, 1460):
        point = attente.estimee_demandeurs.at(jour)
        assert point.loge == pytest.approx(incidence(jour, 0.0006), abs=0.02)
        assert point.bas <= point.loge <= point.haut
    assert attente.observee_loges[0].mediane_jours < 0.8 * attente.estimee_demandeurs.quantiles[1].jours
