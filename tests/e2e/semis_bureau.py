"""Objects of a landlord's desk for the live site: a home that is described, with a candidate."""

from __future__ import annotations

import datetime as dt

from palier.web.apps.attributions.operations import candidats, vacances
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.parc.models import Logement
from palier.web.horloge import aujourdhui, maintenant
from tests.web.attributions.outils import COMMUNE, DECRIT, fit
from tests.web.demandes.outils import TERRITOIRE
from tests.web.personnel import creer_agent


def desk(owner: Organisme) -> dict[str, str]:
    """Return what the addresses of the desk name."""
    agent = Acteur(creer_agent("agent_bailleur", owner, facteur=False), "agent_bailleur", (owner.pk,))
    today, now = aujourdhui(), maintenant()
    home = Logement.objects.create(
        identifiant="BUREAU-1", organisme=owner, commune_code=COMMUNE, typologie="T3"
    )
    made = vacances.recevoir_conge(
        acteur=agent, logement=home.pk, territoire=TERRITOIRE, conge_le=today,
        bail_fin=today + dt.timedelta(days=30), maintenant=now,
    )  # fmt: skip
    vacances.qualifier(acteur=agent, vacance=made.pk, description=DECRIT, maintenant=now)
    rows = [
        candidats.proposer_candidat(acteur=agent, vacance=made.pk, numero=n, au=today, maintenant=now)
        for n in fit(owner, 3)
    ]
    return {"bureau_vacance": str(made.pk), "bureau_candidature": str(rows[0].pk)}
