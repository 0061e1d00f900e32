"""The examples of the OpenAPI document say what the API does."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from django.test import Client

from palier.web.apps.offres import exemples_api
from palier.web.apps.offres.queries.contexte import contexte_du
from palier.web.apps.offres.rules import read_saisies
from tests.web.offres.outils import AU, SIREN
from tests.web.public.outils import creer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
SCHEMAS = ("Probleme", "Erreur", "Carte", "Liste", "Depot", "RapportLot", "PhotoTenue", "PhotosTenues")


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


def test_le_document_est_en_3_1_et_montre_des_exemples(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    for name in SCHEMAS:
        schema = document["components"]["schemas"][name]
        (example,) = schema["examples"]
        jsonschema.validate(example, schema | {"components": document["components"]})
    named = {p["name"]: p for p in document["paths"]["/api/v1/offres"]["get"]["parameters"]}
    for name in ("commune", "epci", "centre", "boite", "typologie", "loyer_max"):
        assert "examples" in str(named[name]), name


def test_l_offre_d_exemple_serait_acceptee(document: dict[str, Any]) -> None:
    put = document["paths"]["/api/v1/bailleurs/{siren}/offres/{reference}"]["put"]
    body = put["requestBody"]["content"]["application/json"]
    pushed = body["examples"]["location"]["value"]
    assert body["schema"]
    read = read_saisies([pushed | {"reference_bailleur": "LGT-00042"}], contexte_du(AU, SIREN))
    assert (read.problemes, len(read.lignes)) == ([], 1)


def test_la_carte_d_exemple_a_les_champs_d_une_vraie(client: Client) -> None:
    creer()
    (real,) = client.get("/api/v1/offres").json()["offres"]
    assert set(real) == set(exemples_api.CARTE)
