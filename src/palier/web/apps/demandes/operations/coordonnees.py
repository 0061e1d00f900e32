"""Where a person is reached, written by an agent who has heard it from her: traced, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from palier.base.errors import Problem, RefusalError
from palier.web.apps.demandes.models import VIVANTES, Coordonnees, Demande
from palier.web.apps.journal.operations import inscrire

CHAMPS = ("courriel", "telephone", "adresse", "langue")


def ecrire_coordonnees(
    *,
    acteur: Any,
    demande: Demande,
    valeurs: Mapping[str, Any],
    maintenant: dt.datetime,
    organisme: object = "",
) -> list[str]:
    """Write the address on file of a request; return the names of what changed. Call inside its perimeter.

    Codes go to this address: whoever writes it has seen the person, or a paper of hers.

    Raises
    ------
    RefusalError
        DEM-051: the request does not live any more.
    """
    if demande.statut not in VIVANTES:
        words = "Cette demande ne vit plus : ses coordonnées ne changent plus."
        raise RefusalError(Problem("DEM-051", "demande", words, "Corrigez celles de la demande qui vit."))
    held, _new = Coordonnees.objects.select_for_update().get_or_create(
        pk=demande.pk, defaults={"modifiees_le": maintenant}
    )
    changed = [nom for nom in CHAMPS if nom in valeurs and getattr(held, nom) != valeurs[nom]]
    for nom in changed:
        setattr(held, nom, valeurs[nom])
    if changed:
        held.modifiees_le = maintenant
        held.save(update_fields=[*changed, "modifiees_le"])
        inscrire(
            acteur=acteur,
            verbe="demande.joindre",
            objet_type="demande",
            objet_id=demande.pk,
            organisme=organisme,
            champs=changed,
        )
    return changed
