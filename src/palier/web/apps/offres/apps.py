"""Django application of offers."""

from django.apps import AppConfig


class OffresConfig(AppConfig):
    """Public offers, their lots, their freshness."""

    name = "palier.web.apps.offres"
    label = "offres"

    def ready(self) -> None:
        """Add the offers to the desk of the staff."""
        from palier.web.apps.offres.bureau import declare

        declare()
