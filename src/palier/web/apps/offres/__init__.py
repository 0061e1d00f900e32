"""App « offres »: see its modules."""
