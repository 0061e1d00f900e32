"""What the space adds to the desk of the staff: what persons wrote, in its menu and its work list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from palier.web.apps.attributions.queries.travail import declare_taches
from palier.web.apps.demandes.bureau import Porte, declare_porte
from palier.web.apps.espace.queries.bureau import tasks


def declare() -> None:
    """Declare the page around the requests, and the acts of the work list."""
    declare_porte(Porte(_("Écrits des personnes"), "ecrits:liste", "ecrit", "R"))
    declare_taches("ecrits", tasks)
