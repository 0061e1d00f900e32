"""One app per domain of record."""
