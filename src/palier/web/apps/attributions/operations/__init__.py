"""Writes: permission, locks in one order, facts, the machine, and the line of journal last.

Locks are taken in this order: session, item, vacancy, candidacies by id, request.
"""
