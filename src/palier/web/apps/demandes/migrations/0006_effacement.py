"""The day on which what told of the person was erased."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the day."""

    dependencies = [
        ("demandes", "0005_coordonnees"),
    ]

    operations = [
        migrations.AddField(
            model_name="demande",
            name="effacee_le",
            field=models.DateField(null=True),
        ),
    ]
