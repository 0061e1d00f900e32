"""The desk of a landlord: its work list, its homes, by the pages that its agents open."""

from __future__ import annotations

import datetime as dt
import html
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from palier.web.apps.attributions.models import Candidature, Convention, Proposition, Vacance
from palier.web.apps.attributions.operations import seances, vacances
from palier.web.apps.attributions.operations.points import Choix
from palier.web.apps.attributions.queries import comparaison, travail
from palier.web.apps.demandes.models import Argent, Demande
from palier.web.apps.journal.models import Evenement
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import AFTER, LAST, PROPOSED, SESSION, TOLD, Monde, a, refuse
from tests.web.personnel import client_de, creer_agent

pytestmark = pytest.mark.django_db


def lu(answer: Any) -> str:
    """The words of a page, as the tests write them."""
    text = html.unescape(answer.content.decode())
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def test_la_liste_dit_chaque_acte_et_son_dernier_jour() -> None:
    monde = Monde()
    agent = client_de(creer_agent("agent_bailleur", monde.bailleur))
    empty = lu(agent.get(reverse("attributions:travail")))
    assert "Rien n'attend votre bureau" in empty
    point = monde.decide()
    waiting = monde.vacance()
    held = monde.orientee()
    with monde.voir():
        found = [(t.code, t.jour) for t in travail.tasks_of(monde.bailleur.pk, dt.date(2026, 11, 13))]
    assert ("reprendre", dt.date(2026, 11, 13)) in found  # its term was the day before
    assert ("orienter", waiting.bail_fin) in found
    assert ("notifier", None) in found
    assert ("offrir", None) in found
    vacances.reprendre(
        acteur=monde.agent, vacance=held.pk, au=dt.date(2026, 11, 13), maintenant=a(SESSION)
    )  # fmt: skip
    offer = monde.envoie(point, monde.numeros[0])
    with monde.voir():
        tasks = travail.tasks_of(monde.bailleur.pk, AFTER)
    codes = [t.code for t in tasks]
    assert "reprendre" not in codes
    assert [t.jour for t in tasks if t.code == "reponse"] == [LAST]
    monde.repond(offer, "oui", LAST)
    with monde.voir():
        codes = [t.code for t in travail.tasks_of(monde.bailleur.pk, AFTER)]
    assert "reponse" not in codes
    assert "bail" in codes
    page = lu(agent.get(reverse("attributions:travail")))
    assert "Faire signer le bail" in page
    assert reverse("attributions:vacance", args=[point.vacance_id]) in page
    assert "actes à faire" in lu(agent.get(reverse("organismes:accueil")))


def test_les_listes_ne_montrent_que_mes_logements(client: Client) -> None:
    monde, autre = Monde(0), Monde(0)
    mine, theirs = monde.vacance(), autre.vacance()
    agent = client_de(creer_agent("agent_bailleur", monde.bailleur))
    empty = reverse("attributions:vacances")
    page = lu(agent.get(empty))
    assert str(mine.pk) in page
    assert str(theirs.pk) not in page
    assert "Logement décrit" in page
    assert "450,00 €" in page
    assert "Aucun logement n'est dans cet état" in lu(
        agent.get(reverse("attributions:vacances"), {"etat": "retiree"})
    )
    assert agent.get(reverse("attributions:vacance", args=[theirs.pk])).status_code == 404
    assert agent.get(reverse("attributions:vacance", args=[mine.pk])).status_code == 200


def test_les_candidats_se_comparent_sur_les_memes_faits() -> None:
    monde = Monde()
    home = monde.orientee()
    for numero in monde.numeros[:3]:
        monde.proposer(home, numero)
    with perimetre(organismes=[monde.bailleur.pk]):
        rows = list(Candidature.objects.filter(vacance=home))
        one = Demande.objects.get(numero_unique=monde.numeros[1])
        Argent.objects.filter(pk=one.pk).update(rfr_n2_eur=30000, ressources_mensuelles_cent=0)
        found = comparaison.compare(home, rows, PROPOSED)
    first, second, third = found.candidats
    assert [c.lettre for c in found.candidats] == ["A", "B", "C"]
    assert first.effort == Fraction(1, 4)  # 450 out of 1 800
    assert first.reste_cent == 1479
    assert first.attente_mois == 31  # from 1 March 2024 to 20 October 2026
    assert second.effort is None
    assert second.part_plafond is not None
    assert second.part_plafond == first.part_plafond * Fraction(30000, 18000)
    before, after = first.mouvements[0]
    assert (after.total, after.n) == (before.total + 1, before.n + (first.menage.quartile == 1))
    assert third.mouvements[-1][1].contingent == monde.reservataire.siren
    agent = client_de(creer_agent("agent_bailleur", monde.bailleur))
    page = lu(agent.get(reverse("attributions:comparer", args=[home.pk])))
    assert page.count("…" + monde.numeros[0][-4:]) == 1
    assert "25 %, 14,79 € par jour et personne" in page
    assert monde.reservataire.nom in page
    line = Evenement.objects.filter(verbe="candidature.comparer").get()
    assert set(line.champs) == set(comparaison.CHAMPS)
    with monde.voir():
        names = Demande.objects.filter(numero_unique__in=monde.numeros[:3]).values_list("nom", flat=True)
        assert not [n for n in names if n and n in page]


def test_un_logement_reserve_a_personne_revient_au_bailleur() -> None:
    monde = Monde(0)
    covered = monde.vacance()
    with refuse("COM-045"):
        vacances.reprendre(acteur=monde.agent, vacance=covered.pk, au=TOLD, maintenant=a(TOLD))
    vacances.reprendre(acteur=monde.agent, vacance=covered.pk, au=TOLD, maintenant=a(TOLD), non_reserve=True)
    with monde.voir():
        assert Vacance.objects.get(pk=covered.pk).non_reserve_le == TOLD
    free = monde.vacance()
    Convention.objects.filter(pk=monde.convention.pk).update(au=TOLD - dt.timedelta(days=1))
    vacances.reprendre(acteur=monde.agent, vacance=free.pk, au=TOLD, maintenant=a(TOLD))
    assert monde.etat(free) == "reprise_bailleur"
    with monde.voir():
        assert Vacance.objects.get(pk=free.pk).non_reserve_le is None


@pytest.mark.parametrize(
    ("tendue", "jours", "limite"),
    [
        (True, None, dt.date(2026, 11, 12)),
        (True, 10, dt.date(2026, 10, 22)),
        (True, 90, dt.date(2026, 11, 12)),  # never longer than the law
        (False, 90, dt.date(2027, 1, 10)),
        (False, None, None),
    ],
)
def test_une_convention_porte_son_delai(tendue: bool, jours: int | None, limite: dt.date | None) -> None:
    monde = Monde(0)
    Convention.objects.filter(pk=monde.convention.pk).update(delai_jours=jours)
    home = monde.vacance()
    with monde.voir():
        Vacance.objects.filter(pk=home.pk).update(zone_tendue=tendue)
    held = vacances.orienter(
        acteur=monde.agent, vacance=home.pk, convention=monde.convention.pk, au=TOLD, maintenant=a(TOLD)
    )
    assert held.limite == limite
    if limite is None:
        with refuse("COM-039"):
            vacances.reprendre(acteur=monde.agent, vacance=home.pk, au=SESSION, maintenant=a(SESSION))
        return
    with refuse("COM-039"):
        vacances.reprendre(acteur=monde.agent, vacance=home.pk, au=limite, maintenant=a(limite))
    after = limite + dt.timedelta(days=1)
    vacances.reprendre(acteur=monde.agent, vacance=home.pk, au=after, maintenant=a(after))
    assert monde.etat(home) == "reprise_bailleur"


def test_la_fin_du_parcours_s_ecrit_sur_la_page_du_logement() -> None:
    monde = Monde()
    point = monde.examen(3)
    files = monde.candidatures(point)
    first, waits, out = (files[n].pk for n in monde.numeros[:3])
    decided = [
        Choix(first, "attribution_rang", rang=1),
        Choix(waits, "attribution_condition", rang=2, piece="avis_imposition", limite=LAST),
        Choix(out, "non_attribution", motifs={"DETTE": {}}),
    ]
    monde.vote(point, decided)
    monde.clot(point)
    seances.clore(acteur=monde.president, seance=point.seance_id, maintenant=a(SESSION, 12))
    home = point.vacance
    agent = client_de(creer_agent("agent_bailleur", monde.bailleur))
    page = reverse("attributions:vacance", args=[home.pk])
    today = aujourdhui()

    def act(code: str, **data: Any) -> Any:
        url = reverse("attributions:agir", args=[home.pk, code])
        return agent.post(url, {f"{code}-{nom}": value for nom, value in data.items()})

    shown = lu(agent.get(page))
    assert "Dire qu'une décision est remise" in shown
    assert "Noter la réponse du candidat" not in shown
    given = monde.decisions(point)[0]
    assert act("notifier", qui=str(given.pk), remise_le=today.isoformat(), preuve="AR 1").status_code == 302
    assert monde.etat(given) == "notifiee"
    day = today.isoformat()
    tomorrow = (today + dt.timedelta(days=1)).isoformat()
    for code, chosen in (("piece", waits), ("contester", given.pk)):
        early = act(code, qui=str(chosen), jour=tomorrow)
        assert early.status_code == 422
        assert "pas encore venu" in lu(early)
    assert act("piece", qui=str(waits), jour=day).status_code == 302
    assert act("piece", qui=str(waits), jour=day).status_code == 422  # nobody waits for it any more
    with monde.voir():
        assert Candidature.objects.get(pk=waits).piece_recue_le == today
    assert act("contester", qui=str(given.pk), jour=day).status_code == 302
    assert monde.etat(given) == "recours"
    assert act("clore", qui=str(given.pk), jour=day).status_code == 302
    assert monde.etat(given) == "definitive"
    offer = monde.envoie(point, monde.numeros[0], today)
    assert "Noter la réponse du candidat" in lu(agent.get(page))
    early = (today - dt.timedelta(days=1)).isoformat()
    assert act("dater", qui=str(offer.pk), recue_le=early).status_code == 422
    later = (today + dt.timedelta(days=1)).isoformat()
    assert act("dater", qui=str(offer.pk), recue_le=later).status_code == 302
    assert act("repondre", qui=str(offer.pk), sens="oui", canal="ecran", jour=day).status_code == 422
    with monde.voir():
        Proposition.objects.filter(pk=offer.pk).update(recue_le=today)
    assert act("repondre", qui=str(offer.pk), sens="oui", canal="telephone", jour=day).status_code == 302
    assert monde.etat(home) == "acceptee"
    assert "Noter la réponse du candidat" not in lu(agent.get(page))
