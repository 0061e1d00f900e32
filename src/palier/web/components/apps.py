"""Django application of the shared parts."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Shared templates and template tags."""

    name = "palier.web.components"
    label = "components"
