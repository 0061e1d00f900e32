"""Read for the public pages."""
