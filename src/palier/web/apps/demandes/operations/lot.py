"""Send the tables of a load to the database: COPY into temporary tables, then one statement each.

PostgreSQL refuses a COPY into a table under row-level security; a temporary one has none, and the statement
that follows passes every row before the policy.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection

from palier.tables import schema
from palier.web.apps.demandes.chiffrement import encrypt_all
from palier.web.apps.demandes.models.colonnes import ARGENT, LIGNE, SENSIBLE
from palier.web.identifiants import uuid7
from palier.web.postgres.ecriture import copy_frame

_LIGNE_ECRITE = ("id", "territoire", "organismes", "expire_le", "radiee_le", "modifiee_le", *LIGNE)
_GARDEES = {"id", "territoire", "numero_unique", "organismes", "modifiee_le"}


def temporary(nom: str, like: str, columns: Sequence[str]) -> None:
    """Make a temporary table that has some columns of another one, for the transaction."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {nom}")
        cursor.execute(f"CREATE TEMP TABLE {nom} ON COMMIT DROP AS SELECT {names} FROM {like} WHERE false")


def as_array(nom: str) -> pl.Expr:
    """Write a list of texts as an array of PostgreSQL; codes hold no comma nor quote."""
    return pl.when(pl.col(nom).is_not_null()).then(
        pl.lit("{") + pl.col(nom).list.join(",") + pl.lit("}")
    ).alias(nom)  # fmt: skip


def identify(demandes: pl.DataFrame, territoire: str) -> pl.DataFrame:
    """Return ``numero_unique`` and ``id`` of each request: the known one, else a new one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numero_unique, id::text FROM demandes_demande WHERE territoire = %s", [territoire]
        )
        rows = cursor.fetchall()
    known = pl.DataFrame(rows, schema={"numero_unique": pl.String, "id": pl.String}, orient="row")
    made = demandes.select("numero_unique").join(known, on="numero_unique", how="left", maintain_order="left")
    fresh = iter([str(uuid7()) for _ in range(made["id"].null_count())])
    return made.with_columns(id=pl.Series([found or next(fresh) for found in made["id"]], dtype=pl.String))


def erased(territoire: str) -> list[str]:
    """Return the ids of the requests whose contents were erased: no file brings them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM demandes_demande WHERE territoire = %s AND effacee_le IS NOT NULL",
            [territoire],
        )
        return [pk for (pk,) in cursor.fetchall()]


def write_rows(
    demandes: pl.DataFrame, ids: pl.Series, organismes: Sequence[uuid.UUID], territoire: str,
    validite_mois: int, maintenant: dt.datetime,
) -> tuple[list[str], list[str]]:  # fmt: skip
    """Write the rows, their amounts and their closed boxes; return the ids made and the ids changed."""
    last = pl.coalesce("date_renouvellement", "date_depot_initial").dt.offset_by(f"{validite_mois}mo")
    frame = demandes.select(
        id=ids,
        territoire=pl.lit(territoire),
        organismes=pl.lit("{" + ",".join(map(str, organismes)) + "}"),
        expire_le=last,
        radiee_le=pl.lit(None, dtype=pl.Date),
        modifiee_le=pl.lit(maintenant.isoformat()),
        **{nom: pl.col(nom) for nom in LIGNE if nom not in {"localisations", "statut"}},
        localisations=as_array("localisations"),
        statut=pl.col("statut").fill_null("active"),
    ).select(_LIGNE_ECRITE)
    temporary("lot_demande", "demandes_demande", _LIGNE_ECRITE)
    copy_frame("lot_demande", frame)
    made, changed = _upsert(_LIGNE_ECRITE)
    _write_amounts(demandes, ids)
    _write_boxes(demandes, ids)
    return made, changed


def _upsert(columns: Sequence[str]) -> tuple[list[str], list[str]]:
    """Insert the new rows, bring the others up to date; an organisme that managed one goes on."""
    names = ", ".join(columns)
    kept = [nom for nom in columns if nom not in _GARDEES and nom != "radiee_le"]
    sets = ", ".join(f"{nom} = excluded.{nom}" for nom in kept)
    both = "ARRAY(SELECT DISTINCT unnest(d.organismes || excluded.organismes) ORDER BY 1)"
    old, new = (", ".join(f"{side}.{nom}" for nom in kept) for side in ("d", "excluded"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO demandes_demande AS d ({names}) SELECT {names} FROM lot_demande"
            f" ON CONFLICT (id) DO UPDATE SET {sets}, organismes = {both}, modifiee_le = excluded.modifiee_le"
            f" WHERE ({old}, d.organismes @> excluded.organismes) IS DISTINCT FROM ({new}, true)"
            " RETURNING id::text, xmax = 0"
        )
        rows = cursor.fetchall()
    return [pk for pk, fresh in rows if fresh], [pk for pk, fresh in rows if not fresh]


def _write_amounts(demandes: pl.DataFrame, ids: pl.Series) -> None:
    columns = ("demande_id", *ARGENT)
    temporary("lot_argent", "demandes_argent", columns)
    copy_frame("lot_argent", demandes.select(demande_id=ids, **{nom: pl.col(nom) for nom in ARGENT}))
    names, sets = ", ".join(columns), ", ".join(f"{nom} = excluded.{nom}" for nom in ARGENT)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO demandes_argent ({names}) SELECT {names} FROM lot_argent"
            f" ON CONFLICT (demande_id) DO UPDATE SET {sets}"
        )


def _write_boxes(demandes: pl.DataFrame, ids: pl.Series) -> None:
    """Close the class 4 of each request; a request that says none has an empty box: nothing shows."""
    rows = demandes.select(
        pl.col(nom).cast(pl.String) if schema("demandes")[nom].type in {"date", "code"} else pl.col(nom)
        for nom in SENSIBLE
    ).rows()
    boxes = _closed(ids, [_said(row) for row in rows])
    temporary("lot_sensible", "demandes_sensible", ("demande_id", "chiffre"))
    copy_frame("lot_sensible", pl.DataFrame({"demande_id": ids, "chiffre": boxes}))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO demandes_sensible (demande_id, chiffre) SELECT demande_id, chiffre FROM lot_sensible"
            " ON CONFLICT (demande_id) DO UPDATE SET chiffre = excluded.chiffre"
        )


def _closed(ids: pl.Series, valeurs: Sequence[dict[str, Any]]) -> list[str]:
    """Close values for their requests, written as COPY reads bytes."""
    keys = ids.str.replace_all("-", "", literal=True).str.decode("hex").to_list()
    return ["\\x" + box.hex() for box in encrypt_all(zip(keys, valeurs, strict=True))]


def _said(row: tuple[Any, ...]) -> dict[str, Any]:
    return {nom: value for nom, value in zip(SENSIBLE, row, strict=True) if value is not None}


_ENFANTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "personnes": (
        "demandes_personne",
        ("personne_rang", "personne_naissance", "personne_lien", "personne_garde", "personne_a_charge"),
    ),
    "ressources": ("demandes_ressource", ("personne_rang", "ressource_code", "ressource_cent")),
    "evenements": ("demandes_evenement", ("evenement_date", "evenement_type", "adaptee")),
    "publics": ("demandes_public", ("chiffre", "public_etat", "public_validateur", "public_date")),
}


def write_children(nom: str, frame: pl.DataFrame, numbers: pl.DataFrame) -> int:
    """Replace the rows of a child table that belong to the requests of the load; return how many."""
    table, columns = _ENFANTS[nom]
    rows = frame.join(numbers, on="numero_unique", how="inner", maintain_order="left")
    if nom == "publics":
        codes = rows["public_code"].cast(pl.String).to_list()
        closed = _closed(rows["id"], [{"public_code": code} for code in codes])
        rows = rows.with_columns(chiffre=pl.Series(closed, dtype=pl.String))
    present = [c for c in columns if c in rows.columns]
    temporary("lot_enfant", table, ("demande_id", *columns))
    copy_frame("lot_enfant", rows.select(pl.col("id").alias("demande_id"), *present))
    names = ", ".join(("demande_id", *columns))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} t USING lot_demande l WHERE t.demande_id = l.id")
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM lot_enfant")
    return rows.height
