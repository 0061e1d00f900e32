"""A candidacy in words: the home, where it stands, why, what next and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from palier.base import mots
from palier.web.apps.attributions.models import Decision
from palier.web.apps.attributions.queries.faits import loi_du
from palier.web.apps.demandes import presentation as colonnes
from palier.web.apps.espace.queries.candidatures import Suivi
from palier.web.components.dates import ecrire_date
from palier.web.components.ecriture import ecrire_montant
from palier.web.components.pieces import Etat

#: State of a candidacy → sign of the page, words.
_ETATS = {
    "proposee": ("en_attente", noop("Proposé")),
    "eligible": ("en_attente", noop("Proposé")),
    "ecartee": ("ecarte", noop("Écarté")),
    "inscrite": ("en_attente", noop("Devant la commission")),
    "examinee": ("en_attente", noop("Devant la commission")),
    "attribution": ("fait", noop("Attribué")),
    "attribution_rang": ("fait", noop("Attribué, avec un rang")),
    "attribution_condition": ("a_verifier", noop("Attribué, sous condition")),
    "non_attribution": ("non_examine", noop("Non attribué")),
    "irrecevabilite": ("attention", noop("Demande irrecevable")),
    "offre_envoyee": ("a_vous", noop("À vous de répondre")),
    "acceptee": ("fait", noop("Vous avez accepté")),
    "refusee": ("info", noop("Vous avez refusé")),
    "sans_reponse": ("info", noop("Sans réponse")),
    "rang_suivant": ("info", noop("Passé à la personne suivante")),
    "bail": ("fait", noop("Bail signé")),
    "retiree": ("info", noop("Candidature retirée")),
    "caduque": ("info", noop("Candidature finie")),
}
_PHRASES = {
    "attribution": noop("La commission vous attribue ce logement."),
    "attribution_rang": noop("La commission vous attribue ce logement, au rang %(rang)s."),
    "attribution_condition": noop(
        "La commission vous attribue ce logement, si vous donnez une pièce à temps."
    ),
    "non_attribution": noop("La commission n'a pas retenu votre dossier pour ce logement."),
    "irrecevabilite": noop("La commission a jugé votre demande irrecevable."),
}
_EFFETS = {
    "attribution": noop(
        "Le bailleur vous envoie une proposition. Vous aurez dix jours au moins pour répondre."
    ),
    "attribution_rang": noop(
        "La proposition vient quand les rangs d'avant ont refusé. Vous aurez dix jours au moins."
    ),
    "attribution_condition": noop(
        "Donnez la pièce à temps : la proposition suit. Sinon, l'attribution tombe."
    ),
    "non_attribution": noop("Votre demande continue, avec les mêmes points et la même ancienneté."),
    "irrecevabilite": noop(
        "Un courrier vous avertit. Vous avez un mois pour répondre avant toute radiation."
    ),
}


@dataclass(frozen=True)
class Motif:
    """A reason: its name, its figures, its article."""

    nom: str
    faits: list[str]
    article: str


def home_of(suivi: Suivi) -> str:
    """Return the home in a few words."""
    vacance = suivi.candidature.vacance
    words = {"taille": vacance.typologie.upper(), "surface": vacance.surface_m2, "lieu": suivi.lieu}
    if vacance.surface_m2:
        return _("%(taille)s de %(surface)s m² à %(lieu)s") % words
    return _("%(taille)s à %(lieu)s") % words


def state_of(suivi: Suivi) -> Etat:
    """Return where a candidacy stands."""
    code, word = _ETATS[suivi.candidature.etat]
    day = _day_of(suivi)
    return Etat(code, _(word), f", {ecrire_date(day)}" if day else "")


def state_word(decision: Decision) -> str:
    """Return the word of a decision."""
    if decision.rang:
        return _("attribué, rang %(rang)s") % {"rang": decision.rang}
    return _(_ETATS[decision.code][1])


def _day_of(suivi: Suivi) -> dt.date | None:
    candidature, offer = suivi.candidature, suivi.proposition
    if candidature.etat in {"proposee", "eligible", "ecartee"}:
        return candidature.proposee_le
    if candidature.etat == "retiree":
        return candidature.retire_le
    if offer is not None and candidature.etat in {"acceptee", "refusee"}:
        return offer.reponse_le
    if candidature.etat in {"inscrite", "examinee"} or suivi.decision is None:
        return None
    return suivi.decision.point.seance.le


def next_of(suivi: Suivi) -> str:
    """Return the next step and its latest day."""
    candidature, decision, offer = suivi.candidature, suivi.decision, suivi.proposition
    if offer is not None and suivi.offerte:
        return _("Votre réponse avant le %(jour)s") % {"jour": ecrire_date(offer.limite, "longue")}
    if candidature.etat == "acceptee":
        return _("Le bailleur vous appelle pour la visite et le bail")
    if candidature.etat in {"proposee", "eligible"}:
        return _("Inscription à une commission")
    if candidature.etat in {"inscrite", "examinee"}:
        return _("Décision de la commission, puis une lettre")
    if decision is not None and decision.condition_limite and suivi.vivante:
        return _("La pièce avant le %(jour)s") % {"jour": ecrire_date(decision.condition_limite, "longue")}
    if decision is not None and decision.recours_limite and decision.etat == "notifiee":
        return _("Recours avant le %(jour)s") % {"jour": ecrire_date(decision.recours_limite, "longue")}
    if candidature.etat in {"attribution", "attribution_rang"}:
        return _("Une proposition à votre tour")
    return _("Rien : votre demande continue")


def sentence_of(suivi: Suivi) -> str:
    """Return what was decided, in one sentence."""
    if suivi.decision is None:
        return ""
    return _(_PHRASES[suivi.decision.code]) % {"rang": suivi.decision.rang}


def effect_of(suivi: Suivi) -> str:
    """Return what a decision changes for the person."""
    if suivi.decision is None:
        return ""
    first = suivi.decision.code == "attribution_rang" and suivi.decision.rang == 1
    return _(_EFFETS["attribution" if first else suivi.decision.code])


def reasons_of(suivi: Suivi, langue: str) -> list[Motif]:
    """Return the reasons of a decision with their figures, or those of a computed exclusion."""
    if suivi.decision is None:
        words = [mots.word(f"recherche.motif.{code}", langue) for code in suivi.candidature.motifs_ecart]
        return [Motif(word, [], "") for word in words]
    listed = loi_du(suivi.decision.point.seance.le).get("caleol_motifs").details
    return [
        Motif(_(_MOTIFS[code]), _figures(values), str(listed.get(code, {}).get("article") or ""))
        for code, values in suivi.decision.motifs.items()
    ]


#: The reasons of ``caleol_motifs``, said to the person.
_MOTIFS = {
    "RESS_PLAFOND": noop("Vos ressources dépassent le plafond de ce logement."),
    "RESS_EFFORT": noop("Le loyer prendrait une part trop grande de vos ressources."),
    "TAILLE": noop("Ce logement est trop petit ou trop grand pour vous."),
    "ADAPTATION": noop("Ce logement ne convient pas au handicap dit dans votre demande."),
    "PIECES": noop("Une pièce attendue n'est pas arrivée, ou elle n'est pas juste."),
    "PROPRIETAIRE": noop("Une personne de votre foyer possède un logement qui convient."),
    "MIXITE": noop("Un objectif chiffré de la commission demandait un autre dossier."),
    "PRIORITE_AUTRE": noop("D'autres dossiers étaient classés avant le vôtre."),
    "ACCOMPAGNEMENT": noop("Un accompagnement est nécessaire, et aucun n'est encore proposé."),
    "REFUS_ANTERIEUR": noop("Vous avez déjà refusé un logement qui convenait."),
    "DETTE": noop("Une dette envers ce bailleur n'a pas de plan de remboursement."),
    "IRR_SEJOUR": noop("La condition de séjour n'est pas remplie."),
    "IRR_RESSOURCES": noop("Vos ressources dépassent tous les plafonds du logement social."),
    "IRR_DECLARATION": noop("Une pièce montre que la demande contient une erreur."),
    "AUTRE": noop("Une autre raison, écrite ci-dessous."),
}
_CHIFFRES = {
    "ressources_eur": noop("Vos ressources : %(valeur)s"),
    "plafond_eur": noop("Plafond : %(valeur)s"),
    "effort": noop("Part de vos ressources : %(valeur)s"),
    "borne": noop("Borne publiée par le bailleur : %(valeur)s"),
    "nb_personnes": noop("Personnes à loger : %(valeur)s"),
    "condition": noop("Pièce : %(valeur)s"),
    "objectif": noop("Objectif : %(valeur)s"),
    "nombre": noop("Dossiers classés avant le vôtre : %(valeur)s"),
}


def _figures(values: dict[str, Any]) -> list[str]:
    told = {
        nom: ecrire_montant(100 * v, rond=True) if nom.endswith("_eur") else v for nom, v in values.items()
    }
    return [_(_CHIFFRES[nom]) % {"valeur": value} for nom, value in told.items() if nom in _CHIFFRES]


def piece_of(code: str, langue: str) -> str:
    """Return the name of a fact that a paper proves."""
    return colonnes.fact(code, langue)


def condition_of(decision: Decision) -> str:
    """Return the name of the paper that an attribution awaits, as the law lists it."""
    listed = loi_du(decision.point.seance.le).get("pieces_condition")
    return str(listed.cell((decision.condition_piece,)) or decision.condition_piece)
