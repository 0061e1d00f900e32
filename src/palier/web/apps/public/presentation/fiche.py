"""The head of the page of an offer: what it is, where, in which state."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.web.apps.offres.queries.fiche import Fiche
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation.cartes import facade_of, floor_name, place_of, title_of
from palier.web.apps.public.presentation.recherche import code_word
from palier.web.components.liens import adresse
from palier.web.components.pieces import Etat, Fait, Lien
from palier.web.components.textes import enumerer, isoler

_LISTES = {"location": "/offres", "local_activite": "/locaux"}
_ICONES = {
    "local_velos": "bicycle",
    "stationnement": "car",
    "garage": "car",
    "jardin": "tree",
}
_NUMERO = re.compile(r"^\d{1,4}\s*(bis|ter|quater|[A-Da-d])?\s*,?\s+")


def list_path(nature: str) -> str:
    """Return the path of the list where an offer of this nature stands."""
    return _LISTES.get(nature, "/acheter")


def list_title(nature: str) -> str:
    """Return the title of that list."""
    words = {"location": _("Logements à louer"), "local_activite": _("Locaux d'activité")}
    return words.get(nature, _("Logements à acheter"))


def path_of(fiche: Fiche) -> list[Lien]:
    """Return the path from the home page."""
    nature = fiche.carte["nature"]
    return [
        Lien(_("Accueil"), adresse("/")),
        Lien(list_title(nature), adresse(list_path(nature))),
        Lien(title_of(fiche.carte), ""),
    ]


def address_of(fiche: Fiche) -> str:
    """Return the address, as precise as the landlord wants it shown."""
    street = fiche.donnees.get("adresse") or ""
    precision = fiche.donnees.get("precision_adresse") or ""
    if precision == "voie":
        street = _NUMERO.sub("", street)
    elif precision != "numero":
        street = ""
    where = " ".join(part for part in (fiche.carte.get("code_postal"), fiche.carte.get("commune")) if part)
    return isoler(", ".join(part for part in (street, where) if part))


def state_of(fiche: Fiche) -> Etat:
    """Return the state of the offer in words and dates."""
    if not fiche.en_ligne:
        return Etat("ecarte", _("Annonce retirée"))
    assert fiche.confirmee_le is not None
    day = dates.named(dates.in_paris(fiche.confirmee_le))
    if fiche.statut == "a_confirmer":
        end = dates.full(fiche.expire_le) if fiche.expire_le else ""
        words = _(", vu le %(jour)s. Sans nouvelle du bailleur, l'annonce part le %(fin)s.")
        return Etat("en_attente", _("À confirmer"), words % {"jour": day, "fin": end})
    return Etat("fait", _("Disponible"), _(", confirmé par le bailleur le %(jour)s") % {"jour": day})


def facts_of(fiche: Fiche, au: dt.date, langue: str) -> list[Fait]:
    """Return the short facts below the title."""
    d = fiche.donnees
    found = _building(d)
    rooms = d.get("nb_chambres")
    if rooms:
        found.append(
            Fait("bed", ngettext("%(n)d chambre", "%(n)d chambres", rooms) % {"n": rooms}),
        )
    if "douche_sans_ressaut" in (d.get("accessibilite") or ()):
        found.append(Fait("shower", _("douche sans ressaut")))
    if d.get("occupe"):
        found.append(Fait("user", _("occupé par son locataire")))
    if d.get("meuble"):
        found.append(Fait("check-circle", _("meublé")))
    found += _when(d, au)
    named = dict.fromkeys(code for code in (d.get("equipements") or ()) if code in _ICONES)
    return found + [Fait(_ICONES[code], code_word("equipements", code, langue).lower()) for code in named]


def _building(d: dict[str, Any]) -> list[Fait]:
    """Return the floor and the lift."""
    if d["nature"] == "local_activite":
        return []
    if d.get("type_bien") == "maison":
        return [Fait("house-line", _("maison"))]
    found = []
    floor, floors = d.get("etage"), d.get("nb_etages")
    if floor is not None:
        name = floor_name(floor)
        text = _("%(etage)s sur %(total)d") % {"etage": name, "total": floors} if floor and floors else name
        found.append(Fait("buildings", text))
    if d.get("avec_ascenseur") is not None:
        lift = d["avec_ascenseur"]
        found.append(Fait("elevator", _("ascenseur")) if lift else Fait("stairs", _("sans ascenseur")))
    return found


def _when(d: dict[str, Any], au: dt.date) -> list[Fait]:
    """Return when one may enter."""
    delivery = dates.parse(d.get("livraison_date"))
    if delivery and delivery > au:
        return [Fait("calendar", _("livraison prévue le %(jour)s") % {"jour": dates.full(delivery)})]
    day = dates.parse(d.get("disponible_date"))
    if day is None:
        return []
    text = _("libre maintenant") if day <= au else _("libre le %(jour)s") % {"jour": dates.full(day)}
    return [Fait("calendar", text)]


def head(fiche: Fiche, au: dt.date, langue: str) -> dict[str, Any]:
    """Return title, address, façade, state and facts."""
    drawing, words = facade_of(fiche.carte)
    return {
        "titre": title_of(fiche.carte),
        "adresse": address_of(fiche),
        "facade": drawing,
        "facade_mots": words,
        "etat": state_of(fiche),
        "faits": facts_of(fiche, au, langue),
        "paragraphes": [
            line for line in (fiche.donnees.get("description") or "").splitlines() if line.strip()
        ],
    }


def summary(fiche: Fiche, prix: str) -> str:
    """Return the description of the page for search engines and shares."""
    where = place_of(fiche.carte)
    return enumerer(part for part in (title_of(fiche.carte), where, prix, fiche.bailleur) if part)
