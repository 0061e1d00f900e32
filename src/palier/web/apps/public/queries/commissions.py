"""What anybody may read of the commissions: règlements, calendar, extracts; no table with a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from palier.engines import commission as moteur
from palier.web.apps.attributions.models import Reglement
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.public.models import EtatSeance, SeancePubliee


@dataclass(frozen=True, slots=True)
class Version:
    """A vintage of a règlement: its text, and what the machine reads of it."""

    du: dt.date
    au: dt.date | None
    sha256: str
    texte: str
    lu: moteur.Reglement


@dataclass(frozen=True, slots=True)
class CommissionPublique:
    """The commission of a landlord in one line of a list."""

    siren: str
    nom: str
    prochaine: dt.date | None
    derniere: dt.date | None
    extraits: int


def commissions(au: dt.date) -> list[CommissionPublique]:
    """Return the landlords that have a commission, by name."""
    owners = list(Organisme.objects.filter(pk__in=Reglement.objects.values("bailleur_id")).order_by("nom"))
    rows = SeancePubliee.objects.filter(organisme__in=owners).values_list("organisme_id", "le", "etat")
    days: dict[Any, list[tuple[dt.date, str]]] = {}
    for owner, le, etat in rows:
        days.setdefault(owner, []).append((le, etat))
    return [_line(owner, days.get(owner.pk, []), au) for owner in owners]


def _line(owner: Organisme, days: list[tuple[dt.date, str]], au: dt.date) -> CommissionPublique:
    coming = [le for le, etat in days if etat == EtatSeance.PREVUE and le >= au]
    past = [le for le, etat in days if etat in {EtatSeance.TENUE, EtatSeance.SIGNEE} and le <= au]
    signed = sum(etat == EtatSeance.SIGNEE for _, etat in days)
    return CommissionPublique(
        owner.siren, owner.nom, min(coming, default=None), max(past, default=None), signed
    )


def owner_of(siren: str) -> Organisme | None:
    """Return a landlord that has a commission; None if there is none of this number."""
    known = Reglement.objects.values("bailleur_id")
    return Organisme.objects.filter(siren=siren, pk__in=known).first()


def versions(bailleur: Organisme) -> list[Version]:
    """Return the vintages of a règlement, the newest first."""
    rows = Reglement.objects.filter(bailleur=bailleur).order_by("-du")
    return [
        Version(row.du, row.au, row.sha256, row.texte, moteur.parse_reglement(row.texte, str(row.du)))
        for row in rows
    ]


def coming(bailleur: Organisme, au: dt.date) -> list[SeancePubliee]:
    """Return the sessions to come, the next one first."""
    rows = SeancePubliee.objects.filter(organisme=bailleur, le__gte=au, etat__in=("prevue", "annulee"))
    return list(rows.order_by("le", "numero")[:50])


def past(bailleur: Organisme, au: dt.date, avant: int | None, combien: int) -> list[SeancePubliee]:
    """Return the sessions that are over, the last one first.

    Parameters
    ----------
    avant : int, optional
        Number of a session: those before it.
    """
    rows = SeancePubliee.objects.filter(organisme=bailleur).exclude(
        le__gte=au, etat__in=("prevue", "annulee")
    )
    if avant is not None:
        rows = rows.filter(numero__lt=avant)
    return list(rows.order_by("-numero")[:combien])


def extract_named(bailleur: Organisme, numero: int) -> SeancePubliee | None:
    """Return the extract of minutes by their number."""
    return SeancePubliee.objects.filter(organisme=bailleur, pv_numero=numero, etat="signee").first()


def extracts(siren: str = "", combien: int | None = None) -> list[SeancePubliee]:
    """Return the extracts, of one landlord or of all, in the order of each chain; the last ones if few."""
    rows = SeancePubliee.objects.filter(etat="signee").select_related("organisme")
    if siren:
        rows = rows.filter(organisme__siren=siren)
    if combien is not None:
        return list(rows.order_by("-signe_le", "-pv_numero", "organisme__siren")[:combien])
    return list(rows.order_by("organisme__siren", "pv_numero"))
