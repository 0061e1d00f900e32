"""Django application of accounts."""

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """Accounts of the staff."""

    name = "palier.web.apps.comptes"
    label = "comptes"
