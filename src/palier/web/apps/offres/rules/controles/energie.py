"""The certificate: present, valid, whole; classes that may no longer be let."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from palier.base.mots import date_longue, montant
from palier.base.periods import add_months
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.droit import OUTRE_MER
from palier.web.apps.offres.rules.parametrage import number
from palier.web.apps.offres.rules.saisie import OffreSaisie

_NEUF = ("vefa_accession", "location_accession", "brs")


def needs_certificate(offre: OffreSaisie, au: dt.date) -> bool:
    """Tell whether the ad must show a certificate: a home that is not built yet has none."""
    if offre.nature == "local_activite" or (offre.commune_code or "").startswith(OUTRE_MER):
        return False
    to_come = offre.livraison_date is not None and offre.livraison_date > au
    return not (offre.nature in _NEUF and (to_come or offre.nature == "vefa_accession"))


def check(offre: OffreSaisie, contexte: Contexte, illisibles: frozenset[str]) -> Iterator[Anomalie]:
    """Give OFF-090 to OFF-098 and OFF-105."""
    yield from _classes(offre, contexte, illisibles)
    yield from _date(offre, contexte)
    if offre.nature != "local_activite":
        yield from _cost(offre, contexte, illisibles)
    yield from _letting(offre, contexte)


def _classes(offre: OffreSaisie, contexte: Contexte, illisibles: frozenset[str]) -> Iterator[Anomalie]:
    reference = contexte.loi.references["annonce_classes_mentions"]
    needed = needs_certificate(offre, contexte.au)
    for champ in ("dpe_classe", "ges_classe"):
        classe = getattr(offre, champ)
        if classe == "vierge":
            yield Anomalie("OFF-091", champ, reference=contexte.loi.references["dpe_valable_depuis"])
        elif classe is None and needed and champ not in illisibles:
            yield Anomalie("OFF-090", champ, reference=reference)
    if needed and offre.dpe_date is None and offre.dpe_classe and "dpe_date" not in illisibles:
        yield Anomalie("OFF-090", "dpe_date", reference=contexte.loi.references["dpe_validite_ans"])


def _date(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    made, loi = offre.dpe_date, contexte.loi
    if made is None:
        return
    if made > contexte.au:
        yield Anomalie("OFF-093", "dpe_date", f"Lu : {date_longue(made)}.")
    elif made < loi.dpe_depuis:
        words = f"Lu : {date_longue(made)} ; valable s'il date du {date_longue(loi.dpe_depuis)} ou d'après."
        yield Anomalie("OFF-092", "dpe_date", words, loi.references["dpe_valable_depuis"])
    elif contexte.au >= add_months(made, 12 * loi.dpe_ans):
        words = f"Lu : {date_longue(made)} ; valable {loi.dpe_ans} ans."
        yield Anomalie("OFF-092", "dpe_date", words, loi.references["dpe_validite_ans"])


def _cost(offre: OffreSaisie, contexte: Contexte, illisibles: frozenset[str]) -> Iterator[Anomalie]:
    low, high, year = offre.depense_min_cent, offre.depense_max_cent, offre.prix_energie_annee
    reference = contexte.loi.references["annonce_depense_mention"]
    needed = needs_certificate(offre, contexte.au) and offre.dpe_classe is not None
    unread = illisibles & {"depense_min_cent", "depense_max_cent"}
    if needed and low is None and high is None and not unread:
        yield Anomalie("OFF-094", "depense_min_cent", reference=reference)
    if year is None and "prix_energie_annee" not in illisibles and (low is not None or high is not None):
        yield Anomalie("OFF-096", "prix_energie_annee", "Elle manque.", reference)
    elif year is not None and not 2010 <= year <= contexte.au.year:
        yield Anomalie("OFF-096", "prix_energie_annee", f"Lu : {year}.", reference)
    if low is not None and high is not None and low > high:
        words = f"Au moins {montant(low)}, au plus {montant(high)}."
        yield Anomalie("OFF-095", "depense_min_cent", words, reference)
    elif offre.surface_m2 and (high or low or 0) > number("depense_m2_cent") * offre.surface_m2:
        words = f"{montant(high or low or 0)} par an pour {offre.surface_m2} m²."
        yield Anomalie("OFF-105", "depense_max_cent", words)
    elif high == 0 or (high is None and low == 0):
        yield Anomalie("OFF-105", "depense_max_cent", "Aucune dépense.")


def _letting(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    if offre.nature != "location" or offre.dpe_classe is None:
        return
    first = contexte.loi.banned_on(offre.commune_code, offre.dpe_classe)
    if first is None:
        return
    start = max(contexte.au, offre.disponible_date or contexte.au)
    words = f"Classe {offre.dpe_classe.upper()}, à partir du {date_longue(first)}."
    reference = contexte.loi.references["dpe_location_interdite"]
    if start >= first:
        yield Anomalie("OFF-097", "dpe_classe", words, reference)
    elif add_months(start, number("classe_bientot_mois")) >= first:
        yield Anomalie("OFF-098", "dpe_classe", words, reference)
