"""Where the home is: commune at the date, postal code, address shown, point on the map."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal

from palier.base.identifiers import is_commune
from palier.base.mots import date_longue, nombre
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.controles.textes import plain
from palier.web.apps.offres.rules.lieux import Boite, Commune
from palier.web.apps.offres.rules.parametrage import number
from palier.web.apps.offres.rules.saisie import OffreSaisie

_MICRO = 1_000_000
_METRES_DEGRE = 111_195  # length of a degree of meridian on a sphere of 6,371 km
_PLUS_FIN_QUE_VOIE = "numero"
_PORTE = re.compile(
    r"\b(appt?|apt|appartement|porte|logement|lgt|etage|esc(alier)?) ?(n|no|num|numero)? ?"
    r"([a-z]?\d+[a-z]?|[a-z])\b|\b\d+ ?(er|e|eme|ieme) etage\b"
)


def check(offre: OffreSaisie, contexte: Contexte, illisibles: frozenset[str]) -> Iterator[Anomalie]:
    """Give OFF-030 to OFF-041."""
    commune = None
    if offre.commune_code:
        yield from _commune(offre, contexte)
        commune = contexte.lieux.commune(offre.commune_code)
    if commune is not None:
        yield from _postal(offre, commune)
    yield from _address(offre)
    if not illisibles & {"longitude", "latitude"}:
        yield from _point(offre, commune)


def _commune(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    code = offre.commune_code or ""
    commune = contexte.lieux.commune(code)
    if commune is None:
        yield from _unknown(code, contexte)
        return
    if commune.fin is not None and contexte.au > commune.fin:
        after = f" Écrivez {commune.remplacee_par}." if commune.remplacee_par else ""
        words = f"« {code} » ({commune.nom}) a cessé le {date_longue(commune.fin)}.{after}"
        yield Anomalie("OFF-031", "commune_code", words)
    elif commune.debut is not None and contexte.au < commune.debut:
        words = f"« {code} » ({commune.nom}) n'existe que depuis le {date_longue(commune.debut)}."
        yield Anomalie("OFF-031", "commune_code", words)
    if code in contexte.loi.arrondissements and offre.nature == "location":
        words = f"« {code} » est {commune.nom} en entier."
        yield Anomalie(
            "OFF-040", "commune_code", words, contexte.loi.references["communes_a_arrondissements"]
        )


def _unknown(code: str, contexte: Contexte) -> Iterator[Anomalie]:
    possible = contexte.lieux.communes_du_code_postal(code) if re.fullmatch(r"\d{5}", code) else []
    if possible:
        shown = " ou ".join(possible[:4]) + (" …" if len(possible) > 4 else "")
        yield Anomalie("OFF-032", "commune_code", f"« {code} » est le code postal de {shown}.")
    else:
        near = "" if is_commune(code) else " Il n'a pas la forme d'un code INSEE."
        yield Anomalie("OFF-030", "commune_code", f"Lu : « {code[:20]} ».{near}")


def _postal(offre: OffreSaisie, commune: Commune) -> Iterator[Anomalie]:
    code = offre.code_postal
    if code and commune.codes_postaux and code not in commune.codes_postaux:
        shown = ", ".join(sorted(commune.codes_postaux)[:4])
        words = f"Lu : « {code[:20]} » ; {commune.nom} a pour code postal {shown}."
        yield Anomalie("OFF-033", "code_postal", words)


def _address(offre: OffreSaisie) -> Iterator[Anomalie]:
    if offre.occupe and offre.precision_adresse == _PLUS_FIN_QUE_VOIE:
        yield Anomalie("OFF-039", "precision_adresse")
    if offre.occupe and offre.etage is not None:
        yield Anomalie("OFF-055", "etage")
    if offre.adresse and offre.nature != "local_activite" and _PORTE.search(plain(offre.adresse)):
        yield Anomalie("OFF-041", "adresse")


def _point(offre: OffreSaisie, commune: Commune | None) -> Iterator[Anomalie]:
    lon, lat = offre.longitude, offre.latitude
    if lon is None and lat is None:
        return
    if lon is None or lat is None:
        yield Anomalie("OFF-038", "longitude" if lon is None else "latitude")
        return
    if lon == 0 and lat == 0:
        yield Anomalie("OFF-035", "longitude")
    elif abs(lon) > 180 or abs(lat) > 90:
        yield Anomalie("OFF-034" if _fits(lat, lon, commune) else "OFF-036", "longitude")
    elif commune is not None and commune.boite is not None and not _fits(lon, lat, commune):
        if _fits(lat, lon, commune):
            yield Anomalie("OFF-034", "longitude")
        else:
            far = distance_m(lon, lat, commune.boite)
            words = f"Le point est à {nombre(max(1, round(far / 1000)))} km des limites de {commune.nom}."
            yield Anomalie("OFF-037", "longitude", words)


def _fits(lon: Decimal, lat: Decimal, commune: Commune | None) -> bool:
    if commune is None or commune.boite is None:
        return False
    boite, marge = commune.boite, number("marge_commune_m")
    x, y = int(lon * _MICRO), int(lat * _MICRO)
    high = -(-marge * _MICRO // _METRES_DEGRE)
    wide = high * _MICRO // max(1, _cosine(boite))
    return boite.ouest - wide <= x <= boite.est + wide and boite.sud - high <= y <= boite.nord + high


def _cosine(boite: Boite) -> int:
    """Cosine of the latitude farthest from the equator, in millionths, rounded down."""
    return int(math.cos(math.radians(max(abs(boite.sud), abs(boite.nord)) / _MICRO)) * _MICRO)


def distance_m(lon: Decimal, lat: Decimal, boite: Boite) -> int:
    """Return the distance from a point to a box, in metres, near enough for a message."""
    x, y = int(lon * _MICRO), int(lat * _MICRO)
    east = max(boite.ouest - x, x - boite.est, 0) * _cosine(boite) // _MICRO
    north = max(boite.sud - y, y - boite.nord, 0)
    return math.isqrt((east * _METRES_DEGRE // _MICRO) ** 2 + (north * _METRES_DEGRE // _MICRO) ** 2)
