"""The address on file, and what an applicant sees of her own request: she reads, the site writes for her."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from palier.web.postgres.perimetre import (
    donner_a_lire,
    liberer,
    par_connaissance,
    par_parent,
    parmi_demandes,
    proteger,
)

_TABLE = "demandes_demande"
_SIENNE = f"{parmi_demandes('id')} OR {par_connaissance()}"


class Migration(migrations.Migration):
    """Widen the policy of requests to their applicant, for reading only."""

    dependencies = [("demandes", "0004_rapprochements")]
    operations = [
        migrations.CreateModel(
            name="Coordonnees",
            fields=[
                (
                    "demande",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="coordonnees",
                        serialize=False,
                        to="demandes.demande",
                    ),
                ),
                ("courriel", models.EmailField(blank=True, max_length=190)),
                ("telephone", models.CharField(blank=True, max_length=20)),
                (
                    "adresse",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("modifiees_le", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            proteger("demandes_coordonnees", par_parent(_TABLE, "demande_id")),
            liberer("demandes_coordonnees"),
        ),
        migrations.RunSQL(donner_a_lire(_TABLE, _SIENNE), f"DROP POLICY lecture ON {_TABLE}"),
    ]
