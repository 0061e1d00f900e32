"""From a grid to a plan of named columns over the table ``demandes``."""

from __future__ import annotations

import datetime as dt

from palier.base.errors import Problem, RuleFileError
from palier.engines.cotation.compiler.champs import Extremes
from palier.engines.cotation.compiler.manques import EVENEMENTS
from palier.engines.cotation.compiler.plan import PREUVES, Builder, Cadre, Plan, variants_of
from palier.engines.cotation.model.droit import COMMUNES, lire_lois, territoire_inconnu
from palier.engines.cotation.model.nodes import (
    Compte,
    Condition,
    Critere,
    Cumul,
    Famille,
    Grille,
    RefTable,
    columns_of,
    columns_of_critere,
)
from palier.engines.cotation.model.parcours import code_of_table, tables_of
from palier.law import LoiAu
from palier.tables import schema
from palier.tables.derive import LOIS, sources

BITS = 64  # of the mask of what is missing
ETATS = ("note", "note_partielle", "hors_champ", "refusee")
TOUJOURS = ("numero_unique", "date_depot_initial", "statut", "date_renouvellement")
VALIDITE = "demande_validite_mois"
ARRONDISSEMENTS = {"75056": tuple(f"751{number:02d}" for number in range(1, 21))}
MOTIFS_DE_SYSTEME = ("aucun_systeme", "reponse_absente", "rapport_indefini")
MOTIFS_GENERAUX = ("posterieure", "radiee", "attribuee", "expiree", "autre_territoire")


class Program(Cadre):
    """A grid compiled for a law: what it reads, and its plan for a date and a table."""

    @property
    def reads_evenements(self) -> bool:
        """Tell whether some criterion needs the child table of events."""
        return bool(self.historiques())

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
        return Builder(self, au, nullables, evenements, extremes or Extremes()).build()


def compile_grille(grille: Grille, loi: LoiAu) -> Program:
    """Compile a grid for the law of a date.

    Raises
    ------
    RuleFileError
        COT-070 if the communes of the territory are not known, COT-072 if the
        grid reads more answers than a mask can name.
    LoiError
        If legal values that the grid reads cannot be had: all their problems.
    """
    read: dict[str, None] = dict.fromkeys(TOUJOURS)
    tables: set[RefTable] = set()
    conditions = [h.si for h in grille.hors_champ]
    for systeme in grille.systemes:
        conditions += [systeme.si] if systeme.si is not None else []
        conditions += [c.si for c in systeme.classes if c.si is not None] + [f.si for f in systeme.forces]
        for famille in systeme.familles:
            conditions += _factor_conditions(famille)
        for critere in systeme.criteres():
            read.update(dict.fromkeys(columns_of_critere(critere)))
            tables.update(tables_of(critere))
    for node in conditions:
        read.update(dict.fromkeys(columns_of(node)))
        tables.update(tables_of(node))
    bases = dict.fromkeys(b for nom in read if nom != EVENEMENTS for b in sources(nom))
    general = frozenset({VALIDITE} | ({COMMUNES} if reads_communes(grille) else set()))
    lois = {t.id for t in tables if t.loi} | {id_ for nom in read for id_ in LOIS.get(nom, ())}
    lire_lois(loi, sorted(general | lois))
    communes = communes_of(grille, loi)
    if communes:
        bases["localisations"] = None
    asked = {c.preuve for s in grille.systemes for c in s.criteres()} - {"declare"}
    levels = dict(zip(("piece", "travailleur_social", "etat"), PREUVES, strict=True))
    bases.update(dict.fromkeys(levels[p] for p in levels if p in asked))
    order = [c.nom for c in schema("demandes").colonnes if c.nom in bases]
    local = dict.fromkeys(h.motif for h in grille.hors_champ)
    motifs = (*MOTIFS_GENERAUX, *local, *MOTIFS_DE_SYSTEME)
    classes = tuple(dict.fromkeys(c.id for s in grille.systemes for c in s.classes))
    validite = int(loi.nombre(VALIDITE))
    proofs = tuple(nom for nom in PREUVES if nom in read)
    names = tuple(sorted({code_of_table(ref) for ref in tables}))
    made = Program(grille, loi, tuple(order), communes, motifs, classes, validite, general, proofs, names)
    if len(made.manquables) > BITS:
        raise RuleFileError(_too_many(grille, len(made.manquables)))
    return made


def _too_many(grille: Grille, count: int) -> Problem:
    return Problem(
        "COT-072",
        grille.origine,
        f"La grille lit {count} réponses et tables ; Palier peut en suivre {BITS} par demande.",
        "Retirez les critères les moins utiles, ou groupez les tables qui se lisent par les mêmes colonnes.",
    )


def _factor_conditions(famille: Famille) -> list[Condition]:
    found = [f.si for f in famille.facteurs]
    for member in famille.membres:
        if isinstance(member, Famille):
            found += _factor_conditions(member)
    return found


def reads_communes(grille: Grille) -> bool:
    """Tell whether the communes of a grid are those that the law data gives for its EPCI."""
    return not grille.communes and grille.territoire is not None and len(grille.territoire) != 5


def communes_of(grille: Grille, loi: LoiAu) -> tuple[str, ...]:
    """Return the communes of the territory of a grid, sorted; empty if it has none.

    Raises
    ------
    RuleFileError
        COT-070 if the territory is an EPCI whose communes nobody gave.
    """
    alone = grille.territoire is not None and len(grille.territoire) == 5
    named = grille.communes or ((str(grille.territoire),) if alone else ())
    if named:
        return tuple(sorted({part for code in named for part in (code, *ARRONDISSEMENTS.get(code, ()))}))
    if grille.territoire is None:
        return ()
    table = loi.get(COMMUNES).table or {}
    found = sorted({key[-1] for key in table if key[0] == grille.territoire})
    if not found:
        raise territoire_inconnu(grille)
    return tuple(found)
