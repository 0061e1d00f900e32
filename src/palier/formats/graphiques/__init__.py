"""Plots as bytes: the wait curve, and who rises or falls between two grids.

Each plot is laid out once, in CSS pixels, as a list of marks; the list is then
written as SVG (text stays text, no inline style, title and description for
screen readers) or drawn as PNG by matplotlib. Both doors show the same picture.
Colours and sizes are those of the visual design: direct labels, no legend box,
text of 15 px at least, two drawings (wide, phone) and not one shrunk.
"""

from palier.formats.graphiques.barres import LigneComparaison, comparison_plot_png, comparison_plot_svg
from palier.formats.graphiques.courbe import Repere, wait_curve_png, wait_curve_svg
from palier.formats.graphiques.scene import Cadre

__all__ = [
    "Cadre",
    "LigneComparaison",
    "Repere",
    "comparison_plot_png",
    "comparison_plot_svg",
    "wait_curve_png",
    "wait_curve_svg",
]
