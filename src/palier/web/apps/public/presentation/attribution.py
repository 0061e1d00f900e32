"""How a home will be given, sold or let, and whom to write to: delays and numbers come from the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.law import LoiAu
from palier.web.apps.offres.rules import LoiAnnonces, PreuvePublicite
from palier.web.apps.public.presentation import dates
from palier.web.components.liens import adresse
from palier.web.components.pieces import Action, Colonne, Echeance, Etat, Tableau


@dataclass(frozen=True, slots=True)
class Candidature:
    """The panel of the main action: what to do, until when, with which button."""

    titre: str
    texte: str
    action: Action | None
    echeance: Echeance | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """How the home will be given: a title, steps, then the order of buyers where the law sets one.

    ``ordre`` holds the words of the law, in French.
    """

    titre: str
    etapes: list[str]
    ordre: list[str]
    reference: str = ""


def _write_to(d: dict[str, Any]) -> Action | None:
    """Return the button that reaches the landlord: mail, else phone."""
    subject = quote(_("Annonce %(reference)s") % {"reference": d.get("reference_bailleur") or ""})
    if d.get("contact_mail"):
        url = f"mailto:{d['contact_mail']}?subject={subject}"
        return Action(_("Écrire au bailleur"), url, "envelope-simple", principale=True)
    if d.get("contact_telephone"):
        phone = d["contact_telephone"]
        return Action(
            _("Appeler le %(numero)s") % {"numero": phone},
            f"tel:{phone.replace(' ', '')}",
            "phone",
            principale=True,
        )
    return None


def _deadline(day: dt.date | None, au: dt.date, effet: str, telephone: str) -> Echeance | None:
    if day is None:
        return None
    words = _("le délai est passé depuis le %(jour)s") if day < au else _("jusqu'au %(jour)s, à minuit")
    return Echeance((day - au).days, words % {"jour": dates.named(day)}, effet, telephone)


def apply_to(d: dict[str, Any], au: dt.date) -> Candidature:
    """Return the panel of the main action of an offer on line."""
    phone = d.get("contact_telephone") or ""
    nature = d["nature"]
    if nature == "local_activite":
        limit = dates.parse(d.get("candidature_limite_date"))
        return Candidature(
            _("Proposer votre activité"),
            _("Décrivez votre activité au bailleur. Il choisit et vous répond."),
            _write_to(d),
            _deadline(limit, au, _("Passé ce jour, les candidatures ne sont plus reçues."), phone),
        )
    if nature == "location":
        return _to_rent(d)
    text = d.get("offres_modalites") or _("Demandez le dossier de vente au bailleur, puis visitez.")
    limit = dates.parse(d.get("offres_limite_date"))
    title = _("Faire une offre d'achat") if nature == "vente_hlm" else _("Demander le dossier")
    effect = _("Passé ce jour, les offres ne sont plus reçues.")
    return Candidature(title, text, _write_to(d), _deadline(limit, au, effect, phone))


def _to_rent(d: dict[str, Any]) -> Candidature:
    if d.get("mode_attribution") == "candidature_ouverte":
        return Candidature(
            _("Se porter candidat ou candidate"),
            _("Il faut un numéro unique de demande. Donnez-le au bailleur avec la référence de l'annonce."),
            _write_to(d),
        )
    return Candidature(
        _("On ne postule pas à ce logement"),
        _("Il sera proposé à des personnes qui ont déjà une demande de logement social."),
        Action(_("Comprendre l'attribution"), adresse("/comprendre"), "scales", principale=True),
    )


def giving_of(d: dict[str, Any], loi: LoiAu, annonces: LoiAnnonces) -> Attribution | None:
    """Return how the home is given; None for premises, whose landlord is free."""
    nature = d["nature"]
    if nature == "local_activite":
        return None
    if nature == "location":
        return Attribution(_("Comment ce logement sera attribué"), _steps_to_rent(d, loi), [])
    title = _("Comment ce logement sera vendu")
    if nature == "vente_hlm":
        return _hlm_sale(d, title, loi, annonces)
    if nature == "brs":
        steps = [
            _("Vos ressources doivent être sous un plafond. Le bailleur le vérifie avec vous."),
            _("Vous achetez le logement, et vous louez le terrain à un organisme de foncier solidaire."),
            _("Vous en faites votre résidence principale. Le prix de revente est encadré."),
        ]
        return Attribution(title, steps, [])
    if nature == "location_accession":
        years = annonces.psla_ans
        words = ngettext(
            "Vous avez %(n)d an au plus pour décider d'acheter.",
            "Vous avez %(n)d ans au plus pour décider d'acheter.",
            years,
        )
        steps = [
            _("Vos ressources doivent être sous un plafond. Le bailleur le vérifie avec vous."),
            _("Vous habitez d'abord le logement en payant une redevance."),
            words % {"n": years},
        ]
        return Attribution(title, steps, [])
    steps = [
        _("Le logement est vendu avant d'être construit : contrat préliminaire, puis acte du notaire."),
        _("Des conditions de ressources peuvent s'appliquer. Demandez-les au bailleur."),
    ]
    return Attribution(title, steps, [])


def _steps_to_rent(d: dict[str, Any], loi: LoiAu) -> list[str]:
    least, days = int(loi.nombre("caleol_candidats_min")), int(loi.nombre("caleol_offre_delai_jours"))
    if d.get("mode_attribution") == "candidature_ouverte":
        first = _("Vous vous portez candidat ou candidate auprès du bailleur, avec votre numéro unique.")
    else:
        first = _("Le bailleur, ou l'organisme à qui ce logement revient, choisit parmi les demandes.")
    return [
        first,
        _("La commission d'attribution examine au moins %(n)d demandes, dossier par dossier.") % {"n": least},
        _("Chaque personne reçoit la décision et ses motifs, par écrit."),
        _("La personne retenue a au moins %(n)d jours pour répondre.") % {"n": days},
    ]


def _hlm_sale(d: dict[str, Any], title: str, loi: LoiAu, annonces: LoiAnnonces) -> Attribution:
    if d.get("occupe"):
        taken = _("Ce logement est occupé. Il est vendu à son locataire, s'il y habite depuis %(n)d ans.")
        return Attribution(title, [taken % {"n": annonces.locataire_ans}], [])
    law = loi.get("vente_hlm_ordre")
    order = []
    for code, words in (law.table or {}).items():
        first = law.details.get(code[0], {}).get("en_tete", "")
        order.append(f"{words} ({first})" if first else str(words))
    steps = [
        _("Les offres d'achat sont reçues pendant un mois après la dernière publication."),
        _("À rang égal, la première offre au prix demandé ou au-dessus est retenue."),
        _("Les acheteurs passent dans l'ordre que fixe la loi :"),
    ]
    return Attribution(title, steps, order, annonces.references["vente_hlm_ordre"])


def publicity_of(d: dict[str, Any], annonces: LoiAnnonces, preuve: PreuvePublicite) -> Tableau:
    """Return the proof of publicity of an HLM sale: each medium and its day."""
    fields = {
        "site": "publication_site_date",
        "immeuble": "publication_hall_date",
        "journal": "publication_journal_date",
    }
    rows = []
    for medium, words in annonces.vente_medias.items():
        if medium == "immeuble" and d.get("type_bien") == "maison":
            words = annonces.vente_media_maison or words
        day = dates.parse(d.get(fields[medium]))
        state = (
            Etat("attente", _("Pas encore publié"))
            if day is None or medium in preuve.manquants
            else Etat("fait", dates.full(day))
        )
        rows.append([words[:1].upper() + words[1:], state])
    return Tableau([Colonne(_("Où")), Colonne(_("Publié le"))], rows)


def condominium_of(d: dict[str, Any], langue: str) -> list[tuple[str, str]]:
    """Return what the law wants said of a condominium; empty where the home is in none."""
    from palier.web.components.ecriture import ecrire_montant, ecrire_nombre

    if not d.get("copropriete"):
        return []
    unsaid = _("non renseigné")
    lots, charges, case = d.get("nb_lots"), d.get("charges_copro_an_cent"), d.get("procedure_copro")
    cases = {True: _("oui, une procédure est en cours"), False: _("non")}
    return [
        (_("Nombre de lots"), ecrire_nombre(lots, langue) if lots else unsaid),
        (
            _("Charges courantes d'un an"),
            unsaid if charges is None else ecrire_montant(charges, langue, rond=True),
        ),
        (_("Procédure en cours contre le syndicat"), unsaid if case is None else cases[case]),
    ]
