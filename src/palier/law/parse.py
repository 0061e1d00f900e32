"""From the text of a law file to a frozen :class:`Fiche`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import cast

from palier.base.errors import LoiError
from palier.base.exact import Arrondi
from palier.base.yamlstrict import Noeud, Table, load_strict
from palier.law.controles import check_fiche
from palier.law.freshness import RYTHMES
from palier.law.lecteur import Lecteur
from palier.law.model import Cellule, Cle, Derive, Fiche, Prolonge, Reference, ValeurLegale, exact

_FICHE = {
    "libelle", "unite", "type", "dimensions", "libelles", "referentiels", "prolonge", "derive",
    "valeurs", "publie", "verifie_le", "verifie_par", "rythme", "notes",
}  # fmt: skip
_FICHE_REQUIS = {"libelle", "unite", "verifie_le", "verifie_par", "rythme"}
_VALEUR = {"du", "au", "verifie", "reference", "valeur", "table", "codes", "rupture", "lacune"}
_REFERENCE = {"texte", "article", "url", "publie_le", "lu_dans"}
_SANS_REFERENCE = Reference("")


def parse_fiche(texte: str, id_: str, theme: str, origine: str) -> Fiche:
    """Read one file of the law.

    Parameters
    ----------
    texte : str
        The YAML text.
    id_, theme : str
        Name of the table and of its folder.
    origine : str
        Name shown in messages.

    Raises
    ------
    LoiError
        LOI-005, with every problem of the file: unreadable YAML, unknown key,
        value without reference, number that is not exact, periods that
        overlap or leave a hole, jump of more than 10 % without ``rupture``.
    """
    lecture = load_strict(texte, origine, "LOI")
    if lecture.racine is None:
        raise LoiError(replace(problem, code="LOI-005") for problem in lecture.problemes)
    lecteur = Lecteur(origine)
    fiche = _Fiche(lecteur, id_, theme).read(lecture.racine)
    if not lecteur.problemes:
        lecteur.problemes.extend(check_fiche(fiche, origine))
    if lecteur.problemes:
        raise LoiError(lecteur.problemes)
    return fiche


class _Fiche:
    def __init__(self, lecteur: Lecteur, id_: str, theme: str) -> None:
        self.lecteur = lecteur
        self.id = id_
        self.theme = theme
        self.libelle = self.unite = ""
        self.dimensions: tuple[str, ...] = ()
        self.textuel = False
        self.prolonge: Prolonge | None = None

    def read(self, racine: Noeud) -> Fiche:
        lecteur = self.lecteur
        root = lecteur.table(racine, self.id, _FICHE, _FICHE_REQUIS)
        self.libelle = lecteur.text(root, "libelle") or ""
        self.unite = lecteur.text(root, "unite") or ""
        self.textuel = lecteur.text(root, "type") == "texte"
        self.dimensions = tuple(str(item) for item in lecteur.items(root, "dimensions"))
        self.prolonge = self._prolonge(root)
        rythme = lecteur.text(root, "rythme") or ""
        if rythme not in RYTHMES:
            lecteur.refuse(root.lignes.get("rythme", 1), f"« rythme » vaut l'un de : {', '.join(RYTHMES)}.")
        if "valeurs" not in root and "derive" not in root:
            lecteur.refuse(1, "Le fichier ne donne ni « valeurs » ni « derive ».")
        verifie_le = lecteur.date(root, "verifie_le")
        derive = self._derive(root)
        valeurs = tuple(v for node in lecteur.items(root, "valeurs") if (v := self._valeur(node)))
        publie = tuple(v for node in lecteur.items(root, "publie") if (v := self._valeur(node)))
        if verifie_le is None:
            lecteur.refuse(1, "« verifie_le » doit être le jour de la dernière lecture des sources.")
            verifie_le = dt.date.min
        return Fiche(
            self.id,
            self.theme,
            self.libelle,
            self.unite,
            self.dimensions,
            valeurs,
            verifie_le,
            lecteur.text(root, "verifie_par") or "",
            rythme,
            lecteur.text(root, "notes") or "",
            self._libelles(root),
            MappingProxyType(self._texts(root, "referentiels")),
            derive,
            publie,
        )

    def _texts(self, parent: Table, cle: str) -> dict[str, str]:
        if cle not in parent:
            return {}
        table = self.lecteur.free_table(parent[cle], cle)
        return {name: self.lecteur.text(table, name) or "" for name in table}

    def _libelles(self, root: Table) -> Mapping[str, Mapping[str, str]]:
        if "libelles" not in root:
            return MappingProxyType({})
        table = self.lecteur.free_table(root["libelles"], "libelles")
        for name in table.keys() - set(self.dimensions):
            self.lecteur.refuse(table.lignes[name], f"« {name} » n'est pas une dimension de la table.")
        return MappingProxyType({name: MappingProxyType(self._texts(table, name)) for name in table})

    def _prolonge(self, root: Table) -> Prolonge | None:
        if "prolonge" not in root:
            return None
        keys = {"dimension", "apres", "par"}
        table = self.lecteur.table(root["prolonge"], "prolonge", keys, keys)
        dimension, par = self.lecteur.text(table, "dimension"), self.lecteur.text(table, "par")
        apres = self.lecteur.integer(table, "apres")
        if dimension is None or par is None or apres is None:
            return None
        if dimension not in self.dimensions:
            self.lecteur.refuse(table.ligne, f"« {dimension} » n'est pas une dimension de la table.")
        return Prolonge(dimension, apres, par)

    def _derive(self, root: Table) -> Derive | None:
        if "derive" not in root:
            return None
        keys = {"de", "fois", "arrondi", "reference"}
        table = self.lecteur.table(root["derive"], "derive", keys, keys)
        fois = self.lecteur.number(table.get("fois"), table.ligne, "fois")
        arrondi = self.lecteur.text(table, "arrondi") or "demi_haut"
        if arrondi not in ("demi_haut", "inferieur", "superieur"):
            self.lecteur.refuse(
                table.lignes["arrondi"], "« arrondi » vaut demi_haut, inferieur ou superieur."
            )
        de = self.lecteur.text(table, "de") or ""
        return Derive(de, fois or Fraction(1), cast("Arrondi", arrondi), self._reference(table))

    def _reference(self, parent: Table) -> Reference:
        lecteur = self.lecteur
        if "reference" not in parent:
            return _SANS_REFERENCE
        table = lecteur.table(parent["reference"], "reference", _REFERENCE, {"texte"})
        return Reference(
            lecteur.text(table, "texte") or "",
            lecteur.text(table, "article"),
            lecteur.text(table, "url"),
            lecteur.date(table, "publie_le"),
            lecteur.text(table, "lu_dans"),
        )

    def _valeur(self, node: Noeud) -> ValeurLegale | None:
        lecteur = self.lecteur
        item = lecteur.table(node, "valeurs", _VALEUR, {"du", "verifie", "reference"})
        du = lecteur.date(item, "du")
        contents = [cle for cle in ("valeur", "table", "codes") if cle in item]
        if len(contents) != 1:
            lecteur.refuse(
                item.ligne if item else 1, "Donnez une seule de : « valeur », « table », « codes »."
            )
        if du is None or len(contents) != 1:
            return None
        details: dict[str, Mapping[str, str]] = {}
        valeur, table = None, None
        if contents == ["valeur"]:
            valeur = self._scalar(item)
        elif contents == ["codes"]:
            table = self._codes(item, details)
        else:
            table = self._cells(lecteur.free_table(item["table"], "table"), ())
        verifie = lecteur.flag(item, "verifie", absent=False)
        reference = self._reference(item)
        if verifie and reference.url is None:
            lecteur.refuse(item.ligne, "Une valeur vérifiée donne l'adresse (url) de sa source.")
        return ValeurLegale(
            self.id,
            self.libelle,
            self.unite,
            self.dimensions,
            du,
            lecteur.date(item, "au"),
            valeur,
            None if table is None else MappingProxyType(table),
            self.prolonge,
            reference,
            verifie,
            MappingProxyType(details),
            lecteur.flag(item, "rupture", absent=False),
            lecteur.text(item, "lacune"),
        )

    def _scalar(self, item: Table) -> Fraction | str | None:
        if self.dimensions:
            self.lecteur.refuse(item.ligne, "Une table à dimensions ne peut pas avoir de valeur seule.")
        if self.textuel:
            return self.lecteur.text(item, "valeur")
        return self.lecteur.number(item["valeur"], item.lignes["valeur"], "valeur")

    def _codes(self, item: Table, details: dict[str, Mapping[str, str]]) -> dict[Cle, Cellule]:
        if len(self.dimensions) != 1:
            self.lecteur.refuse(item.ligne, "Une liste de codes a exactement une dimension.")
        found: dict[Cle, Cellule] = {}
        source = self.lecteur.free_table(item["codes"], "codes")
        for code, node in source.items():
            if isinstance(node, Table):
                rest = self._texts(source, code)
                found[(code,)] = rest.pop("libelle", "")
                details[code] = MappingProxyType(rest)
            else:
                found[(code,)] = self.lecteur.text(source, code) or ""
            if not found[(code,)]:
                self.lecteur.refuse(source.lignes[code], f"Le code « {code} » n'a pas de libellé.")
        return found

    def _cells(self, table: Table, prefixe: Cle) -> dict[Cle, Cellule]:
        found: dict[Cle, Cellule] = {}
        deep = len(prefixe) + 1 < len(self.dimensions)
        for name, node in table.items():
            cle = (*prefixe, name)
            ligne = table.lignes[name]
            if deep and isinstance(node, Table):
                found |= self._cells(node, cle)
            elif deep or isinstance(node, Table) or not self.dimensions:
                self.lecteur.refuse(
                    ligne, f"La table n'a pas les {len(self.dimensions)} dimensions annoncées."
                )
            elif self.textuel:
                found[cle] = self.lecteur.text(table, name) or ""
            elif (value := self.lecteur.number(node, ligne, name)) is not None:
                found[cle] = exact(value)
        return found
