"""The place of a search: what a person typed, or what the address says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.territoires.queries import LieuTrouve, find_lieux, lieu_named

_KINDS = {"commune": "communes", "arrondissement": "communes", "departement": "departement", "epci": "epci"}
_NEAR_KM = 5
_LOOKED_AT = 8


@dataclass(frozen=True)
class Lieu:
    """A place of the search, with its words."""

    genre: str
    code: str
    libelle: str
    point: tuple[float, float] | None
    boite: tuple[float, float, float, float] | None

    def narrow(self, filtres: Filtres, rayon_km: int) -> Filtres:
        """Return filters bound to this place: itself, or a distance around its town hall."""
        if rayon_km and self.point:
            return replace(filtres, centre=self.point, rayon_km=rayon_km, autour_de=self.libelle)
        bound = _KINDS.get(self.genre)
        if bound == "communes":
            return replace(filtres, communes=(self.code,))
        if bound is not None:
            return replace(filtres, **{bound: self.code})  # type: ignore[arg-type]  # names of text fields
        if self.boite:  # a region has no column: its box is asked
            return replace(filtres, boite=self.boite)
        if self.point:
            return replace(filtres, centre=self.point, rayon_km=_NEAR_KM, autour_de=self.libelle)
        return filtres


def resolve(saisie: str) -> Lieu | None:
    """Return the likeliest place that a person typed."""
    found = find_lieux(saisie, 1)
    return _lieu(found[0]) if found else None


def resolve_commune(saisie: str) -> Lieu | None:
    """Return the likeliest commune, or municipal arrondissement, that a person typed."""
    found = (lieu for lieu in find_lieux(saisie, _LOOKED_AT) if lieu.genre in {"commune", "arrondissement"})
    first = next(found, None)
    return _lieu(first) if first else None


def place_of(filtres: Filtres) -> Lieu | None:
    """Return the place that filters name by a code."""
    asked = (
        ("commune", filtres.communes[0] if filtres.communes else ""),
        ("departement", filtres.departement),
        ("epci", filtres.epci),
    )
    for genre, code in asked:
        if code:
            found = lieu_named(genre, code) or (
                lieu_named("arrondissement", code) if genre == "commune" else None
            )
            return _lieu(found) if found else Lieu(genre, code, code, None, None)
    return None


def _lieu(found: LieuTrouve) -> Lieu:
    label = found.nom
    if found.genre in {"commune", "arrondissement"} and found.departement:
        label = f"{found.nom} ({found.departement})"
    return Lieu(found.genre, found.code, label, found.point, found.boite)
