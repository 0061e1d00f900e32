"""Read offers: search, one offer, figures, lots."""
