"""How allauth meets the applicants: their provider opens an account of ours, never one of the staff."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse, SignupClosedException
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import get_language

from palier.web.apps.comptes.adaptateur import CompteExterneAdapter
from palier.web.apps.comptes.templatetags.comptes import USAGERS
from palier.web.apps.espace import droits
from palier.web.apps.espace.operations.entree import entrer_par_identite
from palier.web.horloge import maintenant


class EntreeAdapter(CompteExterneAdapter):
    """Send each provider to its own accounts."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Open the space of an applicant; the staff goes on as before.

        Raises
        ------
        ImmediateHttpResponse
            An applicant has entered.
        SignupClosedException
            The provider's two documents name two persons; or those of the staff refuse.
        """
        if sociallogin.account.provider != USAGERS:
            super().pre_social_login(request, sociallogin)
            return
        data = sociallogin.account.extra_data
        claims, signed = data.get("userinfo", data), data.get("id_token")
        if signed and signed.get("sub") != claims.get("sub"):  # OpenID Connect Core, 5.3.2
            raise SignupClosedException
        compte = entrer_par_identite(
            emetteur=sociallogin.account.provider,
            sub=sociallogin.account.uid,
            identite=claims,
            langue=get_language() or "fr",
            maintenant=maintenant(),
        )
        droits.enter(request, compte, partage=False)
        raise ImmediateHttpResponse(redirect("espace:accueil"))
