"""Ask the reader of grids which keys it knows at each level, by writing one that it does not."""

from __future__ import annotations

import re

from palier.base.errors import RuleFileError
from palier.engines.cotation.model import parse_grille

INTRUS = "zzzz: 1"
# A grid with an intruder at each level; the name of the level is a title of the page.
PARTOUT = {
    "La grille": f"{INTRUS}",
    "version": f"version: {{du: 2026-01-01, {INTRUS}}}",
    "deliberation": f"deliberation: {{texte: a, {INTRUS}}}",
    "total": f"total: {{{INTRUS}}}",
    "hors_champ": f"hors_champ: [{{si: {{handicap: oui}}, motif: a, {INTRUS}}}]",
    "exemples": f"exemples: [{{nom: a, au: 2026-01-01, demande: {{}}, {INTRUS}}}]",
    "tables": f"tables: {{t: {{par: [zone], valeurs: {{autres: 1}}, {INTRUS}}}}}",
    "systemes": f"systemes: {{s: {{familles: {{}}, {INTRUS}}}}}",
    "classes": f"systemes: {{s: {{familles: {{}}, classes: [{{id: a, {INTRUS}}}]}}}}",
    "force": (
        f"systemes: {{s: {{familles: {{}}, force: [{{id: a, si: {{handicap: oui}}, total: 1, {INTRUS}}}]}}}}"
    ),
}
FAMILLES = {
    "familles": f"{{regle: somme, criteres: {{c: {{si: {{handicap: oui}}, points: 1}}}}, {INTRUS}}}",
    "facteur": (
        "{regle: somme, criteres: {c: {si: {handicap: oui}, points: 1}}, "
        f"facteur: [{{si: {{handicap: oui}}, fois: 2, {INTRUS}}}]}}"
    ),
    "choix": f"{{regle: choix, colonne: zone, cases: {{autres: 1}}, autres: 0, {INTRUS}}}",
}
CRITERES = {
    "points": f"{{si: {{handicap: oui}}, points: 1, {INTRUS}}}",
    "bandes": f"{{colonne: age, bandes: [{{des: 1, points: 1}}], {INTRUS}}}",
    "Une bande": f"{{colonne: age, bandes: [{{des: 1, points: 1, {INTRUS}}}]}}",
    "par": f"{{par: mois, entame: non, depuis: date_depot_initial, points: 1, {INTRUS}}}",
    "compte": f"{{compte: absence, points: 1, {INTRUS}}}",
    "ou": f"{{compte: absence, points: 1, ou: {{{INTRUS}}}}}",
    "cumul": f"{{cumul: mois, gagne: 1, bornes: [0, 1], {INTRUS}}}",
    "Un seuil": f"{{si: {{age: {{des: {{loi: plafonds_plus, par: [], {INTRUS}}}}}}}, points: 1}}",
    "Une borne": f"{{si: {{age: {{des: 1, {INTRUS}}}}}, points: 1}}",
    "rapport": f"{{si: {{rapport: [loyer_cent, charges_cent], des: 1, {INTRUS}}}, points: 1}}",
    "connu": f"{{si: {{age: {{connu: oui, {INTRUS}}}}}, points: 1}}",
}


def admitted() -> dict[str, set[str]]:
    """Keys admitted at each level."""
    texts = dict(PARTOUT)
    texts |= {k: f"systemes: {{s: {{familles: {{f: {v}}}}}}}" for k, v in FAMILLES.items()}
    texts |= {
        k: f"systemes: {{s: {{familles: {{f: {{regle: somme, criteres: {{c: {v}}}}}}}}}}}"
        for k, v in CRITERES.items()
    }
    return {level: _keys(text) for level, text in texts.items()}


def _keys(text: str) -> set[str]:
    try:
        parse_grille(text, "essai")
    except RuleFileError as error:
        for problem in error.problems:
            if "« zzzz: »" in problem.constat and (
                found := re.search(r"On peut y écrire : (.*)\.$", problem.que_faire)
            ):
                return set(found[1].split(", "))
    return set()
