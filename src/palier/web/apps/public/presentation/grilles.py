"""A published grid in words and tables: weights, classes, what is checked, versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.engines.cotation.annexe.mots import Plume, decimal
from palier.engines.cotation.annexe.tableaux import criterion_rows, preuve
from palier.engines.cotation.model.nodes import Critere, Famille, Grille, Systeme
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.queries.grilles import Territoire, Version
from palier.web.apps.public.rules.grilles import Verification
from palier.web.components.liens import adresse
from palier.web.components.pieces import Colonne, Etat, Lien, Tableau

PAGE = "/comprendre/cotation"
ARTICLE = "R441-2-10 CCH, 11°"


@dataclass(frozen=True, slots=True)
class FamillePoids:
    """A family: its rule in sentences, its criteria, its sets of options."""

    ancre: str
    nom: str
    regle: str
    tableau: Tableau | None
    options: list[FamillePoids]


@dataclass(frozen=True, slots=True)
class SystemePoids:
    """A system: whom it is for, what comes before points, its families, those it shares with another."""

    nom: str
    pour: str
    classes: list[str]
    forces: list[str]
    familles: list[FamillePoids]
    partagees: str


def version_link(territoire: str, version: str) -> Lien | None:
    """Return the link to the page of a version (``id@du``) of a grid; None without a version."""
    identifiant, _at, du = version.partition("@")
    if not identifiant or not du:
        return None
    return Lien(version, page_url(territoire, du))


def page_url(territoire: str, du: str = "") -> str:
    """Return the address of the page of a grid."""
    return adresse(f"{PAGE}/{territoire}" + (f"?du={du}" if du else ""))


def weights(grille: Grille, plume: Plume) -> list[SystemePoids]:
    """Return the systems of a grid, the one of first requests first."""
    systems = sorted(grille.systemes, key=lambda systeme: systeme.si is not None)
    first = systems[0]
    return [_system(systeme, first, plume, several=len(systems) > 1) for systeme in systems]


def _system(systeme: Systeme, first: Systeme, plume: Plume, *, several: bool) -> SystemePoids:
    other = systeme is not first
    shared = [f for f in systeme.familles if other and f in first.familles]
    same_order = other and (systeme.classes, systeme.forces) == (first.classes, first.forces)
    whom = ""
    if systeme.si is not None:
        whom = plume.dit("systeme.si", condition=plume.condition(systeme.si))
    elif several:
        whom = plume.dit("systeme.autres")
    together = ""
    if shared:
        names = plume.enumeration("et", [f.libelle for f in shared])
        together = plume.dit("systeme.memes_familles", systeme=first.libelle, familles=names)
    return SystemePoids(
        nom=systeme.libelle if several else "",
        pour=whom,
        classes=[] if same_order else [classe.libelle for classe in systeme.classes],
        forces=[]
        if same_order
        else [
            plume.dit("force", condition=plume.condition(force.si), total=force.total)
            for force in systeme.forces
        ],
        familles=[_family(f, plume, systeme.id) for f in systeme.familles if f not in shared],
        partagees=together,
    )


def _family(famille: Famille, plume: Plume, ancre: str) -> FamillePoids:
    here = f"{ancre}-{famille.id}"
    rows = [
        row
        for member in famille.membres
        if isinstance(member, Critere)
        for row in _rows(member, famille, plume)
    ]
    heads = [Colonne(_("Critère")), Colonne(_("Points"), True), Colonne(_("Preuve"))]
    nested = [_family(member, plume, here) for member in famille.membres if isinstance(member, Famille)]
    return FamillePoids(
        here,
        famille.libelle,
        " ".join(_rule(famille, plume)),
        Tableau(heads, rows) if rows else None,
        nested,
    )


def _rows(critere: Critere, famille: Famille, plume: Plume) -> list[list[Any]]:
    """Return a row per case that gives points: the name of the criterion, and below what is looked at."""
    proof = preuve(plume, critere)
    return [
        [_cell("" if label == famille.libelle else label, condition), points, proof]
        for label, condition, points in criterion_rows(plume, critere)
    ]


def _cell(nom: str, condition: str) -> SafeString:
    """Write a name and a condition; alone where one says it all."""
    if not nom or not condition or nom == condition:
        return format_html("{}", nom or condition)
    return format_html('{}<span class="condition">{}</span>', nom, condition)


def _rule(famille: Famille, plume: Plume) -> list[str]:
    said = [plume.dit(f"famille.{famille.regle}")]
    if famille.plafond is not None:
        said.append(plume.dit("famille.plafond", points=famille.plafond))
    if famille.plancher is not None:
        said.append(plume.dit("famille.plancher", points=famille.plancher))
    said += [
        plume.dit("famille.facteur", fois=decimal(f.fois), condition=plume.condition(f.si))
        for f in famille.facteurs
    ]
    return said


def bounds(grille: Grille, plume: Plume) -> list[str]:
    """Return what bounds the total, how it is rounded, how ties are settled."""
    said = [plume.dit(f"arrondi.{grille.arrondi}")]
    if grille.plafond is not None:
        said.append(plume.dit("total.plafond", points=grille.plafond))
    if grille.plancher is not None:
        said.append(plume.dit("total.plancher", points=grille.plancher))
    names = [plume.nom(nom.removeprefix("-")) for nom in grille.departage]
    said.append(f"{plume.dit('departage')} {plume.joint('virgule', names)}.")
    return said


def checked(found: Verification, version: str) -> list[Etat]:
    """Return what was checked in a grid, as status lines."""
    if found.erreurs:
        words = ngettext(", %(n)d problème", ", %(n)d problèmes", len(found.erreurs))
        return [Etat("attention", _("À corriger"), words % {"n": len(found.erreurs)})]
    lines = [
        Etat("fait", _("Forme et sens vérifiés"), _(", version %(version)s") % {"version": version}),
    ]
    if found.exemples:
        words = ngettext(
            ", le calcul donne le total écrit dans la règle",
            ", le calcul donne chaque fois le total écrit dans la règle",
            found.exemples,
        )
        head = ngettext("%(n)d exemple recalculé", "%(n)d exemples recalculés", found.exemples)
        lines.append(Etat("fait", head % {"n": found.exemples}, words))
    if found.loi_non_verifiee:
        names = ", ".join(found.loi_non_verifiee)
        lines.append(Etat("a_verifier", _("Valeurs de loi à vérifier"), f" : {names}"))
    if found.avertissements:
        head = ngettext("%(n)d point à regarder", "%(n)d points à regarder", len(found.avertissements))
        lines.append(Etat("info", head % {"n": len(found.avertissements)}))
    return lines


def versions(territoire: Territoire, shown: Version, in_force: Version) -> Tableau:
    """Return the published versions, the latest first."""
    rows = []
    for version in territoire.versions:
        name = dates.full(version.du)
        link: object = (
            name if version == shown else Lien(name, page_url(territoire.code, version.du.isoformat()))
        )
        state = Etat("fait", _("En vigueur")) if version == in_force else ""
        rows.append([link, state, version.sha256[:12], dates.full(dates.in_paris(version.publiee_le))])
    heads = [_("Depuis le"), _("État"), _("Empreinte"), _("Publiée le")]
    return Tableau([Colonne(head) for head in heads], rows)


def status_of(grille: Grille, version: Version, in_force: Version, langue: str) -> Etat:
    """Return the state of a version on the day of the page."""
    del langue
    day = _(", depuis le %(jour)s") % {"jour": dates.full(version.du)}
    if version == in_force:
        return Etat("fait", _("En vigueur"), day)
    if version.du > in_force.du:
        return Etat("en_attente", _("À venir"), _(", le %(jour)s") % {"jour": dates.full(version.du)})
    return Etat("non_examine", _("Remplacée"), day if grille.statut else "")
