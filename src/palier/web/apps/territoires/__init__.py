"""App « territoires »: see its modules."""
