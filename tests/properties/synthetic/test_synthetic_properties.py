from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.formats.controles import controles
from palier.synthetic import generate_territoire
from palier.synthetic.national import demandes_chunk
from palier.tables import schema


@settings(max_examples=15)
@given(
    graine=st.integers(0, 2**63),
    au=st.dates(dt.date(2010, 1, 1), dt.date(2060, 12, 31)),
    taille=st.floats(0.001, 0.02),
)
def test_any_territory_is_coherent(graine: int, au: dt.date, taille: float) -> None:
    t = generate_territoire(graine, au, taille)
    for nom in ("demandes", "personnes", "evenements", "publics"):
        frame = getattr(t, nom)
        assert dict(frame.schema) == schema(nom).polars
        for check in controles(au):
            if check.besoin <= set(frame.columns):
                assert frame.select(check.faute.fill_null(value=False).sum()).item() == 0, check
    assert not t.baux["logement_id"].drop_nulls().is_duplicated().any()
    ends = t.baux.filter(pl.col("sortie_date").is_not_null())
    assert (ends["sortie_date"] >= ends["date_depot_initial"]).all()
    assert (ends["sortie_date"] <= au).all()


@settings(max_examples=15)
@given(graine=st.integers(0, 2**63), chunk=st.integers(0, 1000), n=st.integers(1, 300))
def test_any_chunk_is_coherent(graine: int, chunk: int, n: int) -> None:
    au = dt.date(2026, 11, 24)
    demandes, evenements = (m.frame for m in demandes_chunk(graine, au, chunk, chunk * n, n))
    assert len(demandes) == n
    assert evenements["numero_unique"].is_in(demandes["numero_unique"].implode()).all()
    for check in controles(au):
        if check.besoin <= set(demandes.columns):
            assert demandes.select(check.faute.fill_null(value=False).sum()).item() == 0, check
