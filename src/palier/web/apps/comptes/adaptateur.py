"""How allauth meets our accounts: no public sign-up, letters by the worker, French words, secrets closed."""

from __future__ import annotations

import io
from typing import Any, ClassVar

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import SignupClosedException
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palier.web.apps.comptes import chiffrement
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.comptes.operations import write_to
from palier.web.horloge import maintenant


class CompteAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator; nobody signs up alone."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("L'adresse ou le mot de passe n'est pas le bon."),
        "incorrect_password": _("Ce n'est pas le bon mot de passe."),
        "incorrect_code": _("Ce n'est pas le bon code."),
        "invalid_password_reset": _("Ce lien a déjà servi, ou il est trop ancien."),
        "too_many_login_attempts": _("Trop d'essais. Attendez un quart d'heure, puis recommencez."),
        "rate_limited": _("Trop d'essais. Attendez quelques minutes, puis recommencez."),
        "enter_current_password": _("Écrivez votre mot de passe actuel."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse public sign-up."""
        del request
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before a sensitive act, unless it was given in the last five minutes."""
        given = get_authentication_records(self.request, self.request.user)
        age = maintenant().timestamp() - given[-1]["at"] if given else None
        if age is not None and age < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Tell a person that the security of her account changed; the worker writes the letter."""
        del template_prefix, args, kwargs
        write_to(user.pk, "avis")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the page of one's own account."""
        del request
        return "/agents/"


class CompteExterneAdapter(DefaultSocialAccountAdapter):
    """A login by OIDC opens an account that exists already, by its verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse unknown persons."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the external identity to the account of the same verified address, at first login.

        Raises
        ------
        SignupClosedException
            The provider's two documents name two persons, or a person tries to tie another identity.
        """
        data = sociallogin.account.extra_data
        claims = data.get("userinfo", data)
        signed = data.get("id_token")
        other = signed and signed.get("sub") != claims.get("sub")  # OpenID Connect Core, 5.3.2
        if other or sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise SignupClosedException
        if sociallogin.is_existing:
            return
        address = str(claims.get("email") or "")
        if not address or claims.get("email_verified") is not True:
            return
        account = Utilisateur.objects.filter(courriel__iexact=address, is_active=True).first()
        if account is not None:
            sociallogin.connect(request, account)


class FacteurAdapter(DefaultMFAAdapter):
    """Second factor: label, QR code without inline style, secret closed in the database."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Ce n'est pas le bon code."),
        "cannot_delete_authenticator": _("Le second facteur ne se retire pas ici."),
        "cannot_generate_recovery_codes": _("Installez d'abord un second facteur."),
    }

    def get_totp_label(self, user: Utilisateur) -> str:
        """Return the label shown by the authenticator."""
        return user.courriel

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as SVG made of attributes only."""
        out = io.BytesIO()
        segno.make(url, micro=False, error="m").save(
            out, kind="svg", border=2, xmldecl=False, svgns=True, svgclass="qr", lineclass=None, scale=5
        )
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Close a secret before it is stored."""
        return chiffrement.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return chiffrement.decrypt(encrypted_text)
