"""Who acts, and what may be done without a function of the matrix; no Django here."""

from palier.base.errors import DroitError
from palier.web.apps.attributions.rules.acteurs import (
    SANS_FONCTION,
    Acteur,
    departement_of,
    may,
)

__all__ = ["SANS_FONCTION", "Acteur", "DroitError", "departement_of", "may"]
