"""Territories and outlines, made from open files into a folder of light ones."""

from palier.formats.territoires.dossier import Territoires, read_contours, read_notice, read_territoires
from palier.formats.territoires.preparation import Bilan, prepare_territoires

__all__ = ["Bilan", "Territoires", "prepare_territoires", "read_contours", "read_notice", "read_territoires"]
