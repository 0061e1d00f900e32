"""The words of codes that the public reads: decisions, exceptions, departures, financing, channels."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

MOTS: dict[str, dict[str, str]] = {
    "decision": {
        "attribution": noop("Attribution"),
        "attribution_rang": noop("Attribution avec un rang"),
        "attribution_condition": noop("Attribution si une pièce arrive"),
        "non_attribution": noop("Non-attribution"),
        "irrecevabilite": noop("Demande irrecevable"),
    },
    "exception": {
        "INSUFFISANCE": noop("Pas assez de candidats"),
        "DALO_PREFET": noop("Personnes désignées par le préfet"),
        "D331-25-1": noop("Logement d'un programme particulier (D331-25-1)"),
    },
    "non_examen": {
        "quorum": noop("quorum non atteint"),
        "dossiers": noop("trop peu de dossiers"),
        "piece": noop("pièce manquante"),
        "temps": noop("manque de temps"),
        "retrait": noop("candidature retirée"),
    },
    "ecart": {
        "URGENCE": noop("Urgence survenue depuis le calcul"),
        "MIXITE": noop("Objectif de mixité, nommé"),
        "CONTINGENT": noop("Objectif de publics prioritaires du contingent"),
        "ADAPTATION": noop("Logement plus adapté à ce ménage"),
        "DESIGNATION": noop("Désignation par le préfet"),
        "MUTATION": noop("Mutation qui libère un logement demandé"),
        "INFORMATION": noop("Information nouvelle, vérifiée en séance"),
    },
    "financement": {
        "plai": noop("PLAI, le plus social"),
        "plus": noop("PLUS, le plus courant"),
        "pls": noop("PLS, loyer plus haut"),
        "pli": noop("PLI, loyer intermédiaire"),
        "hlm_ancien": noop("HLM ancien"),
    },
    "priorite": {"oui": noop("Public prioritaire"), "non": noop("Autre ménage")},
    "quartile": {
        "q1": noop("Ressources du premier quartile, les plus basses"),
        "q234": noop("Ressources des trois autres quartiles"),
    },
    "canal": {
        "bailleur": noop("Le bailleur"),
        "reservataire": noop("Un réservataire"),
        "epci": noop("Une intercommunalité"),
        "etat": noop("L'État"),
        "audit": noop("Un autre organisme"),
    },
    "issue": {
        "bail": noop("Bail signé"),
        "refus": noop("Offre refusée ou sans réponse"),
        "rang": noop("Classé, un autre a eu le logement"),
        "non_attribution": noop("Non-attribution"),
        "irrecevabilite": noop("Demande irrecevable"),
        "autre": noop("Autre suite"),
    },
}


def word(famille: str, code: str) -> str:
    """Return the word of a code; sizes in capitals, a code without a word as it is."""
    found = MOTS.get(famille, {}).get(code)
    if found:
        return _(found)
    return code.upper() if famille == "typologie" else code
