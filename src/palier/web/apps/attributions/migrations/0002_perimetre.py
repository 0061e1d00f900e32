"""Row-level security of allocations: what an organisme, a member of a session, an applicant may see."""

from django.db import migrations

from palier.web.postgres.perimetre import (
    liberer,
    par_organismes,
    par_parent,
    parmi_demandes,
    parmi_organismes,
    parmi_seances,
)

_BAILLEUR = parmi_organismes("bailleur_id")
_SEANCE = f"({_BAILLEUR} OR {parmi_seances('id')})"
_DOSSIERS = (
    "vacance_id IN (SELECT p.vacance_id"  # noqa: S608 - our own names
    " FROM attributions_pointseance p JOIN attributions_seance s"
    f" ON s.id = p.seance_id WHERE s.dossiers_ouverts AND {parmi_seances('s.id')})"
)
_DU_POINT = (
    "EXISTS (SELECT 1 FROM attributions_pointseance p JOIN attributions_seance s ON s.id = p.seance_id"
    " WHERE p.id = point_id)"
)
_CANDIDATURE = par_parent("attributions_candidature", "candidature_id")
_VACANCE = par_parent("attributions_vacance", "vacance_id")
_DE_LA_SEANCE = par_parent("attributions_seance", "seance_id")
# Who sees a row; who may write one: a member and an applicant only see, their acts are written by the site
# in the name of the landlord once the machine has let them pass.
_TABLES = {
    "attributions_vacance": (par_organismes(), par_organismes()),
    "attributions_orientation": (_VACANCE, _VACANCE),
    "attributions_recherche": (_VACANCE, _VACANCE),
    "attributions_candidature": (
        f"({par_organismes()} OR {parmi_demandes('demande_id')} OR {_DOSSIERS})",
        par_organismes(),
    ),
    "attributions_proposition": (_CANDIDATURE, _CANDIDATURE),
    "attributions_bail": (_CANDIDATURE, _CANDIDATURE),
    "attributions_decision": (_CANDIDATURE, _CANDIDATURE),
    "attributions_seance": (_SEANCE, _BAILLEUR),
    "attributions_pointseance": (f"({_DE_LA_SEANCE} OR {_VACANCE})", _DE_LA_SEANCE),
    "attributions_presence": (_DU_POINT, _DU_POINT),
    "attributions_bulletin": (_DU_POINT, _DU_POINT),
    "attributions_pv": (_DE_LA_SEANCE, _DE_LA_SEANCE),
}


def _proteger(table: str, voir: str, ecrire: str) -> str:
    return (
        f"CREATE POLICY perimetre ON {table} USING ({voir}) WITH CHECK ({ecrire});"
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    )


class Migration(migrations.Migration):
    """Put each table under its policy, the owner included."""

    dependencies = [("attributions", "0001_initial")]
    operations = [
        migrations.RunSQL(_proteger(table, *conditions), liberer(table))
        for table, conditions in _TABLES.items()
    ]
