"""Position and wait in words and drawings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.web.apps.cotation.queries.attentes import AttentePubliee
from palier.web.apps.espace.queries.points import EtSi, PositionFile
from palier.web.components.dates import ecrire_date
from palier.web.components.dessin.attente import Attente
from palier.web.components.dessin.histogramme import Histogramme
from palier.web.components.ecriture import ecrire_nombre
from palier.web.components.pieces import Colonne, Tableau

_AN = 12


@dataclass(frozen=True)
class PlaceVue:
    """A queue as a page shows it."""

    taille: str
    phrase: str
    histogramme: Histogramme | None
    nom: str
    tableau: Tableau | None
    attente: Attente | None
    attente_nom: str
    attente_legende: str
    rang: str = ""
    n: str = ""
    milieu: str = ""


def months_since(jour: dt.date, au: dt.date) -> int:
    """Return how many whole months have passed.

    Examples
    --------
    >>> months_since(dt.date(2026, 1, 15), dt.date(2026, 3, 14))
    1
    """
    return (au.year - jour.year) * 12 + au.month - jour.month - (au.day < jour.day)


def place_of(position: PositionFile, mois: int) -> PlaceVue:
    """Return the strips of a queue; ``mois`` is how long the person has waited."""
    size = position.typologie.upper()
    if position.masquee:
        return PlaceVue(size, "", None, "", None, None, "", "")
    words = ngettext(
        "%(n)s demande cherche un %(taille)s. Plus de points que vous : %(devant)s. Autant : %(egalite)s.",
        "%(n)s demandes cherchent un %(taille)s. Plus de points que vous : %(devant)s. Autant : %(egalite)s.",
        position.n,
    ) % {
        "n": ecrire_nombre(position.n),
        "taille": size,
        "devant": ecrire_nombre(position.devant),
        "egalite": ecrire_nombre(position.egalite),
    }
    bands = position.bandes
    drawing = Histogramme(
        [b.n for b in bands],
        _points(bands[0].de),
        _points(bands[-1].a),
        position.vous,
        _("vous"),
        [b.a - b.de + 1 for b in bands],
    )
    name = _("Position %(rang)s sur %(n)s") % {"rang": position.devant + 1, "n": ecrire_nombre(position.n)}
    wait = position.attente
    drawn: tuple[Attente | None, str, str] = (None, "", "") if wait is None else _wait(wait, mois)
    return PlaceVue(
        size,
        words,
        drawing,
        name,
        _twin(position),
        *drawn,
        rang=ecrire_nombre(position.devant + 1),
        n=ecrire_nombre(position.n),
        milieu=months(wait.q50) if wait is not None else "",
    )


def _points(n: int) -> str:
    return ngettext("%(n)s point", "%(n)s points", n) % {"n": ecrire_nombre(n)}


def _twin(position: PositionFile) -> Tableau:
    rows = [
        (
            _("de %(de)s à %(a)s") % {"de": b.de, "a": b.a},
            ecrire_nombre(b.n),
            _("vous") if k == position.vous else "",
        )
        for k, b in enumerate(position.bandes)
    ]
    return Tableau([Colonne(_("Points")), Colonne(_("Demandes"), chiffre=True), Colonne(_("Vous"))], rows)


def months(n: int) -> str:
    """Write a wait."""
    if n and n % _AN == 0 and n >= 2 * _AN:
        return ngettext("%(n)d an", "%(n)d ans", n // _AN) % {"n": n // _AN}
    return ngettext("%(n)d mois", "%(n)d mois", n) % {"n": n}


def _wait(wait: AttentePubliee, mois: int) -> tuple[Attente, str, str]:
    end = -(-max(wait.maximum, mois) // _AN) * _AN
    drawing = Attente(
        wait.q10,
        wait.q50,
        wait.q90,
        end,
        months(wait.q10),
        _("médiane %(duree)s") % {"duree": months(wait.q50)},
        months(wait.q50),
        months(wait.q90),
        months(end),
        vous=mois,
        mot_vous=_("vous"),
    )
    words = _("Huit attentes sur dix vont de %(bas)s à %(haut)s, la moitié dure moins de %(milieu)s")
    name = words % {"bas": months(wait.q10), "haut": months(wait.q90), "milieu": months(wait.q50)}
    base = _("Base : %(n)s ménages logés. Calcul du %(au)s. Ce n'est pas une promesse.")
    return drawing, name, base % {"n": ecrire_nombre(wait.baux), "au": ecrire_date(wait.au)}


def before_after(et_si: EtSi) -> Tableau:
    """Return what would change, as a table."""
    before, after = et_si.file_avant, et_si.file_apres
    rows = [
        (_("Points"), _said(et_si.avant), _said(et_si.apres)),
        (_("Position"), _rank(before), _rank(after)),
        (_("Médiane des attentes"), _median(before), _median(after)),
    ]
    heads = [Colonne(""), Colonne(_("aujourd'hui"), chiffre=True), Colonne(_("alors"), chiffre=True)]
    return Tableau(heads, rows)


def _said(total: int | None) -> str:
    return _("pas de points") if total is None else ecrire_nombre(total)


def _rank(position: PositionFile | None) -> str:
    if position is None or position.masquee:
        return _("calcul masqué")
    return f"{ecrire_nombre(position.devant + 1)} / {ecrire_nombre(position.n)}"


def _median(position: PositionFile | None) -> str:
    if position is None or position.attente is None:
        return _("calcul masqué")
    return months(position.attente.q50)
