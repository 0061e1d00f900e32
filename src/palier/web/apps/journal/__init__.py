"""The journal: append-only, chained, verifiable; ids and verbs, never values."""
