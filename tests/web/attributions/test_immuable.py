"""What is decided stays: the database refuses, a new decision corrects, the minutes are chained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from palier.base.errors import RefusalError
from palier.web.apps.attributions.models import (
    Bail,
    Bulletin,
    Decision,
    PointSeance,
    Presence,
    Pv,
    Recherche,
    Seance,
)
from palier.web.apps.attributions.operations import baux, corrections, points, pv, seances, suites
from palier.web.apps.attributions.queries.faits import closing_of, cloture_of
from palier.web.apps.attributions.queries.pv import verify_chain
from tests.web.attributions.outils import LAST, SENT, SESSION, Monde, a

pytestmark = pytest.mark.django_db

NEXT = dt.date(2027, 1, 12)


@pytest.fixture
def monde() -> Monde:
    return Monde()


def _signed(monde: Monde) -> PointSeance:
    point = monde.decide()
    monde.signe(point.seance)
    return point


@pytest.mark.parametrize(
    "change",
    [
        lambda: Decision.objects.update(code="attribution"),
        lambda: Decision.objects.update(rang=None),
        lambda: Decision.objects.update(motifs={}),
        lambda: Decision.objects.update(texte="autre"),
        lambda: Decision.objects.update(etat="proposee"),
        lambda: Decision.objects.all().delete(),
        lambda: PointSeance.objects.update(oui=6),
        lambda: PointSeance.objects.update(etat="a_examiner"),
        lambda: PointSeance.objects.all().delete(),
        lambda: Bulletin.objects.update(sens="non"),
        lambda: Bulletin.objects.all().delete(),
        lambda: Presence.objects.update(interet="parent"),
        lambda: Presence.objects.all().delete(),
        lambda: Seance.objects.update(etat="ouverte"),
        lambda: Seance.objects.update(le=NEXT),
        lambda: Pv.objects.update(contenu={}),
        lambda: Pv.objects.all().delete(),
    ],
)
def test_pla_o33_la_base_refuse_elle_meme(monde: Monde, change: Callable[[], Any]) -> None:
    _signed(monde)
    with monde.voir(), pytest.raises(DatabaseError, match=r"ATR-050|permission|protected"):  # noqa: SIM117
        with transaction.atomic():
            change()


def test_un_bulletin_ne_s_ajoute_pas_apres(monde: Monde) -> None:
    point = _signed(monde)
    with monde.voir(), pytest.raises(DatabaseError, match="ATR-050"), transaction.atomic():
        Bulletin.objects.create(point=point, membre=monde.membres[4], tour=1, sens="non", recu=a(SESSION))


def test_un_bail_et_une_recherche_ne_changent_pas(monde: Monde) -> None:
    point = _signed(monde)
    monde.repond(monde.envoie(point, monde.numeros[0]), "oui", SENT)
    chosen = monde.candidatures(point)[monde.numeros[0]]
    baux.signer_bail(
        acteur=monde.agent, candidature=chosen.pk, signe_le=LAST, reference="B 1", identite_verifiee=True,
        au=LAST, maintenant=a(LAST),
    )  # fmt: skip
    with monde.voir():
        Recherche.objects.create(
            vacance_id=point.vacance_id, au=LAST, n=1, eligibles=0, motifs={}, faite_le=a(LAST)
        )
        for model, values in ((Bail, {"loyer_cent": 1}), (Recherche, {"n": 2})):
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.update(**values)


def _correction(monde: Monde, old: Decision) -> tuple[Seance, PointSeance]:
    session = monde.seance(NEXT)
    item = corrections.inscrire_rectification(acteur=monde.agent, seance=session.pk, decision=old.pk)
    monde.ouvre(session, NEXT, LAST)
    return session, item


def test_pla_o33_une_decision_rectificative_cite_l_ancienne(monde: Monde) -> None:
    point = _signed(monde)
    old = monde.decisions(point)[2]
    assert old.code == "non_attribution"
    session, item = _correction(monde, old)
    asked: dict[str, Any] = {"acteur": monde.agent, "point": item.pk, "decision": old.pk}
    with pytest.raises(RefusalError, match="COM-105"):
        corrections.proposer_rectification(**asked, texte=" ", motifs={"DETTE": {}})
    new = corrections.proposer_rectification(
        **asked, texte="le motif écrit était celui d'un autre dossier", motifs={"TAILLE": {"nb_personnes": 3}}
    )
    who = monde.siege(monde.membres[0], NEXT)
    with pytest.raises(RefusalError, match="ATR-015"):
        points.clore_point(acteur=who, point=item.pk, maintenant=a(NEXT))
    for membre in monde.membres[:3]:
        points.pointer(acteur=who, point=item.pk, membre=membre.pk, maintenant=a(NEXT))
        points.voter(acteur=who, point=item.pk, membre=membre.pk, sens="oui", maintenant=a(NEXT))
    made = corrections.clore_rectification(acteur=who, point=item.pk, maintenant=a(NEXT))
    assert len(made.decisions) == 3
    seances.clore(acteur=who, seance=session.pk, maintenant=a(NEXT, 12))
    monde.signe(session, NEXT)
    with monde.voir():
        kept = Decision.objects.get(pk=new.pk)
        assert (kept.etat, kept.corrige_id, kept.code) == ("votee", old.pk, "non_attribution")
        assert Decision.objects.get(pk=old.pk).motifs == {"DETTE": {}}
        held = cloture_of(closing_of(kept.candidature)).decision(kept.candidature.numero_unique)
        assert held is not None
        assert dict(held.motifs) == {"TAILLE": {"nb_personnes": 3}}
        assert verify_chain(monde.bailleur.pk) is None
        assert Pv.objects.get(numero=2).precedent == Pv.objects.get(numero=1).empreinte
    with pytest.raises(RefusalError, match="ATR-030"):
        corrections.inscrire_rectification(
            acteur=monde.agent, seance=monde.seance(dt.date(2027, 2, 9)).pk, decision=old.pk
        )


def test_une_rectification_sans_quorum_ne_corrige_rien(monde: Monde) -> None:
    old = monde.decisions(_signed(monde))[2]
    _session, item = _correction(monde, old)
    who = monde.siege(monde.membres[0], NEXT)
    with pytest.raises(RefusalError, match="ATR-031"):
        corrections.clore_rectification(acteur=who, point=item.pk, maintenant=a(NEXT))
    corrections.proposer_rectification(
        acteur=monde.agent, point=item.pk, decision=old.pk, texte="erreur", motifs={"REFUS_ANTERIEUR": {}}
    )
    points.pointer(acteur=who, point=item.pk, membre=monde.membres[0].pk, maintenant=a(NEXT))
    made = corrections.clore_rectification(acteur=who, point=item.pk, maintenant=a(NEXT))
    assert (made.examine, made.decisions) == (False, ())
    points.non_examiner(acteur=who, point=item.pk, motif="quorum", maintenant=a(NEXT))
    seances.clore(acteur=who, seance=item.seance_id, maintenant=a(NEXT, 12))


def test_le_pv_puis_sa_transmission(monde: Monde) -> None:
    point = monde.decide()
    with pytest.raises(RefusalError, match="COM-020"):
        pv.transmettre(acteur=monde.agent, seance=point.seance_id, envoi_le=SENT)
    made = monde.signe(point.seance)
    text = str(made.contenu)
    assert monde.numeros[0] in text
    with pytest.raises(RefusalError, match="COM-087"):
        pv.transmettre(acteur=monde.agent, seance=point.seance_id, envoi_le=None)
    assert pv.transmettre(acteur=monde.agent, seance=point.seance_id, envoi_le=SENT).etat == "transmise"


def test_notifier_contester_puis_definitif(monde: Monde) -> None:
    from palier.web.apps.attributions.operations import horloge

    point = _signed(monde)
    first, second, third = monde.decisions(point)
    told: dict[str, Any] = {"acteur": monde.agent, "remise_le": SENT}
    with pytest.raises(RefusalError, match="COM-137"):
        suites.notifier(acteur=monde.agent, decision=first.pk, remise_le=None, preuve="LR")
    with pytest.raises(RefusalError, match="ATR-020"):
        suites.notifier(**told, decision=first.pk, preuve=" ")
    for decision in (first, second, third):
        done = suites.notifier(**told, decision=decision.pk, preuve="LR 1")
    assert done.recours_limite == dt.date(2027, 2, 11)
    late = dt.date(2027, 2, 12)
    suites.contester(acteur=monde.agent, decision=third.pk, au=LAST)
    with pytest.raises(RefusalError, match="COM-134"):
        suites.contester(acteur=monde.agent, decision=second.pk, au=late)
    assert horloge.passer(bailleur=monde.bailleur.pk, au=late, maintenant=a(late)).definitives == 2
    with pytest.raises(RefusalError, match="COM-136"):
        suites.clore_recours(acteur=monde.agent, decision=third.pk, clos_le=None)
    assert suites.clore_recours(acteur=monde.agent, decision=third.pk, clos_le=late).etat == "definitive"
