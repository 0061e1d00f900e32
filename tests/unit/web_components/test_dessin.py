"""Drawings say what the figures say: read back as SVG."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.web.components.dessin.attente import Attente, dessiner_attente
from palier.web.components.dessin.barres import Barre, dessiner_barres, dessiner_jauge
from palier.web.components.dessin.carte import Cadre, Contour, Projection, Repere, dessiner_carte
from palier.web.components.dessin.energie import CLASSES, dessiner_echelle
from palier.web.components.dessin.escalier import dessiner_escalier
from palier.web.components.dessin.facade import Facade, dessiner_facade
from palier.web.components.dessin.histogramme import Histogramme, dessiner_histogramme
from palier.web.components.dessin.placement import etaler
from palier.web.components.dessin.svg import JOUR, RAMPE, SEQUENCE, nombre
from tests.unit.web_components.outils import etendues, lire, mots

STRASBOURG = Cadre(7.70, 48.54, 7.90, 48.62)


def _lit(facade: Facade) -> list[float]:
    """Heights of the lit floors."""
    return [
        float(r.get("y", "0")) for r in lire(dessiner_facade(facade)).iter("rect") if r.get("fill") == JOUR
    ]


@pytest.mark.parametrize("etages", range(30))
def test_un_seul_etage_eclaire_plus_haut_si_l_etage_monte(etages: int) -> None:
    heights = [_lit(Facade("immeuble", etages, etage)) for etage in range(etages + 1)]
    assert all(len(lit) == 1 for lit in heights)
    flat = [lit[0] for lit in heights]
    assert flat == sorted(flat, reverse=True)
    assert 10 < flat[-1] <= flat[0] < 98


def test_un_logement_occupe_n_est_pas_montre() -> None:
    assert _lit(Facade("immeuble", 5, None, True)) == []


@pytest.mark.parametrize("ascenseur", [True, False])
def test_la_gaine_dit_l_ascenseur(ascenseur: bool) -> None:
    drawing = lire(dessiner_facade(Facade("immeuble", 5, 2, ascenseur)))
    assert any(r.get("fill") == RAMPE for r in drawing.iter("rect")) is ascenseur


@pytest.mark.parametrize("genre", ["immeuble", "maison", "local"])
def test_le_nom_est_dit_ou_le_dessin_se_tait(genre: str) -> None:
    named = lire(dessiner_facade(Facade(genre, 3, 1), 'Rue "des <Tanneurs>" & co'))
    assert (named.get("role"), named.get("aria-label")) == ("img", 'Rue "des <Tanneurs>" & co')
    assert lire(dessiner_facade(Facade(genre, 3, 1))).get("aria-hidden") == "true"


@pytest.mark.parametrize("classe", CLASSES)
@pytest.mark.parametrize("climat", [True, False])
def test_l_echelle_a_sept_marches_et_une_choisie(classe: str, climat: bool) -> None:
    drawing = lire(dessiner_echelle(classe, climat, "ce logement"))
    steps = list(drawing.iter("rect"))
    assert len(steps) == 7
    assert [step.get("stroke") is not None for step in steps].index(True) == CLASSES.index(classe)
    assert sum(step.get("stroke") is not None for step in steps) == 1
    widths = [float(step.get("width", "0")) for step in steps]
    assert widths == sorted(widths)
    assert [word for word in mots(drawing) if len(word) == 1] == list(CLASSES)


def _wait(bas: int, mediane: int, haut: int, maximum: int, vous: int | None = None) -> Attente:
    words = (f"{bas} mois", f"médiane {mediane} mois", f"{mediane} mois", f"{haut} mois", "6 ans")
    return Attente(bas, mediane, haut, maximum, *words, vous, "vous")


@given(st.lists(st.integers(0, 120), min_size=3, max_size=3), st.integers(0, 200) | st.none(), st.booleans())
def test_les_mots_de_l_attente_ne_se_couvrent_pas(
    bornes: list[int], vous: int | None, telephone: bool
) -> None:
    bas, mediane, haut = sorted(bornes)
    drawing = lire(dessiner_attente(_wait(bas, mediane, haut, 120, vous), "résultat", telephone))
    wide = float(str(drawing.get("viewBox")).split()[2])
    line = etendues(drawing, 96)
    assert len(line) in {3, 4}
    assert all(left[1] <= right[0] + 0.2 for left, right in pairwise(line))
    assert line[0][0] >= -1
    assert line[-1][1] <= wide + 1
    assert ("vous" in mots(drawing)) is (vous is not None)


def test_l_histogramme_part_de_zero_et_fonce_ceux_de_devant() -> None:
    drawing = lire(dessiner_histogramme(Histogramme([1, 2, 4, 0, 2], "0", "9", 1, "vous"), "résultat"))
    bars = [r for r in drawing.iter("rect") if r.get("fill") in {SEQUENCE[1], SEQUENCE[3]}]
    assert [r.get("fill") for r in bars] == [SEQUENCE[1], SEQUENCE[3], SEQUENCE[3]]
    heights = [float(r.get("height", "0")) for r in bars]
    assert heights[1] == 4 * heights[0] == 2 * heights[2]
    assert {float(r.get("y", "0")) + float(r.get("height", "0")) for r in bars} == {142.0}


def test_les_barres_partent_de_zero() -> None:
    drawing = lire(
        dessiner_barres([Barre("A", 10, "10 mois"), Barre("B", 5, "5 mois", ici=True)], "résultat")
    )
    long, short = (float(r.get("width", "0")) for r in drawing.iter("rect"))
    assert long == pytest.approx(2 * short, abs=0.2)


def test_la_jauge_reste_dans_son_cadre() -> None:
    for valeur, but in ((0, 0), (3, 12), (12, 12)):
        for mark in lire(dessiner_jauge(valeur, but, 12)).iter("rect"):
            assert 0 <= float(mark.get("x", "0")) <= 358 - float(mark.get("width", "0")) + 0.1


REFUS: list[tuple[str, Callable[[], str]]] = [
    ("quantiles en désordre", lambda: dessiner_attente(_wait(9, 8, 58, 72), "")),
    ("médiane après la fin", lambda: dessiner_attente(_wait(9, 26, 90, 72), "")),
    ("axe nul", lambda: dessiner_attente(_wait(0, 0, 0, 0), "")),
    ("effectif négatif", lambda: dessiner_histogramme(Histogramme([1, -1], "", ""), "")),
    ("aucune classe", lambda: dessiner_histogramme(Histogramme([], "", ""), "")),
    ("barre négative", lambda: dessiner_barres([Barre("A", -1, "")], "")),
    ("aucune barre", lambda: dessiner_barres([], "")),
    ("jauge au-delà", lambda: dessiner_jauge(13, 3, 12)),
    ("jauge sans fin", lambda: dessiner_jauge(0, 0, 0)),
    ("classe H", lambda: dessiner_echelle("H", False, "")),
]


@pytest.mark.parametrize(("nom", "dessine"), REFUS, ids=[nom for nom, _ in REFUS])
def test_un_dessin_impossible_est_refuse(nom: str, dessine: Callable[[], str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        dessine()


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(1, 60)), min_size=1, max_size=5))
def test_etaler_garde_l_ordre_et_l_ecart(etiquettes: list[tuple[float, float]]) -> None:
    etiquettes.sort()
    centres, widths = [c for c, _ in etiquettes], [w for _, w in etiquettes]
    placed = etaler(centres, widths, 0, 400, 12)
    for (left, wl), (right, wr) in pairwise(zip(placed, widths, strict=True)):
        assert right - wr / 2 - (left + wl / 2) >= 12 - 1e-6
    assert placed[-1] + widths[-1] / 2 <= 400 + 1e-6


def test_la_carte_garde_les_formes() -> None:
    project = Projection(STRASBOURG, 760, 560)
    (x0, y0), (x1, y1) = project(7.8, 48.58), project(7.801, 48.581)
    assert (round(x0), round(y0)) == (380, 280)
    assert (x1 - x0) / (y0 - y1) == pytest.approx(0.6615, abs=0.001)  # cos(48.58°)


def test_les_reperes_sont_des_liens_hors_de_la_tabulation() -> None:
    marks = [Repere(7.8, 48.58, 12, "12 <logements>", "/carte?z=1&c=2"), Repere(7.8, 48.58, 1, "un", "/o")]
    contours = [Contour("Orlemont", [[(7.7, 48.55), (7.8, 48.55), (7.8, 48.6)]], (7.75, 48.57))]
    drawing = lire(dessiner_carte(STRASBOURG, contours, marks, "Carte"))
    links = list(drawing.iter("a"))
    assert [(a.get("href"), a.get("tabindex")) for a in links] == [("/carte?z=1&c=2", "-1"), ("/o", "-1")]
    assert [a.findtext("title") for a in links] == ["12 <logements>", "un"]
    assert "Orlemont" in mots(drawing)


def test_les_noms_de_la_carte_ne_se_couvrent_pas() -> None:
    contours = [Contour(f"Commune {i}", [], (7.8 + i / 1e5, 48.58)) for i in range(5)]
    assert mots(lire(dessiner_carte(STRASBOURG, contours, [], "Carte"))) == ["Commune 0"]


def test_l_escalier_est_un_decor() -> None:
    assert lire(dessiner_escalier()).get("aria-hidden") == "true"


@pytest.mark.parametrize(
    ("valeur", "attendu"), [(1.0, "1"), (1.25, "1.2"), (-0.01, "0"), (-2.5, "-2.5"), (0, "0")]
)
def test_coordonnee(valeur: float, attendu: str) -> None:
    assert nombre(valeur) == attendu
