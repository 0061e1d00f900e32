"""Django application « public »."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """See the modules of the app."""

    name = "palier.web.apps.public"
    label = "public"
