"""Django application of scores."""

from django.apps import AppConfig


class CotationConfig(AppConfig):
    """Grids, scores, places."""

    name = "palier.web.apps.cotation"
    label = "cotation"

    def ready(self) -> None:
        """Add the score to the page of a request."""
        from palier.web.apps.cotation.section import section
        from palier.web.apps.demandes.bureau import declare_section

        declare_section("cotation", "score", section)
