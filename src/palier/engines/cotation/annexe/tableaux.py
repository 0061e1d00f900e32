"""Criteria and weights: one table per family, one row per thing that gives points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palier.base.mots import nombre
from palier.engines.cotation.annexe.mots import Plume, decimal, safe
from palier.engines.cotation.model.nodes import (
    REMISE_A_ZERO,
    Bandes,
    Case,
    Compte,
    Critere,
    Cumul,
    Famille,
    Fixe,
    Lineaire,
)
from palier.tables import colonne

Rang = tuple[str, str, str]
_UNITES = {1: "mois", 3: "trimestre", 6: "semestre", 12: "annee"}
_PREUVES = {"piece": "verifie_piece", "travailleur_social": "verifie_social", "etat": "verifie_etat"}


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a Markdown table."""
    lines = [list(header), *[list(row) for row in rows]]
    written = ["| " + " | ".join(cells) + " |" for cells in lines]
    written.insert(1, "|" + " --- |" * len(lines[0]))
    return "\n".join(written)


def famille_text(plume: Plume, famille: Famille, niveau: int = 4) -> Iterator[str]:
    """Write a family: its title, its rule, its table, then its sets of options."""
    yield f"{'#' * min(niveau, 6)} {safe(famille.libelle)}"
    yield " ".join(_regle(plume, famille))
    rows = [
        (safe(label), safe(condition), points, safe(preuve(plume, critere)), safe(_reference(plume, critere)))
        for critere in famille.membres
        if isinstance(critere, Critere)
        for label, condition, points in criterion_rows(plume, critere)
    ]
    if rows:
        yield table(
            [plume.dit(f"colonne.{k}") for k in ("critere", "condition", "points", "preuve", "reference")],
            rows,
        )
    notes = [
        note for member in famille.membres if isinstance(member, Critere) for note in _notes(plume, member)
    ]
    if notes:
        yield "\n".join(f"- {note}" for note in notes)
    for member in famille.membres:
        if isinstance(member, Famille):
            yield plume.dit("famille.option", famille=safe(famille.libelle), option=safe(member.libelle))
            yield from famille_text(plume, member, niveau + 1)


def _regle(plume: Plume, famille: Famille) -> Iterator[str]:
    yield plume.dit(f"famille.{famille.regle}")
    if famille.plafond is not None:
        yield plume.dit("famille.plafond", points=famille.plafond)
    if famille.plancher is not None:
        yield plume.dit("famille.plancher", points=famille.plancher)
    for facteur in famille.facteurs:
        yield plume.dit(
            "famille.facteur", fois=decimal(facteur.fois), condition=safe(plume.condition(facteur.si))
        )


def criterion_rows(plume: Plume, critere: Critere) -> Iterator[Rang]:
    """Yield label, condition and points of each case of a criterion."""
    for label, condition, points in _mechanism_rows(plume, critere):
        yield label, condition, plume.joint("virgule", [points, *_caps(plume, critere)])


def _notes(plume: Plume, critere: Critere) -> Iterator[str]:
    """Tell under the table what a row cannot hold: the measure, the guard, the frozen date."""
    label = safe(critere.libelle)
    if isinstance(critere.mecanisme, Bandes):
        yield plume.dit("note.mesure", critere=label, mesure=safe(plume.source(critere.mecanisme.source)))
    if critere.garde is not None:
        yield plume.dit("note.garde", critere=label, condition=safe(plume.condition(critere.garde)))
    if critere.fige is not None:
        yield plume.dit("note.fige", critere=label, colonne=safe(plume.nom(critere.fige)))


def _mechanism_rows(plume: Plume, critere: Critere) -> Iterator[Rang]:
    label = critere.libelle
    match critere.mecanisme:
        case Fixe(si, points):
            yield label, plume.condition(si), nombre(points)
        case Bandes(source, bandes):
            for bande in bandes:
                yield label, plume.bornes(bande.bornes, source), nombre(bande.points)
        case Case(nom, cases, autres):
            for code, points in cases:
                yield label, plume.code(nom, code), nombre(points)
            yield label, plume.dit("autres"), nombre(autres)
        case Lineaire() as lineaire:
            yield label, _lineaire(plume, lineaire), _unite(plume, lineaire)
        case Compte() as compte:
            yield label, _compte(plume, compte), _fois(plume, compte)
        case Cumul() as cumul:
            yield (
                label,
                _compte_courant(plume, cumul),
                plume.dit("cumul.bornes", bas=cumul.bas, haut=cumul.haut),
            )


def _lineaire(plume: Plume, node: Lineaire) -> str:
    if node.depuis is not None:
        said = plume.dit("depuis", colonne=plume.nom(node.depuis))
        after = plume.dit("au_dela_mois", mois=node.au_dela) if node.au_dela else ""
        return plume.joint("virgule", [said, after])
    nom = node.colonne or ""
    cents = colonne(nom).type == "cent"
    after = (
        plume.dit("au_dela", valeur=nombre(node.au_dela // 100 if cents else node.au_dela))
        if node.au_dela
        else ""
    )
    return plume.joint("virgule", [plume.nom(nom), after])


def _unite(plume: Plume, node: Lineaire) -> str:
    started = "commence" if node.entame else "complet"
    if node.depuis is not None:
        return plume.dit(f"unite.{_UNITES[node.mois]}.{started}", points=node.points)
    nom = node.colonne or ""
    if colonne(nom).type == "cent":
        return plume.dit(f"unite.euros.{started}", points=node.points, pas_cent=node.pas)
    if node.pas == 1:
        return plume.dit("unite.un", points=node.points)
    return plume.dit(f"unite.tranche.{started}", points=node.points, pas=node.pas)


def _compte(plume: Plume, node: Compte) -> str:
    said = [plume.code("evenement_type", node.evenement)]
    if node.adaptee is not None:
        said.append(plume.dit("adaptee" if node.adaptee else "non_adaptee"))
    if node.fenetre_mois is not None:
        said.append(plume.dit("fenetre", mois=node.fenetre_mois))
    return plume.joint("virgule", said)


def _fois(plume: Plume, node: Compte) -> str:
    once = "une_fois" if node.une_fois else "chaque_fois"
    if node.a_partir_de == 1:
        return plume.dit(f"{once}.des_le_premier", points=node.points)
    return plume.dit(f"{once}.a_partir_de", points=node.points, rang=node.a_partir_de)


def _compte_courant(plume: Plume, node: Cumul) -> str:
    said = [plume.dit("depuis", colonne=plume.nom(node.depuis))]
    if node.gagne:
        said.append(plume.dit("cumul.gagne", points=node.gagne))
    for kind, change in node.evenements:
        event = plume.code("evenement_type", kind)
        if change is None:
            said.append(plume.dit(f"cumul.{REMISE_A_ZERO}", evenement=event))
        else:
            said.append(plume.dit("cumul.evenement", evenement=event, points=change))
    return plume.joint("point_virgule", said)


def _caps(plume: Plume, critere: Critere) -> Iterator[str]:
    if critere.plafond is not None:
        yield plume.dit("au_plus", points=critere.plafond)
    if critere.plancher is not None:
        yield plume.dit("au_moins", points=critere.plancher)


def preuve(plume: Plume, critere: Critere) -> str:
    """Tell who must confirm the answer, and about what."""
    if critere.preuve == "declare":
        return plume.dit("preuve.declare")
    column = _PREUVES[critere.preuve]
    facts = plume.enumeration("et", [plume.codes(column, group) for group in critere.faits])
    said = plume.dit(f"preuve.{critere.preuve}")
    return plume.dit("preuve.sur", preuve=said, faits=facts) if facts else said


def _reference(plume: Plume, critere: Critere) -> str:
    letter = critere.priorite or ""
    public = ""
    if letter:
        public = plume.dit("public.dalo" if letter == "dalo" else "public", public=letter.replace("_", " "))
    return plume.joint("point_virgule", [public, critere.reference or ""])
