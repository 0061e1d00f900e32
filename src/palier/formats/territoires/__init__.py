"""Territories and outlines, made from open files into a folder of light ones.

The preparation is loaded when it is first asked for: it brings numpy and its threads, which the site, that
only reads the folder, starts without.
"""

from typing import TYPE_CHECKING

from palier.formats.territoires.dossier import Territoires, read_contours, read_notice, read_territoires

if TYPE_CHECKING:
    from palier.formats.territoires.preparation import Bilan, prepare_territoires

__all__ = ["Bilan", "Territoires", "prepare_territoires", "read_contours", "read_notice", "read_territoires"]


def __getattr__(nom: str) -> object:
    """Load the preparation (PEP 562)."""
    if nom in {"Bilan", "prepare_territoires"}:
        from palier.formats.territoires import preparation

        return getattr(preparation, nom)
    raise AttributeError(nom)
