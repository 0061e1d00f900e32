"""Pictures of one of my offers: add several at once, describe, order, remove; all without JavaScript."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.offres.models import Offre, Photo
from palier.web.apps.offres.operations import photos as operations
from palier.web.apps.offres.operations.photos import Envoi
from palier.web.apps.offres.queries import miennes
from palier.web.apps.offres.queries.photos import PhotoVue, content_of, own_photo, shown
from palier.web.apps.offres.rules.anomalies import Anomalie, split
from palier.web.apps.offres.rules.parametrage import number
from palier.web.apps.offres.rules.photos import MAX_OCTETS, check_photo, check_texte
from palier.web.apps.organismes.views.outils import perimeter

_AT_ONCE = 3


def _said(faults: list[Anomalie]) -> list[str]:
    """Return what holds a picture back, in words."""
    problems = [fault.problem() for fault in split(faults)[0]]
    return [f"{problem.constat} {problem.que_faire}" for problem in problems]


class AjoutForm(forms.Form):
    """A few pictures to add, each with the words that stand for it; lines left empty are nothing."""

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        longest = number("photos", "texte")
        for n in range(1, _AT_ONCE + 1):
            self.fields[f"fichier_{n}"] = forms.FileField(
                label=_("Nouvelle photo %(n)d") % {"n": n},
                required=False,
                allow_empty_file=True,
                widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
            )
            self.fields[f"texte_{n}"] = forms.CharField(
                label=_("Ce que montre la nouvelle photo %(n)d") % {"n": n},
                required=False,
                widget=forms.TextInput({"maxlength": str(longest), "autocomplete": "off"}),
            )
        self.envois: list[Envoi] = []

    def clean(self) -> dict[str, Any]:
        """Judge every line at once; a picture without words, or words without picture, is told."""
        given = super().clean() or {}
        for n in range(1, _AT_ONCE + 1):
            upload, words = given.get(f"fichier_{n}"), str(given.get(f"texte_{n}") or "")
            if upload is not None:
                self._judge(n, upload, words)
            elif words:
                self.add_error(f"fichier_{n}", _("Choisissez le fichier de cette photo."))
        if not self.envois and not self.errors:
            self.add_error("fichier_1", _("Choisissez au moins une photo."))
        return given

    def _judge(self, n: int, upload: UploadedFile, words: str) -> None:
        """Check a line and keep it; a file far too heavy is not read."""
        if (upload.size or 0) > MAX_OCTETS:
            faults, content = [Anomalie("OFF-181")], b""
        else:
            content = upload.read()
            faults = check_photo(content)[1]
        for text in _said(faults):
            self.add_error(f"fichier_{n}", text)
        for text in _said(check_texte(words)):
            self.add_error(f"texte_{n}", text)
        self.envois.append(Envoi(content, words, upload.name or f"photo {n}"))


class RangementForm(forms.Form):
    """The pictures that are there: words, rank, removal."""

    def __init__(self, vues: list[PhotoVue], data: Any = None) -> None:
        super().__init__(data)
        self.vues = vues
        ranks = [(str(rank), str(rank)) for rank in range(1, len(vues) + 1)]
        for vue in vues:
            words = {"n": vue.ordre}
            self.fields[f"texte_{vue.id}"] = forms.CharField(
                label=_("Ce que montre la photo %(n)d") % words, required=False, initial=vue.texte
            )
            self.fields[f"ordre_{vue.id}"] = forms.ChoiceField(
                label=_("Rang de la photo %(n)d") % words, choices=ranks, initial=str(vue.ordre)
            )
            self.fields[f"retirer_{vue.id}"] = forms.BooleanField(
                label=_("Retirer la photo %(n)d") % words, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Judge the words of the pictures that stay, and that each has a rank of its own."""
        given = super().clean() or {}
        kept = [vue for vue in self.vues if not given.get(f"retirer_{vue.id}")]
        for vue in kept:
            for text in _said(check_texte(str(given.get(f"texte_{vue.id}") or ""))):
                self.add_error(f"texte_{vue.id}", text)
        ranks = [given.get(f"ordre_{vue.id}") for vue in kept]
        for vue, rank in zip(kept, ranks, strict=True):
            if rank and ranks.count(rank) > 1:
                self.add_error(f"ordre_{vue.id}", _said([Anomalie("OFF-187")])[0])
        return given

    def lignes(self) -> list[dict[str, Any]]:
        """Return each picture with its fields."""
        return [
            {"vue": v, "champs": [self[f"{name}_{v.id}"] for name in ("texte", "ordre", "retirer")]}
            for v in self.vues
        ]


def _own(request: HttpRequest, identifiant: uuid.UUID) -> Offre:
    found = miennes.own(perimeter(request, "offre_brouillon"), identifiant)
    if found is None:
        refuser(request, "offre_brouillon", identifiant)
    return found


def staff_root(offre: Offre) -> str:
    """Return where the pictures of an offer are given to the staff of its landlord."""
    return reverse("offres:photos", args=[offre.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@droit("offre_brouillon", "U")
def photos(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Show the pictures of one of my offers, add some, set their words and their order."""
    offre = _own(request, identifiant)
    vues = shown(Photo.objects.filter(offre=offre), staff_root(offre))
    ordering = "ranger" in request.POST
    posted = request.method == "POST"
    ajout = AjoutForm(request.POST, request.FILES) if posted and not ordering else AjoutForm()
    rangement = RangementForm(vues, request.POST if ordering else None)
    done = False
    if posted:
        done = _order(request, offre, rangement) if ordering else _add(request, offre, ajout)
    if done:
        return redirect("offres:photos", offre.pk)
    most = number("photos", "par_offre")
    context = {
        "offre": offre,
        "ajout": ajout,
        "rangement": rangement,
        "form": rangement if ordering else ajout,
        "compte": len(vues),
        "maximum": most,
        "plein": len(vues) >= most,
    }
    return render(request, "offres/photos.html", context, status=422 if posted else 200)


def _add(request: HttpRequest, offre: Offre, form: AjoutForm) -> bool:
    """Write all the pictures of a form, or none."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            made = [
                operations.ajouter(acteur=request.user, offre=offre, envoi=envoi, source="page")
                for envoi in form.envois
            ]
    except InputError as error:
        for problem in error.problems:
            form.add_error(None, f"{problem.ou} : {problem.constat} {problem.que_faire}")
        return False
    new = sum(ajout.nouvelle for ajout in made)
    if new < len(made):
        messages.warning(request, _("Une photo envoyée était déjà là : elle n'est pas doublée."))
    if new:
        words = ngettext("%(n)d photo est ajoutée.", "%(n)d photos sont ajoutées.", new)
        messages.success(request, words % {"n": new})
    return True


def _order(request: HttpRequest, offre: Offre, form: RangementForm) -> bool:
    """Write words, ranks and removals."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    ids = [vue.id for vue in form.vues]
    try:
        operations.ranger(
            acteur=request.user,
            offre=offre,
            textes={pk: given[f"texte_{pk}"] for pk in ids},
            ordres={pk: int(given[f"ordre_{pk}"]) for pk in ids},
            retirees=[pk for pk in ids if given[f"retirer_{pk}"]],
            source="page",
        )
    except InputError as error:
        for problem in error.problems:
            form.add_error(None, f"{problem.ou} : {problem.constat} {problem.que_faire}")
        return False
    messages.success(request, _("Les photos sont enregistrées."))
    return True


@require_safe
@droit("offre_brouillon", "R")
def image(request: HttpRequest, identifiant: uuid.UUID, photo: uuid.UUID, largeur: int) -> HttpResponse:
    """Give a picture of one of my offers, on line or not, to its own staff; no cache keeps it."""
    offre = _own(request, identifiant)
    found = own_photo(offre.pk, photo)
    content = content_of(found, largeur) if found else None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/webp")
