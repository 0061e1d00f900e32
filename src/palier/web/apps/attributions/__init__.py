"""Allocation of homes by name: from a notice to a lease, by the machines of ``engines.commission`` alone."""
