"""The public page of the heads of the journal: what it gives is enough to see that history was rewritten."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from lxml import etree

from palier.web.apps.journal.models import Evenement, TetePubliee
from palier.web.apps.journal.operations import inscrire, publier_tetes
from palier.web.apps.journal.queries import unlike, verify
from palier.web.horloge import aujourdhui
from tests.web.public.outils import arbre, texte

_ATOM = "{http://www.w3.org/2005/Atom}"


def _publie(lignes: int = 3, jours: int = 1) -> list[Evenement]:
    """Write lines, then let days pass."""
    made = [inscrire(acteur="essai", verbe="a.b", objet_type="x", objet_id=i) for i in range(lignes)]
    publier_tetes(aujourdhui=aujourdhui() + dt.timedelta(days=jours))
    return made


def _tetes(client: Client) -> list[tuple[int, str]]:
    """Heads as anybody takes them."""
    answer = client.get("/journal.csv")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    return [(int(row["numero"]), row["empreinte"]) for row in rows]


@pytest.mark.django_db
def test_la_page_va_de_cle_en_cle(client: Client) -> None:
    _publie(jours=40)
    seen, address, sizes = set(), "/journal", []
    while address:
        page = arbre(client.get(address))
        days = [row.text_content() for row in page.cssselect("tbody th")]
        seen |= set(days)
        sizes.append(len(days))
        links = {node.get("rel"): node.get("href") for node in page.cssselect("nav.pages a")}
        assert (links.get(None) == "/journal") == (len(sizes) > 1)
        address = links.get("next", "")
    assert (sizes, len(seen)) == ([14, 14, 12], 40)


@pytest.mark.django_db
@pytest.mark.parametrize("avant", ["hier", "2026-02-31", "20260101", "2026-01-01x"])
def test_une_cle_illisible_n_est_pas_une_page(client: Client, avant: str) -> None:
    assert client.get("/journal", {"avant": avant}).status_code == 404


@pytest.mark.django_db
def test_sans_tete_la_page_le_dit(client: Client) -> None:
    said = texte(arbre(client.get("/journal")))
    assert "Aucune tête n'est publiée" in said.replace("\u2019", "'")
    assert _tetes(client) == []
    assert client.get("/journal.json").json()["tetes"] == []
    assert client.get("/journal.atom").status_code == 200


@pytest.mark.django_db
def test_page_csv_json_et_atom_disent_la_meme_tete(client: Client) -> None:
    lines = _publie()
    last = Evenement.objects.get(pk=lines[-1].pk)
    head = (last.pk, bytes(last.empreinte).hex())
    page = client.get("/journal").content.decode()
    assert f"<code>{head[1]}</code>" in page
    assert f"--tete {head[0]}:{head[1]}" in page
    assert _tetes(client) == [head]
    (row,) = client.get("/journal.json").json()["tetes"]
    assert (row["numero"], row["empreinte"], row["jour"]) == (*head, aujourdhui().isoformat())
    assert dt.datetime.fromisoformat(row["instant"]) == last.instant
    feed = etree.fromstring(client.get("/journal.atom").content)
    (entry,) = feed.findall(f"{_ATOM}entry")
    assert entry.findtext(f"{_ATOM}summary") == f"{head[0]}:{head[1]}"
    assert entry.findtext(f"{_ATOM}id", "").endswith(f",{aujourdhui().isoformat()}:journal")
    link = entry.find(f"{_ATOM}link").get("href").replace("http://localhost:8000", "")
    assert head[1] in client.get(link).content.decode()


@pytest.mark.django_db
def test_les_acteurs_n_y_sont_pas(client: Client) -> None:
    inscrire(acteur="jeanne-martin", verbe="a.b", objet_type="x", objet_id=1)
    _publie()
    for path in ("/journal", "/journal.csv", "/journal.json", "/journal.atom"):
        assert "jeanne" not in client.get(path).content.decode()


@pytest.mark.django_db
def test_le_catalogue_la_donne(client: Client) -> None:
    _publie()
    assert "/journal.csv" in client.get("/donnees").content.decode()
    assert any(
        node.get("dct:identifier") == "palier-journal"
        for node in client.get("/donnees.jsonld").json()["@graph"]
    )
    assert "/journal</loc>" in client.get("/sitemap-pages.xml").content.decode()


def _by_hand() -> list[tuple[int, str]]:
    """The chain as the page says how to compute it, without our SQL."""
    previous, found = b"\0", []
    for e in Evenement.objects.order_by("id"):
        instant = e.instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
        fields = [instant, e.acteur, e.verbe, e.objet_type, e.objet_id, e.organisme, ",".join(e.champs),
                  e.motif, e.origine]  # fmt: skip
        previous = hashlib.sha256(previous + "\x1f".join(fields).encode()).digest()
        found.append((e.pk, previous.hex()))
    return found


def _rewrite(pk: int) -> None:
    """Change a line as an owner would, and make the whole chain anew behind it."""
    with connections["admin"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE journal_evenement SET motif = 'x', champs = '{a,b}' WHERE id = %s", [pk])
        for number, digest in _by_hand():
            cursor.execute(
                "UPDATE journal_evenement SET empreinte = decode(%s, 'hex') WHERE id = %s", [digest, number]
            )
            cursor.execute(
                "UPDATE journal_evenement SET precedent = decode(%s, 'hex')"
                " WHERE id = (SELECT min(id) FROM journal_evenement WHERE id > %s)",
                [digest, number],
            )
        cursor.execute("SET session_replication_role = DEFAULT")


def test_une_ligne_changee_se_voit_en_comparant_a_la_tete_publiee(base_reelle: None, client: Client) -> None:
    """Who kept the public file sees it: by our comparison, and by computing the chain herself."""
    lines = _publie()
    kept = _tetes(client)
    assert set(kept) <= set(_by_hand())
    assert unlike(kept) == []
    _rewrite(lines[0].pk)
    assert verify().rompue is None  # the chain alone no longer tells
    assert unlike(kept) == [kept[0][0]]
    assert not set(kept) & set(_by_hand())


def test_une_tete_changee_se_voit_par_la_commande_de_la_page(
    base_reelle: None, client: Client, tmp_path: Path
) -> None:
    """The command of the page prints what was published and is no longer."""
    _publie(jours=3)

    def taken(name: str) -> str:
        (tmp_path / name).write_bytes(client.get("/journal.csv").content)
        return name

    def compare(old: str, new: str) -> str:
        command = f"cat {new} | sort | comm -23 <(sort {old}) -"
        done: Any = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return str(done.stdout)

    first = taken("avant.csv")
    publier_tetes(aujourdhui=aujourdhui() + dt.timedelta(days=4))
    assert compare(first, taken("apres.csv")) == ""  # a new day is no change
    with connections["admin"].cursor() as cursor:
        cursor.execute(
            "UPDATE journal_tetepubliee SET empreinte = %s WHERE jour = %s", ["0" * 64, aujourdhui()]
        )
    assert aujourdhui().isoformat() in compare(first, taken("refait.csv"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('journal_tetepubliee', 'UPDATE')")
        assert cursor.fetchone() == (False,)
    assert TetePubliee.objects.count() == 4
