"""Django application « public »."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """See the modules of the app."""

    name = "palier.web.apps.public"
    label = "public"

    def ready(self) -> None:
        """Give the published waits to the pages of the apps below."""
        from palier.web.apps.cotation.queries.attentes import declare_attentes
        from palier.web.apps.public.queries.statistiques import published_wait

        declare_attentes(published_wait)
