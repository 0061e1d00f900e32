"""What the tests of the reference share: small grids, requests written as people write them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from palier.base.periods import parse_date
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.reference import Regle, ScoreRow, prepare, score_row
from palier.tables import colonne
from tests.strategies_cotation import AU, Doc, ecrire, loi_inventee

CAS = Path(__file__).resolve().parents[2] / "cases" / "cotation"


def lire_cas(nom: str) -> list[Doc]:
    """Read a file of cases, every scalar a text."""
    found: list[Doc] = yaml.load((CAS / nom).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return found


def regle(familles: Doc, au: dt.date = AU, **cles: Any) -> Regle:
    """Prepare a grid of one system."""
    document = {
        "palier": "grille/1",
        "id": "essai",
        "version": {"du": "2026-01-01", "statut": "en_vigueur"},
        "completude": "complete",
    }
    systemes = cles.pop("systemes", None) or {"primo": {"familles": familles}}
    return prepare(
        parse_grille(ecrire(document | cles | {"systemes": systemes}), "essai.yaml"), loi_inventee(au)
    )


def demande(reponses: Doc) -> Doc:
    """Turn written answers into values of the table.

    Filed on 24 October 2023 and renewed since, unless said; an empty text is an unknown answer.
    """
    answers = {"date_depot_initial": "2023-10-24", "date_renouvellement": "2026-10-24"} | reponses
    return {nom: _valeur(nom, texte) for nom, texte in answers.items() if texte != ""}


def _valeur(nom: str, texte: Any) -> Any:
    kind = colonne(nom).type
    if kind == "ensemble":
        return colonne(nom).mask(list(texte))
    if kind == "date":
        return parse_date(texte)
    if kind in ("entier", "cent"):
        return int(texte)
    return texte == "oui" if kind == "booleen" else texte


def evenements(lignes: list[list[str]] | None) -> list[Doc] | None:
    """Turn ``[date, type, adaptee]`` into events."""
    if lignes is None:
        return None
    qualite = {"oui": True, "non": False}
    return [
        {
            "evenement_date": parse_date(e[0]),
            "evenement_type": e[1],
            "adaptee": qualite.get(e[2]) if e[2:] else None,
        }
        for e in lignes
    ]


def noter(cas: Doc) -> tuple[Regle, ScoreRow]:
    """Score the request of a case."""
    au = parse_date(cas.get("au", AU.isoformat()))
    keys = {"hors_champ", "systemes", "tables", "total", "absent", "territoire", "communes"}
    made = regle(cas.get("familles", {}), au, **{key: value for key, value in cas.items() if key in keys})
    return made, score_row(made, demande(cas["demande"]), au, evenements(cas.get("evenements")))
