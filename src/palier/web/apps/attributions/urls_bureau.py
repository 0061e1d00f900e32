"""Pages of a landlord's desk: search, acts on a home, visits, conventions, objectives, absences."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.attributions.views import (
    absences,
    conventions,
    objectifs,
    recherche,
    vacances,
    visites,
)

urlpatterns: list[URLPattern] = [
    path("vacances/<uuid:pk>/candidats/", recherche.chercher, name="recherche"),
    path("vacances/<uuid:pk>/candidats/retenir/", recherche.retenir, name="retenir"),
    path("vacances/<uuid:pk>/actes/<slug:acte>/", vacances.agir, name="agir"),
    path("candidatures/<uuid:pk>/visite/", visites.proposer, name="visite"),
    path("visites/", visites.liste, name="visites"),
    path("visites/<uuid:pk>/", visites.repondre, name="repondre_visite"),
    path("conventions/", conventions.liste, name="conventions"),
    path("conventions/ajouter/", conventions.conclure, name="conclure"),
    path("conventions/<uuid:pk>/finir/", conventions.finir, name="finir"),
    path("objectifs/", objectifs.objectifs, name="objectifs"),
    path("absences/", absences.absences, name="absences"),
    path("absences/<uuid:pk>/finir/", absences.finir, name="finir_absence"),
]
