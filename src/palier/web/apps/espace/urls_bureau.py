"""Pages of the staff: what persons wrote."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.espace.views import bureau

app_name = "ecrits"
urlpatterns: list[URLPattern] = [
    path("", bureau.liste, name="liste"),
    path("<uuid:identifiant>/", bureau.un, name="un"),
]
