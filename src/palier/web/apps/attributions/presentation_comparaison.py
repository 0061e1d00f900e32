"""Candidates side by side, in words: rows of facts, then the effect of each choice on the objectives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.engines.commission import Objectif
from palier.engines.commission.run.objectifs import CONTINGENT, QPV
from palier.web.apps.attributions.queries.comparaison import Candidat, Comparaison
from palier.web.apps.attributions.queries.objectifs import PROPRE
from palier.web.apps.demandes import presentation as demandes
from palier.web.components.ecriture import ecrire_montant, ecrire_nombre, ecrire_part
from palier.web.components.pieces import Etat


@dataclass(frozen=True)
class Rangee:
    """A fact, for each candidate; a cell is a text, or a status."""

    titre: str
    cellules: tuple[str | Etat, ...]


@dataclass(frozen=True)
class Groupe:
    """Rows under one heading."""

    titre: str
    rangees: tuple[Rangee, ...]


@dataclass(frozen=True)
class Tete:
    """The head of a column: letter, end of the number, address of the file."""

    lettre: str
    numero: str
    demande: Any
    candidature: Any


@dataclass(frozen=True)
class Colonnes:
    """What ``attributions/_comparaison.html`` draws."""

    tetes: tuple[Tete, ...]
    groupes: tuple[Groupe, ...]


def columns(comparaison: Comparaison, langue: str) -> Colonnes:
    """Return a comparison in words, for ``attributions/_comparaison.html``."""
    files = comparaison.candidats
    heads = tuple(
        Tete(c.lettre, short(c.candidature.numero_unique), c.candidature.demande_id, c.candidature.pk)
        for c in files
    )
    facts: list[tuple[str, Callable[[Candidat], str | Etat]]] = [
        (_("Points"), _points),
        (_("Attente"), _wait),
        (_("Ménage"), lambda c: household(c.candidature.demande)),
        (_("Logement actuel"), lambda c: _said("logement_mode", c, langue)),
        (_("Public prioritaire"), _priority),
        (_("Ressources par an"), _income),
        (_("Effort, reste à vivre"), _effort),
        (_("Pièces"), _papers),
    ]
    rows = tuple(Rangee(title, tuple(say(c) for c in files)) for title, say in facts)
    effects = tuple(_effects(comparaison))
    return Colonnes(
        heads, (Groupe(_("Le dossier"), rows), Groupe(_("Si ce logement lui est attribué"), effects))
    )


def short(numero: str) -> str:
    """Return the end of a number, as a page shows it while names are hidden."""
    return f"…{numero[-4:]}"


def _points(c: Candidat) -> str:
    if c.points is None:
        return _("pas encore calculés")
    checked = c.points_verifies
    if checked is None or checked >= c.points:
        return _("%(n)s, vérifiés") % {"n": ecrire_nombre(c.points)}
    return _("%(n)s, dont %(reste)s à vérifier") % {
        "n": ecrire_nombre(c.points),
        "reste": ecrire_nombre(c.points - checked),
    }


def _wait(c: Candidat) -> str:
    return ngettext("%(n)s mois", "%(n)s mois", c.attente_mois) % {"n": ecrire_nombre(c.attente_mois)}


def household(demande: Any) -> str:
    """Return the size of a household in words."""
    persons, minors = demande.nb_personnes, demande.nb_mineurs
    if persons is None:
        return _("inconnu")
    whole = ngettext("%(n)s personne", "%(n)s personnes", persons) % {"n": persons}
    if not minors:
        return whole
    return ngettext("%(menage)s, dont %(n)s mineur", "%(menage)s, dont %(n)s mineurs", minors) % {
        "menage": whole,
        "n": minors,
    }


def _said(nom: str, c: Candidat, langue: str) -> str:
    return demandes.say(nom, getattr(c.candidature.demande, nom), langue, {})


def _priority(c: Candidat) -> str:
    if c.candidature.demande.dalo == "reconnu":
        return _("droit au logement opposable reconnu")
    return _("reconnu") if c.menage.prioritaire else _("aucun")


def _income(c: Candidat) -> str:
    if c.rfr_eur is None:
        return _("inconnues")
    amount = ecrire_montant(100 * c.rfr_eur, rond=True)
    parts = [amount]
    if c.part_plafond is not None:
        parts.append(_("%(part)s du plafond") % {"part": ecrire_part(c.part_plafond)})
    if c.menage.quartile is not None:
        parts.append(_("1er quartile") if c.menage.quartile == 1 else _("au-dessus du 1er quartile"))
    return ", ".join(parts)


def _effort(c: Candidat) -> str:
    if c.effort is None or c.reste_cent is None:
        return _("inconnus")
    return _("%(part)s, %(reste)s par jour et personne") % {
        "part": ecrire_part(c.effort),
        "reste": ecrire_montant(c.reste_cent),
    }


def _papers(c: Candidat) -> str:
    if not c.pieces:
        return _("complètes")
    return ngettext("%(n)s en cours", "%(n)s en cours", c.pieces) % {"n": c.pieces}


def _effects(comparaison: Comparaison) -> list[Rangee]:
    """Return a row per objective that the home moves."""
    files = comparaison.candidats
    if not files:
        return []
    titles = [
        objective_title(before, comparaison.annee.contingents) for before, _after in files[0].mouvements
    ]
    return [
        Rangee(title, tuple(objective_state(c.mouvements[k][1]) for c in files))
        for k, title in enumerate(titles)
    ]


def objective_title(objectif: Objectif, contingents: dict[str, str]) -> str:
    """Return the name of an objective."""
    if objectif.code == CONTINGENT:
        if objectif.contingent == PROPRE:
            return _("Publics prioritaires, logements non réservés")
        who = contingents.get(objectif.contingent or "", objectif.contingent)
        return _("Publics prioritaires, réservés à : %(qui)s") % {"qui": who}
    if objectif.code == QPV:
        return _("Au-dessus du 1er quartile, en quartier prioritaire")
    return _("1er quartile, hors quartier prioritaire")


def objective_state(objectif: Objectif) -> Etat:
    """Return where an objective stands: counted, out of how many, what is missing."""
    said = {"n": ecrire_nombre(objectif.n), "total": ecrire_nombre(objectif.total)}
    if objectif.sans_objet:
        return Etat("non_examine", _("sans objet"), _(" : rien n'est encore attribué"))
    if objectif.atteint:
        return Etat("fait", _("atteint"), _(", %(n)s sur %(total)s") % said)
    missing = ngettext("il en manque %(n)s", "il en manque %(n)s", objectif.manque) % {"n": objectif.manque}
    return Etat("attention", missing, _(", %(n)s sur %(total)s") % said)
