"""DuckDB: the same rules as one SQL query over a table in its memory, result as Arrow.

Four steps by common table expressions, like the hand-written Polars query;
points on one byte. Runs in the venv of the neighbours.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from bench.manques import reads
from bench.mesure import Empreinte, Mesure

Regle = dict[str, Any]


def load(con: duckdb.DuckDBPyConnection, parquet: Path, k: dict[str, Any]) -> None:
    """Put the stock in a native table, nomenclatures as ENUM, and the legal ceilings beside it."""
    for nom, codes in k["codes"].items():
        if codes and nom not in ("motifs", "publics_valides"):
            con.execute(f"CREATE TYPE t_{nom} AS ENUM ({', '.join(repr(c) for c in codes)})")
    typed = ", ".join(
        f"{nom}::t_{nom} AS {nom}"
        for nom, codes in k["codes"].items()
        if codes and nom not in ("motifs", "publics_valides")
    )
    con.execute(f"CREATE TABLE d AS SELECT * REPLACE ({typed}) FROM read_parquet('{parquet}')")


def test_of(c: Regle, k: dict[str, Any]) -> str:
    """SQL of a condition: true, false or NULL."""
    col = c.get("colonne")
    if c["forme"] == "bits":
        return f"({col} & {c['masque']}) <> 0"
    if c["forme"] == "vrai":
        return "isole" if col == "parent_isole" else str(col)
    if c["forme"] == "codes":
        return f"{col} IN ({', '.join(repr(code) for code in c['codes'])})"
    if c["forme"] == "jour":
        day = f"DATE '1970-01-01' + {c['jour']}"
        return f"{col} <= {day}" if c["avant"] else f"{col} > {day}"
    if c["forme"] == "plafond":
        values = k["plafonds"][c["table"]]
        return f"{col} {'<=' if c['sous'] else '>'} {values}[(cat - 1) * 3 + enum_code(zone) + 1]"
    return f"{col} >= {c['seuil']}"


def points_of(c: Regle, k: dict[str, Any]) -> str:
    """SQL of the points of a criterion, NULL where unknown."""
    forme = c["forme"]
    if forme == "cases":
        codes, whens = k["codes"][c["colonne"]], []
        whens = [f"WHEN '{code}' THEN {v}" for code, v in zip(codes, c["valeurs"], strict=True) if v]
        chain = f"CASE {c['colonne']} {' '.join(whens)} ELSE 0 END"
        return f"CASE WHEN {c['colonne']} IS NOT NULL THEN {chain} END"
    if forme == "bandes":
        num, den = (f"{c[n]}::BIGINT" for n in ("num", "den"))
        whens = [
            f"WHEN {num} * {q} {'<=' if inc else '<'} {den} * {p} THEN {v}" for inc, p, q, v in c["bandes"]
        ]
        known = f"{c['num']} IS NOT NULL AND {c['den']} > 0"
        return f"CASE WHEN {known} THEN CASE {' '.join(whens)} ELSE {c['reste']} END END"
    if forme == "mois":
        return (
            f"least({c['plafond']}, greatest(0, datediff('month', {c['colonne']}, jour)"
            f" - (day({c['colonne']}) > day(jour))::INT))"
        )
    if forme == "fois":
        return f"least({c['plafond']}, {c['colonne']}::INT * {c['points']})"
    test = test_of(c, k)
    return f"CASE WHEN {test} THEN {c['points']} WHEN NOT ({test}) THEN 0 END"


def family(f: Regle, checked: bool) -> str:
    """SQL of one family: rule, then bounds."""
    parts = []
    for c in f["criteres"]:
        value = f"coalesce(p_{c['id']}, 0)"
        if checked and c["niveau"]:
            proofs = " AND ".join(f"({c['niveau']} & {m}) <> 0" for m in c["preuves"])
            value = f"CASE WHEN {proofs} THEN {value} ELSE 0 END"
        parts.append(value)
    made = (
        f"greatest({', '.join(parts)})"
        if f["maximum"]
        else "(" + " + ".join(f"{p}::SMALLINT" for p in parts) + ")"
    )
    if f["plafond"] is not None:
        made = f"least({made}, {f['plafond']})"
    return f"greatest({made}, {f['plancher']})" if f["plancher"] is not None else made


def missing(k: dict[str, Any]) -> str:
    """SQL of the mask of missing answers."""
    limit = f"DATE '1970-01-01' + {k['au_moins_12_mois']}"
    old = f"(date_renouvellement IS NULL AND date_depot_initial < {limit})"
    blamed: dict[str, list[str]] = {"date_renouvellement": [old]}
    for f in k["familles"]:
        for c in f["criteres"]:
            if c["forme"] == "mois":
                continue
            test = f"p_{c['id']} IS NULL"
            if f["maximum"]:
                test += f" AND f_{f['id']} < {max(c['points'], 0)}"
            for nom in reads(c):
                extra = f" AND {nom} IS NULL"
                if nom == "conjoint_naissance":
                    extra += " AND en_couple AND cat IS NULL"
                elif nom == "naissance" and c["forme"] == "plafond":
                    extra += " AND cat IS NULL"
                blamed.setdefault(nom, []).append(f"({test}{extra})")
            if c["id"] == "effort":
                none = "loyer_net_cent IS NOT NULL AND ressources_mensuelles_cent IS NOT NULL"
                blamed.setdefault("ressources_mensuelles_cent", []).append(f"({test} AND {none})")
    bits = [
        f"CASE WHEN {' OR '.join(tests)} THEN {1 << k['manquables'].index(nom)}::UBIGINT ELSE 0::UBIGINT END"
        for nom, tests in blamed.items()
    ]
    return " | ".join(bits)


def sql(k: dict[str, Any]) -> str:
    """The whole query."""
    criteria = [c for f in k["familles"] for c in f["criteres"]]
    points = ", ".join(f"({points_of(c, k)})::TINYINT AS p_{c['id']}" for c in criteria)
    declared = ", ".join(f"({family(f, False)})::SMALLINT AS f_{f['id']}" for f in k["familles"])
    total = " + ".join(f"f_{f['id']}" for f in k["familles"])
    checked = " + ".join(f"({family(f, True)})::SMALLINT" for f in k["familles"])
    out = ", ".join(f"CASE WHEN ok THEN p_{c['id']} END AS pts__{c['id']}" for c in criteria)
    ages = "datediff('month', {0}, jour) - (day({0}) > day(jour))::INT"
    one, other = (ages.format(nom) for nom in ("naissance", "conjoint_naissance"))
    young = f"en_couple AND (({one}) // 12 + ({other}) // 12 <= 55)"
    net = "loyer_cent + charges_cent - aide_logement_cent"
    return f"""
WITH a AS (
  SELECT *, DATE '1970-01-01' + {k["au"]} AS jour,
    CASE WHEN {net} >= 0 THEN {net} WHEN {net} < 0 THEN 0 END AS loyer_net_cent,
    NOT en_couple AND nb_a_charge >= 1 AS isole,
    ressources_mensuelles_cent::BIGINT * 120 AS ressources_uc_annuelles_cent,
    nb_personnes::INT * 5 + 5 - nb_moins_14::INT * 2 AS uc_dixieme
  FROM d
), b AS (
  SELECT *, CASE WHEN nb_a_charge IS NULL OR en_couple IS NULL OR nb_carte_invalidite IS NULL THEN NULL
      ELSE CASE WHEN nb_personnes = 2 THEN CASE
            WHEN nb_a_charge >= 1 AND NOT en_couple THEN 3 WHEN {young} THEN 3 WHEN NOT ({young}) THEN 2 END
          WHEN nb_personnes - nb_a_charge = 1 AND nb_a_charge >= 2 THEN nb_personnes + 1
          ELSE nb_personnes END + (nb_carte_invalidite >= 1)::INT END AS cat,
    CASE WHEN date_depot_initial > jour THEN 1 WHEN statut = 'radiee' THEN 2 WHEN statut = 'attribuee' THEN 3
      WHEN date_renouvellement < DATE '1970-01-01' + {k["au_moins_12_mois"]} THEN 4 ELSE 0 END AS hors
  FROM a
), c AS (
  SELECT *, {points},
    CASE WHEN hors <> 0 THEN hors
      WHEN coalesce(ressources_mensuelles_cent = 0 AND loyer_net_cent > 0, false) THEN 7 ELSE 0 END AS motif
  FROM b
), e AS (SELECT *, motif = 0 AS ok, {declared} FROM c
), f AS (SELECT *, least({k["plafond"]}, greatest({k["plancher"]}, {total})) AS t, least({k["plafond"]},
    greatest({k["plancher"]}, {checked})) AS v,
    CASE WHEN ok THEN {missing(k)} ELSE 0::UBIGINT END AS manque FROM e)
SELECT numero_unique, CASE WHEN ok THEN t END AS total, CASE WHEN ok THEN v END AS total_verifie,
  (CASE WHEN hors <> 0 THEN 2 WHEN motif = 7 THEN 3 WHEN manque <> 0 THEN 1 ELSE 0 END)::UTINYINT AS etat,
  nullif(motif, 0)::UTINYINT AS motif_etat, manque, {out}
FROM f
"""


RANG = """
WITH long AS (
  SELECT s.numero_unique, d.territoire, t.i AS typologie, s.total, d.date_depot_initial, d.horodatage_depot
  FROM s POSITIONAL JOIN d, (SELECT unnest(range(8))::TINYINT AS i) t
  WHERE s.total IS NOT NULL AND CASE WHEN t.i = 7 THEN coalesce(d.typologies = 0, true)
    ELSE (d.typologies & (1 << t.i)) <> 0 END)
SELECT numero_unique, territoire, typologie, total,
  rank() OVER (PARTITION BY territoire, typologie ORDER BY total DESC) AS rang,
  row_number() OVER (PARTITION BY territoire, typologie
    ORDER BY total DESC, date_depot_initial, horodatage_depot, numero_unique) AS ordre
FROM long
"""


def digest(table: Any, criteres: list[str], tout: bool) -> str:
    """The same digest as the other contestants."""
    made = Empreinte(table.num_rows)
    for nom in (
        [f"pts__{c}" for c in criteres] + ["total"] + (["total_verifie", "etat", "manque"] if tout else [])
    ):
        column = table[nom].combine_chunks()
        known = np.asarray(column.is_valid()) if column.null_count else None
        made.add(nom, np.asarray(column.fill_null(0)), known)
    return made.text()


def main() -> None:
    """Load, run, digest."""
    travail = Path(__file__).parents[1] / "travail"
    taille = int(sys.argv[1])
    k = json.loads((travail / f"brut-{taille}" / "constantes.json").read_text())
    con = duckdb.connect()
    load(con, travail / f"demandes-{taille}.parquet", k)
    text = sql(k)
    mesure = Mesure()
    rang = None
    table, files = con.sql(text).to_arrow_table(), None
    if "--rang" in sys.argv:
        con.register("s", table)
        files = con.sql(RANG).to_arrow_table()
    mesure.stop()
    if files is not None:
        con.register("files", files)
        serial, place = "substr(numero_unique, 8, 6)::HUGEINT", "(territoire::HUGEINT * 8 + typologie)"
        sums = con.execute(
            f"SELECT count(*), sum(rang * {place}), sum(ordre * {serial}), sum(rang * {serial}),"
            f" sum(ordre::HUGEINT * total * {place}) FROM files"
        ).fetchone()
        rang = "-".join(str(int(v)) for v in sums or ())
    criteres = k["criteres"]
    mesure.say(
        table.num_rows,
        empreinte=digest(table, criteres, True),
        points=digest(table, criteres, False),
        rang=rang,
    )


if __name__ == "__main__":
    main()
