"""Words of the journal for its readers: acts, objects and doors; an unknown code is shown as it is."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

ACTES = {
    "abonnement.arreter": noop("Appels vers un programme arrêtés"),
    "abonnement.creer": noop("Programme abonné"),
    "bilan.publier": noop("Bilan d'un semestre publié"),
    "candidature.comparer": noop("Candidatures comparées"),
    "candidature.exporter": noop("Candidatures téléchargées"),
    "commission.publier": noop("Séance publiée"),
    "courrier.lire": noop("Courrier lu"),
    "demande.corriger": noop("Demande corrigée par la personne"),
    "demande.defaire_fusion": noop("Réunion de demandes défaite"),
    "demande.distinguer": noop("Demandes dites distinctes"),
    "demande.fusionner": noop("Demandes réunies"),
    "demande.joindre": noop("Adresse de la personne notée"),
    "demandes.retour": noop("Fichier de retour préparé"),
    "ecrit.repondre": noop("Réponse à un écrit"),
    "espace.exporter": noop("Données données à la personne"),
    "espace.rattacher": noop("Compte rattaché à une demande"),
    "mandat": noop("Mandat"),
    "mandat.agir": noop("Acte d'un accompagnant"),
    "mandat.donner": noop("Mandat donné"),
    "mandat.revoquer": noop("Mandat retiré"),
    "piece.deposer": noop("Pièce déposée"),
    "piece.lire": noop("Pièce lue"),
    "piece.retirer": noop("Pièce retirée"),
    "acces.refuser": noop("Accès refusé"),
    "chiffres.publier": noop("Chiffres publiés"),
    "cle.creer": noop("Clé créée"),
    "cle.revoquer": noop("Clé révoquée"),
    "compte.courriel_en_echec": noop("Adresse en échec"),
    "compte.creer": noop("Compte ouvert"),
    "compte.entrer": noop("Entrée dans le site"),
    "compte.facteur": noop("Second facteur changé"),
    "compte.fermer": noop("Compte fermé"),
    "compte.inviter": noop("Invitation envoyée"),
    "compte.motdepasse": noop("Mot de passe changé"),
    "compte.ouvrir": noop("Invitation acceptée"),
    "compte.retirer_facteurs": noop("Second facteur retiré"),
    "compte.rouvrir": noop("Compte rouvert"),
    "cotation.recalculer": noop("Territoire coté de nouveau"),
    "courrier.envoyer": noop("Courrier envoyé"),
    "courrier.imprimer": noop("Courrier imprimé"),
    "courrier.preparer": noop("Courrier préparé"),
    "courrier.recevoir": noop("Courrier reçu"),
    "courrier.refaire": noop("Courrier refait"),
    "courrier.revenir": noop("Courrier revenu"),
    "demande.avertir.contact_impossible": noop("Demandeur averti : sans réponse"),
    "demande.avertir.irrecevabilite": noop("Demandeur averti : irrecevable"),
    "demande.avertir.non_renouvellement": noop("Demandeur avisé de renouveler"),
    "demande.creer": noop("Demande créée"),
    "demande.lire": noop("Demande lue"),
    "demande.lire_sensible": noop("Données sensibles d'une demande lues"),
    "demande.modifier": noop("Demande modifiée"),
    "demande.radier.attribution": noop("Demande close : bail signé"),
    "demande.radier.contact_impossible": noop("Demande radiée : sans réponse"),
    "demande.radier.irrecevabilite": noop("Demande radiée : irrecevable"),
    "demande.radier.non_renouvellement": noop("Demande radiée : non renouvelée"),
    "demande.radier.renoncement": noop("Demande radiée : renoncement"),
    "demande.renouveler": noop("Demande renouvelée"),
    "demandes.charger": noop("Demandes chargées"),
    "fonction.donner": noop("Fonction donnée"),
    "fonction.finir": noop("Fonction finie"),
    "grille.adopter": noop("Grille adoptée"),
    "lecteur.nommer": noop("Lecteur de données sensibles nommé"),
    "lecteur.retirer": noop("Lecteur de données sensibles retiré"),
    "lot.abandonne": noop("Fichier abandonné"),
    "lot.accepter": noop("Fichier accepté"),
    "lot.applique": noop("Fichier appliqué"),
    "lot.controle": noop("Fichier contrôlé"),
    "lot.purger": noop("Comptes rendus effacés"),
    "lot.recevoir": noop("Fichier reçu"),
    "lot.refuse": noop("Fichier refusé"),
    "lot.retenu": noop("Fichier retenu"),
    "offre.confirmer": noop("Annonce confirmée"),
    "offre.creer": noop("Annonce créée"),
    "offre.modifier": noop("Annonce modifiée"),
    "offre.retirer": noop("Annonce retirée"),
    "offre.retirer.expiree": noop("Annonce retirée faute de confirmation"),
    "organisme.creer": noop("Organisme ouvert"),
    "organisme.modifier": noop("Organisme modifié"),
    "parametre.poser": noop("Réglage posé"),
    "photo.ajouter": noop("Photo ajoutée"),
    "photo.modifier": noop("Photos décrites ou ordonnées"),
    "photo.purger": noop("Photos d'annonces retirées effacées"),
    "photo.retirer": noop("Photo retirée"),
    "piece.attendue": noop("Pièce attendue"),
    "piece.recue": noop("Pièce reçue"),
    "piece.refusee": noop("Pièce refusée"),
    "piece.verifiee": noop("Pièce vérifiée"),
    "territoires.charger": noop("Territoires chargés"),
}
OBJETS = {
    "abonnement": noop("Abonnement"),
    "candidature": noop("Candidature"),
    "compte_usager": noop("Compte d'une personne"),
    "export": noop("Fichier"),
    "vacance": noop("Logement à attribuer"),
    "cle_api": noop("clé"),
    "compte": noop("compte"),
    "courrier": noop("courrier"),
    "demande": noop("demande"),
    "fonction": noop("fonction"),
    "grille": noop("grille"),
    "journal": noop("journal"),
    "lot": noop("fichier"),
    "millesime": noop("millésime"),
    "offre": noop("annonce"),
    "offre_brouillon": noop("annonce"),
    "offre_publiee": noop("annonce"),
    "organisme": noop("organisme"),
    "parametre": noop("réglage"),
    "statistique_file": noop("chiffres"),
    "territoire": noop("territoire"),
    "utilisateur": noop("compte"),
}
PORTES = {
    "site": noop("site"),
    "api": noop("programme"),
    "page": noop("page du site"),
    "lot": noop("fichier"),
    "tache": noop("tâche"),
    "commande": noop("commande"),
}


def _word(table: dict[str, str], code: str) -> str:
    return _(table[code]) if code in table else code


def say_act(verbe: str) -> str:
    """Return the words of an act; an act with a motive (``offre.retirer.annulee``) has those of the act."""
    return _word(ACTES, verbe if verbe in ACTES or verbe.count(".") < 2 else verbe.rpartition(".")[0])


def say_object(genre: str) -> str:
    """Return the word of a kind of object."""
    return _word(OBJETS, genre)


def say_door(origine: str) -> str:
    """Return the word of a door."""
    return _word(PORTES, origine)
