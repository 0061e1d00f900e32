"""Pages of the staff: offers and lots."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.offres.views import lots, offres, photos, saisie

app_name = "offres"
urlpatterns: list[URLPattern] = [
    path("offres/", offres.liste, name="liste"),
    path("offres/confirmer/", offres.confirmer, name="confirmer"),
    path("offres/creer/", saisie.choisir, name="choisir"),
    path("offres/creer/<slug:nature>/", saisie.creer, name="creer"),
    path("offres/<uuid:identifiant>/", offres.une, name="une"),
    path("offres/<uuid:identifiant>/modifier/", saisie.modifier, name="modifier"),
    path("offres/<uuid:identifiant>/retirer/", offres.retirer, name="retirer"),
    path("offres/<uuid:identifiant>/photos/", photos.photos, name="photos"),
    path("offres/<uuid:identifiant>/photos/<uuid:photo>-<int:largeur>.webp", photos.image, name="image"),
    path("lots/", lots.liste, name="lots"),
    path("lots/envoyer/", lots.envoyer, name="envoyer"),
    path("lots/<uuid:identifiant>/", lots.rapport, name="lot"),
    path("lots/<uuid:identifiant>/accepter/", lots.accepter, name="accepter"),
    path("lots/<uuid:identifiant>/abandonner/", lots.abandonner, name="abandonner"),
]
