"""Tell programs what happens: subscriptions, one delivery per subscription and act, tries of a delivery."""

from __future__ import annotations

import datetime as dt
import secrets  # noqa: TID251 - a secret must not be replayed
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings

from palier.base.errors import Problem, UsageError
from palier.web.apps.attributions.models import Abonnement, AppelApi, Livraison
from palier.web.apps.attributions.operations.envoi import Reponse, send
from palier.web.apps.attributions.rules import annonces as regles
from palier.web.apps.comptes.chiffrement import decrypt, encrypt
from palier.web.apps.journal.operations import inscrire
from palier.web.horloge import maintenant as now
from palier.web.identifiants import uuid7
from palier.web.postgres.perimetre import perimetre

ESSAIS_MAX = 8
MOTS = {
    "forme": "Cette adresse n'est pas lisible.",
    "https": "L'adresse doit commencer par https://.",
    "port": "Seul le port 443 est permis.",
    "hote": "L'exploitant du site n'a pas permis cet hôte.",
}
#: Called with (organisme, delivery, first try): set by ``tasks``, which stands above.
Partir = Callable[[uuid.UUID, uuid.UUID], None]
_partir: list[Partir] = []


def declare_depart(partir: Partir) -> None:
    """Say how a delivery leaves: a job."""
    _partir[:] = [partir]


def abonner(
    *, acteur: Any, organisme: uuid.UUID, url: str, evenements: list[str], maintenant: dt.datetime
) -> tuple[Abonnement, str]:
    """Subscribe an address; its secret is returned once.

    Raises
    ------
    UsageError
        ATR-203 address, ATR-204 events, ATR-205 already subscribed; all at once.
    """
    problems = []
    wrong = regles.wrong_with(url, settings.WEBHOOKS_HOTES)
    if wrong:
        fix = "Donnez une adresse https://… d'un hôte permis, sans port, identifiant ni fragment."
        problems.append(Problem("ATR-203", "adresse", MOTS[wrong], fix))
    if not evenements or set(evenements) - set(regles.EVENEMENTS):
        words = "Aucun événement n'est choisi, ou l'un d'eux est inconnu."
        fix = f"Choisissez parmi : {', '.join(regles.EVENEMENTS)}."
        problems.append(Problem("ATR-204", "événements", words, fix))
    with perimetre(organismes=[organisme]):
        if Abonnement.objects.filter(organisme_id=organisme, url=url, arrete_le__isnull=True).exists():
            words = "Cette adresse est déjà abonnée."
            problems.append(Problem("ATR-205", "adresse", words, "Arrêtez d'abord l'autre abonnement."))
        if problems:
            raise UsageError(problems)
        secret = secrets.token_urlsafe(32)
        made = Abonnement.objects.create(
            organisme_id=organisme, url=url, evenements=sorted(set(evenements)), secret=encrypt(secret),
            cree_le=maintenant,
        )  # fmt: skip
        inscrire(
            acteur=acteur, verbe="abonnement.creer", objet_type="abonnement", objet_id=made.pk,
            organisme=organisme,
        )  # fmt: skip
    return made, secret


def arreter(*, acteur: Any, organisme: uuid.UUID, abonnement: uuid.UUID, maintenant: dt.datetime) -> None:
    """Stop a subscription: what waits is given up."""
    with perimetre(organismes=[organisme]):
        held = Abonnement.objects.select_for_update().get(pk=abonnement, organisme_id=organisme)
        if held.arrete_le is not None:
            return
        held.arrete_le = maintenant
        held.save(update_fields=["arrete_le"])
        held.livraisons.filter(etat="en_attente").update(etat="abandonnee", cause="arrete")
        inscrire(
            acteur=acteur, verbe="abonnement.arreter", objet_type="abonnement", objet_id=held.pk,
            organisme=organisme,
        )  # fmt: skip


def essayer(*, organisme: uuid.UUID, abonnement: uuid.UUID, maintenant: dt.datetime) -> Livraison:
    """Send a call of trial, which bears on nothing."""
    with perimetre(organismes=[organisme]):
        held = Abonnement.objects.get(pk=abonnement, organisme_id=organisme, arrete_le__isnull=True)
        return _make(held, regles.ESSAI, "abonnement", held.pk, maintenant)


def annoncer(verbe: str, objet: str, objet_id: object, organisme: object) -> None:
    """Leave a delivery for each subscription of a landlord that asked for an act; in its transaction."""
    events = regles.event_of(verbe)
    if not events or not organisme:
        return
    live = Abonnement.objects.filter(organisme_id=str(organisme), arrete_le__isnull=True)
    for held in live.filter(evenements__overlap=list(events)).order_by("pk"):
        _make(held, verbe, objet, objet_id, now())


def _make(
    abonnement: Abonnement, verbe: str, objet: str, objet_id: object, maintenant: dt.datetime
) -> Livraison:
    pk = uuid7()
    made = Livraison.objects.create(
        id=pk, abonnement=abonnement, evenement=verbe[:40], creee_le=maintenant,
        corps=regles.body_of(pk, verbe, objet, objet_id, maintenant.isoformat()),
    )  # fmt: skip
    for partir in _partir:
        partir(abonnement.organisme_id, made.pk)
    return made


def livrer(
    *,
    organisme: uuid.UUID,
    livraison: uuid.UUID,
    maintenant: dt.datetime,
    envoyer: Callable[[str, bytes, dict[str, str]], Reponse] = send,
) -> bool:
    """Try a delivery once; True when nothing is left to do. No transaction is held while it travels."""
    with perimetre(organismes=[organisme]):
        held = Livraison.objects.select_related("abonnement").filter(pk=livraison).first()
    if held is None or held.etat != "en_attente":
        return True
    place = held.abonnement
    if regles.wrong_with(place.url, settings.WEBHOOKS_HOTES):
        end = Reponse(None, "hote_interdit")
    else:
        content = regles.to_bytes(held.corps)
        headers = {
            "User-Agent": "Palier",
            "Palier-Livraison": str(held.pk),
            "Palier-Signature": regles.sign(decrypt(place.secret), int(maintenant.timestamp()), content),
        }
        end = envoyer(place.url, content, headers)
    with perimetre(organismes=[organisme]):
        again = Livraison.objects.select_for_update().get(pk=livraison)
        if again.etat != "en_attente":
            return True
        again.essais += 1
        again.statut, again.cause, again.tentee_le = end.statut, end.cause, maintenant
        if end.livree:
            again.etat = "livree"
        elif again.essais >= ESSAIS_MAX or end.cause in ("hote_interdit", "adresse_interdite"):
            again.etat = "abandonnee"
        again.save()
    return again.etat != "en_attente"


def oublier(*, organisme: uuid.UUID, maintenant: dt.datetime) -> None:
    """Forget calls made twice after a week, deliveries that are over after a month."""
    with perimetre(organismes=[organisme]):
        AppelApi.objects.filter(organisme_id=organisme, le__lt=maintenant - dt.timedelta(days=7)).delete()
        over = Livraison.objects.filter(abonnement__organisme_id=organisme).exclude(etat="en_attente")
        over.filter(creee_le__lt=maintenant - dt.timedelta(days=30)).delete()
