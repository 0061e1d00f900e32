"""An invented landlord, its commission and a home on its way: each step is the operation of the pages."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
import pytest
from django.db import transaction

from palier.base.errors import PalierError
from palier.engines.commission import Cloture, EcartOrdre, read_exemple
from palier.tables import colonne
from palier.web.apps.attributions.models import (
    Candidature,
    Convention,
    Decision,
    Membre,
    PointSeance,
    Proposition,
    Seance,
    Vacance,
)
from palier.web.apps.attributions.operations import candidats, points, pv, seances, suites, vacances
from palier.web.apps.attributions.operations.points import Choix
from palier.web.apps.attributions.queries import acteurs
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.models import Argent, Demande
from palier.web.apps.journal.models import Evenement
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.parc.models import Logement
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.outils import TERRITOIRE, charge
from tests.web.personnel import creer_agent, creer_organisme

CONGE, FIN = dt.date(2026, 10, 1), dt.date(2026, 12, 31)
TOLD = dt.date(2026, 10, 12)  # the réservataire; term on 12 November
PROPOSED = dt.date(2026, 10, 20)
CALLED, SESSION = dt.date(2026, 11, 26), dt.date(2026, 12, 8)
SENT = dt.date(2026, 12, 10)  # a Thursday; ten days end on Sunday 20, moved to Monday 21
LAST, AFTER = dt.date(2026, 12, 21), dt.date(2026, 12, 22)
COMMUNE = "67482"
DECRIT = {
    "loyer_cent": 45000, "surface_m2": 66, "financement": "plus", "dpe_classe": "C", "accessible": False,
    "typologie": "t3", "epci": TERRITOIRE, "etage": 1, "ascenseur": True,
}  # fmt: skip


def a(jour: dt.date, heure: int = 9) -> dt.datetime:
    """An instant of a day."""
    return dt.datetime.combine(jour, dt.time(heure), dt.UTC)


class Monde:
    """A landlord with its commission, a réservataire, requests that fit the home."""

    def __init__(self, candidats_prets: int = 5, table: pl.DataFrame | None = None) -> None:
        self.bailleur, self.reservataire = creer_organisme(), creer_organisme("reservataire")
        self.agent = self.personne("agent_bailleur", self.bailleur)
        self.admin = self.personne("admin_bailleur", self.bailleur)
        self.res = self.personne("reservataire", self.reservataire)
        self.prefet = self.personne("etat", creer_organisme("etat"))
        charge([self.bailleur, self.reservataire], table=table)
        self.numeros = fit(self.bailleur, candidats_prets)
        seances.adopter_reglement(acteur=self.admin, texte=reglement(self.bailleur), origine="essai")
        self.membres = [self.membre("organisme", president=k == 0) for k in range(6)]
        self.maire = self.membre("maire", COMMUNE)
        self.maire_ailleurs = self.membre("maire", "67218")
        self.convention = Convention.objects.create(
            bailleur=self.bailleur, reservataire=self.reservataire, reference="C1", du=dt.date(2026, 1, 1),
            communes=[COMMUNE],
        )  # fmt: skip

    @staticmethod
    def personne(role: str, organisme: Organisme) -> Acteur:
        user = creer_agent(role, organisme, facteur=False)
        return Acteur(user, role, (organisme.pk,))

    def membre(self, qualite: str, lieu: str = "", *, president: bool = False) -> Membre:
        user = creer_agent("agent_bailleur", self.bailleur, facteur=False)
        seat = Membre(
            utilisateur=user, nom="M", qualite=qualite, lieu=lieu, president=president,
            du=dt.date(2026, 1, 1),
        )  # fmt: skip
        return seances.nommer_membre(acteur=self.admin, membre=seat, au=CONGE)

    def siege(self, membre: Membre, au: dt.date = SESSION) -> Acteur:
        """A member as she logs in on a day."""
        found = acteurs.by_seat(membre.utilisateur, au)
        assert found is not None
        return found

    @property
    def president(self) -> Acteur:
        return self.siege(self.membres[0])

    def voir(self) -> Any:
        return perimetre(organismes=[self.bailleur.pk])

    # --- steps ---

    def vacance(self) -> Vacance:
        home = Logement.objects.create(
            identifiant=f"L{uuid.uuid4().hex[:12]}", organisme=self.bailleur, commune_code=COMMUNE,
            typologie="T3",
        )  # fmt: skip
        made = vacances.recevoir_conge(
            acteur=self.agent, logement=home.pk, territoire=TERRITOIRE, conge_le=CONGE, bail_fin=FIN,
            maintenant=a(CONGE),
        )  # fmt: skip
        return vacances.qualifier(acteur=self.agent, vacance=made.pk, description=DECRIT, maintenant=a(CONGE))

    def orientee(self) -> Vacance:
        made = self.vacance()
        vacances.orienter(
            acteur=self.agent, vacance=made.pk, convention=self.convention.pk, au=TOLD, maintenant=a(TOLD)
        )
        return made

    def proposer(
        self, vacance: Vacance, numero: str, acteur: Acteur | None = None, **plus: Any
    ) -> Candidature:
        return candidats.proposer_candidat(
            acteur=acteur or self.res, vacance=vacance.pk, numero=numero, au=PROPOSED,
            maintenant=a(PROPOSED), **plus,
        )  # fmt: skip

    def seance(self, le: dt.date = SESSION, mode: str = "salle") -> Seance:
        return seances.creer_seance(acteur=self.agent, bailleur=self.bailleur.pk, le=le, mode=mode)

    def inscrit(self, dossiers: int = 3, seance: Seance | None = None) -> PointSeance:
        home = self.orientee()
        for numero in self.numeros[:dossiers]:
            self.proposer(home, numero)
        return seances.inscrire(
            acteur=self.agent, seance=(seance or self.seance()).pk, vacance=home.pk, maintenant=a(CALLED)
        )

    def ouvre(self, seance: Seance, au: dt.date = SESSION, convoquee: dt.date = CALLED) -> None:
        seances.convoquer(acteur=self.agent, seance=seance.pk, au=convoquee)
        seances.ouvrir(acteur=self.siege(self.membres[0], au), seance=seance.pk, au=au, maintenant=a(au))

    def examen(self, dossiers: int = 3) -> PointSeance:
        """A home on the agenda of an open session."""
        point = self.inscrit(dossiers)
        self.ouvre(point.seance)
        return point

    def vote(
        self, point: PointSeance, choix: Sequence[Choix], *, oui: int = 3, non: int = 0, presents: int = 3,
        ecarts: Sequence[EcartOrdre] = (),
    ) -> None:  # fmt: skip
        there = [m.pk for m in self.membres[:presents]]
        self.pointe(point, there)
        points.proposer_decisions(acteur=self.agent, point=point.pk, choix=choix, ecarts=ecarts)
        for k, membre in enumerate(there[: oui + non]):
            self.voter(point, membre, "oui" if k < oui else "non")

    def pointe(self, point: PointSeance, membres: Sequence[uuid.UUID], **plus: Any) -> None:
        for membre in membres:
            points.pointer(
                acteur=self.president, point=point.pk, membre=membre, maintenant=a(SESSION), **plus
            )

    def voter(self, point: PointSeance, membre: uuid.UUID, sens: str = "oui") -> None:
        points.voter(
            acteur=self.president, point=point.pk, membre=membre, sens=sens, maintenant=a(SESSION, 10)
        )

    def clot(self, point: PointSeance) -> Cloture:
        return points.clore_point(acteur=self.president, point=point.pk, maintenant=a(SESSION, 11))

    def rangs(self, point: PointSeance, *numeros: str) -> list[Choix]:
        """The candidates given, by rank, and a refusal to the others."""
        files = self.candidatures(point)
        made = [Choix(files[n].pk, "attribution_rang", rang=k) for k, n in enumerate(numeros, start=1)]
        return made + [
            Choix(c.pk, "non_attribution", motifs={"DETTE": {}})
            for n, c in files.items() if n not in numeros
        ]  # fmt: skip

    def candidatures(self, point: PointSeance) -> dict[str, Candidature]:
        with self.voir():
            rows = Candidature.objects.filter(vacance_id=point.vacance_id).order_by("numero_unique")
            return {c.numero_unique: c for c in rows}

    def decide(self, rangs: int = 2, dossiers: int = 3) -> PointSeance:
        """A closed session that gave ranks."""
        point = self.examen(dossiers)
        self.vote(point, self.rangs(point, *self.numeros[:rangs]))
        self.clot(point)
        seances.clore(acteur=self.president, seance=point.seance_id, maintenant=a(SESSION, 12))
        return point

    def envoie(self, point: PointSeance, numero: str, le: dt.date = SENT, **plus: Any) -> Proposition:
        return suites.envoyer_proposition(
            acteur=self.agent, candidature=self.candidatures(point)[numero].pk, envoyee_le=le, recue_le=le,
            maintenant=a(le), **plus,
        )  # fmt: skip

    def repond(
        self, proposition: Proposition, sens: str, le: dt.date, acteur: Acteur | None = None,
        canal: str = "telephone", au: dt.date | None = None,
    ) -> Proposition | None:  # fmt: skip
        return suites.repondre(
            acteur=acteur or self.agent, proposition=proposition.pk, sens=sens, le=le, canal=canal,
            au=au or le, maintenant=a(au or le),
        )  # fmt: skip

    def signe(self, seance: Seance, au: dt.date = SESSION) -> Any:
        who = self.siege(self.membres[0], au)
        return pv.signer_pv(acteur=who, seance=seance.pk, au=au, maintenant=a(au, 13))

    # --- what is read ---

    def etat(self, row: Any) -> str:
        with self.voir():
            return str(type(row)._default_manager.get(pk=row.pk).etat)

    def etats(self, point: PointSeance) -> list[str]:
        """States of the candidates, in the order of their numbers."""
        return [c.etat for c in self.candidatures(point).values()]

    def decisions(self, point: PointSeance) -> list[Decision]:
        with self.voir():
            return list(Decision.objects.filter(point=point).order_by("candidature__numero_unique"))


def reglement(bailleur: Organisme, **change: str) -> str:
    """The example, of a landlord."""
    text = read_exemple().replace("732829320", bailleur.siren)
    for old, new in change.items():
        text = text.replace(old, new)
    return text


def fit(bailleur: Organisme, combien: int) -> list[str]:
    """Make some requests fit the home; return their numbers in order."""
    bit = colonne("typologies").bit("t3")
    with perimetre(organismes=[bailleur.pk]):
        rows = Demande.objects.filter(statut="active").order_by("numero_unique")[:combien]
        found = list(rows.values_list("pk", "numero_unique"))
        ids = [pk for pk, _numero in found]
        Demande.objects.filter(pk__in=ids).update(
            date_depot_initial=dt.date(2024, 3, 1), date_renouvellement=dt.date(2026, 8, 1),
            expire_le=dt.date(2027, 8, 1), typologies=bit, localisations=[COMMUNE], nb_personnes=3,
            nb_a_charge=1, en_couple=True, logement_commune=COMMUNE, rfr_n2_annee=2024, ascenseur=False,
            rez_de_chaussee_seul=False, dalo=None,
        )  # fmt: skip
        Argent.objects.filter(pk__in=ids).update(
            rfr_n2_eur=18000, rfr_n1_eur=18000, ressources_mensuelles_cent=180000
        )
    return [numero for _pk, numero in found]


def demandeur(candidature: Candidature) -> Acteur:
    """The applicant of a candidacy."""
    return Acteur("demandeur", "demandeur", demandes=(candidature.demande_id,))


@contextmanager
def refuse(*codes: str) -> Iterator[None]:
    """Demand these problems and no other, and that nothing was written."""
    before = Evenement.objects.count()
    with pytest.raises(PalierError) as caught, transaction.atomic():
        yield
    assert {p.code for p in caught.value.problems} == set(codes)
    written = Evenement.objects.exclude(verbe="acces.refuser").count()
    assert written <= before
