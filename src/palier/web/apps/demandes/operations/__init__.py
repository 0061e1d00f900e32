"""Writes: load a file, renew, warn, remove, judge a paper, name a reader."""
