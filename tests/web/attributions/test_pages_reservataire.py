"""Pages of a réservataire on one filled state: homes with days left, search, proposal, follow-up, CSV."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from palier.tables import colonne
from palier.web.apps.attributions.models import Candidature, Delegation, Vacance
from palier.web.apps.attributions.operations import vacances
from palier.web.apps.demandes.models import Demande
from palier.web.apps.journal.models import Evenement
from palier.web.horloge import aujourdhui, maintenant
from tests.web.attributions.outils import Monde
from tests.web.cotation.outils import adopte, cote
from tests.web.personnel import client_de, creer_agent, creer_organisme

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    """Requests that fit the home also on the day of the test."""
    return Monde()


def oriente(monde: Monde) -> Vacance:
    """A home oriented today."""
    home = monde.vacance()
    vacances.orienter(
        acteur=monde.agent, vacance=home.pk, convention=monde.convention.pk, au=aujourdhui(),
        maintenant=maintenant(),
    )  # fmt: skip
    return home


def page(client: Client, nom: str, *args: Any, statut: int = 200) -> str:
    answer = client.get(reverse(nom, args=args))
    assert answer.status_code == statut
    text = html.unescape(answer.content.decode())
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def res_of(monde: Monde) -> Client:
    """A person of the réservataire, logged in."""
    return client_de(creer_agent("reservataire", monde.reservataire))


def post(client: Client, nom: str, *args: Any, **data: str) -> Any:
    return client.post(reverse(nom, args=args), data)


def test_du_logement_oriente_a_la_suite_donnee(monde: Monde) -> None:
    adopte()
    cote()
    home, client = oriente(monde), res_of(monde)
    with monde.voir():
        held = home.orientations.get()
        left = (held.limite - aujourdhui()).days
    text = page(client, "attributions:orientes")
    assert "1 logement orienté vers vous, 1 attend vos candidats" in text
    assert f"<span>{left}</span>" in text
    assert text.count("btn-primary") == 1
    assert "logement attend" in page(client, "organismes:accueil")

    text = page(client, "attributions:oriente", home.pk)
    assert "Proposez jusqu'au" in text
    assert all(numero in text for numero in monde.numeros)
    assert "pour ce seul motif" in text
    chosen = monde.numeros[0]
    with monde.voir():
        name = Demande.objects.get(numero_unique=chosen).nom
    assert name not in text  # names are hidden until shortlisted
    answer = post(client, "attributions:proposer", home.pk, numero=chosen)
    assert answer.status_code == 302
    text = page(client, "attributions:oriente", home.pk)
    assert "déjà proposée" in text
    assert "1 candidat proposé" in text
    assert chosen in page(client, "attributions:suivi")
    again = post(client, "attributions:proposer", home.pk, numero=chosen)
    assert again.status_code == 409
    assert "déjà proposée" in html.unescape(again.content.decode())
    assert post(client, "attributions:proposer", home.pk, numero="067000000000000000").status_code == 422

    answer = client.get(reverse("attributions:suivi_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["numero_unique"] for row in rows] == [chosen]
    assert rows[0]["nom"] == name
    known = [nom for nom in rows[0] if nom in {"numero_unique", "nom", "prenom", "nb_personnes"}]
    assert max(colonne(nom).sensibilite for nom in known) < 3
    with monde.voir():
        made = Candidature.objects.get(numero_unique=chosen)
    assert post(client, "attributions:retirer_candidat", made.pk).status_code == 302
    assert monde.etat(made) == "retiree"


def test_le_csv_ne_lance_aucune_formule(monde: Monde) -> None:
    home = oriente(monde)
    with monde.voir():
        Demande.objects.filter(numero_unique=monde.numeros[0]).update(nom="=1+1", prenom="@SUM(A1)")
    monde.proposer(home, monde.numeros[0])
    text = res_of(monde).get(reverse("attributions:suivi_csv")).content.decode()
    cells = [cell.strip('"') for line in text.splitlines()[1:] for cell in line.split(";")]
    assert [c for c in cells if c[:1] and c[:1] in "=+-@\t"] == []
    assert any("1+1" in c for c in cells)


def test_rendre_puis_plus_rien(monde: Monde) -> None:
    home, client = oriente(monde), res_of(monde)
    assert "Rendre ce logement" in page(client, "attributions:oriente", home.pk)
    assert post(client, "attributions:rendre", home.pk).status_code == 302
    assert "Aucun logement n'attend" in page(client, "attributions:orientes")
    text = page(client, "attributions:oriente", home.pk)
    assert "Rendu au bailleur" in text
    assert "Proposer ce numéro" not in text
    assert post(client, "attributions:rendre", home.pk).status_code == 409


def test_hors_de_sa_liste_404_et_une_ligne(monde: Monde) -> None:
    home = monde.vacance()
    theirs = monde.proposer(monde.orientee(), monde.numeros[0], monde.agent)
    for client in (
        res_of(monde),
        client_de(creer_agent("reservataire", creer_organisme("reservataire"))),
    ):
        before = Evenement.objects.filter(verbe="acces.refuser").count()
        page(client, "attributions:oriente", home.pk, statut=404)
        assert post(client, "attributions:rendre", home.pk).status_code == 404
        assert post(client, "attributions:retirer_candidat", theirs.pk).status_code == 404
        assert Evenement.objects.filter(verbe="acces.refuser").count() == before + 3
    assert (
        post(
            client_de(creer_agent("agent_bailleur", monde.bailleur)),
            "attributions:retirer_candidat",
            theirs.pk,
        ).status_code
        == 404
    )


def test_la_responsable_delegue_et_reprend(monde: Monde) -> None:
    chief = client_de(creer_agent("reservataire_chef", monde.reservataire))
    today = aujourdhui()
    good = {"convention": str(monde.convention.pk), "du": today.isoformat(),
            "au": (today + dt.timedelta(days=30)).isoformat()}  # fmt: skip
    for wrong in ({"au": ""}, {"au": "2020-01-01"}, {"convention": "x"}):
        answer = post(chief, "attributions:delegations", **good | wrong)
        assert answer.status_code == 422
        assert "à corriger" in answer.content.decode()
    assert not Delegation.objects.exists()
    assert post(res_of(monde), "attributions:delegations", **good).status_code == 404
    assert post(chief, "attributions:delegations", **good).status_code == 302
    given = Delegation.objects.get()
    assert "Finir aujourd'hui" in page(chief, "attributions:delegations")
    assert "en cours" in page(res_of(monde), "attributions:delegations")
    other = client_de(creer_agent("reservataire_chef", creer_organisme("reservataire")))
    assert post(other, "attributions:finir_delegation", given.pk).status_code == 404
    assert post(chief, "attributions:finir_delegation", given.pk).status_code == 302
    given.refresh_from_db()
    assert given.au == today


def test_les_exports_du_bailleur(monde: Monde) -> None:
    point = monde.decide()
    client = client_de(creer_agent("agent_bailleur", monde.bailleur))
    assert page(client, "attributions:exports").count(".csv?du=") == 3
    found = {}
    for nom in ("vacances", "candidatures", "decisions"):
        days = {"du": "2026-01-01", "au": "2026-12-31"}
        answer = client.get(reverse("attributions:export", args=[nom]), days)
        assert answer.status_code == 200
        found[nom] = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [len(rows) for rows in found.values()] == [1, 3, 3]
    assert {row["decision"] for row in found["decisions"]} == {"attribution_rang", "non_attribution"}
    assert found["vacances"][0]["etat"] == "attribuee"
    assert "nom" not in found["candidatures"][0]
    assert Evenement.objects.filter(verbe__startswith="export.").count() == 3
    other = client_de(creer_agent("agent_bailleur"))
    answer = other.get(reverse("attributions:export", args=["decisions"]), {"au": "2026-12-31"})
    assert answer.content.decode("utf-8-sig").count("\n") == 1
    for wrong in ({"du": "2026-12-31", "au": "2026-01-01"}, {"du": "x"}, {"du": "2000-01-01"}):
        assert client.get(reverse("attributions:export", args=["vacances"]), wrong).status_code == 422
    assert client.get(reverse("attributions:export", args=["autre"])).status_code == 404
    assert point.pk
