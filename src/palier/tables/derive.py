"""Derived columns, made here and nowhere else, as Polars expressions.

Each derived column is a function of columns of ``demandes``, of the law and of
a date: the date of the computation, or a date column where a grid freezes a
value. An unknown source gives an unknown result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from palier.law import LoiAu
from palier.tables.choix import choose, literal
from palier.tables.jours import TOUTES, Jours, earliest_birth_table, months_between, months_since, years_table
from palier.tables.registre import colonne

DATES = {
    "age": "naissance",
    "anciennete_mois": "date_depot_initial",
    "logement_mois": "logement_depuis",
    "sans_emploi_mois": "sans_emploi_depuis",
}
PIECES = {"chambre": 1, "t1": 1, "t2": 2, "t3": 3, "t4": 4, "t5": 5, "t6": 6}
CATEGORIE_MAX = 31
INCERTAINS = frozenset({"categorie_menage", "plafond_max_code"})  # unknown even from known answers
# a derived column that is unknown as soon as one source is, whatever the others say
STRICTES = frozenset(
    {
        "age",
        "anciennete_mois",
        "logement_mois",
        "sans_emploi_mois",
        "loyer_net_cent",
        "uc_dixieme",
        "surface_minimale_m2",
        "suroccupe",
        "sous_occupe",
        "ressources_uc_annuelles_cent",
    }
)
# a derived column that is never zero nor less
POSITIFS = frozenset({"uc_dixieme", "surface_minimale_m2"})
# a derived column that is a multiple of one answer, so that ratios stay in narrow integers
MULTIPLES = {"ressources_uc_annuelles_cent": ("ressources_mensuelles_cent", 120)}
UC_CLES = ("premier", "14_ans_ou_plus", "moins_de_14_ans")


@dataclass(frozen=True)
class Contexte:
    """What a derivation needs.

    The date, the law, how to read other derived columns, and the days that a
    column holds.
    """

    au: dt.date
    loi: LoiAu
    fige: str | None = None
    lire: Callable[[str], pl.Expr] | None = None
    jours: Callable[[str], Jours] = lambda nom: TOUTES

    def read(self, nom: str) -> pl.Expr:
        """Return another derived column: computed by the caller, else here."""
        return self.lire(nom) if self.lire is not None else derive(nom, self)

    def months(self, date_colonne: str) -> pl.Expr:
        """Complete months from a date column to the date of evaluation."""
        if self.fige is not None:
            return months_between(pl.col(date_colonne), pl.col(self.fige))
        return months_since(pl.col(date_colonne), self.au, self.jours(date_colonne))

    def years(self, date_colonne: str) -> pl.Expr:
        """Complete years from a date column to the date of evaluation."""
        if self.fige is not None:
            return self.months(date_colonne) // literal(12)
        jours = self.jours(date_colonne)
        return jours.gather(years_table(self.au, jours), pl.col(date_colonne))


def _age(ctx: Contexte) -> pl.Expr:
    return ctx.years("naissance")


def _positive_months(date_colonne: str) -> Callable[[Contexte], pl.Expr]:
    def derive(ctx: Contexte) -> pl.Expr:
        known = pl.col(date_colonne).is_not_null()
        if ctx.fige is not None:
            known = known & pl.col(ctx.fige).is_not_null()
        return pl.when(known).then(pl.max_horizontal(ctx.months(date_colonne), literal(0)))

    return derive


def _loyer_net(ctx: Contexte) -> pl.Expr:
    net = pl.col("loyer_cent") + pl.col("charges_cent") - pl.col("aide_logement_cent")
    return pl.when(net < 0).then(literal(0, pl.Int32())).otherwise(net)


def _uc(ctx: Contexte) -> pl.Expr:
    persons, young = pl.col("nb_personnes").cast(pl.Int16), pl.col("nb_moins_14").cast(pl.Int16)
    tenths = {key: ctx.loi.lookup("unites_consommation", (key,)) for key in UC_CLES}
    first, other, child = (int(tenths[k] * 10) for k in UC_CLES)
    return literal(first - other) + persons * literal(other) + young * literal(child - other)


def _jeune_menage(ctx: Contexte) -> pl.Expr:
    limit = int(ctx.loi.nombre("jeune_menage_ages"))
    one, other, couple = pl.col("naissance"), pl.col("conjoint_naissance"), pl.col("en_couple")
    if ctx.fige is not None:
        young = ctx.years("naissance") + ctx.years("conjoint_naissance") <= limit
    else:
        jours = ctx.jours("naissance")
        after = jours.gather_known(earliest_birth_table(ctx.au, limit, jours), one)
        young = pl.when(one.is_not_null()).then(other.to_physical() > after)
    return pl.when(couple.is_not_null()).then(couple & young)


def _parent_isole(ctx: Contexte) -> pl.Expr:
    return ~pl.col("en_couple") & (pl.col("nb_a_charge") >= 1)


def _categorie(ctx: Contexte) -> pl.Expr:
    """Category of the ceilings; unknown where the household contradicts itself."""
    n, d = pl.col("nb_personnes"), pl.col("nb_a_charge")
    couple, cards = pl.col("en_couple"), pl.col("nb_carte_invalidite")
    adults, junior = n - d, ctx.read("jeune_menage")
    # a household of two: a young one counts one more, and its ages must be known
    coherent = (d < n) & ((adults > 1) | ~couple) & couple.is_not_null() & cards.is_not_null()
    known = coherent & (junior.is_not_null() | (n != 2))
    more = ((n == 2) & junior) | ((adults == 1) & (d >= 1))
    return pl.when(known).then(n + more.cast(pl.UInt8) + (cards >= 1).cast(pl.UInt8))


def _surface(persons: pl.Expr, loi: LoiAu) -> pl.Expr:
    norm = [int(loi.lookup("surface_minimale", (str(min(max(k, 1), 8)),))) for k in range(256)]
    return pl.lit(pl.Series(norm, dtype=pl.Int16)).gather(persons)


def _surface_minimale(ctx: Contexte) -> pl.Expr:
    return _surface(pl.col("nb_personnes"), ctx.loi)


def _suroccupe(ctx: Contexte) -> pl.Expr:
    return pl.col("logement_surface_m2") < _surface(pl.col("logement_nb_occupants"), ctx.loi)


def _sous_occupe(ctx: Contexte) -> pl.Expr:
    extra = int(ctx.loi.nombre("sous_occupation"))
    rooms = pl.lit(pl.Series([PIECES[c] for c in colonne("logement_type").codes], dtype=pl.UInt8))
    return rooms.gather(pl.col("logement_type").to_physical()) > pl.col("nb_personnes") + literal(
        extra, pl.UInt8()
    )


def cell(loi: LoiAu, table: str, key: tuple[str, ...]) -> int | None:
    """Return one whole value of a legal table, None where the table has no such key."""
    found = loi.get(table).cell(key)
    return None if found is None else int(found)


def ceiling(loi: LoiAu, table: str, categorie: pl.Expr, zone: pl.Expr) -> pl.Expr:
    """Income ceiling in euros of a table by category and zone, as one gather."""
    zones = colonne("zone").codes
    cells = [cell(loi, table, (str(c), z)) for c in range(1, CATEGORIE_MAX + 1) for z in zones]
    place = (categorie.cast(pl.Int32) - 1) * len(zones) + zone.to_physical().cast(pl.Int32)
    inside = pl.when(place < len(cells)).then(place).otherwise(pl.lit(0, dtype=pl.Int32))
    found = pl.lit(pl.Series(cells, dtype=pl.Int32)).gather(inside)
    return pl.when(place < len(cells)).then(found)


def _plafond_max(ctx: Contexte) -> pl.Expr:
    cat, zone = ctx.read("categorie_menage"), pl.col("zone")
    income = pl.col("rfr_n2_eur")
    dtype = colonne("plafond_max_code").dtype
    plai, plus, pls = (ceiling(ctx.loi, f"plafonds_{k}", cat, zone) for k in ("plai", "plus", "pls"))
    pairs = [
        (income <= limit, pl.lit(code, dtype=dtype))
        for code, limit in (("plai", plai), ("plus", plus), ("pls", pls))
    ]
    known = income.is_not_null() & plai.is_not_null() & plus.is_not_null() & pls.is_not_null()
    return pl.when(known).then(choose(pairs, pl.lit("hors", dtype=dtype)))


def _ressources_uc(ctx: Contexte) -> pl.Expr:
    base, times = MULTIPLES["ressources_uc_annuelles_cent"]
    return pl.col(base).cast(pl.Int64) * times


_DERIVES: dict[str, Callable[[Contexte], pl.Expr]] = {
    "age": _age,
    "anciennete_mois": _positive_months("date_depot_initial"),
    "logement_mois": _positive_months("logement_depuis"),
    "sans_emploi_mois": _positive_months("sans_emploi_depuis"),
    "loyer_net_cent": _loyer_net,
    "uc_dixieme": _uc,
    "jeune_menage": _jeune_menage,
    "parent_isole": _parent_isole,
    "categorie_menage": _categorie,
    "surface_minimale_m2": _surface_minimale,
    "suroccupe": _suroccupe,
    "sous_occupe": _sous_occupe,
    "plafond_max_code": _plafond_max,
    "ressources_uc_annuelles_cent": _ressources_uc,
}

LOIS: dict[str, tuple[str, ...]] = {
    "uc_dixieme": ("unites_consommation",),
    "jeune_menage": ("jeune_menage_ages",),
    "categorie_menage": ("jeune_menage_ages",),
    "surface_minimale_m2": ("surface_minimale",),
    "suroccupe": ("surface_minimale",),
    "sous_occupe": ("sous_occupation",),
    "plafond_max_code": ("jeune_menage_ages", "plafonds_plai", "plafonds_plus", "plafonds_pls"),
}


def derive(nom: str, ctx: Contexte) -> pl.Expr:
    """Return the expression of a derived column.

    Parameters
    ----------
    nom : str
        A column of the registry with ``derive``.
    ctx : Contexte
        Date, law and, where a grid freezes the value, its date column.

    Raises
    ------
    KeyError
        If the column is not derived.
    LoiError
        LOI-001 to LOI-007 if a legal value it needs cannot be had.
    """
    return _DERIVES[nom](ctx)


def sources(nom: str) -> tuple[str, ...]:
    """Return the base columns behind a column: itself, or its sources recursively."""
    parents = colonne(nom).derive
    if not parents:
        return (nom,)
    return tuple(dict.fromkeys(base for parent in parents for base in sources(parent)))
