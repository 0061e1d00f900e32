"""Drawings of the site: pure functions that turn figures into SVG text; no Django, no file, no clock."""
