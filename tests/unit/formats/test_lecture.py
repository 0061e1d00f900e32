"""Readers: the dirt that is read, and the dirt that is refused."""

from __future__ import annotations

import codecs
import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from palier import formats
from palier.base.errors import Problem, TableError
from palier.tables import all_colonnes, all_schemas, schema
from tests.unit.formats.outils import AU, BASE, NUMERO, codes_of, csv_rows, csv_with, other, read, xlsx_of


def cell(folder: Path, title: str, text: str, column: str) -> object:
    return read(folder, csv_with({title: text})).table[column].to_list()[0]


@pytest.mark.parametrize(
    ("title", "text", "column", "value"),
    [
        ("Charges", "1300", "charges_cent", 130_000),
        ("Charges", "1300,5", "charges_cent", 130_050),
        ("Charges", "1300.50", "charges_cent", 130_050),
        ("Charges", "1 300,50 €", "charges_cent", 130_050),
        ("Charges", "1\u00a0300,50", "charges_cent", 130_050),
        ("Charges", "1\u202f300\u202f€", "charges_cent", 130_000),
        ("Charges", " 0,05 EUR", "charges_cent", 5),
        ("Charges", "12 345 euros", "charges_cent", 1_234_500),
        ("Charges", "+12", "charges_cent", 1_200),
        ("Charges (centimes)", "1300", "charges_cent", 1_300),
        ("charges_cent", "1300", "charges_cent", 1_300),
        ("CHARGES en euros", "1300", "charges_cent", 130_000),
        ("Charges (€/mois)", "1300", "charges_cent", 130_000),
        ("Charges", "non renseigné", "charges_cent", None),
        ("Charges", "", "charges_cent", None),
        ("Charges", "  ", "charges_cent", None),
        ("RFR N-2", "20 000", "rfr_n2_eur", 20_000),
        ("RFR N-2 (€)", "20000,00", "rfr_n2_eur", 20_000),
        ("Surface (m²)", "42,9 m²", "logement_surface_m2", 42),
        ("Renouvellement", "2020-03-05", "date_renouvellement", dt.date(2020, 3, 5)),
        ("Renouvellement", "5/3/2020", "date_renouvellement", dt.date(2020, 3, 5)),
        ("Renouvellement", "05.03.2020", "date_renouvellement", dt.date(2020, 3, 5)),
        ("Renouvellement (jj/mm/aaaa)", "05-03-2020 00:00", "date_renouvellement", dt.date(2020, 3, 5)),
        ("Renouvellement", "2020-03-05T23:59:59.5", "date_renouvellement", dt.date(2020, 3, 5)),
        ("Horodatage", "15/03/2018 9:05", "horodatage_depot", dt.datetime(2018, 3, 15, 9, 5)),
        ("Horodatage", "2018-03-15", "horodatage_depot", dt.datetime(2018, 3, 15)),
        ("Handicap (oui/non)", "Vrai", "handicap", True),
        ("Handicap", "X", "handicap", True),
        ("Handicap", "0", "handicap", False),
        ("Handicap", "", "handicap", None),
        ("DALO", "Oui", "dalo", "reconnu"),
        ("DALO", "non", "dalo", "aucun"),
        ("Mode de logement", "Locataire du parc privé", "logement_mode", "locataire_prive"),
        ("Mode de logement", "LOCATAIRE-HLM", "logement_mode", "locataire_hlm"),
        ("Mode de logement", "Hôtel", "logement_mode", "hotel"),
        ("Situation familiale", "Marié(e)", "situation_familiale", "marie"),
        ("Nationalité", "Hors Union européenne", "nationalite", "hors_ue"),
        ("Typologie", "T2", "typologies", 0b100),
        ("Typologie", "studio", "typologies", 0b10),
        ("Typologie", "F3", "typologies", 0b1000),
        ("Typologie", "Type 2", "typologies", 0b100),
        ("Typologie", "T6 et plus", "typologies", 0b1000000),
        ("Typologie", "T2 | 3 pièces", "typologies", 0b1100),
        ("Typologie", "T2,T2", "typologies", 0b100),
        ("Publics prioritaires", "aucun", "publics_valides", 0),
        ("Publics prioritaires", "", "publics_valides", None),
        ("Commune (code INSEE)", "2A004", "localisations", ["2A004"]),
        ("Commune", "67482, 97411|75113", "localisations", ["67482", "97411", "75113"]),
        ("Commune", "67482|67482", "localisations", ["67482"]),
        ("Commune de résidence", " 01004 ", "logement_commune", "01004"),
        ("Bailleur actuel", "246 700 488", "bailleur_siren", "246700488"),
        ("Numéro unique", "111 0318 016982 G1104", "numero_unique", NUMERO),
        ("Nom", "'-Zoé", "nom", "-Zoé"),
        ("Nom", "L'Été", "nom", "L'Été"),
        ("Nom", "Null", "nom", "Null"),
    ],
)  # fmt: skip
def test_a_cell_is_read(title: str, text: str, column: str, value: object, tmp_path: Path) -> None:
    quoted = f'"{text}"' if ";" in text else text
    replaced = {"Commune (code INSEE)": "Commune"}.get(title)
    row = {k: v for k, v in BASE.items() if k != replaced} | {title: quoted}
    found = read(tmp_path, csv_rows([row])).table[column].to_list()[0]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encodings_and_separators(encoding: str, separator: str, tmp_path: Path) -> None:
    row = BASE | {
        "Nom": "Œuvré",
        "Loyer (€)": "508.80 €",
        "Ressources mensuelles": "1987.65",
        "Motifs": "expulsion",
    }
    text = csv_rows([row], separator)
    raw = text.encode(encoding)
    found = read(tmp_path, raw).table
    assert found["nom"][0] == "Œuvré"
    assert found["loyer_cent"][0] == 50_880
    assert found["ressources_mensuelles_cent"][0] == 198_765


def test_big_endian_and_line_ends(tmp_path: Path) -> None:
    text = csv_rows([BASE, other(1), other(2)])
    raw = codecs.BOM_UTF16_BE + text.replace("\n", "\r\n").encode("utf-16-be")
    assert read(tmp_path, raw).lignes_lues == 3
    assert read(tmp_path, text.replace("\n", "\r")).lignes_lues == 3
    assert read(tmp_path, text.replace("\n", "\r\n").rstrip()).lignes_lues == 3


def test_quotes_breaks_blank_lines_and_hint(tmp_path: Path) -> None:
    rows = [BASE | {"Nom": '"de ""La""\nTour; fils"'}, other(1), other(2, Commune="1004")]
    first, second, third = (";".join(row.values()) for row in rows)
    text = f"\nsep=;\n{';'.join(BASE)}\n{first}\n\n{second}\n{third}"
    found = read(tmp_path, text, bonnes_lignes=True)
    assert found.table["nom"][0] == 'de "La"\nTour; fils'
    assert found.lignes_lues == 3
    assert found.rejets.rows() == [(8, "localisations", "TAB-055")]


def test_columns_are_found_by_name_in_any_order(tmp_path: Path) -> None:
    shuffled = dict(reversed((BASE | {"Remarque": "x", "": "y"}).items()))
    found = read(tmp_path, csv_rows([shuffled]))
    assert found.table["nom"][0] == BASE["Nom"]
    assert found.ignorees == ["colonne 1, sans titre", "Remarque"]
    said = {c.entete: (c.colonne, c.raison) for c in found.correspondance}
    assert said["Loyer (€)"] == ("loyer_cent", "synonyme, en euros")
    assert said["Commune"][0] == "localisations"
    assert said["Typologie"][0] == "typologies"
    assert said["Nom"] == ("nom", "nom exact")


def test_what_is_absent_is_unknown(tmp_path: Path) -> None:
    found = read(tmp_path, f"numero_unique;date_depot_initial\n{NUMERO};2018-03-15\n").table
    assert found.schema == pl.Schema(schema("demandes").polars)
    assert found.drop("numero_unique", "date_depot_initial").null_count().row(0) == (1,) * (found.width - 2)


def test_no_title_of_a_table_means_two_columns() -> None:
    from palier.formats.entetes import titles_of

    for nom in all_schemas():
        double = {title: owners for title, owners in titles_of(nom).items() if len(owners) > 1}
        assert not double, (nom, double)


def test_each_label_that_palier_shows_is_read_back() -> None:
    from palier.base import mots
    from palier.formats.entetes import key
    from palier.formats.formes import codes_of as forms_of

    shown = [(c, code, f"code.{c.nom}.{code}") for c in all_colonnes().values() for code in c.codes]
    read_back = [
        (c.nom, code)
        for c, code, word in shown
        if forms_of(c).get(key(mots.word(word))) != code and mots.has(word)
    ]
    assert not read_back


def test_labels_with_commas_are_read_in_a_set(tmp_path: Path) -> None:
    text = "Logement non décent, insalubre ou dangereux"
    for cell_text, codes in ((text, ["non_decent"]), (f"{text}|Handicap", ["non_decent", "handicap"])):
        mask = read(tmp_path, csv_with({"Motifs": cell_text})).table["motifs"][0]
        assert schema("demandes")["motifs"].codes_of(mask) == codes


def test_all_problems_come_at_once_with_their_count(tmp_path: Path) -> None:
    rows = [other(i, DALO="zut", **{"Nb personnes": "0"}) for i in range(1_500)] + [
        other(5_000, Commune="1004")
    ]
    with pytest.raises(TableError) as caught:
        read(tmp_path, csv_rows(rows))
    problems = {p.code: p for p in caught.value.problems}
    assert {"TAB-050", "TAB-060", "TAB-055"} <= set(problems)
    assert len(caught.value.problems) == len({(p.code, p.ou) for p in caught.value.problems})
    assert "lignes 2, 3, 4, 5, 6 et 1\u202f495 autres lignes, colonne « DALO »" in problems["TAB-050"].ou
    assert "zut" not in str(caught.value)
    assert "3 caractères" in problems["TAB-050"].constat
    assert "« 1004 »" in problems["TAB-055"].constat  # a place asked for is class 1


def test_near_codes_are_proposed_only_where_values_may_be_shown(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="Proche : active"):
        read(tmp_path, csv_with({"Statut": "activee"}))
    with pytest.raises(TableError) as caught:
        read(tmp_path, csv_with({"Mode de logement": "hotell"}))
    assert "Proche" not in str(caught.value)


def test_good_lines_are_kept_on_request(tmp_path: Path) -> None:
    rows = [BASE, other(1), other(1), other(2, Commune="1004"), other(3)]
    found = read(tmp_path, csv_rows(rows) + "x;y\n", bonnes_lignes=True)
    assert found.table["numero_unique"].to_list() == [NUMERO, "1110318000003G1104"]
    assert found.lignes_lues == 6
    assert found.rejets.rows() == [
        (3, "numero_unique", "TAB-021"),
        (4, "numero_unique", "TAB-021"),
        (5, "localisations", "TAB-055"),
        (7, "", "FMT-007"),
    ]
    assert {p.code for p in found.problemes} == {"TAB-021", "TAB-055", "FMT-007"}
    assert codes_of(tmp_path, csv_with({"Ville": "x"}), bonnes_lignes=True) == ["TAB-012"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Date de dépôt": "15/04/2018"}, "TAB-073"),
        ({"Nationalité": "hors_ue"}, "TAB-074"),
        ({"Date de naissance": "19/07/2005", "Numéro unique": NUMERO}, "TAB-075"),
        ({"Date de naissance prévue": "19/07/2025"}, "TAB-076"),
        ({"Ressources mensuelles": "0"}, "TAB-077"),
        ({"En couple": "oui", "Nb personnes": "1", "Personnes à charge": "0", "Enfants mineurs": "0",
          "Moins de 14 ans": "0"}, "TAB-066"),
        ({"Surface": "42,5"}, "TAB-048"),
        ({"Typologie": "T2|T2"}, "TAB-056"),
    ],
)  # fmt: skip
def test_a_warning_refuses_nothing(change: dict[str, str], code: str, tmp_path: Path) -> None:
    found = read(tmp_path, csv_with(change))
    assert [p.code for p in found.avertissements] == [code]
    assert (found.table.height, found.problemes, found.rejets.height) == (1, [], 0)


@pytest.mark.parametrize(
    "change",
    [
        {"Personnes à charge": "3"},
        {"Enfants mineurs": "4"},
        {"Moins de 14 ans": "2"},
        {"Carte invalidité": "4"},
        {"Garde alternée": "1"},
        {"Date de naissance": "24/11/1896"},
        {"Date de naissance": "15/03/2018"},
        {"Date de dépôt": "24/11/2026"},
        {"Date de dépôt": "01/01/1990", "Date de naissance": "19/07/1931"},
        {"Renouvellement": "15/03/2018"},
        {"Année RFR": "2025"},
        {"Nb personnes": "30"},
        {"Charges": "100000"},
        {"Surface": "1"},
        {"Motifs": "expulsion|violences|sante"},
        {"Commune": "67482|67043|67218|67447|67365|67267|67118|67131"},
        {"Nom": "Z" * 4_000},
    ],
)
def test_the_edge_is_accepted(change: dict[str, str], tmp_path: Path) -> None:
    assert read(tmp_path, csv_with(change)).table.height == 1


def test_workbooks(tmp_path: Path) -> None:
    titles = [*BASE, "Handicap"]
    values = [*BASE.values(), True]
    values[titles.index("Date de dépôt")] = dt.date(2018, 3, 15)
    values[titles.index("Ressources mensuelles")] = 1987.65
    values[titles.index("Nb personnes")] = 4
    found = read(tmp_path, xlsx_of([[None], titles, values], avant=True, apres=True), "d.xlsx")
    row = found.table.row(0, named=True)
    assert (row["ressources_mensuelles_cent"], row["nb_personnes"], row["handicap"]) == (198_765, 4, True)
    assert row["date_depot_initial"] == dt.date(2018, 3, 15)
    assert [p.code for p in found.avertissements] == ["FMT-022"]
    assert "« Demandes »" in found.avertissements[0].constat
    with pytest.raises(TableError, match="ligne 4, "):
        read(tmp_path, xlsx_of([[None], titles, values, [*values[:-1], "zut"]]), "d.xlsx")


def test_parquet_of_others(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "numero_unique": [NUMERO],
            "date_depot_initial": [dt.date(2018, 3, 15)],
            "loyer": [508],
            "logement_mode": pl.Series(["Hôtel"], dtype=pl.Categorical),
            "localisations": [["67482", "67043"]],
            "nb_personnes": pl.Series([4], dtype=pl.Int64),
            "pts__age": [3],
            "age": [40],
            "horodatage_depot": pl.Series([dt.datetime(2018, 3, 15)], dtype=pl.Datetime("ms")),
            "prenom": pl.Series([None], dtype=pl.Null),
        }
    )
    frame.write_parquet(tmp_path / "d.parquet")
    found = formats.read_table(tmp_path / "d.parquet", au=AU)
    row = found.table.row(0, named=True)
    assert (row["loyer_cent"], row["logement_mode"], row["nb_personnes"]) == (50_800, "hotel", 4)
    assert row["localisations"] == ["67482", "67043"]
    assert found.ignorees == ["pts__age", "age"]


def test_other_tables(tmp_path: Path) -> None:
    text = (
        f"numero_unique;date;type;offre adaptee\n{NUMERO};01/02/2026;offre refusée;oui\n{NUMERO};;absence;\n"
    )
    assert codes_of(tmp_path, text, table="evenements") == ["TAB-015"]
    found = read(tmp_path, text, table="evenements", bonnes_lignes=True).table
    assert found.row(0) == (NUMERO, dt.date(2026, 2, 1), "offre_refusee", True)
    assert codes_of(tmp_path, "<?xml version='1.0'?><a/>", "d.xml", table="evenements") == ["FMT-002"]


def test_batches_agree_with_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [other(i, Nom=f'"N{i}\nB"' if i % 7 == 0 else f"N{i}") for i in range(120)]
    rows[110] = rows[3]
    text = csv_rows(rows)
    whole = read(tmp_path, text, bonnes_lignes=True)
    monkeypatch.setattr("palier.formats.encodage.MORCEAU", 4_000)
    monkeypatch.setattr("palier.formats.decoupe.MORCEAU", 4_000)
    cut = read(tmp_path, text, bonnes_lignes=True)
    assert cut.table.equals(whole.table)
    assert cut.rejets.equals(whole.rejets)
    out = tmp_path / "s.parquet"
    made = formats.import_table(tmp_path / "d.csv", out, au=AU, bonnes_lignes=True)
    assert pl.read_parquet(out).equals(whole.table)
    assert (made.lignes_ecrites, made.lignes_rejetees) == (118, 2)


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(csv_with(), encoding="utf-8")
    seen: list[int] = []
    formats.import_table(tmp_path / "d.csv", tmp_path / "s.parquet", au=AU, progress=seen.append)
    assert seen == [1]


def test_group_problems() -> None:
    same = [Problem("TAB-030", f"ligne {i}", "c", "q") for i in range(8)]
    grouped = formats.group_problems([*same, Problem("TAB-031", "ligne 1", "c", "q")])
    assert [p.code for p in grouped] == ["TAB-030", "TAB-031"]
    assert grouped[0].ou == "ligne 0 ; ligne 1 ; ligne 2 ; ligne 3 ; ligne 4 et 3 autres"
    assert formats.group_problems(grouped) == grouped


def test_codes_of_no_commune_and_of_former_ones_are_told(tmp_path: Path) -> None:
    rows = [
        BASE,
        other(1, Commune="67999"),
        other(2, Commune="75056|01039"),
        other(3, Commune="75101") | {"Commune de résidence": "69123"},
        other(4) | {"Commune de résidence": "67998"},
    ]
    titles = [*BASE, "Commune de résidence"]
    text = "\n".join([";".join(titles), *(";".join(row.get(t, "") for t in titles) for row in rows)])
    found = read(tmp_path, text, bonnes_lignes=True)
    assert found.rejets.rows() == [
        (3, "localisations", "TAB-058"),
        (4, "localisations", "TAB-059"),
        (6, "logement_commune", "TAB-058"),
    ]
    assert found.table["localisations"].to_list()[1] == ["75101"]
    said = {p.code: p.constat for p in found.problemes}
    assert "01039 : aujourd'hui 01138" in said["TAB-059"]
    assert "67998" not in " ".join(said.values())  # where somebody lives is class 2
