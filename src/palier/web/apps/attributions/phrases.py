"""What a commission says in words: its règlement in sentences, its lists in the language of the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

from palier import law
from palier.engines.commission import Reglement
from palier.web.components.ecriture import ecrire_part

MODES = {"salle": noop("En salle"), "distance": noop("À distance"), "ecrite": noop("Par écrit")}
#: The five decisions, short, with their key: what a ballot says.
DECISIONS = {
    "attribution": ("a", noop("Attribution")),
    "attribution_rang": ("b", noop("Attribution, rang")),
    "attribution_condition": ("c", noop("Sous condition de pièce")),
    "non_attribution": ("d", noop("Non-attribution")),
    "irrecevabilite": ("e", noop("Irrecevable")),
}
SENS = {"oui": noop("Pour"), "non": noop("Contre"), "abstention": noop("Abstention")}
NON_EXAMENS = {
    "quorum": noop("quorum non atteint"),
    "dossiers": noop("trop peu de dossiers"),
    "piece": noop("pièce manquante"),
    "temps": noop("manque de temps"),
    "retrait": noop("candidature retirée"),
    "annulation": noop("séance annulée"),
}
# Lists of the law, in the words of its files: written here so that catalogues hold them.
_DE_LA_LOI = (
    noop("Membre désigné par l'organisme"),
    noop("Maire de la commune du logement"),
    noop("Représentant de l'État dans le département"),
    noop("Président de l'EPCI ou de l'établissement public territorial du logement"),
    noop("Président de l'organisme qui a confié la gestion du logement"),
    noop("Organisme agréé d'ingénierie sociale (L365-3)"),
    noop("Réservataire, pour ses logements"),
    noop("Maire d'arrondissement (Paris, Lyon, Marseille)"),
    noop("CCAS ou service social invité"),
    noop("Département invité"),
    noop("Parent ou allié"),
    noop("Employeur, salarié ou associé"),
    noop("Voisin du logement ou du candidat"),
    noop("Autre lien, déclaré"),
    noop("Ressources au-dessus du plafond du logement"),
    noop("Taux d'effort ou reste à vivre hors de la borne publiée par le bailleur"),
    noop("Logement trop petit ou trop grand pour le ménage"),
    noop("Logement inadapté au handicap"),
    noop("Pièce absente ou fausse, après une attribution sous condition restée sans réponse"),
    noop("Un membre du ménage possède un logement adapté"),
    noop("Objectif de mixité, nommé et chiffré"),
    noop("D'autres demandes sont classées avant"),
    noop("Accompagnement nécessaire, sans mesure proposée"),
    noop("Refus antérieur d'une offre adaptée"),
    noop("Dette envers ce bailleur sans plan d'apurement"),
    noop("Condition de séjour non remplie"),
    noop("Ressources au-dessus de tous les plafonds du logement social"),
    noop("Déclaration inexacte établie par une pièce"),
    noop("Autre, en plus d'un motif de cette liste"),
    noop("Pièce d'identité"),
    noop("Titre de séjour en cours de validité"),
    noop("Livret de famille, jugement ou convention de divorce"),
    noop("Décision ou convention sur la garde des enfants"),
    noop("Certificat de grossesse"),
    noop("Avis d'imposition ou de non-imposition (N-2, N-1)"),
    noop("Ressources des trois derniers mois"),
    noop("Contrat de travail ou attestation de l'employeur"),
    noop("Carte d'étudiant ou certificat de scolarité"),
    noop("Bail, quittance ou attestation d'hébergement"),
    noop("Congé, jugement ou commandement de quitter les lieux"),
    noop("Carte mobilité inclusion ou décision de la MDPH"),
    noop("Ordonnance de protection ou dépôt de plainte"),
    noop("Arrêté ou rapport sur le logement"),
    noop("Jugement de tutelle ou de curatelle"),
)
CHIFFRES = {
    "ressources_eur": noop("Ressources par an, en euros"),
    "plafond_eur": noop("Plafond, en euros"),
    "effort": noop("Taux d'effort"),
    "borne": noop("Borne publiée"),
    "nb_personnes": noop("Nombre de personnes"),
    "condition": noop("Pièce et dernier jour d'alors"),
    "objectif": noop("Objectif, avec ses chiffres"),
    "nombre": noop("Combien de demandes avant"),
}


def codes(liste: str, au: dt.date) -> dict[str, str]:
    """Return a list of the law on a day, in the language of the page."""
    table = law.at(au, non_verifie=True).get(liste).table or {}
    return {str(code): _(str(words)) for (code,), words in table.items()}


def details(liste: str, au: dt.date) -> dict[str, Any]:
    """Return what the law says of each code of a list."""
    return dict(law.at(au, non_verifie=True).get(liste).details)


def rules_of(read: Reglement, langue: str) -> list[str]:
    """Say in sentences what a règlement sets: quorum, proxies, remote sessions, tie, convocation."""
    return [
        _quorum(read, langue),
        _proxies(read),
        _modes(read),
        _("À égalité que le maire ne tranche pas, la voix du président l'emporte.")
        if read.voix_president
        else _("À égalité que le maire ne tranche pas, la proposition n'est pas adoptée."),
        ngettext(
            "La convocation part au moins %(n)d jour avant la séance.",
            "La convocation part au moins %(n)d jours avant la séance.",
            read.convocation_jours,
        )
        % {"n": read.convocation_jours},
    ]


def _quorum(read: Reglement, langue: str) -> str:
    rule = read.quorum
    if rule.min is not None:
        if rule.base == "six":
            words = ngettext(
                "Pour chaque logement, il faut au moins %(n)d des six membres du bailleur.",
                "Pour chaque logement, il faut au moins %(n)d des six membres du bailleur.",
                rule.min,
            )
        else:
            words = ngettext(
                "Pour chaque logement, il faut au moins %(n)d membre qui vote.",
                "Pour chaque logement, il faut au moins %(n)d membres qui votent.",
                rule.min,
            )
        return words % {"n": rule.min}
    share = ecrire_part(rule.part, langue) if rule.part is not None else ""
    if rule.base == "six":
        return _("Pour chaque logement, il faut %(part)s des six membres du bailleur.") % {"part": share}
    return _("Pour chaque logement, il faut %(part)s des membres qui votent.") % {"part": share}


def _proxies(read: Reglement) -> str:
    if not read.pouvoirs:
        return _("Un membre absent ne peut pas donner de pouvoir.")
    words = (
        _("Une personne peut porter %(n)d pouvoir au plus ; un membre représenté compte pour le quorum.")
        if read.pouvoirs_quorum
        else _(
            "Une personne peut porter %(n)d pouvoir au plus ; un membre représenté ne compte pas pour le"
            " quorum."
        )
    )
    return words % {"n": read.pouvoirs}


def _modes(read: Reglement) -> str:
    modes = read.modes
    if {"distance", "ecrite"} <= modes:
        return _("La commission peut aussi se réunir à distance, ou par écrit.")
    if "distance" in modes:
        return _("La commission peut aussi se réunir à distance, jamais par écrit.")
    if "ecrite" in modes:
        return _("La commission peut aussi se prononcer par écrit, jamais à distance.")
    return _("La commission se réunit en salle, jamais à distance ni par écrit.")
