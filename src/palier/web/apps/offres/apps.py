"""Django application « offres »."""

from django.apps import AppConfig


class OffresConfig(AppConfig):
    """See the modules of the app."""

    name = "palier.web.apps.offres"
    label = "offres"
