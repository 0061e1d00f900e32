"""The path of allocations: search, scores, and a year of real operations beside the bare writes."""
