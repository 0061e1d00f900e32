"""Score a stock: what is written, said, refused, and what never depends on the order of rows."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import polars as pl
import pytest

from palier.formats import read_parquet_metadata, read_written, write_table
from tests.unit.cli.outils import AU, GRILLE, LIGNES, PLAI, Palier, contents, csv, grille

FILES_TRI = ["systeme", "typologie", "ordre"]


def noter(palier: Palier, demandes: Path, sortie: Path, *more: object, grille: object = "demo-ems") -> object:
    return palier("cotation", "noter", demandes, "--grille", grille, "--au", AU, "--sortie", sortie, *more)


def test_a_stock_is_scored_and_the_screen_says_what_matters(
    palier: Palier, territoire: Path, tmp_path: Path
) -> None:
    done = noter(palier, territoire / "demandes.parquet", tmp_path / "n.parquet")
    assert (done.code, done.err) == (0, "")
    lines = done.out.replace("\u00a0", " ").splitlines()
    assert lines[:2] == [
        "400 demandes · demo-ems@2026-01-01 · au 24 novembre 2026",
        "Événements : evenements.parquet",
    ]
    assert "  Notées : " in done.out
    assert "    radiée : " in done.out
    assert "Réponses qui manquent le plus : " in done.out
    assert lines[-2:] == [f"Notes : {tmp_path / 'n.parquet'}", f"Files : {tmp_path / 'n.files.parquet'}"]
    scores, files = read_written(tmp_path / "n.parquet"), read_written(tmp_path / "n.files.parquet")
    assert scores.height == 400
    assert {"numero_unique", "systeme", "classe", "total", "total_verifie", "etat", "manque"} <= set(
        scores.columns
    )
    assert len([c for c in scores.columns if c.startswith("pts__")]) > 40
    assert files.columns == ["numero_unique", "systeme", "classe", "total", "typologie", "rang", "ordre"]


def test_events_may_be_named_and_their_absence_is_said(
    palier: Palier, territoire: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "x.parquet"
    alone.write_bytes((territoire / "demandes.parquet").read_bytes())
    without = noter(palier, alone, tmp_path / "sans.parquet")
    assert "Événements : aucun, ce qui en dépend est inconnu" in without.out
    given = noter(palier, alone, tmp_path / "avec.parquet", "--evenements", territoire / "evenements.parquet")
    assert "Événements : evenements.parquet" in given.out
    (tmp_path / "x.evenements.parquet").write_bytes((territoire / "evenements.parquet").read_bytes())
    found = noter(palier, alone, tmp_path / "trouve.parquet")
    assert "Événements : x.evenements.parquet" in found.out
    read = [read_written(tmp_path / f"{name}.parquet") for name in ("sans", "avec", "trouve")]
    assert not read[0].equals(read[1])
    assert read[1].equals(read[2])


def test_a_csv_is_scored_at_once_and_its_mapping_is_shown(palier: Palier, tmp_path: Path) -> None:
    done = noter(palier, csv(tmp_path), tmp_path / "n.csv", grille=grille(tmp_path))
    assert done.code == 0
    assert "Ressources mensuelles  ressources_mensuelles_cent  libellé, en euros" in done.out
    assert "  Notées : 3" in done.out
    assert "La provenance ne tient que dans un .parquet" in done.out
    rows = (tmp_path / "n.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("numero_unique;systeme;classe;")
    assert [row.split(";")[4] for row in rows[1:]] == ["32", "103", "12"]
    queues = (tmp_path / "n.files.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(";")[4:] for row in queues[1:]] == [
        ["t2", "1", "1"],
        ["t3", "1", "1"],
        ["t3", "2", "2"],
    ]


def test_a_workbook_may_be_written(palier: Palier, tmp_path: Path) -> None:
    assert noter(palier, csv(tmp_path), tmp_path / "n.xlsx", grille=grille(tmp_path)).code == 0
    assert (tmp_path / "n.files.xlsx").read_bytes()[:2] == b"PK"


def test_good_lines_are_kept_on_demand_and_the_others_counted(palier: Palier, tmp_path: Path) -> None:
    wrong = LIGNES[0].replace("12/03/2024", "31/02/2024"), LIGNES[1], LIGNES[2].replace("4;2 310", "x;2 310")
    source, rule = csv(tmp_path, wrong), grille(tmp_path)
    before = contents(tmp_path)
    refused = noter(palier, source, tmp_path / "n.parquet", grille=rule)
    assert (refused.code, refused.out) == (11, "")
    assert "d.csv, ligne 2, colonne « Date de dépôt »" in refused.err
    assert "d.csv, ligne 4, colonne « Nb personnes »" in refused.err
    assert contents(tmp_path) == before
    kept = noter(palier, source, tmp_path / "n.parquet", "--bonnes-lignes", grille=rule)
    assert kept.code == 0
    assert kept.err.startswith("2 lignes rejetées sur 3 :\n")
    assert "colonne « Nb personnes » : Le nombre est illisible. Lu : 1 caractère." in kept.err
    assert read_written(tmp_path / "n.parquet")["total"].to_list() == [103]
    rejects, imported = tmp_path / "n.rejets.csv", tmp_path / "t.parquet"
    assert f"Lignes rejetées, sans leurs valeurs : {rejects}\n" in kept.out
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    palier("demandes", "importer", source, "--sortie", imported, "--au", AU, "--bonnes-lignes")
    assert rejects.read_bytes() == (tmp_path / "t.rejets.csv").read_bytes()
    assert rejects.read_text().splitlines()[1].startswith("2;date_depot_initial;")
    again = palier("cotation", "rejouer", tmp_path / "n.parquet", "--demandes", source, "--grille", rule)
    assert (again.code, again.out) == (0, "Résultat refait à l'identique : 1 demande.\n")
    told = ("cotation", "expliquer", source, "--grille", rule, "--au", AU, "--numero", "0670922010002G6780")
    assert palier(*told).code == 11
    assert palier(*told, "--bonnes-lignes").code == 0


def test_a_law_that_nobody_has_checked_is_refused_then_marked(palier: Palier, tmp_path: Path) -> None:
    source, rule = csv(tmp_path), grille(tmp_path, GRILLE + PLAI)
    before = contents(tmp_path)
    refused = noter(palier, source, tmp_path / "n.parquet", grille=rule)
    assert refused.code == 12
    assert refused.err.startswith("LOI-004 plafonds_plai\n")
    assert "--loi-non-verifiee" in refused.err
    assert contents(tmp_path) == before
    passed = noter(palier, source, tmp_path / "n.parquet", "--loi-non-verifiee", grille=rule)
    assert passed.code == 0
    assert "Valeurs de loi non vérifiées : plafonds_plai" in passed.out
    kept = read_parquet_metadata(tmp_path / "n.parquet")
    assert kept["palier.etat_loi"] == "plafonds_plai"
    assert {id_: ok for id_, _, ok, _ in json.loads(kept["palier.provenance"])["loi"]}[
        "plafonds_plai"
    ] is False
    told = ("cotation", "expliquer", source, "--grille", rule, "--au", AU, "--numero", "0670922010002G6780")
    assert palier(*told).code == 12
    assert "loi non vérifiée : cette valeur" in palier(*told, "--loi-non-verifiee").out
    verdict = palier("cotation", "verifier", rule)
    assert verdict.code == 0
    assert "loi non vérifiée : plafonds_plai" in verdict.out


def test_a_ceiling_that_the_law_lacks_is_not_blamed_on_the_applicant(palier: Palier, tmp_path: Path) -> None:
    entetes = (
        "numero_unique;date_depot_initial;localisations;rfr_n2_eur;zone;nb_personnes;nb_a_charge;en_couple;"
    )
    entetes += "nb_carte_invalidite;dalo"
    lines = ["0671126010001G6780;01/11/2026;67482;20000;autres;5;3;oui;0;non"]
    lines += ["0671126010002G6780;01/11/2026;67482;20000;autres;4;2;oui;0;non"]
    source, rule = csv(tmp_path, lines, entetes), grille(tmp_path, GRILLE + PLAI)
    done = noter(palier, source, tmp_path / "n.csv", "--loi-non-verifiee", grille=rule)
    assert "Seuils absents de la loi ou de la grille : Plafonds de ressources PLAI (1)" in done.out
    assert "Réponses qui manquent" not in done.out
    rows = [row.split(";") for row in (tmp_path / "n.csv").read_text(encoding="utf-8-sig").splitlines()[1:]]
    assert [row[6] for row in rows] == ["note_partielle", "note"]
    assert [row[8].strip('"') for row in rows] == ["loi:plafonds_plai", ""]


def test_a_draft_scores_and_says_that_it_is_a_simulation(palier: Palier, tmp_path: Path) -> None:
    source = csv(tmp_path)
    rule = grille(tmp_path, GRILLE.replace("2026-01-01, statut: adoptee", "2027-01-01, statut: brouillon"))
    done = noter(palier, source, tmp_path / "n.parquet", grille=rule)
    assert done.code == 0
    assert done.err.count("COT-075") == 1
    assert "la grille ne s’applique qu’à partir du 1er\u00a0janvier\u00a02027" in done.err
    kept = read_parquet_metadata(tmp_path / "n.parquet")
    assert kept["palier.simulation"] == "a_venir,brouillon"
    assert json.loads(kept["palier.provenance"])["simulation"] == ["a_venir", "brouillon"]
    again = palier("cotation", "rejouer", tmp_path / "n.parquet", "--demandes", source, "--grille", rule)
    assert (again.code, again.err) == (0, "")
    told = ("cotation", "expliquer", source, "--grille", rule, "--au", AU, "--numero", "0670922010002G6780")
    shown = palier(*told)
    assert shown.err.count("COT-075") == 1
    assert "  Simulation\n    Règle : cette note est une simulation : " in shown.out
    repealed = noter(palier, source, tmp_path / "p.parquet", grille="rennes")
    assert "la grille est abrogée" in repealed.err


def test_the_same_file_gives_the_same_bytes(palier: Palier, territoire: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert noter(palier, territoire / "demandes.parquet", tmp_path / f"{name}.parquet").code == 0
    made = contents(tmp_path)
    assert made["a.parquet"] == made["b.parquet"]
    assert made["a.files.parquet"] == made["b.files.parquet"]


@pytest.mark.parametrize("rangees", [7, 64, 400])
def test_neither_chunks_nor_the_order_of_rows_change_a_score(
    palier: Palier, territoire: Path, notes: Path, tmp_path: Path, rangees: int
) -> None:
    demandes = pl.read_parquet(territoire / "demandes.parquet")
    mixed = demandes.sample(fraction=1, shuffle=True, seed=rangees)
    mixed.write_parquet(tmp_path / "d.parquet", row_group_size=rangees)
    events = ("--evenements", territoire / "evenements.parquet")
    assert noter(palier, tmp_path / "d.parquet", tmp_path / "n.parquet", *events).code == 0
    scores = read_written(tmp_path / "n.parquet")
    assert scores["numero_unique"].equals(mixed["numero_unique"])
    assert scores.sort("numero_unique").equals(read_written(notes).sort("numero_unique"))
    queues = read_written(tmp_path / "n.files.parquet")
    assert queues.equals(read_written(notes.with_name("notes.files.parquet")))
    assert queues.equals(queues.sort(FILES_TRI, nulls_last=True))


def test_a_csv_gives_the_points_of_its_parquet(
    palier: Palier, territoire: Path, notes: Path, tmp_path: Path
) -> None:
    write_table(pl.read_parquet(territoire / "demandes.parquet"), tmp_path / "d.csv", table="demandes")
    events = ("--evenements", territoire / "evenements.parquet")
    done = noter(palier, tmp_path / "d.csv", tmp_path / "n.parquet", *events)
    assert done.code == 0, done.err
    assert read_written(tmp_path / "n.parquet").equals(read_written(notes))
