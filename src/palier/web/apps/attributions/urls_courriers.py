"""Pages of the staff: letters."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.attributions.views import courriers

app_name = "courriers"
urlpatterns: list[URLPattern] = [
    path("", courriers.liste, name="liste"),
    path("imprimer/", courriers.imprimer, name="imprimer"),
    path("envoyer/", courriers.envoyer, name="envoyer"),
    path("preparer/<uuid:demande>/", courriers.preparer, name="preparer"),
    path("<uuid:pk>/", courriers.un, name="un"),
    path("<uuid:pk>/feuille.pdf", courriers.feuille, name="feuille"),
    path("<uuid:pk>/dater/", courriers.dater, name="dater"),
    path("<uuid:pk>/refaire/", courriers.refaire, name="refaire"),
    path("<uuid:pk>/repondre/", courriers.repondre, name="repondre"),
]
