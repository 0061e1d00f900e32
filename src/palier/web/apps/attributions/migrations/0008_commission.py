"""What the pages of the commission write: a meeting asked for, an address that is compared and never read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add three columns."""

    dependencies = [("attributions", "0007_courriers")]
    operations = [
        migrations.AddField("membre", "adresse_cle", models.CharField(blank=True, max_length=64)),
        migrations.AddField("seance", "reunion_demandee_le", models.DateTimeField(null=True)),
        migrations.AddField(
            "seance",
            "reunion_demandee_par",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="attributions.membre",
            ),
        ),
    ]
