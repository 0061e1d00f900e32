"""Read places: at a date, by what a person types, as outlines."""

from palier.web.apps.territoires.queries.contours import (
    Trace,
    contours_of,
    digest_of,
    has_contours,
    mentions,
    traces,
)
from palier.web.apps.territoires.queries.dates import (
    CommuneAt,
    Lieux,
    commune_at,
    communes_at,
    communes_of,
    communes_of_postal,
    epci_at,
    epci_named,
)
from palier.web.apps.territoires.queries.recherche import (
    MAX_LIEUX,
    LieuTrouve,
    find_lieux,
    lieu_named,
    search_lieux,
)

__all__ = [
    "MAX_LIEUX",
    "CommuneAt",
    "LieuTrouve",
    "Lieux",
    "Trace",
    "commune_at",
    "communes_at",
    "communes_of",
    "communes_of_postal",
    "contours_of",
    "digest_of",
    "epci_at",
    "epci_named",
    "find_lieux",
    "has_contours",
    "lieu_named",
    "mentions",
    "search_lieux",
    "traces",
]
