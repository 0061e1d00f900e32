"""The background of the map, where the operator gives one: read by parts, named, and nothing without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from csp.constants import SELF
from django.test import Client

from palier.base.errors import UsageError
from palier.web.apps.public.rules.plages import Plage, parse_plage
from palier.web.reglages.environnement import read_environnement
from palier.web.reglages.fond import Fond
from palier.web.settings import securite
from tests.web.exploitation.test_service import PRODUCTION
from tests.web.public.outils import arbre, creer, texte
from tests.web.public.outils_fond import ecrire, tuile

FOND, MENTION = "/carte/fond.pmtiles", "© les contributeurs d'un essai"
PLAGES = [
    ("", 100, None),
    ("bytes=0-9", 100, (0, 9)),
    ("bytes=90-", 100, (90, 99)),
    ("bytes=90-500", 100, (90, 99)),
    ("bytes=-10", 100, (90, 99)),
    ("bytes=-500", 100, (0, 99)),
    ("bytes=99-99", 100, (99, 99)),
    ("bytes=9-0", 100, None),
    ("bytes=0-1,4-5", 100, None),
    ("lines=0-9", 100, None),
    ("bytes=a-b", 100, None),
    ("bytes=-", 100, None),
    ("bytes=" + "9" * 40 + "-", 100, None),
    ("bytes=100-", 100, "416"),
    ("bytes=-0", 100, "416"),
    ("bytes=0-", 0, "416"),
]


@pytest.mark.parametrize(("entete", "octets", "attendu"), PLAGES)
def test_une_plage_se_lit(entete: str, octets: int, attendu: Any) -> None:
    if attendu == "416":
        with pytest.raises(ValueError, match=entete):
            parse_plage(entete, octets)
        return
    assert parse_plage(entete, octets) == (Plage(*attendu) if attendu else None)


@pytest.fixture
def fond(settings: Any, tmp_path: Path) -> Path:
    """A background that the site serves."""
    path = ecrire(tmp_path / "fond.pmtiles", tuile())
    settings.ENVIRONNEMENT = replace(settings.ENVIRONNEMENT, fond=Fond(path, "", MENTION))
    return path


def _bytes(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


@pytest.mark.parametrize(
    ("plage", "debut", "fin"), [("bytes=0-126", 0, 126), ("bytes=127-", 127, None), ("bytes=-5", -5, None)]
)
def test_une_partie_est_donnee_telle_quelle(
    client: Client, fond: Path, plage: str, debut: int, fin: int | None
) -> None:
    raw = fond.read_bytes()
    wanted = raw[debut : None if fin is None else fin + 1]
    answer = client.get(FOND, headers={"range": plage, "accept-encoding": "gzip"})
    assert (answer.status_code, _bytes(answer)) == (206, wanted)
    first = debut if debut >= 0 else len(raw) + debut
    assert answer["Content-Range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(raw)}"
    assert answer["Content-Length"] == str(len(wanted))
    assert "Content-Encoding" not in answer
    assert answer["Accept-Ranges"] == "bytes"


def test_sans_plage_le_fichier_entier_et_au_dela_416(client: Client, fond: Path) -> None:
    raw = fond.read_bytes()
    whole = client.get(FOND)
    assert (whole.status_code, _bytes(whole), whole["Content-Length"]) == (200, raw, str(len(raw)))
    head = client.head(FOND, headers={"range": "bytes=0-9"})
    assert (head.status_code, head["Accept-Ranges"], head["Content-Length"]) == (200, "bytes", str(len(raw)))
    beyond = client.get(FOND, headers={"range": f"bytes={len(raw)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(raw)}")
    assert client.post(FOND).status_code == 405


def test_une_partie_d_un_fichier_change_n_est_pas_melee_a_l_autre(client: Client, fond: Path) -> None:
    first = client.get(FOND, headers={"range": "bytes=0-9"})
    tag = first["ETag"]
    assert client.get(FOND, headers={"if-none-match": tag}).status_code == 304
    assert client.get(FOND, headers={"range": "bytes=0-9", "if-range": tag}).status_code == 206
    ecrire(fond, tuile("#000000") + b"\0")
    again = client.get(FOND, headers={"range": "bytes=0-9", "if-range": tag})
    assert (again.status_code, again["ETag"] != tag) == (200, True)
    fond.unlink()
    assert client.get(FOND).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("communes")
def test_la_carte_dit_son_fond_et_a_qui_il_est(client: Client, fond: Path, settings: Any) -> None:
    creer()
    page = arbre(client.get("/carte"))
    assert page.cssselect("[data-carte]")[0].get("data-fond") == FOND
    assert MENTION in texte(page.cssselect(".carte-pied")[0]).replace("\u2019", "'")
    elsewhere = Fond(None, "https://tuiles.exemple.fr/fond.pmtiles", MENTION)
    settings.ENVIRONNEMENT = replace(settings.ENVIRONNEMENT, fond=elsewhere)
    page = arbre(client.get("/carte"))
    assert page.cssselect("[data-carte]")[0].get("data-fond") == elsewhere.adresse
    assert client.get(FOND).status_code == 404  # we serve nothing of it


@pytest.mark.django_db
@pytest.mark.usefixtures("communes")
def test_sans_fond_rien_ne_change(client: Client) -> None:
    creer()
    page = arbre(client.get("/carte"))
    assert page.cssselect("[data-carte]")[0].get("data-fond") == ""
    assert client.get(FOND).status_code == 404


@pytest.mark.parametrize(
    ("adresse", "origines"),
    [
        ("", [SELF]),
        ("https://tuiles.exemple.fr:8443/a/fond.pmtiles", [SELF, "https://tuiles.exemple.fr:8443"]),
    ],
)
def test_la_politique_de_contenu_ne_s_ouvre_qu_a_son_adresse(adresse: str, origines: list[str]) -> None:
    more = {"PALIER_CARTE_PMTILES": adresse, "PALIER_CARTE_MENTION": MENTION} if adresse else {}
    made = securite.settings(read_environnement(PRODUCTION | more))
    policy = made["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["connect-src"] == origines
    assert policy["default-src"] != origines


def _short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


@pytest.mark.parametrize(
    ("gate", "mot"),
    [
        (_short, "pas un fichier PMTiles"),
        (lambda path: path.write_bytes(b"PK" + bytes(200)), "pas un fichier PMTiles"),
        (lambda path: ecrire(path, tuile(), version=2), "version 2"),
        (lambda path: ecrire(path, tuile(), genre=0), "de quoi ses tuiles sont faites"),
        (lambda path: path.unlink(), "n'existe pas"),
    ],
)
def test_un_mauvais_fichier_est_dit_au_demarrage(
    tmp_path: Path, gate: Callable[[Path], object], mot: str
) -> None:
    path = ecrire(tmp_path / "fond.pmtiles", tuile())
    env = PRODUCTION | {"PALIER_CARTE_PMTILES": str(path), "PALIER_CARTE_MENTION": MENTION}
    found = read_environnement(env).fond
    assert found == Fond(path, "", MENTION)
    gate(path)
    with pytest.raises(UsageError, match=mot):
        read_environnement(env)
