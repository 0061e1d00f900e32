"""Palier: the open platform on which French social homes are allocated."""

__version__ = "0.1.0"
