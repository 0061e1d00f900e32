"""The home itself: areas, rooms, storeys, features that contradict one another."""

from __future__ import annotations

from collections.abc import Iterator

from palier.base.mots import nombre, word
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.parametrage import number, numbers, ranges
from palier.web.apps.offres.rules.saisie import OffreSaisie


def check(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    """Give OFF-050 to OFF-054 and OFF-056 to OFF-058."""
    if offre.nature != "local_activite":
        yield from _area(offre, contexte)
        yield from _rooms(offre)
    yield from _storeys(offre)
    yield from _features(offre)
    if offre.construction_annee is not None and offre.construction_annee > contexte.au.year + 6:
        yield Anomalie("OFF-058", "construction_annee", f"Lu : {offre.construction_annee}.")


def _area(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    area = offre.surface_m2
    if area is None:
        return
    least, most = contexte.loi.surface_min_m2, number("surface_max_m2")
    if not least <= area <= most:
        reference = contexte.loi.references["logement_surface_min_m2"] if area < least else None
        words = f"Lu : {nombre(area)} m² ; attendu de {least} à {most}."
        yield Anomalie("OFF-050", "surface_m2", words, reference)
        return
    bounds = ranges("surface_typologie").get(offre.typologie or "")
    if bounds is not None and not bounds[0] <= area <= bounds[1]:
        kind = word(f"code.typologie.{offre.typologie}")
        words = f"{kind} de {nombre(area)} m² ; attendu de {bounds[0]} à {bounds[1]}."
        yield Anomalie("OFF-051", "surface_m2", words)


def _rooms(offre: OffreSaisie) -> Iterator[Anomalie]:
    most = numbers("chambres_max").get(offre.typologie or "")
    if offre.nb_chambres is not None and most is not None and offre.nb_chambres > most:
        kind = word(f"code.typologie.{offre.typologie}")
        yield Anomalie("OFF-052", "nb_chambres", f"{kind} avec {offre.nb_chambres} chambres.")


def _storeys(offre: OffreSaisie) -> Iterator[Anomalie]:
    storey, most = offre.etage, offre.nb_etages
    if storey is not None and most is not None and storey > most:
        yield Anomalie("OFF-053", "etage", f"Étage {storey} d'un immeuble de {most}.")
    high = number("ascenseur_des_etage")
    if storey is not None and storey >= high and offre.avec_ascenseur is False:
        yield Anomalie("OFF-054", "avec_ascenseur", f"Étage {storey} sans ascenseur.")


def _features(offre: OffreSaisie) -> Iterator[Anomalie]:
    there, absent = offre.accessibilite or frozenset(), offre.accessibilite_absente or frozenset()
    for code in sorted(there & absent):
        yield Anomalie("OFF-056", "accessibilite", f"« {word(f'code.accessibilite.{code}')} ».")
    lift = {"ascenseur_large", "ascenseur_vocal"} & there
    if lift and offre.avec_ascenseur is False:
        yield Anomalie("OFF-057", "accessibilite", "Un ascenseur accessible, mais pas d'ascenseur.")
    if "plain_pied" in there and (offre.etage or 0) > 0 and offre.avec_ascenseur is False:
        yield Anomalie("OFF-057", "accessibilite", f"De plain-pied, à l'étage {offre.etage} sans ascenseur.")
