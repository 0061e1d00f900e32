"""What the law and the tables demand of requests, without Django."""
