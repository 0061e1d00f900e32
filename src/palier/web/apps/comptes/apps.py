"""Django application of accounts."""

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """Accounts of the staff."""

    name = "palier.web.apps.comptes"
    label = "comptes"

    def ready(self) -> None:
        """Journal logins and changes of security."""
        from palier.web.apps.comptes import signaux

        del signaux
