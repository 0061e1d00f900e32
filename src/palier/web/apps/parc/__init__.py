"""App « parc »: see its modules."""
