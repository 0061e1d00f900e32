"""What is printed: trees without what gave nothing, wrapped on a terminal, whole in a pipe."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from palier.base.explanation import Explanation, Phrase, prune
from palier.cli.affichage import counted, motif_words, say, show_short, working
from palier.formats.graphiques import LigneComparaison, comparison_plot_svg

RIEN = Explanation("rien", "Rien", points=0, retenu=0)
CAS = {
    "points": (Explanation("a", "A", points=3, retenu=3), True),
    "malus": (Explanation("a", "A", points=-3, retenu=-3), True),
    "points écartés": (Explanation("a", "A", points=3, retenu=0, ecarte_par=Phrase("ecarte.famille")), True),
    "inconnu": (Explanation("a", "A", points=None, retenu=0), True),
    "sans points par nature": (Explanation("systeme", "A"), True),
    "réponse manquante": (Explanation("a", "A", points=0, retenu=0, manque=("dalo",)), True),
    "à vérifier": (Explanation("a", "A", points=0, retenu=0, etat_preuve="a_verifier"), True),
    "rapporterait": (Explanation("a", "A", points=0, retenu=0, si_verifie=5), True),
    "déclaré": (Explanation("a", "A", points=0, retenu=0, etat_preuve="declare"), False),
    "écarté sans points": (
        Explanation("a", "A", points=0, retenu=0, ecarte_par=Phrase("ecarte.force")),
        False,
    ),
    "événement": (Explanation("a", "A", points=0, retenu=0, enfants=(Explanation("evenement", ""),)), True),
    "famille vide": (Explanation("f", "F", points=0, retenu=0, enfants=(RIEN, RIEN)), False),
    "famille à compléter": (
        Explanation("f", "F", points=0, retenu=0, enfants=(RIEN, RIEN._replace(manque=("dalo",)))),
        True,
    ),
}


def total(*enfants: Explanation) -> Explanation:
    return Explanation("total", "Total", points=0, retenu=0, enfants=enfants)


@pytest.mark.parametrize("nom", CAS)
def test_what_stays(nom: str) -> None:
    line, stays = CAS[nom]
    kept, _ = prune(total(line))
    assert [child.code for child in kept.enfants] == ([line.code] if stays else [])


def test_criteria_are_counted_at_every_depth_and_the_tree_is_left_as_it_is() -> None:
    family = Explanation("f", "F", points=4, retenu=4, enfants=(RIEN, CAS["points"][0], RIEN))
    empty = Explanation("g", "G", points=0, retenu=0, enfants=(RIEN, RIEN, RIEN))
    tree = total(family, empty, RIEN)
    kept, dropped = prune(tree)
    assert dropped == 6
    assert [line.code for _, line in kept.walk()] == ["total", "f", "a"]
    assert len(list(tree.walk())) == 10
    assert prune(kept) == (kept, 0)
    assert prune(total())[0].code == "total"


@pytest.mark.parametrize(
    ("n", "end"),
    [
        (0, ""),
        (1, "1 critère à 0 point n'est pas montré (--tout pour le voir).\n"),
        (31, "31 critères à 0 point ne sont pas montrés (--tout pour les voir).\n"),
    ],
)
def test_the_last_line_counts_what_is_hidden(n: int, end: str) -> None:
    stream = io.StringIO()
    show_short(Console(file=stream, width=80), total(*[RIEN] * n), "fr")
    assert stream.getvalue() == "Total : 0 point\n" + end
    stream = io.StringIO()
    show_short(Console(file=stream, width=80), total(*[RIEN] * n), "fr", tout=True)
    assert stream.getvalue().splitlines() == ["Total : 0 point"] + ["  Rien : 0 point"] * n


def test_names_stand_out_on_a_terminal() -> None:
    stream = io.StringIO()
    line = Explanation("a", "Nom", lu=Phrase("valeur.oui"), points=3, retenu=3)
    show_short(Console(file=stream, width=40, force_terminal=True, color_system="standard"), line, "fr")
    first, second = stream.getvalue().splitlines()
    assert first.startswith("\x1b[1mNom : 3 points")
    assert second.startswith("  Lu : oui")


LONGUE = "un mot puis " * 12


def test_a_terminal_wraps_under_the_margin_and_a_pipe_does_not() -> None:
    screen, pipe = io.StringIO(), io.StringIO()
    say(Console(file=screen, width=40, force_terminal=True, color_system=None), LONGUE.strip(), 2)
    say(Console(file=pipe, width=40), LONGUE.strip(), 2)
    lines = screen.getvalue().splitlines()
    assert len(lines) > 3
    assert all(line.startswith(("    un", "    mot", "    puis")) for line in lines)
    assert all(len(line) <= 40 for line in lines)
    assert pipe.getvalue() == f"    {LONGUE.strip()}\n"


@pytest.mark.parametrize("text", ["[bold]gras[/]", "a[/b].csv", ":smile:", "[red]", "\\[x]"])
def test_nothing_that_comes_from_a_file_is_read_as_markup(text: str) -> None:
    for terminal in (True, False):
        stream = io.StringIO()
        say(Console(file=stream, width=80, force_terminal=terminal, color_system=None), text)
        assert stream.getvalue().strip() == text


def test_work_under_way_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream, pipe = io.StringIO(), io.StringIO()
    with working(Console(file=stream, force_terminal=True), "Lecture"):
        pass
    with working(Console(file=pipe), "Lecture"):
        pass
    assert "Lecture…" in stream.getvalue()
    assert not pipe.getvalue()


def test_small_words() -> None:
    assert [counted(n, "ligne rejetée", "lignes rejetées") for n in (0, 1, 2)] == [
        "0 ligne rejetée",
        "1 ligne rejetée",
        "2 lignes rejetées",
    ]
    assert motif_words("radiee") == "radiée"
    assert motif_words("relogement_particulier") == "relogement particulier"


def test_groups_of_a_comparison_have_their_heading() -> None:
    rows = [
        LigneComparaison("moins de 25 ans", 10, 20, 30, "Âge"),
        LigneComparaison("75 ans et plus", 10, 20, 30, "Âge"),
        LigneComparaison("1 personne", 10, 20, 30, "Ménage"),
    ]
    svg = comparison_plot_svg(rows, titre="T", legende="L").decode()
    assert svg.count(">Âge<") == svg.count(">Ménage<") == 1
    assert svg.index(">Âge<") < svg.index("moins de 25 ans") < svg.index(">Ménage<") < svg.index("1 personne")
    plain = comparison_plot_svg([row._replace(groupe="") for row in rows], titre="T", legende="L").decode()
    assert ">Âge<" not in plain
