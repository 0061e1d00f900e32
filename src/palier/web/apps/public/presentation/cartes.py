"""An offer as a card of a list."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from palier.web.apps.public.presentation.durees import months
from palier.web.apps.public.queries.files import File, files_of
from palier.web.components.ecriture import ecrire_nombre
from palier.web.components.liens import adresse
from palier.web.components.pieces import CarteOffre, Etat, Facade, Fait
from palier.web.components.templatetags.palier import date_courante, jour
from palier.web.components.textes import enumerer, isoler
from palier.web.horloge import PARIS

_NEW_DAYS = 3
_KEPT = 4_096  # drawn cards, some 2 kB each

_ROOMS = {
    "chambre": noop("Chambre"),
    "t1": noop("Une pièce"),
    "t2": noop("Deux-pièces"),
    "t3": noop("Trois-pièces"),
    "t4": noop("Quatre-pièces"),
    "t5": noop("Cinq-pièces"),
    "t6": noop("Six pièces et plus"),
}
_RESERVED = {
    "etudiant": noop("Réservé aux étudiants"),
    "jeune_moins_30": noop("Réservé aux moins de 30 ans"),
    "senior": noop("Réservé aux personnes âgées"),
    "handicap": noop("Réservé aux personnes handicapées"),
}
_KINDS = {
    "vente_hlm": noop("Vente HLM"),
    "location_accession": noop("Location-accession (PSLA)"),
    "brs": noop("Bail réel solidaire (BRS)"),
    "vefa_accession": noop("Logement neuf"),
}


def rooms_name(typologie: str | None) -> str:
    """Return the name of a size: « Trois-pièces »."""
    return _(_ROOMS.get(typologie or "", noop("Logement")))


def title_of(carte: dict[str, Any]) -> str:
    """Return what the home is: « Trois-pièces de 64 m² »."""
    surface = carte.get("surface_m2")
    if carte["nature"] == "local_activite":
        return _("Local d'activité de %(m2)d m²") % {"m2": surface} if surface else _("Local d'activité")
    name = rooms_name(carte.get("typologie"))
    return _("%(taille)s de %(m2)d m²") % {"taille": name, "m2": surface} if surface else name


def place_of(carte: dict[str, Any]) -> str:
    """Return where it is: postal code and commune."""
    parts = (carte.get("code_postal") or "", carte.get("commune") or "")
    return isoler(" ".join(part for part in parts if part))


def facade_of(carte: dict[str, Any]) -> tuple[Facade, str]:
    """Return the drawing of the building and its words; the floor of an occupied home is not shown."""
    if carte["nature"] == "local_activite":
        return Facade("local"), _("Local en pied d'immeuble")
    if carte.get("type_bien") == "maison":
        return Facade("maison"), _("Maison")
    floors, floor, lift = carte.get("nb_etages"), carte.get("etage"), bool(carte.get("avec_ascenseur"))
    drawn = Facade("immeuble", max(floors or 0, floor or 0, 1 if floors is None else floors), floor, lift)
    words = [
        ngettext("Immeuble de %(n)d étage", "Immeuble de %(n)d étages", floors) % {"n": floors}
        if floors
        else _("Immeuble"),
        _("avec ascenseur") if lift else _("sans ascenseur") if carte.get("avec_ascenseur") is False else "",
        floor_name(floor) if floor is not None else "",
    ]
    return drawn, enumerer(word for word in words if word)


def floor_name(etage: int) -> str:
    """Return the words of a floor."""
    if etage == 0:
        return _("rez-de-chaussée")
    if etage == 1:
        return _("1er étage")
    return _("%(n)de étage") % {"n": etage}


def facts_of(carte: dict[str, Any], au: dt.date) -> list[Fait]:
    """Return floor, lift and availability."""
    found = []
    if carte["nature"] != "local_activite":
        if carte.get("type_bien") == "maison":
            found.append(Fait("house-line", _("maison")))
        elif carte.get("etage") is not None:
            found.append(Fait("buildings", floor_name(carte["etage"])))
        if carte.get("avec_ascenseur") is not None and carte.get("type_bien") != "maison":
            lift = carte["avec_ascenseur"]
            found.append(Fait("elevator", _("ascenseur")) if lift else Fait("stairs", _("sans ascenseur")))
        if carte.get("occupe"):
            found.append(Fait("user", _("occupé par son locataire")))
    day = carte.get("disponible_le")
    if day:
        when = dt.date.fromisoformat(day)
        text = _("libre maintenant") if when <= au else _("libre le %(jour)s") % {"jour": date_courante(when)}
        found.append(Fait("calendar", text))
    return found


def freshness_of(statut: str, confirmee_le: dt.datetime, au: dt.date) -> Etat:
    """Return when the landlord last said that the offer stands."""
    day = confirmee_le.astimezone(PARIS).date()
    said = _("aujourd'hui") if day == au else _("le %(jour)s") % {"jour": jour(day)}
    if statut == "a_confirmer":
        return Etat("en_attente", _("À confirmer"), _(", vu %(jour)s") % {"jour": said})
    return Etat("fait", _("Confirmé %(jour)s") % {"jour": said})


def price_of(carte: dict[str, Any]) -> tuple[int | None, str]:
    """Return what is to be paid [cents], and for what."""
    if carte["nature"] == "location":
        return carte.get("loyer_cc_cent"), _("par mois, charges comprises")
    if carte["nature"] == "local_activite":
        return carte.get("loyer_cc_cent"), _("par mois, charges comprises, hors taxes")
    if carte["nature"] == "brs":
        return carte.get("prix_cent"), _("prix du logement, sans le terrain")
    return carte.get("prix_cent"), _("prix de vente")


def marks_of(carte: dict[str, Any], publiee_le: dt.datetime, au: dt.date) -> list[str]:
    """Return « Nouveau », « Réservé aux étudiants », the kind of a sale."""
    found = [_("Nouveau")] if (au - publiee_le.astimezone(PARIS).date()).days < _NEW_DAYS else []
    words = (_KINDS.get(carte["nature"]), _RESERVED.get(carte.get("public_reserve") or ""))
    return found + [_(word) for word in words if word]


def card_of(carte: dict[str, Any], au: dt.date, attente: str = "") -> CarteOffre:
    """Return the card of an offer as the search gives it.

    Parameters
    ----------
    carte : dict
        One item of :meth:`Page.offres`.
    au : date
        Today, in Paris.
    attente : str
        The line about waits of similar requests, in words.
    """
    drawn, words = facade_of(carte)
    price, mention = price_of(carte)
    return CarteOffre(
        url=adresse(f"/offres/{carte['id']}"),
        titre=title_of(carte),
        lieu=place_of(carte),
        facade=drawn,
        description=words,
        prix_cent=price,
        prix_mention=mention,
        etat=freshness_of(carte["statut"], dt.datetime.fromisoformat(carte["confirmee_le"]), au),
        bailleur=carte.get("bailleur_nom") or "",
        faits=facts_of(carte, au),
        energie=carte.get("dpe") or "",
        attente=attente,
        marques=marks_of(carte, dt.datetime.fromisoformat(carte["publiee_le"]), au),
    )


def drawn(cartes: Iterable[dict[str, Any]], au: dt.date, niveau: int) -> SafeString:
    """Return the cards of a list as they stand in its page.

    Parameters
    ----------
    cartes : iterable of dict
        Items of :meth:`Page.offres`.
    au : date
        Today, in Paris.
    niveau : int
        Level of the headings, 2 or 3.
    """
    langue = get_language() or "fr"
    shown = list(cartes)
    queues = files_of((_queue(carte) for carte in shown if carte["nature"] == "location"), au)
    parts = (
        _drawn(json.dumps(carte), au, niveau, langue, wait_line(queues.get(_queue(carte)), langue))
        for carte in shown
    )
    return mark_safe("".join(parts))  # noqa: S308 - rendered by a template, which escapes


def _queue(carte: dict[str, Any]) -> tuple[str, str]:
    return carte.get("commune_code") or "", (carte.get("typologie") or "").lower()


def wait_line(file: File | None, langue: str) -> str:
    """Return « 412 demandes semblables, attente médiane 26 mois »; nothing where nothing is published."""
    if file is None:
        return ""
    if file.n is None:
        return _("Groupe trop petit pour un calcul")
    number = ecrire_nombre(file.n, langue)
    if file.attente is None:
        words = ngettext("%(n)s demande semblable", "%(n)s demandes semblables", file.n)
        return words % {"n": number}
    words = ngettext(
        "%(n)s demande semblable, attente médiane %(duree)s",
        "%(n)s demandes semblables, attente médiane %(duree)s",
        file.n,
    )
    return words % {"n": number, "duree": months(file.attente)}


@lru_cache(maxsize=_KEPT)
def _drawn(carte: str, au: dt.date, niveau: int, _langue: str, attente: str) -> str:
    """Draw one card; an offer that many lists show is drawn once a day, a language and a state."""
    context = {"offre": card_of(json.loads(carte), au, attente), "niveau": niveau}
    return render_to_string("components/offre.html", context)
