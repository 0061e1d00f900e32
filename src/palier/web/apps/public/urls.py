"""Public pages."""

from __future__ import annotations

from django.urls import path

from palier.web.apps.public.views import (
    accueil,
    alertes,
    bilans,
    boite,
    carte,
    chiffres,
    commissions,
    comprendre,
    donnees,
    journal,
    liste,
    offre,
    simuler,
    textes,
    validateur,
)

app_name = "public"
urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("offres", liste.liste, name="offres"),
    path("offres/<uuid:identifiant>", offre.offre, name="offre"),
    path("acheter", liste.liste, {"nature": "acheter"}, name="acheter"),
    path("locaux", liste.liste, {"nature": "local"}, name="locaux"),
    path("carte", carte.carte, name="carte"),
    path("chiffres", chiffres.chiffres, name="chiffres"),
    path("chiffres/attributions", bilans.attributions, name="attributions"),
    path("commissions", commissions.liste, name="commissions"),
    path("commissions/<slug:siren>", commissions.une, name="commission"),
    path("commissions/<slug:siren>/<int:numero>", commissions.extrait, name="extrait"),
    path("comprendre", comprendre.comprendre, name="comprendre"),
    path("comprendre/facile", comprendre.facile, name="facile"),
    path("comprendre/methodes", comprendre.methodes, name="methodes"),
    path("comprendre/cotation", comprendre.cotations, name="cotations"),
    path("comprendre/cotation/<slug:territoire>", comprendre.cotation, name="cotation"),
    path("donnees", donnees.donnees, name="donnees"),
    path("donnees/valider", validateur.valider, name="valider"),
    path("journal", journal.tetes, name="journal"),
    path("developpeurs", textes.developpeurs, name="developpeurs"),
    path("aide", textes.aide, name="aide"),
    path("accessibilite", textes.accessibilite, name="accessibilite"),
    path("plan-du-site", textes.plan, name="plan"),
    path("confidentialite", textes.confidentialite, name="confidentialite"),
    path("mentions-legales", textes.mentions, name="mentions"),
    path("simuler", simuler.simuler, name="simuler"),
    path("boite", boite.boite, name="boite"),
    path("alertes", alertes.demander, name="alertes"),
    path("alertes/envoye", alertes.envoye, name="alerte_envoyee"),
    path("alertes/arretee", alertes.arretee, name="alerte_arretee"),
    path("alertes/confirmer/<str:jeton>", alertes.confirmer, name="alerte_confirmer"),
    path("alertes/<str:jeton>", alertes.voir, name="alerte"),
    path("alertes/<str:jeton>/changer", alertes.changer, name="alerte_changer"),
]
