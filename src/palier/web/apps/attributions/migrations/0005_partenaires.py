"""Delegated management, subscriptions of programs, calls made twice; each under its row-level policy."""

# fmt: off
import django.contrib.postgres.fields
import django.db.models.deletion
import palier.web.identifiants
from django.db import migrations, models

from palier.web.postgres.perimetre import liberer, par_parent, parmi_organismes, proteger

_TABLES = {
    "attributions_abonnement": parmi_organismes("organisme_id"),
    "attributions_livraison": par_parent("attributions_abonnement", "abonnement_id"),
    "attributions_appelapi": parmi_organismes("organisme_id"),
}


class Migration(migrations.Migration):

    dependencies = [
        ('attributions', '0004_candidature_total'),
        ('organismes', '0002_parametre'),
    ]

    operations = [
        migrations.AddField(
            model_name='orientation',
            name='renoncee_le',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='Abonnement',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('url', models.CharField(max_length=300)),
                ('evenements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('secret', models.TextField()),
                ('cree_le', models.DateTimeField()),
                ('arrete_le', models.DateTimeField(null=True)),
                ('organisme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='abonnements', to='organismes.organisme')),
            ],
        ),
        migrations.CreateModel(
            name='AppelApi',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=80)),
                ('empreinte', models.CharField(max_length=64)),
                ('statut', models.PositiveSmallIntegerField()),
                ('reponse', models.JSONField(null=True)),
                ('le', models.DateTimeField()),
                ('cle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organismes.cleapi')),
                ('organisme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organismes.organisme')),
            ],
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('du', models.DateField()),
                ('au', models.DateField()),
                ('donnee_le', models.DateTimeField()),
                ('convention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='attributions.convention')),
            ],
        ),
        migrations.CreateModel(
            name='Livraison',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('evenement', models.CharField(max_length=40)),
                ('corps', models.JSONField()),
                ('etat', models.CharField(default='en_attente', max_length=12)),
                ('essais', models.PositiveSmallIntegerField(default=0)),
                ('statut', models.PositiveSmallIntegerField(null=True)),
                ('cause', models.CharField(blank=True, max_length=30)),
                ('creee_le', models.DateTimeField()),
                ('tentee_le', models.DateTimeField(null=True)),
                ('abonnement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='livraisons', to='attributions.abonnement')),
            ],
        ),
        migrations.AddConstraint(
            model_name='abonnement',
            constraint=models.UniqueConstraint(condition=models.Q(('arrete_le__isnull', True)), fields=('organisme', 'url'), name='attributions_abonnement_unique'),
        ),
        migrations.AddConstraint(
            model_name='abonnement',
            constraint=models.CheckConstraint(condition=models.Q(('evenements__len__gt', 0)), name='attributions_abonnement_evenements'),
        ),
        migrations.AddConstraint(
            model_name='abonnement',
            constraint=models.CheckConstraint(condition=models.Q(('url__startswith', 'https://')), name='attributions_abonnement_https'),
        ),
        migrations.AddConstraint(
            model_name='appelapi',
            constraint=models.UniqueConstraint(fields=('cle', 'nom'), name='attributions_appel_unique'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('au__gte', models.F('du'))), name='attributions_delegation_dates'),
        ),
        migrations.AddIndex(
            model_name='livraison',
            index=models.Index(fields=['abonnement', '-creee_le'], name='attributions_livraisons'),
        ),
        migrations.AddConstraint(
            model_name='livraison',
            constraint=models.CheckConstraint(condition=models.Q(('etat__in', ('en_attente', 'livree', 'abandonnee'))), name='attributions_livraison_etat'),
        ),
        *(migrations.RunSQL(proteger(table, c), liberer(table)) for table, c in _TABLES.items()),
    ]
