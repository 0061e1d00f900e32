"""Pages of the applicant: her own, and the same ones by a mandate."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.espace.views import (
    candidatures,
    demande,
    droits,
    entree,
    lettres,
    pieces,
    points,
)

app_name = "espace"
_DOSSIER = [
    ("", demande.accueil, "accueil"),
    ("demande/", demande.demande, "demande"),
    ("demande/corriger/", demande.corriger, "corriger"),
    ("demande/renouveler/", demande.renouveler, "renouveler"),
    ("demande/renoncer/", demande.renoncer, "renoncer"),
    ("demande/garder/facile/", droits.avertissement_facile, "avertissement_facile"),
    ("pieces/", pieces.liste, "pieces"),
    ("pieces/<uuid:identifiant>/", pieces.fichier, "fichier"),
    ("points/", points.mes_points, "points"),
    ("points/changement/", points.changement, "changement"),
    ("candidatures/", candidatures.liste, "candidatures"),
    ("candidatures/<uuid:identifiant>/", candidatures.une, "candidature"),
    ("candidatures/<uuid:identifiant>/facile/", candidatures.decision_facile, "candidature_facile"),
    ("propositions/<uuid:identifiant>/", candidatures.proposition, "proposition"),
    ("propositions/<uuid:identifiant>/facile/", candidatures.offre_facile, "proposition_facile"),
    ("lettres/<uuid:identifiant>/", lettres.lettre, "lettre"),
    ("droits/", droits.mes_droits, "droits"),
    ("droits/export/", droits.exporter, "export"),
    ("droits/ecrire/", droits.ecrire, "ecrire"),
]
#: What an adviser may be let do; the rest is the person's alone.
_POUR = (
    "accueil", "demande", "pieces", "points", "changement", "candidatures", "candidature",
    "candidature_facile", "proposition", "proposition_facile", "avertissement_facile", "lettre",
)  # fmt: skip
urlpatterns: list[URLPattern] = [
    path("entrer/", entree.entrer, name="entrer"),
    path("entrer/code/", entree.code, name="code"),
    path("sortir/", entree.sortir, name="sortir"),
    path("ouvrir/", entree.rattacher, name="rattacher"),
    path("ouvrir/code/", entree.rattacher_code, name="rattacher_code"),
    path("facile/", droits.facile_marche, name="facile"),
    path("accompagnant/", droits.accompagnant, name="accompagnant"),
    path("accompagnant/<uuid:identifiant>/arreter/", droits.revoquer, name="revoquer"),
    path("mandats/", droits.mes_mandats, name="mandats"),
    *(path(route, view, name=nom) for route, view, nom in _DOSSIER),
    *(
        path(f"pour/<uuid:mandat>/{route}", view, name=f"pour_{nom}")
        for route, view, nom in _DOSSIER
        if nom in _POUR
    ),
]
