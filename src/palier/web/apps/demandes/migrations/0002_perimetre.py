"""Row-level security of the requests and of what hangs on them."""

from django.db import migrations

from palier.web.postgres.perimetre import LECTEUR, liberer, par_organismes, par_parent, proteger

_ENFANTS = (
    "demandes_argent", "demandes_personne", "demandes_ressource", "demandes_evenement", "demandes_piece",
    "demandes_avertissement",
)  # fmt: skip
_FERMEES = ("demandes_sensible", "demandes_public")
_PARENT = par_parent("demandes_demande", "demande_id")
_TABLES = {
    "demandes_demande": par_organismes(),
    **dict.fromkeys(_ENFANTS, _PARENT),
    **dict.fromkeys(_FERMEES, f"{LECTEUR} AND {_PARENT}"),
}


class Migration(migrations.Migration):
    """Put each table under its policy, the owner included."""

    dependencies = [("demandes", "0001_initial")]
    operations = [
        migrations.RunSQL(proteger(table, condition), liberer(table)) for table, condition in _TABLES.items()
    ]
