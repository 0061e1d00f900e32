"""Scoring grids: parse, check, compile, score, rank, explain."""
