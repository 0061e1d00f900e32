"""Pages of the staff: homes to allocate, candidates, sessions."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.attributions import urls_bureau, urls_partenaires
from palier.web.apps.attributions.views import (
    comparer,
    retour,
    travail,
    vacances,
)

app_name = "attributions"
urlpatterns: list[URLPattern] = [
    path("", travail.travail, name="travail"),
    path("vacances/", vacances.liste, name="vacances"),
    path("vacances/<uuid:pk>/", vacances.une, name="vacance"),
    path("vacances/ouvrir/<slug:genre>/", vacances.ouvrir, name="ouvrir"),
    path("vacances/<uuid:pk>/comparer/", comparer.comparer, name="comparer"),
    path("retour/", retour.retour, name="retour"),
    *urls_partenaires.urlpatterns,
    *urls_bureau.urlpatterns,
]
