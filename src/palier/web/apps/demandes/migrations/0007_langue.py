"""The language that a person asks for, beside French, in the letters that she receives."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column; empty is French alone."""

    dependencies = [("demandes", "0006_effacement")]
    operations = [
        migrations.AddField("coordonnees", "langue", models.CharField(blank=True, default="", max_length=5),
                            preserve_default=False)
    ]  # fmt: skip
