"""Every address of the site against the matrix of rights: declared, then tried by each role, in and out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from palier.web.api import api
from palier.web.apps.comptes.rules import ROLES, scope
from palier.web.apps.journal.models import Evenement
from tests.conftest import RACINE
from tests.web.comptes.fabriques import FABRIQUES
from tests.web.personnel import GENRES, client_de, creer_agent, creer_organisme

TEXTE = (RACINE / "tests/cases/comptes/matrice.yaml").read_text(encoding="utf-8")
TABLE = yaml.safe_load(TEXTE)
PORTEES = {"p": "perimetre", "x": "partout"}
PERSONNEL = [role for role in ROLES if role != "public"]


@dataclass(frozen=True)
class Ligne:
    """A row of the table."""

    objet: str | None
    action: str = "R"
    public: bool = False
    connecte: bool = False
    roles: dict[str, str] = field(default_factory=dict)
    methode: str = "GET"
    ok: tuple[int, ...] = (200,)
    avec: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    dehors: bool = True
    hors: str = ""


LIGNES = {name: Ligne(**{**row, "ok": tuple(row.get("ok", [200]))}) for name, row in TABLE["vues"].items()}


def _walk(resolver: URLResolver, espace: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join(part for part in (espace, str(pattern.name)) if part), pattern.callback
        else:
            yield from _walk(pattern, ":".join(part for part in (espace, pattern.namespace) if part))


ADRESSES = dict(_walk(get_resolver()))


def _droit_api(name: str) -> tuple[str, str] | None:
    """The right of an operation of the API, by the name of its function."""
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                if f"api:{operation.view_func.__name__}" == name:
                    return getattr(operation.view_func, "droit", None)
    return None


def test_toute_adresse_est_dans_la_table() -> None:
    known = set(LIGNES) | set(TABLE["compte"])
    assert sorted(set(ADRESSES) - known) == [], "vues absentes de tests/cases/comptes/matrice.yaml"
    assert sorted(known - set(ADRESSES)) == [], "une ligne sans vue"


def test_chaque_adresse_n_a_qu_une_ligne() -> None:
    """A reader of YAML keeps the last of two rows of one name, and says nothing of the first."""
    names = re.findall(r'^  "?([\w:-]+)"?: ', TEXTE, re.MULTILINE)
    assert sorted(names) == sorted([*LIGNES, *TABLE["compte"]])


@pytest.mark.parametrize("name", [n for n, row in LIGNES.items() if row.objet is not None and n in ADRESSES])
def test_la_vue_declare_le_droit_de_la_table(name: str) -> None:
    row = LIGNES[name]
    found = _droit_api(name) if name.startswith("api:") else getattr(ADRESSES[name], "droit", None)
    assert found == (row.objet, row.action)


@pytest.mark.parametrize("name", list(LIGNES))
def test_la_table_dit_ce_que_dit_la_matrice(name: str) -> None:
    """The table is written by hand: where it differs from ``matrice.yaml``, one of the two is wrong."""
    row = LIGNES[name]
    if row.objet in {None, "compte"}:
        return
    if row.public:
        assert scope("public", str(row.objet), row.action) == "partout"
        return
    for role in PERSONNEL:
        declared = PORTEES.get(row.roles.get(role, ""))
        real = scope(role, str(row.objet), row.action)
        # A view may be narrower than its right (closing an account is for the operator alone), never wider.
        assert declared is None or declared == real, role


def _appel(client: Client, name: str, row: Ligne, arguments: dict[str, Any]) -> int:
    url = reverse(name, kwargs={**row.params, **arguments} or None)
    return client.generic(row.methode, url).status_code


def _essais(row: Ligne) -> list[bool]:
    """Inside, then outside, where the address names an object."""
    return [True, False] if row.avec and row.dehors else [True]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonyme", *PERSONNEL])
def test_chaque_role_devant_chaque_adresse(role: str) -> None:
    """200 or its like where the table opens, 302 to the login without account, 404 and a line elsewhere."""
    user = None if role == "anonyme" else creer_agent(role)
    held = user.fonctions.get().organisme if user and role != "exploitant" else None
    other = creer_organisme(GENRES.get(role, "bailleur"))
    wrong = []
    for name, row in LIGNES.items():
        if row.hors or name not in ADRESSES or (row.public and role not in {"anonyme", "agent_bailleur"}):
            continue  # what is public has no session: one role stands for all
        for inside in _essais(row):
            with transaction.atomic():
                place = (held or creer_organisme()) if inside else other
                arguments = FABRIQUES[row.avec](place) if row.avec else {}
                client = client_de(user) if user else Client()
                before = Evenement.objects.filter(verbe="acces.refuser").count()
                status = _appel(client, name, row, arguments)
                lines = Evenement.objects.filter(verbe="acces.refuser").count() - before
                transaction.set_rollback(True)
            expected, journal = _attendu(row, role, inside)
            if status not in expected or (lines > 0) != journal:
                wrong.append(f"{name} {'dedans' if inside else 'dehors'} : {status}, {lines} ligne(s)")
    assert wrong == []


def _attendu(row: Ligne, role: str, inside: bool) -> tuple[tuple[int, ...], bool]:
    """Expected statuses, and whether a line of journal says the refusal."""
    if row.public:
        return row.ok, False
    if role == "anonyme":
        return (302,), False
    if row.connecte:
        return row.ok, row.ok == (404,)
    right = row.roles.get(role)
    if right == "x" or (right == "p" and inside):
        return row.ok, False
    return (404,), True


@pytest.mark.django_db
def test_les_portes_du_compte() -> None:
    """Doors of allauth: what they answer without login and with it; those that are closed are for all."""
    arguments = {
        "account_confirm_email": {"key": "x"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
        "compte_invitation": {"jeton": "x"},
        "openid_connect_login": {"provider_id": "inconnu"},
        "openid_connect_callback": {"provider_id": "inconnu"},
    }
    user = creer_agent("agent_bailleur")
    wrong = []
    for name, (anonyme, connecte) in TABLE["compte"].items():
        url = reverse(name, kwargs=arguments.get(name))
        found = (Client().get(url).status_code, client_de(user).get(url).status_code)
        if found != (anonyme, connecte):
            wrong.append((name, found))
    assert wrong == []


@pytest.mark.django_db
def test_un_identifiant_qui_n_existe_pas_repond_comme_hors_perimetre() -> None:
    """404 in both cases: an answer never tells whether something exists elsewhere."""
    client = client_de(creer_agent("admin_bailleur"))
    elsewhere = creer_agent("agent_bailleur").pk
    for number in (uuid.uuid4(), elsewhere):
        answer = client.get(reverse("organismes:utilisateur", args=[number]))
        assert answer.status_code == 404
        assert "pas dans votre périmètre" in answer.content.decode()
        assert str(number) not in answer.content.decode().replace(f"/agents/comptes/{number}/", "")
