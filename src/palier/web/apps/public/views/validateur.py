"""Check a file of offers without keeping it: every problem at once, for a person or for a program."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from palier.base.errors import PalierError, Problem
from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres.queries.contexte import contexte_du
from palier.web.apps.offres.rules import LectureOffres, read_offres
from palier.web.apps.public.views.reponses import page
from palier.web.components.ecriture import ecrire_nombre
from palier.web.components.liens import adresse
from palier.web.components.pieces import Etat, Lien
from palier.web.erreurs import problem_json, wants_json
from palier.web.horloge import aujourdhui
from palier.web.limites import limite

TAILLE_MAX = 5_000_000
_MOST = 300
_SUFFIXES = (".csv", ".tsv", ".xlsx", ".json", ".parquet")


@csrf_exempt  # nothing is written: a forged form gains nothing, and no cookie is needed
@require_http_methods(["GET", "HEAD", "POST"])
@limite("export")
@droit("offre_publiee", "R")
def valider(request: HttpRequest) -> HttpResponse:
    """Show the form, or all that is wrong in a file."""
    if request.method != "POST":
        return page(request, "public/valider.html", _context())
    if int(request.META.get("CONTENT_LENGTH") or 0) > TAILLE_MAX + 100_000:
        return _refuse(request, 413, _too_big())
    sent = request.FILES.get("fichier")
    if not isinstance(sent, UploadedFile) or not sent.size:
        return _refuse(
            request,
            422,
            Problem("WEB-422", "fichier", "Aucun fichier n'est joint.", "Choisissez un fichier."),
        )
    if sent.size > TAILLE_MAX:
        return _refuse(request, 413, _too_big())
    name = re.sub(r"[^\w.\-]", "_", Path(sent.name or "fichier").name)[-80:]
    if Path(name).suffix.lower() not in _SUFFIXES:
        words = f"Ce format n'est pas lu. Formats : {', '.join(_SUFFIXES)}."
        return _refuse(request, 422, Problem("WEB-422", name, words, "Enregistrez le fichier en CSV."))
    try:
        read = _check(sent, name)
    except PalierError as error:
        return _refuse(request, 422, *error.problems)
    return _answer(request, read, name)


def _check(sent: UploadedFile[Any], name: str) -> LectureOffres:
    """Read the file from a folder that is erased at once."""
    with tempfile.TemporaryDirectory(prefix="palier-verif-") as folder:
        place = Path(folder) / name
        with place.open("wb") as copy:
            for chunk in sent.chunks():
                copy.write(chunk)
        return read_offres(place, contexte_du(aujourdhui()))


def _too_big() -> Problem:
    return Problem(
        "WEB-413", "fichier", "Le fichier dépasse 5 Mo.", "Vérifiez-en une partie, ou déposez-le par l'API."
    )


def _refuse(request: HttpRequest, status: int, *problems: Problem) -> HttpResponse:
    if wants_json(request):
        return problem_json(status, problems)
    response = render(request, "public/valider.html", _context() | {"refus": problems}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, read: LectureOffres, name: str) -> HttpResponse:
    status = 200 if read.is_acceptable else 422
    if wants_json(request):
        body = {
            "fichier": name,
            "lignes": read.lignes_lues,
            "acceptees": len(read.lignes),
            "problemes": [p.to_dict() for p in read.problemes],
            "avertissements": [p.to_dict() for p in read.avertissements],
            "titres_ignores": read.ignorees,
        }
        response = HttpResponse(
            json.dumps(body, ensure_ascii=False), content_type="application/json", status=status
        )
    else:
        context = _context() | {
            "lecture": read,
            "nom": name,
            "resultat": _result(read),
            "compte": _counted(read),
        }
        context |= {"problemes": read.problemes[:_MOST], "avertissements": read.avertissements[:_MOST]}
        response = render(request, "public/valider.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _result(read: LectureOffres) -> Etat:
    if read.is_acceptable:
        return Etat("fait", _("Ce fichier peut être déposé"))
    n = len(read.problemes)
    words = ngettext("%(n)d sorte de problème à corriger", "%(n)d sortes de problèmes à corriger", n)
    return Etat("bloque", words % {"n": n})


def _counted(read: LectureOffres) -> str:
    langue = get_language() or "fr"
    return _("%(lues)s lignes lues, %(bonnes)s sans problème.") % {
        "lues": ecrire_nombre(read.lignes_lues, langue),
        "bonnes": ecrire_nombre(len(read.lignes), langue),
    }


def _context() -> dict[str, Any]:
    return {
        "titre": _("Vérifier un fichier d'offres"),
        "chemin": [
            Lien(_("Accueil"), adresse("/")),
            Lien(_("Données ouvertes"), adresse("/donnees")),
            Lien(_("Vérifier un fichier"), ""),
        ],
        "formats": ", ".join(_SUFFIXES),
        "taille": TAILLE_MAX // 1_000_000,
    }
