"""The state machines of an allocation, drawn and listed from ``engines/commission/donnees``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from palier.engines.commission import Machine, list_machines, load_machine
from palier.engines.commission.model.machine import DEBUT
from tools.reference.dessin import draw
from tools.reference.markdown import page, table

CHAPEAU = """
Un logement à attribuer, une candidature, une séance et une décision ne changent d'état que par les flèches
de cette page. Elles sont écrites dans quatre fichiers qu'un juriste peut relire
(`engines/commission/donnees/machines`) ; ce qui n'y est pas écrit est refusé. Chaque flèche dit qui peut la
prendre et ce qui doit être vrai. Les garanties sont vérifiées sur le dessin lui-même, quand Palier démarre :
aucun chemin ne les contourne.
"""


def _name(machine: Machine, etat: str) -> str:
    return "(début)" if etat == DEBUT else machine.etats[etat].libelle


def _fleches(machine: Machine) -> str:
    """List the arrows; those that differ only by where they start share a row."""
    grouped: dict[tuple[object, ...], list[str]] = {}
    for f in machine.fleches:
        conditions = " ; ".join(machine.gardes[code].libelle for code in f.gardes) or "—"
        who = " ou ".join(machine.roles[role] for role in f.roles)
        key = (_name(machine, f.vers), who, conditions, f.article or "", f.note)
        grouped.setdefault(key, []).append(_name(machine, f.de))
    rows = [(" ou ".join(starts), *key) for key, starts in grouped.items()]
    return table(("De", "Vers", "Qui", "À condition que", "Article", "Note"), rows)


def _inner(words: str) -> str:
    return words[:1].lower() + words[1:]


def _garanties(machine: Machine) -> str:
    return "".join(
        f"Avant « {machine.etats[etat].libelle} », toujours : "
        + " ; ".join(_inner(machine.gardes[code].libelle) for code in gardes)
        + ".\n\n"
        for etat, gardes in machine.garanties.items()
    )


def pictures() -> dict[str, Callable[[], str]]:
    """Return the drawings by their names below ``docs/reference``."""
    return {f"machines/{nom}.svg": partial(draw, load_machine(nom)) for nom in list_machines()}


def render() -> str:
    """Write ``docs/reference/machines.md``."""
    parties = []
    for nom in list_machines():
        machine = load_machine(nom)
        picture = f"![Les états de « {machine.libelle} » et leurs flèches](machines/{nom}.svg)\n"
        parties.append(f"## {machine.libelle}\n\n{picture}\n{_fleches(machine)}\n{_garanties(machine)}")
    return page("Les étapes d'une attribution", CHAPEAU, parties)
