"""The addresses that every page links to, below the language of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as noop


@dataclass(frozen=True, slots=True)
class Rubrique:
    """An entry of the navigation: its words (French source text), its path, the paths it stands for."""

    texte: str
    chemin: str
    couvre: tuple[str, ...] = ()


NAVIGATION = (
    Rubrique(noop("Chercher un logement"), "/offres", ("/carte", "/acheter", "/locaux", "/alertes")),
    Rubrique(noop("Ma demande"), "/ma-demande/"),
    Rubrique(noop("Comprendre"), "/comprendre", ("/commissions", "/simuler")),
    Rubrique(noop("Chiffres et données"), "/chiffres", ("/donnees", "/developpeurs", "/journal")),
)
AIDE = Rubrique(noop("Aide"), "/aide")
AGENTS = Rubrique(noop("Professionnels"), "/agents/")
PIED = (
    (
        noop("Comprendre"),
        (
            Rubrique(noop("De la demande aux clés"), "/comprendre"),
            Rubrique(noop("Simuler"), "/simuler"),
            Rubrique(noop("Acheter un logement"), "/acheter"),
            Rubrique(noop("Données ouvertes"), "/donnees"),
            Rubrique(noop("Développeurs"), "/developpeurs"),
            Rubrique(noop("Journal vérifiable"), "/journal"),
        ),
    ),
    (
        noop("Le site"),
        (
            Rubrique(noop("Accessibilité"), "/accessibilite"),
            Rubrique(noop("Plan du site"), "/plan-du-site"),
            Rubrique(noop("Confidentialité"), "/confidentialite"),
            Rubrique(noop("Mentions légales"), "/mentions-legales"),
        ),
    ),
)


def adresse(chemin: str) -> str:
    """Return a path below the language of the page: ``/offres``, ``/en/offres``."""
    langue = get_language() or settings.LANGUAGE_CODE
    return chemin if langue == settings.LANGUAGE_CODE else f"/{langue}{chemin}"


def sans_langue(chemin: str) -> str:
    """Return a path without its language."""
    head, _, tail = chemin.removeprefix("/").partition("/")
    known = {code for code, _ in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return f"/{tail}" if head in known else chemin


def couvre(rubrique: Rubrique, chemin: str) -> str:
    """Return the value of ``aria-current`` of an entry on a page: ``page``, ``true`` or nothing."""
    here = sans_langue(chemin)
    if here.rstrip("/") == rubrique.chemin.rstrip("/"):
        return "page"
    roots = (rubrique.chemin.rstrip("/"), *rubrique.couvre)
    return "true" if any(here == root or here.startswith(root + "/") for root in roots) else ""
