"""Business premises: real areas, rent with its tax, activities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palier.base.lieux import make_cle
from palier.base.mots import date_longue, montant, nombre
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.parametrage import numbers
from palier.web.apps.offres.rules.saisie import OffreSaisie

_RESTAURANT = re.compile(r"\b(restaura(nt|nts|tion)|brasserie|pizzeria|rotisserie|friterie)\b")


def check(offre: OffreSaisie, contexte: Contexte, illisibles: frozenset[str]) -> Iterator[Anomalie]:
    """Give OFF-122 and OFF-170 to OFF-175."""
    if offre.nature != "local_activite":
        return
    yield from _areas(offre)
    yield from _rent(offre, illisibles)
    yield from _activities(offre)
    limit = offre.candidature_limite_date
    if limit is not None and limit < contexte.au:
        yield Anomalie("OFF-122", "candidature_limite_date", f"Lu : {date_longue(limit)}.")


def _areas(offre: OffreSaisie) -> Iterator[Anomalie]:
    if offre.surface_nature == "ponderee":
        yield Anomalie("OFF-170", "surface_nature")
    area = offre.surface_m2
    levels = [offre.surface_rdc_m2, offre.surface_sous_sol_m2, offre.surface_autres_m2]
    known = [level for level in levels if level is not None]
    if area is not None and known and offre.surface_nature != "ponderee":
        whole = len(known) == len(levels)
        if sum(known) > area + len(known) or (whole and sum(known) < area - len(known)):
            words = f"Niveaux : {nombre(sum(known))} m², total : {nombre(area)} m²."
            yield Anomalie("OFF-172", "surface_m2", words)


def _rent(offre: OffreSaisie, illisibles: frozenset[str]) -> Iterator[Anomalie]:
    rent, area = offre.loyer_an_cent, offre.surface_m2
    if rent is not None and offre.loyer_fiscalite is None and "loyer_fiscalite" not in illisibles:
        yield Anomalie("OFF-171", "loyer_fiscalite")
    if rent is not None and area:
        bounds = numbers("loyer_local_m2_an_cent")
        if not bounds["mini"] * area <= rent <= bounds["maxi"] * area:
            words = f"{montant(rent)} par an pour {nombre(area)} m²."
            yield Anomalie("OFF-173", "loyer_an_cent", words)


def _activities(offre: OffreSaisie) -> Iterator[Anomalie]:
    wanted, excluded = (_list(t) for t in (offre.activites_recherchees, offre.activites_exclues))
    for activity in sorted(wanted & excluded):
        yield Anomalie("OFF-174", "activites_exclues", f"« {activity[:40]} ».")
    if offre.extraction is False and any(_RESTAURANT.search(activity) for activity in wanted):
        yield Anomalie("OFF-175", "extraction")


def _list(text: str | None) -> frozenset[str]:
    return frozenset(cle for part in re.split(r"[,;|/\n]", text or "") if (cle := make_cle(part)))
