"""Words of the desk: acts to do, states, homes; the codes are those of the machines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palier.engines.commission import load_machine
from palier.web.apps.attributions.models import Vacance
from palier.web.apps.attributions.queries.suite import Suite
from palier.web.apps.territoires.queries import communes_at
from palier.web.components.dates import ecrire_date
from palier.web.components.ecriture import ecrire_montant

Texte = str | Promise

#: Acts of the work list, in words.
TACHES: dict[str, Texte] = {
    "decrire": gettext_lazy("Décrire le logement"),
    "orienter": gettext_lazy("Orienter le logement, ou le reprendre"),
    "reprendre": gettext_lazy("Reprendre le logement : le réservataire n'a pas proposé"),
    "inscrire": gettext_lazy("Inscrire le logement à une séance"),
    "reponse": gettext_lazy("Recueillir la réponse du candidat"),
    "piece": gettext_lazy("Recevoir la pièce attendue"),
    "notifier": gettext_lazy("Remettre les lettres de décision"),
    "offrir": gettext_lazy("Envoyer l'offre au rang suivant"),
    "bail": gettext_lazy("Faire signer le bail"),
    "convoquer": gettext_lazy("Convoquer la commission"),
    "transmettre": gettext_lazy("Envoyer le procès-verbal au préfet"),
    "reunir": gettext_lazy("Réunir la commission"),
    "visite": gettext_lazy("Faire visiter le logement"),
    "ecrit": gettext_lazy("Répondre à ce que la personne a écrit"),
}


def places(vacances: list[Vacance], au: dt.date) -> dict[str, str]:
    """Return the names of the communes of some homes, by code."""
    codes = {v.commune_code for v in vacances}
    return {code: found.nom for code, found in communes_at(codes, au).items()} if codes else {}


def home(vacance: Vacance, lieux: dict[str, str]) -> str:
    """Return a home in words: « T3 de 66 m², Orlemont »."""
    said: dict[str, Any] = {
        "taille": vacance.typologie.upper(),
        "lieu": lieux.get(vacance.commune_code, vacance.commune_code),
    }
    if vacance.surface_m2 is None:
        return _("%(taille)s, %(lieu)s") % said
    return _("%(taille)s de %(surface)s m², %(lieu)s") % {**said, "surface": vacance.surface_m2}


def state(machine: str, code: str) -> str:
    """Return a state in words."""
    return load_machine(machine).etats[code].libelle


@dataclass(frozen=True)
class Pas:
    """A next step: where it leads, who takes it, what it demands, what forbids it today."""

    titre: str
    qui: str
    conditions: tuple[str, ...]
    raisons: tuple[str, ...]
    ouverte: bool


def following(suite: Suite) -> Pas:
    """Return a next step in words, those of the machine."""
    machine = load_machine("vacance")
    return Pas(
        machine.etats[suite.vers].libelle,
        ", ".join(machine.roles[role] for role in suite.qui),
        suite.gardes,
        tuple(f"{p.constat} {p.que_faire}" for p in suite.raisons),
        suite.ouverte,
    )


def facts(vacance: Vacance) -> list[dict[str, Any]]:
    """Return what is known of a home, for the part ``fiche``."""
    unknown = _("à décrire")
    rent = None if vacance.loyer_cent is None else vacance.loyer_cent + vacance.charges_cent
    yes_no = {True: _("oui"), False: _("non"), None: unknown}
    said: list[tuple[str, str]] = [
        (_("Référence"), vacance.logement.identifiant),
        (_("Loyer avec charges"), unknown if rent is None else ecrire_montant(rent)),
        (_("Financement"), (vacance.financement or unknown).upper() if vacance.financement else unknown),
        (_("Classe énergie"), vacance.dpe_classe or unknown),
        (_("Accessible en fauteuil roulant"), yes_no[vacance.accessible]),
        (_("En quartier prioritaire"), yes_no[bool(vacance.logement.qpv_code)]),
        (_("En zone tendue"), yes_no[vacance.zone_tendue]),
    ]
    if vacance.conge_le is not None:
        said.append((_("Congé reçu le"), ecrire_date(vacance.conge_le, "courante")))
    if vacance.bail_fin is not None:
        said.append((_("Fin du bail"), ecrire_date(vacance.bail_fin, "courante")))
    if vacance.livraison_le is not None:
        said.append((_("Livraison"), ecrire_date(vacance.livraison_le, "courante")))
    if vacance.non_reserve_le is not None:
        said.append((_("Dit non réservé le"), ecrire_date(vacance.non_reserve_le, "courante")))
    if vacance.suivie_par is not None:
        said.append((_("Suivi par"), vacance.suivie_par.nom))
    return [{"libelle": name, "texte": text, "etat": None} for name, text in said]
