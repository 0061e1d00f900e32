"""Organismes: landlords, réservataires, EPCI, State as kinds of one table; who works there as what."""
