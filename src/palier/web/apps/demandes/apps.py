"""Django application of requests."""

from django.apps import AppConfig


class DemandesConfig(AppConfig):
    """Requests, their children, their papers."""

    name = "palier.web.apps.demandes"
    label = "demandes"

    def ready(self) -> None:
        """Add the requests to the desk of the staff."""
        from palier.web.apps.demandes.bureau import declare

        declare()
