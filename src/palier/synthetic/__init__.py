"""Invented territories and national files, from published marginals; nobody real is in them."""

from palier.synthetic.national import Morceau, generate_national
from palier.synthetic.offres import generate_offres, generate_offres_national
from palier.synthetic.territoire import Territoire, generate_territoire

__all__ = [
    "Morceau",
    "Territoire",
    "generate_national",
    "generate_offres",
    "generate_offres_national",
    "generate_territoire",
]
