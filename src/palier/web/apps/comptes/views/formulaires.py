"""Forms of the account: French labels, what a password manager fills, no placeholder in place of a label."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as compte
from allauth.mfa.base import forms as facteur
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.comptes.operations import write_to
from palier.web.identifiants import uuid7

_TOO_LONG = 1_024  # a hash of a huge password is an attack by itself


def _say(form: forms.BaseForm, name: str, label: Any, *, aide: Any = "", **attrs: str) -> None:
    """Give a field its label and its attributes, without placeholder."""
    field = form.fields[name]
    field.label, field.help_text = label, aide
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"maxlength": str(_TOO_LONG)} | attrs


class ConnexionForm(compte.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("Adresse électronique"), autocomplete="username", maxlength="190")
        _say(self, "password", _("Mot de passe"), autocomplete="current-password")
        self.fields.pop("remember", None)


class OubliForm(compte.ResetPasswordForm):
    """Address to which a link is sent, if an account has it; the answer never tells."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", _("Adresse électronique"), autocomplete="username", maxlength="190")

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Ask the worker for a letter; the same work whether the account exists or not."""
        del request, kwargs
        found = self.users[0].pk if self.users else uuid7()
        write_to(found, "reinitialisation")
        return str(self.cleaned_data["email"])


class _DeuxFois(forms.Form):
    """Labels of a new password typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps = " ".join(str(text) for text in password_validators_help_texts())
        _say(self, "password1", _("Nouveau mot de passe"), aide=helps, autocomplete="new-password")
        _say(self, "password2", _("Le même, une seconde fois"), autocomplete="new-password")


class NouveauMotDePasseForm(_DeuxFois, compte.ResetPasswordKeyForm):
    """New password from a link."""


class ChangerMotDePasseForm(_DeuxFois, compte.ChangePasswordForm):
    """New password of someone logged in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Mot de passe actuel"), autocomplete="current-password")


class ConfirmerForm(compte.ReauthenticateForm):
    """Password again, before a sensitive act."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("Mot de passe"), autocomplete="current-password")


def _code(form: forms.BaseForm, label: Any) -> None:
    _say(form, "code", label, autocomplete="one-time-code", inputmode="numeric", maxlength="16")


class CodeForm(facteur.AuthenticateForm):
    """Code of the second factor at login, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code à six chiffres, ou code de secours"))


class ConfirmerCodeForm(facteur.ReauthenticateForm):
    """Code again, before a sensitive act."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code à six chiffres, ou code de secours"))


class ActiverForm(totp.ActivateTOTPForm):
    """First code of a new authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code à six chiffres montré par l'application"))


class InvitationForm(forms.Form):
    """First password of an invited person."""

    password1 = forms.CharField(
        label=_("Mot de passe"), max_length=_TOO_LONG, strip=False, widget=forms.PasswordInput
    )
    password2 = forms.CharField(
        label=_("Le même, une seconde fois"), max_length=_TOO_LONG, strip=False, widget=forms.PasswordInput
    )

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur
        self.fields["password1"].help_text = " ".join(str(text) for text in password_validators_help_texts())
        for name in self.fields:
            self.fields[name].widget.attrs |= {"autocomplete": "new-password"}

    def clean(self) -> dict[str, Any]:
        """Hold the password to the rules, and to its second writing."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first:
            try:
                validate_password(first, self.utilisateur)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        if first and second and first != second:
            self.add_error("password2", _("Les deux mots de passe ne sont pas les mêmes."))
        return data
