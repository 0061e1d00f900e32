"""Pages of the landlords' staff: offers, lots."""
