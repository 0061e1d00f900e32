"""The catalogue of open data, as DCAT-AP says it (JSON-LD), and as its page shows it.

References
----------
https://semiceu.github.io/DCAT-AP/releases/3.0.0/ ; Licence Ouverte 2.0 (Etalab)
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from palier.web.apps.public.queries.publications import Fichier
from palier.web.reglages.environnement import Environnement

LICENCE = "http://publications.europa.eu/resource/authority/licence/ETALAB_2_0"
LICENCE_PAGE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"
CONTEXTE = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """One way to take a set of data.

    Parameters
    ----------
    url, titre : str
        Path, words.
    media : str
        Media type.
    schema : str
        Path of its Table Schema; empty without one.
    gzip : bool
        The file is compressed.
    fichier : Fichier, optional
        What stands behind it, where it is a file.
    """

    url: str
    titre: str
    media: str
    schema: str = ""
    gzip: bool = False
    fichier: Fichier | None = None


@dataclass(frozen=True, slots=True)
class Jeu:
    """A set of data and the ways to take it."""

    code: str
    titre: str
    description: str
    rythme: str
    distributions: list[Distribution]


def datasets(fichiers: list[Fichier], *, chiffres: bool, journal: bool) -> list[Jeu]:
    """Return the sets of data that the site gives.

    Parameters
    ----------
    fichiers : list of Fichier
        Published files of the last day.
    chiffres : bool
        Figures about requests are published.
    journal : bool
        Heads of the journal are published.
    """
    schema = "/schemas/offres-ouvertes.json"
    csv, geo = "text/csv", "application/geo+json"
    files = {f.nom: f for f in fichiers}
    words = {
        "offres.csv.gz": (_("Instantané du jour, CSV compressé"), csv, schema),
        "offres.parquet": (_("Instantané du jour, Parquet"), "application/vnd.apache.parquet", schema),
        "offres.geojson.gz": (_("Instantané du jour, GeoJSON compressé"), geo, ""),
    }
    daily = [
        Distribution(f"/donnees/{name}", title, media, table, name.endswith(".gz"), files[name])
        for name, (title, media, table) in words.items()
        if name in files
    ]
    live = [
        Distribution("/offres.csv", _("À la demande, CSV"), csv, schema),
        Distribution("/offres.geojson", _("À la demande, GeoJSON"), geo),
        Distribution("/offres.parquet", _("À la demande, Parquet"), "application/vnd.apache.parquet", schema),
        Distribution("/offres.jsonld", _("À la demande, données liées (schema.org)"), "application/ld+json"),
        Distribution("/offres.atom", _("Flux Atom des nouvelles offres"), "application/atom+xml"),
        Distribution("/api/v1/offres", _("API, page par page"), "application/json"),
    ]
    found = [
        Jeu(
            "offres",
            _("Offres de logement social en ligne"),
            _(
                "Logements à louer et à acheter, locaux d'activité : loyers, prix, énergie, accessibilité,"
                " lieu, bailleur. Aucune donnée sur les personnes."
            ),
            "CONT",
            daily + live,
        )
    ]
    if "changements.csv" in files:
        found.append(
            Jeu(
                "changements",
                _("Changements du jour"),
                _("Offres ajoutées, modifiées ou retirées depuis l'instantané de la veille, avec le motif."),
                "DAILY",
                [Distribution("/donnees/changements.csv", _("CSV"), csv, fichier=files["changements.csv"])],
            )
        )
    if chiffres:
        found.append(_figures())
    if journal:
        found.append(_heads())
    return found


def _figures() -> Jeu:
    return Jeu(
        "chiffres",
        _("Chiffres publiés sur les demandes"),
        _("Files, points et attentes par territoire et par taille ; jamais un groupe de moins de 11."),
        "IRREG",
        [Distribution("/chiffres.csv", _("CSV"), "text/csv")],
    )


def _heads() -> Jeu:
    return Jeu(
        "journal",
        _("Têtes publiées du journal"),
        _("Une empreinte par jour, qui fige tous les actes des agents : gardez-en une copie."),
        "DAILY",
        [
            Distribution("/journal.csv", _("CSV"), "text/csv"),
            Distribution("/journal.json", "JSON", "application/json"),
            Distribution("/journal.atom", _("Flux Atom"), "application/atom+xml"),
        ],
    )


def dcat(jeux: list[Jeu], env: Environnement, au: dt.date) -> dict[str, Any]:
    """Return the catalogue as linked data.

    Parameters
    ----------
    jeux : list of Jeu
        What :func:`datasets` gave.
    env : Environnement
        Operator, address and contact of the site.
    au : date
        Day of the answer.
    """
    base = env.adresse
    publisher = {"@id": f"{base}/#editeur", "@type": "foaf:Agent", "foaf:name": env.operateur}
    contact: dict[str, Any] = {"@id": f"{base}/#contact", "@type": "vcard:Kind", "vcard:fn": env.operateur}
    if env.contact:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{env.contact}"}
    graph: list[dict[str, Any]] = [publisher, contact]
    for jeu in jeux:
        graph += _dataset(jeu, base, au)
    service = {
        "@id": f"{base}/api/v1",
        "@type": "dcat:DataService",
        "dct:title": {"@value": "API des offres", "@language": "fr"},
        "dcat:endpointURL": {"@id": f"{base}/api/v1/offres"},
        "dcat:endpointDescription": {"@id": f"{base}/api/openapi.json"},
        "dcat:servesDataset": {"@id": f"{base}/donnees#offres"},
        "dct:license": {"@id": LICENCE},
    }
    catalog = {
        "@id": f"{base}/donnees",
        "@type": "dcat:Catalog",
        "dct:title": {"@value": f"Données ouvertes de {env.operateur}", "@language": "fr"},
        "dct:description": {
            "@value": "Offres de logement social et chiffres publiés, sans donnée personnelle.",
            "@language": "fr",
        },
        "dct:publisher": {"@id": publisher["@id"]},
        "dct:language": {"@id": f"{_EU}/language/FRA"},
        "dct:license": {"@id": LICENCE},
        "dct:modified": _day(au),
        "foaf:homepage": {"@id": f"{base}/donnees"},
        "dcat:dataset": [{"@id": f"{base}/donnees#{jeu.code}"} for jeu in jeux],
        "dcat:service": {"@id": service["@id"]},
    }
    return {"@context": CONTEXTE, "@graph": [catalog, *graph, service]}


def _day(jour: dt.date) -> dict[str, str]:
    return {"@value": jour.isoformat(), "@type": "xsd:date"}


def _dataset(jeu: Jeu, base: str, au: dt.date) -> list[dict[str, Any]]:
    me = f"{base}/donnees#{jeu.code}"
    parts = [_distribution(one, base) for one in jeu.distributions]
    return [
        {
            "@id": me,
            "@type": "dcat:Dataset",
            "dct:title": {"@value": jeu.titre, "@language": "fr"},
            "dct:description": {"@value": jeu.description, "@language": "fr"},
            "dct:identifier": f"palier-{jeu.code}",
            "dct:publisher": {"@id": f"{base}/#editeur"},
            "dcat:contactPoint": {"@id": f"{base}/#contact"},
            "dcat:theme": {"@id": f"{_EU}/data-theme/SOCI"},
            "dcat:keyword": [
                {"@value": word, "@language": "fr"}
                for word in ("logement social", "HLM", "location", "vente")
            ],
            "dct:spatial": {"@id": f"{_EU}/country/FRA"},
            "dct:language": {"@id": f"{_EU}/language/FRA"},
            "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/{jeu.rythme}"},
            "dct:modified": _day(au),
            "dct:license": {"@id": LICENCE},
            "dcat:landingPage": {"@id": f"{base}/donnees"},
            "dcat:distribution": [{"@id": part["@id"]} for part in parts],
        },
        *parts,
    ]


def _distribution(one: Distribution, base: str) -> dict[str, Any]:
    url = base + one.url
    found: dict[str, Any] = {
        "@id": f"{url}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": {"@value": one.titre, "@language": "fr"},
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"{_IANA}/{one.media}"},
        "dct:license": {"@id": LICENCE},
        "dct:rights": {"@id": LICENCE_PAGE},
    }
    if one.schema:
        found["dct:conformsTo"] = {"@id": base + one.schema}
    if one.gzip:
        found["dcat:compressFormat"] = {"@id": f"{_IANA}/application/gzip"}
    if one.fichier:
        found["dcat:byteSize"] = {"@value": str(one.fichier.octets), "@type": "xsd:nonNegativeInteger"}
        found["dct:issued"] = _day(one.fichier.jour)
    return found
