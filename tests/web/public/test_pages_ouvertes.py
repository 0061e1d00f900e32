"""Every open page: answers, tags, languages, no cookie, no script needed, nothing fetched elsewhere."""

from __future__ import annotations

import gzip
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from palier.web.apps.public.queries.plan import PAGES
from palier.web.components import actifs
from tests.web.public.outils import BRS, LOCAL, LOCATION, NEUF, PSLA, VENTE, arbre, creer, texte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
A_VENIR: set[str] = set()  # pages announced before they answer
CHEMINS = [chemin for chemin, _mots in PAGES if chemin not in A_VENIR]
#: Their form writes: it is held by a token, whose cookie says nothing of the person.
A_FORMULAIRE = {"/alertes"}
FICHES = {"location": LOCATION, "vente": VENTE, "brs": BRS, "psla": PSLA, "neuf": NEUF, "local": LOCAL}
#: Queries that a page may ask, whatever the number of offers.
_MOST_QUERIES = {"/": 6, "/offres": 10, "/acheter": 10, "/locaux": 10, "/carte": 12}


def _remplir() -> None:
    for base in FICHES.values():
        creer(base)


@pytest.mark.parametrize("langue", ["", "/en", "/ar", "/pt"])
def test_chaque_page_repond_dans_chaque_langue(client: Client, langue: str) -> None:
    _remplir()
    for path in CHEMINS:
        answer = client.get(f"{langue}{path}")
        assert answer.status_code == 200, (path, answer.content[:500])
        tree = arbre(answer)
        assert tree.get("lang") == (langue.strip("/") or "fr"), path
        assert tree.get("dir") == ("rtl" if langue == "/ar" else "ltr"), path
        assert len(tree.cssselect("h1")) == 1, path
        assert texte(tree.cssselect("title")[0]).strip(), path
        assert path in A_FORMULAIRE or answer.cookies == {}, path
        assert tree.cssselect("[style]") == [], path
        _nothing_elsewhere(tree)


def _nothing_elsewhere(tree: Any) -> None:
    """Nothing is loaded from another site, and no script is run inline."""
    for node in tree.cssselect("script"):
        assert node.get("src") or node.get("type") == "application/ld+json"
    loaded = [n.get("src") for n in tree.cssselect("[src]")]
    loaded += [
        n.get("href") for n in tree.cssselect("link[rel=stylesheet], link[rel=icon], link[rel=preload]")
    ]
    loaded += [n.get("href") for n in tree.cssselect("use")]
    assert all(not urlsplit(url).netloc for url in loaded), loaded
    assert not tree.xpath("//*[@*[starts-with(name(), 'on')]]")


def test_head_et_304(client: Client) -> None:
    tagged = 0
    for path in CHEMINS:
        first = client.get(path)
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b""), path
        if "ETag" in first:
            tagged += 1
            again = client.get(path, headers={"if-none-match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b""), path
            assert "public" in first["Cache-Control"], path
    assert tagged >= 10


@pytest.mark.parametrize("chemin", list(_MOST_QUERIES))
def test_le_nombre_de_requetes_ne_suit_pas_celui_des_offres(
    client: Client, chemin: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        creer()
        creer(VENTE)
        creer(LOCAL)
    with django_assert_max_num_queries(_MOST_QUERIES[chemin]):
        assert client.get(chemin).status_code == 200


@pytest.mark.parametrize("nature", list(FICHES))
def test_la_page_d_une_offre_demande_peu(
    client: Client, nature: str, django_assert_max_num_queries: Any
) -> None:
    offre = creer(FICHES[nature])
    with django_assert_max_num_queries(8):
        answer = client.get(f"/offres/{offre.pk}")
    assert answer.status_code == 200
    assert answer.cookies == {}
    tree = arbre(answer)
    _nothing_elsewhere(tree)
    assert tree.cssselect("[style]") == []
    assert len(tree.cssselect("a.btn-primary, button.btn-primary")) == 1


def test_vingt_offres_pesent_moins_de_60_ko_a_la_premiere_visite(client: Client) -> None:
    for number in range(20):
        creer(adresse=f"{number + 1} rue du Moulin", titre=f"T3 numéro {number}")
    page = client.get("/offres")
    assert len(arbre(page).cssselect("ol.offres > li")) == 20
    weights = {"page": len(gzip.compress(page.content, 6))}
    for name in ("site.css", "titre.woff2", "texte.woff2", "icones.svg", "site.js"):
        raw = (actifs.DIST / actifs.chemin_actif(name).removeprefix("dist/")).read_bytes()
        weights[name] = len(raw) if name.endswith("woff2") else len(gzip.compress(raw, 6))
    print(weights, sum(weights.values()))
    assert sum(weights.values()) < 60_000


@pytest.mark.parametrize(
    ("chemin", "statut"),
    [
        ("/offres/01a20d3d-f488-7725-a185-6a37db13f085", 404),
        ("/offres/pas-un-uuid", 404),
        ("/offres/01a20d3d-f488-7725-a185-6a37db13f085.jsonld", 404),
        ("/commissions/1", 404),
        ("/rien", 404),
        ("/schemas/inconnu.json", 404),
        ("/donnees/offres.csv.gz", 404),
        ("/donnees/2026-02-31/offres.parquet", 404),
        ("/donnees/../../etc/passwd", 404),
        ("/sitemap-offres-99.xml", 404),
        ("/offres?commune=%00", 422),
        ("/carte?lieu=%C3%28", 422),
        ("/offres?lieu=Zzyzx", 422),
        ("/carte?lieu=Zzyzx", 422),
    ],
)
def test_ce_qui_n_existe_pas_le_dit(client: Client, chemin: str, statut: int) -> None:
    answer = client.get(chemin)
    assert answer.status_code == statut
    said = answer.content.decode()
    assert "Traceback" not in said
    if "html" in answer["Content-Type"]:
        assert arbre(answer).cssselect("h1")
        assert arbre(answer).cssselect("a[href='/aide']")


XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "chemin",
    [
        "/offres?lieu={x}",
        "/offres?commune={x}",
        "/offres?centre=7.75,48.57&autour_de={x}",
        "/offres?typologie={x}&tri={x}&apres={x}",
        "/carte?lieu={x}&lieu_avant={x}",
        "/carte?boite={x}",
        "/{x}",
    ],
)
def test_ce_qu_on_ecrit_n_est_jamais_execute(client: Client, chemin: str) -> None:
    from urllib.parse import quote

    _remplir()
    answer = client.get(chemin.format(x=quote(XSS)))
    said = answer.content.decode()
    assert "<script>alert" not in said
    assert "<img src=x" not in said


def test_une_annonce_hostile_ne_sort_pas_de_son_texte(client: Client) -> None:
    hostile = "</script><script>alert(1)</script><b onmouseover=alert(2)>"
    offre = creer(
        titre=hostile, description=hostile, adresse=f"1 rue {hostile}", visites=hostile,
        contact_service=hostile, contact_adresse=hostile, accessibilite=frozenset({"plain_pied"}),
    )  # fmt: skip
    for path in (f"/offres/{offre.pk}", "/offres", "/carte", "/offres.atom", f"/offres/{offre.pk}.jsonld"):
        said = client.get(path).content.decode()
        assert "<script>alert" not in said, path
        assert "<b onmouseover" not in said, path


def test_les_adresses_d_erreur_pour_programmes(client: Client) -> None:
    answer = client.get("/offres.csv?typologie=T9", headers={"accept": "text/csv"})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["problemes"][0]["code"] == "OFF-201"


def test_les_actes_refuses_disent_405(client: Client) -> None:
    for path in ("/", "/carte", "/offres.csv", "/donnees", "/aide"):
        assert client.post(path).status_code == 405


def test_rien_ne_renvoie_a_une_page_qui_n_existe_pas(client: Client) -> None:
    """Every link of every page of the plan, one step deep."""
    offre = creer()
    seen: set[str] = set()
    for path in [*CHEMINS, f"/offres/{offre.pk}"]:
        for node in arbre(client.get(path)).cssselect("a[href]"):
            url = urlsplit(node.get("href"))
            if not url.netloc and url.scheme == "" and url.path:
                seen.add(url.path)
    wrong = {}
    for path in sorted(seen):
        if re.match(r"^/(agents|compte|en|ar|pt)(/|$)", path):
            continue
        status = client.get(path).status_code
        if status not in {200, 302} and path not in A_VENIR:
            wrong[path] = status
    assert wrong == {}


def test_une_panne_repond_sans_base_ni_gabarit(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from palier.web.apps.public.views import textes

    def broken(*_args: Any, **_options: Any) -> None:
        raise RuntimeError("panne d'essai")

    monkeypatch.setattr(textes, "_page", broken)
    client.raise_request_exception = False
    answer = client.get("/aide")
    assert answer.status_code == 500
    said = texte(arbre(answer))
    assert "Rien n'est perdu" in said
    assert "panne d'essai" not in said
    assert arbre(answer).cssselect("meta[name=viewport]")
    program = client.get("/aide", headers={"accept": "application/json"})
    assert program.json()["status"] == 500
