"""The first page in words: what to do now, the stairs, the next date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from palier.web.apps.demandes.models import EtatPiece
from palier.web.apps.espace.presentation import candidatures as mots
from palier.web.apps.espace.presentation.liens import url
from palier.web.apps.espace.queries.candidatures import Suivi
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.queries.tableau import Tableau
from palier.web.components.dates import ecrire_date
from palier.web.components.ecriture import ecrire_montant
from palier.web.components.pieces import Action, Echeance, Etape, Lien


@dataclass(frozen=True)
class AFaire:
    """The one thing to do: its name, what it bears on, its deadline, its button."""

    titre: str
    texte: str
    action: Action | None
    echeance: Echeance | None = None
    facile: Lien | None = None


def deadline(jour: dt.date, au: dt.date, effet: str) -> Echeance:
    """Return a deadline counted for the person."""
    words = _("jusqu'au %(jour)s, à minuit") % {"jour": ecrire_date(jour, "longue")}
    if jour < au:
        words = _("Le délai a fini le %(jour)s") % {"jour": ecrire_date(jour, "longue")}
    return Echeance((jour - au).days, words, effet, settings.ENVIRONNEMENT.telephone)


def to_do(dossier: Dossier, tableau: Tableau, au: dt.date, langue: str) -> AFaire:
    """Return the one thing to do, the most pressing."""
    if tableau.offre is not None:
        return _answer(dossier, tableau.offre, au)
    if tableau.condition is not None:
        return _paper(dossier, tableau.condition, au, langue)
    if tableau.a_renouveler and dossier.mandat is None:
        return _renew(dossier, au)
    refused = [p for p in tableau.pieces if p.etat == EtatPiece.REFUSEE]
    missing = [p for p in tableau.pieces if p.etat == EtatPiece.ATTENDUE and p.attendue]
    if tableau.vivante and (refused or missing):
        words = mots.piece_of((refused or missing)[0].fait, langue)
        return AFaire(
            _("Donner une pièce"),
            _("Il nous manque de quoi vérifier : %(fait)s.") % {"fait": words},
            Action(_("Ouvrir mes pièces"), url(dossier, "pieces"), "paperclip", principale=True),
        )
    return _nothing(dossier, tableau)


def _answer(dossier: Dossier, suivi: Suivi, au: dt.date) -> AFaire:
    offer, vacance = suivi.proposition, suivi.candidature.vacance
    assert offer is not None
    monthly = ecrire_montant((vacance.loyer_cent or 0) + vacance.charges_cent)
    return AFaire(
        _("Répondre à une proposition de logement"),
        _("%(logement)s. %(loyer)s par mois, charges comprises.")
        % {"logement": mots.home_of(suivi), "loyer": monthly},
        Action(
            _("Voir la proposition et répondre"),
            url(dossier, "proposition", identifiant=offer.pk),
            "arrow-right",
            principale=True,
        ),
        deadline(
            offer.limite,
            au,
            _("Sans réponse, la loi compte un refus. Le logement passe à la personne suivante."),
        ),
        Lien(
            _("Version facile à lire"),
            url(dossier, "proposition_facile", identifiant=offer.pk),
            "speaker-high",
        ),
    )


def _paper(dossier: Dossier, suivi: Suivi, au: dt.date, langue: str) -> AFaire:
    held = suivi.decision
    assert held is not None
    assert held.condition_limite is not None
    return AFaire(
        _("Donner la pièce qui manque"),
        _("%(logement)s vous est attribué si vous la donnez à temps.") % {"logement": mots.home_of(suivi)},
        Action(
            _("Lire la décision"),
            url(dossier, "candidature", identifiant=suivi.candidature.pk),
            "arrow-right",
            principale=True,
        ),
        deadline(held.condition_limite, au, _("Sans la pièce, l'attribution tombe.")),
    )


def _renew(dossier: Dossier, au: dt.date) -> AFaire:
    last = dossier.demande.expire_le - dt.timedelta(days=1)
    return AFaire(
        _("Renouveler ma demande"),
        _("Elle garde son ancienneté et ses points. Cela prend une minute."),
        Action(_("Renouveler"), url(dossier, "renouveler"), "arrows-clockwise", principale=True),
        deadline(last, au, _("Sans renouvellement, la demande s'arrête et l'ancienneté est perdue.")),
        Lien(_("Version facile à lire"), url(dossier, "avertissement_facile"), "speaker-high"),
    )


def _nothing(dossier: Dossier, tableau: Tableau) -> AFaire:
    if not tableau.vivante:
        return AFaire(
            _("Votre demande est close"),
            _("Elle ne reçoit plus de proposition. Une nouvelle demande se dépose en ligne ou au guichet."),
            None,
        )
    words = _("Nous vous écrirons dès qu'un bailleur propose votre dossier. À renouveler avant le %(jour)s.")
    return AFaire(
        _("Rien à faire aujourd'hui"),
        words % {"jour": ecrire_date(dossier.demande.expire_le)},
        Action(_("Comprendre mes points"), url(dossier, "points"), "arrow-right", principale=True),
    )


def stairs(dossier: Dossier, tableau: Tableau) -> list[Etape]:
    """Return the path of the request, from its filing to the keys."""
    followed = tableau.en_cours
    steps = [Etape(_("Demande déposée"), _le(dossier.demande.date_depot_initial)), _papers(tableau)]
    if followed is None:
        steps += [
            Etape(_("Dossier proposé"), _("quand un logement vous convient"), "a_venir"),
            Etape(_("Commission"), _("elle décide et vous écrit"), "a_venir"),
            Etape(_("Votre réponse"), _("dix jours au moins"), "a_venir"),
        ]
    else:
        steps += _of_candidacy(followed)
    steps.append(Etape(_("Visite et bail"), _("si vous acceptez"), _last(followed)))
    return _one_now(steps)


def _le(jour: dt.date) -> str:
    return _("le %(jour)s") % {"jour": ecrire_date(jour)}


def _papers(tableau: Tableau) -> Etape:
    judged = [p.piece.jugee_le for p in tableau.pieces if p.piece and p.etat == EtatPiece.VERIFIEE]
    waiting = [p for p in tableau.pieces if p.attendue and p.etat != EtatPiece.VERIFIEE]
    days = [day for day in judged if day is not None]
    if not waiting and days:
        return Etape(_("Pièces vérifiées"), _le(max(days)))
    return Etape(
        _("Pièces"), _("%(n)s à vérifier") % {"n": len(waiting)}, "fait" if tableau.en_cours else "maintenant"
    )


def _of_candidacy(suivi: Suivi) -> list[Etape]:
    candidature, decision, offer = suivi.candidature, suivi.decision, suivi.proposition
    words = _("par %(bailleur)s, le %(jour)s")
    day = ecrire_date(candidature.proposee_le)
    steps = [Etape(_("Dossier proposé"), words % {"bailleur": suivi.bailleur, "jour": day})]
    if decision is None:
        return [
            *steps,
            Etape(_("Commission"), _("elle décide et vous écrit"), "maintenant"),
            Etape(_("Votre réponse"), _("dix jours au moins"), "a_venir"),
        ]
    held = _le(decision.point.seance.le)
    steps.append(Etape(_("Commission"), f"{mots.state_word(decision)}, {held}"))
    if offer is None:
        return [*steps, Etape(_("Votre réponse"), _("quand la proposition arrive"), "maintenant")]
    if suivi.offerte:
        last = _("avant le %(jour)s") % {"jour": ecrire_date(offer.limite, "longue")}
        return [*steps, Etape(_("Votre réponse"), last, "maintenant")]
    return [*steps, Etape(_("Votre réponse"), _le(offer.reponse_le) if offer.reponse_le else "")]


def _last(suivi: Suivi | None) -> str:
    return "maintenant" if suivi is not None and suivi.candidature.etat == "acceptee" else "a_venir"


def _one_now(steps: list[Etape]) -> list[Etape]:
    """Keep one present step, the last one said so: those before it are done."""
    now = max((k for k, step in enumerate(steps) if step.etat == "maintenant"), default=None)
    if now is None:
        return steps
    return [Etape(s.titre, s.texte, "fait" if k < now else s.etat) for k, s in enumerate(steps)]
