"""Keep what is on line fresh: remind, mark, withdraw, by the age of the last confirmation."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Func, QuerySet
from django.db.models.fields import DateField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.web.apps.journal.models import Evenement
from palier.web.apps.journal.operations import SYSTEME
from palier.web.apps.offres.models import EN_LIGNE, MotifRetrait, Offre, Statut
from palier.web.apps.offres.rules import Parametres
from palier.web.apps.organismes.models import Organisme


@dataclass(frozen=True)
class Passage:
    """What one run of the clock did."""

    a_confirmer: int
    expirees: int
    rappels: int


def _aged(jours: int, au: dt.date) -> QuerySet[Offre]:
    """Return the offers on line whose confirmation is at least so many days old, in Paris days."""
    day = Func(
        F("confirmee_le"),
        template="(%(expressions)s AT TIME ZONE 'Europe/Paris')::date",
        output_field=DateField(),
    )
    live = Offre.objects.filter(statut__in=EN_LIGNE).annotate(jour=day)
    return live.filter(jour__lte=au - dt.timedelta(days=jours))


@transaction.atomic
def vieillir(*, au: dt.date, maintenant: dt.datetime, parametres: Parametres) -> Passage:
    """Move every offer to the state of its age; idempotent, one transaction.

    Parameters
    ----------
    au : date
        Day in Paris.
    maintenant : datetime
        Instant written on what leaves.
    parametres : Parametres
        Days of reminder, badge and withdrawal.
    """
    expired = list(_aged(parametres.retrait_jours, au).select_for_update().values_list("pk", "organisme_id"))
    Offre.objects.filter(pk__in=[pk for pk, _org in expired]).update(
        statut=Statut.RETIREE,
        motif_retrait=MotifRetrait.EXPIREE,
        retiree_le=maintenant,
        modifiee_le=maintenant,
    )
    marked = _aged(parametres.a_confirmer_jours, au).filter(statut=Statut.PUBLIEE)
    count = Offre.objects.filter(pk__in=list(marked.values_list("pk", flat=True))).update(
        statut=Statut.A_CONFIRMER, modifiee_le=maintenant
    )
    reminded = _remind(au, maintenant, parametres)
    Evenement.objects.bulk_create(
        Evenement(
            acteur=SYSTEME,
            verbe="offre.retirer.expiree",
            objet_type="offre",
            objet_id=str(pk),
            organisme=str(organisme),
            origine="tache",
        )
        for pk, organisme in expired
    )
    return Passage(count, len(expired), reminded)


def _remind(au: dt.date, maintenant: dt.datetime, parametres: Parametres) -> int:
    """Write once to each landlord who has offers to confirm soon; mark them before sending."""
    due = _aged(parametres.rappel_jours, au).filter(rappelee_le__isnull=True)
    by_landlord: dict[uuid.UUID, int] = {}
    for organisme_id in due.values_list("organisme_id", flat=True):
        by_landlord[organisme_id] = by_landlord.get(organisme_id, 0) + 1
    Offre.objects.filter(pk__in=list(due.values_list("pk", flat=True))).update(rappelee_le=maintenant)
    for organisme in Organisme.objects.filter(pk__in=list(by_landlord)).exclude(courriel=""):
        message = reminder(organisme, by_landlord[organisme.pk], parametres)
        transaction.on_commit(message.send)
    return sum(by_landlord.values())


def reminder(organisme: Organisme, nombre: int, parametres: Parametres) -> EmailMessage:
    """Return the mail that asks a landlord to confirm."""
    text = ngettext(
        "%(n)d offre est en ligne depuis %(jours)d jours sans confirmation.",
        "%(n)d offres sont en ligne depuis %(jours)d jours sans confirmation.",
        nombre,
    ) % {"n": nombre, "jours": parametres.rappel_jours}
    what = _("Confirmez-les sur la page « Mes offres », ou renvoyez votre fichier.")
    effect = _("Sans confirmation, elles quittent le site %(jours)d jours après la dernière.") % {
        "jours": parametres.retrait_jours
    }
    return EmailMessage(
        subject=_("Offres à confirmer"), body=f"{text}\n{what}\n{effect}\n", to=[organisme.courriel]
    )
