from __future__ import annotations

import subprocess
import sys

import pytest
from lxml import etree

from palier.formats.graphiques import (
    LigneComparaison,
    Repere,
    comparison_plot_png,
    comparison_plot_svg,
    wait_curve_png,
    wait_curve_svg,
)
from palier.formats.graphiques.scene import typographie

COURBE = [(30 * k, share, share * 0.8, min(1.0, share * 1.2)) for k in range(60) for share in [k / 100]]
MOTS = {
    "titre": "25 % logées : en <30> mois",
    "sous_titre": "T3 & plus",
    "legende": "965 demandes ; inventé.",
}
LIGNES = [
    LigneComparaison("Publics prioritaires", 120, 400, 620),
    LigneComparaison("Personnes seules de plus de 65 ans dans le parc privé", 2200, 3000, 300),
    LigneComparaison("Reconnus DALO", None, None, None),
    LigneComparaison("Aucune demande", 0, 0, 0),
    LigneComparaison("Grands ménages", 30, 10, 20, "", 100, 7),
]
SVG = "{http://www.w3.org/2000/svg}"


def _plots(cadre: str) -> dict[str, bytes]:
    marks = [Repere(750, 0.25, "25 % en 25 mois"), Repere(1500, 0.5, "la moitié en 49 mois")]
    return {
        "courbe": wait_curve_svg(COURBE, **MOTS, reperes=marks, vous_jour=300, cadre=cadre),
        "courbe_basse": wait_curve_svg(COURBE[:5], **MOTS, cadre=cadre),
        "vide": wait_curve_svg([], **MOTS, cadre=cadre),
        "comparaison": comparison_plot_svg(LIGNES, **MOTS, cadre=cadre),
    }


@pytest.mark.parametrize("cadre", ["large", "telephone"])
@pytest.mark.parametrize("plot", ["courbe", "courbe_basse", "vide", "comparaison"])
def test_svg_is_readable_by_all(plot: str, cadre: str) -> None:
    root = etree.fromstring(_plots(cadre)[plot])
    left, top, width, height = (float(part) for part in root.get("viewBox").split())
    assert width == {"large": 720, "telephone": 358}[cadre]
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{SVG}title")
    assert root.get("aria-label").startswith("25\u202f% logées\u00a0: en <30> mois")
    assert "965 demandes\u202f;" in root.findtext(f"{SVG}desc")
    assert not root.xpath("//@style | //@class | //@id | //*[local-name()='style' or local-name()='script']")
    for text in root.iter(f"{SVG}text"):
        size, x, y = (float(text.get(name)) for name in ("font-size", "x", "y"))
        extent = 0.5 * size * len(text.text)
        start = x - {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")] * extent
        assert size >= 15
        assert left <= start, text.text
        assert start + extent <= left + width + 1, text.text
        assert top <= y <= top + height


def test_what_the_plots_say() -> None:
    plots = {name: " ".join(etree.fromstring(plot).itertext()) for name, plot in _plots("large").items()}
    for words in (
        "vous",
        "la moitié en 49 mois",
        "bornes à 95\u202f%",
        "4\u00a0ans",
        "59\u202f%",
        "75\u202f%",
    ):
        assert words in plots["courbe"]
    assert "3\u00a0mois" in plots["courbe_basse"]
    assert "Calcul masqué" in plots["vide"]
    assert plots["comparaison"].count("calcul masqué") == 2
    for words in ("54\u202f%", "11\u202f%", "40\u202f%", "(1\u202f140)", "montent →", "← baissent"):
        assert words in plots["comparaison"]


def bars(*rows: LigneComparaison) -> list[tuple[float, str]]:
    """Width and fill of each bar."""
    found = []
    for shape in etree.fromstring(comparison_plot_svg(rows, **MOTS)).iter(f"{SVG}polygon"):
        xs = [float(pair.split(",")[0]) for pair in shape.get("points").split()]
        found.append((max(xs) - min(xs), shape.get("fill")))
    return found


def test_bars_share_one_scale() -> None:
    (falls, brown), (rises, violet) = bars(LigneComparaison("x", 10, 60, 30))
    assert rises == pytest.approx(3 * falls, abs=0.5)
    assert brown != violet


@pytest.mark.parametrize("cadre", ["large", "telephone"])
def test_places_that_leave_or_enter_are_outlined_beside_those_that_move(cadre: str) -> None:
    row = LigneComparaison("x", 10, 20, 30, "", 20, 40)
    heads, drawn = bars(row)[:2], bars(row)[2:]
    assert [fill for _, fill in heads] == ["#ffffff", "#ffffff"], "ce que veut dire un contour"
    (falls, brown), (leaves, hollow), (rises, violet), (enters, empty) = drawn
    assert hollow == empty == "#ffffff"
    assert "#ffffff" not in (brown, violet)
    assert [leaves, rises, enters] == pytest.approx([2 * falls, 3 * falls, 4 * falls], abs=1.5)
    text = " ".join(etree.fromstring(comparison_plot_svg([row], **MOTS, cadre=cadre)).itertext())
    for words in ("8\u202f% + 17\u202f%", "25\u202f% + 33\u202f%", "(120)", "sortent", "entrent"):
        assert words in text


def test_a_cohort_that_leaves_whole_is_not_said_hidden() -> None:
    gone = LigneComparaison("x", 0, 0, 0, "", 50, 0)
    text = " ".join(etree.fromstring(comparison_plot_svg([gone], **MOTS)).itertext())
    assert "0\u202f% + 100\u202f%" in text
    assert "masqué" not in text
    assert "entrent" not in text


def test_a_share_that_is_not_nothing_is_not_written_zero() -> None:
    text = " ".join(
        etree.fromstring(comparison_plot_svg([LigneComparaison("x", 1, 998, 1)], **MOTS)).itertext()
    )
    assert text.count("<\u00a01\u202f%") == 2


@pytest.mark.parametrize("cadre", ["large", "telephone"])
def test_png_is_the_same_picture(cadre: str) -> None:
    marks = [Repere(750, 0.25, "25 % en 25 mois")]
    plots = [
        wait_curve_png(COURBE, **MOTS, reperes=marks, vous_jour=300, cadre=cadre, echelle=1),
        wait_curve_png([], **MOTS, cadre=cadre, echelle=1),
        comparison_plot_png(LIGNES, **MOTS, cadre=cadre, echelle=1),
    ]
    for plot in plots:
        assert plot.startswith(b"\x89PNG")
        assert int.from_bytes(plot[16:20], "big") == {"large": 720, "telephone": 358}[cadre]
    assert plots[1] == wait_curve_png([], **MOTS, cadre=cadre, echelle=1)
    double = wait_curve_png([], **MOTS, cadre=cadre)
    assert int.from_bytes(double[16:20], "big") == 2 * {"large": 720, "telephone": 358}[cadre]


def test_english_words() -> None:
    text = " ".join(etree.fromstring(wait_curve_svg(COURBE, **MOTS, vous_jour=3, langue="en")).itertext())
    assert "you" in text
    assert "years" in text


def test_matplotlib_is_loaded_only_for_png() -> None:
    code = "import sys, palier.formats.graphiques; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("50 % : oui ; non !", "50\u202f%\u00a0: oui\u202f; non\u202f!"),
        ("déjà\u202f: fait", "déjà\u202f: fait"),
    ],
)
def test_french_spaces(texte: str, attendu: str) -> None:
    assert typographie(texte) == attendu
