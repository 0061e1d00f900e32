"""The plan of a grid: named expressions by level, then the results."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

import polars as pl

from palier.base.errors import Problem, RuleFileError
from palier.base.periods import add_months
from palier.engines.cotation.compiler.champs import Champs, Extremes
from palier.engines.cotation.compiler.conditions import condition, ratio_undefined
from palier.engines.cotation.compiler.criteres import (
    Points,
    clamped,
    compile_critere,
    ratios_of_critere,
    verified,
)
from palier.engines.cotation.compiler.familles import (
    Membres,
    Somme,
    add_sommes,
    compile_famille,
    unknown_condition,
)
from palier.engines.cotation.compiler.manques import EVENEMENTS, Manque, missing_mask, restrict
from palier.engines.cotation.model.nodes import (
    Critere,
    Grille,
    Systeme,
)
from palier.law import LoiAu
from palier.tables import schema
from palier.tables.choix import choose, literal

# bounds are loose (every unit of every criterion at once): only what is far beyond 32 bits is refused
_ABSURD = 2**48
PREUVES = ("verifie_piece", "verifie_social", "verifie_etat")


@dataclass
class Plan:
    """Temporaries by level, each level reading those before, then the results."""

    niveaux: list[dict[str, pl.Expr]] = field(default_factory=list)
    sorties: dict[str, pl.Expr] = field(default_factory=dict)
    lois: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cadre:
    """What a compiled grid is made of.

    Parameters
    ----------
    grille : Grille
        The rule.
    loi : LoiAu
        The law of the date.
    colonnes : tuple of str
        Base columns that it reads, in the order of the registry.
    communes : tuple of str
        Communes of its territory; empty if it has none.
    motifs, classes : tuple of str
        Reasons not to be scored, and classes.
    validite_mois : int
        How long a request lives without renewal [months].
    lois_generales : frozenset of str
        Tables of the law read whatever the criteria: validity, communes.
    preuves_lues : tuple of str
        Columns of proofs that conditions read as answers.
    tables_lues : tuple of str
        Tables of thresholds that may lack a value, as ``loi:<id>`` or ``table:<id>``.
    """

    grille: Grille
    loi: LoiAu
    colonnes: tuple[str, ...]
    communes: tuple[str, ...]
    motifs: tuple[str, ...]
    classes: tuple[str, ...]
    validite_mois: int
    lois_generales: frozenset[str]
    preuves_lues: tuple[str, ...]
    tables_lues: tuple[str, ...]

    @property
    def manquables(self) -> tuple[str, ...]:
        """Answers and tables that may be missing; place ``i`` is bit ``i`` of ``manque``."""
        asked = sorted(set(self.colonnes) - {"numero_unique", *PREUVES})
        return (EVENEMENTS, *asked, *self.preuves_lues, *self.tables_lues)


def variants_of(grille: Grille) -> dict[str, Critere]:
    """Name each distinct criterion: its id, or id and system where systems differ."""
    found: dict[str, Critere] = {}
    for systeme in grille.systemes:
        for critere in systeme.criteres():
            name = critere.id
            if name in found and found[name] != critere:
                name = f"{critere.id}__{systeme.id}"
            found[name] = critere
    return found


class Builder:
    """Builds the plan of a program for one date and one kind of table."""

    def __init__(
        self,
        program: Cadre,
        au: dt.date,
        nullables: frozenset[str],
        evenements: bool,
        extremes: Extremes,
    ) -> None:
        self.program = program
        self.grille = program.grille
        self.au = au
        self.evenements = evenements
        self.champs = Champs(self.grille, program.loi, au, nullables, extremes)
        self.plan = Plan()
        self.criteres = {s.id: tuple(s.criteres()) for s in self.grille.systemes}
        self.variants = variants_of(self.grille)
        self.points: dict[str, Points] = {}
        self.partages: Counter[int] = Counter()
        self.preuves = Counter((c.preuve, c.faits) for c in self.variants.values())
        self.manques: list[Manque] = []
        self.single = len(self.grille.systemes) == 1
        self.systeme = self._temporary("systeme", self._systeme())
        self.hors = pl.lit(0)

    def build(self) -> Plan:
        """Build the whole plan."""
        self._criteria()
        self._etats()
        self._sorties()
        self.plan.niveaux = self.champs.levels()
        self.plan.lois = self.program.lois_generales | self.champs.lus
        return self.plan

    def _criteria(self) -> None:
        for name, critere in self.variants.items():
            made = compile_critere(self.champs, critere, name, self.evenements)
            value = self._temporary(f"points__{name}", made.valeur)
            known = self._known(name, critere, made)
            self.points[name] = Points(value, known, made.bas, made.haut)
            self.partages[id(known)] += 1

    def _known(self, name: str, critere: Critere, made: Points) -> pl.Expr | None:
        """Name the test of being known, unless it reads one column only."""
        connu = made.connu
        if connu is None or len(connu.meta.root_names()) == 1:
            return connu
        return self.champs.temporary(("connu_de", name), f"connu__{name}", lambda: connu)

    def _temporary(self, name: str, expr: pl.Expr) -> pl.Expr:
        return self.champs.temporary(name, name, lambda: expr)

    def _variant(self, systeme: Systeme, critere: Critere) -> str:
        return critere.id if self.variants[critere.id] == critere else f"{critere.id}__{systeme.id}"

    def _in(self, systeme: Systeme) -> pl.Expr | None:
        if self.single:
            return None
        return self.systeme == literal(self.grille.systemes.index(systeme), pl.UInt8())

    def _systeme(self) -> pl.Expr:
        default = next((i for i, s in enumerate(self.grille.systemes) if s.si is None), None)
        pairs = [
            (condition(self.champs, systeme.si), literal(place, pl.UInt8()))
            for place, systeme in enumerate(self.grille.systemes)
            if systeme.si is not None
        ]
        return choose(pairs, literal(default, pl.UInt8()))

    def _etats(self) -> None:
        """Give each row the number of its reason not to be scored, 0 if it has none."""
        au, limit = self.au, add_months(self.au, -self.program.validite_mois)
        statut = pl.col("statut")
        tests = {
            "posterieure": pl.col("date_depot_initial") > au,
            "radiee": statut == literal("radiee", schema("demandes")["statut"].dtype),
            "attribuee": statut == literal("attribuee", schema("demandes")["statut"].dtype),
            "expiree": pl.col("date_renouvellement") < limit,
        }
        if self.champs.nullable("date_renouvellement"):
            old = pl.col("date_depot_initial") < limit
            self.manques.append(Manque(old, ("date_renouvellement",), sur=old, strict=True, incertain=False))
        none = [("aucun_systeme", self.systeme.is_null())] if all(s.si for s in self.grille.systemes) else []
        found = [*tests.items(), *self._territory(), *self._hors_champ(), *none]
        pairs = [(test, self._number(motif)) for motif, test in found]
        self.hors = self._temporary("hors", choose(pairs, literal(0, pl.UInt8())))

    def _number(self, motif: str) -> pl.Expr:
        return literal(self.program.motifs.index(motif) + 1, pl.UInt8())

    def _territory(self) -> list[tuple[str, pl.Expr]]:
        if not self.program.communes:
            return []
        inside = pl.col("localisations").list.eval(pl.element().is_in(list(self.program.communes))).list.any()
        if self.champs.nullable("localisations"):
            test = pl.col("localisations").is_null()
            self.manques.append(Manque(test, ("localisations",)))
        return [("autre_territoire", ~inside)]

    def _hors_champ(self) -> list[tuple[str, pl.Expr]]:
        found = []
        for rule in self.grille.hors_champ:
            found.append((rule.motif, condition(self.champs, rule.si)))
            self.manques += unknown_condition(self.champs, rule.si)
        return found

    def _refusals(self) -> pl.Expr:
        """Add the reasons that depend on the system: absent answer, undefined ratio."""
        absent: list[pl.Expr] = []
        undefined: list[pl.Expr] = []
        for systeme in self.grille.systemes:
            inside = self._in(systeme)
            for critere in self.criteres[systeme.id]:
                points = self.points[self._variant(systeme, critere)]
                if critere.absent == "hors_champ" and points.connu is not None:
                    absent.append(_inside(inside, ~points.connu))
                ratios = ratios_of_critere(critere)
                tests = [ratio_undefined(self.champs, ratio) for ratio in ratios]
                undefined += [_inside(inside, test) for test in tests if test is not None]
        reasons = (("reponse_absente", absent), ("rapport_indefini", undefined))
        pairs = [(reduce(or_, tests), self._number(motif)) for motif, tests in reasons if tests]
        return choose([(self.hors != 0, self.hors), *pairs], literal(0, pl.UInt8()))

    def _sorties(self) -> None:
        out = self.plan.sorties
        motif = self._temporary("motif", self._refusals())
        ok = self._temporary("ok", motif == 0)
        out["__motif"], out["__ok"], out["__systeme"], out["__hors"] = motif, ok, self.systeme, self.hors
        totals = [self._totals(systeme) for systeme in self.grille.systemes]
        out["__total"] = self._temporary("total", self._by_system([declared for declared, _ in totals]))
        out["__verifie"] = self._temporary("verifie", self._by_system([checked for _, checked in totals]))
        classes = self._by_system([self._classe(s) for s in self.grille.systemes])
        out["__classe"] = self._temporary("classe", classes)
        missing = pl.when(ok).then(self._missing()).otherwise(literal(0, pl.UInt64()))
        out["__manque"] = self._temporary("manque", missing)
        holders: dict[str, list[tuple[Systeme, Critere]]] = {}
        for systeme in self.grille.systemes:
            for critere in self.criteres[systeme.id]:
                holders.setdefault(critere.id, []).append((systeme, critere))
        for nom, found in holders.items():
            out[f"pts__{nom}"] = self._output(found, ok)

    def _by_system(self, exprs: list[pl.Expr]) -> pl.Expr:
        if self.single or all(e.meta.eq(exprs[0]) for e in exprs):
            return exprs[0]
        return pl.when(self.systeme == 0).then(exprs[0]).otherwise(exprs[1])

    def _totals(self, systeme: Systeme) -> tuple[pl.Expr, pl.Expr]:
        """Return the declared and the verified total; what asks for no proof is added once."""
        criteres = self.criteres[systeme.id]
        points = {c.id: self.points[self._variant(systeme, c)] for c in criteres}
        tests = {c.id: self._verified(c) for c in criteres}
        membres = Membres(self.champs, points, tests)
        proven = [f for f in systeme.familles if membres.asks_proof(f)]
        common = [compile_famille(membres, f, False) for f in systeme.familles if f not in proven]
        if proven and len(common) > 1:
            made = add_sommes(common)
            column = self._temporary(f"commun__{systeme.id}", made.expr)
            common = [Somme(column, made.bas, made.haut, made.echelle)]
        declared = add_sommes([*common, *(compile_famille(membres, f, False) for f in proven)])
        checked = add_sommes([*common, *(compile_famille(membres, f, True) for f in proven)])
        if max(-declared.bas, declared.haut) >= _ABSURD * declared.echelle:
            raise RuleFileError(_too_large(self.grille, systeme))
        pairs = []
        earlier: pl.Expr | None = None
        for force in systeme.forces:
            test = condition(self.champs, force.si)
            membres.manques += unknown_condition(self.champs, force.si, earlier)
            earlier = test.fill_null(False) if earlier is None else earlier | test.fill_null(False)
            pairs.append((test, literal(force.total, pl.Int32())))
        inside = self._in(systeme)
        self.manques += [restrict(m, inside) for m in membres.manques]
        total = self._temporary(f"total__{systeme.id}", self._capped(declared, pairs, f"somme__{systeme.id}"))
        if not proven:
            return total, total
        made_checked = self._capped(checked, pairs, f"verifie_somme__{systeme.id}")
        return total, self._temporary(f"verifie__{systeme.id}", made_checked)

    def _capped(self, made: Somme, forces: list[tuple[pl.Expr, pl.Expr]], name: str) -> pl.Expr:
        """Apply the forced values, the cap and floor of the total, and the one rounding.

        The cap is a whole number, so that rounding before it or after it is the
        same. A sum has a name before it enters a branch: a bound inside a
        branch costs ten times more.
        """
        cap, floor = self.grille.plafond, self.grille.plancher
        if made.echelle == 1 and not forces:
            return clamped(made.expr, made.bas, made.haut, cap, floor)[0].cast(pl.Int32)
        rounded = self._rounded(made).cast(pl.Int32)
        total = choose(forces, self._temporary(name, rounded)) if forces else rounded
        if cap is not None:
            total = pl.min_horizontal(total, literal(cap, pl.Int32()))
        return total if floor is None else pl.max_horizontal(total, literal(floor, pl.Int32()))

    def _verified(self, critere: Critere) -> pl.Expr | None:
        test = verified(self.champs, critere)
        if test is None:
            return None
        key = (critere.preuve, critere.faits)
        if self.preuves[key] == 1:
            return test
        return self.champs.temporary(key, "preuve", lambda: test)

    def _rounded(self, made: Somme) -> pl.Expr:
        value, scale = made.expr.cast(pl.Int64), made.echelle
        if scale == 1:
            return value
        if self.grille.arrondi == "demi_haut":
            return (2 * value + scale) // (2 * scale)
        return value // scale if self.grille.arrondi == "inferieur" else -((-value) // scale)

    def _classe(self, systeme: Systeme) -> pl.Expr:
        """Rank of the class, 0 the best; the number of classes where none holds."""
        pairs = []
        earlier: pl.Expr | None = None
        inside = self._in(systeme)
        for place, classe in enumerate(systeme.classes):
            rank = literal(place, pl.UInt8())
            test = pl.lit(True) if classe.si is None else condition(self.champs, classe.si)
            if classe.si is not None:
                found = unknown_condition(self.champs, classe.si, earlier)
                self.manques += [restrict(m, inside) for m in found]
            earlier = test.fill_null(False) if earlier is None else earlier | test.fill_null(False)
            pairs.append((test, rank))
        return choose(pairs, literal(len(systeme.classes), pl.UInt8()))

    def _output(self, holders: list[tuple[Systeme, Critere]], ok: pl.Expr) -> pl.Expr:
        exprs: list[tuple[pl.Expr | None, pl.Expr, pl.Expr]] = []
        for systeme, critere in holders:
            points = self.points[self._variant(systeme, critere)]
            shown = self._published(points.connu if critere.absent == "manque" else None, ok)
            exprs.append((self._in(systeme), points.valeur, shown))
        everywhere = len(holders) == len(self.grille.systemes)
        if everywhere and all(c == holders[0][1] for _, c in holders):
            _, value, known = exprs[0]
            return pl.when(known).then(value)
        return choose(
            [(known if inside is None else known & inside, value) for inside, value, known in exprs]
        )

    def _missing(self) -> pl.Expr:
        for systeme in self.grille.systemes:
            if systeme.si is not None:
                self.manques += unknown_condition(self.champs, systeme.si)
        return missing_mask(self.champs, self.manques, self.program.manquables, self.evenements)

    def _published(self, known: pl.Expr | None, ok: pl.Expr) -> pl.Expr:
        """Test that points are published: the row is scored and they are known."""
        if known is None:
            return ok
        if self.partages[id(known)] == 1:
            return ok & known
        return self.champs.temporary(("publie", id(known)), "publie", lambda: ok & known)


def _inside(inside: pl.Expr | None, test: pl.Expr) -> pl.Expr:
    return test if inside is None else inside & test


def _too_large(grille: Grille, systeme: Systeme) -> Problem:
    return Problem(
        "COT-071",
        f"{grille.origine}, ligne {systeme.ligne}",
        f"Le total du système « {systeme.id} » peut dépasser deux milliards de points.",
        "Donnez un plafond aux critères qui comptent par unité, ou des points plus petits.",
    )
