"""Give a mandate to an adviser, and take it back in one click."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from palier.base.errors import RefusalError
from palier.web.apps.espace.models import Mandat
from palier.web.apps.espace.operations.actes import acting
from palier.web.apps.espace.operations.entree import key_of, send
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.rules.codes import address_of
from palier.web.apps.espace.rules.mandats import LIRE, PORTEES, check_mandat
from palier.web.apps.journal.operations import inscrire


def donner(
    *,
    dossier: Dossier,
    nom: str,
    courriel: str,
    portees: Collection[str],
    du: dt.date,
    au: dt.date | None,
    langue: str,
    maintenant: dt.datetime,
) -> Mandat:
    """Let an adviser act for the person until a day; a former mandate of the same adviser ends.

    Whoever may act may read.

    Raises
    ------
    RefusalError
        ESP-010, ESP-011, all at once.
    """
    problems = check_mandat(portees, du, au)
    if problems:
        raise RefusalError(problems)
    assert au is not None  # checked
    key = key_of(courriel)
    with acting(dossier) as demande:
        Mandat.objects.filter(demande=demande, cle_courriel=key, revoque_le__isnull=True).update(
            revoque_le=maintenant
        )
        made = Mandat.objects.create(
            demande=demande,
            nom=nom.strip()[:80],
            cle_courriel=key,
            portees=[p for p in PORTEES if p in {LIRE, *portees}],
            du=du,
            au=au,
        )
        send("", langue, "mandat_donne", courriel=address_of(courriel))
        inscrire(
            acteur=dossier.compte,
            verbe="mandat.donner",
            objet_type="demande",
            objet_id=demande.pk,
            champs=made.portees,
        )
    return made


def revoquer(*, dossier: Dossier, mandat: uuid.UUID, maintenant: dt.datetime) -> Mandat:
    """End a mandate now.

    Raises
    ------
    Mandat.DoesNotExist
        None such, for this request.
    """
    with acting(dossier) as demande:
        held: Mandat = Mandat.objects.select_for_update().get(pk=mandat, demande=demande)
        if held.revoque_le is None:
            held.revoque_le = maintenant
            held.save(update_fields=["revoque_le"])
            inscrire(
                acteur=dossier.compte, verbe="mandat.revoquer", objet_type="demande", objet_id=demande.pk
            )
    return held
