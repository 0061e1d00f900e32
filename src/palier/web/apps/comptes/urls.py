"""Doors of the account, all listed here: those of allauth that we open, and those that we close."""

from __future__ import annotations

from allauth.account import views as compte
from allauth.mfa.base import views as facteur
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as externe
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import URLPattern, URLResolver, path

from palier.web.apps.comptes.views.fermes import ferme
from palier.web.apps.comptes.views.invitation import invitation

urlpatterns: list[URLPattern | URLResolver] = [
    # Closed: an administrator opens accounts, sets addresses; identities are tied by their verified address.
    path("inscription/", ferme, name="account_signup"),
    path("adresses/", ferme, name="account_email"),
    path("adresses/verification/", ferme, name="account_email_verification_sent"),
    path("adresses/<str:key>/", ferme, name="account_confirm_email"),
    path("motdepasse/poser/", ferme, name="account_set_password"),
    path("externe/inscription/", ferme, name="socialaccount_signup"),
    path("externe/", ferme, name="socialaccount_connections"),
    # Open.
    path("connexion/", compte.login, name="account_login"),
    path("deconnexion/", compte.logout, name="account_logout"),
    path("ferme/", compte.account_inactive, name="account_inactive"),
    path("confirmer/", compte.reauthenticate, name="account_reauthenticate"),
    path("invitation/<str:jeton>/", invitation, name="compte_invitation"),
    path("motdepasse/", compte.password_change, name="account_change_password"),
    path("motdepasse/oubli/", compte.password_reset, name="account_reset_password"),
    path("motdepasse/oubli/envoye/", compte.password_reset_done, name="account_reset_password_done"),
    path(
        "motdepasse/nouveau/<str:uidb36>/<str:key>/",
        compte.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "motdepasse/change/",
        compte.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("facteur/", facteur.index, name="mfa_index"),
    path("facteur/code/", facteur.authenticate, name="mfa_authenticate"),
    path("facteur/confirmer/", facteur.reauthenticate, name="mfa_reauthenticate"),
    path("facteur/installer/", totp.activate_totp, name="mfa_activate_totp"),
    path("facteur/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("secours/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("secours/renouveler/", secours.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("secours/fichier/", secours.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("externe/annule/", externe.login_cancelled, name="socialaccount_login_cancelled"),
    path("externe/erreur/", externe.login_error, name="socialaccount_login_error"),
    path("externe/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("externe/<slug:provider_id>/retour/", oidc.callback, name="openid_connect_callback"),
]
