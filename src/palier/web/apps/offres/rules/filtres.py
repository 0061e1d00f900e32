"""The filters of the list of offers, read from an address: bounded, normalised, all problems at once.

The same filters serve the page, the map, the API, the feeds, the exports and the alerts, so an address can
be shared, kept and served again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from urllib.parse import urlencode

from palier.base.errors import Problem
from palier.tables import colonne

NATURES = {
    "louer": ("location",),
    "acheter": ("vente_hlm", "location_accession", "brs", "vefa_accession"),
    "local": ("local_activite",),
}
TRIS = ("recentes", "loyer", "surface", "distance")
CLASSES = "ABCDEFG"
RAYONS_KM = (1, 2, 5, 10, 20, 50)
_NEAR_KM = 5
_LARGEST = 100
_NOM = r"[^<>&\"\x00-\x1f]{1,80}"
_NEUTRAL = frozenset({"nature", "tri", "problems", "rayon_km", "autour_de"})
_RENT_MAX, _PRICE_MAX = 20_000, 10_000_000


@dataclass(frozen=True, slots=True)
class Filtres:
    """What a reader asks for; empty means anything.

    Parameters
    ----------
    nature : str
        ``louer``, ``acheter`` or ``local``.
    communes, departement, epci : tuple of str, str, str
        Official codes.
    centre, rayon_km : tuple of float, int
        Longitude, latitude, and a distance [km] as the crow flies.
    boite : tuple of float
        West, south, east, north of a map.
    autour_de : str
        Name of the centre, shown to the reader; it narrows nothing.
    pieces : tuple of int
        Number of main rooms; 6 stands for six and more.
    loyer_max_eur : int
        Rent and charges, a month; a price for a sale.
    dpe_max : str
        Worst energy class accepted.
    """

    nature: str = "louer"
    communes: tuple[str, ...] = ()
    departement: str = ""
    epci: str = ""
    centre: tuple[float, float] | None = None
    rayon_km: int = 0
    boite: tuple[float, float, float, float] | None = None
    pieces: tuple[int, ...] = ()
    loyer_max_eur: int = 0
    surface_min: int = 0
    dpe_max: str = ""
    plain_pied: bool = False
    accessibilite: tuple[str, ...] = ()
    financement: tuple[str, ...] = ()
    public_reserve: str = ""
    disponible_le: str = ""
    bailleur: str = ""
    depuis_jours: int = 0
    tri: str = "recentes"
    autour_de: str = ""
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    def query(self, **change: object) -> str:
        """Return the normalised query string, with changes; the same filters give the same text."""
        return urlencode(_pairs(replace(self, **change)))  # type: ignore[arg-type]  # names of fields

    def active(self) -> list[str]:
        """Return the names of the filters that narrow the list, in the order of the form."""
        blank = Filtres(nature=self.nature)
        narrowing = [f.name for f in fields(self) if f.name not in _NEUTRAL]
        return [name for name in narrowing if getattr(self, name) != getattr(blank, name)]

    def without(self, name: str) -> Filtres:
        """Return the same filters but one; a distance goes with its centre."""
        blank = Filtres()
        change = {name: getattr(blank, name)} | ({"rayon_km": 0, "autour_de": ""} if name == "centre" else {})
        return replace(self, **change)


def _pairs(filtres: Filtres) -> list[tuple[str, str]]:
    """Return the parameters of an address that say these filters."""
    f = filtres
    found = [("nature", f.nature)] if f.nature != "louer" else []
    found += [("commune", code) for code in f.communes]
    found += [(name, value) for name, value in (("departement", f.departement), ("epci", f.epci)) if value]
    if f.centre:
        found += [("centre", f"{f.centre[0]:.4f},{f.centre[1]:.4f}"), ("rayon", str(f.rayon_km))]
        found += [("autour_de", f.autour_de)] if f.autour_de else []
    if f.boite:
        found.append(("boite", ",".join(f"{value:.4f}" for value in f.boite)))
    found += [("typologie", f"T{n}") for n in f.pieces]
    numbers = (("loyer_max", f.loyer_max_eur), ("surface_min", f.surface_min), ("depuis", f.depuis_jours))
    found += [(name, str(value)) for name, value in numbers if value]
    found += [("energie", f.dpe_max)] if f.dpe_max else []
    found += [("plain_pied", "oui")] if f.plain_pied else []
    found += [("accessibilite", code) for code in f.accessibilite]
    found += [("financement", code) for code in f.financement]
    texts = (("public", f.public_reserve), ("disponible", f.disponible_le), ("bailleur", f.bailleur))
    found += [(name, value) for name, value in texts if value]
    return found + ([("tri", f.tri)] if f.tri != "recentes" else [])


class _Reading:
    """Parameters of an address, and what is wrong in them."""

    def __init__(self, params: Mapping[str, Sequence[str]]) -> None:
        self.params = params
        self.problems: list[Problem] = []

    def refuse(self, name: str, que_faire: str) -> None:
        self.problems.append(
            Problem("OFF-201", f"filtre « {name} »", "Cette valeur n'est pas reconnue.", que_faire)
        )

    def text(self, name: str, form: str, que_faire: str) -> str:
        value = (self.params.get(name) or [""])[-1].strip()
        if value and not re.fullmatch(form, value):
            self.refuse(name, que_faire)
            return ""
        return value

    def many(self, name: str, form: str, que_faire: str, most: int = 20) -> tuple[str, ...]:
        values = [part.strip() for value in self.params.get(name, ()) for part in value.split(",")]
        values = list(dict.fromkeys(v for v in values if v))
        if len(values) > most or any(not re.fullmatch(form, v) for v in values):
            self.refuse(name, que_faire)
        return tuple(v for v in values[:most] if re.fullmatch(form, v))

    def number(self, name: str, most: int, unit: str) -> int:
        raw = (self.params.get(name) or [""])[-1]
        value = re.sub(r"[\s€]|m2|m²", "", raw).split(",")[0]
        if value in {"", "0"}:
            return 0
        if not (value.isascii() and value.isdigit() and 1 <= int(value[:12]) <= most):
            self.refuse(name, f"Écrivez un nombre entier de 1 à {most}{unit}.")
            return 0
        return int(value)

    def floats(self, name: str, count: int) -> tuple[float, ...] | None:
        raw = (self.params.get(name) or [""])[-1].strip()
        if not raw:
            return None
        parts = raw.split(",")
        form = r"-?\d{1,3}(\.\d{1,12})?"
        if len(parts) != count or any(not re.fullmatch(form, part) for part in parts):
            self.refuse(name, "Écrivez des degrés séparés par des virgules.")
            return None
        values = tuple(float(part) for part in parts)
        if any(abs(v) > (90 if i % 2 else 180) for i, v in enumerate(values)):
            self.refuse(name, "La longitude va de -180 à 180, la latitude de -90 à 90.")
            return None
        return values


def parse_filtres(params: Mapping[str, Sequence[str]]) -> Filtres:
    """Read the filters of an address; what cannot be read is said and left aside.

    Parameters
    ----------
    params : mapping of str to sequence of str
        Parameters of the address, each with all its values.

    Returns
    -------
    Filtres
        Normalised; ``problems`` holds OFF-201 for each filter left aside.
    """
    lu = _Reading(params)
    codes = colonne("accessibilite").codes
    financements = colonne("financement_offre").codes
    publics = colonne("public_reserve").codes
    buying = "acheter" in params.get("nature", ())
    box = lu.floats("boite", 4)
    if box and not (box[0] < box[2] and box[1] < box[3]):
        lu.refuse("boite", "Donnez ouest, sud, est, nord.")
        box = None
    centre = lu.floats("centre", 2)
    radius = lu.number("rayon", max(RAYONS_KM), " km") or (_NEAR_KM if centre else 0)
    pieces = tuple(sorted(int(v[-1]) for v in lu.many("typologie", r"[Tt]?[1-6]", "Choisissez de T1 à T6.")))
    return Filtres(
        nature=lu.text("nature", "|".join(NATURES), "Choisissez louer, acheter ou local.") or "louer",
        communes=lu.many("commune", r"(\d{2}|2[AB])\d{3}", "Donnez un code de commune (INSEE)."),
        departement=lu.text("departement", r"\d{2,3}|2[AB]", "Donnez un code de département."),
        epci=lu.text("epci", r"\d{9}", "Donnez le SIREN d'une intercommunalité."),
        centre=(centre[0], centre[1]) if centre else None,
        rayon_km=radius,
        boite=(box[0], box[1], box[2], box[3]) if box else None,
        pieces=tuple(dict.fromkeys(pieces)),
        loyer_max_eur=lu.number("loyer_max", _PRICE_MAX if buying else _RENT_MAX, " €"),
        surface_min=lu.number("surface_min", 1_000, " m²"),
        dpe_max=lu.text("energie", f"[{CLASSES}]", "Choisissez une lettre de A à G."),
        plain_pied=lu.text("plain_pied", "oui|non", "Écrivez oui ou non.") == "oui",
        accessibilite=lu.many("accessibilite", "|".join(codes), "Choisissez dans la liste."),
        financement=lu.many("financement", "|".join(financements), "Choisissez dans la liste."),
        public_reserve=lu.text("public", "|".join(publics), "Choisissez dans la liste."),
        disponible_le=_day(lu),
        bailleur=lu.text("bailleur", r"\d{9}", "Donnez le SIREN d'un bailleur."),
        depuis_jours=lu.number("depuis", _LARGEST, " jours"),
        autour_de=lu.text("autour_de", _NOM, "Donnez un nom de lieu.") if centre else "",
        tri=lu.text("tri", "|".join(TRIS), "Choisissez recentes, loyer, surface ou distance.") or "recentes",
        problems=tuple(lu.problems),
    )


def _day(lu: _Reading) -> str:
    """Return an ISO day, checked against the calendar."""
    value = lu.text("disponible", r"\d{4}-\d{2}-\d{2}", "Écrivez une date : 2026-12-31.")
    try:
        return dt.date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        lu.refuse("disponible", "Cette date n'existe pas.")
        return ""
