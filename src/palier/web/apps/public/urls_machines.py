"""Addresses read by programs."""

from __future__ import annotations

from django.urls import path

from palier.web.apps.public.views import alertes, carte, chiffres, exports, offre, sante

app_name = "machines"
urlpatterns = [
    path("sante", sante.sante, name="sante"),
    path("offres/<uuid:identifiant>.jsonld", offre.liee, name="offre_liee"),
    path("carte/points.geojson", carte.points, name="points"),
    path("chiffres.csv", chiffres.en_csv, name="chiffres_csv"),
    path("chiffres.atom", chiffres.en_atom, name="chiffres_atom"),
    path("offres.csv", exports.csv, name="csv"),
    path("offres.geojson", exports.geojson, name="geojson"),
    path("offres.parquet", exports.parquet, name="parquet"),
    path("offres.jsonld", exports.liees, name="jsonld"),
    path("offres.atom", exports.flux, name="atom"),
    path("mesures", sante.mesures, name="mesures"),
    path("alertes/stop/<str:jeton>", alertes.stop, name="alerte_stop"),
]
