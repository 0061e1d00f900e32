"""What every request passes through: identity of the request, bounds, errors, sessions only where needed."""
