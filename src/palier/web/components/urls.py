"""Addresses of the shared parts: below the language of the page."""

from __future__ import annotations

from django.urls import path

from palier.web.components import views

app_name = "composants"
urlpatterns = [
    path("composants", views.composants, name="page"),
    path("operateur.css", views.operateur, name="operateur"),
]
