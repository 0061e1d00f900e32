"""The journal's table, its chain and its guard."""

import django.contrib.postgres.fields
import django.db.models.functions
from django.db import migrations, models

# The line that is hashed: fields joined by a unit separator, that no field may hold.
_CHAINE = r"""
CREATE FUNCTION journal_texte(e journal_evenement) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT convert_to(concat_ws(E'\x1f',
    to_char(e.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    e.acteur, e.verbe, e.objet_type, e.objet_id, e.organisme,
    array_to_string(e.champs, ','), e.motif, e.origine), 'UTF8')
$$;
CREATE FUNCTION journal_chainer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE dernier bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(7254372);
  SELECT empreinte INTO dernier FROM journal_evenement ORDER BY id DESC LIMIT 1;
  -- The number is drawn under the lock: the order of numbers is the order of the chain.
  NEW.id := nextval(pg_get_serial_sequence('journal_evenement', 'id'));
  NEW.instant := clock_timestamp();
  NEW.precedent := coalesce(dernier, '\x00'::bytea);
  NEW.empreinte := sha256(NEW.precedent || journal_texte(NEW));
  RETURN NEW;
END $$;
CREATE TRIGGER journal_chaine BEFORE INSERT ON journal_evenement
  FOR EACH ROW EXECUTE FUNCTION journal_chainer();
CREATE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'le journal ne se modifie pas' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER journal_garde BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_evenement
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuser();
ALTER TABLE journal_evenement ADD CONSTRAINT journal_sans_separateur CHECK (
  position(E'\x1f' in acteur || verbe || objet_type || objet_id || organisme
    || array_to_string(champs, ',') || motif || origine) = 0);
"""
_RETOUR = """
DROP TRIGGER journal_garde ON journal_evenement;
DROP TRIGGER journal_chaine ON journal_evenement;
DROP FUNCTION journal_refuser();
DROP FUNCTION journal_chainer();
DROP FUNCTION journal_texte(journal_evenement);
"""


class Migration(migrations.Migration):
    """First state of the journal."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Evenement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instant", models.DateTimeField(db_default=django.db.models.functions.Now())),
                ("acteur", models.CharField(max_length=80)),
                ("verbe", models.CharField(max_length=60)),
                ("objet_type", models.CharField(max_length=40)),
                ("objet_id", models.CharField(max_length=80)),
                ("organisme", models.CharField(blank=True, default="", max_length=40)),
                (
                    "champs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("motif", models.CharField(blank=True, default="", max_length=200)),
                ("origine", models.CharField(default="site", max_length=40)),
                ("precedent", models.BinaryField(null=True)),
                ("empreinte", models.BinaryField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["objet_type", "objet_id", "id"], name="journal_par_objet"),
                    models.Index(fields=["organisme", "id"], name="journal_par_organisme"),
                ],
            },
        ),
        migrations.RunSQL(_CHAINE, _RETOUR),
    ]
