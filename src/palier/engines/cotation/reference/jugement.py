"""The score of one request: is it in scope, by which system, with which points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from palier.base.exact import round_fraction
from palier.base.periods import add_months
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.model.parcours import code_of_table, tables_of
from palier.engines.cotation.reference.conditions import indefini, vrai
from palier.engines.cotation.reference.demande import Demande, Ligne
from palier.engines.cotation.reference.droit import VALIDITE
from palier.engines.cotation.reference.familles import juger_famille, manquants
from palier.engines.cotation.reference.mecanismes import borner
from palier.engines.cotation.reference.regle import Regle, rapports_de
from palier.engines.cotation.reference.traces import Nombre, ScoreRow, Trace, TraceCritere
from palier.engines.cotation.reference.vocabulaire import mots, sources


def score_row(regle: Regle, row: Ligne, au: dt.date, evenements: Sequence[Ligne] | None) -> ScoreRow:
    """Score one request.

    Parameters
    ----------
    regle : Regle
        From :func:`prepare`.
    row : mapping
        One row of ``demandes``; an absent column is unknown.
    au : date
        The day of the score.
    evenements : sequence of mappings, optional
        Events of the request; None if no table was given: unknown.
    """
    d = Demande(row, au, au, evenements, regle.droit)
    sans_reponse: list[n.Critere | n.Condition | str] = []
    motif = hors_champ(regle, d, sans_reponse)
    if motif is not None:
        return _sans_note(regle, "hors_champ", motif, Trace(d))
    systeme = choisir_systeme(regle.grille, d, sans_reponse)
    if systeme is None:
        return _sans_note(regle, "hors_champ", "aucun_systeme", Trace(d))
    familles = tuple(juger_famille(famille, d) for famille in systeme.familles)
    trace = Trace(d, systeme, familles)
    criteres = list(trace.criteres())
    if any(t.points is None and t.critere.absent == "hors_champ" for t in criteres):
        return _sans_note(regle, "hors_champ", "reponse_absente", trace)
    indefinis = tuple(t for t in criteres if id(t.critere) in regle.rapports and _est_indefini(regle, t))
    if indefinis:
        trace = Trace(d, systeme, familles, indefinis=indefinis)
        return _sans_note(regle, "refusee", "rapport_indefini", trace)
    for famille in familles:
        sans_reponse += manquants(famille)
    force = premier_vrai(systeme.forces, d, sans_reponse)
    classe = premier_vrai(systeme.classes, d, sans_reponse)
    manque = sorted({nom for part in sans_reponse for nom in a_demander(part, d)})
    return ScoreRow(
        etat="note_partielle" if manque else "note",
        motif_etat=None,
        systeme=systeme.id,
        classe=classe.id if classe is not None else None,
        classe_rang=systeme.classes.index(classe) if classe is not None else len(systeme.classes),
        total=totaliser(regle.grille, force, [famille.points for famille in familles]),
        total_verifie=totaliser(regle.grille, force, [famille.verifies for famille in familles]),
        points=dict.fromkeys(regle.criteres) | {t.critere.id: t.points for t in criteres},
        manque=tuple(manque),
        trace=Trace(d, systeme, familles, force),
        au=au,
    )


def _sans_note(regle: Regle, etat: str, motif: str, trace: Trace) -> ScoreRow:
    systeme = trace.systeme.id if trace.systeme is not None else None
    points = dict.fromkeys(regle.criteres)
    return ScoreRow(etat, motif, systeme, None, None, None, None, points, (), trace, trace.demande.au)


def hors_champ(regle: Regle, d: Demande, sans_reponse: list[Any]) -> str | None:
    """Return why a request is not scored, or None; the first reason is the one."""
    depot, renouvellement, statut = (
        d.lire(c) for c in ("date_depot_initial", "date_renouvellement", "statut")
    )
    if depot is not None and depot > d.au:
        return "posterieure"
    if statut in ("radiee", "attribuee"):
        return str(statut)
    if renouvellement is not None and renouvellement < limite_de_validite(d):
        return "expiree"
    if doit_etre_renouvelee(d):
        sans_reponse.append("date_renouvellement")
    if regle.droit.communes is not None:
        localisations = d.lire("localisations")
        if localisations is None:
            sans_reponse.append("localisations")
        elif regle.droit.communes.isdisjoint(localisations):
            return "autre_territoire"
    exclusion = premier_vrai(regle.grille.hors_champ, d, sans_reponse)
    return exclusion.motif if exclusion is not None else None


def limite_de_validite(d: Demande) -> dt.date:
    """Return the day before which a request, filed or renewed, has expired."""
    return add_months(d.au, -int(d.droit.nombre(VALIDITE)))


def doit_etre_renouvelee(d: Demande) -> bool:
    """Tell whether a request lives only if it was renewed, and nobody says that it was."""
    depot = d.lire("date_depot_initial")
    return d.lire("date_renouvellement") is None and depot is not None and depot < limite_de_validite(d)


def choisir_systeme(grille: n.Grille, d: Demande, sans_reponse: list[Any]) -> n.Systeme | None:
    """Return the first system whose condition holds, else the one without condition."""
    conditionnels = tuple(s for s in grille.systemes if s.si is not None)
    defaut = next((s for s in grille.systemes if s.si is None), None)
    return premier_vrai(conditionnels, d, sans_reponse) or defaut


def premier_vrai(choix: Iterable[Any], d: Demande, sans_reponse: list[Any]) -> Any:
    """Return the first whose condition holds; without condition it always does.

    An unknown condition is passed over, and its answers are asked for.
    """
    for candidat in choix:
        reponse = True if candidat.si is None else vrai(candidat.si, d)
        if reponse:
            return candidat
        if reponse is None:
            sans_reponse.append(candidat.si)
    return None


def totaliser(grille: n.Grille, force: n.Force | None, familles: Sequence[Nombre]) -> int:
    """Add the families, or take the forced value; cap, floor, and the one rounding."""
    somme: Nombre = sum(familles) if force is None else force.total
    valeur: Nombre = borner(somme, grille.plafond, grille.plancher)
    return valeur if isinstance(valeur, int) else round_fraction(valeur, grille.arrondi)


def _est_indefini(regle: Regle, t: TraceCritere) -> bool:
    return any(indefini(rapport, t.demande) for rapport in regle.rapports[id(t.critere)])


def a_demander(part: n.Critere | n.Condition | str, d: Demande) -> Iterator[str]:
    """Name the answers that are missing to a criterion or a condition, and the tables that lack a value.

    If nothing is missing and the result is still unknown, name what to look at
    again: what something is divided by if it is zero, else the first answer
    read (a household that contradicts itself).
    """
    if isinstance(part, str):
        yield part
        return
    colonnes = n.columns_of_critere(part) if isinstance(part, n.Critere) else n.columns_of(part)
    found = [nom for colonne in colonnes for nom in reponses_absentes(colonne, d)]
    found += [code_of_table(table) for table in tables_of(part) if est_sans_case(table, d)]
    if found:
        yield from found
    else:
        bas = [r.denominateur for r in rapports_de(part) if (d.lire(r.denominateur) or 0) <= 0]
        yield sources((bas or colonnes)[0])[0]


def reponses_absentes(colonne: str, d: Demande) -> Iterator[str]:
    """Name the answers that are missing and would make a column known.

    Nobody is asked for what would change nothing: the sources of a value that
    is known, or the birth of the spouse of someone who lives alone.
    """
    parts = mots()[colonne].derive if colonne in mots() else ()
    if not parts and est_absente(colonne, d):
        yield colonne
    if not parts or d.lire(colonne) is not None:
        return
    for part in parts:
        if part != "conjoint_naissance" or d.lire("en_couple") is True:
            yield from reponses_absentes(part, d)


def est_sans_case(table: n.RefTable, d: Demande) -> bool:
    """Tell whether a table has no value for a known key: the law or the grid lacks, not the answer."""
    cle = d.connus(*table.par)
    return cle is not None and d.droit.cellule(table, tuple(str(part) for part in cle)) is None


def est_absente(nom: str, d: Demande) -> bool:
    """Tell whether an answer given by the request is missing."""
    return d.evenements is None if nom == "evenements" else d.ligne.get(nom) is None
