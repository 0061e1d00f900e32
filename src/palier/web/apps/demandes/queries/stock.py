"""A whole territory as the tables that engines read. Call inside the perimeter of the territory."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import polars as pl
from django.db import connection

from palier.tables import Colonne, schema
from palier.web.apps.demandes.chiffrement import decrypt_all
from palier.web.apps.demandes.models.colonnes import ARGENT, SENSIBLE
from palier.web.apps.demandes.queries import ouverts
from palier.web.postgres.ecriture import RIEN

_SEPARE = "|"


def read(territoire: str, colonnes: Iterable[str], *, garde: bool = False) -> pl.DataFrame:
    """Return the requests of a territory with some columns of the table ``demandes``, and their ``id``.

    Parameters
    ----------
    territoire : str
        Its code.
    colonnes : iterable of str
        Names; those of class 4 are opened, which costs, so ask for what is read only.
    garde : bool
        Hold what was opened for the next reading of this process (see ``ouverts``).

    Returns
    -------
    pl.DataFrame
        Types of the registry, and ``id`` as text; in the order of the ids.
    """
    table = schema("demandes")
    wanted = [table[nom] for nom in dict.fromkeys(colonnes)]
    open_ones = [c for c in wanted if c.nom not in SENSIBLE]
    closed = [c for c in wanted if c.nom in SENSIBLE]
    parts = ["d.id::text AS id", *(_select(c) for c in open_ones)]
    money = any(c.nom in ARGENT for c in open_ones)
    join = " LEFT JOIN demandes_argent a ON a.demande_id = d.id" if money else ""
    if closed:
        parts.append(ouverts.EMPREINTE if garde else "s.chiffre")
        join += " LEFT JOIN demandes_sensible s ON s.demande_id = d.id"
    frame = _copied(
        f"SELECT {', '.join(parts)} FROM demandes_demande d{join} WHERE d.territoire = %s ORDER BY d.id",
        [territoire],
        {
            "id": pl.String,
            **{c.nom: _read_as(c) for c in open_ones},
            **({"chiffre": pl.String} if closed else {}),
        },
    )
    made = frame.with_columns(_typed(c) for c in open_ones)
    if closed and garde:
        boxes = frame.select("id", empreinte="chiffre")
        made = made.drop("chiffre").with_columns(
            ouverts.opened(territoire, boxes, [c.nom for c in closed], lambda ids: _boxes(ids, closed))
        )
    elif closed:
        made = made.drop("chiffre").with_columns(_opened(frame["id"], frame["chiffre"], closed))
    return made.select("id", *(c.nom for c in wanted))


def read_events(territoire: str) -> pl.DataFrame:
    """Return the events of the requests of a territory: table ``evenements``."""
    columns = schema("evenements").colonnes
    frame = _copied(
        "SELECT d.numero_unique, e.evenement_date, e.evenement_type, e.adaptee::int AS adaptee"
        " FROM demandes_evenement e JOIN demandes_demande d ON d.id = e.demande_id"
        " WHERE d.territoire = %s ORDER BY e.id",
        [territoire],
        {c.nom: _read_as(c) for c in columns},
    )
    return frame.with_columns(_typed(c) for c in columns)


def _copied(
    requete: str, parametres: Sequence[object], types: dict[str, type[pl.DataType] | pl.DataType]
) -> pl.DataFrame:
    """Return the rows of a query, sent by COPY as CSV."""
    text = io.BytesIO()
    with connection.cursor() as cursor:
        bound = cursor.mogrify(requete, parametres)
        with cursor.copy(f"COPY ({bound}) TO STDOUT (FORMAT csv, NULL '{RIEN}')") as copy:
            for piece in copy:
                text.write(piece)
    if not text.tell():
        return pl.DataFrame(schema=types)
    return pl.read_csv(text.getvalue(), has_header=False, schema=types, null_values=[RIEN])


def _select(c: Colonne) -> str:
    source = f"a.{c.nom}" if c.nom in ARGENT else f"d.{c.nom}"
    if c.type == "booleen":
        return f"{source}::int"
    if c.type == "liste":
        return f"array_to_string({source}, '{_SEPARE}')"
    return source


def _read_as(c: Colonne) -> type[pl.DataType] | pl.DataType:
    """Type in which a column is read from CSV, before it takes its own."""
    kinds: dict[str, type[pl.DataType]] = {
        "booleen": pl.Int8, "date": pl.Date, "entier": pl.Int64, "cent": pl.Int64, "ensemble": pl.Int64
    }  # fmt: skip
    return kinds.get(c.type, pl.String)


def _typed(c: Colonne) -> pl.Expr:
    """Give a column its type of the registry."""
    column = pl.col(c.nom)
    if c.type == "liste":
        return column.str.split(_SEPARE)
    if c.type == "horodatage":
        return column.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us")
    return column.cast(c.dtype)


def _boxes(ids: pl.Series, colonnes: Sequence[Colonne]) -> pl.DataFrame:
    """Open the class 4 of some requests."""
    frame = _copied(
        "SELECT s.demande_id::text, s.chiffre FROM demandes_sensible s WHERE s.demande_id = ANY(%s::uuid[])",
        [ids.to_list()],
        {"id": pl.String, "chiffre": pl.String},
    )
    return frame.select("id").with_columns(_opened(frame["id"], frame["chiffre"], colonnes))


def _opened(ids: pl.Series, boites: pl.Series, colonnes: Sequence[Colonne]) -> list[pl.Series]:
    """Open the class 4 of each request, column by column."""
    keys = ids.str.replace_all("-", "", literal=True).str.decode("hex").to_list()
    boxes = boites.fill_null("\\x").str.slice(2).str.decode("hex").to_list()
    rows = list(decrypt_all(zip(keys, boxes, strict=True)))
    made = []
    for c in colonnes:
        values = [row.get(c.nom) for row in rows]
        kind = pl.String() if c.type in {"date", "code"} else c.dtype
        series = pl.Series(c.nom, values, dtype=kind)
        made.append(series.str.to_date() if c.type == "date" else series.cast(c.dtype))
    return made
