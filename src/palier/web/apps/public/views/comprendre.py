"""Understand: the path, its easy twin, the published grids, the methods."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier import law
from palier.engines.cotation.annexe.mots import Plume
from palier.engines.secret.seuil import SEUIL
from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres.queries import fraicheur
from palier.web.apps.offres.queries.contexte import parametres
from palier.web.apps.public.presentation import facile as easy
from palier.web.apps.public.presentation import grilles as mots
from palier.web.apps.public.presentation.accueil import landings
from palier.web.apps.public.presentation.bilan import Redaction
from palier.web.apps.public.presentation.methodes import summary
from palier.web.apps.public.queries.bilans import report_at
from palier.web.apps.public.queries.grilles import Territoire, Version, published, text_of, versions_of
from palier.web.apps.public.rules import grilles
from palier.web.apps.public.views.reponses import HEURE, absolute, cached, page
from palier.web.components.explication import tree_of, words_language
from palier.web.components.liens import adresse
from palier.web.components.pieces import Action, Colonne, Lien, Tableau, Vide
from palier.web.horloge import aujourdhui


def _chemin(*suite: Lien) -> list[Lien]:
    return [Lien(_("Accueil"), adresse("/")), Lien(_("Comprendre"), adresse("/comprendre")), *suite]


@require_safe
@droit("chiffre", "R")
def comprendre(request: HttpRequest) -> HttpResponse:
    """Show the path in six steps, what is due at each, and by when."""
    loi = law.load().at(aujourdhui(), non_verifie=True)
    context = {
        "chemin": [*_chemin()[:-1], Lien(_("Comprendre"), "")],
        "canonique": absolute(adresse("/comprendre")),
        "paliers": landings(loi),
        "mois": int(loi.nombre("demande_validite_mois")),
        "communes": int(loi.nombre("demande_communes_max")),
        "candidats": int(loi.nombre("caleol_candidats_min")),
        "jours": int(loi.nombre("caleol_offre_delai_jours")),
        "recours": int(loi.nombre("recours_administratif_mois")),
        "portes": _doors(),
    }
    return page(request, "public/comprendre.html", context)


def _doors() -> list[dict[str, str]]:
    return [
        {
            "icone": "scales",
            "titre": _("Les règles de cotation"),
            "url": adresse(mots.PAGE),
            "texte": _(
                "Les points de chaque critère, un exemple calculé, et comment la règle a été vérifiée."
            ),
        },
        {
            "icone": "sliders-horizontal",
            "titre": _("Simuler ma demande"),
            "url": adresse("/simuler"),
            "texte": _("Mes droits, mes points, ma place, mon attente. Sans compte, rien n'est gardé."),
        },
        {
            "icone": "hourglass",
            "titre": _("Les chiffres"),
            "url": adresse("/chiffres"),
            "texte": _("Les attentes et la tension, taille par taille, secteur par secteur."),
        },
    ]


@require_safe
@droit("chiffre", "R")
def facile(request: HttpRequest) -> HttpResponse:
    """Show the path in words that are easy to read."""
    loi = law.load().at(aujourdhui(), non_verifie=True)
    context = {
        "chemin": _chemin(Lien(_("Facile à lire"), "")),
        "canonique": absolute(adresse("/comprendre/facile")),
        "etapes": easy.steps(loi, settings.ENVIRONNEMENT.telephone),
    }
    return page(request, "public/facile.html", context)


@require_safe
@droit("chiffre", "R")
def methodes(request: HttpRequest) -> HttpResponse:
    """Say how each figure is computed."""
    loi = law.load().at(aujourdhui(), non_verifie=True)
    plafond = loi.get("plafonds_plus").reference
    context = {
        "chemin": _chemin(Lien(_("Méthodes"), "")),
        "canonique": absolute(adresse("/comprendre/methodes")),
        "sommaire": summary(),
        "seuil": SEUIL,
        "jours": parametres().a_confirmer_jours,
        "recul": fraicheur.RECUL_JOURS,
        "plafonds": f"{plafond.texte}, {plafond.article}",
    }
    return page(request, "public/methodes.html", context)


@require_safe
@droit("chiffre", "R")
def cotations(request: HttpRequest) -> HttpResponse:
    """List the territories that publish their grid."""
    au = aujourdhui()
    rows = [
        [
            Lien(found.nom, mots.page_url(found.code)),
            found.at(au).du,
            len(found.versions),
        ]
        for found in published(au)
    ]
    context: dict[str, Any] = {
        "chemin": _chemin(Lien(_("Règles de cotation"), "")),
        "canonique": absolute(adresse(mots.PAGE)),
        "tableau": _list_table(rows) if rows else None,
        "vide": Vide(
            _("Aucune règle n'est publiée ici"),
            _("Les territoires publient leur règle avec leurs chiffres. Aucun ne l'a encore fait ici."),
            action=Action(_("Voir le chemin d'une demande"), adresse("/comprendre"), "footprints"),
        ),
    }
    return page(request, "public/cotations.html", context)


def _list_table(rows: list[list[Any]]) -> Tableau:
    from palier.web.apps.public.presentation import dates

    heads = [Colonne(_("Territoire")), Colonne(_("Règle en vigueur depuis le")), Colonne(_("Versions"), True)]
    return Tableau(heads, [[link, dates.full(day), str(count)] for link, day, count in rows])


def _asked(request: HttpRequest, territoire: str) -> tuple[Territoire, Version]:
    """Return the territory and the version that an address names; the one in force by default.

    Raises
    ------
    Http404
        For a territory without a grid, or a version that was never published.
    """
    au = aujourdhui()
    found = versions_of(territoire, au)
    day = request.GET.get("du", "")
    if found is None or (day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)):
        raise Http404
    version = next((v for v in found.versions if v.du.isoformat() == day), None) if day else found.at(au)
    if version is None:
        raise Http404
    return found, version


@require_safe
@droit("chiffre", "R")
def cotation(request: HttpRequest, territoire: str) -> HttpResponse:
    """Show a published grid: weights, a worked example, how it was checked, versions."""
    found, version = _asked(request, territoire)
    return page(request, "public/cotation.html", _grid(request, found, version, aujourdhui()))


def _grid(request: HttpRequest, found: Territoire, version: Version, au: dt.date) -> dict[str, Any]:
    langue, texte = get_language() or "fr", text_of(version)
    name = f"{version.identifiant}.yaml"
    grille = grilles.read(texte, name)
    plume = Plume(law.load().at(au, non_verifie=True))
    verdict = grilles.verify(texte, name, au)
    asked = request.GET.get("exemple", "")
    rank = int(asked) - 1 if re.fullmatch(r"[1-9]\d?", asked) else 0
    worked = grilles.example(texte, name, rank, words_language(langue))
    here = mots.page_url(found.code, version.du.isoformat())
    return {
        "chemin": _chemin(Lien(_("Règles de cotation"), adresse(mots.PAGE)), Lien(found.nom, "")),
        "canonique": absolute(mots.page_url(found.code)),
        "territoire": found,
        "grille": grille,
        "etat": mots.status_of(grille, version, found.at(au), langue),
        "systemes": mots.weights(grille, plume),
        "bornes": mots.bounds(grille, plume),
        "controles": mots.checked(verdict, version.identifiant + "@" + version.du.isoformat()),
        "constats": (*verdict.erreurs, *verdict.avertissements),
        "exemple": worked,
        "arbre": tree_of(worked.explication, langue) if worked else None,
        "exemples": [
            Lien(exemple.nom, f"{here}&exemple={place}#exemple", courant=place == rank + 1)
            for place, exemple in enumerate(grille.exemples, 1)
        ],
        "texte_url": f"{mots.PAGE}/{found.code}.yaml?du={version.du.isoformat()}",
        "versions": mots.versions(found, version, found.at(au)),
        "sha256": version.sha256,
        "article": mots.ARTICLE,
        "simuler": adresse("/simuler"),
        **_won(found.code, langue),
    }


def _won(territoire: str, langue: str) -> dict[str, Any]:
    """Return the points that won lately in a territory, where they are told."""
    bilan = report_at(territoire)
    written = Redaction(bilan, langue) if bilan else None
    table = written.points() if written else None
    if bilan is None or written is None or table is None:
        return {}
    return {
        "gagnants": table,
        "gagnants_periode": written.period() + ".",
        "gagnants_lien": f"{adresse('/chiffres/attributions')}?territoire={territoire}",
    }


@require_safe
@droit("chiffre", "R")
def texte(request: HttpRequest, territoire: str) -> HttpResponse:
    """Return the text of a published grid, as it was given."""
    _found, version = _asked(request, territoire)
    answer = HttpResponse(text_of(version), content_type="application/yaml; charset=utf-8")
    name = f"{version.identifiant}-{version.du.isoformat()}.yaml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return cached(request, answer, secondes=HEURE, etag=f'"{version.sha256[:32]}"')
