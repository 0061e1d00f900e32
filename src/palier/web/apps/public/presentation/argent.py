"""What an offer costs: the block of money of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation.recherche import code_word
from palier.web.components.ecriture import ecrire_montant
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien, LigneMontant


@dataclass(frozen=True, slots=True)
class Argent:
    """A table of amounts, then what stands below it."""

    titre: str
    lignes: list[LigneMontant]
    total: LigneMontant | None
    notes: list[str]
    lien: Lien | None = None


def money_of(d: dict[str, Any], langue: str) -> Argent:
    """Return what the home or the premises cost.

    Parameters
    ----------
    d : dict
        Public fields of the offer.
    langue : str
        Language of the page.
    """
    if d["nature"] == "location":
        return _rent(d, langue)
    if d["nature"] == "local_activite":
        return _premises(d, langue)
    return _sale(d, langue)


def _line(words: str, cents: int | None) -> list[LigneMontant]:
    return [] if cents is None else [LigneMontant(words, cents)]


def _rent(d: dict[str, Any], langue: str) -> Argent:
    kinds = {"provision": _("Charges (provision)"), "forfait": _("Charges (forfait)")}
    rent, charges = d.get("loyer_logement_cent"), d.get("charges_logement_cent")
    lines = _line(_("Loyer hors charges"), rent)
    lines += _line(kinds.get(d.get("mode_charges") or "", _("Charges")), charges)
    total = None if rent is None else LigneMontant(_("Par mois, charges comprises"), rent + (charges or 0))
    notes = []
    if d.get("depot_garantie_cent") is not None:
        amount = ecrire_montant(d["depot_garantie_cent"], langue)
        notes.append(_("Dépôt de garantie : %(montant)s.") % {"montant": amount})
    if d.get("financement_offre"):
        name = code_word("financement_offre", d["financement_offre"], langue)
        notes.append(_("Financement : %(nom)s.") % {"nom": name})
    link = Lien(_("Plafonds de ressources"), adresse("/simuler"))
    return Argent(_("Loyer"), lines, total, notes, link)


def _premises(d: dict[str, Any], langue: str) -> Argent:
    taxes = {"ht": _("hors taxes"), "ttc": _("toutes taxes comprises"), "sans_tva": _("sans TVA")}
    kind = taxes.get(d.get("loyer_fiscalite") or "", "")
    title = _("Loyer (%(fiscalite)s)") % {"fiscalite": kind} if kind else _("Loyer")
    year, charges = d.get("loyer_an_cent"), d.get("charges_an_cent")
    lines = _line(_("Loyer d'un an"), year) + _line(_("Charges d'un an"), charges)
    whole = None if year is None else year + (charges or 0)
    total = None if whole is None else LigneMontant(_("Par an, charges comprises"), whole)
    notes = []
    if whole is not None:
        notes.append(_("Soit %(montant)s par mois.") % {"montant": ecrire_montant(whole // 12, langue)})
    if d.get("taxe_fonciere_an_cent"):
        amount = ecrire_montant(d["taxe_fonciere_an_cent"], langue, rond=True)
        notes.append(_("Taxe foncière à payer : %(montant)s par an.") % {"montant": amount})
    if d.get("depot_garantie_cent") is not None:
        amount = ecrire_montant(d["depot_garantie_cent"], langue)
        notes.append(_("Dépôt de garantie : %(montant)s.") % {"montant": amount})
    if d.get("franchise_mois"):
        months = d["franchise_mois"]
        words = ngettext("%(n)d mois sans loyer à l'entrée.", "%(n)d mois sans loyer à l'entrée.", months)
        notes.append(words % {"n": months})
    if d.get("loyer_progressif"):
        notes.append(_("Loyer progressif : %(texte)s") % {"texte": d["loyer_progressif"]})
    return Argent(title, lines, total, notes)


def _sale(d: dict[str, Any], langue: str) -> Argent:
    nature = d["nature"]
    words = {
        "brs": _("Prix du logement, sans le terrain"),
        "location_accession": _("Prix à la levée de l'option"),
    }
    fees = {"brs": _("Redevance du terrain, par mois"), "location_accession": _("Redevance, par mois")}
    lines = _line(words.get(nature, _("Prix")), d.get("prix_cent"))
    lines += _line(_("Prix pour un locataire HLM"), d.get("prix_locataire_hlm_cent"))
    lines += _line(fees.get(nature, _("Redevance, par mois")), d.get("redevance_cent"))
    notes = []
    if nature == "brs":
        notes.append(
            _("Vous achetez le logement et louez le terrain : le prix et la redevance vont ensemble.")
        )
    if nature == "location_accession":
        notes.append(_("Vous louez d'abord, puis vous choisissez d'acheter ou non."))
        limit = dates.parse(d.get("levee_option_date"))
        if limit:
            notes.append(_("Dernier jour pour acheter : %(jour)s.") % {"jour": dates.named(limit)})
    return Argent(_("Prix"), lines, None, notes)


def price_words(d: dict[str, Any], langue: str) -> str:
    """Return the price in a line, for descriptions: « 508,80 € par mois, charges comprises »."""
    found = money_of(d, langue)
    if found.total is not None:
        return f"{ecrire_montant(found.total.cent, langue)} {found.total.libelle.lower()}"
    return ecrire_montant(found.lignes[0].cent, langue, rond=True) if found.lignes else ""
