"""Pages of the staff: organismes."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "organismes"
urlpatterns: list[URLPattern] = []
