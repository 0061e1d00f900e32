"""What crawlers and researchers in security look for: sitemap, robots, security.txt, manifest."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.html import escape
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.public.queries import plan
from palier.web.apps.public.views.reponses import HEURE, JOUR, absolute, cached
from palier.web.components.actifs import chemin_actif
from palier.web.horloge import maintenant

_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SECURITY_DAYS = 180
_PRIVATE = ("/agents/", "/compte/", "/alertes/", "/en/alertes/", "/ar/alertes/", "/pt/alertes/", "/boite")


def _xml(request: HttpRequest, root: str, item: str, rows: list[tuple[str, str]]) -> HttpResponse:
    lines = ""
    for path, when in rows:
        seen = f"<lastmod>{when}</lastmod>" if when else ""
        lines += f"<{item}><loc>{escape(absolute(path))}</loc>{seen}</{item}>\n"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_XMLNS}">\n{lines}</{root}>\n'
    return cached(request, HttpResponse(text, content_type="application/xml"), secondes=HEURE)


@require_safe
@droit("offre_publiee", "R")
def sitemap(request: HttpRequest) -> HttpResponse:
    """Give the index: the pages, then the offers of each department."""
    rows = [("/sitemap-pages.xml", "")]
    rows += [(f"/sitemap-offres-{code}.xml", when.isoformat()) for code, when in plan.departments()]
    return _xml(request, "sitemapindex", "sitemap", rows)


@require_safe
@droit("offre_publiee", "R")
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """Give the pages of the site, in each language."""
    languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    paths = [path for path, _words in plan.PAGES]
    rows = [(path, "") for path in paths]
    rows += [(f"/{code}{path}", "") for code in languages for path in paths]
    return _xml(request, "urlset", "url", rows)


@require_safe
@droit("offre_publiee", "R")
def sitemap_offres(request: HttpRequest, departement: str) -> HttpResponse:
    """Give the offers of a department."""
    rows = [(f"/offres/{pk}", when.isoformat()) for pk, when in plan.offers(departement)]
    if not rows:
        raise Http404
    return _xml(request, "urlset", "url", rows)


@require_safe
@droit("offre_publiee", "R")
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where to go; a demonstration is for nobody."""
    lines = ["User-agent: *"]
    if settings.ENVIRONNEMENT.production:
        lines += [f"Disallow: {path}" for path in _PRIVATE]
    else:
        lines.append("Disallow: /")
    lines += ["", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return cached(
        request, HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"), secondes=JOUR
    )


@require_safe
@droit("offre_publiee", "R")
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a fault (RFC 9116)."""
    contact = settings.ENVIRONNEMENT.contact
    if not contact:
        raise Http404
    end = maintenant().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=_SECURITY_DAYS)
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {end.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: fr, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        "",
    ]
    return cached(
        request, HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"), secondes=JOUR
    )


@require_safe
@droit("offre_publiee", "R")
def manifest(request: HttpRequest) -> HttpResponse:
    """Give the name, the colour and the icon of the site to who puts it on a home screen."""
    name = settings.ENVIRONNEMENT.operateur
    icon = f"{settings.STATIC_URL}{chemin_actif('favicon.svg')}"
    found = {
        "name": name,
        "short_name": name[:12],
        "lang": "fr",
        "start_url": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#0b5a5e",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
    }
    response = JsonResponse(
        found, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
    return cached(request, response, secondes=JOUR)


@require_safe
@droit("offre_publiee", "R")
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask at the root to the icon of the pages."""
    del request
    return redirect(f"{settings.STATIC_URL}{chemin_actif('favicon.svg')}")
