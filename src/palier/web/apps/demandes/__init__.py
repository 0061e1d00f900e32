"""Requests of social homes: who asks, for what, in which state; the most personal of the tables."""
