"""The site before the path of an allocation: two homes, a commission, requests of one surname."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.cotation.operations.calcul import recalculer
from palier.web.apps.demandes.models import Coordonnees, Demande
from palier.web.apps.parc.models import Logement
from palier.web.postgres.perimetre import perimetre
from tests.e2e.semis_commission import Commission
from tests.web.attributions.outils import COMMUNE, a, fit
from tests.web.cotation.outils import adopte
from tests.web.demandes.outils import TERRITOIRE
from tests.web.espace.outils import compte, joindre
from tests.web.offres.outils import lieux
from tests.web.personnel import client_de, creer_agent

NOM = "Zwyrkowsczyn"  # written nowhere else
DEBUT = dt.date(2026, 11, 24)
CHARGE = dt.datetime(2026, 11, 24, 4, tzinfo=dt.UTC)
LOGEMENTS = ("ORL-1", "ORL-2")
JOURS = 60


def _session(user: Utilisateur) -> str:
    """Session that outlives the days which the clock of the site jumps over."""
    client: Client = client_de(user)
    session = client.session
    session.set_expiry(JOURS * 86_400)
    later = a(DEBUT + dt.timedelta(days=JOURS)).timestamp()
    session["account_authentication_methods"] = [{"method": "password", "at": later, "email": user.courriel}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return str(session.session_key)


def path() -> dict[str, Any]:
    """Fill the site; return sessions by person, and what the test must not find again."""
    lieux()
    monde = Commission(DEBUT)
    monde.numeros = fit(monde.bailleur, 7)  # three for each home, and one who has to renew
    adopte()
    recalculer(acteur="essai", territoire=TERRITOIRE, au=DEBUT, maintenant=CHARGE)
    for reference in LOGEMENTS:
        Logement.objects.create(
            identifiant=reference, organisme=monde.bailleur, commune_code=COMMUNE, typologie="T3"
        )
    with perimetre(organismes=[monde.bailleur.pk]):
        rows = list(Demande.objects.filter(numero_unique__in=monde.numeros).order_by("numero_unique"))
    for place, held in enumerate(rows):
        courriel = f"personne{place}@exemple.fr"
        joindre(held, courriel)
        compte(courriel)
        with perimetre(organismes=held.organismes):
            Demande.objects.filter(pk=held.pk).update(nom=NOM)
            lines = [f"{place + 1} rue des Acacias", "67000 STRASBOURG"]
            Coordonnees.objects.filter(pk=held.pk).update(adresse=lines)
    with perimetre(organismes=[monde.bailleur.pk]):
        Demande.objects.filter(pk=rows[6].pk).update(expire_le=DEBUT + dt.timedelta(days=30))
    people = {
        "agent": creer_agent("agent_bailleur", monde.bailleur),
        "reservataire": creer_agent("reservataire", monde.reservataire),
        "presidente": monde.membres[0].utilisateur,
    }
    return {
        "cookies": {name: _session(user) for name, user in people.items() if user is not None},
        "noms": {"numeros": monde.numeros, "siren": monde.bailleur.siren},
    }
