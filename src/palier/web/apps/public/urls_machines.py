"""Addresses read by programs."""

from __future__ import annotations

from django.urls import path

from palier.web.apps.public.views import alertes, offre, sante

app_name = "machines"
urlpatterns = [
    path("sante", sante.sante, name="sante"),
    path("offres/<uuid:identifiant>.jsonld", offre.liee, name="offre_liee"),
    path("mesures", sante.mesures, name="mesures"),
    path("alertes/stop/<str:jeton>", alertes.stop, name="alerte_stop"),
]
