"""The index of places: a point in core PostgreSQL, no extension."""

from django.db import migrations


class Migration(migrations.Migration):
    """GiST index of live offers by point (longitude, latitude)."""

    dependencies = [("offres", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX offres_point ON offres_offre USING gist (point(longitude, latitude))"
            " WHERE statut IN ('publiee', 'a_confirmer') AND doublon_de_id IS NULL",
            "DROP INDEX offres_point",
        )
    ]
