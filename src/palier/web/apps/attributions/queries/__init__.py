"""Reads: the facts of the engine, who sits, the work of a desk."""
