"""What the journal keeps of logins and of changes to the security of an account."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as compte
from allauth.mfa import signals as facteur
from django.dispatch import receiver
from django.http import HttpRequest

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.journal.operations import inscrire


def _note(user: Utilisateur, verbe: str) -> None:
    inscrire(acteur=user, verbe=verbe, objet_type="utilisateur", objet_id=user.pk)


@receiver(compte.user_logged_in, dispatch_uid="comptes.entree")
def _entered(request: HttpRequest, user: Utilisateur, **_: Any) -> None:
    del request
    _note(user, "compte.entrer")


@receiver([compte.password_changed, compte.password_reset], dispatch_uid="comptes.motdepasse")
def _password(request: HttpRequest, user: Utilisateur, **_: Any) -> None:
    del request
    _note(user, "compte.motdepasse")


@receiver(
    [facteur.authenticator_added, facteur.authenticator_removed, facteur.authenticator_reset],
    dispatch_uid="comptes.facteur",
)
def _factor(request: HttpRequest, user: Utilisateur, **_: Any) -> None:
    del request
    _note(user, "compte.facteur")
