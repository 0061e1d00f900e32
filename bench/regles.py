"""The rules of the grid as plain data, for neighbours that do not know its language.

Each criterion is one of eight shapes over base columns; time is already a
cut-off day, codes are their places, sets are bits.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from palier.engines.cotation.model.nodes import (
    Bandes,
    Case,
    Contient,
    Critere,
    Dans,
    Egal,
    Famille,
    Fixe,
    Grille,
    Lineaire,
    Parmi,
    RefTable,
)
from palier.tables import colonne
from palier.tables.derive import DATES
from palier.tables.jours import latest_day

EPOQUE = dt.date(1970, 1, 1)
NIVEAUX = {"piece": "verifie_piece", "travailleur_social": "verifie_social", "etat": "verifie_etat"}


def read_familles(grille: Grille, au: dt.date) -> list[dict[str, Any]]:
    return [_famille(f, au) for f in grille.systemes[0].familles]


def _famille(famille: Famille, au: dt.date) -> dict[str, Any]:
    members = [_critere(c, au) for c in famille.criteres()]
    return {
        "id": famille.id, "maximum": famille.regle == "maximum", "plafond": famille.plafond,
        "plancher": famille.plancher, "criteres": members,
    }  # fmt: skip


def _critere(critere: Critere, au: dt.date) -> dict[str, Any]:
    node = critere.mecanisme
    made: dict[str, Any] = {"id": critere.id, "preuves": [], "niveau": None}
    if critere.preuve != "declare":
        made["niveau"] = NIVEAUX[critere.preuve]
        made["preuves"] = [colonne(made["niveau"]).mask(list(group)) for group in critere.faits]
    if isinstance(node, Fixe):
        return made | _test(node.si, au) | {"points": node.points}
    if isinstance(node, Bandes):
        tops = [[b.sens == "jusqu_a", b.valeur] for bande in node.bandes for b in bande.bornes if not b.basse]
        assert not any(isinstance(v, RefTable) for _, v in tops)
        bandes = [
            [included, v.numerator, v.denominator, bande.points]
            for (included, v), bande in zip(tops, node.bandes[:-1], strict=True)
        ]
        num, den = node.source.colonnes
        return made | {
            "forme": "bandes", "num": num, "den": den, "bandes": bandes, "reste": node.bandes[-1].points,
            "max": max(b.points for b in node.bandes),
        }  # fmt: skip
    if isinstance(node, Case):
        codes = dict(node.cases)
        values = [codes.get(code, node.autres) for code in colonne(node.colonne).codes]
        return made | {"forme": "cases", "colonne": node.colonne, "valeurs": values}
    assert isinstance(node, Lineaire)
    if node.depuis is not None:
        return made | {"forme": "mois", "colonne": node.depuis, "plafond": critere.plafond}
    return made | {
        "forme": "fois",
        "colonne": node.colonne,
        "points": node.points,
        "plafond": critere.plafond,
    }


def _test(node: object, au: dt.date) -> dict[str, Any]:
    if isinstance(node, Contient):
        return {
            "forme": "bits",
            "colonne": node.colonne,
            "masque": colonne(node.colonne).mask(list(node.codes)),
        }
    if isinstance(node, Egal | Parmi):
        codes = node.codes if isinstance(node, Parmi) else (node.valeur,)
        if codes == (True,):
            return {"forme": "vrai", "colonne": node.colonne}
        places = [colonne(node.colonne).codes.index(str(c)) for c in codes]
        return {"forme": "codes", "colonne": node.colonne, "codes": [str(c) for c in codes], "places": places}
    assert isinstance(node, Dans)
    assert len(node.bornes) == 1
    borne, nom = node.bornes[0], node.source.colonnes[0]
    if isinstance(borne.valeur, RefTable):
        return {"forme": "plafond", "colonne": nom, "table": borne.valeur.id, "sous": borne.sens == "jusqu_a"}
    value = int(borne.valeur) + (borne.sens == "plus_de")
    if nom in DATES:
        day = latest_day(au, value * (12 if nom == "age" else 1))
        return {
            "forme": "jour",
            "colonne": DATES[nom],
            "jour": (day - EPOQUE).days,
            "avant": borne.sens != "moins_de",
        }
    return {"forme": "au_moins", "colonne": nom, "seuil": value}
