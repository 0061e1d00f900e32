"""What a desk does with letters: print, send, date the receipt with its proof, take the answer told."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from palier.web.apps.attributions.models import Courrier, Decision, Proposition
from palier.web.apps.attributions.operations import lettres, suites
from palier.web.apps.attributions.operations.acces import acte, lock, note, ouvert, refus
from palier.web.apps.attributions.queries.lettres import around
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.attributions.rules.courriers import AVERTISSEMENTS, OFFRES, PROUVES, may_go
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.operations.vie import avertir
from palier.web.horloge import local_day


def imprimer(*, acteur: Acteur, courriers: Iterable[uuid.UUID], maintenant: dt.datetime) -> list[Courrier]:
    """Take letters to print, all or none; printing one again changes nothing but its instant.

    Raises
    ------
    RefusalError
        ATR-140 none chosen, or one that has left already; ATR-144 a content that has been altered.
    """
    with ouvert(acteur, "courrier", "U"):
        rows = _chosen(courriers, "imprimee")
        for row in rows:
            if lettres.seal(row.contenu) != row.sha256:
                raise refus(
                    "ATR-144", "courrier", "Ce courrier n'est plus celui qui a été préparé.",
                    "Ne l'envoyez pas, et prévenez l'exploitant.",
                )  # fmt: skip
            row.etat, row.imprime_le = "imprimee", maintenant
            row.save(update_fields=["etat", "imprime_le"])
        _note_all(acteur, "courrier.imprimer", rows)
    return rows


def envoyer(*, acteur: Acteur, courriers: Iterable[uuid.UUID], le: dt.date, au: dt.date) -> list[Courrier]:
    """Say that letters have left, all or none.

    Raises
    ------
    RefusalError
        ATR-140; ATR-141 a day to come, or before the letter was prepared.
    """
    with ouvert(acteur, "courrier", "U"):
        rows = _chosen(courriers, "envoyee")
        for row in rows:
            _check_day(le, local_day(row.prepare_le), au)
            row.etat, row.envoye_le = "envoyee", le
            row.save(update_fields=["etat", "envoye_le"])
        _note_all(acteur, "courrier.envoyer", rows)
    return rows


def _chosen(courriers: Iterable[uuid.UUID], vers: str) -> list[Courrier]:
    wanted = set(courriers)
    rows = list(Courrier.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    if len(rows) != len(wanted):
        raise Courrier.DoesNotExist
    if not rows or any(not may_go(row.etat, vers) for row in rows):
        raise refus(
            "ATR-140", "courrier", "Aucun courrier n'est choisi, ou l'un d'eux n'en est plus là.",
            "Choisissez des courriers dans cet état : ceux déjà partis ne s'impriment plus.",
        )  # fmt: skip
    return rows


def _note_all(acteur: Acteur, verbe: str, rows: Sequence[Courrier]) -> None:
    for row in rows:
        note(acteur, verbe, "courrier", row.pk, row.organisme_id)


def _check_day(le: dt.date, pas_avant: dt.date, au: dt.date) -> None:
    if not pas_avant <= le <= au:
        raise refus(
            "ATR-141", "date", "Ce jour n'est pas possible pour ce courrier.",
            "Donnez un jour passé, qui ne précède pas l'envoi ni la préparation.",
        )  # fmt: skip


def recevoir(
    *, acteur: Acteur, courrier: uuid.UUID, le: dt.date, preuve: str, au: dt.date, maintenant: dt.datetime
) -> Courrier:
    """Say when a letter was received; the clock that runs from this day is started by its own act.

    Raises
    ------
    RefusalError
        ATR-140 it has not left; ATR-141 the day; ATR-142 no proof where the law wants one; those of
        ``suites.notifier`` and ``suites.dater_reception``; DEM-012.
    """
    del maintenant
    with acte(acteur, "courrier", "U", Courrier, courrier):
        row = _held(courrier, "recue")
        _check_day(le, row.envoye_le or le, au)
        if row.genre in PROUVES and not preuve.strip():
            raise refus(
                "ATR-142", "preuve", "La preuve de remise manque.",
                "Donnez la référence de l'avis de réception, ou de la remise en main propre.",
                "R441-2-8 CCH",
            )  # fmt: skip
        row.etat, row.recu_le, row.preuve = "recue", le, preuve.strip()[:60]
        row.save(update_fields=["etat", "recu_le", "preuve"])
        _start_clock(acteur, row)
        note(acteur, "courrier.recevoir", "courrier", row.pk, row.organisme_id)
    return row


def _start_clock(acteur: Acteur, row: Courrier) -> None:
    assert row.recu_le is not None  # the caller has just set it
    if row.decision_id is not None and Decision.objects.filter(pk=row.decision_id, etat="votee").exists():
        suites.notifier(acteur=acteur, decision=row.decision_id, remise_le=row.recu_le, preuve=row.preuve)
    if row.genre in OFFRES and row.proposition_id is not None:
        live = Proposition.objects.filter(pk=row.proposition_id, etat="en_cours", recue_le__lt=row.recu_le)
        if live.exists():
            suites.dater_reception(acteur=acteur, proposition=row.proposition_id, recue_le=row.recu_le)
    if row.genre in AVERTISSEMENTS:
        avertir(
            acteur=acteur.qui, demande=row.demande, motif=AVERTISSEMENTS[row.genre], recu_le=row.recu_le,
            preuve=row.preuve,
        )  # fmt: skip


def _held(courrier: uuid.UUID, vers: str) -> Courrier:
    row = lock(Courrier, courrier)
    if not may_go(row.etat, vers):
        raise refus(
            "ATR-140", "courrier", "Ce courrier n'en est plus là, ou pas encore.",
            "Vérifiez son état : il s'imprime, part, puis arrive ou revient.",
        )  # fmt: skip
    return row


def revenir(*, acteur: Acteur, courrier: uuid.UUID, le: dt.date, au: dt.date) -> Courrier:
    """Say that a letter came back; no clock starts.

    Raises
    ------
    RefusalError
        ATR-140, ATR-141.
    """
    with acte(acteur, "courrier", "U", Courrier, courrier):
        row = _held(courrier, "revenue")
        _check_day(le, row.envoye_le or le, au)
        row.etat, row.revenu_le = "revenue", le
        row.save(update_fields=["etat", "revenu_le"])
        note(acteur, "courrier.revenir", "courrier", row.pk, row.organisme_id)
    return row


def refaire(*, acteur: Acteur, courrier: uuid.UUID, maintenant: dt.datetime) -> Courrier:
    """Prepare anew a letter that came back, to the address on file now; the old one is kept.

    Raises
    ------
    RefusalError
        ATR-140 it did not come back, or was prepared anew already.
    """
    with acte(acteur, "courrier", "C", Courrier, courrier):
        old = lock(Courrier, courrier)
        if old.etat != "revenue" or Courrier.objects.filter(cle=old.cle, essai__gt=old.essai).exists():
            raise refus(
                "ATR-140", "courrier", "Ce courrier n'est pas revenu, ou il est déjà refait.",
                "Cherchez le dernier courrier de cet acte.",
            )  # fmt: skip
        day = local_day(maintenant)
        about = lettres.Objet(
            old.genre, old.cle, day, old.candidature, old.decision, old.proposition
        )  # fmt: skip
        content = {**old.contenu, **around(old.demande, old.organisme, day)}
        made = lettres.write(about, old.demande, old.organisme_id, content, maintenant, old.essai + 1)
        note(acteur, "courrier.refaire", "courrier", made.pk, made.organisme_id)
    return made


def repondre(
    *,
    acteur: Acteur,
    courrier: uuid.UUID,
    sens: str,
    canal: str,
    le: dt.date,
    au: dt.date,
    maintenant: dt.datetime,
    motif: str = "",
) -> Courrier:
    """Take down the answer that a person gives by phone, on paper or at the desk, to the offer of a letter.

    Raises
    ------
    RefusalError
        ATR-143 the letter offers nothing; those of ``suites.repondre``.
    """
    with acte(acteur, "courrier", "U", Courrier, courrier) as row:
        if row.genre not in OFFRES or row.proposition_id is None or canal == "ecran":
            raise refus(
                "ATR-143", "courrier", "Ce courrier n'attend pas de réponse d'un agent.",
                "Cherchez le courrier qui propose le logement ; à l'écran, la personne répond elle-même.",
            )  # fmt: skip
        suites.repondre(
            acteur=acteur, proposition=row.proposition_id, sens=sens, le=le, canal=canal, au=au,
            maintenant=maintenant, motif=motif,
        )  # fmt: skip
    return row


def preparer_avertissement(*, acteur: Acteur, demande: uuid.UUID, maintenant: dt.datetime) -> Courrier:
    """Prepare the warning of a person who no longer answers; its receipt starts the month of the law."""
    with ouvert(acteur, "courrier", "C", demande):
        found = Demande.objects.get(pk=demande)
        made = lettres.de_l_avertissement(found, acteur.organismes[0], maintenant)
        note(acteur, "courrier.preparer", "courrier", made.pk, made.organisme_id)
    return made


def preparer_attestation(*, acteur: Acteur, demande: uuid.UUID, maintenant: dt.datetime) -> Courrier:
    """Prepare the attestation of a request at the desk."""
    with ouvert(acteur, "courrier", "C", demande):
        found = Demande.objects.get(pk=demande)
        made = lettres.de_l_attestation(found, acteur.organismes[0], maintenant)
        note(acteur, "courrier.preparer", "courrier", made.pk, made.organisme_id)
    return made
