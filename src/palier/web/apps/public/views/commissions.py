"""The commissions of landlords: règlements, calendar, extracts of minutes; the same for programs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.public.models import SeancePubliee
from palier.web.apps.public.presentation import commissions as mots
from palier.web.apps.public.presentation import dates, exports_commissions
from palier.web.apps.public.presentation.methodes import method_link
from palier.web.apps.public.queries import commissions as found
from palier.web.apps.public.views.reponses import HEURE, absolute, cached, page
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien, Pages, Vide
from palier.web.horloge import aujourdhui
from palier.web.limites import limite

PAR_PAGE = 20
_FLUX = 50


@require_safe
@droit("commission", "R")
def liste(request: HttpRequest) -> HttpResponse:
    """Show the commissions of landlords, and what they are."""
    title, here = _("Les commissions d'attribution"), adresse("/commissions")
    known = found.commissions(aujourdhui())
    context: dict[str, Any] = {
        "titre": title,
        "resume": _(
            "Chaque logement social est attribué par une commission. Voici leurs règles, leurs jours de"
            " séance et ce qu'elles ont décidé, sans aucun nom."
        ),
        "canonique": absolute(here),
        "chemin": [Lien(_("Accueil"), adresse("/")), Lien(title, "")],
    }
    if known:
        context["tableau"] = mots.list_of(known, get_language() or "fr")
    else:
        context["vide"] = Vide(
            _("Aucune commission n'est publiée"),
            _("Un bailleur paraît ici quand il enregistre le règlement de sa commission."),
        )
    return page(request, "public/commissions.html", context)


def _owner(siren: str) -> Organisme:
    owner = found.owner_of(siren)
    if owner is None:
        raise Http404
    return owner


@require_safe
@droit("commission", "R")
def une(request: HttpRequest, siren: str) -> HttpResponse:
    """Show the commission of a landlord: its rules in sentences and whole, its sessions."""
    owner, au, langue = _owner(siren), aujourdhui(), get_language() or "fr"
    here = adresse(f"/commissions/{owner.siren}")
    before = request.GET.get("avant", "")
    if before and not (before.isascii() and before.isdecimal() and len(before) < 9):
        raise Http404
    rows = found.past(owner, au, int(before) if before else None, PAR_PAGE + 1)
    shown, coming, versions = rows[:PAR_PAGE], found.coming(owner, au), found.versions(owner)
    current = next((v for v in versions if v.du <= au and (v.au is None or v.au >= au)), None)
    title = _("Commission d'attribution de %(bailleur)s") % {"bailleur": owner.nom}
    context: dict[str, Any] = {
        "titre": title,
        "resume": _("Son règlement, ses séances à venir et passées, et l'extrait de ses procès-verbaux."),
        "canonique": absolute(here),
        "chemin": [
            Lien(_("Accueil"), adresse("/")),
            Lien(_("Commissions"), adresse("/commissions")),
            Lien(owner.nom, ""),
        ],
        "siren": owner.siren,
        "regles": mots.rules_of(current, langue) if current else [],
        "versions": [(mots.period_of(v), v, v is current) for v in versions],
        "a_venir": mots.calendar(coming, owner.siren, "", langue) if coming else None,
        "passees": mots.calendar(shown, owner.siren, "", langue) if shown else None,
    }
    if shown and (before or len(rows) > PAR_PAGE):
        context["pages"] = Pages(
            _("Du %(debut)s au %(fin)s")
            % {"debut": dates.full(shown[-1].le), "fin": dates.full(shown[0].le)},
            here if before else "",
            f"{here}?avant={shown[-1].numero}" if len(rows) > PAR_PAGE else "",
        )
    return page(request, "public/commission.html", context)


@require_safe
@droit("pv_extrait", "R")
def extrait(request: HttpRequest, siren: str, numero: int) -> HttpResponse:
    """Show the extract of the signed minutes of a session."""
    owner, langue = _owner(siren), get_language() or "fr"
    seance = found.extract_named(owner, numero)
    if seance is None:
        raise Http404
    title = _("Séance du %(jour)s") % {"jour": dates.full(seance.le)}
    context = {
        "titre": title,
        "resume": _("Extrait public du procès-verbal n° %(numero)d de la commission de %(bailleur)s.")
        % {"numero": numero, "bailleur": owner.nom},
        "canonique": absolute(adresse(f"/commissions/{siren}/{numero}")),
        "chemin": [
            Lien(_("Accueil"), adresse("/")),
            Lien(_("Commissions"), adresse("/commissions")),
            Lien(owner.nom, adresse(f"/commissions/{siren}")),
            Lien(title, ""),
        ],
        "mode": mots.mode_of(seance.mode),
        "signe_le": dates.full(seance.signe_le) if seance.signe_le else "",
        "logements": mots.homes_of(seance),
        "comptes": _counts(seance, langue),
        "votes": mots.votes_of(seance, langue),
        "empreintes": mots.seals_of(seance),
        "methode": method_link("extrait"),
        "siren": siren,
    }
    return page(request, "public/extrait.html", context)


def _counts(seance: SeancePubliee, langue: str) -> list[tuple[str, Any]]:
    """Return each count of an extract: its title, its table or None where it is hidden."""
    content: dict[str, Any] = seance.extrait
    asked = (
        ("decisions", "decision", _("Décisions, par sorte"), _("Décision")),
        ("financements", "financement", _("Logements examinés, par financement"), _("Financement")),
        ("exceptions", "exception", _("Exceptions à la règle des trois dossiers"), _("Exception")),
        ("ecarts", "ecart", _("Écarts à l'ordre calculé, par motif"), _("Motif")),
    )
    return [
        (title, mots.groups_table(content[name], family, head, "", langue))
        for name, family, title, head in asked
    ]


def _asked(request: HttpRequest) -> str:
    siren = request.GET.get("bailleur", "")
    return _owner(siren).siren if siren else ""


def _machine(request: HttpRequest, text: str, kind: str, name: str = "") -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return cached(request, answer, secondes=HEURE)


@require_safe
@limite("export")
@droit("pv_extrait", "R")
def en_csv(request: HttpRequest) -> HttpResponse:
    """Return the homes of every extract as CSV, one a line."""
    text = exports_commissions.csv_of(found.extracts(_asked(request)))
    return _machine(request, text, "text/csv", "commissions.csv")


@require_safe
@limite("export")
@droit("pv_extrait", "R")
def en_json(request: HttpRequest) -> HttpResponse:
    """Return every extract as JSON, with what it takes to verify both chains."""
    return _machine(request, exports_commissions.json_of(found.extracts(_asked(request))), "application/json")


@require_safe
@limite("export")
@droit("pv_extrait", "R")
def en_atom(request: HttpRequest) -> HttpResponse:
    """Return the last extracts as a feed."""
    with override("fr"):
        text = exports_commissions.atom_of(
            found.extracts(_asked(request), _FLUX), absolute(""), settings.ENVIRONNEMENT.operateur
        )
    return _machine(request, text, "application/atom+xml")
