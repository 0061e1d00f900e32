"""Row-level security of the applicant's space: an account by its own keys, the rest where the request is."""

from django.db import migrations

from palier.web.postgres.perimetre import donner_a_lire, liberer, par_parent, par_usager, proteger

_PARENT = par_parent("demandes_demande", "demande_id")
_COMPTE = par_usager("id::text", "cle_courriel", "cle_externe")
_TABLES = {"espace_compte": _COMPTE, "espace_mandat": _PARENT, "espace_ecrit": _PARENT}


class Migration(migrations.Migration):
    """Put each table under its policy; an adviser reads the mandates given to her address."""

    dependencies = [("espace", "0001_initial"), ("demandes", "0005_coordonnees")]
    operations = [
        *(
            migrations.RunSQL(proteger(table, condition), liberer(table))
            for table, condition in _TABLES.items()
        ),
        migrations.RunSQL(
            donner_a_lire("espace_mandat", par_usager("cle_courriel")), "DROP POLICY lecture ON espace_mandat"
        ),
    ]
