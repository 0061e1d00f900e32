"""Django application of allocations."""

from django.apps import AppConfig


class AttributionsConfig(AppConfig):
    """Vacancies, candidacies, sessions, decisions, offers of a home, leases."""

    name = "palier.web.apps.attributions"
    label = "attributions"
    droits_sql = {
        "attributions_pv": "SELECT, INSERT",
        "attributions_bail": "SELECT, INSERT",
        "attributions_recherche": "SELECT, INSERT",
        "attributions_reglement": "SELECT, INSERT, UPDATE (au)",
    }

    def ready(self) -> None:
        """Add allocations to the desk of the staff."""
        from palier.web.apps.attributions import (
            bureau,
            bureau_commission,
            bureau_courriers,
            bureau_partenaires,
            tasks,
        )
        from palier.web.apps.attributions.operations.rappels import radiation
        from palier.web.apps.attributions.queries.gardes import no_live_candidacy
        from palier.web.apps.demandes.operations.echos import declare_radiation
        from palier.web.apps.demandes.operations.gardes import declare_garde

        del tasks  # says how announcements leave
        bureau.declare()
        bureau_commission.declare()
        bureau_courriers.declare()
        bureau_partenaires.declare()
        declare_garde("candidatures", no_live_candidacy)
        declare_radiation("attributions", radiation)
