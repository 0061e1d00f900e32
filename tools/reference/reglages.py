"""Settings of the site, from ``web/reglages/reglages.yaml``."""

from __future__ import annotations

import yaml

from palier.base.ressources import read_packaged
from tools.reference.markdown import page, table

CHAPEAU = """
Le site se règle par des variables d'environnement, lues et vérifiées au démarrage : tout ce qui ne va pas
est dit en une fois, et une valeur dangereuse empêche de démarrer. La valeur d'un secret n'est jamais répétée.
"""


def render() -> str:
    """Write ``docs/reference/reglages.md``."""
    rows = yaml.safe_load(read_packaged("palier.web.reglages", "reglages.yaml"))
    lines = [
        (f"`{row['nom']}`", row["sens"] + (" (secret)" if row.get("secret") else ""), row["defaut"])
        for row in rows
    ]
    return page("Réglages du site", CHAPEAU, [table(("Variable", "Sens", "Par défaut"), lines)])
