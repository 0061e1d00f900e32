"""Pages of the commission: règlement, members, sessions, homes, minutes."""
