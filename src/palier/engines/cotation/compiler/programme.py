"""From a grid to a plan of named columns over the table ``demandes``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import reduce
from operator import and_, or_

import polars as pl

from palier.base.errors import Problem, RuleFileError
from palier.base.periods import add_months
from palier.engines.cotation.compiler.champs import Champs, Extremes
from palier.engines.cotation.compiler.conditions import condition, ratio_undefined
from palier.engines.cotation.compiler.criteres import Points, clamped, compile_critere, ratios_of, verified
from palier.engines.cotation.compiler.familles import Manque, Membres, Somme, add_sommes, compile_famille
from palier.engines.cotation.model.nodes import (
    Bandes,
    Case,
    Compte,
    Condition,
    Contient,
    Critere,
    Cumul,
    Egal,
    Famille,
    Fixe,
    Grille,
    Parmi,
    Rapport,
    RefTable,
    Systeme,
    columns_of,
    columns_of_critere,
)
from palier.law import LoiAu
from palier.tables import schema
from palier.tables.choix import choose, literal
from palier.tables.derive import LOIS, STRICTES, sources

ETATS = ("note", "note_partielle", "hors_champ", "refusee")
TOUJOURS = ("numero_unique", "date_depot_initial", "statut", "date_renouvellement")
PREUVES = ("verifie_piece", "verifie_social", "verifie_etat")
EVENEMENTS = "evenements"
ARRONDISSEMENTS = {"75056": tuple(f"751{number:02d}" for number in range(1, 21))}
MOTIFS_GENERAUX = ("posterieure", "radiee", "attribuee", "expiree", "autre_territoire")


@dataclass
class Plan:
    """Temporaries by level, each level reading those before, then the results."""

    niveaux: list[dict[str, pl.Expr]] = field(default_factory=list)
    sorties: dict[str, pl.Expr] = field(default_factory=dict)
    lois: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Program:
    """A grid compiled for a law: what it reads, and its plan for a date and a table."""

    grille: Grille
    loi: LoiAu
    colonnes: tuple[str, ...]
    communes: tuple[str, ...]
    motifs: tuple[str, ...]
    classes: tuple[str, ...]

    @property
    def reads_evenements(self) -> bool:
        """Tell whether some criterion needs the child table of events."""
        return bool(self.historiques())

    @property
    def manquables(self) -> tuple[str, ...]:
        """Answers that may be missing; place ``i`` is bit ``i`` of ``manque``."""
        return (EVENEMENTS, *sorted(set(self.colonnes) - {"numero_unique", *PREUVES}))

    def historiques(self) -> dict[str, Critere]:
        """Return the criteria on events by name of their prepared column."""
        variants = variants_of(self.grille).items()
        return {nom: c for nom, c in variants if isinstance(c.mecanisme, Compte | Cumul)}

    def plan(
        self,
        au: dt.date,
        nullables: frozenset[str],
        evenements: bool,
        extremes: Extremes | None = None,
    ) -> Plan:
        """Build the expressions for a date and a table.

        Parameters
        ----------
        au : date
            Date of the computation.
        nullables : frozenset of str
            Columns that may be null in the table.
        evenements : bool
            Whether the events were given.
        extremes : Extremes, optional
            Bounds of the numbers and dates of the table; without them products
            take 64 bits and days are clipped.
        """
        return _Builder(self, au, nullables, evenements, extremes or Extremes()).build()


def compile_grille(grille: Grille, loi: LoiAu) -> Program:
    """Compile a grid for the law of a date.

    Raises
    ------
    RuleFileError
        COT-070 if the communes of the territory are not known.
    LoiError
        If a legal value that the grid reads cannot be had.
    """
    read: dict[str, None] = dict.fromkeys(TOUJOURS)
    conditions = [h.si for h in grille.hors_champ]
    for systeme in grille.systemes:
        conditions += [systeme.si] if systeme.si is not None else []
        conditions += [c.si for c in systeme.classes if c.si is not None] + [f.si for f in systeme.forces]
        for famille in systeme.familles:
            conditions += _factor_conditions(famille)
        for critere in systeme.criteres():
            read.update(dict.fromkeys(columns_of_critere(critere)))
    for node in conditions:
        read.update(dict.fromkeys(columns_of(node)))
    bases = dict.fromkeys(b for nom in read if nom != EVENEMENTS for b in sources(nom))
    communes = communes_of(grille, loi)
    if communes:
        bases["localisations"] = None
    asked = {c.preuve for s in grille.systemes for c in s.criteres()} - {"declare"}
    levels = dict(zip(("piece", "travailleur_social", "etat"), PREUVES, strict=True))
    bases.update(dict.fromkeys(levels[p] for p in levels if p in asked))
    order = [c.nom for c in schema("demandes").colonnes if c.nom in bases]
    motifs = ("posterieure", "radiee", "attribuee", "expiree", "autre_territoire")
    motifs += tuple(dict.fromkeys(h.motif for h in grille.hors_champ)) + (
        "reponse_absente",
        "rapport_indefini",
    )
    classes = tuple(dict.fromkeys(c.id for s in grille.systemes for c in s.classes))
    for id_ in lois_of(grille, tuple(read)):
        loi.get(id_)
    return Program(grille, loi, tuple(order), communes, motifs, classes)


def lois_of(grille: Grille, colonnes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tables of the law that a grid reads, directly or by a derived column."""
    found = {id_ for nom in colonnes if nom in LOIS for id_ in LOIS[nom]}
    found |= {node.id for node in _refs(grille) if node.loi}
    return tuple(sorted(found))


def _refs(node: object) -> list[RefTable]:
    """Find the thresholds read in tables, anywhere below a node."""
    if isinstance(node, RefTable):
        return [node]
    if isinstance(node, tuple):
        return [ref for item in node for ref in _refs(item)]
    if is_dataclass(node):
        return [ref for item in fields(node) for ref in _refs(getattr(node, item.name))]
    return []


def _factor_conditions(famille: Famille) -> list[Condition]:
    found = [f.si for f in famille.facteurs]
    for member in famille.membres:
        if isinstance(member, Famille):
            found += _factor_conditions(member)
    return found


def communes_of(grille: Grille, loi: LoiAu) -> tuple[str, ...]:
    """Return the communes of the territory of a grid, sorted; empty if it has none.

    Raises
    ------
    RuleFileError
        COT-070 if the territory is an EPCI whose communes nobody gave.
    """
    named = grille.communes or ((grille.territoire,) if len(grille.territoire or "") == 5 else ())
    if named:
        return tuple(sorted({part for code in named for part in (code, *ARRONDISSEMENTS.get(str(code), ()))}))
    if grille.territoire is None:
        return ()
    table = loi.get("epci_communes").table or {}
    found = sorted({key[-1] for key in table if key[0] == grille.territoire})
    if not found:
        raise RuleFileError(
            Problem(
                "COT-070",
                grille.origine,
                f"Les communes du territoire {grille.territoire} ne sont pas connues.",
                'Ajoutez « communes: ["67482", …] » à la grille.',
            )
        )
    return tuple(found)


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


class _Builder:
    def __init__(
        self,
        program: Program,
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
        self.variants = variants_of(self.grille)
        self.points: dict[str, Points] = {}
        self.manques: list[Manque] = []
        self.single = len(self.grille.systemes) == 1
        self.systeme = self._temporary("systeme", self._systeme())
        self.hors = pl.lit(0)

    def build(self) -> Plan:
        self._criteria()
        self._etats()
        self._sorties()
        self.plan.niveaux = self.champs.levels()
        self.plan.lois = frozenset(self.champs.lus)
        return self.plan

    def _criteria(self) -> None:
        for name, critere in self.variants.items():
            made = compile_critere(self.champs, critere, name, self.evenements)
            value = self._temporary(f"points__{name}", made.valeur)
            known = self._known(name, critere, made)
            self.points[name] = Points(value, known, made.bas, made.haut, made.infini)

    def _known(self, name: str, critere: Critere, made: Points) -> pl.Expr | None:
        """Name the test of being known: one for all criteria that read the same single answer."""
        if made.connu is None:
            return None
        read = columns_of_critere(critere)
        node = critere.mecanisme
        plain = isinstance(node, Case) or (
            isinstance(node, Fixe) and isinstance(node.si, Egal | Contient | Parmi)
        )
        single = len(read) == 1 and critere.garde is None and plain
        key = ("connu", read[0]) if single else ("connu", name, "")
        connu = made.connu
        return self.champs.temporary(key, f"connu__{read[0] if single else name}", lambda: connu)

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
        au, limit = self.au, add_months(self.au, -12)
        statut = pl.col("statut")
        tests = {
            "posterieure": pl.col("date_depot_initial") > au,
            "radiee": statut == literal("radiee", schema("demandes")["statut"].dtype),
            "attribuee": statut == literal("attribuee", schema("demandes")["statut"].dtype),
            "expiree": pl.col("date_renouvellement") < limit,
        }
        found = [*tests.items(), *self._territory(), *self._hors_champ()]
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
            Membres(self.champs, {}, {}, {}, self.manques).unknown_condition(rule.si)
        return found

    def _refusals(self) -> pl.Expr:
        """Add the reasons that depend on the system: absent answer, undefined ratio."""
        absent: list[pl.Expr] = []
        undefined: list[pl.Expr] = []
        for systeme in self.grille.systemes:
            inside = self._in(systeme)
            for critere in systeme.criteres():
                points = self.points[self._variant(systeme, critere)]
                if critere.absent == "hors_champ" and points.connu is not None:
                    absent.append(_inside(inside, ~points.connu))
                ratios = _ratios(critere)
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
        totals = [self._total(systeme, False) for systeme in self.grille.systemes]
        checked = [self._total(systeme, True) for systeme in self.grille.systemes]
        out["__total"] = self._by_system(totals)
        out["__verifie"] = self._by_system(checked)
        classes = self._by_system([self._classe(s) for s in self.grille.systemes])
        out["__classe"] = self._temporary("classe", classes)
        missing = pl.when(ok).then(self._manque()).otherwise(literal(0, pl.UInt64()))
        out["__manque"] = self._temporary("manque", missing)
        for nom, variants in self.grille.criteres().items():
            out[f"pts__{nom}"] = self._output(nom, variants, ok)

    def _by_system(self, exprs: list[pl.Expr]) -> pl.Expr:
        if self.single or all(e.meta.eq(exprs[0]) for e in exprs):
            return exprs[0]
        return pl.when(self.systeme == 0).then(exprs[0]).otherwise(exprs[1])

    def _total(self, systeme: Systeme, verifie: bool) -> pl.Expr:
        names = {c.id: self._variant(systeme, c) for c in systeme.criteres()}
        points = {nom: self.points[v] for nom, v in names.items()}
        tests = {c.id: self._verified(c) for c in systeme.criteres()}
        found: list[Manque] = []
        membres = Membres(self.champs, points, names, tests, found)
        made = add_sommes([compile_famille(membres, f, verifie) for f in systeme.familles])
        pairs = []
        earlier: pl.Expr | None = None
        for force in systeme.forces:
            test = condition(self.champs, force.si)
            if not verifie:
                membres.unknown_condition(force.si, earlier)
            earlier = test.fill_null(False) if earlier is None else earlier | test.fill_null(False)
            pairs.append((test, literal(force.total, pl.Int32())))
        if not verifie:
            inside = self._in(systeme)
            self.manques += [_restrict(m, inside) for m in found]
        return self._capped(made, pairs)

    def _capped(self, made: Somme, forces: list[tuple[pl.Expr, pl.Expr]]) -> pl.Expr:
        """Apply the forced values, the cap and floor of the total, and the one rounding.

        The cap is a whole number, so that rounding before it or after it is the same.
        """
        cap, floor = self.grille.plafond, self.grille.plancher
        if made.echelle == 1 and not forces:
            return clamped(made.expr, made.bas, made.haut, cap, floor)[0].cast(pl.Int32)
        total = choose(forces, self._rounded(made).cast(pl.Int32))
        if cap is not None:
            total = pl.min_horizontal(total, literal(cap, pl.Int32()))
        return total if floor is None else pl.max_horizontal(total, literal(floor, pl.Int32()))

    def _verified(self, critere: Critere) -> pl.Expr | None:
        test = verified(self.champs, critere)
        if test is None:
            return None
        return self.champs.temporary((critere.preuve, critere.faits), "verifie", lambda: test)

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
                found: list[Manque] = []
                Membres(self.champs, {}, {}, {}, found).unknown_condition(classe.si, earlier)
                self.manques += [_restrict(m, inside) for m in found]
            earlier = test.fill_null(False) if earlier is None else earlier | test.fill_null(False)
            pairs.append((test, rank))
        return choose(pairs, literal(len(systeme.classes), pl.UInt8()))

    def _output(self, nom: str, variants: tuple[Critere, ...], ok: pl.Expr) -> pl.Expr:
        holders = [(s, c) for s in self.grille.systemes for c in s.criteres() if c.id == nom]
        exprs = []
        for systeme, critere in holders:
            points = self.points[self._variant(systeme, critere)]
            known = points.connu if critere.absent == "manque" else None
            exprs.append((self._in(systeme), points.valeur, known))
        exprs = [(inside, value, self._published(known, ok)) for inside, value, known in exprs]
        everywhere = len(holders) == len(self.grille.systemes)
        if everywhere and all(c == variants[0] for c in variants):
            _, value, known = exprs[0]
            return pl.when(known).then(value)
        return choose(
            [(known if inside is None else known & inside, value) for inside, value, known in exprs]
        )

    def _published(self, known: pl.Expr | None, ok: pl.Expr) -> pl.Expr:
        """Test that points are published: the row is scored and they are known."""
        if known is None:
            return ok
        return self.champs.temporary(("publie", str(known)), "publie", lambda: ok & known)

    def _manque(self) -> pl.Expr:
        """Bits of the base columns that are null and blamed by something missing."""
        for systeme in self.grille.systemes:
            if systeme.si is not None:
                Membres(self.champs, {}, {}, {}, self.manques).unknown_condition(systeme.si)
        blamed: dict[str, list[pl.Expr]] = {}
        whole: dict[str, pl.Expr] = {}
        for manque in self.manques:
            nulls = self._null_tests(manque.colonnes)
            for base, (test, sure) in nulls.items():
                if manque.strict and sure and manque.sur is None:
                    whole[base] = test
                    continue
                made = test & (
                    manque.sur if manque.strict and sure and manque.sur is not None else manque.test
                )
                blamed.setdefault(base, []).append(made)
            if manque.defaut is not None and self._may_lack_reason(manque):
                base = sources(manque.defaut)[0] if manque.defaut != EVENEMENTS else EVENEMENTS
                made = reduce(and_, [~test for test, _ in nulls.values()], manque.test)
                blamed.setdefault(base, []).append(made)
        found = {base: tests for base, tests in blamed.items() if base not in whole}
        found |= {base: [test] for base, test in whole.items()}
        return self._mask(found)

    def _may_lack_reason(self, manque: Manque) -> bool:
        """Tell whether something may be unknown although every answer it reads is known."""
        return not manque.strict or manque.incertain

    def _mask(self, blamed: dict[str, list[pl.Expr]]) -> pl.Expr:
        """Build the mask eight bits at a time, wide integers last."""
        octets: list[pl.Expr | None] = [None] * 8
        for base, tests in sorted(blamed.items()):
            octet, place = divmod(self.program.manquables.index(base), 8)
            bit = pl.when(reduce(or_, tests)).then(literal(1 << place, pl.UInt8()))
            one, before = bit.otherwise(literal(0, pl.UInt8())), octets[octet]
            octets[octet] = one if before is None else before | one
        for dtype, bits in ((pl.UInt16(), 8), (pl.UInt32(), 16), (pl.UInt64(), 32)):
            pairs = zip(octets[::2], octets[1::2], strict=True)
            octets = [_join_bits(low, high, dtype, bits) for low, high in pairs]
        return literal(0, pl.UInt64()) if octets[0] is None else octets[0]

    def _null_tests(self, colonnes: tuple[str, ...]) -> dict[str, tuple[pl.Expr, bool]]:
        """Test, for each base column, that it is null and asked for; and whether that suffices."""
        found: dict[str, list[tuple[pl.Expr, bool]]] = {}
        for nom in colonnes:
            if nom == EVENEMENTS:
                if not self.evenements:
                    found.setdefault(EVENEMENTS, []).append((pl.lit(True), False))
                continue
            for base in sources(nom):
                if base not in self.champs.nullables:
                    continue
                test = pl.col(base).is_null()
                sure = nom == base or nom in STRICTES
                if base == "conjoint_naissance" and nom != base:
                    test = test & pl.col("en_couple").fill_null(False)
                if not sure:
                    test = test & self.champs.expr(nom).is_null()
                found.setdefault(base, []).append((test, sure))
        merged = {}
        for base, tests in found.items():
            certain = [test for test, sure in tests if sure]
            merged[base] = (certain[0], True) if certain else (reduce(or_, [t for t, _ in tests]), False)
        return merged


def _join_bits(low: pl.Expr | None, high: pl.Expr | None, dtype: pl.DataType, bits: int) -> pl.Expr | None:
    """Put two halves side by side in an integer twice as wide."""
    if high is None:
        return None if low is None else low.cast(dtype)
    shifted = high.cast(dtype) * literal(1 << bits, dtype)
    return shifted if low is None else shifted | low.cast(dtype)


def _restrict(manque: Manque, inside: pl.Expr | None) -> Manque:
    """Limit a reason to the rows of one system."""
    if inside is None:
        return manque
    only = inside if manque.sur is None else inside & manque.sur
    return replace(manque, test=inside & manque.test, sur=only)


def _inside(inside: pl.Expr | None, test: pl.Expr) -> pl.Expr:
    return test if inside is None else inside & test


def _ratios(critere: Critere) -> list[Rapport]:
    found = ratios_of(critere.garde) if critere.garde is not None else []
    if isinstance(critere.mecanisme, Bandes) and isinstance(critere.mecanisme.source, Rapport):
        found = [*found, critere.mecanisme.source]
    if isinstance(critere.mecanisme, Fixe):
        found = [*found, *ratios_of(critere.mecanisme.si)]
    return found


__all__ = ["ETATS", "EVENEMENTS", "Plan", "Program", "communes_of", "compile_grille", "variants_of"]
