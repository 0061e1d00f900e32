"""Acts on a home, by their forms: the page that shows them again with what is wrong, or the next page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palier.web.apps.attributions.models import Candidature, Recherche, Seance, Vacance
from palier.web.apps.attributions.operations import absences, baux, seances, suites, vacances
from palier.web.apps.attributions.queries import candidats, conventions
from palier.web.apps.attributions.queries.absences import colleagues
from palier.web.apps.attributions.queries.suite import Suite
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.attributions.views import formulaires as f
from palier.web.apps.territoires.queries import epci_at
from palier.web.components.dates import ecrire_date
from palier.web.horloge import maintenant

_DECRITS = (
    "typologie", "surface_m2", "etage", "ascenseur", "loyer_cent", "charges_cent", "financement",
    "dpe_classe", "accessible", "adapte", "zone_tendue", "d331_25_1",
)  # fmt: skip


@dataclass(frozen=True)
class Acte:
    """An act of the page of a home.

    Parameters
    ----------
    titre, bouton, fait : lazy str
        Heading, button, and what is said once done.
    vers : str
        State it leads to; empty for an act that moves no state.
    """

    titre: str | Promise
    bouton: str | Promise
    fait: str | Promise
    vers: str = ""


ACTES: dict[str, Acte] = {
    "offrir": Acte(
        gettext_lazy("Proposer le logement à qui c'est le tour"),
        gettext_lazy("Proposer le logement"),
        gettext_lazy("La proposition est faite : son courrier attend dans la boîte d'envoi."),
        "offre_envoyee",
    ),
    "bail": Acte(
        gettext_lazy("Enregistrer le bail signé"),
        gettext_lazy("Enregistrer le bail"),
        gettext_lazy("Le bail est enregistré, et la demande sort du registre comme logée."),
        "bail_signe",
    ),
    "qualifier": Acte(
        gettext_lazy("Décrire le logement"),
        gettext_lazy("Enregistrer la description"),
        gettext_lazy("Le logement est décrit : orientez-le, ou cherchez des candidats."),
        "qualifiee",
    ),
    "inscrire": Acte(
        gettext_lazy("Inscrire à une séance"),
        gettext_lazy("Inscrire à l'ordre du jour"),
        gettext_lazy("Le logement est à l'ordre du jour."),
        "inscrite",
    ),
    "orienter": Acte(
        gettext_lazy("Orienter vers un réservataire"),
        gettext_lazy("Orienter"),
        gettext_lazy("Le réservataire voit ce logement, et peut proposer."),
        "orientee",
    ),
    "reprendre": Acte(
        gettext_lazy("Chercher nous-mêmes des candidats"),
        gettext_lazy("Reprendre le logement"),
        gettext_lazy("Le logement est à vous : cherchez des candidats."),
        "reprise_bailleur",
    ),
    "suivre": Acte(
        gettext_lazy("Dire qui suit ce logement"),
        gettext_lazy("Enregistrer"),
        gettext_lazy("C'est noté."),
    ),
    "retirer": Acte(
        gettext_lazy("Retirer le logement"),
        gettext_lazy("Retirer"),
        gettext_lazy("Le logement est retiré ; ses candidatures finissent avec lui."),
        "retiree",
    ),
}


def open_acts(etat: str, suites: list[Suite], couvert: bool, role: str, tour: bool) -> list[str]:
    """Return the acts that a page offers, the first one first; ``tour``: somebody waits for an offer."""
    reachable = {s.vers: s for s in suites}
    found = []
    for code, acte in ACTES.items():
        if not acte.vers:
            found.append(code)
            continue
        if code == "offrir":
            found += [code] * tour
            continue
        if code == "qualifier" and etat != "conge_recu":  # other arrows lead there: nobody describes again
            continue
        suite = reachable.get(acte.vers)
        if suite is None or (acte.vers == "retiree" and role not in suite.qui):
            continue
        codes = {p.code for p in suite.raisons}
        said = code == "reprendre" and codes == {"COM-045"} and couvert
        told = code in ("qualifier", "inscrire")  # filled by the form, or judged with its search
        if not codes or said or told:
            found.append(code)
    return found


def form_of(code: str, vacance: Vacance, au: dt.date, data: Any = None, couvert: bool = False) -> forms.Form:
    """Return the form of an act, filled from what is known."""
    prefix = code
    match code:
        case "qualifier":
            known = {nom: getattr(vacance, nom) for nom in _DECRITS}
            for nom in ("loyer_cent", "charges_cent"):
                known[nom] = None if known[nom] is None else f"{known[nom] / 100:.2f}".replace(".", ",")
            for nom in ("accessible", "ascenseur"):
                known[nom] = {True: "oui", False: "non"}.get(known[nom])
            return f.DescriptionForm(data, initial=known, prefix=prefix)
        case "offrir":
            return f.OffreForm(data, prefix=prefix, candidats=_named(candidats.turn(vacance)), au=au)
        case "bail":
            return f.BailForm(data, prefix=prefix, candidats=_named(candidats.accepted(vacance)), au=au)
        case "orienter":
            return f.OrienterForm(data, prefix=prefix, conventions=conventions.covering(vacance, au))
        case "reprendre":
            return f.ReprendreForm(data, prefix=prefix, couvert=couvert and vacance.etat == "qualifiee")
        case "retirer":
            return f.RetirerForm(data, prefix=prefix)
        case "suivre":
            agents = colleagues(vacance.bailleur_id, au)
            kept = "" if vacance.suivie_par_id is None else str(vacance.suivie_par_id)
            return f.SuivreForm(data, prefix=prefix, agents=agents, initial={"agent": kept})
    return f.InscrireForm(data, prefix=prefix, seances=_sessions(vacance, au), recherches=_searches(vacance))


def _named(candidature: Candidature | None) -> list[tuple[Candidature, str]]:
    """Return the one whom the law lets the agent choose here, by number and rank."""
    if candidature is None:
        return []
    words = _("%(numero)s, rang %(rang)s") if candidature.rang else "%(numero)s"
    return [(candidature, words % {"numero": candidature.numero_unique, "rang": candidature.rang})]


def _sessions(vacance: Vacance, au: dt.date) -> list[tuple[Seance, str]]:
    rows = Seance.objects.filter(bailleur_id=vacance.bailleur_id, etat="projet", le__gte=au).order_by("le")
    return [
        (s, _("Séance %(n)s, %(jour)s") % {"n": s.numero, "jour": ecrire_date(s.le, "longue")}) for s in rows
    ]


def _searches(vacance: Vacance) -> list[tuple[Recherche, str]]:
    rows = Recherche.objects.filter(vacance=vacance).order_by("-faite_le")[:5]
    words = _("Pour le %(jour)s : %(eligibles)s possibles sur %(n)s")
    return [
        (r, words % {"jour": ecrire_date(r.au, "courante"), "eligibles": r.eligibles, "n": r.n}) for r in rows
    ]


def act(code: str, acteur: Acteur, vacance: Vacance, form: forms.Form, au: dt.date) -> None:
    """Do an act with what its form says.

    Raises
    ------
    RefusalError
        Those of the operation.
    """
    said = form.cleaned_data
    agent = uuid.UUID(said["agent"]) if said.get("agent") else None
    who: dict[str, Any] = {"acteur": acteur, "vacance": vacance.pk, "maintenant": maintenant()}
    doors: dict[str, Callable[[], object]] = {
        "qualifier": lambda: vacances.qualifier(**who, description=described(said, vacance.commune_code, au)),
        "orienter": lambda: vacances.orienter(**who, convention=said["convention"], au=au),
        "reprendre": lambda: vacances.reprendre(**who, au=au, non_reserve=bool(said.get("non_reserve"))),
        "retirer": lambda: vacances.retirer_vacance(**who, motif=said["motif"], au=au),
        "offrir": lambda: suites.envoyer_proposition(
            acteur=acteur, candidature=said["candidature"], envoyee_le=au, recue_le=said["recue_le"],
            jours=said["jours"], maintenant=maintenant(),
        ),
        "bail": lambda: baux.signer_bail(
            acteur=acteur, candidature=said["candidature"], signe_le=said["signe_le"],
            reference=said["reference"], identite_verifiee=said["identite_verifiee"], au=au,
            maintenant=maintenant(),
        ),
        "suivre": lambda: absences.suivre(**who, agent=agent, au=au),
        "inscrire": lambda: seances.inscrire(
            **who, seance=said["seance"], recherche=said.get("recherche") or None
        ),
    }  # fmt: skip
    doors[code]()


def described(said: dict[str, Any], commune: str, au: dt.date) -> dict[str, Any]:
    """Return a description as the operations take it, with the EPCI of the commune."""
    return {nom: said[nom] for nom in _DECRITS} | {"epci": epci_at(commune, au)}
