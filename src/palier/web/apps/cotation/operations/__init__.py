"""Adopt a grid; score and rank a whole territory again."""
