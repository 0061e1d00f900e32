"""Find columns by the titles of a file: by name, label or synonym, never by position."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import cast

from palier.base.identifiers import NUMERO_UNIQUE
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Liste, Table, load_strict
from palier.formats.anomalies import Anomalies, visible
from palier.formats.autre_table import SIGNES, find_other_table
from palier.formats.modele import Correspondance
from palier.tables.registre import Colonne, SchemaTable, schema

_QUALIFIED = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]*)[)\]]\s*")
_SUFFIX = re.compile(r"(.*?\S)\s+(?:en\s+)?(€|euros?|eur|centimes|m2|m²)\s*", re.IGNORECASE)
_OTHERS = re.compile(r"[^a-z0-9]+")
_DATA = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|.*\S@\S.*|[\d\s.,€]{4,}")


@dataclass(frozen=True, slots=True)
class Champ:
    """One column of the file that is used.

    ``facteur`` turns the unit of the file into that of the registry: 100 for
    euros read into cents and metres into centimetres, else 1.
    """

    place: int
    entete: str
    colonne: Colonne
    facteur: int
    raison: str

    @property
    def correspondance(self) -> Correspondance:
        """The line to print."""
        return Correspondance(visible(self.entete), self.colonne.nom, self.raison)


@dataclass(frozen=True, slots=True)
class Titres:
    """The titles of a file once read."""

    champs: tuple[Champ, ...]
    ignorees: tuple[str, ...]

    @property
    def correspondance(self) -> list[Correspondance]:
        """The mapping to print."""
        return [champ.correspondance for champ in self.champs]


@cache
def _words() -> Table:
    name = "donnees/entetes.yaml"
    return cast(Table, load_strict(read_packaged("palier.formats", name), name, "TAB").racine)


def _list(*path: str) -> list[str]:
    node: object = _words()
    for key in path:
        node = cast(Table, node).get(key, Liste())
    return [str(item) for item in cast(Liste, node)]


def plain(text: str) -> str:
    """Lower, strip accents and ligatures, spell the euro sign."""
    swapped = text.lower().replace("œ", "oe").replace("æ", "ae").replace("€", "eur").replace("’", "'")
    stripped = "".join(c for c in unicodedata.normalize("NFKD", swapped) if not unicodedata.combining(c))
    return " ".join(stripped.split())


def key(text: str) -> str:
    """Reduce a title to its words: ``Nb. personnes`` and ``nb_personnes`` are the same."""
    return _OTHERS.sub(" ", text.lower() if text.isascii() else plain(text)).strip()


@cache
def titles_of(table: str) -> dict[str, dict[str, str]]:
    """Return, for each reduced title of a table, the columns that claim it and why."""
    found: dict[str, dict[str, str]] = {}
    for colonne in schema(table).colonnes:
        reasons = [(colonne.nom, "nom exact"), (colonne.libelle, "libellé")]
        for title, reason in [*reasons, *((s, "synonyme") for s in colonne.synonymes)]:
            found.setdefault(key(title), {}).setdefault(colonne.nom, reason)
    return found


def _candidates(title: str, table: SchemaTable) -> dict[str, str]:
    found = titles_of(table.nom).get(key(title), {})
    if found:
        return found
    asked = _list("ambigus", key(title))
    return {nom: "ambigu" for nom in asked if nom in table}


def _factor(colonne: Colonne, entete: str, unite: str | None) -> tuple[int, str] | None:
    """Return the factor and the words of the unit, or None if the unit is another one."""
    words = plain(unite) if unite is not None else ""
    if unite is not None and words in _list("qualificatifs"):
        words, unite = "", None
    if colonne.type == "cent":
        exact = key(entete) == key(colonne.nom)
        if exact or words in _list("unites", "centimes"):
            return (1, ", en centimes") if not words or words in _list("unites", "centimes") else None
        period = "euros_an" if "par an" in colonne.unite else "euros"
        return (100, ", en euros") if unite is None or words in _list("unites", period) else None
    if colonne.unite == "cm":
        if words == "cm" or (not words and key(entete) == key(colonne.nom)):
            return 1, ", en centimètres"
        return (100, ", en mètres") if not words or words in _list("unites", "m") else None
    if unite is None:
        return 1, ""
    known = {"euros par an": "euros_an", "m2": "m2", "personnes": "personnes", "kVA": "kva", "mois": "mois",
             "degrés": "degres"}.get(colonne.unite)  # fmt: skip
    return (1, "") if known and words in _list("unites", known) else None


def _resolve(entete: str, table: SchemaTable) -> tuple[dict[str, str], str | None]:
    """Return the columns that the title may mean, and the unit that it carries."""
    found = _candidates(entete, table)
    if found:
        return found, None
    for shape in (_QUALIFIED, _SUFFIX):
        if match := shape.fullmatch(entete):
            found = _candidates(match[1], table)
            if found:
                return found, match[2]
    return {}, None


def _is_data(entete: str) -> bool:
    text = entete.strip()
    return re.fullmatch(NUMERO_UNIQUE, text) is not None or _DATA.fullmatch(text) is not None


def map_headers(entetes: list[str], table: SchemaTable, anomalies: Anomalies) -> Titres:
    """Give each title its column.

    Parameters
    ----------
    entetes : list of str
        Titles in the order of the file.
    table : SchemaTable
        The table read.
    anomalies : Anomalies
        Receives TAB-010 to TAB-014, TAB-016 and FMT-010.
    """
    champs: list[Champ] = []
    ignorees: list[str] = []
    doubtful: set[str] = set()
    for place, entete in enumerate(entetes):
        found, unite = _resolve(entete, table)
        title = f"titre « {visible(entete)} »"
        if not found:
            ignorees.append(visible(entete) or f"colonne {place + 1}, sans titre")
            continue
        doubtful.update(found)
        if len(found) > 1 or "ambigu" in found.values():
            anomalies.refuse_fichier("TAB-012", f"Au choix : {', '.join(found)}.", title)
            continue
        nom, reason = next(iter(found.items()))
        colonne = table[nom]
        factor = _factor(colonne, entete, unite)
        if factor is None:
            wanted = colonne.unite.replace("centimes", "euros") or "aucune"
            anomalies.refuse_fichier("TAB-013", f"Attendu : {wanted}.", title)
            continue
        champs.append(Champ(place, entete, colonne, factor[0], reason + factor[1]))
    if not doubtful or (not champs and not anomalies.fatals) or any(map(_is_data, entetes)):
        code = "FMT-010" if any(map(_is_data, entetes)) else "TAB-014"
        anomalies.refuse_fichier(code, f"Titres attendus, par exemple : {_examples(table)}.")
        return Titres((), ())
    if (other := find_other_table(entetes, table, lambda title, of: _resolve(title, of)[0])) is not None:
        said = f"Reconnue : {other.nom}, « {other.libelle} ». Attendue : {table.nom}, « {table.libelle} »."
        anomalies.refuse_fichier("TAB-016", said)
        return Titres((), ())
    _check_required(table, doubtful, anomalies)
    return Titres(_without_doubles(champs, anomalies), tuple(ignorees))


def _examples(table: SchemaTable) -> str:
    names = [*table.obligatoires, *(c.nom for c in table.colonnes if c.nom not in table.obligatoires)]
    return ", ".join(f"« {table[nom].libelle} »" for nom in names[:4])


def _check_required(table: SchemaTable, found: set[str], anomalies: Anomalies) -> None:
    for nom in table.obligatoires:
        if nom not in found:
            accepted = ", ".join([nom, *table[nom].synonymes[:4]])
            anomalies.refuse_fichier("TAB-010", f"« {table[nom].libelle} » ; titres reconnus : {accepted}.")
    signs = SIGNES.get(table.nom, ())
    if signs and not found.intersection(signs):
        labels = " ou ".join(f"« {table[nom].libelle} »" for nom in signs)
        accepted = ", ".join(title for nom in signs for title in (nom, *table[nom].synonymes[:2]))
        anomalies.refuse_fichier("TAB-010", f"{labels} ; titres reconnus : {accepted}.")


def _without_doubles(champs: list[Champ], anomalies: Anomalies) -> tuple[Champ, ...]:
    by_name: dict[str, list[Champ]] = {}
    for champ in champs:
        by_name.setdefault(champ.colonne.nom, []).append(champ)
    for nom, several in by_name.items():
        if len(several) > 1:
            titles = ", ".join(f"« {visible(champ.entete)} »" for champ in several)
            anomalies.refuse_fichier("TAB-011", f"{titles} : {nom}.")
    return tuple(several[0] for several in by_name.values())
