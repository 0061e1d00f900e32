"""Django application « territoires »."""

from django.apps import AppConfig


class TerritoiresConfig(AppConfig):
    """See the modules of the app."""

    name = "palier.web.apps.territoires"
    label = "territoires"
