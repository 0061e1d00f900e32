"""Pages of the staff: requests."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.demandes.views import (
    champs,
    conservation,
    coordonnees,
    demandes,
    doublons,
    lecteurs,
    pieces,
    separation,
)

app_name = "demandes"
urlpatterns: list[URLPattern] = [
    path("demandes/", demandes.liste, name="liste"),
    path("demandes/<uuid:identifiant>/", demandes.une, name="une"),
    path("demandes/<uuid:identifiant>/pieces/", pieces.pieces, name="pieces"),
    path("demandes/<uuid:identifiant>/pieces/deposer/", pieces.deposer, name="deposer"),
    path("demandes/<uuid:identifiant>/pieces/juger/", pieces.juger, name="juger"),
    path("demandes/<uuid:identifiant>/pieces/<uuid:fichier>/", pieces.fichier, name="fichier"),
    path("demandes/<uuid:identifiant>/separer/", separation.separation, name="separer"),
    path("demandes/<uuid:identifiant>/coordonnees/", coordonnees.coordonnees, name="coordonnees"),
    path("demandes/champs/", champs.champs, name="champs"),
    path("demandes/conservation/", conservation.conservation, name="conservation"),
    path("demandes/doublons/", doublons.doublons, name="doublons"),
    path("demandes/doublons/<uuid:identifiant>/<uuid:autre>/", doublons.paire, name="paire"),
    path(
        "demandes/doublons/<uuid:identifiant>/<uuid:autre>/deux/",
        doublons.distinguer,
        name="distinguer",
    ),
    path("demandes/rapprochements/<uuid:identifiant>/defaire/", doublons.defaire, name="defaire"),
    path("lecteurs/", lecteurs.lecteurs, name="lecteurs"),
    path("lecteurs/<uuid:identifiant>/finir/", lecteurs.finir, name="finir_lecteur"),
]
