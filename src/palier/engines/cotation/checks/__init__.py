"""Static checks of a grid: what its form allows but its sense, or the law, does not."""

from palier.engines.cotation.checks.constats import Verification
from palier.engines.cotation.checks.grille import check_grille, check_lue, require_valid

__all__ = ["Verification", "check_grille", "check_lue", "require_valid"]
