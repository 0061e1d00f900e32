"""A letter in words: templates rendered in French, then in the language that the person asked for."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

from palier.formats.lettres import Lettre, Volet
from palier.web.apps.attributions.courrier.dessins import LOGO, drawing
from palier.web.apps.attributions.courrier.motifs import MOTIFS, PIECES, REPORTS
from palier.web.apps.attributions.models import Courrier, GenreCourrier
from palier.web.apps.attributions.rules.courriers import DECISIONS, said
from palier.web.components.dates import ecrire_date
from palier.web.components.ecriture import ecrire_montant
from palier.web.components.typographie import typographier, typographier_html

#: Headings; those of a rank and of a day are below.
TITRES = {
    "attribution": noop("Le logement vous est attribué"),
    "attribution_rang": noop("Vous avez le rang %(rang)s pour un logement"),
    "attribution_condition": noop("Le logement vous est attribué si une pièce arrive"),
    "non_attribution": noop("Le logement ne vous est pas attribué"),
    "irrecevabilite": noop("Votre demande ne peut pas être acceptée"),
    "proposition": noop("Nous vous proposons un logement"),
    "proposition_suivante": noop("Nous vous proposons un logement"),
    "proposition_passee": noop("La proposition de logement est terminée"),
    "report": noop("Votre dossier sera examiné à une prochaine séance"),
    "avertissement": noop("Sans réponse de votre part, votre demande sera radiée"),
    "radiation": noop("Votre demande de logement est radiée"),
    "attestation": noop("Votre demande de logement est enregistrée"),
    "renouvellement": noop("Renouvelez votre demande avant le %(expire)s"),
}
_SECTION = re.compile(r"<section>(.*?)</section>", re.DOTALL)
_LIGNE = re.compile(r'<p class="([a-z-]+)">(.*?)</p>', re.DOTALL)
_DATES = ("le", "expire_le", "seance_le", "limite", "piece_limite", "radiee_le", "depot_le")


def context(courrier: Courrier) -> dict[str, Any]:
    """Return what the templates of a letter read, in the language that is active."""
    facts = dict(courrier.contenu)
    for name in _DATES:
        if facts.get(name):
            facts[name] = dt.date.fromisoformat(facts[name])
    facts["code"] = said(courrier.code)
    facts["site"] = settings.ADRESSE_PUBLIQUE
    if "recours" in facts:
        held = facts["recours"]
        last = dt.date.fromisoformat(held["exemple"])
        facts["recours"] = {**held, "delai": _months(held["mois"]), "exemple": last}
    for name in ("preavis_mois", "validite_mois"):
        if name in facts:
            facts[name] = _months(facts[name])
    if "jours" in facts:
        facts["delai"] = ngettext("%(n)s jour", "%(n)s jours", facts["jours"]) % {"n": facts["jours"]}
    if "logement" in facts:
        facts["bien"] = _home(facts["logement"])
    if "piece" in facts:
        code = str(facts["piece"])
        facts["piece"] = _(PIECES.get(code, code))
    if courrier.genre == "report":
        facts["raison"] = _(REPORTS.get(facts["motif"], REPORTS["temps"]))
    if "motifs" in facts:
        facts["raisons"] = [_reason(code, values) for code, values in facts["motifs"].items()]
    return facts


def _months(n: int) -> str:
    return ngettext("%(n)s mois", "%(n)s mois", n) % {"n": n}


def _home(bien: dict[str, Any]) -> str:
    said_of = {
        "taille": str(bien["typologie"]).upper(),
        "lieu": bien["commune"],
        "surface": bien["surface_m2"],
    }
    if bien["surface_m2"] is None:
        return _("%(taille)s, %(lieu)s") % said_of
    return _("%(taille)s de %(surface)s m², %(lieu)s") % said_of


def _reason(code: str, valeurs: dict[str, Any]) -> str:
    """Return a coded reason in a sentence, with its figures where the commission gave them all."""
    langue = translation.get_language() or "fr"
    plain, counted = MOTIFS.get(code, MOTIFS["AUTRE"])
    told = {
        nom: ecrire_montant(100 * value, langue, rond=True) if nom.endswith("_eur") else value
        for nom, value in valeurs.items()
    }
    if counted:
        try:
            return _(counted) % told
        except KeyError:
            pass  # a figure is missing: the reason alone
    return _(plain)


def title(courrier: Courrier, faits: dict[str, Any]) -> str:
    """Return the heading of a letter, in the language that is active."""
    return _(TITRES[courrier.genre]) % {"rang": faits.get("rang"), "expire": ecrire_date(faits["expire_le"])}


def volet(courrier: Courrier, langue: str) -> Volet:
    """Return what a letter says in a language: its sections, and its easy twin."""
    with translation.override(langue):
        faits = context(courrier)
        whole: str = render_to_string(f"attributions/courriers/{courrier.genre}.html", faits)
        easy: str = render_to_string(f"attributions/courriers/facile/{courrier.genre}.html", faits)
        head, head_easy = title(courrier, faits), _("L'essentiel, en phrases courtes")
    if langue == "fr":
        whole, easy = typographier_html(whole), typographier_html(easy)
        head, head_easy = typographier(head), typographier(head_easy)
    lines = [f'<p class="i-{icon}">{text.strip()}</p>' for icon, text in _LIGNE.findall(easy)]
    return Volet(langue, head, [part.strip() for part in _SECTION.findall(whole)], head_easy, lines)


def lettre(courrier: Courrier) -> Lettre:
    """Return a letter ready to be laid out."""
    parts = [volet(courrier, "fr")]
    if courrier.langue:
        parts.append(volet(courrier, courrier.langue))
    facts, code = courrier.contenu, said(courrier.code)
    with translation.override("fr"):
        commission = courrier.genre in (*DECISIONS, "report")
        signed = _("La commission d'attribution") if commission else facts["emetteur"][0]
        day = _("Le %(date)s") % {"date": ecrire_date(dt.date.fromisoformat(facts["le"]), "longue")}
        number = _("Demande n° %(numero)s") % {"numero": facts["numero_unique"]}
        foot = [_("Dites le code %(code)s : il désigne ce courrier.") % {"code": code}]
        if facts["telephone"]:
            foot.insert(0, _("Une question ? Appelez le %(tel)s.") % {"tel": facts["telephone"]})
        foot.append(_("Ce courrier existe en anglais, en arabe et en portugais : demandez-le."))
        prevails = _("Le texte en français fait foi.") if courrier.langue else ""
    if courrier.langue:
        with translation.override(courrier.langue):
            prevails = f"{prevails} {_('Le texte en français fait foi.')}"
    names = {
        icon for part in parts for line in part.facile for icon in re.findall(r'class="i-([a-z-]+)"', line)
    }
    return Lettre(
        titre=parts[0].titre,
        emetteur=facts["emetteur"],
        destinataire=facts["destinataire"],
        reperes=[typographier(day), typographier(number)],
        volets=parts,
        signature=signed,
        pied=[typographier(line) for line in foot],
        code=courrier.code,
        mot_code=typographier(f"Code de ce courrier : {code}"),
        prevaut=prevails,
        images={"logo.svg": LOGO, **{f"{nom}.svg": drawing(nom) for nom in sorted(names)}},
    )


def kind(courrier: Courrier) -> str:
    """Return the kind of a letter in words."""
    return str(GenreCourrier(courrier.genre).label)
