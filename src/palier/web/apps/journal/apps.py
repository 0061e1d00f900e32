"""Django application of the journal."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    """Append-only journal; the web role may insert and read, nothing else."""

    name = "palier.web.apps.journal"
    label = "journal"
    droits_sql = {"journal_evenement": "SELECT, INSERT", "journal_tetepubliee": "SELECT, INSERT"}

    def ready(self) -> None:
        """Renew the grants of the web role after each migration."""
        from palier.web.postgres.roles import after_migrate

        post_migrate.connect(after_migrate, dispatch_uid="palier.droits")
