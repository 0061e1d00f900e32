"""Homes to buy: law of HLM sales, options, prices, deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from palier.base.mots import date_longue, montant
from palier.base.periods import add_months
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.parametrage import number, numbers
from palier.web.apps.offres.rules.publicite import CHAMPS_MEDIAS, offers_until
from palier.web.apps.offres.rules.saisie import OffreSaisie

ACHATS = ("vente_hlm", "location_accession", "brs", "vefa_accession")


def check(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    """Give OFF-070 to OFF-080 (but OFF-077) and OFF-111."""
    if offre.nature not in ACHATS:
        return
    yield from _price(offre)
    if offre.nature == "vente_hlm":
        yield from _hlm(offre, contexte)
    yield from _delivery(offre, contexte)


def _price(offre: OffreSaisie) -> Iterator[Anomalie]:
    price, area = offre.prix_cent, offre.surface_m2
    if price is None:
        return
    bounds = numbers("prix_cent")
    if not bounds["mini"] <= price <= bounds["maxi"]:
        yield Anomalie("OFF-070", "prix_cent", f"Lu : {montant(price)}.")
    elif area:
        per_m2 = numbers("prix_m2_cent")
        if not per_m2["mini"] * area <= price <= per_m2["maxi"] * area:
            words = f"{montant(price)} pour {area} m², soit {montant(price // area)} le mètre carré."
            yield Anomalie("OFF-070", "prix_cent", words)
    tenant = offre.prix_locataire_hlm_cent
    if tenant is not None and tenant > price:
        words = f"{montant(tenant)} pour un locataire HLM, {montant(price)} pour les autres."
        yield Anomalie("OFF-071", "prix_locataire_hlm_cent", words)
    fee = offre.redevance_cent
    if offre.nature == "brs" and fee is not None and area and fee > number("redevance_m2_cent") * area:
        yield Anomalie("OFF-080", "redevance_cent", f"{montant(fee)} par mois pour {area} m².")


def _hlm(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    loi, since = contexte.loi, offre.entree_patrimoine_date
    if since is not None and contexte.au <= add_months(since, 12 * loi.vente_ans):
        words = f"Construit ou acquis le {date_longue(since)} : vente possible après le "
        words += f"{date_longue(add_months(since, 12 * loi.vente_ans))}."
        yield Anomalie("OFF-072", "entree_patrimoine_date", words, loi.references["vente_hlm_anciennete_ans"])
    if offre.dpe_classe in loi.vente_classes_exclues:
        words = f"Classe {offre.dpe_classe.upper()}." if offre.dpe_classe else ""
        yield Anomalie("OFF-073", "dpe_classe", words, loi.references["vente_hlm_classes_exclues"])
    if offre.occupe:
        words = f"Il se vend à son locataire de plus de {loi.locataire_ans} ans, ou à ses proches."
        yield Anomalie("OFF-076", "occupe", words, loi.references["vente_hlm_locataire_ans"])
    yield from _deadline(offre, contexte)


def _deadline(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    limit, loi = offre.offres_limite_date, contexte.loi
    if limit is None:
        return
    if limit < contexte.au:
        yield Anomalie("OFF-074", "offres_limite_date", f"Lu : {date_longue(limit)}.")
    elif limit > add_months(contexte.au, number("offres_limite_mois")):
        yield Anomalie("OFF-075", "offres_limite_date", f"Lu : {date_longue(limit)}.")
    known = [jour for champ in CHAMPS_MEDIAS.values() if (jour := getattr(offre, champ)) is not None]
    if known and limit < offers_until(max(known), loi):
        words = f"Au plus tôt le {date_longue(offers_until(max(known), loi))}, "
        words += "un mois après la dernière publication."
        yield Anomalie("OFF-111", "offres_limite_date", words, loi.references["vente_hlm_offres_mois"])


def _delivery(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    delivery, option, loi = offre.livraison_date, offre.levee_option_date, contexte.loi
    if delivery is not None:
        bounds = numbers("livraison")
        first, last = (
            add_months(contexte.au, -bounds["mois_avant"]),
            add_months(contexte.au, bounds["mois_apres"]),
        )
        if not first <= delivery <= last:
            yield Anomalie("OFF-079", "livraison_date", f"Lu : {date_longue(delivery)}.")
    if offre.nature == "location_accession" and option is not None:
        start = max(delivery or contexte.au, contexte.au)
        if option > add_months(start, 12 * loi.psla_ans) or option < contexte.au:
            words = f"Lu : {date_longue(option)} ; {loi.psla_ans} ans au plus après l'entrée dans les lieux."
            yield Anomalie("OFF-078", "levee_option_date", words, loi.references["psla_option_max_ans"])
