"""What an account and a mandate must hold, without Django."""
