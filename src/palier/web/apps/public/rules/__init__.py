"""Rules of the public site, without Django."""
