"""Small programs that serve the house: reference pages, locks, system packages."""
