"""Proof of publicity of an HLM sale: three media, and the month that follows the last one.

References
----------
CCH R443-12 (decree 2019-1183 of 15 November 2019).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from palier.base.errors import Problem
from palier.base.mots import date_longue
from palier.base.periods import add_months
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.droit import LoiAnnonces

CHAMPS_MEDIAS = {
    "site": "publication_site_date",
    "immeuble": "publication_hall_date",
    "journal": "publication_journal_date",
}


@dataclass(frozen=True, slots=True)
class PreuvePublicite:
    """What the ads of a sale prove.

    Parameters
    ----------
    derniere_le : date, optional
        Day of the last of the three publications; None while one is missing.
    offres_jusqu_au : date, optional
        Last day to send an offer; None while a publication is missing.
    manquants : tuple of str
        Media not yet published.
    problemes : tuple of Problem
        OFF-110 medium missing, OFF-111 deadline too early, OFF-112 publication to come.
    """

    derniere_le: dt.date | None
    offres_jusqu_au: dt.date | None
    manquants: tuple[str, ...]
    problemes: tuple[Problem, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the proof can be delivered."""
        return not self.problemes


def offers_until(
    derniere_le: dt.date, loi: LoiAnnonces, reporter: Callable[[dt.date], dt.date] = lambda jour: jour
) -> dt.date:
    """Return the last day of offers: date to date, clipped to the month's end, then moved by ``reporter``."""
    return reporter(add_months(derniere_le, loi.vente_offres_mois))


def check_publicite(
    medias: Mapping[str, dt.date | None],
    loi: LoiAnnonces,
    limite: dt.date | None = None,
    *,
    type_bien: str | None = None,
    reporter: Callable[[dt.date], dt.date] = lambda jour: jour,
    ou: str = "",
) -> PreuvePublicite:
    """Judge the publicity of a sale at the date of the law.

    Parameters
    ----------
    medias : mapping of str to date or None
        ``site``, ``immeuble``, ``journal``: day of each publication.
    loi : LoiAnnonces
        Law of ads; its date is that of the judgement.
    limite : date, optional
        Deadline that the ad gives.
    type_bien : str, optional
        ``maison``: the second medium is a sign seen from the street.
    reporter : callable
        Moves a term to the next working day, in the person's favour.
    ou : str
        Where, in messages.

    Returns
    -------
    PreuvePublicite
    """
    reference = loi.references["vente_hlm_medias"]
    problems = []
    missing = tuple(media for media in loi.vente_medias if medias.get(media) is None)
    for media in missing:
        words = loi.vente_medias[media]
        if media == "immeuble" and type_bien == "maison":
            words = loi.vente_media_maison or words
        problems.append(Anomalie("OFF-110", CHAMPS_MEDIAS[media], f"Il manque {words}.", reference))
    for media, jour in medias.items():
        if jour is not None and jour > loi.au:
            words = f"Annoncée pour le {date_longue(jour)}."
            problems.append(Anomalie("OFF-112", CHAMPS_MEDIAS[media], words, reference))
    known = [jour for media in loi.vente_medias if (jour := medias.get(media)) is not None]
    last = max(known) if known and not missing else None
    until = offers_until(last, loi, reporter) if last else None
    if limite is not None and known:
        least = offers_until(max(known), loi, reporter)
        if limite < least:
            words = f"Au plus tôt le {date_longue(least)}, un mois après la dernière publication."
            problems.append(
                Anomalie("OFF-111", "offres_limite_date", words, loi.references["vente_hlm_offres_mois"])
            )
    return PreuvePublicite(last, until, missing, tuple(a.problem(ou) for a in problems))
