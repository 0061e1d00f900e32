"""What is read at once is what the patient reading gives: same values, no fault left out."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palier.formats.anomalies import Anomalies
from palier.formats.cellules import _fast, _patient, has_long
from palier.formats.csv_texte import SourceCsv
from palier.formats.decoupe import Bloc, read_records
from palier.formats.source import Lignes
from palier.tables import colonne

COMMUNES = ["67482", "2A004", "75056", "97411", "67 482", "00482", "1004", "96001", "20004"]
CODES = ["expulsion", "trop_grand", "logement", "aucun", "aucune", "Trop grand", "zzz", "", "vrai"]
INSTANTS = st.from_regex(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?", fullmatch=True
)
PROCHES = {
    "horodatage_depot": INSTANTS
    | st.sampled_from(["2018-03-15 24:00:00", "+018-03-15 09:30:00", "2018-03-15 23:59:60", "2018-03-15"]),
    "date_depot_initial": INSTANTS | st.dates().map(str),
    "handicap": st.sampled_from(["oui", "non", "Oui", "1", "vrai", "peut-être", "", " oui"]),
    "motifs": st.lists(st.sampled_from(CODES), max_size=5).map("|".join),
    "verifie_piece": st.lists(st.sampled_from(CODES), max_size=4).map("|".join),
    "typologies": st.lists(st.sampled_from(["t1", "t2", "t3", "T2", "aucun"]), max_size=4).map("|".join),
    "localisations": st.lists(st.sampled_from(COMMUNES), max_size=10).map("|".join),
    "logement_commune": st.sampled_from(COMMUNES),
    "nb_personnes": st.integers(-5, 400).map(str) | st.sampled_from(["1.0", "1e3", "+4", "٣"]),
    "loyer_cent": st.decimals(0, 10**6, places=2).map(str) | st.sampled_from(["1,5", "1.500", "12,345"]),
    "logement_mode": st.sampled_from(["hotel", "Hôtel", "sans_abri", "sans abri", "zzz", ""]),
    "numero_unique": st.from_regex(r"[0-9]{13}[0-9A-Z]{5}", fullmatch=True),
    "nom": st.text("ab '\t=", max_size=6),
}


@pytest.mark.parametrize("nom", PROCHES)
@given(data=st.data())
def test_a_cell_read_at_once_is_read_alike_with_patience(nom: str, data: st.DataObject) -> None:
    cells = pl.Series("b", data.draw(st.lists(PROCHES[nom] | st.none(), min_size=1, max_size=8)), pl.String)
    champ = colonne(nom)
    quick = _fast(champ, cells, 1)
    assert quick.dtype in (champ.dtype, pl.Int64)
    assert quick.len() == cells.len()
    assert quick.filter(cells.is_null()).null_count() == cells.null_count()
    sure = quick.is_not_null()
    values, faults = _patient(champ, cells.filter(sure), 1)
    assert values.to_list() == quick.filter(sure).to_list()
    assert faults.to_list() == [None] * faults.len()


@pytest.mark.parametrize(
    ("nom", "cells", "read"),
    [
        ("horodatage_depot", ["2018-03-15 09:30:00", "2018-03-15 09:30:00.250000", "2018-03-15 9:30"], 2),
        ("handicap", ["oui", "non"], 2),
        ("handicap", ["oui", "Non"], 2),
        ("motifs", ["expulsion|trop_grand", "aucun", "expulsion;sante", "expulsion|expulsion"], 2),
        ("motifs", ["expulsion|trop_grand|sante", "expulsion|trop_grand|sante|handicap"], 1),
        ("localisations", ["67482|67043", "67482", "67482;67043", "67482|67482"], 2),
        ("logement_commune", ["67482", "2A004", "1004"], 2),
    ],
)
def test_cells_in_their_plain_form_are_read_at_once(nom: str, cells: list[str], read: int) -> None:
    quick = _fast(colonne(nom), pl.Series(cells), 1)
    assert quick.is_not_null().to_list() == [place < read for place in range(len(cells))]


def test_two_codes_side_by_side_are_not_the_words_of_a_third_one() -> None:
    champ = colonne("verifie_piece")
    both = champ.mask(["logement", "trop_grand"])
    for cell in ("logement|trop_grand", "logement ; trop_grand", "trop_grand|logement"):
        assert _patient(champ, pl.Series([cell]), 1)[0].to_list() == [both]
    assert _patient(champ, pl.Series(["Logement trop grand"]), 1)[0].to_list() == [champ.bit("trop_grand")]


@pytest.mark.parametrize(("size", "long"), [(4000, False), (4001, True)])
def test_long_cells_are_seen_before_columns_are_read(size: int, long: bool) -> None:
    assert (
        has_long(pl.DataFrame({"0": ["a", None], "1": [None, "é" * (size // 2) + "x" * (size % 2)]})) is long
    )
    assert not has_long(pl.DataFrame({"0": [None]}, schema={"0": pl.String}))


def shown(read: Lignes) -> tuple[object, ...]:
    """What a reading gives, lines without rows put aside."""
    assert not any(lines.len() for lines in read.rejetees.values())
    return read.cellules.rows(), read.lignes.to_list()


@given(
    lignes=st.lists(
        st.lists(st.sampled_from(["a", "", " ", "é", "1,5", "\t", '"', "x|y"]), min_size=1, max_size=4)
    ),
    separateur=st.sampled_from(";,|\t"),
)
@example(lignes=[["", "", ""]], separateur=";")
@example(lignes=[["", "", ""]], separateur="\t")
@example(lignes=[["a", "b"], ["a", "b", "c", "d"]], separateur=";")
def test_a_block_of_whole_rows_is_read_as_line_by_line(lignes: list[list[str]], separateur: str) -> None:
    text = "".join(separateur.join(cells) + "\n" for cells in lignes).encode()
    anomalies = Anomalies("x")
    source = SourceCsv(["a", "b", "c"], separateur, iter(()), anomalies)
    bloc = Bloc(text, 7)
    if (plain := source._plain(bloc)) is None:
        return
    records = read_records(bloc, separateur, anomalies)
    assert records is not None
    assert shown(plain) == shown(source._rows(records))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a;b;c\nd;e;f\n", True),
        (";;\n", True),
        ("a;b\nd;e;f;g\n", False),
        ("a;b\n", False),
        ("\na;b;c\n", False),
        ('a;"b";c\n', False),
        ("a;b;c;d\n", False),
    ],
)
def test_only_blocks_of_whole_rows_are_read_at_once(text: str, plain: bool) -> None:
    source = SourceCsv(["a", "b", "c"], ";", iter(()), Anomalies("x"))
    assert (source._plain(Bloc(text.encode(), 2)) is not None) is plain
