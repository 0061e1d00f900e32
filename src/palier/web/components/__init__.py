"""Shared templates, drawings and template tags of the site."""
