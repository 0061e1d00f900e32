"""Read requests: lists by perimeter, one of them whole, a whole stock for the engines."""
