"""Django application of the applicant's space."""

from django.apps import AppConfig


class EspaceConfig(AppConfig):
    """Applicants, and those who act for them."""

    name = "palier.web.apps.espace"
    label = "espace"
