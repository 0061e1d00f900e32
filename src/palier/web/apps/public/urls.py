"""Public pages."""

from __future__ import annotations

from django.urls import path

from palier.web.apps.public.views import liste

app_name = "public"
urlpatterns = [
    path("offres", liste.liste, name="offres"),
    path("acheter", liste.liste, {"nature": "acheter"}, name="acheter"),
    path("locaux", liste.liste, {"nature": "local"}, name="locaux"),
]
