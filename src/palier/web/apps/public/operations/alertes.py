"""Alerts without account: asked, confirmed by a signed link, served once a day at most, erased.

Nothing tells a stranger whether an address is known: asking twice gives the same answer on the page, and
another mail in the box. No line of the journal nor of the logs holds an address.
"""

from __future__ import annotations

import datetime as dt
import uuid
from urllib.parse import parse_qs

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from procrastinate.contrib.django import app

from palier.web.apps.offres.queries import recherche
from palier.web.apps.offres.rules.filtres import Filtres, parse_filtres
from palier.web.apps.public.models import Alerte, Envoi, EtatAlerte
from palier.web.apps.public.operations import courriels
from palier.web.apps.public.queries.alertes import filters_of
from palier.web.apps.public.rules.retention import RETOURS_MAX, bounds
from palier.web.horloge import PARIS

_SHOWN = 10
_BATCH = 200
_RECOUVREMENT = dt.timedelta(minutes=30)  # longer than the reading of any lot
_VUES_MAX = 500  # beyond, a whole file has just come on line: its offers are not told anew
TACHE_LETTRE, FILE_LETTRES = "public.ecrire_lettre", "lettres"


@transaction.atomic
def demander(*, courriel: str, filtres: Filtres, langue: str, maintenant: dt.datetime) -> Alerte:
    """Keep the wish for an alert, and have the link that confirms it sent.

    Parameters
    ----------
    courriel : str
        A valid address.
    filtres : Filtres
        What to watch; the order does not matter.
    langue : str
        Language of the mails.
    maintenant : datetime
        Instant of the wish.
    """
    query = filtres.query(tri="recentes")
    alerte, _ = Alerte.objects.select_for_update().get_or_create(
        courriel=courriel.lower(),
        filtres=query,
        defaults={"langue": langue, "creee_le": maintenant, "vue_jusqu_a": maintenant},
    )
    if alerte.etat != EtatAlerte.ACTIVE:
        alerte.creee_le, alerte.langue, alerte.vue_jusqu_a = maintenant, langue, maintenant
        alerte.deja_vues = _seen(filtres, maintenant)
        alerte.save(update_fields=["creee_le", "langue", "vue_jusqu_a", "deja_vues"])
    _write(alerte, "deja" if alerte.etat == EtatAlerte.ACTIVE else "confirmer")
    return alerte


def _write(alerte: Alerte, lettre: str) -> None:
    """Hand a letter to the worker, in the transaction that makes it due: both are kept, or neither."""
    app.configure_task(TACHE_LETTRE, queue=FILE_LETTRES).defer(alerte_id=str(alerte.pk), lettre=lettre)


def _seen(filtres: Filtres, instant: dt.datetime) -> list[str] | None:
    """Return the offers that came on line shortly before an instant and are shown already."""
    found = recherche.news(filtres, instant, instant, 0, recentes_depuis=instant - _RECOUVREMENT)
    return found.recentes if len(found.recentes) <= _VUES_MAX else None


@transaction.atomic
def confirmer(*, alerte: Alerte, maintenant: dt.datetime) -> Alerte:
    """Begin to serve what is new since the wish; confirming twice changes nothing."""
    locked = Alerte.objects.select_for_update().get(pk=alerte.pk)
    if locked.etat != EtatAlerte.ACTIVE:
        locked.etat, locked.retours = EtatAlerte.ACTIVE, 0
        locked.confirmee_le = locked.confirmee_le or maintenant
        locked.save()
    return locked


@transaction.atomic
def renouveler(*, alerte: Alerte, maintenant: dt.datetime) -> Alerte:
    """Go on for six more months."""
    locked = Alerte.objects.select_for_update().get(pk=alerte.pk)
    locked.renouvelee_le, locked.relancee_le = maintenant, None
    locked.save(update_fields=["renouvelee_le", "relancee_le"])
    return locked


@transaction.atomic
def changer(*, alerte: Alerte, filtres: Filtres) -> Alerte:
    """Watch other filters; an alert that would be the double of another one is merged into it."""
    query = filtres.query(tri="recentes")
    locked = Alerte.objects.select_for_update().get(pk=alerte.pk)
    twin = Alerte.objects.filter(courriel=locked.courriel, filtres=query).exclude(pk=locked.pk).first()
    if twin is not None:
        locked.delete()
        return twin
    locked.filtres = query
    if locked.deja_vues is not None:  # nothing told yet: the other filters have seen other offers
        locked.deja_vues = _seen(filtres, locked.vue_jusqu_a)
    locked.save(update_fields=["filtres", "deja_vues"])
    return locked


def arreter(*, alerte: Alerte) -> None:
    """Stop, and erase the address at once."""
    Alerte.objects.filter(pk=alerte.pk).delete()


def preparer(*, maintenant: dt.datetime) -> list[uuid.UUID]:
    """Write the digests of the day that are still to be written, and return those to be sent.

    A digest and the instant up to which its alert has been served are written in one transaction: an
    interrupted run loses nothing and doubles nothing. Digests written but not acknowledged by the mail
    server come back in the list.
    """
    day = maintenant.astimezone(PARIS).date()
    waiting = list(Envoi.objects.filter(accepte_le__isnull=True).values_list("pk", flat=True))
    last: uuid.UUID | None = None
    while True:
        with transaction.atomic():
            due = Alerte.objects.filter(etat=EtatAlerte.ACTIVE).exclude(envois__jour=day).order_by("pk")
            if last is not None:
                due = due.filter(pk__gt=last)
            batch = list(due.select_for_update(skip_locked=True, of=("self",))[:_BATCH])
            if not batch:
                return waiting
            for alerte in batch:
                waiting += _prepare_one(alerte, day, maintenant)
            last = batch[-1].pk


def _prepare_one(alerte: Alerte, jour: dt.date, maintenant: dt.datetime) -> list[uuid.UUID]:
    """Write the digest of one alert, if there is news.

    A lot dates its offers when its reading begins and shows them when it is written: they may appear behind
    a digest made in between, or behind the wish for the alert. So each digest looks back a while, and leaves
    out what the one before saw; the first one, what the list showed to the person who asked.
    """
    filtres, since = filters_of(alerte), alerte.vue_jusqu_a
    before = alerte.envois.order_by("-jour").first()
    told = [*(alerte.deja_vues or ()), *(before.offres.get("recentes", ()) if before else ())]
    if before or alerte.deja_vues is not None:
        since -= _RECOUVREMENT
    found = recherche.news(
        filtres, since, maintenant, _SHOWN, sauf=told, recentes_depuis=maintenant - _RECOUVREMENT
    )
    if not found.nombre:
        return []
    offres = {"nombre": found.nombre, "cartes": found.cartes, "recentes": found.recentes}
    made = Envoi.objects.create(alerte=alerte, jour=jour, offres=offres, prepare_le=maintenant)
    alerte.vue_jusqu_a, alerte.deja_vues = maintenant, None
    alerte.save(update_fields=["vue_jusqu_a", "deja_vues"])
    return [made.pk]


def envoyer(*, envoi_id: uuid.UUID, maintenant: dt.datetime) -> bool:
    """Send one digest, once: the row is locked from before the sending until its acknowledgement is written.

    Returns
    -------
    bool
        False if it had been acknowledged already, or if its alert is gone.

    Notes
    -----
    Between the acknowledgement of the mail server and the commit a power cut can hide it; the digest is
    then sent again under the same ``Message-ID``, by which servers and readers know the double.
    """
    with transaction.atomic():
        envoi = (
            Envoi.objects.select_for_update(of=("self",))
            .select_related("alerte")
            .filter(pk=envoi_id, accepte_le__isnull=True)
            .first()
        )
        if envoi is None:
            return False
        courriels.digest(envoi).send()
        Envoi.objects.filter(pk=envoi_id).update(accepte_le=maintenant, essais=envoi.essais + 1)
    return True


def ecrire(*, alerte_id: uuid.UUID, lettre: str, numero: int) -> bool:
    """Send a letter of an alert; nothing for one that is gone.

    Parameters
    ----------
    alerte_id : UUID
        Whose.
    lettre : {"confirmer", "deja", "renouveler"}
        Which.
    numero : int
        Of its job: a letter taken up again after a power cut keeps its ``Message-ID``.
    """
    alerte = Alerte.objects.filter(pk=alerte_id).first()
    if alerte is None:
        return False
    courriels.letter(alerte, lettre, numero).send()
    return True


@transaction.atomic
def entretenir(*, maintenant: dt.datetime) -> dict[str, int]:
    """Erase what has lived, ask those of six months whether to go on; idempotent.

    Returns
    -------
    dict
        Numbers of alerts erased and asked.
    """
    limits = bounds(maintenant)
    aged = Alerte.objects.annotate(depuis=Coalesce("renouvelee_le", "confirmee_le"))
    stale = Q(etat=EtatAlerte.A_CONFIRMER, creee_le__lt=limits.non_confirmee) | Q(depuis__lt=limits.fin)
    stale |= Q(etat=EtatAlerte.SUSPENDUE)
    erased, _ = Alerte.objects.filter(pk__in=list(aged.filter(stale).values_list("pk", flat=True))).delete()
    asked = aged.filter(etat=EtatAlerte.ACTIVE, depuis__lt=limits.relance, relancee_le__isnull=True)
    reminded = list(asked.select_for_update(of=("self",)))
    for alerte in reminded:
        alerte.relancee_le = maintenant
        alerte.save(update_fields=["relancee_le"])
        _write(alerte, "renouveler")
    Envoi.objects.filter(accepte_le__lt=limits.non_confirmee).delete()
    return {"effacees": erased, "relancees": len(reminded)}


@transaction.atomic
def noter_retour(*, courriel: str) -> None:
    """Count a mail that came back for good; after three the address is no longer written to, then erased."""
    for alerte in Alerte.objects.select_for_update().filter(courriel=courriel.lower()):
        alerte.retours += 1
        if alerte.retours >= RETOURS_MAX:
            alerte.etat = EtatAlerte.SUSPENDUE
        alerte.save(update_fields=["retours", "etat"])


def parse(query: str) -> Filtres:
    """Read the filters of a query string."""
    return parse_filtres(parse_qs(query))
