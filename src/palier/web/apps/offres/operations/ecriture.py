"""Write one offer: create, change, confirm, publish, withdraw; each act leaves a line of journal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from palier.base.errors import Problem, RefusalError, TableError
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.offres.models import EN_LIGNE, Offre, Statut
from palier.web.apps.offres.queries.lieux import situation_of
from palier.web.apps.offres.rules import Contexte, OffreSaisie, check_move, check_offre, split
from palier.web.apps.offres.rules.colonnes import Situation, card, search_columns
from palier.web.apps.organismes.models import Organisme


@dataclass(frozen=True)
class Ecriture:
    """What a write did: the offer, and whether it was new or changed."""

    offre: Offre
    nouvelle: bool
    changee: bool


def values_of(organisme: Organisme, saisie: OffreSaisie, situation: Situation) -> dict[str, Any]:
    """Return all columns that are drawn from what the landlord gave."""
    given = {name: value for name, value in saisie.to_dict().items() if value is not None}
    return {
        "saisie": given,
        "carte": card(saisie, situation, organisme.nom, organisme.siren),
        **search_columns(saisie, situation),
    }


@transaction.atomic
def deposer(
    *,
    acteur: Any,
    organisme: Organisme,
    saisie: OffreSaisie,
    contexte: Contexte,
    maintenant: dt.datetime,
    source: str,
    publier: bool = True,
    version: int | None = None,
    neuve: bool = False,
) -> Ecriture:
    """Create or change the offer of a reference, and confirm it; idempotent.

    Parameters
    ----------
    acteur : Utilisateur, str
        Who acts.
    organisme : Organisme
        The landlord; never read from the content.
    saisie : OffreSaisie
        What was given, whole.
    contexte : Contexte
        Date, places and law of the checks.
    maintenant : datetime
        Instant of the act.
    source : str
        ``api``, ``page``, ``lot`` or ``dossier``.
    publier : bool
        Put on line when it passes the checks; else keep as ``controlee``.
    version : int, optional
        Version that the sender knows (If-Match).
    neuve : bool
        The sender means a new offer: one that has this reference is never changed.

    Raises
    ------
    TableError
        Blocking faults of the offer, all at once (OFF-…).
    RefusalError
        OFF-202: the offer has changed since the version given; OFF-204: the reference is taken.
    """
    bad, _ = split(check_offre(saisie, contexte))
    if bad:
        raise TableError([fault.problem(saisie.reference_bailleur or "") for fault in bad])
    reference = saisie.reference_bailleur or ""
    found = Offre.objects.select_for_update().filter(organisme=organisme, reference=reference).first()
    if neuve and found is not None:
        raise RefusalError(
            Problem(
                "OFF-204",
                reference,
                "Une de vos offres a déjà cette référence.",
                "Modifiez-la, ou donnez une autre référence.",
            )
        )
    if version is not None and (found is None or found.version != version):
        raise RefusalError(
            Problem(
                "OFF-202",
                reference,
                "L'offre a changé depuis la version que vous connaissez.",
                "Relisez-la, puis renvoyez votre changement.",
            )
        )
    values = values_of(organisme, saisie, situation_of(saisie.commune_code, contexte.au))
    if found is None:
        found = Offre(organisme=organisme, reference=reference, source=source, **values)
        _to_live(found, maintenant, publier=publier)
        found.save(force_insert=True)
        _note(acteur, "offre.creer", found, source)
        return Ecriture(found, nouvelle=True, changee=True)
    changed = sorted(name for name, value in values["saisie"].items() if found.saisie.get(name) != value)
    changed += sorted(name for name in found.saisie if name not in values["saisie"])
    was_live = found.statut in EN_LIGNE
    for name, value in values.items():
        setattr(found, name, value)
    found.version += bool(changed)
    _to_live(found, maintenant, publier=publier or was_live)
    found.save()
    if changed or not was_live:
        _note(acteur, "offre.modifier", found, source, changed)
    return Ecriture(found, nouvelle=False, changee=bool(changed) or not was_live)


@transaction.atomic
def confirmer(*, acteur: Any, offre: Offre, maintenant: dt.datetime, source: str) -> None:
    """Say that an offer on line is still there.

    Raises
    ------
    RefusalError
        OFF-203: the offer is not on line.
    """
    locked = Offre.objects.select_for_update().get(pk=offre.pk)
    if locked.statut not in EN_LIGNE:
        raise RefusalError(
            Problem("OFF-203", locked.reference, "L'offre n'est pas en ligne.", "Déposez-la de nouveau.")
        )
    locked.statut, locked.confirmee_le, locked.rappelee_le = Statut.PUBLIEE, maintenant, None
    locked.save(update_fields=["statut", "confirmee_le", "rappelee_le", "modifiee_le"])
    _note(acteur, "offre.confirmer", locked, source)


@transaction.atomic
def retirer(*, acteur: Any, offre: Offre, motif: str, maintenant: dt.datetime, source: str) -> None:
    """Withdraw an offer with its reason.

    Raises
    ------
    RefusalError
        OFF-100: no arrow from its state, or an unknown reason.
    """
    locked = Offre.objects.select_for_update().get(pk=offre.pk)
    problems = check_move(locked.statut, Statut.RETIREE, motif, locked.reference)  # type: ignore[arg-type]  # checked by it
    if problems:
        raise RefusalError(problems)
    locked.statut, locked.motif_retrait, locked.retiree_le = Statut.RETIREE, motif, maintenant
    locked.save(update_fields=["statut", "motif_retrait", "retiree_le", "modifiee_le"])
    _note(acteur, f"offre.retirer.{motif}", locked, source)


def _to_live(offre: Offre, maintenant: dt.datetime, *, publier: bool) -> None:
    """Set state and dates of an offer that has passed the checks."""
    if not publier:
        offre.statut = Statut.CONTROLEE
        offre.motif_retrait, offre.retiree_le = "", None
        return
    fresh = offre.statut not in EN_LIGNE
    offre.statut, offre.motif_retrait, offre.retiree_le = Statut.PUBLIEE, "", None
    offre.confirmee_le, offre.rappelee_le = maintenant, None
    if fresh or offre.publiee_le is None:
        offre.publiee_le = maintenant


def _note(acteur: Any, verbe: str, offre: Offre, source: str, champs: list[str] | None = None) -> None:
    """Write the line of journal of an act on an offer."""
    inscrire(
        acteur=acteur,
        verbe=verbe,
        objet_type="offre",
        objet_id=offre.pk,
        organisme=offre.organisme_id,
        champs=champs or [],
        origine=source,
    )
