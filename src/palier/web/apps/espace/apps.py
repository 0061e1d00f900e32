"""Django application of the applicant's space."""

from django.apps import AppConfig


class EspaceConfig(AppConfig):
    """Applicants, and those who act for them."""

    name = "palier.web.apps.espace"
    label = "espace"

    def ready(self) -> None:
        """Follow requests that become one; add what persons wrote to the desk."""
        from palier.web.apps.demandes.operations.echos import declare_fusion
        from palier.web.apps.espace import bureau
        from palier.web.apps.espace.operations import fusion

        bureau.declare()
        declare_fusion("espace", fusion.deplacer, fusion.rendre)
