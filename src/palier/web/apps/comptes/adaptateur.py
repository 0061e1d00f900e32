"""How allauth meets our accounts: no public sign-up, neutral mails, French issuer."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from palier.web.apps.comptes.models import Utilisateur


class CompteAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse public sign-up."""
        del request
        return False


class CompteExterneAdapter(DefaultSocialAccountAdapter):
    """A login by OIDC opens an account that exists already, by its verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse unknown persons."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the external identity to the account of the same verified address, at first login."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims)
        address = str(claims.get("email") or "")
        if not address or claims.get("email_verified") is not True:
            return
        account = Utilisateur.objects.filter(courriel__iexact=address, is_active=True).first()
        if account is not None:
            sociallogin.connect(request, account)


class FacteurAdapter(DefaultMFAAdapter):
    """The label in the authenticator is the address of the account."""

    def get_totp_label(self, user: Utilisateur) -> str:
        """Return the label shown by the authenticator."""
        return user.courriel
