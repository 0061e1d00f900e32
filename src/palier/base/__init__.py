"""Words of the house: errors, exact numbers, periods, identifiers, Explanation, Provenance."""
