"""Rent, charges, deposit: plausible, within the agreement, of the financing that is announced."""

from __future__ import annotations

from collections.abc import Iterator

from palier.base.mots import montant, word
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.parametrage import numbers
from palier.web.apps.offres.rules.saisie import OffreSaisie


def check(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    """Give OFF-060 to OFF-066."""
    if offre.nature != "location":
        return
    rent, charges, area = offre.loyer_logement_cent, offre.charges_logement_cent, offre.surface_m2
    if rent is None:
        return
    if rent == 0:
        yield Anomalie("OFF-060", "loyer_logement_cent")
        return
    if charges is not None and charges > rent:
        words = f"{montant(charges)} de charges pour {montant(rent)} de loyer."
        yield Anomalie("OFF-063", "charges_logement_cent", words)
    if offre.loyer_maximal_cent is not None and rent > offre.loyer_maximal_cent:
        words = f"{montant(rent)}, pour un maximum de {montant(offre.loyer_maximal_cent)}."
        yield Anomalie("OFF-064", "loyer_logement_cent", words)
    deposit, months = offre.depot_garantie_cent, contexte.loi.depot_mois
    if deposit is not None and deposit > months * rent:
        words = f"{montant(deposit)}, pour {months} mois de loyer au plus, soit {montant(months * rent)}."
        yield Anomalie(
            "OFF-066", "depot_garantie_cent", words, contexte.loi.references["depot_garantie_mois"]
        )
    if area:
        yield from _per_square_metre(offre, rent, area)


def _per_square_metre(offre: OffreSaisie, rent: int, area: int) -> Iterator[Anomalie]:
    bounds = numbers("loyer_m2_cent")
    said = f"{montant(rent // area)} le mètre carré."
    if rent > bounds["maxi"] * area:
        yield Anomalie("OFF-061", "loyer_logement_cent", said)
    elif rent < bounds["mini"] * area:
        yield Anomalie("OFF-062", "loyer_logement_cent", said)
    base = numbers("loyer_base_cent").get(offre.financement_offre or "")
    if base is not None and bounds["maxi"] * area >= rent and 100 * rent > 77 * base * (area + 20):
        most = 77 * base * (area + 20) // 100
        kind = word(f"code.financement_offre.{offre.financement_offre}")
        words = f"{kind}, {area} m² : {montant(rent)}, pour {montant(most)} au plus d'ordinaire."
        yield Anomalie("OFF-065", "financement_offre", words)
