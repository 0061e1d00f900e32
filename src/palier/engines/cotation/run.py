"""Score a table: one pass over columns, then classes, states and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from palier.base.errors import Problem, TableError
from palier.base.provenance import Provenance, ValeurLue
from palier.engines.cotation.compiler import Plan, Program
from palier.engines.cotation.compiler.champs import Extremes
from palier.engines.cotation.compiler.programme import ETATS
from palier.engines.cotation.evenements import prepare_evenements
from palier.engines.cotation.model import Grille
from palier.engines.cotation.vigueur import motifs_de_simulation
from palier.law import LoiAu
from palier.tables import colonne, schema
from palier.tables.choix import choose, literal

# rows up to which whole columns cost less than a stream of pieces; beyond, pieces stay in the caches
PEU = 200_000


@dataclass(frozen=True)
class ScoreResult:
    """The scored table and where it comes from.

    Parameters
    ----------
    table : pl.DataFrame
        One row per request, in the order given: ``numero_unique``, ``systeme``,
        ``classe``, ``classe_rang`` (0 the best), ``total`` and
        ``total_verifie`` [points], ``etat``, ``motif_etat``, ``manque`` (bits of
        ``manquables``), and one ``pts__<critere>`` per criterion [points].
    manquables : tuple of str
        Names of the answers, and of the tables that may lack a threshold
        (``loi:<id>``, ``table:<id>``), that the bits of ``manque`` stand for.
    provenance : Provenance
        Grid, law, date and data.
    """

    table: pl.DataFrame
    manquables: tuple[str, ...]
    provenance: Provenance

    def manque_of(self, mask: int) -> tuple[str, ...]:
        """Return the names of missing answers."""
        return tuple(names_of(mask, self.manquables))

    def with_lists(self) -> pl.DataFrame:
        """Return the table with ``manque`` as a list of names, as it is written."""
        return self.table.with_columns(expand_manque(self.table["manque"], self.manquables))


def names_of(mask: int, manquables: tuple[str, ...]) -> Iterator[str]:
    """Name the bits of a mask, the lowest first."""
    while mask:
        low = mask & -mask
        yield manquables[low.bit_length() - 1]
        mask ^= low


def expand_manque(mask: pl.Series, manquables: tuple[str, ...]) -> pl.Series:
    """Turn a mask into a list of names; few masks are distinct, so each is made once."""
    distinct = mask.unique().sort()
    texts = ["|".join(names_of(m, manquables)) for m in distinct.to_list()]
    values = pl.Series("manque", texts, dtype=pl.String).str.extract_all(r"[^|]+")
    return values.gather(distinct.search_sorted(mask)).alias("manque")


def score(
    demandes: pl.DataFrame | pl.LazyFrame,
    program: Program,
    *,
    au: dt.date,
    evenements: pl.DataFrame | None = None,
    donnees_sha256: str = "",
    version: str = "",
    connues: Iterable[Grille] = (),
) -> ScoreResult:
    """Score requests with a compiled grid.

    Parameters
    ----------
    demandes : pl.DataFrame or pl.LazyFrame
        Table ``demandes``, any part of its columns with ``numero_unique`` and
        ``date_depot_initial``; one row per request.
    program : Program
        A grid compiled for the law of ``au``.
    au : date
        Date of the computation.
    evenements : pl.DataFrame, optional
        Table ``evenements``; without it what depends on events is unknown.
    donnees_sha256, version : str
        Kept in the provenance.
    connues : iterable of Grille
        Other grids that are known: one may have replaced this one.

    Returns
    -------
    ScoreResult
        In the order of the rows given.

    Raises
    ------
    TableError
        COT-080 if a required column is absent or has another type.
    ValueError
        If the law of the program is that of another date.

    References
    ----------
    R441-2-10 CCH, 11°.
    """
    if program.loi.date != au:
        raise ValueError("le programme est compilé pour la loi d'une autre date")
    frame, nullables, extremes = _input(demandes, program)
    given = evenements is not None and program.reads_evenements
    plan = program.plan(au, nullables, given, extremes)
    if evenements is not None and program.reads_evenements:
        frame = _join_events(frame, program, evenements, au)
    rows = demandes.height if isinstance(demandes, pl.DataFrame) else None
    table = run_plan(frame, program, plan, rows)
    provenance = Provenance(
        program.grille.sha256,
        read_law(program.loi, plan.lois),
        au,
        donnees_sha256,
        version,
        simulation=motifs_de_simulation(program.grille, au, connues),
    )
    return ScoreResult(table, program.manquables, provenance)


def read_law(loi: LoiAu, ids: frozenset[str]) -> tuple[ValeurLue, ...]:
    """Return the legal values read, for the provenance."""
    found = [loi.get(i) for i in sorted(ids)]
    return tuple(ValeurLue(v.id, v.du, v.verifie, v.sha256) for v in found)


def _input(
    demandes: pl.DataFrame | pl.LazyFrame, program: Program
) -> tuple[pl.LazyFrame, frozenset[str], Extremes]:
    """Select what the program reads; absent columns become unknown answers."""
    wanted = {nom: colonne(nom).dtype for nom in program.colonnes}
    given = demandes.collect_schema() if isinstance(demandes, pl.LazyFrame) else demandes.schema
    problems = []
    for nom, dtype in wanted.items():
        if nom not in given and nom in schema("demandes").obligatoires:
            problems.append(_column_problem(nom, "absente", "Ajoutez-la : elle est obligatoire."))
        elif nom in given and given[nom] != dtype:
            advice = f"Il faut {dtype} ; passez par « palier demandes importer »."
            problems.append(_column_problem(nom, f"de type {given[nom]}", advice))
    if problems:
        raise TableError(problems)
    known = [nom for nom in wanted if nom in given]
    absent = {nom: literal(None, wanted[nom]) for nom in wanted if nom not in given}
    if isinstance(demandes, pl.LazyFrame):
        frame, nullables, extremes = demandes.select(known), set(wanted) - {"numero_unique"}, Extremes()
    else:
        kept = demandes.select(known)
        nullables = {nom for nom, count in zip(known, kept.null_count().row(0), strict=True) if count}
        frame, nullables, extremes = kept.lazy(), nullables | set(absent), Extremes(demandes)
    return frame.with_columns(**absent) if absent else frame, frozenset(nullables), extremes


def _column_problem(nom: str, constat: str, que_faire: str) -> Problem:
    return Problem("COT-080", "table demandes", f"La colonne « {nom} » est {constat}.", que_faire)


def _join_events(
    frame: pl.LazyFrame, program: Program, evenements: pl.DataFrame, au: dt.date
) -> pl.LazyFrame:
    histories = program.historiques()
    starts = {getattr(c.mecanisme, "depuis", None) for c in histories.values()} - {None}
    base = frame.select("numero_unique", *sorted(str(s) for s in starts)).collect()
    prepared = prepare_evenements(base, evenements, histories, au).drop("numero_unique")
    return pl.concat([frame, prepared.lazy()], how="horizontal")


def run_plan(frame: pl.LazyFrame, program: Program, plan: Plan, rows: int | None = None) -> pl.DataFrame:
    """Run the stages of a plan and name the results.

    A plan has nothing left to optimize: a small table is run as it is written.
    """
    etats = pl.Enum(list(ETATS))
    motifs = pl.Enum(list(program.motifs))
    out = plan.sorties
    staged = frame
    for niveau in plan.niveaux:
        staged = staged.with_columns(**niveau)
    ok, motif = out["__ok"], out["__motif"]
    points = {nom: expr for nom, expr in out.items() if nom.startswith("pts__")}
    refused = program.motifs.index("rapport_indefini") + 1
    etat = choose(
        [
            (motif == refused, literal("refusee", etats)),
            (~ok, literal("hors_champ", etats)),
            (out["__manque"] != 0, literal("note_partielle", etats)),
        ],
        literal("note", etats),
    )
    few = rows is not None and rows <= PEU
    flags = pl.QueryOptFlags.none() if few else pl.QueryOptFlags()
    return staged.select(
        "numero_unique",
        systeme=pl.when(out["__hors"] == 0).then(_systeme(program, out["__systeme"])),
        classe=pl.when(ok).then(_classe(program, out["__classe"], out["__systeme"])),
        classe_rang=pl.when(ok).then(out["__classe"]),
        total=pl.when(ok).then(out["__total"]),
        total_verifie=pl.when(ok).then(out["__verifie"]),
        etat=etat,
        motif_etat=pl.when(motif > 0).then(motif - literal(1, pl.UInt8())).cat.to(motifs),
        manque=out["__manque"],
        **points,
    ).collect(engine="in-memory" if few else "streaming", optimizations=flags)


def _systeme(program: Program, rang: pl.Expr) -> pl.Expr:
    """Name the system of a rank."""
    noms = [s.id for s in program.grille.systemes]
    dtype = pl.Enum(noms)
    named = [literal(nom, dtype) for nom in noms]
    return named[0] if len(noms) == 1 else choose([(rang == i, lit) for i, lit in enumerate(named)])


def _classe(program: Program, rang: pl.Expr, systeme_rang: pl.Expr) -> pl.Expr:
    """Name the class of a rank, system by system."""
    dtype = pl.Enum(list(program.classes))
    pairs = []
    for place, systeme in enumerate(program.grille.systemes):
        for number, classe in enumerate(systeme.classes):
            test = rang == number
            if len(program.grille.systemes) > 1:
                test = test & (systeme_rang == place)
            pairs.append((test, literal(classe.id, dtype)))
    return choose(pairs, literal(None, dtype))
