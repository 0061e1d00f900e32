"""Letters that time calls for: attestations, notices of renewal; those with an address leave by mail."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from palier.base.periods import add_months
from palier.web.apps.attributions.courrier.messages import renewal
from palier.web.apps.attributions.models import Courrier
from palier.web.apps.attributions.operations import lettres
from palier.web.apps.attributions.queries.faits import loi_du
from palier.web.apps.demandes.models import VIVANTES, Demande, MotifRadiation
from palier.web.apps.demandes.queries import echeances
from palier.web.apps.journal.operations import inscrire
from palier.web.horloge import local_day
from palier.web.postgres.perimetre import perimetre

_AUTOMATE = "systeme"


@dataclass(frozen=True)
class Rappels:
    """What one run prepared: letters by kind, and the ids of those to send by mail, old ones included."""

    attestations: int
    renouvellements: int
    courriels: tuple[uuid.UUID, ...]


def preparer(*, territoire: str, maintenant: dt.datetime) -> Rappels:
    """Prepare what a day calls for in a territory; a second run prepares nothing more."""
    day = local_day(maintenant)
    with perimetre(territoire=territoire):
        attested = [
            lettres.de_l_attestation(d, d.organismes[0], maintenant) for d in _to_attest(territoire, day)
        ]
        told = echeances.due(territoire, day).a_avertir
        known = Courrier.objects.filter(territoire=territoire, genre="renouvellement").values(
            "demande_id", "cle"
        )
        done = {(row["demande_id"], row["cle"]) for row in known}
        due = [d for d in Demande.objects.filter(pk__in=told).order_by("expire_le", "pk")
               if (d.pk, f"renouvellement:{d.pk}:{d.expire_le.isoformat()}") not in done]  # fmt: skip
        renewed = [lettres.du_renouvellement(d, maintenant) for d in due]
        for row in (*attested, *renewed):
            inscrire(
                acteur=_AUTOMATE, verbe="courrier.preparer", objet_type="courrier", objet_id=row.pk,
                organisme=row.organisme_id, origine="tache",
            )  # fmt: skip
        waiting = Courrier.objects.filter(territoire=territoire, courriel=True, etat="a_imprimer")
        ids = tuple(waiting.order_by("pk").values_list("pk", flat=True))
    return Rappels(len(attested), len(renewed), ids)


def _to_attest(territoire: str, au: dt.date) -> Sequence[Demande]:
    """Return the requests filed since less than the month of the law that have no attestation yet."""
    months = int(loi_du(au).nombre("attestation_demande_mois"))
    rows = Demande.objects.filter(
        territoire=territoire, statut__in=VIVANTES, date_depot_initial__gt=add_months(au, -months),
        date_depot_initial__lte=au,
    )  # fmt: skip
    held = Courrier.objects.filter(genre="attestation").values("demande_id")
    return list(rows.exclude(pk__in=held).order_by("date_depot_initial", "pk"))


def envoyer(*, courrier: uuid.UUID, territoire: str, maintenant: dt.datetime) -> bool:
    """Send one notice by mail, once: its row is locked until the acknowledgement is written (ADR 0019).

    Returns
    -------
    bool
        False if it has left already. Without an address any more, it becomes a letter on paper.
    """
    with perimetre(territoire=territoire):
        row = (
            Courrier.objects.select_for_update(of=("self",))
            .select_related("demande")
            .filter(pk=courrier, courriel=True, etat="a_imprimer")
            .first()
        )
        if row is None:
            return False
        known = getattr(row.demande, "coordonnees", None)
        if not (known and known.courriel):
            Courrier.objects.filter(pk=courrier).update(courriel=False)
            return False
        renewal(row, known.courriel).send()
        Courrier.objects.filter(pk=courrier).update(etat="envoyee", envoye_le=local_day(maintenant))
        inscrire(
            acteur=_AUTOMATE, verbe="courrier.envoyer", objet_type="courrier", objet_id=row.pk,
            organisme=row.organisme_id, origine="tache",
        )  # fmt: skip
    return True


def radiation(demandes: Sequence[Demande], motif: str, le: dt.date, maintenant: dt.datetime) -> None:
    """Prepare the letter of each request that leaves the register, but for a lease that is signed."""
    if motif == MotifRadiation.ATTRIBUTION:
        return
    for demande in demandes:
        with perimetre(organismes=[demande.organismes[0]]):
            lettres.de_la_radiation(demande, motif, le, maintenant)
