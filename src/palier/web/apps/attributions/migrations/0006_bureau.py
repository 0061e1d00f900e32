"""Days of a convention, homes reserved to nobody, who follows a home, visits, absences."""

# fmt: off
import django.db.models.deletion
import palier.web.identifiants
from django.conf import settings
from django.db import migrations, models

from palier.web.postgres.perimetre import liberer, par_parent, parmi_organismes, proteger

_TABLES = {
    "attributions_visite": par_parent("attributions_candidature", "candidature_id"),
    "attributions_absence": parmi_organismes("organisme_id"),
}


class Migration(migrations.Migration):

    dependencies = [
        ('attributions', '0005_partenaires'),
        ('organismes', '0002_parametre'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('du', models.DateField()),
                ('au', models.DateField()),
                ('finie_le', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Visite',
            fields=[
                ('id', models.UUIDField(default=palier.web.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('debut', models.DateTimeField()),
                ('duree_minutes', models.PositiveSmallIntegerField()),
                ('rendez_vous', models.CharField(max_length=120)),
                ('etat', models.CharField(choices=[('proposee', 'Proposée'), ('acceptee', 'Acceptée'), ('annulee', 'Annulée')], default='proposee', max_length=10)),
                ('proposee_le', models.DateTimeField()),
                ('repondue_le', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='convention',
            name='delai_jours',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='vacance',
            name='non_reserve_le',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='vacance',
            name='suivie_par',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='convention',
            constraint=models.CheckConstraint(condition=models.Q(('delai_jours__isnull', True), ('delai_jours__range', (1, 366)), _connector='OR'), name='attributions_convention_delai'),
        ),
        migrations.AddField(
            model_name='absence',
            name='absent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='absence',
            name='organisme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organismes.organisme'),
        ),
        migrations.AddField(
            model_name='absence',
            name='relais',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='visite',
            name='candidature',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visites', to='attributions.candidature'),
        ),
        migrations.AddIndex(
            model_name='absence',
            index=models.Index(fields=['organisme', 'relais', 'au'], name='attributions_absence_jours'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('au__gte', models.F('du'))), name='attributions_absence_dates'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('absent', models.F('relais')), _negated=True), name='attributions_absence_relais'),
        ),
        migrations.AddIndex(
            model_name='visite',
            index=models.Index(fields=['debut'], name='attributions_visite_debut'),
        ),
        migrations.AddConstraint(
            model_name='visite',
            constraint=models.CheckConstraint(condition=models.Q(('etat__in', ['proposee', 'acceptee', 'annulee'])), name='attributions_visite_etat'),
        ),
        migrations.AddConstraint(
            model_name='visite',
            constraint=models.CheckConstraint(condition=models.Q(('duree_minutes__range', (5, 240))), name='attributions_visite_duree'),
        ),
        migrations.AddConstraint(
            model_name='visite',
            constraint=models.CheckConstraint(condition=models.Q(('etat', 'proposee'), ('repondue_le__isnull', False), _connector='OR'), name='attributions_visite_reponse'),
        ),
        migrations.AddConstraint(
            model_name='visite',
            constraint=models.UniqueConstraint(condition=models.Q(('etat__in', ('proposee', 'acceptee'))), fields=('candidature',), name='attributions_une_visite'),
        ),
        *(migrations.RunSQL(proteger(table, c), liberer(table)) for table, c in _TABLES.items()),
    ]
