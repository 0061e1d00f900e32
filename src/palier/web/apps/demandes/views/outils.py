"""What the pages of one request share: reach it under its perimeter, say what an operation refused."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from palier.web.apps.comptes.droits import refuser
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries.acces import is_reader, opened
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.apps.organismes.views.outils import fonction_of
from palier.web.components.explication import words_language
from palier.web.components.pieces import Lien
from palier.web.horloge import aujourdhui


@dataclass(frozen=True)
class Ouverte:
    """A request that a person reaches, and whether she may read class 4."""

    demande: Demande
    fonction: FonctionActive
    lecteur: bool


@contextmanager
def reached(request: HttpRequest, identifiant: uuid.UUID, objet: str) -> Iterator[Ouverte]:
    """Open the perimeter of a request of my organisme, or refuse: 404 and a line of journal."""
    fonction = fonction_of(request)
    reader = is_reader(request.user, fonction, aujourdhui())
    with opened(fonction, lecteur=reader):
        found = Demande.objects.pour(fonction).filter(pk=identifiant).first()
        if found is not None:
            yield Ouverte(found, fonction, reader)
            return
    refuser(request, objet, identifiant)


def path_of(demande: Demande, titre: str) -> list[Lien]:
    """Return the way to a page of a request."""
    from django.utils.translation import gettext as _

    return [
        Lien(_("Demandes"), reverse("demandes:liste")),
        Lien(demande.numero_unique, reverse("demandes:une", args=[demande.pk])),
        Lien(titre, ""),
    ]


def page_language() -> str:
    """Return the language in which the words of columns and codes are written on this page."""
    return words_language(translation.get_language() or "fr")
