"""Pure computation, one folder per domain, all on one plan."""
