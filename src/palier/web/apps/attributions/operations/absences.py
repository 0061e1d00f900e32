"""Who follows a home, and who follows the files of somebody who is away."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from palier.web.apps.attributions.models import Absence, Vacance
from palier.web.apps.attributions.operations.acces import acte, lock, note, ouvert, refus
from palier.web.apps.attributions.queries.absences import colleagues
from palier.web.apps.attributions.rules import Acteur

_PLUS_LONG = dt.timedelta(days=366)


def suivre(
    *, acteur: Acteur, vacance: uuid.UUID, agent: uuid.UUID | None, au: dt.date, maintenant: dt.datetime
) -> Vacance:
    """Say which agent of the landlord follows a home; None for nobody.

    Raises
    ------
    RefusalError
        ATR-090 no agent of this organisme.
    """
    with acte(acteur, "vacance", "U", Vacance, vacance):
        held = lock(Vacance, vacance)
        if agent is not None:
            _known(held.bailleur_id, agent, au)
        held.suivie_par_id, held.modifiee_le = agent, maintenant
        held.save(update_fields=["suivie_par", "modifiee_le"])
        note(acteur, "vacance.suivre", "vacance", held.pk, held.bailleur_id, ["suivie_par"])
    return held


def confier(
    *, acteur: Acteur, absent: uuid.UUID, relais: uuid.UUID, du: dt.date, au: dt.date, aujourdhui: dt.date
) -> Absence:
    """Show the files of an agent to a colleague, for some days.

    Raises
    ------
    RefusalError
        ATR-090 no agent of this organisme; ATR-091 impossible days, the same person, or days already given.
    """
    with ouvert(acteur, "absence", "C"):
        body = acteur.organismes[0]
        for person in (absent, relais):
            _known(body, person, aujourdhui)
        if acteur.role != "admin_bailleur" and absent != acteur.qui.pk:
            raise refus(
                "ATR-092",
                "absence",
                "Vous ne pouvez confier que votre propre liste.",
                "Demandez-le à l'administrateur de votre organisme.",
            )
        taken = Absence.objects.filter(
            organisme_id=body, absent_id=absent, du__lte=au, au__gte=du, finie_le__isnull=True
        )
        if absent == relais or au < du or au < aujourdhui or au - du > _PLUS_LONG or taken.exists():
            raise refus(
                "ATR-091",
                "absence",
                "Ces jours, ou ces deux personnes, ne vont pas ensemble.",
                "Donnez deux personnes, des jours à venir, un an au plus, que personne ne relaie déjà.",
            )
        made = Absence.objects.create(organisme_id=body, absent_id=absent, relais_id=relais, du=du, au=au)
        note(acteur, "absence.confier", "absence", made.pk, body)
    return made


def revenir(*, acteur: Acteur, absence: uuid.UUID, aujourdhui: dt.date) -> Absence:
    """End a relay before its last day."""
    with ouvert(acteur, "absence", "U", absence):
        held: Any = Absence.objects.select_for_update().get(pk=absence, organisme_id__in=acteur.organismes)
        if held.finie_le is None:
            held.finie_le = aujourdhui
            held.save(update_fields=["finie_le"])
        note(acteur, "absence.finir", "absence", held.pk, held.organisme_id)
    return held  # type: ignore[no-any-return]


def _known(organisme: uuid.UUID, agent: uuid.UUID, au: dt.date) -> None:
    if agent not in {user.pk for user in colleagues(organisme, au)}:
        raise refus(
            "ATR-090",
            "agent",
            "Cette personne n'est pas un agent de votre organisme.",
            "Choisissez dans la liste.",
        )
