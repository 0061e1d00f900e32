"""``{% load palier %}``: words, numbers, icons, drawings and parts of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palier.web.components import ecriture, liens
from palier.web.components.actifs import chemin_actif, planche_icone
from palier.web.components.champs import ancre_champ, contexte_champ
from palier.web.components.dates import ecrire_date
from palier.web.components.dessin.attente import Attente, dessiner_attente
from palier.web.components.dessin.barres import Barre, dessiner_barres, dessiner_jauge
from palier.web.components.dessin.carte import Cadre, Contour, Repere, dessiner_carte
from palier.web.components.dessin.energie import dessiner_echelle
from palier.web.components.dessin.escalier import dessiner_escalier
from palier.web.components.dessin.facade import Facade, dessiner_facade
from palier.web.components.dessin.histogramme import Histogramme, dessiner_histogramme
from palier.web.components.etats import ETATS, Signe
from palier.web.components.typographie import typographier, typographier_html

register = template.Library()
_SENS = {"arrow-right", "arrow-left", "list-bullets"}  # icons that turn with the direction of the text


def _langue() -> str:
    return get_language() or "fr"


# --- Words ------------------------------------------------------------------------------------------------


@register.filter
def typo(valeur: str) -> SafeString:
    """Write a text with the spaces and ordinals of French; other languages are left as they are."""
    escaped = str(conditional_escape(valeur))
    return mark_safe(typographier_html(escaped) if _langue() == "fr" else escaped)  # noqa: S308 - escaped


@register.filter
def typo_texte(valeur: str) -> str:
    """Write a plain text (attribute, title) with the spaces of French, without markup."""
    return typographier(str(valeur)) if _langue() == "fr" else str(valeur)


class _Typographie(template.Node):
    """Mends the French text of all that it holds."""

    def __init__(self, contenu: NodeList) -> None:
        self.contenu = contenu

    def render(self, context: Context) -> SafeString:
        """Return the page, its text mended in French."""
        page = self.contenu.render(context)
        return mark_safe(typographier_html(page)) if _langue() == "fr" else page  # noqa: S308 - rendered already


@register.tag
def typographie(parser: Parser, token: Token) -> _Typographie:
    """Mend the French text between ``{% typographie %}`` and ``{% endtypographie %}``, never the tags."""
    del token
    contenu = parser.parse(("endtypographie",))
    parser.delete_first_token()
    return _Typographie(contenu)


# --- Numbers and dates ------------------------------------------------------------------------------------


@register.filter
def montant(cents: int | None) -> str:
    """Write cents: 508,80 €."""
    return "" if cents is None else ecriture.ecrire_montant(int(cents), _langue())


@register.filter
def montant_rond(cents: int | None) -> str:
    """Write cents, whole euros without decimals: 1 090 €."""
    return "" if cents is None else ecriture.ecrire_montant(int(cents), _langue(), rond=True)


@register.filter
def nombre(valeur: int | None) -> str:
    """Write a whole number: 20 053."""
    return "" if valeur is None else ecriture.ecrire_nombre(int(valeur), _langue())


@register.filter
def decimal(valeur: Fraction | int | None) -> str:
    """Write an exact number with two decimals at most: 2,25."""
    return "" if valeur is None else ecriture.ecrire_decimal(Fraction(valeur), _langue())


@register.filter
def part(valeur: Fraction | int | None, decimales: int = 0) -> str:
    """Write a share of one as a percentage: 94 %."""
    return "" if valeur is None else ecriture.ecrire_part(Fraction(valeur), _langue(), decimales)


def _local(jour: date | datetime) -> date | datetime:
    return timezone.localtime(jour) if isinstance(jour, datetime) and timezone.is_aware(jour) else jour


def _ecrire_date(jour: date | datetime, genre: str) -> str:
    """Write a date as plain text, to stand inside a sentence: the page raises the ordinals."""
    written = ecrire_date(_local(jour), genre)
    return typographier(written) if _langue() == "fr" else written


@register.filter
def date_longue(jour: date | datetime | None) -> str:
    """Write a deadline: jeudi 12 mars 2026."""
    return "" if jour is None else _ecrire_date(jour, "longue")


@register.filter
def date_courante(jour: date | datetime | None) -> str:
    """Write a date: 12 mars 2026."""
    return "" if jour is None else _ecrire_date(jour, "courante")


@register.filter
def jour(valeur: date | datetime | None) -> str:
    """Write a day of this year: 12 mars."""
    return "" if valeur is None else _ecrire_date(valeur, "jour")


@register.filter
def date_machine(jour: date | datetime | None) -> str:
    """Write a date for programs (``<time datetime>``)."""
    return "" if jour is None else _local(jour).isoformat()


# --- Addresses, files, icons ------------------------------------------------------------------------------


@register.simple_tag
def actif(nom: str) -> str:
    """Return the address of a built file: ``{% actif "site.css" %}``."""
    return f"{settings.STATIC_URL}{chemin_actif(nom)}"


@register.simple_tag
def adresse(chemin: str) -> str:
    """Return a path of the site below the language of the page."""
    return liens.adresse(chemin)


@register.simple_tag
def icone(nom: str) -> SafeString:
    """Return an icon, hidden from readers: a word always stands beside it."""
    return _icone(nom, settings.STATIC_URL)


@cache
def _icone(nom: str, racine: str) -> SafeString:
    sheet = f"{racine}{chemin_actif(planche_icone(nom))}"
    turn = " icone-sens" if nom in _SENS else ""
    return format_html(
        '<svg class="icone{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        turn,
        sheet,
        nom,
    )


@register.filter
def signe(code: str) -> Signe:
    """Return the icon and the colour of a status."""
    return ETATS[code]


@register.simple_tag(takes_context=True)
def rubriques(context: Context) -> list[dict[str, str]]:
    """Return the entries of the navigation, with the one of this page marked."""
    here = context["request"].path if "request" in context else ""
    return [
        {"texte": _(r.texte), "url": liens.adresse(r.chemin), "courant": liens.couvre(r, here)}
        for r in liens.NAVIGATION
    ]


@register.simple_tag
def rubriques_pied() -> list[dict[str, Any]]:
    """Return the columns of the footer."""
    return [
        {"titre": _(titre), "liens": [{"texte": _(r.texte), "url": liens.adresse(r.chemin)} for r in entries]}
        for titre, entries in liens.PIED
    ]


# --- Drawings ---------------------------------------------------------------------------------------------


@register.simple_tag
def facade(dessin: Facade, description: str = "") -> SafeString:
    """Draw a façade; ``description`` says it in words (decoration without)."""
    return mark_safe(dessiner_facade(dessin, str(description)))  # noqa: S308 - values escaped by dessin.svg


@register.simple_tag
def escalier() -> SafeString:
    """Draw the stairwell of the home page (decoration)."""
    return mark_safe(dessiner_escalier())  # noqa: S308 - constant


@register.simple_tag
def echelle(classe: str, genre: str = "energie") -> SafeString:
    """Draw the energy or climate scale; the heading beside it says class and value in words."""
    drawing = dessiner_echelle(classe, genre == "climat", _("ce logement"))
    return mark_safe(drawing)  # noqa: S308 - values escaped by dessin.svg


@register.simple_tag
def bande_attente(attente: Attente, nom: str) -> SafeString:
    """Draw the wait strip, wide and phone; ``nom`` says its result."""
    both = (dessiner_attente(attente, str(nom), telephone) for telephone in (False, True))
    return mark_safe("".join(both))  # noqa: S308 - values escaped by dessin.svg


@register.simple_tag
def histogramme(effectifs: Histogramme, nom: str) -> SafeString:
    """Draw a histogram, wide and phone; ``nom`` says its result."""
    both = (dessiner_histogramme(effectifs, str(nom), telephone) for telephone in (False, True))
    return mark_safe("".join(both))  # noqa: S308 - values escaped by dessin.svg


@register.simple_tag
def barres(valeurs: list[Barre], nom: str) -> SafeString:
    """Draw horizontal bars, wide and phone; ``nom`` says their result."""
    both = (dessiner_barres(valeurs, str(nom), telephone) for telephone in (False, True))
    return mark_safe("".join(both))  # noqa: S308 - values escaped by dessin.svg


@register.simple_tag
def jauge(valeur: int, but: int, maximum: int) -> SafeString:
    """Draw a gauge with the mark of its objective (decoration of the sentence beside it)."""
    return mark_safe(dessiner_jauge(valeur, but, maximum))  # noqa: S308 - numbers


@register.simple_tag
def carte(cadre: Cadre, contours: list[Contour], reperes: list[Repere], nom: str) -> SafeString:
    """Draw a map without script, wide and phone."""
    both = (dessiner_carte(cadre, contours, reperes, str(nom), telephone) for telephone in (False, True))
    return mark_safe("".join(both))  # noqa: S308 - values escaped by dessin.svg


# --- Parts ------------------------------------------------------------------------------------------------


@register.filter
def avec(gauche: Iterable[Any], droite: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Walk two lists together: ``{% for cellule, colonne in ligne|avec:colonnes %}``."""
    return list(zip(gauche, droite, strict=True))


@register.filter
def ancre(champ: BoundField) -> str:
    """Return where a link of the summary of errors leads: the field, or the first of its group."""
    return ancre_champ(champ)


@register.inclusion_tag("components/champ.html")
def champ(champ: BoundField, suffixe: str = "", facultatif: str = "") -> dict[str, Any]:
    """Draw a field of a form: label, help, widget, errors."""
    return contexte_champ(champ, suffixe, facultatif)


@register.simple_block_tag
def section(content: str, titre: str, id: str, niveau: int = 2) -> SafeString:
    """Open a section with la marche and its title."""
    return format_html(
        '<section class="marche" aria-labelledby="{id}"><h{n} id="{id}">{titre}</h{n}>{contenu}</section>',
        id=id,
        n=niveau,
        titre=titre,
        contenu=content,
    )


@register.simple_block_tag
def filtres(
    content: str, action: str, choisis: int = 0, bouton: str = "", compte: str = "", ouvert: object = False
) -> SafeString:
    """Wrap the fields of a search in its panel, folded on phones unless it is ``ouvert``: a field is wrong.

    ``compte`` is the address of a fragment ``#compte`` that follows the choices as they are made.
    """
    context = {
        "contenu": content,
        "action": action,
        "choisis": choisis,
        "bouton": bouton or _("Voir les logements"),
        "compte": compte,
        "ouvert": bool(ouvert),
    }
    return render_to_string("components/filtres.html", context)
