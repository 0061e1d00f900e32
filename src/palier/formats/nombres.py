"""Numbers as people write them, to exact integers: cents, counts, years, square metres."""

from __future__ import annotations

import polars as pl

_PLAIN = r"^[0-9]{1,13}[.,][0-9]{1,2}$"
_SIGN = r"^[+-]?"
_UNIT = r"(?i)\s*(€|euros?|eur|m2|m²)$"
_GROUPED = _SIGN + r"\d{1,3}(\s\d{3})+([.,]\d+)?$"
_NOT_FINITE = r"(?i)^[+-]?(nan|inf|infinity|infini|∞)$"
_SCIENTIFIC = r"(?i)^[+-]?\d+([.,]\d+)?e[+-]?\d+$"
_AMBIGUOUS = _SIGN + r"[1-9]\d{0,2}([.,]\d{3})+([.,]\d+)?$"
_NUMBER = _SIGN + r"\d+([.,]\d+)?$"
_DEGREES = r"^[+-]?[0-9]{1,9}([.,][0-9]{1,15})?$"
_TOO_LONG = _SIGN + r"\d{16,}"


def plain_numbers(brut: pl.Series, facteur: int) -> pl.Series:
    """Read the cells written in the plainest way: ``1300``, ``1300,50``; null for all others."""
    whole = brut.cast(pl.Int64, strict=False) * facteur
    if facteur == 1 or whole.null_count() == brut.null_count():
        return whole
    digits = brut.str.replace_all(",", "", literal=True)
    if digits.str.contains(".", literal=True).any():
        digits = digits.str.replace_all(".", "", literal=True)
    unit = pl.when(pl.col("b").str.slice(-3, 1).is_in([",", "."])).then(1).otherwise(10)
    cents = pl.when(pl.col("b").str.contains(_PLAIN)).then(pl.col("d").cast(pl.Int64, strict=False) * unit)
    return pl.DataFrame({"b": brut, "d": digits, "w": whole}).select(pl.col("w").fill_null(cents)).to_series()


def parse_numbers(textes: pl.Series, facteur: int, *, plancher: bool = False) -> tuple[pl.Series, pl.Series]:
    """Read numbers written by people.

    Parameters
    ----------
    textes : polars.Series of String
        Stripped, not empty: ``1300``, ``1 300,50 €``, ``1300.5``.
    facteur : int
        100 for euros read into cents (two decimals), else 1 (no decimals).
    plancher : bool
        Bring decimals down to the whole number below, with a warning.

    Returns
    -------
    values : polars.Series of Int64
        Null where there is a fault.
    faults : polars.Series of String
        TAB-040, 041, 043, 044, 045, 047, 048, or null.
    """
    written = pl.col("t").str.replace_all("\u2212", "-", literal=True).str.replace(_UNIT, "")
    compact = (
        pl.when(written.str.contains(_GROUPED)).then(written.str.replace_all(r"\s", "")).otherwise(written)
    )
    frame = pl.DataFrame({"t": textes}).select(compact.alias("t"))
    decimals = pl.col("t").str.extract(r"[.,](\d+)$").str.strip_chars_end("0").str.len_bytes().fill_null(0)
    allowed = 2 if facteur == 100 else 0
    text = pl.col("t")
    fault = (
        pl.when(text.str.contains(_NOT_FINITE)).then(pl.lit("TAB-041"))
        .when(text.str.contains(_SCIENTIFIC)).then(pl.lit("TAB-047"))
        .when(text.str.contains(_AMBIGUOUS)).then(pl.lit("TAB-043"))
        .when(~text.str.contains(_NUMBER)).then(pl.lit("TAB-040"))
        .when(text.str.contains(_TOO_LONG)).then(pl.lit("TAB-045"))
        .when(decimals > allowed).then(pl.lit("TAB-048" if plancher else "TAB-044"))
    )  # fmt: skip
    usable = pl.col("f").is_null() | (pl.col("f") == "TAB-048")
    read = frame.with_columns(fault.alias("f")).with_columns(pl.when(usable).then(_value(facteur)).alias("v"))
    other_digits = pl.when(usable & pl.col("v").is_null()).then(pl.lit("TAB-040")).otherwise(pl.col("f"))
    return read["v"], read.select(other_digits).to_series()


def plain_degrees(brut: pl.Series) -> pl.Series:
    """Read angles written in the plainest way: ``7.7466``, ``7,7466``; null for all others."""
    plain = pl.select(pl.when(brut.str.contains(_DEGREES)).then(brut)).to_series()
    return plain.str.replace(",", ".", literal=True).cast(pl.Decimal(16, 6), strict=False)


def parse_degrees(textes: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Read angles in decimal degrees, or coordinates that are not: bounds are judged later.

    Returns
    -------
    values : polars.Series of Decimal
        Six decimals; null where there is a fault.
    faults : polars.Series of String
        TAB-040, or null.
    """
    compact = pl.col("t").str.replace("\u2212", "-", literal=True).str.replace_all(r"[\s°]", "")
    frame = pl.DataFrame({"t": textes}).select(compact.alias("t"))
    good = pl.col("t").str.contains(_DEGREES)
    read = frame.select(pl.when(good).then(pl.col("t")).str.replace(",", ".", literal=True).alias("v"))
    values = read["v"].cast(pl.Decimal(16, 6), strict=False)
    return values, pl.select(pl.when(values.is_null()).then(pl.lit("TAB-040"))).to_series()


def _value(facteur: int) -> pl.Expr:
    whole = pl.col("t").str.extract(r"^([+-]?\d+)").cast(pl.Int64, strict=False)
    if facteur == 1:
        return whole
    cents = pl.col("t").str.extract(r"[.,](\d{1,2})").str.pad_end(2, "0").cast(pl.Int64, strict=False)
    signed = pl.when(pl.col("t").str.starts_with("-")).then(-cents).otherwise(cents)
    return whole * facteur + signed.fill_null(0)
