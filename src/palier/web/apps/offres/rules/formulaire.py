"""What the page of one offer asks, by nature, and how an answer is written before it is read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from palier.base.yamlstrict import Liste, Table
from palier.tables import Colonne, schema
from palier.web.apps.offres.rules.parametrage import fields_of, load_data, words
from palier.web.apps.offres.rules.saisie import CHAMPS, NATURES

#: Given once for all, by the page itself or by who sends.
HORS_PAGE = frozenset({"bailleur", "nature"})
_TOUJOURS = frozenset({"reference_bailleur", "commune_code"})


@dataclass(frozen=True, slots=True)
class Groupe:
    """A group of questions; ``replie``: it may wait, and is shown folded."""

    id: str
    champs: tuple[str, ...]
    replie: bool = False


@cache
def groups_of(nature: str) -> tuple[Groupe, ...]:
    """Return the questions asked for a nature, in their groups.

    Raises
    ------
    KeyError
        No such nature.
    """
    if nature not in NATURES:
        raise KeyError(nature)
    useless = frozenset(fields_of(nature, "sans_objet"))
    found = []
    for node in cast(Liste, load_data("formulaire")["groupes"]):
        raw = cast(Table, node)
        if "pour" in raw and nature not in words(raw["pour"]):
            continue
        asked = tuple(champ for champ in words(raw["champs"]) if champ not in useless)
        if asked:
            found.append(Groupe(str(raw["id"]), asked, str(raw.get("replie", "")) == "oui"))
    return tuple(found)


def is_required(champ: str, nature: str) -> bool:
    """Tell whether an offer of this nature is held back without this answer."""
    return champ in _TOUJOURS or champ in fields_of(nature, "requis")


def unit_of(colonne: Colonne) -> str:
    """Return the unit in which a person answers: euros and metres, never cents nor centimetres."""
    if colonne.type == "cent":
        return colonne.unite.replace("centimes", "€")
    return {"cm": "m", "m2": "m²", "kVA": "kVA", "mois": "mois"}.get(colonne.unite, "")


def title_of(colonne: Colonne) -> str:
    """Return the title under which an answer is read: that of the unit in which it was written."""
    return colonne.libelle if colonne.type == "cent" or colonne.unite == "cm" else colonne.nom


def write(champ: str, value: Any) -> Any:
    """Return a value of the registry as a person would answer: 41250 cents are « 412,50 »."""
    colonne = schema("offres")[champ]
    if value is None or isinstance(value, list):
        return value
    if colonne.type == "booleen":
        return "oui" if value else "non"
    if colonne.type == "cent" or colonne.unite == "cm":
        whole, rest = divmod(int(value), 100)
        return f"{whole},{rest:02d}" if rest else str(whole)
    return str(value)


def gather(
    reponses: Mapping[str, Any], nature: str, gardees: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the offer to be read: the answers under their titles, and what the page did not ask.

    Parameters
    ----------
    reponses : mapping
        Column to what was answered, as text or list of codes.
    nature : str
        Nature of the offer.
    gardees : mapping, optional
        Values of the registry that the offer had before.
    """
    table = schema("offres")
    asked = {champ for groupe in groups_of(nature) for champ in groupe.champs}
    kept = {
        champ: value
        for champ, value in (gardees or {}).items()
        if champ in CHAMPS and champ not in asked | HORS_PAGE
    }
    given = {title_of(table[champ]): reponses.get(champ) or None for champ in CHAMPS if champ in asked}
    return kept | given | {"nature": nature}
