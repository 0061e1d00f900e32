"""Words of the site in other languages: extraction, merge, check and compilation of the catalogues."""
