"""What comes next for a home, by whom, and why not yet: read from the machine. Inside its perimeter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from palier.base.errors import Problem
from palier.engines import commission as moteur
from palier.web.apps.attributions.models import Candidature, Recherche, Vacance
from palier.web.apps.attributions.queries import conventions
from palier.web.apps.attributions.queries.faits import dossiers_of, logement_of, loi_du, terme_of

_FAIT_MANQUANT, _PAS_CE_ROLE = "COM-023", "COM-022"
DECRITS = ("loyer_cent", "surface_m2", "financement", "dpe_classe", "accessible")


@dataclass(frozen=True)
class Suite:
    """An arrow that leaves the state of a home.

    Parameters
    ----------
    vers : str
        Where it goes.
    qui : tuple of str
        Roles that may take it.
    gardes : tuple of str
        What it demands, in the words of the machine.
    raisons : tuple of Problem
        What forbids it today, of what can be known before the act.
    ouverte : bool
        Whether the one who reads may take it, as far as can be known.
    """

    vers: str
    qui: tuple[str, ...]
    gardes: tuple[str, ...]
    raisons: tuple[Problem, ...]
    ouverte: bool


def nexts(vacance: Vacance, role: str, au: dt.date) -> list[Suite]:
    """Return the arrows that leave the state of a home, with every reason known against each."""
    machine = moteur.load_machine("vacance")
    facts = facts_of(vacance, au)
    found = []
    for arrow in machine.depuis(vacance.etat):
        acting = role if role in arrow.roles else "agent_bailleur"
        problems = moteur.refusals(machine, vacance.etat, arrow.vers, acting, facts)
        known = tuple(p for p in problems if p.code not in (_FAIT_MANQUANT, _PAS_CE_ROLE))
        mine = acting in arrow.roles and not known
        guards = tuple(machine.gardes[g].libelle for g in arrow.gardes)
        found.append(Suite(arrow.vers, arrow.roles, guards, known, mine))
    return found


def facts_of(vacance: Vacance, au: dt.date) -> dict[str, object]:
    """Return the facts of a home that are known before an act."""
    covering = conventions.covering(vacance, au)
    right = covering[0] if covering else None
    return {
        "au": au,
        "logement": {nom: getattr(vacance, nom) for nom in DECRITS},
        "convention_du": au if right is None else right.du,
        "convention_au": None if right is None else right.au,
        "dans_perimetre": right is not None,
        "orientations_en_cours": vacance.orientations.filter(en_cours=True).count(),
        "conventions_vivantes": len(covering),
        "dit_non_reserve": vacance.non_reserve_le is not None,
        "terme_reservataire": terme_of(vacance, loi_du(au)),
        "renonciation_le": None,
        "motif_retrait": "vente",
        "dossiers": examine(vacance, au),
    }


def examine(vacance: Vacance, au: dt.date) -> moteur.ExamenDossiers:
    """Judge the three-file rule on the live candidates of a home, with its last recorded search."""
    rows = Candidature.objects.filter(vacance=vacance, etat__in=("eligible", "inscrite"))
    files = dossiers_of(rows.select_related("demande").order_by("numero_unique"))
    kept = Recherche.objects.filter(vacance=vacance).order_by("-faite_le").first()
    search = None if kept is None else moteur.RechercheConsignee(kept.au, kept.n, kept.eligibles, kept.motifs)
    return moteur.check_dossiers(logement_of(vacance), files, au, loi_du(au), search)
