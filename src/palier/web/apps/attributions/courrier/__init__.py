"""What letters say, in words: pages, PDF and mail; never a rule."""
