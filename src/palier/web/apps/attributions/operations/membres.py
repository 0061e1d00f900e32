"""A seat of the commission through its life: its account, its address, its end."""

from __future__ import annotations

import datetime as dt
import uuid

from palier.web.apps.attributions.models import Membre
from palier.web.apps.attributions.operations.acces import note, ouvert, refus
from palier.web.apps.attributions.operations.seances import nommer_membre
from palier.web.apps.attributions.queries.adresses import key_of
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.comptes import operations as comptes
from palier.web.apps.comptes.models import Utilisateur


def nommer(*, acteur: Acteur, membre: Membre, courriel: str = "", adresse: str = "", au: dt.date) -> Membre:
    """Give a seat, with the account that opens it and the mark of an address.

    The address itself is not kept: only a keyed hash, which is compared to those of candidates.

    Raises
    ------
    UsageError
        CPT-001.
    RefusalError
        Those of the composition: COM-115, COM-120; CPT-003; ATR-122.
    """
    with ouvert(acteur, "seance", "C"):
        membre.adresse_cle = key_of(adresse)
        if courriel.strip():
            membre.utilisateur = _account(acteur, courriel, membre.nom, acteur.organismes[0])
        return nommer_membre(acteur=acteur, membre=membre, au=au)


def lier_compte(*, acteur: Acteur, membre: uuid.UUID, courriel: str, adresse: str = "") -> Membre:
    """Give a seat the account of an address, opened and invited if there is none yet.

    Raises
    ------
    UsageError
        CPT-001.
    RefusalError
        CPT-003, ATR-122 the account holds another seat of this commission.
    """
    with ouvert(acteur, "seance", "C", membre):
        held = Membre.objects.select_for_update().get(pk=membre, bailleur_id__in=acteur.organismes)
        if courriel.strip():
            held.utilisateur = _account(acteur, courriel, held.nom, held.bailleur_id, held.pk)
        if adresse.strip():
            held.adresse_cle = key_of(adresse)
        held.save()
        note(acteur, "membre.lier", "membre", held.pk, held.bailleur_id)
    return held


def finir_membre(*, acteur: Acteur, membre: uuid.UUID, au: dt.date) -> Membre:
    """End a seat: the day given is its last one.

    Raises
    ------
    RefusalError
        ATR-123 before its first day, or over already.
    """
    with ouvert(acteur, "seance", "C", membre):
        held = Membre.objects.select_for_update().get(pk=membre, bailleur_id__in=acteur.organismes)
        if au < held.du or (held.au is not None and held.au <= au):
            raise refus(
                "ATR-123",
                "fin du siège",
                "Ce jour précède le début du siège, ou le siège est déjà fini.",
                "Donnez un dernier jour après le début.",
            )
        held.au = au
        held.save(update_fields=["au"])
        note(acteur, "membre.finir", "membre", held.pk, held.bailleur_id)
    return held


def _account(
    acteur: Acteur, courriel: str, nom: str, bailleur: uuid.UUID, membre: uuid.UUID | None = None
) -> Utilisateur:
    found = Utilisateur.objects.filter(courriel__iexact=courriel.strip()).first()
    if found is None:
        found = comptes.creer_compte(acteur=acteur.qui, courriel=courriel, nom=nom, organisme=bailleur)
    others = Membre.objects.filter(bailleur_id=bailleur, utilisateur=found, au__isnull=True)
    if membre is not None:
        others = others.exclude(pk=membre)
    if others.exists():
        raise refus(
            "ATR-122",
            "compte",
            "Ce compte tient déjà un siège de cette commission.",
            "Finissez l'autre siège, ou donnez une autre adresse.",
            "L441-2 CCH",
        )
    if not found.has_usable_password():
        comptes.inviter(acteur=acteur.qui, utilisateur=found, organisme=bailleur)
    return found
