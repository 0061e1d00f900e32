"""The door of every act: right of the role, perimeter, and the machine that lets it pass or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models

from palier.base.errors import Problem, RefusalError
from palier.engines.commission import load_machine, transition
from palier.web.apps.attributions.operations.annonces import annoncer
from palier.web.apps.attributions.rules import SANS_FONCTION, Acteur, DroitError, may
from palier.web.apps.comptes.rules import scope
from palier.web.apps.journal.operations import inscrire
from palier.web.postgres.perimetre import perimetre

#: Those of a landlord's desk: its responsible does what its agents do, and more.
AGENTS = ("agent_bailleur", "admin_bailleur")
DEBUT = "debut"
M = TypeVar("M", bound=models.Model)


def exiger(acteur: Acteur, objet: str, action: str) -> None:
    """Demand a right of the role.

    Raises
    ------
    DroitError
        ATR-001.
    """
    held = (
        may(acteur.role, objet, action)
        if acteur.role in SANS_FONCTION
        else scope(acteur.role, objet, action) is not None
    )
    if not held:
        note(acteur, "acces.refuser", objet, "", "")
        raise DroitError(
            Problem(
                "ATR-001",
                objet,
                "Votre fonction ne permet pas cet acte.",
                "Demandez-le à une personne dont c'est le rôle.",
            )
        )


@contextmanager
def ouvert(acteur: Acteur, objet: str, action: str, objet_id: object = "") -> Iterator[None]:
    """Open the perimeter of an actor for an act.

    What is outside of it does not exist for her: ``ObjectDoesNotExist`` goes through, and a line of
    journal says that it was asked for.

    Raises
    ------
    DroitError
        ATR-001.
    RefusalError
        ATR-050 the database keeps what is decided.
    """
    exiger(acteur, objet, action)
    try:
        with perimetre(organismes=acteur.organismes, seances=acteur.seances, demandes=acteur.demandes):
            yield
    except ObjectDoesNotExist:
        note(acteur, "acces.refuser", objet, objet_id, "")
        raise
    except IntegrityError as error:
        if "ATR-050" not in str(error):
            raise
        raise refus(
            "ATR-050", objet, "Ce qui est décidé ne change plus.", "Prenez une décision rectificative."
        ) from error


@contextmanager
def acte(acteur: Acteur, objet: str, action: str, modele: type[M], pk: object) -> Iterator[M]:
    """Open the perimeter of an actor, find there what she acts on, then act in the name of the landlord.

    Yields
    ------
    Model
        The row, not locked yet: locks have an order.
    """
    with ouvert(acteur, objet, action, pk):
        found: M = modele._default_manager.get(pk=pk)
        with au_nom_de(acteur, landlord_of(found)):
            yield found


def landlord_of(row: Any) -> Any:
    """Return the landlord of a row of allocations."""
    for holder in ("seance", "candidature"):
        if hasattr(row, f"{holder}_id") and not hasattr(row, "bailleur_id"):
            return getattr(row, holder).bailleur_id
    return row.bailleur_id


@contextmanager
def au_nom_de(acteur: Acteur, *bailleurs: Any) -> Iterator[None]:
    """Open the perimeter of landlords beside that of an actor: for what the machine has let pass."""
    everyone = dict.fromkeys([*acteur.organismes, *bailleurs])
    with perimetre(organismes=everyone, seances=acteur.seances, demandes=acteur.demandes):
        yield


def lock(modele: type[M], pk: object) -> M:
    """Return a row, locked until the end of the transaction."""
    return modele._default_manager.select_for_update(of=("self",)).get(pk=pk)


def move(machine: str, row: Any, vers: str, role: str, faits: Mapping[str, object]) -> None:
    """Take an arrow: the only way to change a state; nothing is saved here.

    Raises
    ------
    RefusalError
        Every reason of the machine.
    """
    drawn, here = load_machine(machine), row.etat or DEBUT
    arrow = drawn.fleche(here, vers)
    if role == "admin_bailleur" and arrow is not None and role not in arrow.roles:
        role = "agent_bailleur"
    row.etat = transition(drawn, here, vers, role, faits)


def refus(code: str, ou: str, constat: str, que_faire: str, reference: str | None = None) -> RefusalError:
    """Return a refusal of this app, to be raised."""
    return RefusalError(Problem(code, ou, constat, que_faire, reference))


def note(
    acteur: Acteur, verbe: str, objet: str, objet_id: object, organisme: object, champs: Sequence[str] = ()
) -> None:
    """Tell the programs that asked, then write the line of journal of an act: the last of its transaction."""
    annoncer(verbe, objet, objet_id, organisme)
    inscrire(
        acteur=acteur.qui,
        verbe=verbe,
        objet_type=objet,
        objet_id=objet_id,
        organisme=organisme or (acteur.organismes[0] if acteur.organismes else ""),
        champs=champs,
        origine=acteur.origine,
    )
