"""Import a file of requests: the mapping is shown, problems are all told, children stand beside."""

from __future__ import annotations

import stat
from pathlib import Path

import polars as pl
import pytest

from tests.unit.cli.outils import AU, ENTETES, LIGNES, Palier, contents, csv
from tests.unit.formats.outils import demande_xml, xlsx_of, xml_of


def test_a_csv_with_french_titles_and_decimal_commas(palier: Palier, tmp_path: Path) -> None:
    done = palier("demandes", "importer", csv(tmp_path), "--sortie", tmp_path / "t.parquet", "--au", AU)
    assert (done.code, done.err) == (0, "")
    assert "Loyer                  loyer_cent                  synonyme, en euros" in done.out
    assert done.out.replace("\u00a0", " ").endswith("t.parquet : 3 lignes\nContrôlé au 24 novembre 2026.\n")
    table = pl.read_parquet(tmp_path / "t.parquet")
    assert table["ressources_mensuelles_cent"].to_list() == [165050, 98000, 231000]
    assert table["dalo"].to_list() == ["aucun", "reconnu", "aucun"]


def test_without_a_date_the_day_is_read_and_said(
    palier: Palier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from palier.base.periods import parse_date

    monkeypatch.setattr("palier.cli.demandes.read_today", lambda text: parse_date(text or "2026-12-01"))
    done = palier("demandes", "importer", csv(tmp_path), "--sortie", tmp_path / "t.parquet")
    assert done.code == 0
    assert "Contrôlé au 1er décembre 2026." in done.out.replace("\u00a0", " ")


def test_what_no_column_claims_is_named(palier: Palier, tmp_path: Path) -> None:
    lines = [f"{line};bleu" for line in LIGNES]
    source = csv(tmp_path, lines, ENTETES + ";Couleur préférée")
    done = palier("demandes", "importer", source, "--sortie", tmp_path / "t.parquet", "--au", AU)
    assert done.code == 0
    assert "Ignoré, aucune colonne ne correspond : Couleur préférée" in done.out


def test_a_refused_file_leaves_its_rejects_only(palier: Palier, tmp_path: Path) -> None:
    source = csv(tmp_path, [LIGNES[0], LIGNES[1].replace("980,00", "beaucoup"), LIGNES[2]])
    rejects, out = tmp_path / "rejets.csv", tmp_path / "t.parquet"
    line = ("demandes", "importer", source, "--sortie", out, "--au", AU, "--rejets", rejects)
    refused = palier(*line)
    assert (refused.code, refused.out) == (11, "")
    assert refused.err.splitlines()[:3] == [
        "Fichier refusé : aucune table n'a été écrite.",
        "Les lignes sans faute seules : ajoutez --bonnes-lignes.",
        f"Lignes rejetées, sans leurs valeurs : {rejects}",
    ]
    assert "beaucoup" not in refused.err
    assert sorted(contents(tmp_path)) == ["d.csv", "rejets.csv"]
    assert rejects.read_text().splitlines() == ["ligne;colonne;code", "3;ressources_mensuelles_cent;TAB-040"]
    kept = palier(*line, "--bonnes-lignes")
    assert kept.code == 0
    assert kept.err.startswith("1 ligne rejetée sur 3.\n[TAB-040] d.csv, ligne 3, ")
    assert pl.read_parquet(out).height == 2


def test_good_lines_alone_leave_a_list_of_the_others_beside_them(palier: Palier, tmp_path: Path) -> None:
    source = csv(tmp_path, [LIGNES[0], LIGNES[1].replace("980,00", "beaucoup"), LIGNES[2]])
    done = palier(
        "demandes", "importer", source, "--sortie", tmp_path / "t.parquet", "--au", AU, "--bonnes-lignes"
    )
    assert done.code == 0
    rejects = tmp_path / "t.rejets.csv"
    assert f"Lignes rejetées, sans leurs valeurs : {rejects}\n" in done.out
    assert rejects.read_text() == "ligne;colonne;code\n3;ressources_mensuelles_cent;TAB-040\n"
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    csv(tmp_path)
    clean = palier(
        "demandes", "importer", source, "--sortie", tmp_path / "t.parquet", "--au", AU, "--bonnes-lignes"
    )
    assert clean.code == 0
    assert f"Aucune ligne rejetée : {rejects} est vide.\n" in clean.out
    assert rejects.read_text() == "ligne;colonne;code\n", "les rejets d'avant ne sont plus vrais"


@pytest.mark.parametrize("more", [(), ("--bonnes-lignes",)])
def test_no_list_of_rejects_stands_alone_unasked(
    palier: Palier, tmp_path: Path, more: tuple[str, ...]
) -> None:
    bad = LIGNES[1].replace("980,00", "beaucoup")
    source = csv(tmp_path, [bad], ENTETES + (";DALO" if more else ""))
    line = ("demandes", "importer", source, "--sortie", tmp_path / "t.parquet", "--au", AU, *more)
    assert palier(*line).code == 11
    assert sorted(contents(tmp_path)) == ["d.csv"]


@pytest.mark.parametrize(("nom", "octets", "code"), [
    ("d.csv", b"\x89PNG\r\n\x1a\n", "FMT-002"),
    ("d.csv", b"numero_unique\n0670324010001G6780\n", "FMT-005"),
    ("d.csv", b"x\n0670324010001G6780\n", "FMT-005"),
    ("d.xml", b"<?xml version='1.0'?>\n<a/>", "SNE-001"),

])  # fmt: skip
def test_a_whole_file_at_fault_is_not_offered_to_be_saved(
    palier: Palier, tmp_path: Path, nom: str, octets: bytes, code: str
) -> None:
    (tmp_path / nom).write_bytes(octets)
    line = ("demandes", "importer", tmp_path / nom, "--sortie", tmp_path / "t.parquet", "--au", AU)
    done = palier(*line)
    assert (done.code, done.err.splitlines()[1].split()[0]) == (11, code), done.err
    assert "--bonnes-lignes" not in done.err
    assert ("Il n'y a qu'un titre, « numero_unique »" in done.err) is octets.startswith(b"numero")
    assert palier(*line, "--bonnes-lignes").code == 11


def test_a_workbook_without_known_titles_says_which_sheet_was_read(palier: Palier, tmp_path: Path) -> None:
    (tmp_path / "d.xlsx").write_bytes(xlsx_of([["Export du jour"], ["x"]], apres=True))
    done = palier("demandes", "importer", tmp_path / "d.xlsx", "--sortie", tmp_path / "t.parquet", "--au", AU)
    assert done.code == 11
    assert "Lue : « Demandes » ; ignorées : « Autre »." in done.err


def test_a_workbook(palier: Palier, tmp_path: Path) -> None:
    rows = [ENTETES.split(";"), *(line.split(";") for line in LIGNES)]
    (tmp_path / "d.xlsx").write_bytes(xlsx_of(rows))
    done = palier("demandes", "importer", tmp_path / "d.xlsx", "--sortie", tmp_path / "t.parquet", "--au", AU)
    assert done.code == 0
    assert pl.read_parquet(tmp_path / "t.parquet").height == 3


def test_events_are_a_table_too(palier: Palier, tmp_path: Path) -> None:
    source = csv(
        tmp_path, [f"{LIGNES[0][:18]};10/05/2026;offre_refusee;oui"], "Numéro unique;Date;Événement;Adaptée"
    )
    out = tmp_path / "e.parquet"
    done = palier("demandes", "importer", source, "--sortie", out, "--au", AU, "--table", "evenements")
    assert done.code == 0, done.err
    assert pl.read_parquet(out)["evenement_type"].to_list() == ["offre_refusee"]


@pytest.mark.parametrize("sample", ["invente", "partage"])
def test_the_xml_of_the_state_is_read_scored_and_explained(
    palier: Palier, tmp_path: Path, partage: Path | None, sample: str
) -> None:
    real = partage / "sne" / "exemple-sne.xml" if partage is not None else None
    text = xml_of(demande_xml())
    if sample == "partage" and real is not None and real.is_file():
        text = real.read_text(encoding="utf-8")
    (tmp_path / "sne.xml").write_text(text, encoding="utf-8")
    out = tmp_path / "sne.parquet"
    read = palier("demandes", "importer", tmp_path / "sne.xml", "--sortie", out, "--au", AU)
    assert read.code == 0, read.err
    assert "élément du SNE" in read.out
    assert sorted(p.name for p in tmp_path.glob("sne*.parquet")) == [
        "sne.parquet",
        "sne.personnes.parquet",
        "sne.ressources.parquet",
    ]
    row = pl.read_parquet(out).row(0, named=True)
    rule = ("--grille", "demo-ems", "--au", AU)
    scored = palier("cotation", "noter", out, *rule, "--sortie", tmp_path / "n.parquet")
    assert scored.code == 0, scored.err
    assert scored.out.startswith("1 demande · demo-ems@2026-01-01")
    assert "  Notées, avec des réponses manquantes : 1\n" in scored.out
    told = palier("cotation", "expliquer", out, *rule, "--numero", row["numero_unique"])
    assert told.code == 0, told.err
    assert told.out.startswith("Grille inventée pour la démonstration")
