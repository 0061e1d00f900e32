"""The letters of a candidacy, as they were sent: a PDF, with its easy twin and its other language."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from palier.formats.lettres import letters_to_pdf
from palier.web.apps.attributions.courrier import dessins, textes
from palier.web.apps.espace import droits
from palier.web.apps.espace.queries import lettres
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.journal.operations import inscrire
from palier.web.postgres.perimetre import perimetre


@require_safe
@droits.dossier("ma_demande", "R")
def lettre(request: HttpRequest, dossier: Dossier, identifiant: uuid.UUID) -> HttpResponse:
    """Give a letter of the request; reading it here starts no delay."""
    del request
    held = dossier.demande.pk
    landlord = lettres.landlord_of(held, identifiant)
    if landlord is None:
        droits.refuse(dossier, "courrier", identifiant)
    with perimetre(organismes=[landlord], demandes=[held]):
        row = lettres.one(identifiant)
        sheet = textes.lettre(row)
        inscrire(acteur=dossier.compte, verbe="courrier.lire", objet_type="demande", objet_id=held)
    answer = HttpResponse(
        letters_to_pdf([sheet], sheet.titre, dessins.fonts()), content_type="application/pdf"
    )
    answer["Content-Disposition"] = 'attachment; filename="lettre.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
