"""Django application of organismes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganismesConfig(AppConfig):
    """Organismes, functions, keys, parameters; the desk of the staff."""

    name = "palier.web.apps.organismes"
    label = "organismes"

    def ready(self) -> None:
        """Declare the entries of the menu and the tiles of this app."""
        from palier.web.apps.organismes.bureau import Entree, declare_entree, declare_tuiles
        from palier.web.apps.organismes.tuiles import tuiles

        for entree in (
            Entree(_("Comptes"), "organismes:utilisateurs", "utilisateur", "R", 60),
            Entree(_("Clés"), "organismes:cles", "cle_api", "R", 62),
            Entree(_("Organismes"), "organismes:organismes", "organisme", "R", 64),
            Entree(_("Réglages"), "organismes:parametres", "parametre", "R", 66),
            Entree(_("Journal"), "organismes:journal", "journal", "R", 68),
        ):
            declare_entree(entree)
        declare_tuiles("organismes", tuiles)
