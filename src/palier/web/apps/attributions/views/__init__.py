"""Pages of allocations."""
