"""Words of the annex: conditions, thresholds and points, each a code with values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from palier.base.explanation import Phrase, Valeur
from palier.base.mots import has, montant_exact, nombre, nombre_exact, part_exacte, render, word
from palier.engines.cotation.model.conditions import in_cents
from palier.engines.cotation.model.nodes import (
    Borne,
    Condition,
    Connu,
    Contient,
    Dans,
    Egal,
    Et,
    Mesure,
    Non,
    Ou,
    Parmi,
    Rapport,
    RefTable,
    Source,
)
from palier.law import LoiAu
from palier.tables import colonne

_SAFE = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"})


def safe(text: str) -> str:
    """Write a text so that Markdown shows it as it is, on one line."""
    return " ".join(text.split()).translate(_SAFE)


@dataclass(frozen=True, slots=True)
class Plume:
    """Writes codes and values as French words; knows the law, to name its tables."""

    loi: LoiAu | None = None
    langue: str = "fr"

    def dit(self, code: str, /, **valeurs: Valeur) -> str:
        """Render a phrase of the annex."""
        return render(Phrase(f"annexe.{code}", valeurs), self.langue)

    def nom(self, nom: str) -> str:
        """Name a column."""
        return "" if not nom else colonne(nom).libelle

    def codes(self, nom: str, codes: Iterable[str]) -> str:
        """Name codes of a column: a; b; or c."""
        return self.enumeration("ou", [self.code(nom, code) for code in codes], "point_virgule")

    def enumeration(self, lien: str, texts: Iterable[str], separateur: str = "virgule") -> str:
        """Join texts by a separator, the last one by the word of the catalogue for this link."""
        kept = list(dict.fromkeys(text for text in texts if text))
        return self.joint(lien, [self.joint(separateur, kept[:-1]), *kept[-1:]])

    def code(self, nom: str, code: str) -> str:
        """Name one code of a column."""
        said = word(f"code.{nom}.{code}", self.langue)
        return code.replace("_", " ") if said == f"code.{nom}.{code}" else said

    def joint(self, lien: str, texts: Iterable[str]) -> str:
        """Join texts by the word of the catalogue for this link."""
        kept = [text for text in texts if text]
        if not kept:
            return ""
        found = kept[0]
        for text in kept[1:]:
            found = self.dit(f"lien.{lien}", a=found, b=text)
        return found

    def condition(self, node: Condition) -> str:
        """Tell a condition."""
        match node:
            case Egal(nom, value):
                return self._egal(nom, value)
            case Parmi(nom, codes) | Contient(nom, codes):
                return self.dit("condition.vaut", colonne=self.nom(nom), valeur=self.codes(nom, codes))
            case Dans(source, bornes):
                return self.dit(
                    "condition.dans", mesure=self.source(source), bornes=self.bornes(bornes, source)
                )
            case Connu(nom, known):
                return self.dit("condition.connu" if known else "condition.inconnu", colonne=self.nom(nom))
            case Non(member):
                return self.dit("condition.sauf", condition=self.condition(member))
            case Et(members):
                return self.joint("et", [self._member(m) for m in members])
            case Ou(members):
                return self.joint("ou_bien", [self._member(m) for m in members])
        assert_never(node)

    def _member(self, node: Condition) -> str:
        said = self.condition(node)
        return self.dit("groupe", condition=said) if isinstance(node, Et | Ou) else said

    def _egal(self, nom: str, value: str | bool | int) -> str:
        if isinstance(value, bool):
            return self.dit("condition.oui" if value else "condition.non", colonne=self.nom(nom))
        said = nombre(value) if isinstance(value, int) else self.code(nom, value)
        return self.dit("condition.vaut", colonne=self.nom(nom), valeur=said)

    def source(self, source: Source) -> str:
        """Name a measure or a ratio."""
        if isinstance(source, Mesure):
            return self.nom(source.colonne)
        top, bottom = source.colonnes
        if has(f"annexe.rapport.{top}.{bottom}", self.langue):
            return self.dit(f"rapport.{top}.{bottom}")
        return self.dit("rapport", haut=self.nom(top), bas=self.nom(bottom))

    def bornes(self, bornes: Iterable[Borne], source: Source) -> str:
        """Tell bounds: at least, more than, at most, less than."""
        said = [self.dit(f"borne.{b.sens}", valeur=self._seuil(b.valeur, source)) for b in bornes]
        return self.joint("et", said)

    def _seuil(self, value: Fraction | RefTable, source: Source) -> str:
        if isinstance(value, RefTable):
            par = self.enumeration("et", [self.nom(nom) for nom in value.par])
            return self.dit("seuil", table=self.table(value), par=par)
        return self.mesure(value, source)

    def table(self, ref: RefTable) -> str:
        """Name a table of thresholds: its title in the law, else its name in the grid."""
        if ref.loi and self.loi is not None:
            return self.loi.get(ref.id).libelle
        return ref.id.replace("_", " ")

    def mesure(self, value: Fraction, source: Source) -> str:
        """Write a threshold in the unit of what it bounds."""
        if in_cents(source):
            return montant_exact(value)
        if isinstance(source, Rapport) and _same_unit(source):
            return part_exacte(value, self.langue)
        unit = "" if isinstance(source, Rapport) else colonne(source.colonne).unite
        if unit in ("", "personnes"):
            return decimal(value)
        return self.dit("mesure", valeur=decimal(value), unite=unit)


def _same_unit(source: Rapport) -> bool:
    return colonne(source.numerateur).type == colonne(source.denominateur).type == "cent"


def decimal(value: Fraction) -> str:
    """Write a number without rounding it: 10,5, or 4/3 if its decimals do not end."""
    text = nombre_exact(value)
    return text if "/" not in text else f"{value.numerator}/{value.denominator}"
