"""What an operation refuses, said to a person in her language: a plain sentence by code."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from palier.base.errors import PalierError, Problem

_CLOSE = noop("Votre demande est close : elle ne change plus. Une nouvelle demande se dépose au guichet.")
_LOURD = noop("Ce fichier est trop lourd. Réduisez-le, ou donnez une page par fichier.")
_PHRASES = {
    "ATR-001": noop("Cet acte n'est pas possible avec votre mandat : la personne le fait elle-même."),
    "ATR-023": noop("Dites oui ou non, puis confirmez."),
    "COM-020": noop("Il est trop tard : une réponse est déjà enregistrée, ou le dossier a avancé."),
    "COM-022": noop("Cet acte revient à une autre personne. Téléphonez, ou venez au guichet."),
    "COM-064": noop("Le dernier jour est passé : la loi compte un refus. Votre demande continue."),
    "COM-065": noop("Votre mandat ne permet pas de répondre : la personne répond elle-même."),
    "COM-131": noop("Votre demande ne peut pas être close en ligne. Téléphonez, ou venez au guichet."),
    "COM-132": noop("Votre demande ne peut pas encore être close. Téléphonez, ou venez au guichet."),
    "DEM-011": _CLOSE,
    "DEM-017": noop("Votre demande ne se renouvelle pas aujourd'hui : elle est close, ou déjà renouvelée."),
    "DEM-018": noop("Choisissez dans la liste ce que la pièce prouve."),
    "DEM-040": noop("Ce fichier n'est ni un PDF, ni une photo. Prenez le document en photo."),
    "DEM-041": _LOURD,
    "DEM-042": noop("Ce fichier est abîmé : il ne s'ouvre pas. Refaites-le, puis donnez-le."),
    "DEM-043": noop("Ce PDF contient un programme. Donnez une photo du document."),
    "DEM-044": noop("Ce PDF a un mot de passe. Donnez-le sans mot de passe, ou donnez une photo."),
    "DEM-045": noop("Cette pièce a déjà beaucoup de fichiers. Réunissez les pages dans un seul PDF."),
    "ESP-002": _CLOSE,
    "ESP-003": noop("Rien n'est écrit. Dites en quelques mots ce qui est à changer."),
    "ESP-010": noop("Cochez au moins un acte."),
    "ESP-011": noop("Donnez un jour à venir, dans les douze mois."),
}


def said(probleme: Problem) -> str:
    """Return a refusal in words that an applicant reads; in French, one without a sentence keeps its own."""
    known = _PHRASES.get(probleme.code)
    if known is not None:
        return _(known)
    if (get_language() or "fr").startswith("fr"):
        return f"{probleme.constat} {probleme.que_faire}"
    words = _("Ce n'est pas possible en ligne. Téléphonez, ou venez au guichet, et dites : %(code)s.")
    return words % {"code": probleme.code}


def all_said(error: PalierError) -> list[str]:
    """Return the refusals of an operation, each once, in order."""
    return list(dict.fromkeys(said(problem) for problem in error.problems))
