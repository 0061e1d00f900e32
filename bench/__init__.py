"""Measures beside neighbours: see docs/explications/mesures.md."""
