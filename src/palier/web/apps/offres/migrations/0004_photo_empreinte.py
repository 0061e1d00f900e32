"""What was sent tells a picture from another; ranks are exchanged within one transaction."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """SHA-256 of each picture; the rank is judged at the end of the transaction."""

    dependencies = [("offres", "0003_liste_usuelle")]
    operations = [
        migrations.AddField(
            model_name="photo",
            name="empreinte",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="photo", name="offres_photo_ordre"),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable["DEFERRED"], fields=("offre", "ordre"), name="offres_photo_ordre"
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(fields=("offre", "empreinte"), name="offres_photo_empreinte"),
        ),
    ]
