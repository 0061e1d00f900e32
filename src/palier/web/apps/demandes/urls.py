"""Pages of the staff: requests."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.demandes.views import demandes

app_name = "demandes"
urlpatterns: list[URLPattern] = [
    path("demandes/", demandes.liste, name="liste"),
    path("demandes/<uuid:identifiant>/", demandes.une, name="une"),
]
