"""The search form, the chosen filters and the empty result, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.base import mots
from palier.web.apps.offres.rules.filtres import CLASSES, RAYONS_KM, TRIS, Filtres
from palier.web.components.ecriture import ecrire_montant, ecrire_nombre
from palier.web.components.liens import adresse
from palier.web.components.pieces import Action, ChampLibre, Choix, GroupeChoix, Puce, Retrait, Vide
from palier.web.components.templatetags.palier import date_courante
from palier.web.components.textes import enumerer

ACCES = (
    "douche_sans_ressaut",
    "porte_entree_large",
    "ascenseur_large",
    "wc_transfert",
    "stationnement_large",
)


def code_word(colonne: str, code: str, langue: str) -> str:
    """Return the words of a code of the registry."""
    known = langue if langue in mots.LANGUES else "fr"
    return core_name(mots.word(f"code.{colonne}.{code}", known), langue)


def core_name(nom: str, langue: str) -> str:
    """Return a name that the core gave, in French where it lacks a language: the catalogues then hold it."""
    return nom if langue in mots.LANGUES else _(nom)


def natures(filtres: Filtres) -> GroupeChoix:
    """Return the three kinds of offers, as joined radios."""
    words = {"louer": _("À louer"), "acheter": _("À acheter"), "local": _("Un local")}
    choices = [Choix(code, text, choisi=code == filtres.nature) for code, text in words.items()]
    return GroupeChoix("nature", _("Que cherchez-vous ?"), choices, plusieurs=False)


def size_name(pieces: int) -> str:
    """Return « 3 pièces (T3) »."""
    if pieces == 6:
        return _("6 pièces et plus (T6)")
    return ngettext("%(n)d pièce (T%(n)d)", "%(n)d pièces (T%(n)d)", pieces) % {"n": pieces}


def form(
    filtres: Filtres, lieu: str, tailles: Mapping[int, int] | None, langue: str, erreur: str = ""
) -> dict[str, object]:
    """Return the fields of the filter panel.

    Parameters
    ----------
    filtres : Filtres
        What is asked.
    lieu : str
        Name of the place, as it is shown.
    tailles : mapping of int to int
        Offers by number of rooms, the other filters kept; None where they are not counted.
    langue : str
        Language of the page.
    erreur : str
        What is wrong with the place.
    """
    buying = filtres.nature == "acheter"
    around = [Choix("0", _("le lieu seul"), choisi=not filtres.centre)]
    around += [
        Choix(
            str(km),
            _("jusqu'à %(km)d km") % {"km": km},
            choisi=bool(filtres.centre) and filtres.rayon_km == km,
        )
        for km in RAYONS_KM
    ]
    counts = [None if tailles is None else tailles.get(n, 0) for n in range(1, 7)]
    sizes = [Choix(f"T{n}", size_name(n), counts[n - 1], n in filtres.pieces) for n in range(1, 7)]
    codes = dict.fromkeys((*ACCES, *filtres.accessibilite))
    access = [
        Choix(c, code_word("accessibilite", c, langue), choisi=c in filtres.accessibilite) for c in codes
    ]
    energy = [Choix("", _("toutes"), choisi=not filtres.dpe_max)]
    energy += [
        Choix(c, _("%(classe)s ou mieux") % {"classe": c}, choisi=filtres.dpe_max == c) for c in CLASSES[:6]
    ]
    return {
        "natures": natures(filtres),
        "lieu": ChampLibre(
            "lieu",
            _("Commune, code postal, département"),
            lieu,
            suggestions="/api/v1/lieux",
            erreur=erreur,
        ),
        "autour": GroupeChoix("rayon", _("Autour"), around),
        "tailles": GroupeChoix("typologie", _("Taille"), sizes),
        "loyer": ChampLibre(
            "loyer_max",
            _("Prix maximum") if buying else _("Loyer maximum, charges comprises"),
            str(filtres.loyer_max_eur or ""),
            _("€") if buying else _("€ par mois"),
            mode="numeric",
        ),
        "surface": ChampLibre(
            "surface_min", _("Surface minimum"), str(filtres.surface_min or ""), _("m²"), mode="numeric"
        ),
        "plain_pied": GroupeChoix(
            "plain_pied",
            _("Sans escalier"),
            [Choix("oui", _("Ascenseur ou rez-de-chaussée"), choisi=filtres.plain_pied)],
        ),
        "acces": GroupeChoix("accessibilite", _("Équipements d'accessibilité"), access),
        "dpe": GroupeChoix("energie", _("Classe énergie"), energy),
    }


def sort_choices(filtres: Filtres) -> GroupeChoix:
    """Return the orders of the list."""
    words = {
        "recentes": _("les plus récents"),
        "loyer": _("le moins cher"),
        "surface": _("le plus grand"),
        "distance": _("le plus proche"),
    }
    kept = [code for code in TRIS if code != "distance" or filtres.centre]
    return GroupeChoix("tri", _("Trier par"), [Choix(c, words[c], choisi=c == filtres.tri) for c in kept])


def filter_name(filtres: Filtres, name: str, lieu: str, langue: str) -> str:
    """Return the words of one active filter: « 600 € au plus »."""
    f = filtres
    euros = ecrire_montant((f.loyer_max_eur or 0) * 100, langue, rond=True)
    sizes = enumerer(f"T{n}" + ("+" if n == 6 else "") for n in f.pieces)
    words = {
        "communes": lieu,
        "departement": lieu,
        "epci": lieu,
        "centre": _("%(km)d km autour de %(lieu)s")
        % {"km": f.rayon_km, "lieu": f.autour_de or lieu or _("ce point")},
        "boite": _("zone de la carte"),
        "pieces": sizes,
        "loyer_max_eur": _("%(prix)s au plus") % {"prix": euros},
        "surface_min": _("%(m2)d m² au moins") % {"m2": f.surface_min},
        "dpe_max": _("énergie %(classe)s ou mieux") % {"classe": f.dpe_max},
        "plain_pied": _("sans escalier"),
        "accessibilite": enumerer(code_word("accessibilite", c, langue).lower() for c in f.accessibilite),
        "financement": enumerer(code_word("financement_offre", c, langue) for c in f.financement),
        "public_reserve": code_word("public_reserve", f.public_reserve, langue),
        "disponible_le": _("libre avant le %(jour)s")
        % {"jour": date_courante(dt.date.fromisoformat(f.disponible_le)) if f.disponible_le else ""},
        "bailleur": _("un seul bailleur"),
        "depuis_jours": _("depuis %(n)d jours") % {"n": f.depuis_jours},
    }
    return words[name] or _("lieu choisi")


def chips(filtres: Filtres, page: str, lieu: str, langue: str) -> list[Puce]:
    """Return the active filters, each a link that removes it."""
    return [
        Puce(filter_name(filtres, name, lieu, langue), link(page, filtres.without(name)))
        for name in filtres.active()
    ]


def link(page: str, filtres: Filtres, **change: object) -> str:
    """Return the address of a list with these filters, in the language of the page."""
    query = filtres.query(**change)
    return adresse(page) + (f"?{query}" if query else "")


def empty(filtres: Filtres, sans: Mapping[str, int], page: str, lieu: str, langue: str) -> Vide:
    """Return the empty result: which filters cost most, first; and a way out."""
    costly = sorted(((n, name) for name, n in sans.items() if n), reverse=True)[:4]
    names = [
        Retrait(
            ngettext("sans « %(filtre)s » : %(n)s offre", "sans « %(filtre)s » : %(n)s offres", n)
            % {"filtre": filter_name(filtres, name, lieu, langue), "n": ecrire_nombre(n, langue)},
            link(page, filtres.without(name)),
        )
        for n, name in costly
    ]
    count = len(filtres.active())
    title = (
        ngettext("Aucune offre ne répond à votre filtre", "Aucune offre ne répond à vos %(n)d filtres", count)
        % {"n": count}
        if count
        else _("Aucune offre en ligne aujourd'hui")
    )
    text = _("Retirez plusieurs filtres, ou faites-vous prévenir.")
    if not count:
        text = _("Recevez un courriel dès qu'une offre paraît.")
    elif names:
        text = _("Retirer un seul filtre suffit parfois :")
    return Vide(title, text, names, Action(_("Me prévenir par courriel"), link("/alertes", filtres), "bell"))
