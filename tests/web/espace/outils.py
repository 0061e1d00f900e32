"""A person in her space: an account tied to a request, and clients that have entered."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from palier.web.apps.demandes.models import Coordonnees, Demande
from palier.web.apps.espace.models import Compte, Rattachement
from palier.web.apps.espace.operations.entree import TACHE_CODE, key_of
from palier.web.apps.espace.tasks import envoyer_code
from palier.web.horloge import maintenant
from palier.web.postgres.perimetre import perimetre

NAISSANCE = dt.date(1988, 4, 23)
_partis: set[int] = set()


def compte(courriel: str) -> Compte:
    """An account that enters by an address."""
    key = key_of(courriel)
    with perimetre(usager=key):
        made, _new = Compte.objects.get_or_create(
            cle_courriel=key, defaults={"courriel": courriel, "cree_le": maintenant()}
        )
    return made


def joindre(demande: Demande, courriel: str = "nadia@exemple.fr") -> None:
    """Write an address on file, and a birth."""
    with perimetre(organismes=demande.organismes):
        Demande.objects.filter(pk=demande.pk).update(naissance=NAISSANCE, prenom="Nadia", nom="Quivernois")
        Coordonnees.objects.update_or_create(
            pk=demande.pk, defaults={"courriel": courriel, "modifiees_le": maintenant()}
        )


def usager(demande: Demande, courriel: str = "nadia@exemple.fr") -> Client:
    """A client that has entered, tied to a request."""
    joindre(demande, courriel)
    held = compte(courriel)
    Rattachement.objects.update_or_create(
        compte_id=held.pk, defaults={"demande_id": demande.pk, "du": maintenant()}
    )
    return entre(held)


def entre(compte: Compte, partage: bool = False) -> Client:
    """A client that has entered an account."""
    client = Client()
    session = client.session
    session["usager"] = {"compte": str(compte.pk), "vu": maintenant().timestamp(), "partage": partage}
    session.save()
    return client


def poste() -> list[Any]:
    """Run the mails that wait; return those that left."""
    before = len(mail.outbox)
    for job in ProcrastinateJob.objects.filter(task_name=TACHE_CODE, status="todo").order_by("id"):
        if job.id not in _partis:
            envoyer_code(**job.args)
            _partis.add(job.id)
    return mail.outbox[before:]


def code_recu() -> str:
    """The code of the last mail."""
    found = re.search(r"^\d{6}$", poste()[-1].body, re.MULTILINE)
    assert found is not None
    return found.group()


def texte(answer: Any) -> str:
    """The page, without its non-breaking spaces."""
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
