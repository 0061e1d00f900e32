"""Files of papers, closed: seen where their paper is, those of class 4 by named readers only."""

import django.db.models.deletion
import palier.web.identifiants
from palier.web.postgres.perimetre import LECTEUR, liberer, par_parent, proteger
from django.db import migrations, models


_VUE = f"(NOT sensible OR {LECTEUR}) AND {par_parent('demandes_piece', 'piece_id')}"


class Migration(migrations.Migration):
    """Make the table, put it under its policy; a refused paper says why."""

    dependencies = [
        ("demandes", "0002_perimetre"),
    ]

    operations = [
        migrations.CreateModel(
            name="FichierPiece",
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
                ("sensible", models.BooleanField()),
                ("genre", models.CharField(choices=[("pdf", "PDF"), ("jpeg", "JPEG")], max_length=4)),
                ("octets", models.IntegerField()),
                ("chemin", models.CharField(max_length=60, unique=True)),
                ("empreinte", models.CharField(max_length=64)),
                ("depose_le", models.DateTimeField()),
                ("par", models.CharField(max_length=80)),
            ],
            options={
                "db_table": "demandes_fichier",
            },
        ),
        migrations.AddField(
            model_name="piece",
            name="motif_refus",
            field=models.CharField(
                choices=[
                    ("illisible", "Le document ne se lit pas"),
                    ("incomplete", "Il manque une page"),
                    ("perimee", "Le document n'est plus valable"),
                    ("autre_personne", "Le document est celui d'une autre personne"),
                    ("autre_document", "Ce n'est pas le document attendu"),
                    ("contredit", "Le document dit autre chose que la demande"),
                ],
                max_length=20,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("motif_refus__isnull", True),
                    models.Q(
                        ("etat", "refusee"),
                        (
                            "motif_refus__in",
                            [
                                "illisible",
                                "incomplete",
                                "perimee",
                                "autre_personne",
                                "autre_document",
                                "contredit",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="demandes_piece_motif",
            ),
        ),
        migrations.AddField(
            model_name="fichierpiece",
            name="piece",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="fichiers", to="demandes.piece"
            ),
        ),
        migrations.AddConstraint(
            model_name="fichierpiece",
            constraint=models.UniqueConstraint(fields=("piece", "empreinte"), name="demandes_fichier_unique"),
        ),
        migrations.AddConstraint(
            model_name="fichierpiece",
            constraint=models.CheckConstraint(
                condition=models.Q(("genre__in", ("pdf", "jpeg"))), name="demandes_fichier_genre"
            ),
        ),
        migrations.RunSQL(proteger("demandes_fichier", _VUE), liberer("demandes_fichier")),
    ]
