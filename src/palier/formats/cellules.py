"""Turn the text cells of one column into values of the registry, with the faults of each row.

A well-written cell is read at once; only the others go through the patient
reading. No loop runs over rows.
"""

from __future__ import annotations

import datetime as dt
import difflib
from typing import cast

import polars as pl

from palier.base.identifiers import NUMERO_UNIQUE
from palier.formats.anomalies import visible
from palier.formats.communes import check_communes
from palier.formats.dates import parse_dates, parse_instants, plain_dates, plain_instants
from palier.formats.entetes import Champ, key
from palier.formats.formes import booleens, codes_of, inconnues
from palier.formats.lot import Lot
from palier.formats.nombres import parse_degrees, parse_numbers, plain_degrees, plain_numbers
from palier.formats.reponses import (
    ascii_only,
    look_up,
    parse_codes,
    parse_ensembles,
    parse_listes,
    parse_mots,
    plain_booleens,
    plain_communes,
    plain_ensembles,
    plain_listes,
)
from palier.tables.registre import Colonne

MAX_CELLULE = 4000
_BLANKS = " \t\r\n\v\f\u00a0\u2009\u202f\ufeff"
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_GUARDED = r"^'+[=+\-@\t\r]"
_FORMULA_NUMBER = r"(?i)^\d+([.,]\d+)?e\+?\d+$"
Lecture = tuple[pl.Series, pl.Series]


def has_long(cellules: pl.DataFrame) -> bool:
    """Tell whether some text of a batch is too long."""
    most = cellules.select(pl.all().str.len_bytes().max()).max_horizontal().to_list()
    return any(longest is not None and longest > MAX_CELLULE for longest in most)


def convert(champ: Champ, brut: pl.Series, lot: Lot) -> pl.Series:
    """Read one column of one batch.

    Parameters
    ----------
    champ : Champ
        Title, column and unit factor.
    brut : polars.Series of String
        Cells as written; null where empty.
    lot : Lot
        Receives the faults.

    Returns
    -------
    polars.Series
        Of the type of the column; null where empty, unknown or at fault.
    """
    colonne = champ.colonne
    if lot.longues and bool((brut.str.len_bytes() > MAX_CELLULE).any()):
        lot.signaler("FMT-008", brut.str.len_bytes() > MAX_CELLULE, colonne, champ.entete)
        brut = pl.select(pl.when(brut.str.len_bytes() <= MAX_CELLULE).then(brut)).to_series()
    values = _fast(colonne, brut, champ.facteur)
    if values.null_count() > brut.null_count():
        left = (brut.is_not_null() & values.is_null()).arg_true()
        texts = brut.gather(left).str.strip_chars(_BLANKS)
        read, faults = _patient(colonne, texts, champ.facteur)
        values = _place(values, left, read.cast(values.dtype))
        if faults.null_count() < faults.len():
            nothing = pl.repeat(None, brut.len(), dtype=pl.String, eager=True)
            details = _details(colonne)
            if near := _near(colonne, texts.filter(faults == "TAB-050").head(3)):
                details["TAB-050"] = near
            lot.signaler_codes(nothing.scatter(left, faults), champ, brut, details)
    return check_range(champ, values, lot, brut).cast(colonne.dtype).alias(colonne.nom)


def _place(values: pl.Series, left: pl.Series, read: pl.Series) -> pl.Series:
    if left.len() == values.len():
        return read
    if not values.dtype.is_nested():
        return values.scatter(left, read)
    order = pl.int_range(values.len(), dtype=pl.Int64, eager=True)
    moved = order.scatter(left, pl.int_range(values.len(), values.len() + read.len(), eager=True))
    return pl.concat([values, read]).gather(moved)


def _fast(colonne: Colonne, brut: pl.Series, facteur: int) -> pl.Series:
    if colonne.type in ("entier", "cent"):
        return plain_numbers(brut, facteur)
    if colonne.type == "degre":
        return plain_degrees(brut)
    if colonne.type == "date":
        return plain_dates(brut)
    if colonne.type == "code":
        exact = brut.cast(colonne.dtype, strict=False)
        known = exact.null_count() == brut.null_count()
        return exact if known else look_up(brut, codes_of(colonne), colonne.dtype)
    if colonne.type == "booleen":
        exact = plain_booleens(brut)
        known = exact.null_count() == brut.null_count()
        return exact if known else look_up(brut, booleens(), colonne.dtype)
    if colonne.type == "horodatage":
        return plain_instants(brut)
    if colonne.type == "ensemble":
        return plain_ensembles(brut, colonne)
    if colonne.type == "liste":
        return plain_listes(brut, colonne)
    return _fast_text(colonne, brut)


def _fast_text(colonne: Colonne, brut: pl.Series) -> pl.Series:
    if colonne.motif:
        return pl.select(pl.when(brut.str.contains(ascii_only(colonne.motif))).then(brut)).to_series()
    if colonne.commune:
        return plain_communes(brut)
    odd = rf"^\s|\s$|^'|^$|{_CONTROL}"
    return pl.select(pl.when(~brut.str.contains(odd)).then(brut)).to_series()


def _patient(colonne: Colonne, textes: pl.Series, facteur: int) -> Lecture:
    """Read stripped texts; an empty text, or a word for « unknown », is null without fault."""
    if colonne.type == "texte":
        return _texts(colonne, textes)
    if colonne.type in ("entier", "cent"):
        read = parse_numbers(_spell(colonne, textes), facteur, plancher=colonne.unite == "m2")
    elif colonne.type == "degre":
        read = parse_degrees(textes)
    elif colonne.type == "date":
        read = parse_dates(textes)
    elif colonne.type == "horodatage":
        read = parse_instants(textes)
    elif colonne.type == "booleen":
        read = parse_mots(textes, booleens())
    elif colonne.type == "code":
        read = parse_codes(textes, codes_of(colonne), colonne)
    elif colonne.type == "ensemble":
        read = parse_ensembles(textes, codes_of(colonne), colonne)
    else:
        read = parse_listes(textes, colonne)
    return read[0], _forgive_unknown(textes, read[1])


def _spell(colonne: Colonne, textes: pl.Series) -> pl.Series:
    """Write the words that stand for a number: ``RDC`` is storey 0."""
    if not colonne.mots:
        return textes
    numbers = {key(word): str(number) for word, number in colonne.mots}
    spelt = {text: numbers.get(key(text), text) for text in textes.unique()}
    return textes.replace(spelt)


def _forgive_unknown(textes: pl.Series, faults: pl.Series) -> pl.Series:
    if faults.null_count() == faults.len():
        return faults
    words = pl.col("t").str.to_lowercase().str.replace_all(r"[éèê]", "e").str.replace_all(r"[^a-z]+", " ")
    unknown = (pl.col("t") == "") | words.str.strip_chars().is_in(sorted(inconnues()))
    return pl.DataFrame({"t": textes, "f": faults}).select(pl.when(~unknown).then(pl.col("f"))).to_series()


def _texts(colonne: Colonne, textes: pl.Series) -> Lecture:
    text = pl.col("t")
    frame = pl.DataFrame({"t": textes}).select(
        pl.when(text.str.contains(_GUARDED)).then(text.str.slice(1)).otherwise(text).alias("t")
    )
    if colonne.commune:
        listed, faults = parse_listes(frame["t"], colonne)
        return listed.list.first(), faults
    if not colonne.motif:
        fault: pl.Expr = pl.when(text.str.contains(_CONTROL)).then(pl.lit("TAB-057"))
    else:
        frame = frame.with_columns(text.str.replace_all(r"\s", ""))
        fault = _pattern_fault(colonne)
    frame = frame.with_columns(pl.when(text != "").then(fault).alias("f"))
    good = pl.col("f").is_null() & (text != "")
    return frame.select(pl.when(good).then(text)).to_series(), frame["f"]


def _pattern_fault(colonne: Colonne) -> pl.Expr:
    text, pattern = pl.col("t"), ascii_only(cast(str, colonne.motif))
    if colonne.motif != NUMERO_UNIQUE:
        return pl.when(~text.str.contains(pattern)).then(pl.lit("TAB-023"))
    spoilt = text.str.contains(_FORMULA_NUMBER) | text.str.contains(r"^[0-9]{17}$")
    return (
        pl.when(text.str.contains(pattern)).then(None).when(spoilt).then(pl.lit("TAB-022")).otherwise(pl.lit("TAB-020"))
    )  # fmt: skip


def check_range(champ: Champ, values: pl.Series, lot: Lot, brut: pl.Series | None = None) -> pl.Series:
    """Report what stands outside the bounds of the column, and make it null."""
    colonne = champ.colonne
    if colonne.type == "date":
        return _check_first_date(champ, values, lot, brut)
    if colonne.commune and lot.communes:
        return check_communes(champ, values, lot, brut)
    if colonne.type not in ("entier", "cent"):
        return values
    low, high = _bounds(colonne)
    least, most = cast(int | None, values.min()), cast(int | None, values.max())
    if least is None or most is None or (least >= low and most <= high):
        return values
    details = _details(colonne)
    too_low = "TAB-060" if colonne.nom == "nb_personnes" else "TAB-046"
    masks = {"TAB-045": values > high, too_low: values < low}
    if low >= 0:
        masks |= {"TAB-042": values < 0, too_low: (values < low) & (values >= 0)}
    for code, mask in masks.items():
        lot.signaler(code, mask, colonne, champ.entete, brut, details.get(code, ""))
    return pl.select(pl.when((values >= low) & (values <= high)).then(values)).to_series()


def _bounds(colonne: Colonne) -> tuple[int, int]:
    width = {"u8": (0, 2**8 - 1), "i16": (-(2**15), 2**15 - 1), "i32": (-(2**31), 2**31 - 1)}
    low, high = width.get(colonne.bits, (-(2**63), 2**63 - 1))
    return (
        low if colonne.minimum is None else int(colonne.minimum),
        high if colonne.maximum is None else int(colonne.maximum),
    )


def _check_first_date(champ: Champ, values: pl.Series, lot: Lot, brut: pl.Series | None) -> pl.Series:
    first = dt.date.fromisoformat(champ.colonne.minimum or "1800-01-01")
    least = cast(dt.date | None, values.min())
    if least is None or least >= first:
        return values
    lot.signaler("TAB-033", values < first, champ.colonne, champ.entete, brut, f"Minimum : {first}.")
    return pl.select(pl.when(values >= first).then(values)).to_series()


def _details(colonne: Colonne) -> dict[str, str]:
    """Say, for each code, what this column accepts."""
    found = {}
    if colonne.codes:
        shown = ", ".join(colonne.codes[:24]) + (", …" if len(colonne.codes) > 24 else "")
        found["TAB-050"] = f"Codes reconnus : {shown}."
    if colonne.max_codes:
        found["TAB-052"] = f"Maximum : {colonne.max_codes}."
    if colonne.minimum is not None:
        found["TAB-046"] = f"Minimum : {colonne.minimum}."
    if colonne.maximum is not None:
        found["TAB-045"] = f"Maximum : {colonne.maximum}{' centimes' if colonne.type == 'cent' else ''}."
    return found


def _near(colonne: Colonne, textes: pl.Series) -> str:
    """Propose the codes that look like what was read, where values may be shown."""
    if colonne.sensibilite > 1:
        return ""
    near = [c for t in textes for c in difflib.get_close_matches(visible(t).lower(), colonne.codes, 2, 0.6)]
    return f"Proche : {', '.join(dict.fromkeys(near))}." if near else ""
