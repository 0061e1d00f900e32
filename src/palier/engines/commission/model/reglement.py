"""Règlement intérieur of a commission, as data: quorum, proxies, casting vote, modes, vintages."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

from palier.base.errors import Problem, RuleFileError
from palier.base.identifiers import is_siren
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Table
from palier.engines.commission.model.lecteur import Lecteur
from palier.engines.commission.model.machine import PACKAGE

Base = Literal["six", "college"]
Mode = Literal["salle", "distance", "ecrite"]
MODES: tuple[Mode, ...] = ("salle", "distance", "ecrite")
_R441_9 = "R441-9 CCH"


@dataclass(frozen=True, slots=True)
class RegleQuorum:
    """Who is counted (``six`` named by the body, or the whole college) and how many are enough.

    Exactly one of ``min`` (persons) and ``part`` (share of those counted) is given.
    """

    base: Base
    min: int | None = None
    part: Fraction | None = None

    def requis(self, effectif: int) -> int:
        """Return how many must be there, of ``effectif``; half of nine is five.

        Examples
        --------
        >>> RegleQuorum("college", part=Fraction(1, 2)).requis(9)
        5
        """
        if self.min is not None:
            return self.min
        share = (self.part or Fraction(1)) * effectif
        return -(-share.numerator // share.denominator)


@dataclass(frozen=True, slots=True)
class Reglement:
    """One vintage of a règlement.

    Parameters
    ----------
    organisme : str
        SIREN of the body.
    du, au : date
        First and last day; ``au`` None while nothing replaces it.
    texte, adopte_le : str, date
        The decision that adopted it.
    quorum : RegleQuorum
        Counted for each home.
    voix_president : bool
        On a tie that the mayor does not settle, the president's vote does.
    pouvoirs : int
        Proxies that one person may hold; 0: none.
    pouvoirs_quorum : bool
        A represented member counts for the quorum.
    modes : frozenset of str
        Ways to meet that it allows; in the room always.
    reunion_sur_demande : bool
        A member may turn a written session into a meeting.
    convocation_jours : int
        Days between the convocation and the session, at least.
    sha256 : str
        Hash of its text: what is compared between convocation and session.
    """

    organisme: str
    du: dt.date
    au: dt.date | None
    texte: str
    adopte_le: dt.date
    quorum: RegleQuorum
    voix_president: bool
    pouvoirs: int
    pouvoirs_quorum: bool
    modes: frozenset[Mode]
    reunion_sur_demande: bool
    convocation_jours: int
    sha256: str


def parse_reglement(texte: str, origine: str) -> Reglement:
    """Read a règlement; nothing in it has a default that matters.

    Raises
    ------
    RuleFileError
        COM-001 to COM-006, COM-015 (quorum absent or without a count), COM-016
        (dates that do not follow), COM-017 (not a SIREN); all at once.
    """
    lecteur = Lecteur(origine)
    root = lecteur.root(texte)
    required = ("palier", "organisme", "version", "deliberation", "quorum", "convocation_jours")
    lecteur.keys(
        root,
        "le règlement",
        (*required, "voix_preponderante_president", "pouvoirs", "seances"),
        [key for key in required if key != "quorum"],
    )
    lecteur.choice(root, "palier", ("reglement/1",), "reglement/1")
    organisme = lecteur.text(root, "organisme") or ""
    if organisme and not is_siren(organisme):
        words = "« organisme » n'est pas un SIREN : neuf chiffres dont le dernier est une clé."
        lecteur.refuse("COM-017", root.lignes["organisme"], words, "Vérifiez le numéro de l'organisme.")
    du, au, adopte_le, deliberation = _dates(lecteur, root)
    quorum = _quorum(lecteur, root)
    proxies = lecteur.table(root, "pouvoirs")
    lecteur.keys(proxies, "pouvoirs", ("par_personne", "quorum"), ("par_personne",) if proxies else ())
    sessions = lecteur.table(root, "seances")
    lecteur.keys(sessions, "seances", ("distance", "ecrite", "reunion_sur_demande"))
    allowed = {"salle", *(mode for mode in ("distance", "ecrite") if lecteur.flag(sessions, mode))}
    made = Reglement(
        organisme,
        du,
        au,
        deliberation,
        adopte_le,
        quorum,
        lecteur.flag(root, "voix_preponderante_president"),
        lecteur.integer(proxies, "par_personne", 0, 5) or 0,
        lecteur.flag(proxies, "quorum"),
        frozenset(cast("set[Mode]", allowed)),
        lecteur.flag(sessions, "reunion_sur_demande", defaut=True),
        lecteur.integer(root, "convocation_jours", 0, 60) or 0,
        hashlib.sha256(texte.replace("\r\n", "\n").encode()).hexdigest(),
    )
    lecteur.stop()
    return made


def _dates(lecteur: Lecteur, root: Table) -> tuple[dt.date, dt.date | None, dt.date, str]:
    version, source = lecteur.table(root, "version"), lecteur.table(root, "deliberation")
    lecteur.keys(version, "version", ("du", "au"), ("du",) if version else ())
    lecteur.keys(source, "deliberation", ("texte", "le"), ("texte", "le") if source else ())
    du, au = lecteur.date(version, "du"), lecteur.date(version, "au")
    adopte_le = lecteur.date(source, "le")
    if du and au and au < du:
        lecteur.refuse("COM-016", version.ligne, "Le règlement finit avant de commencer.", "Corrigez « au ».")
    if du and adopte_le and du < adopte_le:
        words = "Le règlement commence avant d'être adopté."
        lecteur.refuse("COM-016", version.ligne, words, "Corrigez « du », ou la date de la délibération.")
    return du or dt.date.min, au, adopte_le or dt.date.min, lecteur.text(source, "texte") or ""


def _quorum(lecteur: Lecteur, root: Table) -> RegleQuorum:
    block = lecteur.table(root, "quorum")
    lecteur.keys(block, "quorum", ("base", "min", "part"), ("base",) if block else ())
    base = cast(Base, lecteur.choice(block, "base", ("six", "college"), "six"))
    low, share = lecteur.integer(block, "min", 1, 40), lecteur.number(block, "part", 0, 1)
    if share == 0:
        lecteur.value(block, "part", "Écrivez une part plus grande que zéro, comme 1/2.")
    elif ("min" in block) == ("part" in block):
        words = "Le quorum n'est pas fixé : il faut une base, et soit « min », soit « part »."
        lecteur.refuse(
            "COM-015", block.ligne, words, "Écrivez par exemple « quorum: {base: six, min: 3} ».", _R441_9
        )
    return RegleQuorum(base, low, share)


def read_exemple() -> str:
    """Return the text of the example of a règlement shipped with Palier."""
    return read_packaged(PACKAGE, "donnees/reglements/exemple.yaml")


def reglement_at(reglements: Iterable[Reglement], organisme: str, au: dt.date) -> Reglement:
    """Return the vintage in force on a day.

    Raises
    ------
    RuleFileError
        COM-018 if none, or more than one, is in force.
    """
    found = [
        r for r in reglements if r.organisme == organisme and r.du <= au and (r.au is None or au <= r.au)
    ]
    if len(found) != 1:
        words = "Aucun règlement n'est" if not found else f"{len(found)} règlements sont"
        raise RuleFileError(
            Problem(
                "COM-018",
                organisme,
                f"{words} en vigueur au {au.isoformat()}.",
                "Fermez l'ancienne version la veille de la nouvelle.",
                _R441_9,
            )
        )
    return found[0]
