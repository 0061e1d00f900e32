"""Write offers: one at a time, by lots, by the clock."""
