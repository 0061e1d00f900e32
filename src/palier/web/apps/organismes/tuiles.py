"""Tiles of this app: accounts, keys, organismes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.web.apps.comptes.rules import scope
from palier.web.apps.organismes import queries
from palier.web.apps.organismes.bureau import Tuile
from palier.web.apps.organismes.queries import FonctionActive


def tuiles(fonction: FonctionActive, au: dt.date) -> Iterator[Tuile]:
    """Yield what this app has for a function."""
    if fonction.organisme_id is not None and scope(fonction.role, "cle_api", "R"):
        yield from _cles(fonction, au)
    if scope(fonction.role, "utilisateur", "R"):
        yield _comptes(fonction, au)
    if scope(fonction.role, "organisme", "R"):
        count = queries.count_organismes()
        words = ngettext("%(n)s ouvert", "%(n)s ouverts", count) % {"n": count}
        yield Tuile(
            _("Organismes"),
            "info",
            words if count else _("Aucun organisme ouvert"),
            "",
            reverse("organismes:organismes"),
            _("Voir les organismes"),
            70,
        )


def _cles(fonction: FonctionActive, au: dt.date) -> Iterator[Tuile]:
    """Keys: those that will soon stop are work, the others a fact."""
    assert fonction.organisme_id is not None
    live, soon = queries.count_keys(fonction.organisme_id, au)
    url, geste = reverse("organismes:cles"), _("Voir les clés")
    if soon:
        words = ngettext("%(n)s clé finit", "%(n)s clés finissent", soon) % {"n": soon}
        yield Tuile(_("Clés des programmes"), "a_vous", words, _(" dans moins de 30 jours"), url, geste, 20)
    else:
        words = ngettext("%(n)s clé valable", "%(n)s clés valables", live) % {"n": live}
        words = words if live else _("Aucune clé valable")
        yield Tuile(_("Clés des programmes"), "info", words, "", url, geste, 60)


def _comptes(fonction: FonctionActive, au: dt.date) -> Tuile:
    """Accounts: those whose address fails are work."""
    total, failing = queries.count_members(fonction.organisme_id, au)
    url, geste = reverse("organismes:utilisateurs"), _("Voir les comptes")
    if failing:
        words = ngettext("%(n)s adresse refuse", "%(n)s adresses refusent", failing) % {"n": failing}
        return Tuile(_("Comptes"), "attention", words, _(" nos messages"), url, geste, 30)
    words = ngettext("%(n)s compte ouvert", "%(n)s comptes ouverts", total) % {"n": total}
    return Tuile(_("Comptes"), "info", words, "", url, geste, 65)
