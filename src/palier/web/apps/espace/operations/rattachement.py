"""Tie a request to an account: number, date of birth, and a code sent to the address on file."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction

from palier.base.errors import Problem, RefusalError
from palier.web.apps.demandes.models import Coordonnees, Demande
from palier.web.apps.espace.models import Compte, Defi, Rattachement
from palier.web.apps.espace.operations.entree import draw, fingerprint, send, try_code
from palier.web.apps.espace.rules import codes
from palier.web.apps.journal.operations import inscrire
from palier.web.postgres.perimetre import perimetre

_LIEN = "lien"


def demander_rattachement(
    *, compte: Compte, numero: str, naissance: dt.date, langue: str, maintenant: dt.datetime
) -> Defi:
    """Send a code to the address that the request already has; the answer never says whether there is one.

    Raises
    ------
    RefusalError
        ESP-001: tried five times by this account, or for this number: the desk does it.
    """
    key, target = str(compte.pk), codes.digest(settings.SECRET_KEY, "numero", codes.number_of(numero))
    recent = Defi.objects.filter(genre=_LIEN, fait_le__gt=maintenant - codes.MEMOIRE)
    tried = max(recent.filter(cle=key).count(), recent.filter(cible=target).count())
    if tried >= codes.RATTACHEMENTS:
        raise desk()
    known = compte.naissance is None or compte.naissance == naissance
    address, found = _on_file(codes.number_of(numero), naissance) if known else ("", None)
    code = draw()
    with transaction.atomic():
        made = Defi(
            genre=_LIEN,
            cle=key,
            cible=target,
            objet_id=found,
            fait_le=maintenant,
            expire_le=maintenant + codes.DUREE,
        )
        made.empreinte = fingerprint(made.pk, code)
        made.save()
        send(code, langue, "code_lien", courriel=address)
    return made


def desk() -> RefusalError:
    """Return the refusal that sends to a desk, to be raised."""
    return RefusalError(
        Problem(
            "ESP-001",
            "numéro unique",
            "Cinq essais ont été faits. Pour votre sécurité, il n'y en aura pas d'autre en ligne.",
            "Allez au guichet, ou téléphonez : une personne vérifiera votre identité.",
        )
    )


def _on_file(numero: str, naissance: dt.date) -> tuple[str, uuid.UUID | None]:
    with perimetre(connue=(numero, naissance)):
        row = Demande.objects.filter(numero_unique=numero).values_list("pk", flat=True).first()
        held = Coordonnees.objects.filter(pk=row).values_list("courriel", flat=True).first() if row else None
    return (held, row) if held else ("", None)


def rattacher(
    *, compte: Compte, defi: uuid.UUID | None, code: str, maintenant: dt.datetime
) -> Rattachement | None:
    """Tie the request whose code is right to the account; None for a wrong code."""
    found = try_code(defi=defi, genre=_LIEN, code=code, maintenant=maintenant)
    if found is None or found.cle != str(compte.pk) or found.objet_id is None:
        return None
    with transaction.atomic():
        made, _new = Rattachement.objects.update_or_create(
            compte_id=compte.pk, defaults={"demande_id": found.objet_id, "du": maintenant}
        )
        _speak(compte, found.objet_id)
        inscrire(acteur=compte, verbe="espace.rattacher", objet_type="demande", objet_id=found.objet_id)
    return made


def _speak(compte: Compte, demande: uuid.UUID) -> None:
    """Let letters follow the language in which the person entered, where none was chosen for them."""
    if compte.langue == "fr":
        return
    with perimetre(demandes=[demande]):
        managers = Demande.objects.filter(pk=demande).values_list("organismes", flat=True).first()
    with perimetre(organismes=managers or [], demandes=[demande]):
        Coordonnees.objects.filter(pk=demande, langue="").update(langue=compte.langue)
