"""Pages and documents of the public site."""
