"""Conventions of reservation of a landlord: written once, ended, never edited."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from palier.base.errors import Problem, RefusalError
from palier.base.identifiers import is_commune
from palier.web.apps.attributions.models import Convention
from palier.web.apps.attributions.operations.acces import note, ouvert, refus
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.organismes.models import Genre, Organisme

_RESERVENT = (Genre.RESERVATAIRE, Genre.EPCI, Genre.ETAT)


def conclure(
    *,
    acteur: Acteur,
    reservataire: uuid.UUID,
    reference: str,
    du: dt.date,
    au: dt.date | None,
    communes: Sequence[str],
    delai_jours: int | None = None,
) -> Convention:
    """Keep a convention of the landlord of the one who acts.

    Raises
    ------
    RefusalError
        ATR-070 every answer that does not hold; ATR-071 a reference that is taken.
    """
    with ouvert(acteur, "convention", "C"):
        body = Organisme.objects.select_for_update().get(pk=acteur.organismes[0])
        partner = Organisme.objects.filter(pk=reservataire, genre__in=_RESERVENT, actif=True).first()
        problems = _problems(partner, du, au, communes, delai_jours)
        if problems:
            raise RefusalError(problems)
        if Convention.objects.filter(
            bailleur=body, reservataire_id=reservataire, reference=reference
        ).exists():
            raise refus(
                "ATR-071",
                "convention, référence",
                "Ce réservataire a déjà une convention de cette référence.",
                "Donnez une autre référence, par exemple avec l'année.",
            )
        made = Convention.objects.create(
            bailleur=body,
            reservataire_id=reservataire,
            reference=reference,
            du=du,
            au=au,
            communes=sorted(set(communes)),
            delai_jours=delai_jours,
        )
        note(acteur, "convention.conclure", "convention", made.pk, body.pk)
    return made


def _problems(
    partner: Organisme | None,
    du: dt.date,
    au: dt.date | None,
    communes: Sequence[str],
    delai_jours: int | None,
) -> list[Problem]:
    found = []

    def say(where: str, words: str, fix: str) -> None:
        found.append(Problem("ATR-070", f"convention, {where}", words, fix, "R441-5 CCH"))

    if partner is None:
        say("réservataire", "Cet organisme ne réserve pas de logements.", "Choisissez un réservataire.")
    if au is not None and au < du:
        say("fin", "La convention finit avant de commencer.", "Corrigez une des deux dates.")
    wrong = sorted({code for code in communes if not is_commune(code)})
    if wrong:
        say(
            "communes",
            f"Ce ne sont pas des codes de communes : {', '.join(wrong)[:60]}.",
            "Écrivez des codes INSEE comme 67482, un par ligne.",
        )
    if not communes:
        say("communes", "Aucune commune n'est donnée.", "Écrivez les codes INSEE, un par ligne.")
    if delai_jours is not None and not 1 <= delai_jours <= 366:
        say("délai", "Le délai est hors de 1 à 366 jours.", "Corrigez-le, ou laissez-le vide.")
    return found


def finir(*, acteur: Acteur, convention: uuid.UUID, au: dt.date) -> Convention:
    """Say on which day a convention ends; homes oriented by then keep their term.

    Raises
    ------
    RefusalError
        ATR-070 an end before its beginning; ATR-072 it has an end already.
    """
    with ouvert(acteur, "convention", "U", convention):
        held = Convention.objects.select_for_update().get(pk=convention, bailleur_id__in=acteur.organismes)
        if held.au is not None:
            raise refus(
                "ATR-072",
                "convention, fin",
                "La fin de cette convention est déjà dite.",
                "Concluez-en une autre s'il le faut.",
            )
        if au < held.du:
            raise refus(
                "ATR-070",
                "convention, fin",
                "La convention finit avant de commencer.",
                "Donnez un jour plus tard.",
                "R441-5 CCH",
            )
        held.au = au
        held.save(update_fields=["au"])
        note(acteur, "convention.finir", "convention", held.pk, held.bailleur_id, ["au"])
    return held
