"""Pages of the staff: home, accounts, keys, operator, journal."""

from __future__ import annotations

from django.urls import URLPattern, path

from palier.web.apps.organismes.views import accueil, cles, exploitant, journal, utilisateurs

app_name = "organismes"
urlpatterns: list[URLPattern] = [
    path("", accueil.accueil, name="accueil"),
    path("fonction/", accueil.choisir, name="choisir"),
    path("comptes/", utilisateurs.utilisateurs, name="utilisateurs"),
    path("comptes/inviter/", utilisateurs.inviter, name="inviter"),
    path("comptes/inviter/exploitant/", utilisateurs.inviter_exploitant, name="inviter_exploitant"),
    path("comptes/<uuid:pk>/", utilisateurs.utilisateur, name="utilisateur"),
    path("comptes/<uuid:pk>/fonctions/", utilisateurs.donner, name="donner"),
    path("comptes/<uuid:pk>/fonctions/<uuid:fonction>/finir/", utilisateurs.finir, name="finir"),
    path("comptes/<uuid:pk>/inviter/", utilisateurs.reinviter, name="reinviter"),
    path("comptes/<uuid:pk>/fermer/", utilisateurs.fermer, name="fermer"),
    path("comptes/<uuid:pk>/rouvrir/", utilisateurs.rouvrir, name="rouvrir"),
    path("comptes/<uuid:pk>/facteur/", utilisateurs.retirer_facteur, name="retirer_facteur"),
    path("cles/", cles.cles, name="cles"),
    path("cles/creer/", cles.creer, name="creer_cle"),
    path("cles/<uuid:pk>/revoquer/", cles.revoquer, name="revoquer_cle"),
    path("organismes/", exploitant.organismes, name="organismes"),
    path("organismes/creer/", exploitant.creer, name="creer_organisme"),
    path("organismes/<uuid:pk>/", exploitant.modifier, name="organisme"),
    path("reglages/", exploitant.parametres, name="parametres"),
    path("reglages/poser/", exploitant.poser, name="poser"),
    path("journal/", journal.lire, name="journal"),
]
