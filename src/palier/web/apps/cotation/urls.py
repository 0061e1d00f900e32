"""Pages of the staff: scores."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.cotation.views import scores

app_name = "cotation"
urlpatterns: list[URLPattern] = [
    path("demandes/<uuid:identifiant>/changement/", scores.changement, name="changement"),
]
