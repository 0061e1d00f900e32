"""Small decisions about organismes and parameters, without Django."""
