"""What an explanation prepares once for each criterion and condition of a grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from palier.base.explanation import Explanation, Phrase
from palier.engines.cotation.explain_criteres import condition_de, redaction
from palier.engines.cotation.explain_phrases import lectures, lu, p
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.reference import Regle, TraceCritere
from palier.engines.cotation.reference.demande import Demande
from palier.engines.cotation.reference.droit import lois_de
from palier.engines.cotation.reference.jugement import a_demander
from palier.law.model import ValeurLegale


@dataclass(frozen=True, slots=True)
class Fiche:
    """One criterion ready to be explained."""

    parts: tuple[str | n.Rapport, ...]
    regle: Callable[[TraceCritere], Phrase]
    preuve: Explanation | None
    lois: tuple[Explanation, ...]
    reference: str | None
    enfants: bool


@dataclass(frozen=True, slots=True)
class FicheCondition:
    """One condition ready to be explained."""

    parts: tuple[str | n.Rapport, ...]
    si: Callable[[Demande], Phrase]


def fiche_critere(regle: Regle, c: n.Critere) -> Fiche:
    """Return what is prepared for a criterion, made at its first use."""
    found = regle.memoire.get(id(c))
    if not isinstance(found, Fiche):
        valeurs = [regle.droit.valeurs[id_] for id_ in lois_de(c)]
        lois = tuple(_non_verifiee(valeur) for valeur in valeurs if not valeur.verifie)
        textes = [text for text in (c.reference, *(reference_de(valeur) for valeur in valeurs)) if text]
        found = regle.memoire[id(c)] = Fiche(
            parts=lectures(n.columns_of_critere(c), c),
            regle=redaction(c),
            preuve=_preuve(c),
            lois=lois,
            reference=" ; ".join(dict.fromkeys(textes)) or None,
            enfants=bool(lois) or isinstance(c.mecanisme, n.Compte | n.Cumul),
        )
    return found


def fiche_condition(regle: Regle, condition: n.Condition) -> FicheCondition:
    """Return what is prepared for a condition, made at its first use."""
    found = regle.memoire.get(id(condition))
    if not isinstance(found, FicheCondition):
        parts = lectures(n.columns_of(condition), condition)
        found = regle.memoire[id(condition)] = FicheCondition(parts, condition_de(condition))
    return found


def reference_de(valeur: ValeurLegale) -> str:
    """Cite the text of a legal value."""
    article = f", {valeur.reference.article}" if valeur.reference.article else ""
    return f"{valeur.reference.texte}{article}"


def _non_verifiee(valeur: ValeurLegale) -> Explanation:
    words = p("loi.non_verifiee", du_date=valeur.du.isoformat())
    return Explanation("loi", valeur.libelle, regle=words, reference=reference_de(valeur))


def _preuve(c: n.Critere) -> Explanation | None:
    if c.preuve == "declare":
        return None
    if not c.faits:
        return Explanation("preuve", "", regle=p("preuve.impossible"))
    faits = [p("preuve.fait", faits_codes=["verifie_piece", *groupe]) for groupe in c.faits]
    return Explanation("preuve", "", regle=p(f"preuve.{c.preuve}", faits_et=faits))


def inconnue(regle: Regle, condition: n.Condition, d: Demande, code: str) -> Explanation:
    """Write a condition passed over because an answer is missing."""
    fiche = fiche_condition(regle, condition)
    return Explanation(
        code=code,
        libelle="",
        lu=lu(fiche.parts, d, {}),
        regle=p(code, si=fiche.si(d)),
        manque=tuple(sorted(set(a_demander(condition, d)))),
    )


def libelle(part: n.Critere | n.Famille, langue: str) -> str:
    """Return the public name in a language, in French if the grid gives no other."""
    return part.libelle_en if langue == "en" and part.libelle_en else part.libelle
