"""The API: open reading, a key per landlord, idempotent writing, bounded parameters."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from palier.web.apps.journal.models import Evenement
from palier.web.apps.offres import tasks
from palier.web.apps.offres.models import Lot, Offre
from palier.web.apps.organismes.models import CleApi
from tests.web.offres.outils import SIREN, bailleur, cle, csv_de, json_de, ligne
from tests.web.offres.test_lots import envoie, plusieurs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
AUTRE = "552100554"


class Programme:
    """A landlord's program."""

    def __init__(self, secret: str, siren: str = SIREN) -> None:
        self.client, self.siren = Client(), siren
        self.headers = {"Authorization": f"Bearer {secret}"}

    def depose(self, reference: str, corps: dict[str, Any], **headers: str) -> Any:
        return self.client.put(
            f"/api/v1/bailleurs/{self.siren}/offres/{reference}",
            json.dumps(corps),
            content_type="application/json",
            headers=self.headers | headers,
        )


@pytest.fixture
def programme() -> Programme:
    return Programme(cle(bailleur()))


def test_deposer_deux_fois_ne_change_qu_une_fois(programme: Programme) -> None:
    first = programme.depose("A-1", json_de())
    assert first.status_code == 201, first.content
    again = programme.depose("A-1", json_de())
    assert (again.status_code, again.json()["changee"], again.json()["version"]) == (200, False, 1)
    changed = programme.depose("A-1", json_de(surface_m2=66))
    assert (changed.json()["changee"], changed.json()["version"], changed["ETag"]) == (True, 2, '"2"')


def test_une_version_perimee_est_refusee(programme: Programme) -> None:
    programme.depose("A-1", json_de())
    programme.depose("A-1", json_de(surface_m2=66), **{"If-Match": '"1"'})
    late = programme.depose("A-1", json_de(surface_m2=70), **{"If-Match": '"1"'})
    assert late.status_code == 412
    assert Offre.objects.get().surface_m2 == 66


def test_une_offre_fautive_dit_tout_et_n_ecrit_rien(programme: Programme) -> None:
    answer = programme.depose("A-1", json_de(surface_m2=8, dpe_classe="H", financement_offre=None))
    assert answer.status_code == 422
    assert len({p["code"] for p in answer.json()["problemes"]}) >= 3
    assert not Offre.objects.exists()


@pytest.mark.parametrize(
    ("entete", "statut"),
    [({}, 401), ({"Authorization": "Bearer faux"}, 401), ({"Authorization": "Basic x"}, 401)],
)
def test_sans_cle_rien_ne_s_ecrit(entete: dict[str, str], statut: int) -> None:
    bailleur()
    answer = Client().put(
        f"/api/v1/bailleurs/{SIREN}/offres/A-1", "{}", content_type="application/json", headers=entete
    )
    assert answer.status_code == statut
    assert answer["Content-Type"] == "application/problem+json"


PORTES_DU_BAILLEUR = [
    ("put", "offres/A-1", "offre_brouillon"),
    ("get", "offres/A-1", "offre_brouillon"),
    ("delete", "offres/A-1", "offre_brouillon"),
    ("post", "lots", "lot"),
    ("get", "lots/01900000-0000-7000-8000-000000000000", "lot"),
]


@pytest.mark.parametrize(("methode", "porte", "objet"), PORTES_DU_BAILLEUR)
def test_l_adresse_d_un_autre_bailleur_n_existe_pas_et_laisse_une_ligne(
    programme: Programme, methode: str, porte: str, objet: str
) -> None:
    """PLA-O42, for programs: 404 and a line that names the key, its landlord and the one it asked for."""
    bailleur(AUTRE, "Autre")
    before = Evenement.objects.count()
    body: dict[str, Any] = {"content_type": "application/json", "data": json.dumps(json_de())}
    if methode == "post":
        body = {"data": {"fichier": SimpleUploadedFile("a.csv", csv_de([ligne()]))}}
    if methode == "get":
        body = {}
    address = f"/api/v1/bailleurs/{AUTRE}/{porte}"
    answer = getattr(programme.client, methode)(address, headers=programme.headers, **body)
    assert answer.status_code == 404
    assert (Offre.objects.count(), Evenement.objects.count()) == (0, before + 1)
    key = CleApi.objects.get()
    line = Evenement.objects.latest("pk")
    assert (line.verbe, line.objet_type, line.objet_id, line.origine) == (
        "acces.refuser",
        objet,
        AUTRE,
        "api",
    )
    assert (line.acteur, line.organisme) == (f"cle:{key.prefixe}", str(key.organisme_id))


def test_une_cle_de_lecture_n_ecrit_pas() -> None:
    reader = Programme(cle(bailleur(), "offres:lire"))
    assert reader.depose("A-1", json_de()).status_code == 403


def test_retirer_deux_fois_donne_la_meme_reponse(programme: Programme) -> None:
    programme.depose("A-1", json_de())
    path = f"/api/v1/bailleurs/{SIREN}/offres/A-1?motif=pourvue"
    assert [programme.client.delete(path, headers=programme.headers).status_code for _ in range(2)] == [
        204,
        204,
    ]
    assert Offre.objects.get().motif_retrait == "pourvue"


def test_un_lot_envoye_se_lit_par_une_tache(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.traiter_lot, "defer", lambda **kwargs: handed.append(kwargs))

    path = f"/api/v1/bailleurs/{SIREN}/lots"
    for _ in range(2):
        answer = programme.client.post(
            path,
            {"fichier": SimpleUploadedFile("lot.csv", csv_de(plusieurs(3)), "text/csv")},
            headers=programme.headers | {"Idempotency-Key": "k-1"},
        )
        assert answer.status_code == 202, answer.content
    assert Lot.objects.count() == 1
    tasks.traiter_lot(**handed[0])
    report = programme.client.get(f"{path}/{answer.json()['id']}", headers=programme.headers).json()
    assert (report["etat"], report["rapport"]["nouvelles"]) == ("applique", 3)


def test_la_liste_pagine_par_cle_sans_perte_ni_double(client: Client) -> None:
    envoie(bailleur(), plusieurs(25))
    seen: list[str] = []
    key = ""
    while True:
        page = client.get("/api/v1/offres", {"limite": 10, "apres": key}).json()
        seen += [offer["reference"] for offer in page["offres"]]
        key = page["suivante"] or ""
        if not key:
            break
    assert (page["nombre"], len(seen), len(set(seen))) == (25, 25, 25)


@pytest.mark.parametrize("tri", ["recentes", "loyer", "surface", "distance"])
def test_chaque_ordre_pagine_par_cle(client: Client, tri: str) -> None:
    rows = [
        row | {"surface_m2": str(55 + i % 3), "loyer_logement_cent": str(41250 + i % 4)}
        for i, row in enumerate(plusieurs(12))
    ]
    envoie(bailleur(), rows)
    seen, key = [], ""
    while True:
        page = client.get(
            "/api/v1/offres", {"limite": 5, "apres": key, "tri": tri, "centre": "7.75,48.57", "rayon": 50}
        ).json()
        seen += [offer["reference"] for offer in page["offres"]]
        key = page["suivante"] or ""
        if not key:
            break
    assert sorted(seen) == sorted(f"L{i}" for i in range(12))


@pytest.mark.parametrize(
    "query",
    [
        "limite=0", "limite=101", "nature=z", "typologie=T9", "loyer_max=-1",
        "loyer_max=99999999999999999999",
        "commune=1", "boite=1,2", "boite=9,9,1,1", "centre=abc", "centre=190.1,99.9", "tri=x", "energie=Z",
        "disponible=2026-02-31", "apres=%00", "q=%00", "departement=%1f",
        "accessibilite=inconnu", "bailleur=12",
        "depuis=1000", "apres=AAAA%7C", "commune=" + "67482," * 900,
    ],
)  # fmt: skip
def test_un_parametre_hors_bornes_est_dit_en_francais(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/offres?{query}")
    if query.startswith("apres=AAAA"):
        assert answer.status_code == 422
        return
    assert answer.status_code == 422, answer.content
    problems = answer.json()["problemes"]
    assert problems
    assert all("should" not in p["constat"] for p in problems)


def test_une_offre_retiree_repond_avec_son_motif_et_une_brouillon_jamais(client: Client) -> None:
    owner = bailleur()
    envoie(owner, plusieurs(1))
    offer = Offre.objects.get()
    assert client.get(f"/api/v1/offres/{offer.pk}").json()["reference_bailleur"] == "L0"
    Offre.objects.update(publiee_le=None, confirmee_le=None, statut="brouillon")
    assert client.get(f"/api/v1/offres/{offer.pk}").status_code == 404


def test_le_document_openapi_decrit_chaque_porte(client: Client) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, acts in document["paths"].items():
        for verb, act in acts.items():
            assert act.get("summary"), (path, verb)
            assert {"422", "404"} & set(act["responses"]), (path, verb)
