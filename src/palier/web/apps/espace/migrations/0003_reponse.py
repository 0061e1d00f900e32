"""The answer to what a person wrote."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the words of the answer."""

    dependencies = [("espace", "0002_perimetre")]
    operations = [
        migrations.AddField(
            model_name="ecrit",
            name="reponse",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        )
    ]
