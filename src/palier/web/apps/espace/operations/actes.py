"""What a person does to her own request: correct, renew, write, waive; her adviser signs for her."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from palier.base.errors import Problem, RefusalError
from palier.web.apps.demandes.models import VIVANTES, Coordonnees, Demande
from palier.web.apps.demandes.operations import pieces, vie
from palier.web.apps.espace.models import Ecrit
from palier.web.apps.espace.operations.entree import send
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.journal.operations import inscrire
from palier.web.postgres.perimetre import perimetre

#: What is corrected on line: wishes, and where the person is reached. The rest needs a paper: the desk.
SOUHAITS = (
    "typologies", "localisations", "accepte_autre_commune", "rez_de_chaussee_seul", "ascenseur", "parking",
)  # fmt: skip
COORDONNEES = ("courriel", "telephone", "adresse")


@contextmanager
def acting(dossier: Dossier) -> Iterator[Demande]:
    """Open the request to be written, in the name of those that manage it: it is hers, or her adviser's act.

    At the end, whoever is acted for is told by her own channel.
    """
    held = dossier.demande
    with perimetre(organismes=held.organismes, demandes=[held.pk], lecteur=dossier.mandat is None):
        yield Demande.objects.select_for_update().get(pk=held.pk)
        tell(dossier)


def tell(dossier: Dossier) -> None:
    """Send the person a copy of what her adviser did; nothing for her own acts. Call inside her perimeter."""
    if dossier.mandat is None:
        return
    address = Coordonnees.objects.filter(pk=dossier.demande.pk).values_list("courriel", flat=True).first()
    inscrire(
        acteur=dossier.compte,
        verbe="mandat.agir",
        objet_type="demande",
        objet_id=dossier.demande.pk,
        motif=f"mandat {dossier.mandat.pk}",
    )
    send("", "fr", "acte_accompagnant", courriel=address or "")


def corriger(*, dossier: Dossier, valeurs: Mapping[str, Any], maintenant: dt.datetime) -> list[str]:
    """Correct wishes and address of a request; return the names of what changed, which are traced.

    Raises
    ------
    RefusalError
        ESP-002: the request does not live any more.
    """
    with acting(dossier) as demande:
        _demand_life(demande)
        changed = [nom for nom in SOUHAITS if nom in valeurs and getattr(demande, nom) != valeurs[nom]]
        for nom in changed:
            setattr(demande, nom, valeurs[nom])
        if changed:
            demande.modifiee_le = maintenant
            demande.save(update_fields=[*changed, "modifiee_le"])
        reached, _new = Coordonnees.objects.get_or_create(
            pk=demande.pk, defaults={"modifiees_le": maintenant}
        )
        moved = [nom for nom in COORDONNEES if nom in valeurs and getattr(reached, nom) != valeurs[nom]]
        for nom in moved:
            setattr(reached, nom, valeurs[nom])
        if moved:
            reached.modifiees_le = maintenant
            reached.save(update_fields=[*moved, "modifiees_le"])
        if changed or moved:
            inscrire(
                acteur=dossier.compte,
                verbe="demande.corriger",
                objet_type="demande",
                objet_id=demande.pk,
                champs=[*changed, *moved],
            )
    return [*changed, *moved]


def renouveler(*, dossier: Dossier, le: dt.date, maintenant: dt.datetime) -> Demande:
    """Renew a request.

    Raises
    ------
    RefusalError
        DEM-017.
    """
    with acting(dossier) as demande:
        return vie.renouveler(acteur=dossier.compte, demande=demande, le=le, maintenant=maintenant)


def ecrire(
    *, dossier: Dossier, genre: str, texte: str, maintenant: dt.datetime, champs: tuple[str, ...] = ()
) -> Ecrit:
    """Keep what a person writes on her request: a change of situation, a rectification, an objection.

    Raises
    ------
    RefusalError
        ESP-003: kind unknown or nothing written.
    """
    if genre not in Ecrit.GENRES or not texte.strip():
        raise RefusalError(
            Problem("ESP-003", "texte", "Rien n'est écrit.", "Dites en quelques mots ce qui est à changer.")
        )
    with acting(dossier) as demande:
        return _keep(dossier, demande, genre, texte, maintenant, champs)


def renoncer(*, dossier: Dossier, le: dt.date, maintenant: dt.datetime) -> Demande:
    """Waive a request by a writing that is kept: it leaves the register.

    Raises
    ------
    RefusalError
        ESP-002; those of the removal: COM-130 to COM-132, DEM-011.
    """
    with acting(dossier) as demande:
        _demand_life(demande)
        made = _keep(dossier, demande, "renoncement", "", maintenant, ())
        return vie.radier(
            acteur=dossier.compte,
            demande=demande,
            motif="renoncement",
            le=le,
            preuve=str(made.pk),
            prouve_le=le,
            maintenant=maintenant,
        )


def deposer(*, dossier: Dossier, fait: str, contenu: bytes, le: dt.date, maintenant: dt.datetime) -> Any:
    """File a paper.

    Raises
    ------
    TableError, RefusalError
        Those of the store: DEM-018, DEM-040 to DEM-045.
    """
    with acting(dossier) as demande:
        return pieces.deposer_piece(
            acteur=dossier.compte, demande=demande, fait=fait, contenu=contenu, le=le, maintenant=maintenant
        )


def _keep(
    dossier: Dossier,
    demande: Demande,
    genre: str,
    texte: str,
    maintenant: dt.datetime,
    champs: tuple[str, ...],
) -> Ecrit:
    made = Ecrit.objects.create(
        demande=demande,
        genre=genre,
        texte=texte.strip()[:2_000],
        champs=list(champs),
        par=str(dossier.compte.pk),
        role=dossier.role,
        ecrit_le=maintenant,
    )
    inscrire(
        acteur=dossier.compte,
        verbe=f"ecrit.{genre}",
        objet_type="demande",
        objet_id=demande.pk,
        champs=champs,
    )
    return made


def _demand_life(demande: Demande) -> None:
    if demande.statut not in VIVANTES:
        raise RefusalError(
            Problem(
                "ESP-002",
                "demande",
                "Cette demande est close : elle ne change plus.",
                "Déposez une nouvelle demande, en ligne ou au guichet.",
                "R441-2-8 CCH",
            )
        )
