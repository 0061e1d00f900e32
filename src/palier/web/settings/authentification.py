"""Settings of login: staff by OIDC, or by password and second factor."""

from __future__ import annotations

from typing import Any

from palier.web.reglages.environnement import Environnement, Oidc

_VALIDATORS = "django.contrib.auth.password_validation"
_FORMULAIRES = "palier.web.apps.comptes.views.formulaires"


def _app(nom: str, oidc: Oidc) -> dict[str, Any]:
    """Return a provider of allauth."""
    return {
        "provider_id": nom,
        "name": oidc.nom,
        "client_id": oidc.client,
        "secret": oidc.secret,
        "settings": {
            "server_url": oidc.serveur,
            "token_auth_method": "client_secret_post",
            "oauth_pkce_enabled": True,
            **({"scope": list(oidc.portees)} if oidc.portees else {}),
        },
    }


def settings(env: Environnement) -> dict[str, Any]:
    """Return the Django settings of login for this environment."""
    issuers = {"pro": env.oidc, "usagers": env.oidc_usagers}
    apps = [_app(name, oidc) for name, oidc in issuers.items() if oidc]
    providers: dict[str, Any] = {"openid_connect": {"APPS": apps}} if apps else {}
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": [
            "django.contrib.auth.hashers.Argon2PasswordHasher",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
            {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {
                "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("courriel", "nom")},
            },
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/agents/",
        "LOGOUT_REDIRECT_URL": "/",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": "courriel",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_ADAPTER": "palier.web.apps.comptes.adaptateur.CompteAdapter",
        "ACCOUNT_EMAIL_VERIFICATION": "none",  # an administrator opens accounts
        "ACCOUNT_PREVENT_ENUMERATION": "strict",
        "ACCOUNT_LOGOUT_ON_GET": False,
        "ACCOUNT_RATE_LIMITS": {
            "login": "30/m/ip",
            "login_failed": "5/15m/key,20/h/ip",
            "reset_password": "5/h/ip,3/h/key",
        }
        if env.limites
        else False,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_FORMS": {
            "login": f"{_FORMULAIRES}.ConnexionForm",
            "reset_password": f"{_FORMULAIRES}.OubliForm",
            "reset_password_from_key": f"{_FORMULAIRES}.NouveauMotDePasseForm",
            "change_password": f"{_FORMULAIRES}.ChangerMotDePasseForm",
            "reauthenticate": f"{_FORMULAIRES}.ConfirmerForm",
        },
        "PASSWORD_RESET_TIMEOUT": 2 * 3_600,
        "SOCIALACCOUNT_ADAPTER": "palier.web.apps.espace.adaptateur.EntreeAdapter",
        "SOCIALACCOUNT_PROVIDERS": providers,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "MFA_ADAPTER": "palier.web.apps.comptes.adaptateur.FacteurAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
        "MFA_FORMS": {
            "authenticate": f"{_FORMULAIRES}.CodeForm",
            "reauthenticate": f"{_FORMULAIRES}.ConfirmerCodeForm",
            "activate_totp": f"{_FORMULAIRES}.ActiverForm",
        },
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,  # an administrator gave the address; nobody signs up
        "MFA_TOTP_ISSUER": env.operateur,
        "MFA_TRUST_ENABLED": False,
        "MFA_TOTP_TOLERANCE": 1,  # a slow connection may cross the half minute
    }
