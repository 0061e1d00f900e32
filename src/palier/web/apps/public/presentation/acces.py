"""Access and equipment: what is there, what is not, what nobody has said; three values, never two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from palier.web.apps.public.presentation.recherche import code_word
from palier.web.components.pieces import Etat
from palier.web.components.textes import enumerer

#: Where each element stands; a test demands that no code of the registry is left out.
LIEUX: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        noop("Entrée de l'immeuble"),
        (
            "plain_pied",
            "rampe",
            "portes_automatiques",
            "digicode_accessible",
            "visiophone",
            "boucle_magnetique",
            "eclairage_chemin",
        ),
    ),
    (noop("Ascenseur"), ("ascenseur_large", "ascenseur_vocal")),
    (noop("Portes et couloirs"), ("porte_entree_large", "circulation_large")),
    (noop("Séjour et chambres"), ("sejour_giration", "chambre_giration", "piece_aidant", "calme")),
    (noop("Toilettes"), ("wc_transfert", "wc_barres", "wc_rehausse")),
    (noop("Salle d'eau"), ("douche_sans_ressaut", "douche_siege", "sdb_barres")),
    (noop("Cuisine et commandes"), ("cuisine_plan_vide", "commandes_hauteur", "volets_motorises")),
    (noop("Dehors"), ("stationnement_large", "balcon_sans_ressaut")),
    (
        noop("Repères et alertes"),
        ("chemin_lumineux", "detecteur_chute", "teleassistance", "ouverture_distance", "domotique"),
    ),
)


@dataclass(frozen=True, slots=True)
class LigneAcces:
    """A place of the home and what is known there; ``inconnus`` are the words of what nobody has said."""

    lieu: str
    etats: list[Etat]
    inconnus: str = ""


def access_of(d: dict[str, Any], langue: str) -> tuple[list[LigneAcces], list[str]]:
    """Return the places where something is known, then the names of those where nothing is.

    Parameters
    ----------
    d : dict
        Public fields of the offer: ``accessibilite`` holds what was seen, ``accessibilite_absente`` what
        was seen to be missing.
    langue : str
        Language of the page.
    """
    there, missing = set(d.get("accessibilite") or ()), set(d.get("accessibilite_absente") or ())
    lines, unknown = [], []
    for name, codes in LIEUX:
        states = [Etat("fait", _word(code, langue)) for code in codes if code in there]
        states += [
            Etat("ecarte", _word(code, langue), _(" : non")) for code in codes if code in missing - there
        ]
        if not states:
            unknown.append(_(name))
            continue
        left = [_word(code, langue) for code in codes if code not in there | missing]
        lines.append(LigneAcces(_(name), states, _joined(left)))
    return lines, unknown


def _word(code: str, langue: str) -> str:
    word = code_word("accessibilite", code, langue)
    return word[:1].upper() + word[1:]


def _joined(words: Iterable[str]) -> str:
    return enumerer(word[:1].lower() + word[1:] for word in words)


def equipment_of(d: dict[str, Any], langue: str) -> list[str]:
    """Return the words of the equipment that the landlord lists."""
    return [code_word("equipements", code, langue) for code in d.get("equipements") or ()]


def premises_of(d: dict[str, Any], langue: str) -> list[tuple[str, str]]:
    """Return the facts of business premises, in words: surface by level, window, power, lease, activities."""
    rows: list[tuple[str, Any]] = [
        (_("Surface"), _square(d.get("surface_m2"), d.get("surface_nature"), langue)),
        (_("Rez-de-chaussée"), _square(d.get("surface_rdc_m2"))),
        (_("Sous-sol"), _square(d.get("surface_sous_sol_m2"))),
        (_("Autres niveaux"), _square(d.get("surface_autres_m2"))),
        (_("Vitrine"), _metres(d.get("vitrine_cm"))),
        (_("Hauteur sous plafond"), _metres(d.get("hauteur_plafond_cm"))),
        (_("Conduit d'extraction"), _yes_no(d.get("extraction"))),
        (_("Puissance électrique"), f"{d['puissance_kva']} kVA" if d.get("puissance_kva") else ""),
        (_("Arrivée d'eau"), _yes_no(d.get("arrivee_eau"))),
        (_("Accessible au public handicapé"), _yes_no(d.get("erp_accessible"))),
        (_("État"), _coded("local_etat", d, langue)),
        (_("Travaux à la charge de"), _coded("travaux_charge", d, langue)),
        (_("Bail"), _coded("bail_type", d, langue)),
        (_("Activités recherchées"), d.get("activites_recherchees")),
        (_("Activités exclues"), d.get("activites_exclues")),
    ]
    return [(name, str(value) if value not in {None, ""} else _("non renseigné")) for name, value in rows]


def _yes_no(value: bool | None) -> str:
    return "" if value is None else _("oui") if value else _("non")


def _coded(name: str, d: dict[str, Any], langue: str) -> str:
    return code_word(name, d[name], langue) if d.get(name) else ""


def _square(value: int | None, nature: str | None = None, langue: str = "fr") -> str:
    if value is None:
        return ""
    if not value:
        return _yes_no(False)
    kind = f" ({code_word('surface_nature', nature, langue).lower()})" if nature else ""
    return f"{value} m²{kind}"


def _metres(value: int | None) -> str:
    if value is None:
        return ""
    return _("%(m)d,%(cm)02d m") % {"m": value // 100, "cm": value % 100}
