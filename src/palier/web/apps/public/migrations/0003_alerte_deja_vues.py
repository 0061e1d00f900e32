"""What the list showed already when an alert was asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("public", "0002_typologie_chambre")]
    operations = [
        migrations.AddField(
            model_name="alerte",
            name="deja_vues",
            field=models.JSONField(null=True),
        ),
    ]
