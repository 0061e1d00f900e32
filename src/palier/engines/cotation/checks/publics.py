"""The priority publics of L441-1 and the DALO: what a grid must serve."""

from __future__ import annotations

from collections.abc import Iterator

from palier.engines.cotation.checks.constats import Constats
from palier.engines.cotation.checks.parcours import atoms, conditions, places
from palier.engines.cotation.checks.points import range_of_critere
from palier.engines.cotation.model.lecteur import ARTICLE_UNIFORME
from palier.engines.cotation.model.nodes import Case, Condition, Contient, Egal, Grille, Parmi, columns_of

# Codes and answers through which a grid serves a public of L441-1 (dated list in the law).
_PUBLICS_PAR_CODE = {
    "motifs": {
        "sans_logement": "k",
        "non_decent": "f",
        "impropre": "f",
        "expulsion": "l",
        "violences": "g",
        "handicap": "a",
    },
    "logement_mode": {"sans_abri": "k", "structure_hebergement": "d", "residence_vocation_sociale": "d"},
    "dalo": {"reconnu": "dalo"},
}
_PUBLICS_PAR_CODE["motif_principal"] = _PUBLICS_PAR_CODE["motifs"]
_PUBLICS_PAR_REPONSE = {
    "handicap": "a",
    "logement_non_decent": "f",
    "suroccupe": "j",
    "label_pdalhpd": "c",
    "label_accord_collectif": "c",
    "label_sortant_hebergement": "d",
}


def check_publics(constats: Constats) -> None:
    """Say that no criterion, or no criterion of a system, serves the priorities of the law."""
    grille = constats.grille
    if grille.cadre != "france":
        return
    line = grille.ligne("systemes")
    served = {systeme.id: set(_publics_of(grille, systeme.id)) for systeme in grille.systemes}
    if not any(served.values()):
        constats.add(
            "036",
            line,
            "Aucun critère, aucune classe ne sert les publics prioritaires (article L441-1) ni le DALO.",
            "Ajoutez au moins un critère avec des points, par exemple si: {dalo: reconnu}, ou nommez le "
            "public servi par un critère existant avec « priorite: l ».",
            ARTICLE_UNIFORME,
            grave=grille.completude == "complete",
        )
        return
    for systeme in grille.systemes:
        if not served[systeme.id]:
            words = f"le système « {systeme.id} » ne sert aucun public prioritaire de l'article L441-1."
            advice = "Reprenez-y un critère prioritaire : une demande de mutation peut être prioritaire."
            constats.warn("036", systeme.ligne, words, advice, ARTICLE_UNIFORME)
    apart = any("dalo" in columns_of(hors.si) for hors in grille.hors_champ)
    if not apart and not any("dalo" in letters for letters in served.values()):
        words = "aucun critère ni aucune classe ne nomme les personnes reconnues par la commission DALO."
        constats.warn("036", line, words, "Ajoutez par exemple si: {dalo: reconnu}.", ARTICLE_UNIFORME)


def _publics_of(grille: Grille, systeme: str) -> Iterator[str]:
    for place in places(grille):
        critere = place.critere
        if place.systeme.id != systeme or range_of_critere(critere).haut <= 0:
            continue
        if critere.priorite is not None:
            yield critere.priorite
        if isinstance(critere.mecanisme, Case):
            for code, value in critere.mecanisme.cases:
                letter = _PUBLICS_PAR_CODE.get(critere.mecanisme.colonne, {}).get(code)
                if letter is not None and value > 0:
                    yield letter
    for lue in conditions(grille):
        if lue.systeme is None or lue.systeme.id != systeme or lue.sorte in ("systeme", "facteur"):
            continue
        if lue.critere is None or range_of_critere(lue.critere).haut > 0:
            yield from _letters(lue.condition)


def _letters(condition: Condition) -> Iterator[str]:
    for atom, positive in atoms(condition):
        name = next(iter(columns_of(atom)))
        if not positive:
            continue
        if isinstance(atom, Contient) and name in ("publics_valides", "publics_declares"):
            yield from atom.codes
        elif name in ("dalo_date", "nb_carte_invalidite"):
            yield "dalo" if name == "dalo_date" else "a"
        elif isinstance(atom, Egal) and atom.valeur is True and name in _PUBLICS_PAR_REPONSE:
            yield _PUBLICS_PAR_REPONSE[name]
        elif isinstance(atom, Egal | Parmi | Contient):
            codes = (atom.valeur,) if isinstance(atom, Egal) else atom.codes
            known = _PUBLICS_PAR_CODE.get(name, {})
            yield from (known[code] for code in codes if isinstance(code, str) and code in known)
