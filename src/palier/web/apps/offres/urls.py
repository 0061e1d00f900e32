"""Pages of the staff: offres."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "offres"
urlpatterns: list[URLPattern] = []
