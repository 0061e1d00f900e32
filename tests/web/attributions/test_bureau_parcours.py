"""A home by the pages of the desk: notice, description, search, candidates, visit, agenda, absence."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from palier.web.apps.attributions.models import (
    Absence,
    Bail,
    Candidature,
    Convention,
    Proposition,
    Recherche,
    Vacance,
    Visite,
)
from palier.web.apps.attributions.operations import visites
from palier.web.apps.attributions.queries import recherche, travail
from palier.web.apps.demandes.models import Demande
from palier.web.apps.parc.models import Logement
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre
from tests.web.attributions.outils import COMMUNE, LAST, SENT, Monde, demandeur, refuse
from tests.web.attributions.test_bureau import lu
from tests.web.demandes.outils import TERRITOIRE
from tests.web.personnel import client_de, creer_agent

pytestmark = pytest.mark.django_db
DECRIT = {
    "qualifier-typologie": "t3", "qualifier-surface_m2": "66", "qualifier-loyer_cent": "450,00",
    "qualifier-charges_cent": "58.80", "qualifier-financement": "plus", "qualifier-dpe_classe": "C",
    "qualifier-accessible": "non", "qualifier-etage": "1", "qualifier-ascenseur": "oui",
    "qualifier-zone_tendue": "on",
}  # fmt: skip


def test_un_logement_va_du_conge_a_l_ordre_du_jour(monkeypatch: Any) -> None:
    monde = Monde()
    user = creer_agent("agent_bailleur", monde.bailleur)
    agent, today = client_de(user), aujourdhui()
    Logement.objects.create(
        identifiant="T3-12", organisme=monde.bailleur, commune_code=COMMUNE, typologie="T3"
    )
    monkeypatch.setattr(
        "palier.web.apps.attributions.queries.vacances.epci_at", lambda commune, au: TERRITOIRE
    )
    monkeypatch.setattr("palier.web.apps.attributions.views.actes.epci_at", lambda commune, au: TERRITOIRE)

    # a notice, once with what is wrong
    url = reverse("attributions:ouvrir", args=["conge"])
    wrong = agent.post(url, {"reference": "T3-99", "conge_le": today.isoformat(), "bail_fin": "2026-13-01"})
    assert wrong.status_code == 422
    assert "T3-99" in lu(wrong)
    late = agent.post(url, {"reference": "T3-12", "conge_le": "2026-11-20", "bail_fin": "2026-11-01"})
    assert "Le congé est daté après la fin du bail" in lu(late)
    with monde.voir():
        assert not Vacance.objects.exists()
    end = (today + dt.timedelta(days=30)).isoformat()
    done = agent.post(url, {"reference": "T3-12", "conge_le": today.isoformat(), "bail_fin": end})
    assert done.status_code == 302
    with monde.voir():
        home = Vacance.objects.get()
    page = reverse("attributions:vacance", args=[home.pk])

    def act(code: str, **data: Any) -> Any:
        return agent.post(reverse("attributions:agir", args=[home.pk, code]), data)

    # described, with all that is wrong at once
    said = lu(act("qualifier", **DECRIT | {"qualifier-surface_m2": "4500", "qualifier-loyer_cent": "x"}))
    assert "2 réponses à corriger" in said
    assert act("qualifier", **DECRIT).status_code == 302
    with monde.voir():
        home = Vacance.objects.get()
    assert (home.etat, home.loyer_cent, home.charges_cent) == ("qualifiee", 45000, 5880)
    shown = lu(agent.get(page))
    assert "Une convention de réservation en vigueur couvre ce logement" in shown  # why not taken yet
    assert "Orienter vers un réservataire" in shown
    assert "Retirer le logement" not in shown  # an act of the responsible

    # reserved to nobody
    assert act("reprendre").status_code == 422
    assert act("reprendre", **{"reprendre-non_reserve": "on"}).status_code == 302
    assert monde.etat(home) == "reprise_bailleur"

    # searched: counts and order are those of the engine, names hidden
    with perimetre(organismes=[monde.bailleur.pk]):
        found = recherche.search(Vacance.objects.get(), today, today)
        names = {n for n in Demande.objects.values_list("nom", flat=True) if n}
    search = reverse("attributions:recherche", args=[home.pk])
    listed = lu(agent.get(search))
    assert f"Sur {found.candidats.n} demandes, {found.candidats.eligibles} possibles" in listed
    assert not [n for n in names if re.search(rf"\b{re.escape(n)}\b", listed)]
    ids = re.findall(r'name="demande" value="([0-9a-f-]{36})"', listed)
    assert len(ids) == min(30, found.candidats.eligibles)
    first = max(found.candidats.comptes, key=found.candidats.comptes.__getitem__)
    excluded = lu(agent.get(search, {"motif": first}))
    assert f"{found.candidats.comptes[first]} demandes écartées" in excluded
    with monde.voir():
        assert not Recherche.objects.exists()  # looking leaves no proof

    # three are shortlisted: the search is kept, they can be compared
    with monde.voir():
        keys = dict(
            Demande.objects.filter(numero_unique__in=monde.numeros[:3]).values_list("numero_unique", "pk")
        )
    agent.post(reverse("attributions:retenir", args=[home.pk]), {"demande": [str(k) for k in keys.values()]})
    with monde.voir():
        kept = Recherche.objects.get()
        rows = list(Candidature.objects.order_by("numero_unique"))
    assert (kept.n, kept.eligibles) == (found.candidats.n, found.candidats.eligibles)
    assert [c.numero_unique for c in rows] == sorted(keys)
    assert {c.etat for c in rows} == {"eligible"}
    again = agent.post(
        reverse("attributions:retenir", args=[home.pk]), {"demande": [str(rows[0].demande_id)]}, follow=True
    )
    assert "Cette demande est déjà proposée" in lu(again)

    # a visit, accepted by the person herself
    tomorrow = today + dt.timedelta(days=1)
    form = {"jour": tomorrow.isoformat(), "heure": "10:00", "duree_minutes": "30", "rendez_vous": "Porte"}
    visit = reverse("attributions:visite", args=[rows[0].pk])
    assert agent.post(visit, form | {"jour": "2020-01-01"}).status_code == 422
    assert agent.post(visit, form).status_code == 302
    assert "Une visite est déjà proposée" in lu(agent.post(visit, form))
    with monde.voir():
        asked = Visite.objects.get()
    now = asked.debut - dt.timedelta(hours=2)
    visites.accepter_visite(acteur=demandeur(rows[0]), visite=asked.pk, maintenant=now)
    with refuse("ATR-083"):
        visites.annuler_visite(acteur=monde.agent, visite=asked.pk, maintenant=asked.debut)
    assert "Acceptée" in lu(agent.get(reverse("attributions:visites")))
    assert "Faire visiter le logement" in lu(agent.get(reverse("attributions:travail")))

    # on the agenda
    seance = monde.seance(le=today + dt.timedelta(days=20))
    assert act("inscrire", **{"inscrire-seance": str(seance.pk)}).status_code == 302
    assert monde.etat(home) == "inscrite"
    assert act("inscrire", **{"inscrire-seance": str(seance.pk)}).status_code == 422
    assert act("inventer").status_code == 404


def test_la_liste_d_un_absent_est_montree_a_son_relais() -> None:
    monde, today = Monde(0), aujourdhui()
    one, two = (creer_agent("agent_bailleur", monde.bailleur) for _ in range(2))
    home = monde.vacance()
    agent, colleague = client_de(one), client_de(two)
    url = reverse("attributions:agir", args=[home.pk, "suivre"])
    assert agent.post(url, {"suivre-agent": str(one.pk)}).status_code == 302
    page = reverse("attributions:travail")
    name = reverse("attributions:vacance", args=[home.pk])
    assert name in lu(agent.get(page))
    assert name not in lu(colleague.get(page))
    assert name in lu(colleague.get(page, {"liste": "tout"}))
    absences = reverse("attributions:absences")
    days = {"du": today.isoformat(), "au": (today + dt.timedelta(days=9)).isoformat()}
    stranger = client_de(creer_agent("agent_bailleur", monde.bailleur))
    assert stranger.post(absences, {"absent": str(one.pk), "relais": str(two.pk), **days}).status_code == 422
    assert agent.post(absences, {"absent": str(one.pk), "relais": str(one.pk), **days}).status_code == 422
    assert agent.post(absences, {"absent": str(one.pk), "relais": str(two.pk), **days}).status_code == 302
    assert agent.post(absences, {"absent": str(one.pk), "relais": str(two.pk), **days}).status_code == 422
    seen = lu(colleague.get(page))
    assert name in seen
    assert f"Vous relayez en ce moment : {one.nom}" in seen
    with monde.voir():
        relay = Absence.objects.get()
        after = today + dt.timedelta(days=10)
        assert home.pk not in {
            t.vacance.pk for t in travail.tasks_of(monde.bailleur.pk, after, two.pk) if t.vacance
        }
    assert agent.post(reverse("attributions:finir_absence", args=[relay.pk])).status_code == 302
    assert name not in lu(colleague.get(page))


def test_les_conventions_s_ecrivent_et_finissent_sans_jamais_changer() -> None:
    monde = Monde(0)
    admin = client_de(creer_agent("admin_bailleur", monde.bailleur))
    form = {
        "reservataire": str(monde.reservataire.pk), "reference": "2026-7", "du": "2026-01-01",
        "communes": "67482, 67218", "delai_jours": "45",
    }  # fmt: skip
    url = reverse("attributions:conclure")
    wrong = lu(admin.post(url, form | {"communes": "67482 99999x", "au": "2025-01-01"}))
    assert "99999X" in wrong
    assert "finit avant de commencer" in wrong
    assert admin.post(url, form).status_code == 302
    assert "déjà une convention de cette référence" in lu(admin.post(url, form))
    made = Convention.objects.get(reference="2026-7")
    assert (made.communes, made.delai_jours) == (["67218", "67482"], 45)
    end = reverse("attributions:finir", args=[made.pk])
    admin.post(end, {"au": "2026-12-31"})
    said = lu(admin.post(end, {"au": "2027-12-31"}, follow=True))
    assert "est déjà dite" in said
    made.refresh_from_db()
    assert made.au == dt.date(2026, 12, 31)


def test_les_objectifs_comptent_juste_et_sans_arrondi() -> None:
    monde = Monde()
    point = monde.decide()
    offer = monde.envoie(point, monde.numeros[0])
    agent = client_de(creer_agent("agent_bailleur", monde.bailleur))
    page = lu(agent.get(reverse("attributions:objectifs")))
    assert "sans objet" in page  # no lease yet
    assert offer.rang == 1


def test_l_offre_et_le_bail_se_font_sur_la_page_du_logement(monkeypatch: pytest.MonkeyPatch) -> None:
    monde = Monde()
    point = monde.decide()
    monkeypatch.setattr("palier.web.apps.attributions.views.vacances.aujourdhui", lambda: SENT)
    agent = client_de(creer_agent("agent_bailleur", monde.bailleur))
    page = reverse("attributions:vacance", args=[point.vacance_id])
    first, second = (monde.candidatures(point)[n] for n in monde.numeros[:2])
    shown = lu(agent.get(page))
    assert f"{first.numero_unique}, rang 1" in shown
    for other in ("Enregistrer le bail signé", "Décrire le logement"):
        assert other not in shown

    def act(code: str, **said: str) -> Any:
        data = {f"{code}-{nom}": value for nom, value in said.items()}
        return agent.post(reverse("attributions:agir", args=[point.vacance_id, code]), data)

    offer = {"candidature": str(first.pk), "recue_le": SENT.isoformat()}
    yesterday = (SENT - dt.timedelta(days=1)).isoformat()
    for wrong in ({"candidature": str(second.pk)}, {"recue_le": yesterday}, {"jours": "9"}, {"jours": "x"}):
        assert act("offrir", **{**offer, **wrong}).status_code in (409, 422), wrong
    with monde.voir():
        assert not Proposition.objects.exists()
    assert act("offrir", **offer).status_code == 302
    assert act("offrir", **offer).status_code == 422  # somebody has the offer
    with monde.voir():
        made = Proposition.objects.get()
    assert (made.candidature_id, made.rang, made.recue_le, made.limite) == (first.pk, 1, SENT, LAST)
    assert "Proposer le logement à" not in lu(agent.get(page))

    monde.repond(made, "oui", SENT)
    lease = {"candidature": str(first.pk), "signe_le": SENT.isoformat(), "reference": "B 7"}
    refused = act("bail", **lease)
    assert refused.status_code == 422
    assert 'value="B 7"' in lu(refused)
    with monde.voir():
        assert not Bail.objects.exists()
    assert act("bail", **lease, identite_verifiee="on").status_code == 302
    with monde.voir():
        assert Bail.objects.get().reference == "B 7"
    assert monde.etat(point.vacance) == "bail_signe"
