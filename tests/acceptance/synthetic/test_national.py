from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from palier.synthetic import Morceau, generate_national
from palier.synthetic.lieux import lieux_national
from palier.synthetic.national import demandes_chunk, logements_chunk
from palier.tables import schema
from tests.unit.synthetic.outils import AU, to_bytes


@cache
def morceaux(graine: int = 1) -> tuple[Morceau, ...]:
    return tuple(generate_national(graine, AU, demandes=25_000, logements=25_000, morceau=10_000))


def of(table: str) -> list[pl.DataFrame]:
    return [m.frame for m in morceaux() if m.table == table]


def test_order_and_size_of_the_chunks() -> None:
    assert [m.table for m in morceaux()] == ["demandes", "evenements"] * 3 + ["logements"] * 3
    assert [len(f) for f in of("demandes")] == [len(f) for f in of("logements")] == [10_000, 10_000, 5_000]


@pytest.mark.parametrize("table", ["demandes", "evenements", "logements"])
def test_types_are_those_of_the_registry(table: str) -> None:
    types = schema(table).polars
    for frame in of(table):
        assert set(frame.columns) <= set(types)
        assert dict(frame.schema) == {nom: types[nom] for nom in frame.columns}
    missing = set(types) - set(of(table)[0].columns)
    assert missing <= {"nom", "prenom", "numero_bail", "bailleur_siren"}


def test_a_chunk_alone_is_the_same_chunk() -> None:
    seul, evenements = demandes_chunk(1, AU, 1, 10_000, 10_000)
    assert to_bytes(seul.frame) == to_bytes(of("demandes")[1])
    assert to_bytes(evenements.frame) == to_bytes(of("evenements")[1])
    assert to_bytes(logements_chunk(1, AU, 2, 20_000, 5_000).frame) == to_bytes(of("logements")[2])


def test_the_number_of_rows_changes_no_earlier_chunk() -> None:
    first = next(iter(generate_national(1, AU, demandes=10_000, logements=0, morceau=10_000)))
    assert to_bytes(first.frame) == to_bytes(of("demandes")[0])


def test_two_chunks_and_two_seeds_differ() -> None:
    colonnes = ["naissance", "ressources_mensuelles_cent", "localisations"]
    a, b = of("demandes")[0].select(colonnes), of("demandes")[1].select(colonnes)
    other = next(iter(generate_national(2, AU, demandes=10_000, logements=0, morceau=10_000))).frame
    assert not a.equals(b)
    assert not a.equals(other.select(colonnes))


def test_no_number_twice_in_the_country() -> None:
    demandes = pl.concat(of("demandes"))
    assert not demandes["numero_unique"].is_duplicated().any()
    assert not pl.concat(of("logements"))["logement_id"].is_duplicated().any()
    late = demandes_chunk(1, AU, 250, 2_000_000, 1_000)[0].frame["numero_unique"]
    early = demandes_chunk(1, AU, 0, 0, 1_000)[0].frame["numero_unique"]
    assert set(late.str.slice(17, 1)) == {"2"}
    assert set(early.str.slice(17, 1)) == {"0"}


def test_every_department_and_territory_can_be_asked_for() -> None:
    lieux = lieux_national()
    assert len(lieux.zones) == len({z.code for z in lieux.zones}) > 230
    assert len({z.departement for z in lieux.zones}) == 101
    assert sum(z.poids for z in lieux.zones) == 1
    assert sum(z.poids_parc for z in lieux.zones) == 1
    asked = pl.concat(of("demandes"))["localisations"]
    zone = {c: z.code for z in lieux.zones for c in z.communes}
    assert asked.list.first().replace_strict(zone).n_unique() > 200
    several = asked.list.eval(pl.element().replace_strict(zone)).list.n_unique()
    assert (several > 1).mean() == pytest.approx(0.075, abs=0.02)


def test_ile_de_france_has_its_share_and_its_prefix() -> None:
    demandes = pl.concat(of("demandes"))
    idf = demandes["numero_unique"].str.starts_with("111")
    assert idf.mean() == pytest.approx(0.34, abs=0.015)
    assert demandes.filter(idf)["zone"].is_in(["idf", "paris_limitrophes"]).all()
    overseas = demandes["localisations"].list.first().str.starts_with("97")
    assert demandes.filter(~idf)["zone"].drop_nulls().eq("autres").all()
    assert (demandes["zone"].is_null() == overseas).all()


def test_the_pending_are_as_old_as_in_the_country() -> None:
    age = (pl.lit(AU) - pl.col("date_depot_initial")).dt.total_days()
    assert pl.concat(of("demandes")).select(age.mean()).item() == pytest.approx(721, abs=25)


def test_stock_of_the_country() -> None:
    logements = pl.concat(of("logements"))
    assert logements["qpv_code"].is_not_null().mean() == pytest.approx(0.31, abs=0.015)
    small = logements["typologie"].is_in(["t1", "t2"]).mean()
    assert small == pytest.approx(0.276, abs=0.015)
