"""Cut a CSV into whole records, batch by batch, and find the records that are not rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from palier.formats.anomalies import Anomalies
from palier.formats.encodage import MORCEAU

MAX_LIGNE = 1_000_000
MAX_RETOURS = 50
_QUOTED = re.compile(rb'"[^"]*"')
_LINES, _MARK, _BREAK = b"\x01", b"\x02", b"\x1e"


@dataclass(frozen=True, slots=True)
class Bloc:
    """Whole records: their bytes, and the line where they start."""

    octets: bytes
    premiere: int


def cut_blocks(pieces: Iterator[bytes], anomalies: Anomalies) -> Iterator[Bloc]:
    """Cut pieces of text at line ends that stand outside quotes.

    Stops at FMT-006 (quote never closed), FMT-017 (endless line) or FMT-003
    (control characters that the reader uses as marks).
    """
    held, line = b"", 1
    for piece in pieces:
        held += piece
        if any(mark in piece for mark in (_MARK, _BREAK, _LINES, b"\0")):
            anomalies.refuse_fichier("FMT-003")
            return
        if len(held) < MORCEAU // 2:
            continue
        end = _last_end(held)
        if end:
            yield Bloc(held[:end], line)
            line += held.count(b"\n", 0, end)
            held = held[end:]
        if len(held) > MAX_LIGNE and not _last_end(held):
            code = "FMT-006" if b'"' in held else "FMT-017"
            anomalies.refuse_fichier(code, ou=f"ligne {line}")
            return
    if held.count(b'"') % 2:
        opened = _last_end(held)
        if opened:
            yield Bloc(held[:opened], line)
        anomalies.refuse_fichier("FMT-006", ou=f"ligne {line + held.count(bytes([10]), 0, opened)}")
    elif held:
        yield Bloc(held if held.endswith(b"\n") else held + b"\n", line)


def _last_end(text: bytes) -> int:
    """Return the place after the last line end outside quotes, 0 if there is none."""
    end = text.rfind(b"\n")
    quotes = text.count(b'"', 0, end) if end >= 0 else 0
    while end >= 0 and quotes % 2:
        before = text.rfind(b"\n", 0, end)
        quotes -= text.count(b'"', max(before, 0), end)
        end = before
    return end + 1


@dataclass(frozen=True, slots=True)
class Enregistrements:
    r"""The records of a block, one per row.

    Parameters
    ----------
    octets : bytes
        One record per line, breaks inside quotes written as ``\x1e``.
    lignes : polars.Series of Int64
        Line of the file where each record starts.
    cellules : polars.Series of Int64
        Number of cells of each record; 0 for an empty line.
    mal_places : polars.Series of Boolean
        Whether a quote stands elsewhere than around a cell.
    casses : bool
        Whether some break stands inside quotes.
    """

    octets: bytes
    lignes: pl.Series
    cellules: pl.Series
    mal_places: pl.Series
    casses: bool


def read_records(bloc: Bloc, separateur: str, anomalies: Anomalies) -> Enregistrements | None:
    """Describe the records of a block, without any loop over rows.

    Returns None after FMT-006, when a quoted cell swallows too many lines.
    """
    text, skeleton = bloc.octets, bloc.octets
    broken = False
    if b'"' in text:
        skeleton = _QUOTED.sub(_MARK, text)
        broken = skeleton.count(b"\n") != text.count(b"\n")
        if broken:
            text = _QUOTED.sub(lambda m: m[0].replace(b"\n", _BREAK), text)
    lines = _lines(skeleton)
    sep = re.escape(separateur)
    misplaced = (
        lines.str.contains(rf'"|\x02[^{sep}\x02]|[^{sep}\x02]\x02') if skeleton is not bloc.octets else None
    )
    numbers = pl.int_range(lines.len(), dtype=pl.Int64, eager=True) + bloc.premiere
    if broken:
        breaks = _lines(text).str.count_matches("\x1e", literal=True).cast(pl.Int64)
        numbers = numbers + breaks.cum_sum().shift(1, fill_value=0)
        swallowed = (breaks > MAX_RETOURS) | (
            (breaks > 0) & misplaced if misplaced is not None else breaks < 0
        )
        if swallowed.any():
            anomalies.refuse_fichier("FMT-006", ou=f"ligne {numbers.filter(swallowed)[0]}")
            return None
    counts = lines.str.count_matches(separateur, literal=True).cast(pl.Int64) + 1
    empty = lines.str.strip_chars(" \t") == ""
    return Enregistrements(
        octets=text,
        lignes=numbers,
        cellules=pl.select(pl.when(empty).then(0).otherwise(counts)).to_series(),
        mal_places=misplaced
        if misplaced is not None
        else pl.repeat(False, lines.len(), dtype=pl.Boolean, eager=True),
        casses=broken,
    )


def _lines(text: bytes) -> pl.Series:
    """Return the lines of a text that ends with a line end."""
    frame = pl.read_csv(
        b"l\n" + text,
        separator="\x01",
        quote_char=None,
        infer_schema=False,
        empty_string_is_null=False,
        truncate_ragged_lines=True,
    )
    return frame.to_series()
