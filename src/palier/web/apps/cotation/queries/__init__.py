"""Read grids, scores and their history."""
