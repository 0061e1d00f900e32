"""Homes oriented to the réservataire of the pages: one that waits, one with candidates, one given back."""

from __future__ import annotations

import datetime as dt

from palier.web.apps.attributions.models import Convention, Vacance
from palier.web.apps.attributions.operations import delegations, vacances
from palier.web.apps.attributions.operations.candidats import proposer_candidat
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.organismes.models import Fonction, Organisme
from palier.web.apps.parc.models import Logement
from palier.web.horloge import maintenant
from tests.web.attributions.outils import DECRIT, fit
from tests.web.demandes.outils import TERRITOIRE, charge, invente
from tests.web.personnel import creer_organisme


def oriented(au: dt.date) -> dict[str, str]:
    """Fill the list of the réservataire of the pages; return what addresses name."""
    now, mine = maintenant(), Fonction.objects.get(role="reservataire_chef")
    me, owner = mine.organisme, creer_organisme(nom="Bailleur des Deux Rives")
    requests = invente(graine=7, au=au)
    charge([me], table=requests.demandes, au=au)
    numbers = fit(me, 6)
    right = Convention.objects.create(
        bailleur=owner,
        reservataire=me,
        reference="Contingent 2026",
        du=au - dt.timedelta(days=60),
        communes=["67482"],
    )
    agent = Acteur("essai", "agent_bailleur", (owner.pk,))
    homes = [_home(owner, agent, right, au - dt.timedelta(days=days), now) for days in (27, 3, 5)]
    res = Acteur(mine.utilisateur, "reservataire", (me.pk,))
    for number in numbers[:2]:
        proposer_candidat(acteur=res, vacance=homes[1].pk, numero=number, au=au, maintenant=now)
    vacances.rendre(acteur=res, vacance=homes[2].pk, au=au, maintenant=now)
    delegations.deleguer(
        acteur=Acteur(mine.utilisateur, "reservataire_chef", (me.pk,)), convention=right.pk, du=au,
        au=au + dt.timedelta(days=90), aujourdhui=au, maintenant=now,
    )  # fmt: skip
    return {f"oriente_{nom}": str(h.pk) for nom, h in zip(("attend", "servi", "rendu"), homes, strict=True)}


def _home(owner: Organisme, agent: Acteur, right: Convention, told: dt.date, now: dt.datetime) -> Vacance:
    number = Logement.objects.count()
    home = Logement.objects.create(
        identifiant=f"DR-{number}", organisme=owner, commune_code="67482", typologie="T3"
    )
    made = vacances.recevoir_conge(
        acteur=agent, logement=home.pk, territoire=TERRITOIRE, conge_le=told - dt.timedelta(days=30),
        bail_fin=told + dt.timedelta(days=60), maintenant=now,
    )  # fmt: skip
    vacances.qualifier(acteur=agent, vacance=made.pk, description=DECRIT, maintenant=now)
    vacances.orienter(acteur=agent, vacance=made.pk, convention=right.pk, au=told, maintenant=now)
    return made
