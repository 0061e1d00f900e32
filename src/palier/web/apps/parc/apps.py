"""Django application « parc »."""

from django.apps import AppConfig


class ParcConfig(AppConfig):
    """See the modules of the app."""

    name = "palier.web.apps.parc"
    label = "parc"
