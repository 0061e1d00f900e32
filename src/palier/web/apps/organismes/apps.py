"""Django application of organismes."""

from django.apps import AppConfig


class OrganismesConfig(AppConfig):
    """Organismes and the functions held in them."""

    name = "palier.web.apps.organismes"
    label = "organismes"
