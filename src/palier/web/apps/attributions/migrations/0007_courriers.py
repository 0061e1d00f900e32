"""Letters: seen by their landlord and by their person, sealed once prepared."""

# fmt: off
import django.db.models.deletion
import palier.web.identifiants
from django.db import migrations, models

from palier.web.postgres.perimetre import liberer, par_organismes, parmi_demandes

_TABLE = "attributions_courrier"
_SIENS = par_organismes("ARRAY[organisme_id]")
_VOIR = f"({_SIENS} OR {parmi_demandes('demande_id')})"
_GARDE = """
CREATE FUNCTION attributions_garder_courrier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.organisme_id, OLD.demande_id, OLD.genre, OLD.cle, OLD.essai, OLD.contenu,
      OLD.sha256,
      OLD.code, OLD.langue, OLD.prepare_le) IS DISTINCT FROM
     (NEW.organisme_id, NEW.demande_id, NEW.genre, NEW.cle, NEW.essai, NEW.contenu,
      NEW.sha256,
      NEW.code, NEW.langue, NEW.prepare_le) THEN
    PERFORM attributions_refuser('un courrier préparé');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attributions_courrier_garde BEFORE UPDATE OR DELETE ON attributions_courrier
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_courrier();
"""
_LEVEE = (
    "DROP TRIGGER attributions_courrier_garde ON attributions_courrier;"
    "DROP FUNCTION attributions_garder_courrier();"
)


class Migration(migrations.Migration):

    dependencies = [
        ('attributions', '0006_bureau'),
        ('demandes', '0003_fichiers'),
        ('organismes', '0002_parametre'),
    ]

    operations = [
        migrations.CreateModel(
            name='Courrier',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=9)),
                ('genre', models.CharField(choices=[('attribution', 'Attribution'), ('attribution_rang', 'Attribution avec un rang'), ('attribution_condition', 'Attribution si une pièce arrive'), ('non_attribution', 'Non-attribution'), ('irrecevabilite', 'Irrecevabilité, avertissement'), ('proposition', "Proposition d'un logement"), ('proposition_suivante', 'Proposition au rang suivant'), ('proposition_passee', "Fin d'une proposition"), ('report', 'Logement non examiné'), ('avertissement', 'Avertissement avant radiation'), ('radiation', 'Radiation'), ('attestation', "Attestation d'enregistrement"), ('renouvellement', 'Avis de renouvellement')], max_length=24)),
                ('cle', models.CharField(max_length=90)),
                ('essai', models.PositiveSmallIntegerField(default=1)),
                ('langue', models.CharField(blank=True, max_length=5)),
                ('contenu', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=8, unique=True)),
                ('courriel', models.BooleanField(default=False)),
                ('etat', models.CharField(choices=[('a_imprimer', 'À imprimer'), ('imprimee', 'Imprimée'), ('envoyee', 'Envoyée'), ('recue', 'Reçue'), ('revenue', 'Revenue')], default='a_imprimer', max_length=12)),
                ('pour_le', models.DateField()),
                ('prepare_le', models.DateTimeField()),
                ('imprime_le', models.DateTimeField(null=True)),
                ('envoye_le', models.DateField(null=True)),
                ('recu_le', models.DateField(null=True)),
                ('revenu_le', models.DateField(null=True)),
                ('preuve', models.CharField(blank=True, max_length=60)),
                ('candidature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attributions.candidature')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courriers', to='attributions.decision')),
                ('demande', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courriers', to='demandes.demande')),
                ('organisme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organismes.organisme')),
                ('proposition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courriers', to='attributions.proposition')),
            ],
            options={
                'indexes': [models.Index(fields=['organisme', 'etat', 'pour_le'], name='attributions_courrier_file')],
                'constraints': [models.UniqueConstraint(fields=('cle', 'essai'), name='attributions_un_courrier_par_acte'), models.CheckConstraint(condition=models.Q(('genre__in', ['attribution', 'attribution_rang', 'attribution_condition', 'non_attribution', 'irrecevabilite', 'proposition', 'proposition_suivante', 'proposition_passee', 'report', 'avertissement', 'radiation', 'attestation', 'renouvellement'])), name='attributions_courrier_genre'), models.CheckConstraint(condition=models.Q(('etat__in', ['a_imprimer', 'imprimee', 'envoyee', 'recue', 'revenue'])), name='attributions_courrier_etat'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='attributions_courrier_empreinte'), models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ('envoyee', 'recue', 'revenue')), _negated=True), ('envoye_le__isnull', False), _connector='OR'), name='attributions_courrier_parti'), models.CheckConstraint(condition=models.Q(models.Q(('etat', 'recue'), _negated=True), ('recu_le__isnull', False), _connector='OR'), name='attributions_courrier_recu')],
            },
        ),
        migrations.RunSQL(
            f"CREATE POLICY perimetre ON {_TABLE} USING ({_VOIR}) WITH CHECK ({_SIENS});"
            f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY; ALTER TABLE {_TABLE} FORCE ROW LEVEL SECURITY;",
            liberer(_TABLE),
        ),
        migrations.RunSQL(_GARDE, _LEVEE),
    ]
