"""A commission for the pages: a session held and signed, one open today, one to prepare."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP

from palier.web.apps.attributions.models import Convention, Decision, PointSeance, Seance
from palier.web.apps.attributions.operations import corrections, points, pv, seances
from palier.web.apps.attributions.operations.appel import Presente, faire_appel
from palier.web.apps.organismes.models import Fonction
from tests.web.attributions.outils import COMMUNE, CONGE, Monde, a, fit, reglement
from tests.web.demandes.outils import charge, invente
from tests.web.personnel import SECRET_TOTP, client_de, creer_agent, creer_organisme


class Commission(Monde):
    """The world of the tests, beside the requests of the other landlords, on the day of the site."""

    def __init__(self, au: dt.date) -> None:
        self.bailleur = creer_organisme(nom="Habitat du Grand Orle")
        self.reservataire = creer_organisme("reservataire", nom="Ville d'Orlemont")
        self.agent = self.personne("agent_bailleur", self.bailleur)
        self.admin = self.personne("admin_bailleur", self.bailleur)
        self.res = self.personne("reservataire", self.reservataire)
        charge([self.bailleur, self.reservataire], table=invente(graine=11, au=au).demandes, au=au)
        self.numeros = fit(self.bailleur, 5)
        seances.adopter_reglement(acteur=self.admin, texte=reglement(self.bailleur), origine="essai")
        names = ("Anne Morel", "Luc Petit", "Inès Roche", "Paul Blanc", "Rose Lenoir", "Hugo Martin")
        self.membres = [self.membre("organisme", president=k == 0) for k in range(6)]
        self.maire = self.membre("maire", COMMUNE)
        for seat, name in zip([*self.membres, self.maire], (*names, "Jeanne Faure"), strict=True):
            seat.nom = name
            seat.save(update_fields=["nom"])
            Fonction.objects.filter(utilisateur=seat.utilisateur).delete()
            TOTP.activate(seat.utilisateur, SECRET_TOTP)
        self.convention = Convention.objects.create(
            bailleur=self.bailleur, reservataire=self.reservataire, reference="C1", du=CONGE,
            communes=[COMMUNE],
        )  # fmt: skip

    def tenue(self, le: dt.date, mode: str = "salle", homes: int = 2) -> tuple[Seance, list[PointSeance]]:
        """A session that is open on a day."""
        seance = self.seance(le, mode)
        rows = [self.inscrit(3, seance) for _ in range(homes)]
        self.ouvre(seance, le, le - dt.timedelta(days=7))
        return seance, rows

    def presents(self, point: PointSeance, le: dt.date, combien: int = 4) -> None:
        there = {m.pk: Presente() for m in [*self.membres[:combien], self.maire]}
        there[self.membres[4].pk] = Presente(interet="voisin")
        president = self.siege(self.membres[0], le)
        faire_appel(acteur=president, point=point.pk, presents=there, maintenant=a(le))


def sits(au: dt.date, session: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Fill the commission; return what addresses name, and the cookies of its persons."""
    monde = Commission(au)
    past = au - dt.timedelta(days=1)
    held, rows = monde.tenue(past)
    president = monde.siege(monde.membres[0], past)
    for point in rows:
        monde.presents(point, past)
    points.proposer_decisions(acteur=monde.agent, point=rows[0].pk,
                              choix=monde.rangs(rows[0], *monde.numeros[:2]))  # fmt: skip
    for seat in monde.membres[:4]:
        points.voter(acteur=president, point=rows[0].pk, membre=seat.pk, sens="oui", maintenant=a(past))
    points.clore_point(acteur=president, point=rows[0].pk, maintenant=a(past))
    points.non_examiner(acteur=president, point=rows[1].pk, motif="temps", maintenant=a(past))
    seances.clore(acteur=president, seance=held.pk, maintenant=a(past))
    pv.signer_pv(acteur=president, seance=held.pk, au=past, maintenant=a(past))
    draft = monde.seance(au + dt.timedelta(days=21))
    waiting = monde.inscrit(3, draft)
    with monde.voir():
        wrong = Decision.objects.filter(point=rows[0], code="non_attribution").get()
    fixed = corrections.inscrire_rectification(acteur=monde.agent, seance=draft.pk, decision=wrong.pk)
    today, opened = monde.tenue(au)
    monde.presents(opened[0], au)
    written, letters = monde.tenue(au, "ecrite", 1)
    points.proposer_decisions(acteur=monde.agent, point=letters[0].pk,
                              choix=monde.rangs(letters[0], monde.numeros[0]))  # fmt: skip
    users = {
        "com_agent": monde.agent.qui, "com_admin": monde.admin.qui,
        "com_presidente": monde.membres[0].utilisateur, "com_membre": monde.membres[1].utilisateur,
    }  # fmt: skip
    for role in ("com_agent", "com_admin"):
        TOTP.activate(users[role], SECRET_TOTP)
    empty = creer_agent("agent_bailleur", creer_organisme(nom="Bailleur sans commission"))
    cookies = {role: session(client_de(user), user) for role, user in {**users, "com_vide": empty}.items()}
    return {
        "com_seance": str(today.pk), "com_point": str(opened[0].pk), "com_suivant": str(opened[1].pk),
        "com_tenue": str(held.pk), "com_clos": str(rows[0].pk), "com_projet": str(draft.pk),
        "com_attend": str(waiting.pk), "com_rectif": str(fixed.pk), "com_ecrite": str(written.pk),
        "com_lettre": str(letters[0].pk),
    }, cookies  # fmt: skip
