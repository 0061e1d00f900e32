"""Row-level security of the scores and places: they are seen where their request is."""

from django.db import migrations

from palier.web.postgres.perimetre import liberer, par_parent, proteger

_PARENT = par_parent("demandes_demande", "demande_id")
_TABLES = ("cotation_score", "cotation_place")


class Migration(migrations.Migration):
    """Put each table under its policy, the owner included."""

    dependencies = [("cotation", "0001_initial"), ("demandes", "0002_perimetre")]
    operations = [migrations.RunSQL(proteger(table, _PARENT), liberer(table)) for table in _TABLES]
