"""Texts of examples become exact values, and a wrong one is refused without being quoted."""

from __future__ import annotations

import datetime as dt

import pytest

from palier.base.errors import TableError
from palier.tables import colonne
from palier.tables.valeurs import Valeur, evenements_from_texts, parse_evenement, parse_valeur, row_from_texts

READ: list[tuple[str, str | list[str], Valeur]] = [
    ("handicap", "oui", True),
    ("handicap", "non", False),
    ("date_depot_initial", "2023-10-24", dt.date(2023, 10, 24)),
    ("date_depot_initial", "24/10/2023", dt.date(2023, 10, 24)),
    ("horodatage_depot", "2023-10-24T09:15:00", dt.datetime(2023, 10, 24, 9, 15)),
    ("nb_personnes", "3", 3),
    ("rfr_n2_eur", "12 500 €", 12_500),
    ("loyer_cent", "508,80 €", 50_880),
    ("loyer_cent", "500", 50_000),
    ("logement_mode", "hotel", "hotel"),
    ("motifs", "expulsion", 1 << 5),
    ("motifs", ["expulsion", "violences"], (1 << 5) | (1 << 6)),
    ("motifs", [], 0),
    ("motifs", "", None),
    ("localisations", ["67482", "2A004"], ["67482", "2A004"]),
    ("localisations", "01004", ["01004"]),
    ("numero_unique", "1110318016982G1104", "1110318016982G1104"),
    ("nom", "Martin", "Martin"),
    ("nb_personnes", "", None),
    ("nb_personnes", ["4"], 4),
]

REFUSED: list[tuple[str, str | list[str], str]] = [
    ("handicap", "vrai", "oui ou non"),
    ("date_depot_initial", "2023-02-30", "pas une date"),
    ("date_depot_initial", "1989-12-31", "antérieure"),
    ("horodatage_depot", "hier", "instant"),
    ("nb_personnes", "deux", "nombre entier"),
    ("nb_personnes", "0", "bornes"),
    ("nb_personnes", "31", "bornes"),
    ("nb_personnes", ["1", "2"], "une seule valeur"),
    ("loyer_cent", "1,234", "montant"),
    ("loyer_cent", "nan", "montant"),
    ("loyer_cent", "-5", "bornes"),
    ("logement_mode", "chateau", "codes admis"),
    ("motifs", ["expulsion", "expulsion"], "deux fois"),
    ("motifs", ["expulsion", "violences", "sante", "autre"], "au plus 3"),
    ("localisations", "Strasbourg", "code commune"),
    ("numero_unique", "12", "forme"),
]


@pytest.mark.parametrize(("nom", "texte", "attendu"), READ)
def test_a_text_becomes_a_value(nom: str, texte: str | list[str], attendu: Valeur) -> None:
    found = parse_valeur(colonne(nom), texte)
    assert found == attendu
    assert type(found) is type(attendu)


@pytest.mark.parametrize(("nom", "texte", "raison"), REFUSED)
def test_a_wrong_text_is_refused(nom: str, texte: str | list[str], raison: str) -> None:
    with pytest.raises(ValueError, match=raison):
        parse_valeur(colonne(nom), texte)


def test_every_problem_of_a_row_is_told_at_once_without_personal_values() -> None:
    with pytest.raises(TableError) as caught:
        row_from_texts(
            {"nb_personnes": "quatorze", "statut": "perdue", "loyers": "500", "age": "30"}, "exemple « a »"
        )
    texts = [str(p) for p in caught.value.problems]
    assert [p.code for p in caught.value.problems] == ["VAL-002", "VAL-002", "VAL-001", "VAL-001"]
    assert "quatorze" not in texts[0]
    assert "(8 caractères)" in texts[0]
    assert "« perdue »" in texts[1]  # an internal column may be quoted
    assert "loyer_cent" in texts[2]
    assert all("exemple « a »" in text for text in texts)


def test_a_row_keeps_what_was_written() -> None:
    assert row_from_texts({"nb_personnes": "2", "dalo": ""}) == {"nb_personnes": 2, "dalo": None}


def test_events() -> None:
    assert parse_evenement("2025-03-01 offre_refusee adaptee") == {
        "evenement_date": dt.date(2025, 3, 1),
        "evenement_type": "offre_refusee",
        "adaptee": True,
    }
    assert parse_evenement("2025-03-01 offre_refusee non_adaptee")["adaptee"] is False
    assert parse_evenement("2025-03-01 absence")["adaptee"] is None
    assert evenements_from_texts([]) == []
    with pytest.raises(TableError) as caught:
        evenements_from_texts(["2025-03-01", "hier absence", "2025-03-01 dispute", "2025-03-01 absence oui"])
    assert [p.code for p in caught.value.problems] == ["VAL-003"] * 4
