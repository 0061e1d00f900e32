"""What the doors refuse before any view, and how they hold: unreadable addresses, rates, stored files."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from palier.web.api import api
from palier.web.apps.offres.models import Lot
from palier.web.apps.public.models import Alerte
from palier.web.apps.public.operations import alertes
from palier.web.apps.public.queries.alertes import SEL_CONFIRMER, SEL_VOIR, token
from palier.web.horloge import maintenant
from palier.web.reglages.environnement import read_environnement
from palier.web.settings import securite
from tests.web.offres.outils import SIREN, bailleur, cle, csv_de, json_de, ligne

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
ILLISIBLES = {
    "NUL": "%00",
    "commande": "a%1fb",
    "effacement": "%7f",
    "UTF-8 rompu": "%ff%fe",
    "sans fin": "a" * 4_001,
}
PORTES = (
    "/offres?lieu=",
    "/api/v1/offres?apres=",
    "/api/v1/lieux?q=",
    "/offres.csv?commune=",
    "/carte?lieu=",
)


@pytest.mark.parametrize("porte", PORTES)
@pytest.mark.parametrize("suite", ILLISIBLES.values(), ids=ILLISIBLES.keys())
def test_une_adresse_illisible_est_refusee_avant_toute_vue(client: Client, porte: str, suite: str) -> None:
    answer = client.get(porte + suite)
    assert answer.status_code == 422
    assert "WEB-422" in answer.content.decode()
    assert suite[:4_000] not in answer.content.decode()


@pytest.mark.parametrize("chemin", ["/offres/%00", "/alertes/%1f", "/api/v1/offres/%ff"])
def test_un_chemin_illisible_aussi(client: Client, chemin: str) -> None:
    assert client.get(chemin).status_code == 422


def test_le_refus_parle_la_langue_de_l_adresse_et_non_celle_de_la_demande_d_avant(client: Client) -> None:
    client.get("/ar/aide")
    for prefix, langue in (("", "fr"), ("/en", "en"), ("/ar", "ar")):
        page = client.get(f"{prefix}/offres?lieu=%00").content.decode()
        assert f'<html lang="{langue}"' in page


class _Intouchable(io.BytesIO):
    def read(self, *_: Any) -> bytes:
        raise AssertionError("le corps a été lu")


def test_un_envoi_demesure_est_refuse_sans_etre_lu(client: Client) -> None:
    answer = client.post(
        "/donnees/valider",
        **{"CONTENT_LENGTH": str(2 * 1024**3), "wsgi.input": _Intouchable()},  # type: ignore[arg-type]  # WSGI
    )
    assert answer.status_code == 413
    assert "100 Mo" in answer.content.decode().replace("\u00a0", " ")


# --- Headers and tokens -----------------------------------------------------------------------------------

REPONSES = ("/", "/en/offres", "/alertes", "/alertes/faux:x:y", "/nulle-part", "/offres?lieu=%00", "/carte",
            "/api/v1/offres", "/offres.csv", "/offres.atom", "/sante", "/compte/connexion/")  # fmt: skip
# Views that take a form without a token: they write nothing, or a signed link is their key.
SANS_JETON = {"public:offre", "public:simuler", "public:valider", "machines:alerte_stop"}


@pytest.mark.parametrize("chemin", REPONSES)
def test_chaque_reponse_porte_la_politique_de_contenu(client: Client, chemin: str) -> None:
    answer = client.get(chemin)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_en_https_le_transport_est_impose() -> None:
    env = read_environnement(
        {"PALIER_MODE": "production", "PALIER_SECRET": "qVw8-3nLr_0aXz7KpT5mYb2HcJ9dFgE6sUiOvN1lQxRt4WyPzA",
         "PALIER_ADRESSE": "https://logements.exemple.fr", "PALIER_COURRIEL": "smtp://a:b@relais.exemple.fr:587",
         "PALIER_EXPEDITEUR": "palier@exemple.fr", "DATABASE_URL": "postgresql://palier_app:a@base.exemple.fr/p",
         "DATABASE_URL_ADMIN": "postgresql://proprietaire:b@base.exemple.fr/p",
         "PALIER_CLE_SENSIBLE": "Zt5-kP9wQ2xVn8LrB3mYc7HsJ4dFgE6uUiOa1lXqRTz"}
    )  # fmt: skip
    found = securite.settings(env)
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 86_400
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True


def _views(resolver: URLResolver, espace: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join(part for part in (espace, str(pattern.name)) if part), pattern.callback
        else:
            yield from _views(pattern, ":".join(part for part in (espace, pattern.namespace) if part))


def test_les_vues_sans_jeton_sont_nommees() -> None:
    """A view left out of the check of tokens is one of these, or of the API, which knows no cookie."""
    exempt = {name for name, view in _views(get_resolver()) if getattr(view, "csrf_exempt", False)}
    assert {name for name in exempt if not name.startswith("api:")} == SANS_JETON


@pytest.mark.parametrize("geste", ["demander", "confirmer", "changer", "arreter"])
@pytest.mark.parametrize("htmx", [False, True])
def test_chaque_formulaire_du_public_qui_ecrit_demande_son_jeton(geste: str, htmx: bool) -> None:
    made = alertes.demander(
        courriel="nadia@exemple.fr", filtres=alertes.parse(""), langue="fr", maintenant=maintenant()
    )
    voir = reverse("public:alerte", args=[token(made, SEL_VOIR)])
    paths = {
        "demander": "/alertes",
        "confirmer": reverse("public:alerte_confirmer", args=[token(made, SEL_CONFIRMER)]),
        "changer": f"{voir}/changer",
        "arreter": voir,
    }
    client = Client(enforce_csrf_checks=True)
    headers = {"hx-request": "true"} if htmx else {}
    answer = client.post(paths[geste], {"courriel": "x@exemple.fr", "geste": "arreter"}, headers=headers)
    assert answer.status_code == 403
    made.refresh_from_db()
    assert (Alerte.objects.count(), made.etat) == (1, "a_confirmer")


# --- Rates ------------------------------------------------------------------------------------------------


def _operations() -> list[tuple[str, str]]:
    paths = api.get_openapi_schema()["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


#: What every body of the API of allocations asks for: each operation takes its own.
_ACTE = {
    "logement": "L42", "territoire": "246700488", "convention": str(uuid.UUID(int=1)), "motif": "travaux",
    "seance_le": "2026-11-24", "signature_le": "2026-12-24", "numero": "067112600000112345",
    "vacance": str(uuid.UUID(int=1)), "remise_le": "2026-11-24", "preuve": "LR 1", "envoyee_le": "2026-11-24",
    "recue_le": "2026-11-24", "sens": "oui", "le": "2026-11-24", "canal": "papier", "signe_le": "2026-11-24",
    "reference": "B 1", "identite_verifiee": True,
}  # fmt: skip


@pytest.mark.parametrize(("methode", "chemin"), _operations())
def test_chaque_porte_de_l_api_a_un_debit(client: Client, settings: Any, methode: str, chemin: str) -> None:
    """With nothing allowed, every operation answers 429, says when to come back, and in words."""
    settings.DEBITS = {name: (0, seconds) for name, (_, seconds) in settings.DEBITS.items()}
    owner = bailleur()
    names = {"siren": SIREN, "reference": "A-1", "identifiant": owner.pk, "lot_id": owner.pk}
    names |= {"empreinte": "0" * 64, "pk": owner.pk, "numero": _ACTE["numero"]}
    headers = {"Authorization": f"Bearer {cle(owner)}"}
    body: dict[str, Any] = {"content_type": "application/json", "data": json.dumps(json_de())}
    if "/attributions/" in chemin and methode != "get":
        body["data"] = json.dumps(_ACTE)
    elif methode == "post":
        body = {"data": {"fichier": SimpleUploadedFile("a.csv", b"x"), "texte": "x"}}
    if methode == "get":
        body = {"data": {"q": "schilt"}}
    answer = getattr(client, methode)(chemin.format(**names), headers=headers, **body)
    assert answer.status_code == 429, answer.content
    assert 0 < int(answer["Retry-After"]) <= 3_601
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["problemes"][0]["code"] == "WEB-429"


@pytest.mark.parametrize("chemin", ["/offres.csv", "/offres.atom", "/offres.parquet", "/donnees/valider"])
def test_les_exports_ont_un_debit(client: Client, settings: Any, chemin: str) -> None:
    settings.DEBITS = settings.DEBITS | {"export": (1, 60)}
    assert client.get(chemin).status_code == 200
    assert client.get(chemin).status_code == 429
    assert client.get(chemin, REMOTE_ADDR="203.0.113.9").status_code == 200  # each caller has its own


# --- Files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nom", ["../../passwd.csv", "/etc/a.csv", "a;b.csv", "C:\\x\\a.csv", "..a.csv", "!?.csv", "é .csv"]
)
def test_un_fichier_depose_est_range_sous_un_numero_hors_de_ce_qui_est_servi(
    client: Client, nom: str
) -> None:
    owner = bailleur()
    answer = client.post(
        f"/api/v1/bailleurs/{SIREN}/lots",
        {"fichier": SimpleUploadedFile(nom, csv_de([ligne()]))},
        headers={"Authorization": f"Bearer {cle(owner)}"},
    )
    assert answer.status_code == 202, answer.content
    lot = Lot.objects.get()
    place = Path(default_storage.path(lot.fichier)).resolve()
    assert place.is_relative_to(Path(default_storage.path("")).resolve() / "lots" / str(lot.pk))
    assert place.is_file()
    for prefix in ("/", "/static/", "/depots/", "/media/", "/static/../"):
        assert client.get(prefix + quote(lot.fichier)).status_code == 404


@pytest.mark.parametrize("nom", ["a.pdf", "a.exe", "a.html", "a.svg", "a.csv.pdf", "sans"])
def test_seules_les_tables_sont_prises(client: Client, nom: str) -> None:
    """No PDF, no picture, no page at this door: nothing that a browser would open or run."""
    owner = bailleur()
    answer = client.post(
        f"/api/v1/bailleurs/{SIREN}/lots",
        {"fichier": SimpleUploadedFile(nom, b"%PDF-1.7 /JavaScript")},
        headers={"Authorization": f"Bearer {cle(owner)}"},
    )
    assert answer.status_code == 422
    assert [p["code"] for p in answer.json()["problemes"]] == ["OFF-210"]
    assert not Lot.objects.exists()


@pytest.mark.parametrize(
    ("chemin", "joint"),
    [
        ("/", False), ("/nulle-part", False), ("/api/v1/offres", False), ("/sante", False),
        ("/offres.csv", True), ("/offres.parquet", True), ("/schemas/exemple-offres.csv", True),
    ],
)  # fmt: skip
def test_rien_ne_se_devine_et_un_fichier_se_telecharge(client: Client, chemin: str, joint: bool) -> None:
    answer = client.get(chemin)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert ("attachment" in answer.get("Content-Disposition", "")) == joint
