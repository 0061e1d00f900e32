"""Minutes as they were signed, with what their codes and identifiers mean."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palier.web.apps.attributions import phrases
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Decision, Membre, PointSeance, Pv, Seance
from palier.web.apps.attributions.queries.pv import verify_chain


@dataclass(frozen=True, slots=True)
class Point:
    """A home in the minutes.

    Parameters
    ----------
    place : int
        On the agenda.
    nom : str
        The home in words.
    quorum : tuple of int
        Counted, required.
    presents : list of (str, str, datetime, str)
        Name, quality, instant, interest for which she left.
    contenu : mapping
        What the minutes hold of it.
    """

    place: int
    nom: str
    quorum: tuple[int | None, int | None]
    presents: list[tuple[str, str, dt.datetime, str]]
    contenu: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes, whole."""

    pv: Pv
    seance: Seance
    president: str
    points: tuple[Point, ...]
    rompue: int | None


def minutes(seance: Seance) -> Minutes | None:
    """Return the minutes of a session; None until they are signed. Call inside its perimeter."""
    held = Pv.objects.filter(seance=seance).select_related("signe_par").first()
    if held is None:
        return None
    said = held.contenu
    rows = {p.place: p for p in PointSeance.objects.filter(seance=seance).select_related("vacance")}
    places = mots.places([p.vacance for p in rows.values()], seance.le)
    names = dict(Membre.objects.filter(bailleur_id=seance.bailleur_id).values_list("pk", "nom"))
    words = phrases.codes("caleol_membres", seance.le)
    made = tuple(
        Point(
            item["place"],
            mots.home(rows[item["place"]].vacance, places),
            tuple(said["quorums"][str(item["place"])]),
            [
                (names.get(uuid.UUID(p["membre"]), ""), words.get(p["qualite"], p["qualite"]),
                 dt.datetime.fromisoformat(p["a"]), p["sorti"])
                for p in said["presents"][str(item["place"])]
            ],
            item,
        )
        for item in said["decisions"]
    )  # fmt: skip
    return Minutes(held, seance, held.signe_par.nom, made, verify_chain(seance.bailleur_id))


def to_correct(seance: Seance) -> list[tuple[Decision, bool]]:
    """Return the decisions of a session, and whether each was corrected since."""
    rows = Decision.objects.filter(point__seance=seance).exclude(etat="proposee")
    rows = rows.select_related("candidature", "point").order_by(
        "point__place", "rang", "candidature__numero_unique"
    )
    found = list(rows)
    corrected = set(
        Decision.objects.filter(corrige__in=found)
        .exclude(etat="proposee")
        .values_list("corrige_id", flat=True)
    )
    return [(d, d.pk in corrected) for d in found]
