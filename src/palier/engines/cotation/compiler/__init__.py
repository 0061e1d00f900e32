"""The rule compiled to named column expressions of Polars."""

from palier.engines.cotation.compiler.plan import Plan
from palier.engines.cotation.compiler.programme import Program, communes_of, compile_grille

__all__ = ["Plan", "Program", "communes_of", "compile_grille"]
