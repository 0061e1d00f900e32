"""The published Table Schemas: that of landlords' files, that of the open files."""

from __future__ import annotations

from typing import Any

from palier.formats import to_table_schema
from palier.tables import schema
from palier.web.apps.public.rules.table_ouverte import open_schema
from palier.web.reglages.environnement import Environnement

DEPOT, OUVERT = "offres-logement-social", "offres-ouvertes"
_CREE, _MODIFIE = "2026-11-24", "2026-11-24"


def published(nom: str, env: Environnement) -> dict[str, Any] | None:
    """Return a Table Schema with what a registry of schemas expects of it; None if there is none so named."""
    if nom == DEPOT:
        found = to_table_schema(schema("offres"))
        words = "Fichier d'offres qu'un bailleur social dépose : location, vente, locaux d'activité."
    elif nom == OUVERT:
        found = open_schema()
        words = "Offres de logement social en ligne, telles que le site les donne à tous."
    else:
        return None
    home = f"{env.adresse}/donnees"
    return found | {
        "description": words,
        "homepage": home,
        "path": f"{env.adresse}/schemas/{nom}.json",
        "licenses": [
            {
                "name": "etalab-2.0",
                "title": "Licence Ouverte 2.0",
                "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            }
        ],
        "created": _CREE,
        "lastModified": _MODIFIE,
        "keywords": ["logement social", "HLM", "annonce", "location", "vente"],
        "contributors": [{"title": env.operateur, "role": "publisher"}],
        "resources": [
            {
                "title": "Exemple de fichier valide",
                "path": f"{env.adresse}/schemas/exemple-offres.csv",
            }
        ],
    }
