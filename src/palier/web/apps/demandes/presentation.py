"""A request in words: names of columns and codes are those of every other door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from palier.base.explanation import Phrase
from palier.base.mots import date_longue, has, montant, nombre, render, word
from palier.tables import colonne

_INCONNUE = "valeur.inconnue"

#: The page of a request, section by section.
MENAGE = (
    "nb_personnes", "nb_a_charge", "nb_mineurs", "nb_garde_alternee", "nb_droit_visite",
    "situation_familiale", "en_couple", "situation_professionnelle", "sans_emploi_depuis",
    "travailleur_essentiel",
)  # fmt: skip
LOGEMENT = (
    "logement_mode", "logement_depuis", "logement_type", "logement_surface_m2", "logement_nb_occupants",
    "logement_commune", "logement_non_decent", "bailleur_siren",
)  # fmt: skip
SOUHAIT = (
    "typologies", "localisations", "accepte_autre_commune", "rez_de_chaussee_seul", "ascenseur", "parking",
)  # fmt: skip
PRIORITE = (
    "dalo", "dalo_date", "label_pdalhpd", "label_accord_collectif", "label_anru", "label_sortant_hebergement",
    "relogement_de_droit",
)  # fmt: skip
_COMMUNES = {"localisations", "logement_commune", "commune_travail"}


@dataclass(frozen=True, slots=True)
class Paire:
    """A column and its value, in words; ``inconnue`` is an answer that nobody gave."""

    nom: str
    valeur: str
    inconnue: bool


def pairs(
    valeurs: Mapping[str, Any], noms: Iterable[str], langue: str, lieux: Mapping[str, str] | None = None
) -> list[Paire]:
    """Return the columns of a section with their values.

    Parameters
    ----------
    valeurs : mapping
        Values as the database gives them.
    noms : iterable of str
        Columns, in order.
    langue : str
        Language of the words.
    lieux : mapping of str to str, optional
        Names of communes by code.
    """
    return [
        Paire(word(f"colonne.{nom}", langue), say(nom, valeurs.get(nom), langue, lieux or {}),
              valeurs.get(nom) is None)
        for nom in noms
    ]  # fmt: skip


def say(nom: str, valeur: Any, langue: str, lieux: Mapping[str, str]) -> str:
    """Return the value of a column in words."""
    column = colonne(nom)
    if valeur is None:
        return word(_INCONNUE, langue)
    if nom in _COMMUNES:
        codes = valeur if isinstance(valeur, list) else [valeur]
        return ", ".join(lieux.get(code, code) for code in codes)
    match column.type:
        case "booleen":
            return word("valeur.oui" if valeur else "valeur.non", langue)
        case "date":
            day = dt.date.fromisoformat(valeur) if isinstance(valeur, str) else valeur
            return date_longue(day, langue)
        case "cent":
            return montant(valeur)
        case "ensemble":
            return ", ".join(said(nom, code, langue) for code in column.codes_of(valeur))
        case "code":
            return said(nom, valeur, langue)
        case "entier":
            return montant(100 * valeur) if nom.endswith("_eur") else _count(valeur, column.unite)
    return str(valeur)


def _count(valeur: int, unite: str) -> str:
    return f"{nombre(valeur)}\u00a0m²" if unite == "m2" else nombre(valeur)


def said(nom: str, code: str, langue: str) -> str:
    """Return the words of a code of a column."""
    key = f"code.{nom}.{code}"
    return word(key, langue) if has(key, langue) else code


def fact(code: str, langue: str) -> str:
    """Return the words of a fact that a paper proves."""
    return render(Phrase("cotation.preuve.fait", {"faits_codes": ["verifie_piece", code]}), langue)
