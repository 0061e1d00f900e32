"""App « public »: see its modules."""
