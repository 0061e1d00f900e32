"""Enter, tie a request, act on it, give a mandate."""
