"""Openness of chance: what is published of the queue of such homes; it informs, it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation.durees import months
from palier.web.apps.public.queries.statistiques import Attentes, FigureFile
from palier.web.components.dessin.attente import Attente
from palier.web.components.ecriture import ecrire_nombre
from palier.web.components.liens import adresse
from palier.web.components.pieces import Chiffre, Etat, Lien

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Chances:
    """The block of chance: figures, the wait strip and its words, or why nothing is shown."""

    chiffres: list[Chiffre]
    attente: Attente | None
    nom: str
    legende: str
    masque: Etat | None
    explication: str
    methode: Lien


def strip_of(attentes: Attentes) -> Attente | None:
    """Return the wait strip of published waits; None where the band is not known."""
    if attentes.q10 is None or attentes.q90 is None or not attentes.q10 <= attentes.q50 <= attentes.q90:
        return None
    end = -(-attentes.maximum // _YEAR) * _YEAR
    return Attente(
        attentes.q10,
        attentes.q50,
        attentes.q90,
        end,
        months(attentes.q10),
        _("médiane %(duree)s") % {"duree": months(attentes.q50)},
        months(attentes.q50),
        months(attentes.q90),
        months(end),
    )


def strip_name(attentes: Attentes) -> str:
    """Return the result that the strip shows, in words."""
    if attentes.q10 is None or attentes.q90 is None:
        return _("La moitié des attentes dure moins de %(milieu)s") % {"milieu": months(attentes.q50)}
    words = _("Huit attentes sur dix vont de %(bas)s à %(haut)s, la moitié dure moins de %(milieu)s")
    return words % {
        "bas": months(attentes.q10),
        "haut": months(attentes.q90),
        "milieu": months(attentes.q50),
    }


def caption_of(figure: FigureFile, territoire: str, langue: str) -> str:
    """Return base, place and date of published waits."""
    waits = figure.attentes
    assert waits is not None
    assert figure.au is not None
    since = dates.full(waits.depuis) if waits.depuis else ""
    words = (
        _("Base : %(n)s ménages logés en %(taille)s, %(territoire)s, depuis le %(depuis)s. Calcul du %(au)s.")
        if since
        else _("Base : %(n)s ménages logés en %(taille)s, %(territoire)s. Calcul du %(au)s.")
    )
    return words % {
        "n": ecrire_nombre(waits.baux, langue),
        "taille": figure.typologie.upper(),
        "territoire": territoire,
        "depuis": since,
        "au": dates.full(figure.au),
    }


def chances_of(figure: FigureFile, territoire: str, langue: str) -> Chances:
    """Return the block of chance of a home to rent.

    Parameters
    ----------
    figure : FigureFile
        What is published of its queue.
    territoire : str
        Name of the EPCI.
    langue : str
        Language of the page.
    """
    method = Lien(_("Méthode et tableau"), adresse("/chiffres"))
    if figure.etat != "publiee":
        return Chances([], None, "", "", *_hidden(figure, territoire), methode=method)
    size = figure.typologie.upper()
    numbers = [
        Chiffre(
            ecrire_nombre(figure.n, langue),
            _("demandes de %(taille)s, %(territoire)s") % {"taille": size, "territoire": territoire},
        )
    ]
    waits = figure.attentes
    if waits and waits.liberes is not None:
        words = _("logements %(taille)s libérés en 12 mois") % {"taille": size}
        numbers.append(Chiffre(ecrire_nombre(waits.liberes, langue), words))
    if waits:
        words = _("d'attente au plus, pour la moitié des ménages logés")
        numbers.append(Chiffre(ecrire_nombre(waits.q50, langue), words, unite=_("mois")))
    return Chances(
        chiffres=numbers,
        attente=strip_of(waits) if waits else None,
        nom=strip_name(waits) if waits else "",
        legende=caption_of(figure, territoire, langue)
        if waits
        else _("Calcul du %(au)s.") % {"au": dates.full(figure.au)}
        if figure.au
        else "",
        masque=None if waits else Etat("info", _("Attente masquée"), _(", trop peu de logements attribués")),
        explication="",
        methode=method,
    )


def _hidden(figure: FigureFile, territoire: str) -> tuple[Etat, str]:
    """Return why nothing is shown."""
    if figure.etat == "masquee":
        state = Etat(
            "info", _("Calcul masqué"), _(", moins de %(n)d demandes comparables") % {"n": figure.seuil}
        )
        return state, _("Un groupe aussi petit pourrait faire reconnaître des personnes.")
    place = territoire or _("ce territoire")
    words = _("Aucun chiffre n'est publié sur les demandes de %(lieu)s.") % {"lieu": place}
    return Etat("info", _("Pas encore de calcul")), words
