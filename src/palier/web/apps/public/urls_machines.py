"""Addresses read by programs."""

from __future__ import annotations

from django.urls import path, re_path

from palier.web.apps.public.views import (
    alertes,
    bilans,
    carte,
    chiffres,
    commissions,
    comprendre,
    donnees,
    exports,
    fond,
    images,
    journal,
    offre,
    robots,
    sante,
)

app_name = "machines"
urlpatterns = [
    path("sante", sante.sante, name="sante"),
    path("offres/<uuid:identifiant>.jsonld", offre.liee, name="offre_liee"),
    path("photos/<uuid:identifiant>-<int:largeur>.webp", images.photo, name="photo"),
    path("carte/points.geojson", carte.points, name="points"),
    path("carte/fond.pmtiles", fond.fond, name="fond"),
    path("chiffres.csv", chiffres.en_csv, name="chiffres_csv"),
    path("chiffres.atom", chiffres.en_atom, name="chiffres_atom"),
    path("chiffres/attributions.csv", bilans.en_csv, name="attributions_csv"),
    path("commissions.csv", commissions.en_csv, name="commissions_csv"),
    path("commissions.json", commissions.en_json, name="commissions_json"),
    path("commissions.atom", commissions.en_atom, name="commissions_atom"),
    path("offres.csv", exports.csv, name="csv"),
    path("offres.geojson", exports.geojson, name="geojson"),
    path("offres.parquet", exports.parquet, name="parquet"),
    path("offres.jsonld", exports.liees, name="jsonld"),
    path("offres.atom", exports.flux, name="atom"),
    path("comprendre/cotation/<slug:territoire>.yaml", comprendre.texte, name="grille_texte"),
    path("donnees.jsonld", donnees.dcat, name="dcat"),
    re_path(
        r"^donnees/(?:(?P<jour>\d{4}-\d{2}-\d{2})/)?"
        r"(?P<nom>offres\.csv\.gz|offres\.geojson\.gz|offres\.parquet|changements\.csv)$",
        donnees.fichier,
        name="publication",
    ),
    path("journal.csv", journal.en_csv, name="journal_csv"),
    path("journal.json", journal.en_json, name="journal_json"),
    path("journal.atom", journal.en_atom, name="journal_atom"),
    path("schemas/exemple-offres.csv", donnees.exemple, name="exemple"),
    path("schemas/<slug:nom>.json", donnees.schema, name="schema"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("sitemap-pages.xml", robots.sitemap_pages, name="sitemap_pages"),
    path("sitemap-offres-<slug:departement>.xml", robots.sitemap_offres, name="sitemap_offres"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", robots.security, name="security"),
    path("manifest.webmanifest", robots.manifest, name="manifest"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("mesures", sante.mesures, name="mesures"),
    path("alertes/stop/<str:jeton>", alertes.stop, name="alerte_stop"),
]
