"""The points with which a candidate stood before the commission, kept as they were that day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column."""

    dependencies = [("attributions", "0003_immuables")]
    operations = [migrations.AddField("candidature", "total", models.IntegerField(null=True))]
