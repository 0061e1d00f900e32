"""The registry of the law and its view at a date."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType

from palier.base.errors import LoiError, Problem
from palier.base.ressources import list_packaged, read_packaged
from palier.law.derive import derive_all
from palier.law.freshness import Fraicheur, expires_on, state_at
from palier.law.hypothese import Contenu, with_hypothesis
from palier.law.model import Cellule, Cle, Fiche, Nombre, ValeurLegale, exact
from palier.law.parse import parse_fiche

_PACKAGE = "palier.law"
_CONTEXTE = "loi"


@dataclass(frozen=True, slots=True, eq=False)
class Registre:
    """Every table of the law, over time; never changed, only copied."""

    fiches: Mapping[str, Fiche]

    def ids(self) -> tuple[str, ...]:
        """List the names of the tables."""
        return tuple(sorted(self.fiches))

    def at(self, date: dt.date, non_verifie: bool = False) -> LoiAu:
        """Return the law at a date.

        Parameters
        ----------
        date : date
            There is no default: a computation says its date.
        non_verifie : bool
            Let stale (LOI-003) and unchecked (LOI-004) values pass; each one
            still says ``verifie`` False, so that the provenance marks it.
        """
        return LoiAu(self, date, non_verifie)

    def fiche(self, id_: str) -> Fiche:
        """Return the file of a table.

        Raises
        ------
        LoiError
            LOI-001 if no table has this name; near names are proposed.
        """
        if id_ in self.fiches:
            return self.fiches[id_]
        raise LoiError(
            Problem("LOI-001", _CONTEXTE, f"« {id_} » n'est pas connu.", _near(id_, self.ids(), "nom"))
        )

    def with_value(self, id_: str, du: dt.date, contenu: Contenu) -> Registre:
        """Return a what-if: a copy where a table has another content from ``du``.

        The new value is not ``verifie`` and says ``hypothese``; it lasts as
        long as the one it replaces. Tables derived from it are computed again.

        Parameters
        ----------
        id_ : str
            Name of the table.
        du : date
            First day of the new content.
        contenu : int, Fraction, str or mapping
            The scalar, or the whole table (nested, or keyed by tuples).

        Raises
        ------
        LoiError
            LOI-001 for an unknown table, LOI-005 for a content of another
            shape or a float.
        """
        fiche = self.fiche(id_)
        if fiche.derive is not None:
            raise LoiError(
                Problem(
                    "LOI-005",
                    id_,
                    f"Cette table est calculée à partir de « {fiche.derive.de} ».",
                    f"Faites l'hypothèse sur « {fiche.derive.de} ».",
                )
            )
        changed = {**self.fiches, id_: with_hypothesis(fiche, du, contenu)}
        return Registre(MappingProxyType(derive_all(changed)))

    def freshness(self, au: dt.date) -> list[Fraicheur]:
        """Tell, for each table, whether its last check still holds at a date."""
        found = []
        for id_ in self.ids():
            fiche = self.fiches[id_]
            perime_le = expires_on(fiche.verifie_le, fiche.rythme)
            valeur = next((v for v in fiche.valeurs if v.du <= au and (v.au is None or au <= v.au)), None)
            etat = state_at(au, perime_le, valeur is not None, valeur is not None and valeur.verifie)
            found.append(Fraicheur(id_, fiche.verifie_le, fiche.rythme, perime_le, etat))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class LoiAu:
    """The law at one date; each table is judged once."""

    registre: Registre
    date: dt.date
    non_verifie: bool = False
    _lues: dict[str, ValeurLegale] = field(default_factory=dict, init=False, repr=False)

    def get(self, id_: str) -> ValeurLegale:
        """Return the value in force.

        Raises
        ------
        LoiError
            LOI-001 unknown table, LOI-002 before the first value, LOI-003
            stale, LOI-004 never checked, LOI-007 no value known after a
            closed one.
        """
        if (read := self._lues.get(id_)) is not None:
            return read
        fiche = self.registre.fiche(id_)
        valeur = self._in_force(fiche)
        perime_le = expires_on(fiche.verifie_le, fiche.rythme)
        perime = self.date >= perime_le
        if not self.non_verifie:
            problems = list(_unsure(self.date, fiche, valeur, perime_le))
            if problems:
                raise LoiError(problems)
        self._lues[id_] = replace(valeur, perime=True, verifie=False) if perime else valeur
        return self._lues[id_]

    def _in_force(self, fiche: Fiche) -> ValeurLegale:
        before = [valeur for valeur in fiche.valeurs if valeur.du <= self.date]
        day = self.date.isoformat()
        if not before:
            first = fiche.valeurs[0].du.isoformat()
            words = f"Aucune valeur au {day} : la première connue commence le {first}."
            advice = f"Choisissez une date à partir du {first}, {_COMPLETEZ}"
            raise LoiError(Problem("LOI-002", fiche.id, words, advice, fiche.valeurs[0].reference.texte))
        last = before[-1]
        if last.au is not None and self.date > last.au:
            words = f"Aucune valeur au {day} : la dernière connue vaut jusqu'au {last.au.isoformat()}."
            advice = f"Choisissez une date jusqu'au {last.au.isoformat()}, {_COMPLETEZ}"
            raise LoiError(Problem("LOI-007", fiche.id, words, advice, last.reference.texte))
        return last

    def lookup(self, id_: str, cle: tuple[str | int, ...]) -> Cellule:
        """Return one cell of a table, exact, prolonged where the file says so.

        Raises
        ------
        LoiError
            Those of :meth:`get`, and LOI-006 for a key that the table lacks.

        Examples
        --------
        >>> import datetime as dt
        >>> from palier import law
        >>> law.at(dt.date(2026, 11, 24)).lookup("plafonds_plus", ("8", "idf"))
        94367
        """
        valeur = self.get(id_)
        asked = tuple(str(part) for part in cle)
        cell = valeur.cell(asked)
        if cell is None:
            raise LoiError(_unknown_key(valeur, asked))
        return cell

    def nombre(self, id_: str) -> Nombre:
        """Return a scalar as an int when it is whole, else a Fraction.

        Raises
        ------
        LoiError
            Those of :meth:`get`, and LOI-006 if the value is a table or a text.
        """
        valeur = self.get(id_)
        if isinstance(valeur.valeur, Fraction):
            return exact(valeur.valeur)
        raise LoiError(_unknown_key(valeur, ()))

    def codes(self, id_: str, *prefixe: str) -> tuple[str, ...]:
        """Return the codes of a list, or the keys of a table below a prefix.

        Raises
        ------
        LoiError
            Those of :meth:`get`, and LOI-006 for an unknown prefix.
        """
        valeur = self.get(id_)
        found = valeur.keys(prefixe)
        if not found:
            raise LoiError(_unknown_key(valeur, prefixe))
        return found

    def bounds(self, id_: str, dimension: str, jusqu_a: int) -> dict[Cle, Cellule]:
        """Expand a table for the keys 1 to ``jusqu_a`` of one dimension.

        Keys that the table does not give are absent: unknown, never zero.

        Raises
        ------
        LoiError
            Those of :meth:`get`, and LOI-006 if there is no such dimension.
        """
        valeur = self.get(id_)
        if valeur.table is None or dimension not in valeur.dimensions:
            raise LoiError(_unknown_key(valeur, (dimension,)))
        place = valeur.dimensions.index(dimension)
        others = dict.fromkeys((key[:place], key[place + 1 :]) for key in valeur.table)
        found: dict[Cle, Cellule] = {}
        for number in range(1, jusqu_a + 1):
            for head, tail in others:
                key = (*head, str(number), *tail)
                if (cell := valeur.cell(key)) is not None:
                    found[key] = cell
        return found


_COMPLETEZ = "ou complétez le fichier de loi avec le texte officiel."


def _unsure(date: dt.date, fiche: Fiche, valeur: ValeurLegale, perime_le: dt.date) -> Iterator[Problem]:
    reference = valeur.reference.texte
    if date >= perime_le:
        words = (
            f"La valeur a été vérifiée le {fiche.verifie_le.isoformat()} et doit l'être de nouveau "
            f"à partir du {perime_le.isoformat()} ; la date demandée est le {date.isoformat()}."
        )
        yield Problem("LOI-003", fiche.id, words, _VERIFIEZ, reference)
    if not valeur.verifie:
        words = f"La valeur du {valeur.du.isoformat()} n'a pas été vérifiée sur sa source."
        if valeur.hypothese:
            words = f"La valeur du {valeur.du.isoformat()} est une hypothèse."
        yield Problem("LOI-004", fiche.id, words, _VERIFIEZ, reference)


_VERIFIEZ = (
    "Vérifiez-la sur le texte officiel, ou acceptez-la par « --loi-non-verifiee » : le résultat le dira."
)


def _unknown_key(valeur: ValeurLegale, asked: Cle) -> Problem:
    if not valeur.dimensions:
        words = "Cette valeur n'est pas une table." if asked else "Cette valeur n'est pas un nombre."
        return Problem(
            "LOI-006", valeur.id, words, "Lisez-la sans clé." if asked else "Lisez-la telle quelle."
        )
    for depth, part in enumerate(asked[: len(valeur.dimensions)]):
        known = valeur.keys(asked[:depth])
        if known and part not in known:
            words = f"« {part} » n'est pas une clé de {valeur.dimensions[depth]}."
            return Problem("LOI-006", valeur.id, words, _near(part, known, "clé"), valeur.reference.texte)
    words = f"La table se lit par {' x '.join(valeur.dimensions)}."
    return Problem("LOI-006", valeur.id, words, f"Donnez {len(valeur.dimensions)} clé(s), dans cet ordre.")


def _near(asked: str, known: tuple[str, ...], nom: str) -> str:
    close = difflib.get_close_matches(asked, known, n=3, cutoff=0.5)
    if close:
        return f"Vouliez-vous dire : {', '.join(close)} ?"
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"Choisissez un {nom} parmi : {shown}." if nom == "nom" else f"Clés connues : {shown}."


def build(textes: Mapping[str, str]) -> Registre:
    """Build a registry from the texts of law files.

    Parameters
    ----------
    textes : mapping of str to str
        Text of each file by its name, ``data/<theme>/<id>.yaml``.

    Raises
    ------
    LoiError
        LOI-005, with the problems of every malformed file.
    """
    problems: list[Problem] = []
    fiches: dict[str, Fiche] = {}
    for name, texte in textes.items():
        _, theme, stem = name.removesuffix(".yaml").split("/")
        try:
            fiche = parse_fiche(texte, stem, theme, name)
        except LoiError as error:
            problems.extend(error.problems)
            continue
        if stem in fiches:
            problems.append(Problem("LOI-005", name, "Ce nom est déjà pris.", "Renommez un des fichiers."))
        fiches[stem] = fiche
    if problems:
        raise LoiError(problems)
    return Registre(MappingProxyType(derive_all(fiches)))


@cache
def load() -> Registre:
    """Read the packaged law, once.

    Raises
    ------
    LoiError
        LOI-005, with the problems of every malformed file.
    """
    names = list_packaged(_PACKAGE, "data", ".yaml")
    return build({name: read_packaged(_PACKAGE, name) for name in names})


def at(date: dt.date, non_verifie: bool = False) -> LoiAu:
    """Return the packaged law at a date; see :meth:`Registre.at`."""
    return _at(load(), date, non_verifie)


@lru_cache(maxsize=256)
def _at(registre: Registre, date: dt.date, non_verifie: bool) -> LoiAu:
    return registre.at(date, non_verifie)
