"""Small decisions about scores, without Django."""
