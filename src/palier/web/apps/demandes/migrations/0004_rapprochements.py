"""Decisions on two requests: seen where the request that is kept is."""

import django.contrib.postgres.fields
import django.db.models.deletion
import palier.web.identifiants
from django.db import migrations, models

from palier.web.postgres.perimetre import liberer, par_parent, proteger


_TABLE = "demandes_rapprochement"


class Migration(migrations.Migration):
    """Make the table, put it under its policy."""

    dependencies = [
        ("demandes", "0003_fichiers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rapprochement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=palier.web.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("fusion", "Réunies"),
                            ("distinctes", "Deux ménages distincts"),
                            ("separation", "Séparées"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "raisons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("par", models.CharField(max_length=80)),
                ("le", models.DateTimeField()),
                ("avant", models.JSONField(default=dict)),
                ("defait_le", models.DateTimeField(null=True)),
                (
                    "autre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rapprochements_autre",
                        to="demandes.demande",
                    ),
                ),
                (
                    "gardee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rapprochements",
                        to="demandes.demande",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["fusion", "distinctes", "separation"])),
                        name="demandes_rapprochement_nature",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gardee", models.F("autre")), _negated=True),
                        name="demandes_rapprochement_deux",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("defait_le__isnull", True)),
                        fields=("gardee", "autre"),
                        name="demandes_rapprochement_unique",
                    ),
                ],
            },
        ),
        migrations.RunSQL(proteger(_TABLE, par_parent("demandes_demande", "gardee_id")), liberer(_TABLE)),
    ]
