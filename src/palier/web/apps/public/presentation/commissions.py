"""The commissions in words: règlement, calendar, extract of the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from palier.web.apps.attributions import phrases
from palier.web.apps.public.models import EtatSeance, SeancePubliee
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation.codes import word
from palier.web.apps.public.queries.commissions import CommissionPublique, Version
from palier.web.apps.territoires.queries import commune_at
from palier.web.components.ecriture import ecrire_nombre
from palier.web.components.liens import adresse
from palier.web.components.pieces import Chiffre, Colonne, Etat, Lien, Tableau


def hidden() -> str:
    """Say that a value is not told."""
    return _("calcul masqué")


def list_of(commissions: Sequence[CommissionPublique], langue: str) -> Tableau:
    """Return the commissions, one a line."""
    rows = [
        [
            Lien(c.nom, adresse(f"/commissions/{c.siren}")),
            dates.named(c.prochaine) if c.prochaine else _("aucune annoncée"),
            dates.full(c.derniere) if c.derniere else _("aucune"),
            ecrire_nombre(c.extraits, langue),
        ]
        for c in commissions
    ]
    heads = [
        Colonne(_("Bailleur")),
        Colonne(_("Prochaine séance")),
        Colonne(_("Dernière séance")),
        Colonne(_("Extraits publiés"), True),
    ]
    return Tableau(heads, rows)


def mode_of(mode: str) -> str:
    """Name how a session meets."""
    words = {"salle": _("En salle"), "distance": _("À distance"), "ecrite": _("Par écrit")}
    return words.get(mode, mode)


def state_of(seance: SeancePubliee) -> Etat:
    """Say where a session stands."""
    if seance.etat == EtatSeance.SIGNEE and seance.signe_le:
        return Etat("verifie", _("Procès-verbal signé"), f", {dates.full(seance.signe_le)}")
    words = {
        EtatSeance.PREVUE: Etat("en_attente", _("Prévue")),
        EtatSeance.ANNULEE: Etat("info", _("Annulée")),
    }
    return words.get(EtatSeance(seance.etat), Etat("fait", _("Tenue")))


def calendar(seances: Sequence[SeancePubliee], siren: str, legende: str, langue: str) -> Tableau:
    """Return sessions: day, mode, homes, state; a link where there is an extract."""
    rows = []
    for seance in seances:
        day: Any = dates.named(seance.le)
        if seance.etat == EtatSeance.SIGNEE:
            day = Lien(day, adresse(f"/commissions/{siren}/{seance.pv_numero}"))
        homes = ecrire_nombre(seance.logements, langue)
        rows.append([day, str(seance.numero), mode_of(seance.mode), homes, state_of(seance)])
    heads = [
        Colonne(_("Jour")),
        Colonne(_("Séance"), True),
        Colonne(_("Mode")),
        Colonne(_("Logements"), True),
        Colonne(_("État")),
    ]
    return Tableau(heads, rows, legende)


def rules_of(version: Version, langue: str) -> list[str]:
    """Say in sentences what a règlement sets: quorum, proxies, remote sessions, tie, convocation."""
    return phrases.rules_of(version.lu, langue)


def period_of(version: Version) -> str:
    """Say from when to when a règlement applies."""
    if version.au is None:
        return _("Depuis le %(du)s") % {"du": dates.full(version.du)}
    return _("Du %(debut)s au %(fin)s") % {"debut": dates.full(version.du), "fin": dates.full(version.au)}


# --- the extract ---


def homes_of(seance: SeancePubliee) -> Tableau:
    """Return the homes of a session, in the order of the agenda."""
    content: dict[str, Any] = seance.extrait
    rows = []
    for place, home in enumerate(content["logements"], start=1):
        rows.append(
            [
                _("%(place)d. %(taille)s, %(commune)s")
                % {
                    "place": place,
                    "taille": (home["typologie"] or "").upper() or hidden(),
                    "commune": _commune(home["commune"], seance) if home["commune"] else hidden(),
                },
                _result(home),
                _present(home["quorum"]),
                _three(home["trois_dossiers"]),
            ]
        )
    heads = [
        Colonne(_("Logement")),
        Colonne(_("Résultat")),
        Colonne(_("Quorum")),
        Colonne(_("Trois dossiers")),
    ]
    return Tableau(heads, rows, _("Logements dans l'ordre du jour de la séance."))


def _commune(code: str, seance: SeancePubliee) -> str:
    found = commune_at(code, seance.le)
    return found.nom if found else code


def _result(home: dict[str, Any]) -> Etat:
    issues = {
        "attribue": Etat("fait", _("Attribué")),
        "sans_attribution": Etat("non_examine", _("Sans attribution")),
        "rectifie": Etat("info", _("Décision rectifiée")),
    }
    if home["issue"] in issues:
        return issues[home["issue"]]
    why = word("non_examen", home["motif"])
    return Etat("non_examine", _("Non examiné"), f" : {why}" if why else "")


def _present(quorum: Sequence[int] | None) -> str:
    if quorum is None:
        return _("non compté")
    return _("%(presents)d pour %(requis)d requis") % {"presents": quorum[0], "requis": quorum[1]}


def _three(held: bool | None) -> str:
    if held is None:
        return _("sans objet")
    return _("oui") if held else _("exception")


def groups_table(told: dict[str, Any], famille: str, titre: str, legende: str, langue: str) -> Tableau | None:
    """Return the groups that may be told, and those left together; None where nothing is told."""
    if told["n"] is None:
        return None
    rows = [[word(famille, code), ecrire_nombre(n, langue)] for code, n in told["groupes"]]
    if told["reste"]:
        rows.append([_("Autres, trop peu nombreux pour être dits"), ecrire_nombre(told["reste"], langue)])
    return Tableau(
        [Colonne(titre), Colonne(_("Nombre"), True)],
        rows,
        legende,
        [_("Total"), ecrire_nombre(told["n"], langue)],
    )


def votes_of(seance: SeancePubliee, langue: str) -> list[Chiffre]:
    """Return the sums of ballots; none where they are not told."""
    votes = seance.extrait["votes"] if seance.extrait else None
    if votes is None:
        return []
    return [
        Chiffre(ecrire_nombre(votes["oui"], langue), _("voix pour.")),
        Chiffre(ecrire_nombre(votes["non"], langue), _("voix contre.")),
        Chiffre(ecrire_nombre(votes["abstentions"], langue), _("abstentions.")),
    ]


def seals_of(seance: SeancePubliee) -> Tableau:
    """Return the hashes of an extract and of its minutes."""
    first = _("aucune : c'est le premier")
    content: dict[str, Any] = seance.extrait
    rows = [
        [_("Procès-verbal"), _code(seance.empreinte)],
        [_("Procès-verbal d'avant"), _code(seance.precedent) if seance.precedent else first],
        [_("Cet extrait"), _code(seance.empreinte_extrait)],
        [_("Règlement appliqué"), _code(content["reglement"]) if content["reglement"] else hidden()],
    ]
    return Tableau([Colonne(_("Quoi")), Colonne(_("Empreinte SHA-256"))], rows)


def _code(text: str) -> Any:
    return format_html("<code>{}</code>", text)
