"""Pages of the staff: home, accounts, keys, and those of the operator."""
