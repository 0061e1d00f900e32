"""Renewals, warnings, the five removals and no other, the daily job and its dry run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import yaml
from django.db import IntegrityError, transaction

from palier import law
from palier.base.errors import RefusalError
from palier.engines.commission import Dossier
from palier.web.apps.demandes.models import Demande, EvenementDemande, MotifRadiation, Piece
from palier.web.apps.demandes.operations import suivi, vie
from palier.web.apps.demandes.queries.acces import is_reader
from palier.web.apps.demandes.rules.radiation import judge_radiation, last_notice
from palier.web.apps.journal.models import Evenement
from palier.web.postgres.perimetre import perimetre
from tests.conftest import RACINE
from tests.web.demandes.outils import AU, MAINTENANT, TERRITOIRE, charge, fonction
from tests.web.personnel import creer_agent, creer_organisme

CAS = yaml.safe_load((RACINE / "tests/cases/demandes/radiations.yaml").read_text(encoding="utf-8"))["cas"]
LOI = law.at(AU, non_verifie=True)
DOSSIER = Dossier("essai", dt.date(2025, 2, 3), dt.date(2026, 1, 10))


def test_les_motifs_de_la_loi_sont_ceux_de_la_base() -> None:
    assert set(LOI.get("radiation_motifs").details) == set(MotifRadiation.values)


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["nom"])
def test_une_radiation_est_jugee(cas: dict[str, Any]) -> None:
    given = {"preuve": "LR 1", "lieu": "67482", "prouve_le": dt.date(2026, 11, 2)}
    asked = given | {k: v for k, v in cas.items() if k in {*given, "avertie_le"}}
    dossier = replace(DOSSIER, statut=cas.get("statut", "active"))
    found = judge_radiation(LOI, cas["motif"], cas["au"], dossier=dossier, **asked)
    assert [problem.code for problem in found] == cas["codes"]


def test_l_avis_de_renouvellement_a_son_mois() -> None:
    assert last_notice(LOI, DOSSIER, "67482") < dt.date(2026, 12, 10)


@pytest.fixture
def demande(db: None) -> Demande:
    """A living request, filed long ago and renewed in August."""
    charge([creer_organisme()])
    with perimetre(territoire=TERRITOIRE):
        found: Demande = Demande.objects.filter(statut="active").order_by("numero_unique").first()
        Demande.objects.filter(pk=found.pk).update(
            date_depot_initial=dt.date(2024, 3, 1),
            date_renouvellement=dt.date(2026, 8, 1),
            expire_le=dt.date(2027, 8, 1),
            logement_commune="67482",
        )
        found.refresh_from_db()
    return found


def _dans(demande: Demande) -> Any:
    return perimetre(organismes=demande.organismes)


def test_un_renouvellement_donne_un_an_et_laisse_une_ligne(demande: Demande) -> None:
    with _dans(demande):
        done = vie.renouveler(acteur="essai", demande=demande, le=AU, maintenant=MAINTENANT)
        assert done.expire_le == dt.date(2027, 11, 24)
        assert EvenementDemande.objects.filter(demande=demande, evenement_type="renouvellement").exists()
        with pytest.raises(RefusalError, match="DEM-017"):
            vie.renouveler(acteur="essai", demande=demande, le=dt.date(2026, 1, 1), maintenant=MAINTENANT)
    assert Evenement.objects.filter(verbe="demande.renouveler", objet_id=demande.pk).count() == 1


def test_radier_suit_l_avertissement_et_son_mois(demande: Demande) -> None:
    def remove(le: dt.date) -> Demande:
        return vie.radier(
            acteur="essai", demande=demande, motif="contact_impossible", le=le, preuve="LR 7",
            maintenant=MAINTENANT,
        )  # fmt: skip

    with _dans(demande):
        with pytest.raises(RefusalError, match="COM-131"), transaction.atomic():
            remove(AU)
        vie.avertir(
            acteur="essai", demande=demande, motif="contact_impossible", recu_le=dt.date(2026, 10, 1),
            preuve="LR 7",
        )  # fmt: skip
        with pytest.raises(RefusalError, match="COM-132"), transaction.atomic():
            remove(dt.date(2026, 10, 31))
        done = remove(dt.date(2026, 11, 4))
        assert (done.statut, done.motif_radiation) == ("radiee", "contact_impossible")
        with pytest.raises(RefusalError, match="DEM-011"), transaction.atomic():
            remove(AU)
    assert Evenement.objects.filter(verbe="demande.radier.contact_impossible").count() == 1


def test_un_bail_loge_la_demande(demande: Demande) -> None:
    with _dans(demande):
        done = vie.radier(
            acteur="essai", demande=demande, motif="attribution", le=AU, preuve="bail 12", prouve_le=AU,
            maintenant=MAINTENANT,
        )  # fmt: skip
        assert done.statut == "attribuee"


@pytest.mark.parametrize(
    "valeurs",
    [
        {"statut": "radiee", "motif_radiation": None},
        {"statut": "active", "motif_radiation": "renoncement"},
        {"statut": "radiee", "motif_radiation": "ne_convient_pas"},
        {"statut": "suspendue"},
        {"numero_unique": "abc"},
        {"organismes": []},
    ],
)
def test_la_base_refuse_elle_meme(demande: Demande, valeurs: dict[str, Any]) -> None:
    with perimetre(territoire=TERRITOIRE), pytest.raises(IntegrityError), transaction.atomic():
        Demande.objects.filter(pk=demande.pk).update(**valeurs)


def _fini(demande: Demande, essai: bool) -> vie.BilanEcheances:
    return vie.passer_echeances(territoire=TERRITOIRE, au=AU, maintenant=MAINTENANT, essai=essai)


def test_la_nuit_ne_radie_que_ce_qui_a_ete_avise(demande: Demande) -> None:
    with perimetre(territoire=TERRITOIRE):
        Demande.objects.update(expire_le=dt.date(2028, 1, 1))
        Demande.objects.filter(pk=demande.pk).update(
            date_renouvellement=dt.date(2025, 11, 1), expire_le=dt.date(2026, 11, 1)
        )
    assert _fini(demande, essai=False) == vie.BilanEcheances((), (), 1)
    with _dans(demande):
        vie.avertir(
            acteur="essai", demande=demande, motif="non_renouvellement", recu_le=dt.date(2026, 9, 20),
            preuve="AR 3",
        )  # fmt: skip
    assert _fini(demande, essai=True).radiees == (demande.pk,)
    with _dans(demande):
        assert Demande.objects.get(pk=demande.pk).statut == "active"
    assert _fini(demande, essai=False).radiees == (demande.pk,)
    with _dans(demande):
        assert Demande.objects.get(pk=demande.pk).motif_radiation == "non_renouvellement"
    assert _fini(demande, essai=False).radiees == ()
    assert Evenement.objects.filter(verbe="demande.radier.non_renouvellement").count() == 1


def test_la_nuit_dit_qui_est_a_aviser(demande: Demande) -> None:
    with perimetre(territoire=TERRITOIRE):
        Demande.objects.update(expire_le=dt.date(2028, 1, 1))
        Demande.objects.filter(pk=demande.pk).update(expire_le=dt.date(2027, 1, 10))
    assert _fini(demande, essai=True).a_avertir == (demande.pk,)
    with _dans(demande):
        vie.avertir(acteur="essai", demande=demande, motif="non_renouvellement", recu_le=AU, preuve="AR 4")
    assert _fini(demande, essai=True).a_avertir == ()


def test_une_piece_verifiee_prouve_son_fait(demande: Demande) -> None:
    from palier.tables import colonne

    def judge(etat: str, fait: str = "revenu_fiscal") -> Piece:
        return suivi.juger_piece(
            acteur="essai", demande=demande, fait=fait, niveau="piece", etat=etat, le=AU,
            maintenant=MAINTENANT, motif="illisible" if etat == "refusee" else "",
        )  # fmt: skip

    bit = colonne("verifie_piece").bit("revenu_fiscal")
    with _dans(demande):
        for etat, proven in (("recue", False), ("verifiee", True), ("refusee", False)):
            judge(etat)
            demande.refresh_from_db()
            assert bool((demande.verifie_piece or 0) & bit) is proven
        assert Piece.objects.filter(demande=demande).count() == 1
        assert Piece.objects.get(demande=demande).motif_refus == "illisible"
        with pytest.raises(RefusalError, match="DEM-018"):
            judge("recue", "couleur")


def test_un_lecteur_est_nomme_puis_retire(demande: Demande) -> None:
    from palier.web.apps.organismes.models import Organisme

    owner = Organisme.objects.get(pk=demande.organismes[0])
    user, stranger = creer_agent("agent_bailleur", owner), creer_agent("agent_bailleur")
    assert not is_reader(user, fonction(owner), AU)
    named = suivi.nommer_lecteur(acteur="essai", utilisateur=user, organisme=owner, du=AU)
    assert is_reader(user, fonction(owner), AU)
    with pytest.raises(RefusalError, match="DEM-019"):
        suivi.nommer_lecteur(acteur="essai", utilisateur=stranger, organisme=owner, du=AU)
    suivi.retirer_lecteur(acteur="essai", lecteur=named, au=AU)
    assert not is_reader(user, fonction(owner), AU + dt.timedelta(days=1))
