"""First password of an invited person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from palier.web.apps.comptes import jetons, operations
from palier.web.apps.comptes.views.formulaires import InvitationForm


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password1", "password2")
@never_cache
def invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the form of a live link; say that a dead one is dead, without telling why."""
    found = jetons.read_invitation(jeton)
    if found is None:
        return render(request, "comptes/invitation_morte.html", status=404)
    form = InvitationForm(request.POST or None, utilisateur=found)
    if request.method == "POST" and form.is_valid():
        operations.accepter_invitation(utilisateur=found, motdepasse=form.cleaned_data["password1"])
        messages.success(request, _("Votre mot de passe est posé. Entrez, puis installez le second facteur."))
        return redirect("account_login")
    return render(request, "comptes/invitation.html", {"form": form})
