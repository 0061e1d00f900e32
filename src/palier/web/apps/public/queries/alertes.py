"""Read alerts: by a signed link, in words."""

from __future__ import annotations

import uuid
from urllib.parse import parse_qs

from django.core import signing

from palier.web.apps.offres.rules.filtres import Filtres, parse_filtres
from palier.web.apps.public.models import Alerte
from palier.web.apps.public.rules.retention import CONFIRMATION

# One salt per use: a link made to see cannot confirm, a link made to confirm cannot see.
SEL_CONFIRMER, SEL_VOIR = "palier.alerte.confirmer", "palier.alerte.voir"


def token(alerte: Alerte, sel: str) -> str:
    """Return the signed token of an alert for one use."""
    return signing.dumps(str(alerte.pk), salt=sel)


def read_token(texte: str, sel: str) -> Alerte | None:
    """Return the alert of a token; None if it is false, too old, or if the alert is gone."""
    age = CONFIRMATION if sel == SEL_CONFIRMER else None
    try:
        key = uuid.UUID(signing.loads(texte, salt=sel, max_age=age))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Alerte.objects.filter(pk=key).first()


def filters_of(alerte: Alerte) -> Filtres:
    """Return the filters of an alert."""
    return parse_filtres(parse_qs(alerte.filtres))
