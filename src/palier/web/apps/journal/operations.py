"""The only write: add a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from palier.web.apps.journal.models import Evenement

SYSTEME = "systeme"


def inscrire(
    *,
    acteur: Any,
    verbe: str,
    objet_type: str,
    objet_id: object,
    organisme: object = "",
    champs: Sequence[str] = (),
    motif: str = "",
    origine: str = "site",
) -> Evenement:
    """Add one line, inside the transaction of the act that it tells.

    Call it last in the transaction: the chain is locked until the commit.

    Parameters
    ----------
    acteur : Utilisateur, str
        Who acts; a person is kept as her pseudonymous id. ``SYSTEME`` for jobs.
    verbe : str
        Stable code of the act (``offre.publier``).
    objet_type, objet_id : str, object
        What it bears on.
    organisme : object
        Id of the organisme in whose name the act is done; empty for none.
    champs : sequence of str
        Names of the fields changed or read, never values.
    motif : str
        Code of a reason, never free text about a person.
    origine : str
        Door: ``site``, ``api``, ``lot``, ``tache``, ``commande``.
    """
    name = str(getattr(acteur, "pk", None) or acteur)
    return Evenement.objects.create(
        acteur=name,
        verbe=verbe,
        objet_type=objet_type,
        objet_id=str(objet_id),
        organisme=str(organisme or ""),
        champs=list(champs),
        motif=motif,
        origine=origine,
    )
