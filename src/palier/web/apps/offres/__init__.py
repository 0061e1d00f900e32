"""Public offers: homes to rent and to buy, business premises; their feeds and their freshness."""
