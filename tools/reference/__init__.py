"""Reference pages written from the code and the data, one module per page."""
