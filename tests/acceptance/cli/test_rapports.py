"""Compare two grids, tell waits, write the annex, read the law, invent a territory, show all."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree

from palier import law
from palier.base.mots import word
from palier.engines.cotation.catalogue import list_grilles, read_grille
from tests.unit.cli.outils import AU, GRILLE, Palier, grille

PNG = b"\x89PNG\r\n\x1a\n"


def comparer(palier: Palier, territoire: Path, *more: object, contre: object = "demo-ems-2027") -> Any:
    demandes = territoire / "demandes.parquet"
    return palier(
        "cotation", "comparer", demandes, "--grille", "demo-ems", "--contre", contre, "--au", AU, *more
    )


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_comparison_fits_a_screen_and_is_in_the_order_of_readers(palier: Palier, territoire: Path) -> None:
    done = comparer(palier, territoire)
    assert (done.code, done.err) == (0, "")
    lines = [line.rstrip() for line in plain(done.out).splitlines()]
    assert lines[0] == "demo-ems@2026-01-01 → demo-ems@2027-01-01"
    assert all(len(line) <= 80 for line in lines), [line for line in lines if len(line) > 80]
    places = [
        lines.index(name) for name in ("Âge", "Ménage", "Composition", "Priorité", "Ancienneté", "Système")
    ]
    assert places == sorted(places)
    ages = [line.split("  ")[1] for line in lines[places[0] + 1 : places[1]]]
    assert ages == [
        "moins de 25 ans",
        "25 à 34 ans",
        "35 à 44 ans",
        "45 à 59 ans",
        "60 à 74 ans",
        "75 ans et plus",
    ]
    assert any(line.startswith("Publics prioritaires parmi") for line in lines)
    assert "≥ 25 %" in plain(done.out)


def test_the_first_quartile_says_where_it_comes_from(
    palier: Palier, territoire: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\nPremier quartile : estimé sur ces demandes" in comparer(palier, territoire).out
    known = law.load().with_value("premier_quartile", dt.date(2026, 1, 1), {"246700488": 9_000})
    monkeypatch.setattr("palier.law.registre.load", lambda: known)
    done = comparer(palier, territoire)
    assert (done.code, "LOI-004 premier_quartile" in done.err) == (12, True)
    marked = plain(comparer(palier, territoire, "--loi-non-verifiee").out)
    assert "\nPremier quartile : jusqu'à 9 000 € par an et par unité de consommation" in marked
    assert "Ce seuil n'a pas été vérifié." in marked


def test_the_same_grid_moves_nobody(palier: Palier, territoire: Path) -> None:
    out = plain(comparer(palier, territoire, contre="demo-ems").out)
    rows = [line.split() for line in out.splitlines() if line.startswith("  ") and "%" in line]
    assert rows
    assert all(row[-6:] == ["0", "%", "0", "%", "0", "%"] for row in rows)


def test_requests_that_only_one_grid_scores_enter_or_leave(
    palier: Palier, territoire: Path, tmp_path: Path
) -> None:
    assert "Entrent" not in comparer(palier, territoire).out
    alone = "hors_champ: [{si: {nb_personnes: {des: 5}}, motif: grand_menage}]\nsystemes:"
    out = plain(comparer(palier, territoire, contre=grille(tmp_path, GRILLE.replace("systemes:", alone))).out)
    assert "sortent celles que la première seule note" in out
    (one,) = [line.split() for line in out.splitlines() if line.startswith("  5 personnes et plus")]
    assert one[5:13] == ["0", "%", "0", "%", "0", "%", "100", "%"]
    assert not [line for line in out.splitlines() if line.startswith("  ") and len(line.rstrip()) > 80]
    plots = {}
    for nom, contre in (
        ("parti", grille(tmp_path, GRILLE.replace("systemes:", alone))),
        ("reste", "demo-ems"),
    ):
        comparer(palier, territoire, "--sortie", tmp_path / f"{nom}.svg", contre=contre)
        plots[nom] = plain((tmp_path / f"{nom}.svg").read_text(encoding="utf-8"))
    assert "0 % + 100 %" in plots["parti"]
    assert ">sortent<" in plots["parti"]
    assert "sortent" not in plots["reste"]


def test_two_grids_of_one_name_are_told_apart(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    def subtitle(une: Path, autre: Path) -> str:
        line = ("cotation", "comparer", territoire / "demandes.parquet", "--grille", une, "--contre", autre)
        done = palier(*line, "--au", AU, "--sortie", tmp_path / "c.svg")
        assert done.code == 0, done.err
        title = etree.fromstring((tmp_path / "c.svg").read_bytes()).get("aria-label")
        return plain(f"{done.out.splitlines()[0]} | {title.partition('. ')[2]}")

    une, autre = grille(tmp_path), grille(tmp_path, nom="autre.yaml")
    assert subtitle(une, autre) == (
        "essai@2026-01-01 (g.yaml) → essai@2026-01-01 (autre.yaml) | "
        "De « Grille d'essai (g.yaml) » à « Grille d'essai (autre.yaml) »"
    )
    autre = grille(tmp_path, GRILLE.replace("du: 2026-01-01", "du: 2026-07-01"), "autre.yaml")
    assert subtitle(une, autre) == (
        "essai@2026-01-01 → essai@2026-07-01 | "
        "De « Grille d'essai, version du 1er janvier 2026 » à « Grille d'essai, version du 1er juillet 2026 »"
    )


@pytest.mark.parametrize(("line", "show"), [
    ("comparer {t}/demandes.parquet --grille demo-ems --contre demo-ems --sortie {s}", "show_comparison"),
    ("attente {t}/baux.parquet --sortie {s}", "show_waits"),
])  # fmt: skip
def test_a_file_is_written_even_if_nobody_reads_the_screen(
    palier: Palier, territoire: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, show: str
) -> None:
    def gone(*_: object) -> None:
        raise SystemExit(1)  # what the reader of a pipe does by closing it

    monkeypatch.setattr(f"palier.cli.tableaux.{show}", gone)
    sortie = tmp_path / "c.svg"
    palier("cotation", *line.format(t=territoire, s=sortie).split(), "--au", AU)
    assert sortie.is_file()


def test_two_territories_are_not_compared(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    done = comparer(palier, territoire, "--sortie", tmp_path / "c.svg", contre="toulouse")
    assert (done.code, done.out) == (10, "")
    assert done.err.startswith("COT-087 toulouse.yaml\n")
    assert not list(tmp_path.iterdir())


def test_systems_bear_the_name_that_the_grid_gives(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    rule = grille(tmp_path, GRILLE.replace("  unique:\n", "  unique:\n    libelle: Toutes les demandes\n"))
    out = comparer(palier, territoire, "--sortie", tmp_path / "c.svg", contre=rule).out
    assert "  Toutes les demandes" in out or "  Premières demandes" in out
    assert "cohorte." not in out + (tmp_path / "c.svg").read_text(encoding="utf-8")


def test_small_groups_are_hidden(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    few = pl.read_parquet(territoire / "demandes.parquet").head(30)
    few.write_parquet(tmp_path / "d.parquet")
    done = palier("cotation", "comparer", tmp_path / "d.parquet", "--grille", "demo-ems", "--contre",
                  "demo-ems-2027", "--au", AU, "--sortie", tmp_path / "c.svg")  # fmt: skip
    assert done.code == 0
    hidden = [line for line in done.out.splitlines() if line.rstrip().endswith("masqué")]
    assert hidden
    assert not [line for line in hidden if "%" in line]
    assert word("graphique.masque") in (tmp_path / "c.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("nom", ["c.svg", "c.png", "c.csv", "c.parquet"])
def test_a_comparison_is_written(palier: Palier, territoire: Path, tmp_path: Path, nom: str) -> None:
    made = [nom] if nom in ("c.svg", "c.png") else [nom, "c.svg"]
    done = comparer(palier, territoire, "--sortie", tmp_path / nom)
    assert done.code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == made
    assert [line for line in done.out.splitlines() if line.startswith("Comparaison écrite dans")] == [
        f"Comparaison écrite dans {tmp_path / name}" for name in made
    ]
    if nom == "c.png":
        assert (tmp_path / nom).read_bytes().startswith(PNG)
    else:
        assert etree.fromstring((tmp_path / "c.svg").read_bytes()).tag.endswith("svg")
    if nom == "c.parquet":
        places = pl.read_parquet(tmp_path / nom)
        moved = places.filter(pl.col("rang_apres") != pl.col("rang_avant"))
        assert moved.height > 100
        ahead = moved["rang_apres"] < moved["rang_avant"]
        assert (moved["gain"] > 0).equals(ahead, check_names=False)
        assert places.filter(pl.col("rang_apres") == pl.col("rang_avant"))["gain"].to_list().count(0) == (
            places.height - moved.height
        )


def test_moves_are_rounded_alike_up_and_down() -> None:
    from palier.engines.cotation.comparaison.mouvements import _share

    frame = pl.DataFrame({"m": [0, 1, -1, 2, -2, 3, -3], "n": [3] * 5 + [40_000] * 2})
    assert frame.select(_share(pl.col("m"), pl.col("n")))["m"].to_list() == [
        0,
        3333,
        -3333,
        6667,
        -6667,
        1,
        -1,
    ]


def test_one_change_is_told_in_words(palier: Palier, territoire: Path, notes: Path, tmp_path: Path) -> None:
    scored = pl.read_parquet(notes)
    one = scored.filter((pl.col("etat") == "note") & (pl.col("pts__mois") == 48))["numero_unique"][0]
    done = comparer(palier, territoire, "--numero", one)
    assert done.code == 0
    lines = plain(done.out).splitlines()
    assert lines[1].startswith("  Règle : Total : ")
    assert "    Règle : Ce critère donnait 48 points ; il donne maintenant 36 points" in lines
    out = scored.filter(pl.col("motif_etat") == "radiee")["numero_unique"][0]
    assert "Total : inconnu avant, inconnu maintenant" in comparer(palier, territoire, "--numero", out).out
    rule = GRILLE.replace("essai", "autre").replace("absent: manque", "absent: hors_champ")
    other = comparer(palier, territoire, "--numero", one, contre=grille(tmp_path, rule))
    assert "Nouveau critère : " in other.out
    assert "Critère retiré : il donnait " in other.out


@pytest.mark.parametrize(("before", "after", "words"), [
    (("note", 10, 5), ("hors_champ", None, None), "Ce critère donnait 5 points ; il ne compte plus"),
    (("hors_champ", None, None), ("note", 10, 5), "Ce critère donne maintenant 5 points"),
    (("note_partielle", 10, 5), ("note", 11, 6), "elle est maintenant notée"),
    (("note", 10, 1), ("refusee", None, None), "La demande était notée, elle est maintenant refusée"),
])  # fmt: skip
def test_states_that_change_are_told(before: tuple[Any, ...], after: tuple[Any, ...], words: str) -> None:
    from palier.base.rendu import render_lines
    from palier.engines.cotation.comparaison import explain_change
    from palier.engines.cotation.model import parse_grille

    rule = parse_grille(GRILLE, "g.yaml")
    rows = [dict(zip(("etat", "total", "pts__dalo"), row, strict=True)) for row in (before, after)]
    told = [text for _, text in render_lines(explain_change(rows[0], rows[1], rule, rule))]
    assert any(words in plain(text) for text in told), told


FRANCAIS = set("le la les des une du dans si par avant maintenant ce est et pour sur ne qui de d l".split())
EN_ANGLAIS = [
    "comparer {t}/demandes.parquet --grille {g} --contre {g} --sortie {s}",
    "comparer {t}/demandes.parquet --grille {g} --contre demo-ems",
    "comparer {t}/demandes.parquet --grille {g} --contre demo-ems --numero {n}",
    "attente {t}/baux.parquet --sortie {s}",
    "attente {t}/baux.parquet --typologie t6",
]


@pytest.mark.parametrize("line", EN_ANGLAIS)
def test_in_english_only_names_of_the_grid_stay_french(
    palier: Palier, territoire: Path, notes: Path, tmp_path: Path, line: str
) -> None:
    scored = pl.read_parquet(notes)
    one = scored.filter((pl.col("etat") == "note") & (pl.col("pts__mois") == 48))["numero_unique"][0]
    said = line.format(t=territoire, s=tmp_path / "c.svg", g=grille(tmp_path), n=one)
    done = palier("cotation", *said.split(), "--au", AU, "--langue", "en")
    assert done.code == 0, done.err
    told = done.out.replace(str(tmp_path), "")
    if (tmp_path / "c.svg").is_file():
        told += " ".join(etree.fromstring((tmp_path / "c.svg").read_bytes()).itertext())
    grids = "\n".join([GRILLE, read_grille("demo-ems"), read_grille("demo-ems-2027")])
    names = re.findall(r'(?:libelle|texte): "([^"]+)|libelle: ([^",}\n]+)', grids)
    for name in sorted(("".join(pair) for pair in names), key=len, reverse=True):
        told = " ".join(told.split()).replace(name, "")
    assert not set(re.findall(r"[a-zà-ÿœ]+", told.lower())) & FRANCAIS, told
    assert set(re.findall(r"[a-z]+", told.lower())) & {"the", "this", "before"}


def attente(palier: Palier, territoire: Path, *more: object) -> Any:
    return palier("cotation", "attente", territoire / "baux.parquet", "--au", AU, *more)


def test_waits_are_one_line_each_then_one_in_detail(palier: Palier, territoire: Path) -> None:
    done = attente(palier, territoire)
    assert (done.code, done.err) == (0, "")
    table = plain(done.out).split("Les premières")[0].splitlines()
    assert all(len(line.rstrip()) <= 80 for line in table)
    assert [line.split("  ")[0] for line in table[3:]] == [
        "Toutes",
        "T1",
        "T2",
        "T3",
        "T4",
        "T5",
        "T6 et plus",
    ]
    assert "n’est pas le délai de ceux qui attendent" in done.out
    one = attente(palier, territoire, "--typologie", "t3", "--depuis", "2024-01-01")
    assert one.out.startswith("Attente\n  Lu : Demandes de T3\n")


def test_too_few_leases_are_said(palier: Palier, territoire: Path) -> None:
    done = attente(palier, territoire, "--typologie", "t6")
    assert done.code == 0
    assert done.err == "baux.parquet : trop peu de baux signés pour une estimation.\n"
    assert "Calcul masqué" in done.out


def test_waits_of_a_sector_as_data(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    baux = pl.read_parquet(territoire / "baux.parquet")
    halves = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("Nord")).otherwise(pl.lit("Sud"))
    baux.with_columns(halves.alias("secteur")).write_parquet(tmp_path / "baux.parquet")
    whole = json.loads(attente(palier, tmp_path, "--format", "json").out)
    assert {(s["strate"]["typologie"], s["strate"]["secteur"]) for s in whole["strates"]} >= {
        (None, None), ("t2", None), ("t2", "Nord"), ("t3", "Sud"),
    }  # fmt: skip
    one = attente(palier, tmp_path, "--typologie", "t3", "--secteur", "Nord", "--format", "json")
    assert json.loads(one.out)["strate"] == {
        "typologie": "t3",
        "secteur": "Nord",
        "niveau": "typologie_secteur",
    }


@pytest.mark.parametrize("nom", ["c.png", "c.svg", "C.PNG"])
def test_a_curve_is_drawn(palier: Palier, territoire: Path, tmp_path: Path, nom: str) -> None:
    done = attente(palier, territoire, "--typologie", "t3", "--sortie", tmp_path / nom)
    assert done.code == 0
    assert done.out.endswith(f"Courbe écrite dans {tmp_path / nom}\n")
    assert (tmp_path / nom).read_bytes().startswith(b"<svg" if nom.endswith("svg") else PNG)


def test_the_annex(palier: Palier, tmp_path: Path) -> None:
    shown = palier("cotation", "annexe", "--grille", "demo-ems")
    assert shown.out.startswith("# Annexe du plan partenarial")
    for nom in ("a.md", "a.docx", "a.pdf"):
        done = palier("cotation", "annexe", "--grille", "demo-ems", "--au", AU, "--sortie", tmp_path / nom)
        assert (done.code, done.out) == (0, f"Annexe écrite dans {tmp_path / nom}\n")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == shown.out[:-1]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        assert "Procédure d'expulsion" in archive.read("word/document.xml").decode()


def test_a_grid_is_told_valid_with_what_deserves_a_look(palier: Palier, tmp_path: Path) -> None:
    done = palier("cotation", "verifier", "demo-ems", "toulouse", grille(tmp_path), "--au", AU)
    assert (done.code, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if not line.startswith(" ")] == [
        "demo-ems@2026-01-01 : valide · 45 critères · 2 systèmes · 10 exemples · complète",
        "toulouse@2023-12-31 : valide · 4 critères · 1 système · 2 exemples · partielle",
        "essai@2026-01-01 : valide · 3 critères · 1 système · 0 exemple · complète",
    ]
    assert "  à vérifier [COT-041] demo-ems.yaml, ligne " in done.out


@pytest.mark.parametrize(("args", "words"), [
    (("plafonds_plus", "--au", AU), ["26 920", "plus : par personne supplémentaire", "vérifiée ; relue le"]),
    (("publics_l441_1", "--au", AU), ["non vérifiée", "g_bis", "Notes : "]),
    (("objectif_qpv_q234", "--au", AU), ["Valeur : 50 %"]),
    (("premier_quartile", "--au", "2021-06-01"), ["jusqu'au 31 décembre 2021"]),
    (("dalo_recours_delai_mois",), ["Valeur : "]),
    ((), ["plafonds_plai", "Plafonds de ressources PLAI"]),
])  # fmt: skip
def test_the_law_is_shown(palier: Palier, args: tuple[str, ...], words: list[str]) -> None:
    done = palier("loi", "montrer", *args)
    assert (done.code, done.err) == (0, "")
    assert [word for word in words if word not in plain(done.out)] == []


def test_every_table_of_the_law_can_be_shown_and_given_as_data(palier: Palier) -> None:
    names = json.loads(palier("loi", "montrer", "--format", "json").out)
    assert len(names) > 30
    for id_ in names:
        shown = palier("loi", "montrer", id_, "--au", AU)
        data = palier("loi", "montrer", id_, "--au", AU, "--format", "json")
        if id_ == "premier_quartile":
            assert (shown.code, data.code) == (12, 12)
            continue
        assert shown.out.startswith(f"{names[id_]} ({id_})\n")
        assert json.loads(data.out)["id"] == id_


def test_freshness(palier: Palier) -> None:
    fresh = palier("loi", "fraicheur", "--au", AU)
    assert fresh.code == 0
    assert "plafonds_plus" in fresh.out
    assert "valeurs au 24 novembre 2026 : à jour " in plain(fresh.out)
    old = palier("loi", "fraicheur", "--au", "2031-01-01")
    assert old.code == 12
    assert "périmée" in old.out
    assert palier("loi", "fraicheur").code in (0, 12)


def test_a_country_is_written_in_pieces(palier: Palier, tmp_path: Path) -> None:
    done = palier(
        "territoire", "generer", "--sortie", tmp_path / "pays", "--au", AU, "--national", "--taille", "0.001"
    )
    assert (done.code, done.err) == (0, "")
    assert plain(done.out).splitlines()[0] == f"{tmp_path / 'pays' / 'demandes'}.parquet : 2 900 lignes"
    assert sorted(p.name for p in (tmp_path / "pays").iterdir()) == [
        "demandes.parquet",
        "evenements.parquet",
        "logements.parquet",
    ]


def test_the_demonstration_shows_all_in_one_go(palier: Palier, tmp_path: Path) -> None:
    done = palier("demo", "--dossier", tmp_path / "demo", "--taille", "0.02")
    assert (done.code, done.err) == (0, "")
    out = plain(done.out)
    for words in (
        "Tout est inventé : aucune personne réelle.", "400 demandes · demo-ems@2026-01-01",
        "La tête d'une file : premières demandes, T3", "Ménages reconnus prioritaires (DALO)",
        "à 0 point ne sont pas montrés", "Position parmi les demandes", "T6 et plus",
    ):  # fmt: skip
        assert words in out
    files = [Path(line) for line in out.splitlines()[-4:]]
    assert [f.name for f in files] == [
        "demandes.parquet",
        "notes.parquet",
        "notes.files.parquet",
        "attente-t3.png",
    ]
    assert all(f.is_file() for f in files)
    assert len(out.splitlines()) < 160


def test_every_shipped_grid_is_valid_without_a_date(palier: Palier) -> None:
    done = palier("cotation", "verifier", *list_grilles())
    assert done.code == 0, done.texte
    assert done.out.count(" : valide · ") == len(list_grilles())


def test_a_grid_to_come_says_from_when_the_law_is_to_be_read_again(palier: Palier) -> None:
    done = palier("cotation", "verifier", "demo-ems-2027")
    shown = plain(done.out)
    assert "loi à relire pour le 1er janvier 2027 : epci_communes, plafonds_plus" in shown
    assert "Noter à partir du 1er janvier 2027 demande « --loi-non-verifiee »" in shown
    assert "loi non vérifiée" not in shown
    assert "loi à relire" not in palier("cotation", "verifier", "demo-ems-2027", "--au", AU).out
