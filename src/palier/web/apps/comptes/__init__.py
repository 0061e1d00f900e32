"""Accounts of the staff: identity, second factor, and the matrix of rights as data."""
