"""Coded reasons, papers and postponements, as a letter says them to a person."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

#: A sentence, and the one that gives the figures where the commission attached them.
MOTIFS: dict[str, tuple[str, str]] = {
    "RESS_PLAFOND": (
        noop("Vos ressources dépassent le plafond de ce logement."),
        noop("Vos ressources, %(ressources_eur)s, dépassent le plafond de ce logement, %(plafond_eur)s."),
    ),
    "RESS_EFFORT": (
        noop(
            "Le loyer prendrait une trop grande part de vos ressources, selon la règle publiée du bailleur."
        ),
        noop("Le loyer prendrait %(effort)s de vos ressources ; la règle du bailleur s'arrête à %(borne)s."),
    ),
    "TAILLE": (
        noop("La taille du logement ne convient pas à votre ménage."),
        noop("La taille du logement ne convient pas à un ménage de %(nb_personnes)s personnes."),
    ),
    "ADAPTATION": (noop("Le logement n'est pas adapté au handicap déclaré."), ""),
    "PIECES": (noop("Une pièce de la liste n'est pas arrivée, ou elle n'est pas exacte."), ""),
    "PROPRIETAIRE": (noop("Une personne de votre ménage possède un logement qui convient."), ""),
    "MIXITE": (
        noop("Un objectif fixé par la loi demandait un autre ménage pour ce logement."),
        noop("Un objectif fixé par la loi demandait un autre ménage pour ce logement : %(objectif)s."),
    ),
    "PRIORITE_AUTRE": (
        noop("D'autres demandes étaient classées avant la vôtre."),
        noop("Demandes classées avant la vôtre : %(nombre)s."),
    ),
    "ACCOMPAGNEMENT": (noop("Un accompagnement est nécessaire, et aucune mesure n'est en place."), ""),
    "REFUS_ANTERIEUR": (noop("Vous avez refusé une proposition adaptée à votre ménage."), ""),
    "DETTE": (noop("Une dette envers ce bailleur reste sans plan de remboursement."), ""),
    "IRR_SEJOUR": (noop("La condition de séjour en France n'est pas remplie."), ""),
    "IRR_RESSOURCES": (
        noop("Vos ressources dépassent tous les plafonds du logement social."),
        noop("Vos ressources, %(ressources_eur)s, dépassent tous les plafonds sociaux, %(plafond_eur)s."),
    ),
    "IRR_DECLARATION": (noop("Une pièce montre qu'une déclaration n'est pas exacte."), ""),
    "AUTRE": (noop("Une autre raison est écrite ci-dessous."), ""),
}
PIECES = {
    "identite": noop("la pièce d'identité"),
    "sejour": noop("le titre de séjour en cours de validité"),
    "situation_familiale": noop("le livret de famille, ou le jugement ou la convention de divorce"),
    "garde_enfants": noop("la décision ou la convention sur la garde des enfants"),
    "grossesse": noop("le certificat de grossesse"),
    "avis_imposition": noop("l'avis d'imposition ou de non-imposition"),
    "ressources": noop("les ressources des trois derniers mois"),
    "emploi": noop("le contrat de travail ou l'attestation de l'employeur"),
    "etudes": noop("la carte d'étudiant ou le certificat de scolarité"),
    "logement_actuel": noop("le bail, une quittance ou l'attestation d'hébergement"),
    "conge_logement": noop("le congé, le jugement ou le commandement de quitter les lieux"),
    "handicap": noop("la carte mobilité inclusion ou la décision sur le handicap"),
    "violences": noop("l'ordonnance de protection ou le dépôt de plainte"),
    "insalubrite": noop("l'arrêté ou le rapport sur le logement"),
    "tutelle": noop("le jugement de tutelle ou de curatelle"),
}
REPORTS = {
    "quorum": noop("Trop peu de membres étaient présents."),
    "dossiers": noop("La commission doit comparer plus de dossiers pour ce logement."),
    "piece": noop("Une information manquait pour examiner le logement."),
    "temps": noop("Le temps de la séance n'a pas suffi."),
    "retrait": noop("Le logement a été retiré de la séance."),
}
