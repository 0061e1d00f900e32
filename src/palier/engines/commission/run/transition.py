"""The one way to change a state: an arrow that exists, a role that may, guards that hold."""

from __future__ import annotations

from collections.abc import Mapping

from palier.base.errors import Problem, RefusalError
from palier.engines.commission.model.machine import DEBUT, Machine
from palier.engines.commission.run import gardes_examen, gardes_logement, gardes_seance, gardes_suite
from palier.engines.commission.run.faits import FaitManquant, Faits
from palier.engines.commission.run.gardes_logement import GardeFn

GARDES: dict[str, GardeFn] = {
    **gardes_logement.GARDES,
    **gardes_examen.GARDES,
    **gardes_suite.GARDES,
    **gardes_seance.GARDES,
}


def refusals(machine: Machine, etat: str, vers: str, role: str, faits: Mapping[str, object]) -> list[Problem]:
    """Return everything that forbids an arrow; empty if it may be taken.

    Parameters
    ----------
    machine : Machine
        One of :func:`load_machine`.
    etat : str
        Where the thing is; ``debut`` if it does not exist yet.
    vers : str
        Where it would go.
    role : str
        Who acts: a role of the machine.
    faits : mapping
        What the guards read, by the names of ``donnees/gardes.yaml``.

    Returns
    -------
    list of Problem
        COM-020 no such arrow, COM-021 no such state, COM-022 not this role,
        COM-023 a fact is missing, and those of each guard.
    """
    for code in (etat, vers):
        if code not in machine.etats and code != DEBUT:
            fix = f"États : {', '.join(machine.etats)}."
            return [Problem("COM-021", machine.id, f"« {code} » n'est pas un état.", fix)]
    fleche = machine.fleche(etat, vers)
    if fleche is None:
        nexts = ", ".join(dict.fromkeys(f.vers for f in machine.depuis(etat))) or "aucun"
        words = f"De « {etat} », on ne va pas à « {vers} »."
        return [Problem("COM-020", machine.id, words, f"États suivants : {nexts}.")]
    found = []
    if role not in fleche.roles:
        words = f"« {role} » ne peut pas faire passer de « {etat} » à « {vers} »."
        found.append(
            Problem("COM-022", machine.id, words, f"Le peuvent : {', '.join(fleche.roles)}.", fleche.article)
        )
    given = Faits(faits)
    for garde in fleche.gardes:
        try:
            found += list(GARDES[garde](given))
        except FaitManquant as missing:
            found.append(missing.problem(garde))
    return list(dict.fromkeys(found))


def transition(machine: Machine, etat: str, vers: str, role: str, faits: Mapping[str, object]) -> str:
    """Return the new state, or raise every reason why not.

    Parameters are those of :func:`refusals`.

    Raises
    ------
    RefusalError
        Every problem (exit code 15).

    Examples
    --------
    >>> from palier.engines.commission.model import load_machine
    >>> transition(load_machine("seance"), "ouverte", "suspendue", "president", {})
    'suspendue'
    """
    problems = refusals(machine, etat, vers, role, faits)
    if problems:
        raise RefusalError(problems)
    return vers
