from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("public", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="statistiquefile",
            name="typologie",
            field=models.CharField(blank=True, max_length=8),
        ),
    ]
