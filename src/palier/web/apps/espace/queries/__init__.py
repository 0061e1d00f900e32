"""Read an account, its request, and what happens to it."""
