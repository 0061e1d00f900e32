"""All addresses of the site: pages by language, programs without."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from palier.web.api import api

handler400 = "palier.web.erreurs.bad_request"
handler403 = "palier.web.erreurs.forbidden"
handler404 = "palier.web.erreurs.not_found"
handler429 = "palier.web.erreurs.too_many"
handler500 = "palier.web.erreurs.server_error"

# Read by programs: one address whatever the language.
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("", include("palier.web.apps.public.urls_machines")),
    path("", include("palier.web.apps.territoires.urls_machines")),
]
# Read by persons: French at the root, other languages below their code.
urlpatterns += i18n_patterns(
    path("compte/", include("palier.web.apps.comptes.urls")),
    path("agents/", include("palier.web.apps.organismes.urls")),
    path("agents/", include("palier.web.apps.offres.urls")),
    path("agents/", include("palier.web.apps.demandes.urls")),
    path("agents/", include("palier.web.apps.cotation.urls")),
    path("agents/attributions/", include("palier.web.apps.attributions.urls")),
    path("ma-demande/", include("palier.web.apps.espace.urls")),
    path("agents/ecrits/", include("palier.web.apps.espace.urls_bureau")),
    path("agents/courriers/", include("palier.web.apps.attributions.urls_courriers")),
    path("agents/commission/", include("palier.web.apps.attributions.urls_commission")),
    path("", include("palier.web.components.urls")),
    path("", include("palier.web.apps.public.urls")),
    prefix_default_language=False,
)
