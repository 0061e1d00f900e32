"""The map: frames by pure arithmetic, squares counted by the database, marks and buttons that are links."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.public.queries import carte as queries
from palier.web.apps.public.rules import cadre
from palier.web.apps.public.views import carte as vue
from palier.web.apps.territoires.queries import Trace
from tests.web.public.outils import arbre, creer, references, texte

boites = st.tuples(
    st.floats(-170, 170), st.floats(-70, 70), st.floats(1e-6, 8), st.floats(1e-6, 8)
).map(lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3]))  # fmt: skip


def _ratio(box: cadre.Boite) -> float:
    from math import cos, radians

    return (box[2] - box[0]) * cos(radians((box[1] + box[3]) / 2)) / (box[3] - box[1])


@given(boites)
def test_un_cadre_contient_ce_qu_on_lui_donne_et_a_la_forme_du_dessin(box: cadre.Boite) -> None:
    found = cadre.fit(box)
    assert found[0] <= box[0] + 1e-9
    assert found[1] <= box[1] + 1e-9
    assert found[2] >= box[2] - 1e-9
    assert found[3] >= box[3] - 1e-9
    assert _ratio(found) == pytest.approx(cadre.RAPPORT, rel=0.02)
    assert found[2] - found[0] >= cadre.LARGEUR_MIN * 0.999


@given(boites)
def test_s_approcher_puis_s_eloigner_ramene_au_meme_cadre(box: cadre.Boite) -> None:
    start = cadre.fit(box)
    closer = cadre.zoom(start, 0.5)
    if closer != start:
        assert cadre.zoom(closer, 2.0) == pytest.approx(start, abs=1e-9)
    assert cadre.move(cadre.move(start, 0.5, 0.5), -0.5, -0.5) == pytest.approx(start, abs=1e-9)


@given(boites, st.floats(0, 1), st.floats(0, 1))
def test_une_marque_reste_dans_son_carreau(box: cadre.Boite, x: float, y: float) -> None:
    frame = cadre.fit(box)
    point = (frame[0] + x * (frame[2] - frame[0]), frame[1] + y * (frame[3] - frame[1]))
    square = cadre.cells(frame)
    held = cadre.held(point, frame, square)
    for before, after, side in zip(point, held, square, strict=True):
        assert abs(after - before) <= side


@given(st.lists(st.tuples(st.floats(-5, 9), st.floats(42, 51)), max_size=60), st.floats(1e-4, 1))
def test_un_contour_allege_ne_garde_que_ses_points(ring: list[cadre.Point], step: float) -> None:
    kept = cadre.thin(tuple(ring), step)
    assert set(kept) <= set(ring)
    assert kept == () or len(kept) >= 4


def test_un_contour_trop_petit_disparait() -> None:
    assert cadre.thin(((0, 0), (0.001, 0), (0.001, 0.001), (0, 0)), 0.1) == ()


base = pytest.mark.usefixtures("communes")


def _some(n: int, **change: Any) -> None:
    for number in range(n):
        place = Decimal("7.70") + Decimal(number) / 200
        creer(longitude=place, latitude=Decimal("48.55"), **change)


@base
@pytest.mark.django_db
def test_les_groupes_comptent_toutes_les_offres_une_fois() -> None:
    _some(20)
    creer(longitude=Decimal("7.70"), latitude=Decimal("48.55"))
    creer(longitude=None, latitude=None)
    box = cadre.fit((7.69, 48.5, 7.81, 48.6))
    found = queries.groups(Filtres(), box, cadre.cells(box), 500)
    assert sum(group.nombre for group in found) == 22
    assert [g.nombre for g in found] == sorted((g.nombre for g in found), reverse=True)
    apart = queries.groups(Filtres(), box, cadre.POINT_A_POINT, 500)
    assert max(group.nombre for group in apart) == 2


@base
@pytest.mark.django_db
def test_chaque_bouton_est_un_lien_qui_marche_sans_script(client: Client) -> None:
    _some(6)
    tree = arbre(client.get("/carte?typologie=T3&boite=7.6,48.5,7.9,48.65"))
    links = tree.cssselect(".carte-boutons a, .carte-deplacer a")
    assert len(links) == 7
    for link in links:
        assert link.get("aria-label")
        answer = client.get(link.get("href"))
        assert answer.status_code == 200
        assert "typologie=T3" in link.get("href")
    assert "boite" not in links[2].get("href")
    assert tree.cssselect("[data-carte][data-points^='/carte/points.geojson?typologie=T3']")
    assert tree.cssselect("button[data-carte-ouvrir][hidden]")


@base
@pytest.mark.django_db
def test_un_groupe_mene_plus_pres_jusqu_a_ses_offres(client: Client) -> None:
    for number in range(3):
        creer(adresse=f"{number + 1} quai des Bateliers")
    for number in range(4):
        creer(longitude=Decimal("7.7530") + Decimal(number) / 1000)
    path, steps = "/carte", 0
    while path.startswith("/carte") and steps < 12:
        tree = arbre(client.get(path))
        groups = [a for a in tree.cssselect("svg.dessin-large a") if a.cssselect("text")]
        assert groups, path
        assert re.match(r"\d+ offres", texte(groups[-1].cssselect("title")[0]))
        biggest = max(groups, key=lambda a: int(texte(a.cssselect("text")[0])))
        path, steps = biggest.get("href"), steps + 1
    assert path.startswith("/offres?boite=")
    assert len(references(client.get(path))) == 3


@base
@pytest.mark.django_db
def test_la_liste_jumelle_dit_ce_que_montre_la_carte(client: Client) -> None:
    _some(10)
    creer(longitude=Decimal("7.20"))
    answer = client.get("/carte?boite=7.6,48.45,7.9,48.65")
    tree = arbre(answer)
    marks = sum(
        int(texte(a.cssselect("text")[0])) if a.cssselect("text") else 1
        for a in tree.cssselect("svg.dessin-large a")
    )
    assert marks == len(references(answer)) == 10
    assert "10 offres sur la carte, 1 ailleurs" in texte(tree.cssselect("#compte")[0])
    assert all(a.get("tabindex") == "-1" for a in tree.cssselect("svg a"))


@base
@pytest.mark.django_db
def test_les_points_sont_bornes_et_rien_n_est_perdu(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _some(30)
    one_by_one = client.get("/carte/points.geojson").json()["features"]
    assert len(one_by_one) == 30
    assert all(f["properties"]["url"].startswith("/offres/") for f in one_by_one)
    from django.core.cache import caches

    caches["memoire"].clear()
    monkeypatch.setattr(vue, "_MOST_POINTS", 10)
    monkeypatch.setattr(vue, "_FINE", 3)
    grouped = client.get("/carte/points.geojson").json()["features"]
    assert len(grouped) <= 10
    assert sum(f["properties"]["nombre"] for f in grouped) == 30
    west, south, east, north = grouped[0]["properties"]["boite"]
    lon, lat = grouped[0]["geometry"]["coordinates"]
    assert west <= lon <= east
    assert south <= lat <= north


@base
@pytest.mark.django_db
def test_plusieurs_offres_au_meme_endroit_menent_a_leur_liste(client: Client) -> None:
    creer()
    creer(adresse="14 rue de la Douane")
    (feature,) = client.get("/carte/points.geojson").json()["features"]
    url = feature["properties"]["url"]
    assert urlsplit(url).path == "/offres"
    assert parse_qs(urlsplit(url).query)["boite"]
    assert len(references(client.get(url))) == 2


@base
@pytest.mark.django_db
def test_sans_contour_et_sans_offre_la_carte_repond(client: Client) -> None:
    tree = arbre(client.get("/carte"))
    assert tree.cssselect("svg.dessin-large")
    assert tree.cssselect(".vide")


def _countrywide() -> tuple[Trace, ...]:
    """Return a hundred departments of two hundred points, as the prepared file holds them."""
    from math import cos, pi, sin

    found = []
    for number in range(100):
        x, y = -4.5 + (number % 10) * 1.4, 42 + (number // 10) * 0.9
        ring = [(x + 0.7 * cos(2 * pi * t / 200), y + 0.45 * sin(2 * pi * t / 200)) for t in range(200)]
        found.append(Trace(f"{number:02d}", f"Département {number}", None, (x, y), ((*ring, ring[0]),)))
    return tuple(found)


@base
@pytest.mark.django_db
def test_la_carte_du_pays_pese_moins_de_300_ko(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        creer(
            longitude=Decimal(-4) + Decimal(number % 10) * Decimal("1.3"),
            latitude=Decimal(43) + Decimal(number // 10),
        )
    queries._ground.cache_clear()
    queries._boxes.cache_clear()
    monkeypatch.setattr(queries, "digest_of", lambda nom: "e" * 64)
    monkeypatch.setattr(queries, "traces", lambda nom: _countrywide() if nom == "departements" else ())
    answer = client.get("/carte")
    queries._ground.cache_clear()
    queries._boxes.cache_clear()
    print(len(answer.content))
    assert len(arbre(answer).cssselect("svg.dessin-large path")) > 80
    assert len(answer.content) < 300_000


@base
@pytest.mark.django_db
@pytest.mark.parametrize("boite", ["9,48,7,49", "7,48,8", "a,b,c,d", "181,48,182,49", "7,-95,8,49"])
def test_une_boite_impossible_est_dite(client: Client, boite: str) -> None:
    answer = client.get(f"/carte?boite={boite}")
    assert answer.status_code == 200
    assert "boite" in texte(arbre(answer).cssselect(".avis")[0])
    assert client.get(f"/carte/points.geojson?boite={boite}").status_code == 422


@base
@pytest.mark.django_db
@pytest.mark.parametrize("boite", ["-180,-90,180,90", "179.9,-89,180,-88", "7.75,48.57,7.7500001,48.5700001"])
def test_les_bords_du_monde_ne_cassent_rien(client: Client, boite: str) -> None:
    creer()
    assert client.get(f"/carte?boite={boite}").status_code == 200


def test_les_filtres_ne_changent_pas_en_chemin() -> None:
    filtres = Filtres(pieces=(3,), boite=(7.0, 48.0, 8.0, 49.0))
    assert replace(filtres, boite=None).query() == "typologie=T3"
    assert json.loads(json.dumps(cadre.FRANCE)) == list(cadre.FRANCE)
