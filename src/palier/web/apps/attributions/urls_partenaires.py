"""Pages of those who work with a landlord's desk: réservataires, State, auditors; its exports."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.attributions.views import abonnements, agregats, exports, reservataire, suivi

urlpatterns: list[URLPattern] = [
    path("orientes/", reservataire.liste, name="orientes"),
    path("orientes/<uuid:pk>/", reservataire.logement, name="oriente"),
    path("orientes/<uuid:pk>/proposer/", reservataire.proposer, name="proposer"),
    path("orientes/<uuid:pk>/rendre/", reservataire.rendre, name="rendre"),
    path("orientes/candidats/", suivi.suivi, name="suivi"),
    path("orientes/candidats.csv", suivi.suivi_csv, name="suivi_csv"),
    path("orientes/candidats/<uuid:pk>/retirer/", reservataire.retirer, name="retirer_candidat"),
    path("delegations/", suivi.delegues, name="delegations"),
    path("delegations/<uuid:pk>/finir/", suivi.finir, name="finir_delegation"),
    path("abonnements/", abonnements.liste, name="abonnements"),
    path("abonnements/<uuid:pk>/essayer/", abonnements.essayer, name="essayer_abonnement"),
    path("abonnements/<uuid:pk>/arreter/", abonnements.arreter, name="arreter_abonnement"),
    path("territoire/", agregats.territoire, name="territoire"),
    path("audit/", agregats.audit, name="audit"),
    path("exports/", exports.page, name="exports"),
    path("exports/<slug:nom>.csv", exports.fichier, name="export"),
]
