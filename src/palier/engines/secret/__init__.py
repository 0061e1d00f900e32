"""Statistical confidentiality: the threshold that every published number meets."""

from palier.engines.secret.seuil import SEUIL, is_publishable, mask

__all__ = ["SEUIL", "is_publishable", "mask"]
