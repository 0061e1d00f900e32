"""First state of the applicant's space."""

# fmt: off

import django.contrib.postgres.fields
import django.db.models.deletion
import palier.web.identifiants
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('demandes', '0005_coordonnees'),
    ]

    operations = [
        migrations.CreateModel(
            name='Compte',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('cle_courriel', models.CharField(max_length=64, null=True, unique=True)),
                ('cle_externe', models.CharField(max_length=64, null=True, unique=True)),
                ('courriel', models.EmailField(blank=True, max_length=190)),
                ('nom', models.CharField(blank=True, max_length=120)),
                ('prenom', models.CharField(blank=True, max_length=120)),
                ('naissance', models.DateField(null=True)),
                ('naissance_lieu', models.CharField(blank=True, max_length=80)),
                ('langue', models.CharField(default='fr', max_length=5)),
                ('cree_le', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('cle_courriel__isnull', False), ('cle_externe__isnull', False), _connector='OR'), name='espace_compte_une_cle')],
            },
        ),
        migrations.CreateModel(
            name='Defi',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('genre', models.CharField(max_length=8)),
                ('cle', models.CharField(max_length=64)),
                ('cible', models.CharField(blank=True, max_length=64)),
                ('objet_id', models.UUIDField(null=True)),
                ('empreinte', models.CharField(max_length=64)),
                ('essais', models.PositiveSmallIntegerField(default=0)),
                ('fait_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('servi_le', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['genre', 'cle', 'fait_le'], name='espace_defi_par_cle'), models.Index(fields=['genre', 'cible', 'fait_le'], name='espace_defi_par_cible')],
                'constraints': [models.CheckConstraint(condition=models.Q(('genre__in', ('entree', 'lien'))), name='espace_defi_genre'), models.CheckConstraint(condition=models.Q(('essais__lte', 5)), name='espace_defi_cinq_essais')],
            },
        ),
        migrations.CreateModel(
            name='Rattachement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('compte_id', models.UUIDField(unique=True)),
                ('demande_id', models.UUIDField()),
                ('du', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['demande_id'], name='espace_lien_par_demande')],
            },
        ),
        migrations.CreateModel(
            name='Ecrit',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('genre', models.CharField(max_length=16)),
                ('champs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('texte', models.TextField(blank=True)),
                ('par', models.CharField(max_length=80)),
                ('role', models.CharField(max_length=14)),
                ('ecrit_le', models.DateTimeField()),
                ('repondu_le', models.DateTimeField(null=True)),
                ('demande', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ecrits', to='demandes.demande')),
            ],
            options={
                'ordering': ['-ecrit_le'],
                'constraints': [models.CheckConstraint(condition=models.Q(('genre__in', ('correction', 'rectification', 'opposition', 'renoncement', 'contestation'))), name='espace_ecrit_genre')],
            },
        ),
        migrations.CreateModel(
            name='Mandat',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=80)),
                ('cle_courriel', models.CharField(max_length=64)),
                ('portees', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None)),
                ('du', models.DateField()),
                ('au', models.DateField()),
                ('revoque_le', models.DateTimeField(null=True)),
                ('demande', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandats', to='demandes.demande')),
            ],
            options={
                'indexes': [models.Index(fields=['cle_courriel'], name='espace_mandat_par_cle')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoque_le__isnull', True)), fields=('demande', 'cle_courriel'), name='espace_mandat_un_vivant'), models.CheckConstraint(condition=models.Q(('portees__contained_by', ['lire', 'deposer', 'repondre']), ('portees__len__gt', 0)), name='espace_mandat_portees'), models.CheckConstraint(condition=models.Q(('au__gte', models.F('du'))), name='espace_mandat_dates')],
            },
        ),
    ]
