"""Public pages."""

from __future__ import annotations

from django.urls import path

from palier.web.apps.public.views import accueil, alertes, boite, carte, chiffres, liste, offre

app_name = "public"
urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("offres", liste.liste, name="offres"),
    path("offres/<uuid:identifiant>", offre.offre, name="offre"),
    path("acheter", liste.liste, {"nature": "acheter"}, name="acheter"),
    path("locaux", liste.liste, {"nature": "local"}, name="locaux"),
    path("carte", carte.carte, name="carte"),
    path("chiffres", chiffres.chiffres, name="chiffres"),
    path("boite", boite.boite, name="boite"),
    path("alertes", alertes.demander, name="alertes"),
    path("alertes/envoye", alertes.envoye, name="alerte_envoyee"),
    path("alertes/arretee", alertes.arretee, name="alerte_arretee"),
    path("alertes/confirmer/<str:jeton>", alertes.confirmer, name="alerte_confirmer"),
    path("alertes/<str:jeton>", alertes.voir, name="alerte"),
    path("alertes/<str:jeton>/changer", alertes.changer, name="alerte_changer"),
]
