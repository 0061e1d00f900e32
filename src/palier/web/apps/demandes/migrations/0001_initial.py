"""First state of the requests and of what hangs on them."""

# fmt: off
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import palier.web.apps.demandes.models.colonnes
import palier.web.identifiants
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organismes', '0002_parametre'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Demande',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=9)),
                ('organismes', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('numero_unique', models.CharField(max_length=18, unique=True)),
                ('date_depot_initial', models.DateField()),
                ('horodatage_depot', palier.web.apps.demandes.models.colonnes.Horodatage(null=True)),
                ('date_renouvellement', models.DateField(null=True)),
                ('expire_le', models.DateField()),
                ('statut', models.CharField(choices=[('active', 'Active'), ('en_attente_piece', "En attente d'une pièce"), ('attribuee', 'Logée'), ('radiee', 'Radiée')], default='active', max_length=20)),
                ('motif_radiation', models.CharField(choices=[('attribution', 'Bail signé'), ('renoncement', 'Renoncement écrit'), ('contact_impossible', 'Pas de réponse à un courrier'), ('non_renouvellement', 'Demande non renouvelée'), ('irrecevabilite', 'Demande irrecevable')], max_length=20, null=True)),
                ('radiee_le', models.DateField(null=True)),
                ('nom', models.CharField(max_length=120, null=True)),
                ('prenom', models.CharField(max_length=120, null=True)),
                ('naissance', models.DateField(null=True)),
                ('conjoint_naissance', models.DateField(null=True)),
                ('situation_familiale', models.CharField(max_length=30, null=True)),
                ('en_couple', models.BooleanField(null=True)),
                ('nb_personnes', models.SmallIntegerField(null=True)),
                ('nb_a_charge', models.SmallIntegerField(null=True)),
                ('nb_mineurs', models.SmallIntegerField(null=True)),
                ('nb_moins_14', models.SmallIntegerField(null=True)),
                ('nb_garde_alternee', models.SmallIntegerField(null=True)),
                ('nb_droit_visite', models.SmallIntegerField(null=True)),
                ('rfr_n2_annee', models.SmallIntegerField(null=True)),
                ('situation_professionnelle', models.CharField(max_length=30, null=True)),
                ('sans_emploi_depuis', models.DateField(null=True)),
                ('travailleur_essentiel', models.BooleanField(null=True)),
                ('commune_travail', models.CharField(max_length=120, null=True)),
                ('logement_mode', models.CharField(max_length=30, null=True)),
                ('logement_depuis', models.DateField(null=True)),
                ('logement_type', models.CharField(max_length=30, null=True)),
                ('logement_surface_m2', models.SmallIntegerField(null=True)),
                ('logement_nb_occupants', models.SmallIntegerField(null=True)),
                ('logement_commune', models.CharField(max_length=120, null=True)),
                ('logement_non_decent', models.BooleanField(null=True)),
                ('bailleur_siren', models.CharField(max_length=120, null=True)),
                ('numero_bail', models.CharField(max_length=120, null=True)),
                ('typologies', models.BigIntegerField(null=True)),
                ('localisations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), null=True, size=None)),
                ('accepte_autre_commune', models.BooleanField(null=True)),
                ('rez_de_chaussee_seul', models.BooleanField(null=True)),
                ('ascenseur', models.BooleanField(null=True)),
                ('parking', models.BooleanField(null=True)),
                ('dalo', models.CharField(max_length=30, null=True)),
                ('dalo_date', models.DateField(null=True)),
                ('label_pdalhpd', models.BooleanField(null=True)),
                ('label_accord_collectif', models.BooleanField(null=True)),
                ('label_anru', models.BooleanField(null=True)),
                ('label_sortant_hebergement', models.BooleanField(null=True)),
                ('relogement_de_droit', models.BooleanField(null=True)),
                ('vit_sur_territoire', models.BooleanField(null=True)),
                ('travaille_sur_territoire', models.BooleanField(null=True)),
                ('zone', models.CharField(max_length=30, null=True)),
                ('verifie_piece', models.BigIntegerField(null=True)),
                ('verifie_social', models.BigIntegerField(null=True)),
                ('verifie_etat', models.BigIntegerField(null=True)),
                ('modifiee_le', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Avertissement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('motif', models.CharField(choices=[('attribution', 'Bail signé'), ('renoncement', 'Renoncement écrit'), ('contact_impossible', 'Pas de réponse à un courrier'), ('non_renouvellement', 'Demande non renouvelée'), ('irrecevabilite', 'Demande irrecevable')], max_length=20)),
                ('recu_le', models.DateField()),
                ('preuve', models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='EvenementDemande',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evenement_date', models.DateField()),
                ('evenement_type', models.CharField(max_length=30)),
                ('adaptee', models.BooleanField(null=True)),
            ],
            options={
                'db_table': 'demandes_evenement',
                'ordering': ['evenement_date', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LecteurSensible',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('du', models.DateField()),
                ('au', models.DateField(null=True)),
            ],
            options={
                'db_table': 'demandes_lecteur',
            },
        ),
        migrations.CreateModel(
            name='Personne',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('personne_rang', models.SmallIntegerField()),
                ('personne_naissance', models.DateField(null=True)),
                ('personne_lien', models.CharField(max_length=30, null=True)),
                ('personne_garde', models.CharField(max_length=30, null=True)),
                ('personne_a_charge', models.BooleanField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('fait', models.CharField(max_length=30)),
                ('etat', models.CharField(choices=[('attendue', 'Attendue'), ('recue', 'Reçue'), ('verifiee', 'Vérifiée'), ('refusee', 'Refusée')], default='attendue', max_length=10)),
                ('niveau', models.CharField(choices=[('piece', 'Sur pièce'), ('social', 'Par un travailleur social'), ('etat', "Par l'État")], default='piece', max_length=8)),
                ('recue_le', models.DateField(null=True)),
                ('jugee_le', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PublicPrioritaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chiffre', models.BinaryField()),
                ('public_etat', models.CharField(max_length=10)),
                ('public_validateur', models.CharField(max_length=120, null=True)),
                ('public_date', models.DateField(null=True)),
            ],
            options={
                'db_table': 'demandes_public',
            },
        ),
        migrations.CreateModel(
            name='Ressource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('personne_rang', models.SmallIntegerField(null=True)),
                ('ressource_code', models.CharField(max_length=30, null=True)),
                ('ressource_cent', models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Territoire',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('ouvert_le', models.DateTimeField()),
                ('charge_le', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Argent',
            fields=[
                ('demande', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='argent', serialize=False, to='demandes.demande')),
                ('rfr_n1_eur', models.IntegerField(null=True)),
                ('rfr_n2_eur', models.IntegerField(null=True)),
                ('ressources_mensuelles_cent', models.IntegerField(null=True)),
                ('loyer_cent', models.IntegerField(null=True)),
                ('charges_cent', models.IntegerField(null=True)),
                ('aide_logement_cent', models.IntegerField(null=True)),
                ('loyer_max_cent', models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Sensible',
            fields=[
                ('demande', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='sensible', serialize=False, to='demandes.demande')),
                ('chiffre', models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name='demande',
            index=django.contrib.postgres.indexes.GinIndex(fields=['organismes'], name='demandes_par_organisme'),
        ),
        migrations.AddIndex(
            model_name='demande',
            index=django.contrib.postgres.indexes.GinIndex(fields=['localisations'], name='demandes_par_commune'),
        ),
        migrations.AddIndex(
            model_name='demande',
            index=models.Index(fields=['date_depot_initial', 'id'], name='demandes_par_age'),
        ),
        migrations.AddIndex(
            model_name='demande',
            index=models.Index(fields=['territoire', 'expire_le'], name='demandes_par_echeance'),
        ),
        migrations.AddConstraint(
            model_name='demande',
            constraint=models.CheckConstraint(condition=models.Q(('statut__in', ['active', 'en_attente_piece', 'attribuee', 'radiee'])), name='demandes_statut_connu'),
        ),
        migrations.AddConstraint(
            model_name='demande',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('motif_radiation__isnull', True), ('statut__in', ('active', 'en_attente_piece'))), models.Q(('motif_radiation__in', ['attribution', 'renoncement', 'contact_impossible', 'non_renouvellement', 'irrecevabilite']), ('motif_radiation__isnull', False), ('statut__in', ('attribuee', 'radiee'))), _connector='OR'), name='demandes_radiation_motivee'),
        ),
        migrations.AddConstraint(
            model_name='demande',
            constraint=models.CheckConstraint(condition=models.Q(('numero_unique__regex', '^\\d{3}(0[1-9]|1[0-2])\\d{2}\\d{6}[0-9A-Z]{5}$')), name='demandes_numero_forme'),
        ),
        migrations.AddConstraint(
            model_name='demande',
            constraint=models.CheckConstraint(condition=models.Q(('organismes__len__gt', 0)), name='demandes_organisme_present'),
        ),
        migrations.AddConstraint(
            model_name='demande',
            constraint=models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('date_depot_initial'))), name='demandes_expire_apres_depot'),
        ),
        migrations.AddField(
            model_name='avertissement',
            name='demande',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='avertissements', to='demandes.demande'),
        ),
        migrations.AddField(
            model_name='evenementdemande',
            name='demande',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evenements', to='demandes.demande'),
        ),
        migrations.AddField(
            model_name='lecteursensible',
            name='organisme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organismes.organisme'),
        ),
        migrations.AddField(
            model_name='lecteursensible',
            name='utilisateur',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personne',
            name='demande',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='personnes', to='demandes.demande'),
        ),
        migrations.AddField(
            model_name='piece',
            name='demande',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='demandes.demande'),
        ),
        migrations.AddField(
            model_name='publicprioritaire',
            name='demande',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publics', to='demandes.demande'),
        ),
        migrations.AddField(
            model_name='ressource',
            name='demande',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ressources', to='demandes.demande'),
        ),
        migrations.AddConstraint(
            model_name='avertissement',
            constraint=models.UniqueConstraint(fields=('demande', 'motif', 'recu_le'), name='demandes_avertissement_unique'),
        ),
        migrations.AddConstraint(
            model_name='lecteursensible',
            constraint=models.UniqueConstraint(condition=models.Q(('au__isnull', True)), fields=('utilisateur', 'organisme'), name='demandes_lecteur_un_vivant'),
        ),
        migrations.AddConstraint(
            model_name='lecteursensible',
            constraint=models.CheckConstraint(condition=models.Q(('au__isnull', True), ('au__gte', models.F('du')), _connector='OR'), name='demandes_lecteur_dates'),
        ),
        migrations.AddConstraint(
            model_name='personne',
            constraint=models.UniqueConstraint(fields=('demande', 'personne_rang'), name='demandes_personne_unique'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.UniqueConstraint(fields=('demande', 'fait', 'niveau'), name='demandes_piece_unique'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.CheckConstraint(condition=models.Q(('etat__in', ['attendue', 'recue', 'verifiee', 'refusee'])), name='demandes_piece_etat'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.CheckConstraint(condition=models.Q(('niveau__in', ['piece', 'social', 'etat'])), name='demandes_piece_niveau'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.CheckConstraint(condition=models.Q(('etat', 'attendue'), ('recue_le__isnull', False), _connector='OR'), name='demandes_piece_recue'),
        ),
        migrations.AddConstraint(
            model_name='publicprioritaire',
            constraint=models.CheckConstraint(condition=models.Q(('public_etat__in', ('declare', 'valide', 'refuse'))), name='demandes_public_etat'),
        ),
    ]
