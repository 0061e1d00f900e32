"""Scores of the requests: grids by their text, points per criterion, places in queues."""
