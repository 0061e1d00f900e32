"""Reading never breaks, and what is written is read back, whatever the values."""

from __future__ import annotations

import datetime as dt
import string
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from palier import formats
from palier.base.errors import InputError
from palier.tables import Colonne, schema
from tests.unit.formats.outils import AU, csv_with, demande_xml, xlsx_of, xml_of

SCHEMA = schema("demandes")
NAMES = st.sampled_from(["d.csv", "d.tsv", "d.txt", "d.xlsx", "d.parquet", "d.xml"])
HEAD = b"numero_unique;date_depot_initial;nom;loyer;motifs\n"
GOOD = (csv_with().encode(), xml_of(demande_xml()).encode(), xlsx_of([["numero_unique", "nom"], ["1", "x"]]))


def _never_breaks(name: str, content: bytes, **options: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            formats.import_table(path, Path(folder) / "s.parquet", au=AU, **options)
        except InputError as error:
            refused = list(error.problems)
        else:
            return
        assert refused
        assert [p.name for p in Path(folder).iterdir()] == [name]


@given(NAMES, st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    _never_breaks(name, content)


@given(st.text(alphabet=st.sampled_from(";,\"\n\r\t|' 01e-é=@\x02\x1e"), max_size=400), st.booleans())
def test_any_rows_are_read_or_refused(text: str, bonnes_lignes: bool) -> None:
    _never_breaks("d.csv", HEAD + text.encode(), bonnes_lignes=bonnes_lignes)


@given(st.sampled_from(GOOD), st.integers(0, 10_000), st.binary(min_size=1, max_size=6), st.booleans())
def test_a_damaged_file_is_read_or_refused(good: bytes, place: int, damage: bytes, cut: bool) -> None:
    where = place % len(good)
    content = good[:where] + damage + (b"" if cut else good[where + len(damage) :])
    name = "d.xlsx" if good.startswith(b"PK") else "d.xml" if good.startswith(b"<") else "d.csv"
    _never_breaks(name, content)


@given(
    st.sampled_from([c.nom for c in SCHEMA.colonnes if c.nom not in SCHEMA.obligatoires]),
    st.text(max_size=40),
)
@settings(max_examples=100)
def test_any_cell_is_read_or_refused(nom: str, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    row = f"numero_unique;date_depot_initial;{nom}\n1110318016982G1104;2018-03-15;{quoted}\n"
    _never_breaks("d.csv", row.encode("utf-8", "replace"))


def _values(colonne: Colonne) -> st.SearchStrategy[object]:
    kind = colonne.type
    if kind in ("entier", "cent"):
        return st.integers(int(colonne.minimum or 0), int(colonne.maximum or 100))
    if kind == "date":
        return st.dates(dt.date(1990, 1, 1), AU)
    if kind == "horodatage":
        return st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2026, 1, 1))
    if kind == "booleen":
        return st.booleans()
    if kind == "code":
        return st.sampled_from(colonne.codes)
    if kind == "ensemble":
        chosen = st.lists(st.sampled_from(colonne.codes), min_size=1, max_size=colonne.max_codes, unique=True)
        return chosen.map(colonne.mask)
    if kind == "liste":
        return st.lists(
            st.sampled_from(["67482", "2A004", "97411", "01004"]), min_size=1, max_size=4, unique=True
        )
    if colonne.commune:
        return st.sampled_from(["67482", "01004"])
    if colonne.motif:
        return st.from_regex(colonne.motif.replace(r"\d", "[0-9]"), fullmatch=True).map(str.strip)
    texts = st.text(string.printable + "éœ€’=+-@\u00a0", min_size=1, max_size=20)
    return texts.map(lambda t: t.replace("\x0b", "").replace("\x0c", "").replace("\r", "").strip()).filter(
        bool
    )


FREE = [
    c
    for c in SCHEMA.colonnes
    if not c.nom.startswith(("nb_", "naissance", "conjoint", "date_", "rfr_n2_annee"))
]


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    numbers = draw(st.lists(st.integers(0, 999_999), min_size=1, max_size=4, unique=True))
    rows = []
    for number in numbers:
        row: dict[str, object] = {
            c.nom: draw(st.none() | _values(c)) for c in FREE if c.nom not in SCHEMA.obligatoires
        }
        row |= {"numero_unique": f"0670120{number:06d}GDPUB", "date_depot_initial": dt.date(2020, 1, 5)}
        rows.append(row)
    return pl.DataFrame(rows, schema=SCHEMA.polars)


@given(tables(), st.sampled_from(["s.csv", "s.parquet", "s.xlsx"]))
@settings(max_examples=20)
def test_what_is_written_is_read_back(df: pl.DataFrame, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        formats.write_table(df, Path(folder) / name, table="demandes")
        back = formats.read_table(Path(folder) / name, au=AU).table
    assert back.equals(df)


@given(
    st.integers(0, 10**9),
    st.sampled_from(["", " ", "\u00a0", "\u202f"]),
    st.sampled_from([",", "."]),
    st.booleans(),
)
def test_amounts_are_exact(cents: int, space: str, point: str, euro: bool) -> None:
    whole, rest = divmod(cents, 100)
    text = f"{whole:,}".replace(",", space) + f"{point}{rest:02d}" + ("\u00a0€" if euro else "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.csv"
        path.write_text(
            f"numero_unique;date_depot_initial;ressources\n1110318016982G1104;2018-03-15;{text}\n", "utf-8"
        )
        assert formats.read_table(path, au=AU).table["ressources_mensuelles_cent"].to_list() == [cents]
