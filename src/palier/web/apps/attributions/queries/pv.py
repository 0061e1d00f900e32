"""The chain of the minutes of a landlord."""

from __future__ import annotations

import uuid

from palier.engines.commission import seal
from palier.web.apps.attributions.models import Pv


def verify_chain(bailleur: uuid.UUID) -> int | None:
    """Return the number of the first minutes of a landlord that do not follow; None if all do."""
    before = ""
    for made in Pv.objects.filter(bailleur_id=bailleur).order_by("numero"):
        if made.precedent != before or seal(made.contenu, before) != made.empreinte:
            return made.numero
        before = made.empreinte
    return None
