"""Invented offers: of the invented homes, and every one of them fit to be published."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache

import polars as pl
import pytest

from palier import law
from palier.base.errors import UsageError
from palier.synthetic import generate_offres, generate_offres_national
from palier.synthetic.offres import ECART_LAT, ECART_LON
from palier.tables import schema
from palier.web.apps.offres.rules import Commune, Contexte, OffreSaisie, check_offre, load_loi, split
from palier.web.apps.offres.rules.doublons import Fiche, find_suspects
from tests.unit.synthetic.outils import AU, territoire, to_bytes

POINTS = pl.DataFrame(
    {
        "commune_code": ["67482", "67447"],
        "longitude": [7.7521, 7.7466],
        "latitude": [48.5734, 48.6053],
        "code_postal": ["67000", "67300"],
    }
)


class _Partout:
    """Every code is a commune: the codes themselves are judged by the tests of the territory."""

    def commune(self, code: str) -> Commune | None:
        return Commune(code, code)

    def communes_du_code_postal(self, code_postal: str) -> list[str]:
        return []


def faults(offres: pl.DataFrame, au: dt.date) -> Counter[tuple[str, str, str]]:
    contexte = Contexte(au, _Partout(), load_loi(law.at(au, non_verifie=True)))
    found: Counter[tuple[str, str, str]] = Counter()
    for row in offres.iter_rows(named=True):
        bad, _ = split(check_offre(OffreSaisie.from_row(row), contexte))
        found.update((a.code, a.champ, a.detail) for a in bad)
    return found


@cache
def offres(graine: int = 1, n: int = 3_000) -> pl.DataFrame:
    return generate_offres(graine, AU, territoire().logements, n, POINTS)


def test_three_thousand_offers_pass_every_rule() -> None:
    assert offres().height == 3_000
    assert faults(offres(), AU) == Counter()


@pytest.mark.parametrize("au", [dt.date(2025, 1, 1), dt.date(2028, 6, 1), dt.date(2034, 2, 1)])
def test_offers_of_another_year_pass_too(au: dt.date) -> None:
    assert faults(generate_offres(2, au, territoire().logements, 800), au) == Counter()


def test_national_offers_pass_chunk_by_chunk() -> None:
    chunks = list(generate_offres_national(1, AU, n=2_500, morceau=1_000))
    assert [c.height for c in chunks] == [1_000, 1_000, 500]
    whole = pl.concat(chunks)
    assert faults(whole, AU) == Counter()
    assert not whole.select(schema("offres").cle).is_duplicated().any()
    assert not whole["commune_code"].is_in(["75056", "69123", "13055"]).any()
    assert to_bytes(chunks[1]) == to_bytes(list(generate_offres_national(1, AU, n=2_000, morceau=1_000))[1])


def test_types_are_those_of_the_registry() -> None:
    table = schema("offres")
    assert dict(offres().schema) == table.polars
    assert all(offres()[nom].null_count() == 0 for nom in table.obligatoires)
    assert not offres().select(table.cle).is_duplicated().any()


def test_same_seed_same_bytes() -> None:
    again = generate_offres(1, AU, territoire().logements, 3_000, POINTS)
    assert to_bytes(again) == to_bytes(offres())
    assert to_bytes(offres(2)) != to_bytes(offres())


def test_an_offer_is_that_of_a_home() -> None:
    """Landlord, commune, size and rent of an offer to rent are together in the stock."""
    rent = offres().filter(pl.col("nature") == "location")
    keys = [
        "bailleur",
        "commune_code",
        "typologie",
        "surface_m2",
        "loyer_logement_cent",
        "charges_logement_cent",
    ]
    assert rent.join(territoire().logements, on=keys, how="anti").is_empty()


def test_every_nature_and_state_is_there_in_its_share() -> None:
    shares = {nature: n / 3_000 for nature, n in offres()["nature"].value_counts().iter_rows()}
    assert shares["location"] == pytest.approx(0.74, abs=0.03)
    assert shares["vente_hlm"] == pytest.approx(0.11, abs=0.02)
    assert set(shares) == set(schema("offres")["nature"].codes)
    age = (pl.lit(AU) - pl.col("confirmee_date")).dt.total_days()
    states = offres().select(
        ((pl.col("statut_offre") == "publiee") == (age < 7)).all().alias("juste"),
        (age >= 21).any().alias("expiree"),
        (age < 7).mean().alias("part"),
    )
    assert states.row(0)[:2] == (True, False)
    assert states["part"][0] == pytest.approx(0.72, abs=0.03)


def test_points_are_strewn_around_the_given_ones() -> None:
    placed = offres().join(POINTS, on="commune_code", suffix="_mairie")
    far = placed.select(
        ((pl.col(nom).cast(pl.Float64) - pl.col(f"{nom}_mairie")).abs() * 1e6).max()
        for nom in ("longitude", "latitude")
    ).row(0)
    assert 0.9 * ECART_LON < far[0] <= ECART_LON + 1
    assert 0.9 * ECART_LAT < far[1] <= ECART_LAT + 1
    assert (placed["code_postal"] == placed["code_postal_mairie"]).all()
    elsewhere = offres().filter(~pl.col("commune_code").is_in(POINTS["commune_code"].implode()))
    assert elsewhere["longitude"].null_count() == elsewhere.height > 0


def test_duplicates_stay_rare() -> None:
    rows = offres().select(
        "reference_bailleur",
        "bailleur",
        "commune_code",
        "adresse",
        "nature",
        "typologie",
        "surface_m2",
        "etage",
    )
    assert len(find_suspects(Fiche(*row) for row in rows.iter_rows())) < 30


@pytest.mark.parametrize(
    ("code", "graine", "au", "n"),
    [("SYN-011", 1, dt.date(2024, 12, 31), 10), ("SYN-012", 1, AU, -1), ("SYN-013", -1, AU, 10)],
)
def test_a_bad_argument_is_refused_at_the_call(code: str, graine: int, au: dt.date, n: int) -> None:
    with pytest.raises(UsageError, match=code):
        generate_offres(graine, au, territoire().logements, n)
    with pytest.raises(UsageError, match=code):
        generate_offres_national(graine, au, n)


def test_a_small_stock_gives_fewer_offers() -> None:
    few = generate_offres(1, AU, territoire().logements.head(20), 100)
    assert 0 < few.height < 20
