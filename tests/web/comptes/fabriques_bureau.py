"""Objects of the desk of allocations for the test of the matrix."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from palier.web.apps.attributions.models import Absence, Candidature, Convention, Vacance, Visite
from palier.web.apps.demandes.models import Demande
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.parc.models import Logement
from palier.web.horloge import maintenant
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.outils import TERRITOIRE, charge, invente, une
from tests.web.offres.outils import AU, MAINTENANT
from tests.web.personnel import creer_agent, creer_organisme


def demande(organisme: Organisme) -> dict[str, Any]:
    charge([organisme], table=invente().demandes.head(2))
    return {"identifiant": une(organisme).pk}


def vacance(organisme: Organisme) -> dict[str, Any]:
    number = Logement.objects.count()
    home = Logement.objects.create(
        identifiant=f"V{number}", organisme=organisme, commune_code="67482", typologie="T3"
    )
    with perimetre(organismes=[organisme.pk]):
        made = Vacance.objects.create(
            logement=home, bailleur=organisme, organismes=[organisme.pk], territoire=TERRITOIRE,
            etat="conge_recu", commune_code="67482", typologie="t3", conge_le=AU, bail_fin=AU,
            ouverte_le=MAINTENANT, modifiee_le=MAINTENANT,
        )  # fmt: skip
    return {"pk": made.pk}


def _vacance_decrite(organisme: Organisme) -> dict[str, Any]:
    found = vacance(organisme)
    with perimetre(organismes=[organisme.pk]):
        Vacance.objects.filter(pk=found["pk"]).update(
            etat="qualifiee",
            loyer_cent=45000,
            surface_m2=66,
            financement="plus",
            dpe_classe="C",
            accessible=False,
        )
    return found


def _candidature(organisme: Organisme) -> dict[str, Any]:
    held = demande(organisme)["identifiant"]
    home = _vacance_decrite(organisme)["pk"]
    with perimetre(organismes=[organisme.pk]):
        made = Candidature.objects.create(
            vacance_id=home, demande_id=held, bailleur=organisme, organismes=[organisme.pk],
            territoire=TERRITOIRE, numero_unique=Demande.objects.get(pk=held).numero_unique,
            proposee_par=organisme, etat="eligible", proposee_le=AU, modifiee_le=MAINTENANT,
        )  # fmt: skip
    return {"pk": made.pk}


def _visite(organisme: Organisme) -> dict[str, Any]:
    candidature = _candidature(organisme)["pk"]
    with perimetre(organismes=[organisme.pk]):
        made = Visite.objects.create(
            candidature_id=candidature, debut=maintenant() + dt.timedelta(days=3), duree_minutes=30,
            rendez_vous="Devant la porte", proposee_le=MAINTENANT,
        )  # fmt: skip
    return {"pk": made.pk}


def _convention(organisme: Organisme) -> dict[str, Any]:
    made = Convention.objects.create(
        bailleur=organisme, reservataire=creer_organisme("reservataire"), reference="C", du=AU,
        communes=["67482"],
    )  # fmt: skip
    return {"pk": made.pk}


def _absence(organisme: Organisme) -> dict[str, Any]:
    two = [creer_agent("agent_bailleur", organisme) for _ in range(2)]
    with perimetre(organismes=[organisme.pk]):
        made = Absence.objects.create(
            organisme=organisme, absent=two[0], relais=two[1], du=AU, au=AU + dt.timedelta(days=9)
        )
    return {"pk": made.pk}


FABRIQUES_BUREAU: dict[str, Callable[[Organisme], dict[str, Any]]] = {
    "vacance_decrite": _vacance_decrite,
    "candidature": _candidature,
    "visite": _visite,
    "convention": _convention,
    "absence": _absence,
}
