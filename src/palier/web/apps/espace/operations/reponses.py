"""Answer what a person wrote: once, by somebody of the organisme that manages her request."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from palier.base.errors import Problem, RefusalError
from palier.web.apps.espace.models import Ecrit
from palier.web.apps.journal.operations import inscrire


def repondre(
    *, acteur: Any, ecrit: uuid.UUID, reponse: str, maintenant: dt.datetime, organisme: object = ""
) -> Ecrit:
    """Keep the answer, which the person reads in her space. Call inside the perimeter of the organisme.

    Raises
    ------
    RefusalError
        ESP-020: answered already, or nothing written.
    """
    held: Ecrit = Ecrit.objects.select_for_update().get(pk=ecrit)
    if held.repondu_le is not None or not reponse.strip():
        words = "Cet écrit a déjà sa réponse." if held.repondu_le else "La réponse est vide."
        raise RefusalError(
            Problem("ESP-020", "réponse", words, "Écrivez une réponse, une seule fois.", "RGPD, article 12")
        )
    held.reponse, held.repondu_le = reponse.strip()[:2_000], maintenant
    held.save(update_fields=["reponse", "repondu_le"])
    inscrire(
        acteur=acteur, verbe="ecrit.repondre", objet_type="demande", objet_id=held.demande_id,
        organisme=organisme,
    )  # fmt: skip
    return held
