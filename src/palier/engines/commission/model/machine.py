"""State machines as data: states, arrows, who, guards, articles, guarantees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from palier.base.errors import Problem, RuleFileError
from palier.base.ressources import list_packaged, read_packaged
from palier.base.yamlstrict import Table
from palier.engines.commission.model.lecteur import Lecteur

PACKAGE = "palier.engines.commission"
_DOSSIER = "donnees/machines"
DEBUT = "debut"


@dataclass(frozen=True, slots=True)
class Etat:
    """One state; ``fin``: nothing leaves it."""

    code: str
    libelle: str
    fin: bool = False


@dataclass(frozen=True, slots=True)
class Garde:
    """What an arrow demands: its sentence, its article, the facts it reads."""

    code: str
    libelle: str
    faits: tuple[str, ...]
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Fleche:
    """One arrow: ``roles`` may take it when every guard of ``gardes`` holds."""

    de: str
    vers: str
    roles: tuple[str, ...]
    gardes: tuple[str, ...]
    article: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine; what it does not write is forbidden.

    Parameters
    ----------
    id, libelle : str
        Its name and its title.
    etats : mapping of str to Etat
        In the order of the file.
    fleches : tuple of Fleche
        The only arrows; ``debut`` is the state of what does not exist yet.
    gardes : mapping of str to Garde
        Those that its arrows use.
    roles : mapping of str to str
        Titles of those who act.
    garanties : mapping of str to tuple of str
        For a state, the guards that no path to it can go around.
    """

    id: str
    libelle: str
    etats: Mapping[str, Etat]
    fleches: tuple[Fleche, ...]
    gardes: Mapping[str, Garde]
    roles: Mapping[str, str]
    garanties: Mapping[str, tuple[str, ...]]

    def fleche(self, de: str, vers: str) -> Fleche | None:
        """Return the arrow between two states, None if there is none."""
        return next((f for f in self.fleches if (f.de, f.vers) == (de, vers)), None)

    def depuis(self, etat: str) -> tuple[Fleche, ...]:
        """Return the arrows that leave a state, for a page that offers the next acts."""
        return tuple(f for f in self.fleches if f.de == etat)


def parse_machine(texte: str, origine: str, vocabulaire: str) -> Machine:
    """Read a machine.

    Parameters
    ----------
    texte : str
        YAML of the machine.
    origine : str
        Name shown in messages.
    vocabulaire : str
        YAML of the guards and roles that machines share.

    Raises
    ------
    RuleFileError
        COM-001 to COM-006, COM-010 (unknown state, guard or role), COM-011 (two
        arrows between two states), COM-012 (state that no path reaches, arrow
        that leaves an end), COM-013 (a path goes around a guarantee); all at once.
    """
    lecteur = Lecteur(origine)
    roles, gardes = _vocabulaire(vocabulaire)
    root = lecteur.root(texte)
    keys = ("palier", "id", "libelle", "etats", "fleches", "garanties")
    lecteur.keys(root, "une machine", keys, keys)
    lecteur.choice(root, "palier", ("machine/1",), "machine/1")
    etats = _etats(lecteur, lecteur.table(root, "etats"))
    fleches: list[Fleche] = []
    for block in lecteur.blocks(root, "fleches"):
        fleches += _fleches(lecteur, block, etats, gardes, roles)
    used = {code for f in fleches for code in f.gardes}
    made = Machine(
        lecteur.text(root, "id") or "",
        lecteur.text(root, "libelle") or "",
        MappingProxyType(etats),
        tuple(fleches),
        MappingProxyType({code: garde for code, garde in gardes.items() if code in used}),
        MappingProxyType({r: words for r, words in roles.items() if any(r in f.roles for f in fleches)}),
        MappingProxyType(_garanties(lecteur, lecteur.table(root, "garanties"), etats, gardes)),
    )
    lecteur.stop()
    _check(lecteur, made)
    lecteur.stop()
    return made


def _etats(lecteur: Lecteur, table: Table) -> dict[str, Etat]:
    found = {}
    for code in table:
        block = lecteur.table(table, code)
        lecteur.keys(block, code, ("libelle", "fin"), ("libelle",))
        found[code] = Etat(code, lecteur.text(block, "libelle") or "", lecteur.flag(block, "fin"))
    return found


def _fleches(
    lecteur: Lecteur,
    block: Table,
    etats: Mapping[str, Etat],
    gardes: Mapping[str, Garde],
    roles: Mapping[str, str],
) -> list[Fleche]:
    keys = ("de", "vers", "qui", "si", "article", "note")
    lecteur.keys(block, "une flèche", keys, ("de", "vers", "qui"))
    departs, arrivees = lecteur.texts(block, "de"), lecteur.texts(block, "vers")
    qui, si = lecteur.texts(block, "qui"), lecteur.texts(block, "si")
    lists = ((departs, {DEBUT, *etats}), (arrivees, set(etats)), (qui, set(roles)), (si, set(gardes)))
    for words, known in lists:
        _unknown(lecteur, block.ligne, words, known)
    article, note = lecteur.text(block, "article"), lecteur.text(block, "note") or ""
    return [Fleche(de, vers, qui, si, article, note) for de in departs for vers in arrivees]


def _garanties(
    lecteur: Lecteur, table: Table, etats: Mapping[str, Etat], gardes: Mapping[str, Garde]
) -> dict[str, tuple[str, ...]]:
    _unknown(lecteur, table.ligne, table, set(etats))
    found = {etat: lecteur.texts(table, etat) for etat in table}
    for etat, words in found.items():
        _unknown(lecteur, table.lignes[etat], words, set(gardes))
    return found


def _unknown(lecteur: Lecteur, ligne: int, words: object, known: set[str]) -> None:
    for word in words:  # type: ignore[attr-defined]
        if word not in known:
            lecteur.refuse(
                "COM-010",
                ligne,
                f"« {word} » n'est ni un état, ni une garde, ni un rôle connu.",
                f"Choisissez parmi : {', '.join(sorted(known))}.",
            )


def reachable(machine: Machine, sans: str | None = None) -> set[str]:
    """Return the states that a path reaches from the start, without the arrows of a guard.

    Examples
    --------
    >>> "bail_signe" in reachable(load_machine("vacance"))
    True
    >>> "bail_signe" in reachable(load_machine("vacance"), sans="trois_dossiers")
    False
    """
    found, pending = {DEBUT}, [DEBUT]
    while pending:
        here = pending.pop()
        for fleche in machine.depuis(here):
            if sans not in fleche.gardes and fleche.vers not in found:
                found.add(fleche.vers)
                pending.append(fleche.vers)
    return found


def _check(lecteur: Lecteur, machine: Machine) -> None:
    pairs = [(f.de, f.vers) for f in machine.fleches]
    for de, vers in sorted({pair for pair in pairs if pairs.count(pair) > 1}):
        lecteur.refuse("COM-011", 1, f"Deux flèches vont de « {de} » à « {vers} ».", "Gardez-en une seule.")
    seen = reachable(machine)
    for etat in machine.etats.values():
        if etat.code not in seen:
            lecteur.refuse("COM-012", 1, f"Aucun chemin ne mène à « {etat.code} ».", "Ajoutez une flèche.")
        if etat.fin == bool(machine.depuis(etat.code)):
            words = f"« {etat.code} » est une fin d'où part une flèche, ou un état d'où rien ne part."
            lecteur.refuse("COM-012", 1, words, "Écrivez « fin: oui » là où tout s'arrête, et là seulement.")
    for etat_code, exigees in machine.garanties.items():
        for garde in exigees:
            if etat_code in reachable(machine, sans=garde):
                words = f"Un chemin mène à « {etat_code} » sans passer par « {garde} »."
                lecteur.refuse(
                    "COM-013",
                    1,
                    words,
                    "Remettez cette garde sur chaque chemin.",
                    machine.gardes[garde].article if garde in machine.gardes else None,
                )


@cache
def _vocabulaire(texte: str) -> tuple[Mapping[str, str], Mapping[str, Garde]]:
    lecteur = Lecteur("gardes.yaml")
    root = lecteur.root(texte)
    lecteur.keys(root, "le vocabulaire", ("palier", "roles", "gardes"), ("roles", "gardes"))
    names = lecteur.table(root, "roles")
    roles = {role: lecteur.text(names, role) or "" for role in names}
    gardes = {}
    table = lecteur.table(root, "gardes")
    for code in table:
        block = lecteur.table(table, code)
        lecteur.keys(block, code, ("libelle", "faits", "article"), ("libelle", "faits"))
        words, article = lecteur.text(block, "libelle") or "", lecteur.text(block, "article")
        gardes[code] = Garde(code, words, lecteur.texts(block, "faits"), article)
    lecteur.stop()
    return MappingProxyType(roles), MappingProxyType(gardes)


def read_vocabulaire() -> str:
    """Return the text of the guards and roles shipped with Palier."""
    return read_packaged(PACKAGE, "donnees/gardes.yaml")


def list_machines() -> tuple[str, ...]:
    """List the machines shipped with Palier.

    Examples
    --------
    >>> list_machines()
    ('candidature', 'decision', 'seance', 'vacance')
    """
    names = list_packaged(PACKAGE, _DOSSIER, ".yaml")
    return tuple(sorted(name.removeprefix(f"{_DOSSIER}/").removesuffix(".yaml") for name in names))


@cache
def load_machine(nom: str) -> Machine:
    """Return a shipped machine.

    Raises
    ------
    RuleFileError
        COM-014 if none has this name; those of :func:`parse_machine`.
    """
    if nom not in list_machines():
        known = ", ".join(list_machines())
        raise RuleFileError(
            Problem("COM-014", nom, "Aucune machine ne porte ce nom.", f"Choisissez parmi : {known}.")
        )
    return parse_machine(read_packaged(PACKAGE, f"{_DOSSIER}/{nom}.yaml"), nom, read_vocabulaire())
