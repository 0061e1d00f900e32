"""What the fuzzer of the API needs for allocations: a world in each state, the calls that succeed in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from palier.web.apps.attributions.operations import vacances
from palier.web.apps.organismes.operations import creer_cle
from palier.web.apps.parc.models import Logement
from tests.web.attributions.outils import COMMUNE, CONGE, DECRIT, FIN, SENT, SESSION, TERRITOIRE, Monde, a

RACINE = "/api/v1/attributions"


class Etats:
    """Objects by name, as paths and bodies name them."""

    def __init__(self) -> None:
        monde = Monde()
        self.entete = "Bearer " + creer_cle(
            acteur="essai", organisme=monde.bailleur, libelle="Progiciel", expire_le=dt.date(2099, 1, 1),
            portees=["attributions:lire", "attributions:ecrire", "attributions:administrer"],
        )[1]  # fmt: skip
        self.numeros = monde.numeros
        neuve = Logement.objects.create(
            identifiant="FUZZ-1", organisme=monde.bailleur, commune_code=COMMUNE, typologie="T3"
        )
        conge = Logement.objects.create(
            identifiant="FUZZ-2", organisme=monde.bailleur, commune_code=COMMUNE, typologie="T3"
        )
        opened = vacances.recevoir_conge(
            acteur=monde.agent, logement=conge.pk, territoire=TERRITOIRE, conge_le=CONGE, bail_fin=FIN,
            maintenant=a(CONGE),
        )  # fmt: skip
        described, told = monde.vacance(), monde.orientee()
        ready = monde.orientee()
        files = [monde.proposer(ready, n) for n in monde.numeros[:3]]
        session = monde.seance()
        decided, sent, accepted = monde.decide(), monde.decide(), monde.decide()
        first = monde.numeros[0]
        running = monde.envoie(sent, first)
        monde.repond(monde.envoie(accepted, first), "oui", SENT)
        day = SENT.isoformat()
        chosen = monde.candidatures(decided)[first].pk
        letter = monde.decisions(decided)[0].pk
        search = {"seance_le": SESSION.isoformat(), "signature_le": day, "numeros": monde.numeros[:2]}
        notice = {"logement": neuve.identifiant, "territoire": TERRITOIRE}
        notice |= {"conge_le": CONGE.isoformat(), "bail_fin": FIN.isoformat()}
        lease = {"signe_le": day, "reference": "B 1", "identite_verifiee": True}
        #: path under the root: what names its object, and the body that succeeds.
        self.bons: dict[str, tuple[Any, dict[str, Any] | None]] = {
            "/vacances": (None, notice),
            "/vacances/{pk}": (told.pk, None),
            "/vacances/{pk}/description": (opened.pk, DECRIT),
            "/vacances/{pk}/orientation": (described.pk, {"convention": str(monde.convention.pk)}),
            "/vacances/{pk}/reprise": (told.pk, None),
            "/vacances/{pk}/retrait": (described.pk, {"motif": "travaux"}),
            "/vacances/{pk}/recherche": (described.pk, search),
            "/vacances/{pk}/candidatures": (described.pk, {"numero": monde.numeros[4]}),
            "/candidatures": (None, None),
            "/candidatures/{pk}/retrait": (files[0].pk, None),
            "/candidatures/{pk}/proposition": (chosen, {"envoyee_le": day, "recue_le": day}),
            "/candidatures/{pk}/bail": (monde.candidatures(accepted)[first].pk, lease),
            "/seances": (None, None),
            "/seances/{pk}": (session.pk, None),
            "/seances/{pk}/points": (session.pk, {"vacance": str(ready.pk)}),
            "/decisions": (None, None),
            "/decisions/{pk}/notification": (letter, {"remise_le": day, "preuve": "LR 1"}),
            "/propositions": (None, None),
            "/propositions/{pk}/reception": (running.pk, {"recue_le": day}),
            "/propositions/{pk}/reponse": (running.pk, {"sens": "non", "le": day, "canal": "papier"}),
            "/demandes": (None, None),
            "/demandes/{numero}": (monde.numeros[0], None),
        }

    def path_of(self, path: str) -> dict[str, str]:
        """Return the parameters of a path that name something."""
        known = self.bons[path.removeprefix(RACINE)][0]
        return {} if known is None else {"numero" if "{numero}" in path else "pk": str(known)}

    def body_of(self, path: str) -> dict[str, Any] | None:
        """Return the body that succeeds."""
        return self.bons[path.removeprefix(RACINE)][1]
