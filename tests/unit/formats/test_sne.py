"""The State's XML: what each element becomes, exactly."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from palier import formats
from palier.base.errors import TableError, UsageError
from palier.formats.sne import read_sne
from palier.formats.sne_codes import codes_sne
from palier.tables import colonne
from tests.unit.formats.outils import AU, NUMERO, demande_xml, xml_of

SPOUSE = """<n:listeCotitulaire><n:cotitulaire><n:dateNaissance>1975-02-01</n:dateNaissance>
<n:lienDemandeur code="M"/><n:listeRessourceRecue><n:detailRessource><n:ressource code="RSA"/>
<n:montant>0.35</n:montant></n:detailRessource></n:listeRessourceRecue><n:listeRessourceVersee>
<n:detailRessource><n:ressource code="PAV"/><n:montant>88</n:montant></n:detailRessource>
</n:listeRessourceVersee>
</n:cotitulaire></n:listeCotitulaire><n:logementActuel>"""


def read(folder: Path, *demandes: str, au: dt.date = AU, **options: bool) -> formats.LectureTable:
    path = folder / "d.xml"
    path.write_text(xml_of(*demandes), encoding="utf-8")
    return read_sne(path, au=au, **options)


def with_spouse(link: str = "M") -> str:
    return demande_xml({"<n:logementActuel>": SPOUSE.replace('code="M"', f'code="{link}"')})


def test_a_request_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, demande_xml())
    row = {k: v for k, v in found.table.row(0, named=True).items() if v is not None}
    assert row == {
        "numero_unique": NUMERO,
        "date_depot_initial": dt.date(2018, 3, 15),
        "nom": "ZEBULONQUARTZ",
        "prenom": "Philomène-Xyz",
        "naissance": dt.date(1931, 7, 19),
        "nationalite": "fr",
        "situation_familiale": "marie",
        "nb_personnes": 3,
        "nb_a_charge": 1,
        "nb_mineurs": 2,
        "nb_moins_14": 1,
        "nb_garde_alternee": 1,
        "nb_droit_visite": 0,
        "rfr_n2_eur": 20_000,
        "rfr_n2_annee": 2016,
        "ressources_mensuelles_cent": 198_765,
        "situation_professionnelle": "cdi",
        "logement_mode": "locataire_prive",
        "logement_type": "t3",
        "logement_surface_m2": 50,
        "logement_nb_occupants": 3,
        "loyer_cent": 50_880,
    }
    assert {c.entete: c.colonne for c in found.correspondance}["modeleLogement"] == "logement_mode"


def test_a_spouse_changes_the_household(tmp_path: Path) -> None:
    found = read(tmp_path, with_spouse())
    row = found.table.row(0, named=True)
    assert (row["en_couple"], row["nb_personnes"]) == (True, 4)
    assert row["conjoint_naissance"] == dt.date(1975, 2, 1)
    assert row["ressources_mensuelles_cent"] == 198_765 + 35 - 8_800
    assert row["rfr_n2_eur"] == 20_000  # one tax notice for a married couple
    people = found.enfants["personnes"]
    assert people["personne_lien"].to_list() == ["demandeur", "conjoint", "enfant", "enfant"]
    assert people["personne_garde"].to_list() == [None, None, None, "alternee"]
    assert people["personne_a_charge"].to_list() == [False, False, True, False]
    assert found.enfants["ressources"].rows() == [
        (NUMERO, 1, "sal", 198_765),
        (NUMERO, 2, "rsa", 35),
        (NUMERO, 2, "pav", 8_800),
    ]


def test_a_flatmate_without_income_leaves_it_unknown(tmp_path: Path) -> None:
    found = read(tmp_path, with_spouse("L"))
    row = found.table.row(0, named=True)
    assert (row["en_couple"], row["conjoint_naissance"], row["rfr_n2_eur"]) == (None, None, None)
    assert [p.code for p in found.avertissements] == ["SNE-011"]
    assert "lienDemandeur" in found.avertissements[0].constat


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({'<n:situationFamiliale code="M"/>': '<n:situationFamiliale code="C"/>'}, "en_couple", False),
        ({'<n:situationFamiliale code="M"/>': ""}, "en_couple", None),
        ({"listeRessourceRecue": "autreListe"}, "ressources_mensuelles_cent", None),
        ({"2012-01-01": ""}, "nb_mineurs", None),
        ({'<n:modeleLogement code="LP"/>': '<n:modeleLogement code="RE"/>'}, "logement_mode", None),
        ({'<n:modeleLogement code="LP"/>': ""}, "logement_mode", None),
        ({"<n:personnePhysique>": '<n:logementRecherche><n:listeTypeLogement><n:typeLogement code="T2"/>'
          '<n:typeLogement code="T3"/></n:listeTypeLogement></n:logementRecherche><n:personnePhysique>'},
         "typologies", 0b1100),
        ({"<n:personnePhysique>": '<n:logementRecherche><n:listeLocalisationSouhaite><n:localisationSouhaite>'
          '<n:commune code="67482"/></n:localisationSouhaite></n:listeLocalisationSouhaite>'
          "</n:logementRecherche><n:personnePhysique>"}, "localisations", ["67482"]),
        ({"2018-03-15": "2018-03-15T16:54:06.339+01:00"}, "date_depot_initial", dt.date(2018, 3, 15)),
    ],
)  # fmt: skip
def test_an_element_is_read(change: dict[str, str], column: str, value: object, tmp_path: Path) -> None:
    assert read(tmp_path, demande_xml(change)).table[column].to_list() == [value]


@pytest.mark.parametrize(
    ("au", "minors", "below"),
    [
        (dt.date(2025, 12, 31), 2, 2),
        (dt.date(2026, 1, 1), 2, 1),
        (dt.date(2028, 12, 31), 2, 1),
        (dt.date(2029, 1, 1), 2, 0),
        (dt.date(2029, 12, 31), 2, 0),
        (dt.date(2030, 1, 1), 1, 0),
    ],
)
def test_children_are_counted_at_the_date_of_the_work(
    au: dt.date, minors: int, below: int, tmp_path: Path
) -> None:
    row = read(tmp_path, demande_xml(), au=au).table.row(0, named=True)
    assert (row["nb_mineurs"], row["nb_moins_14"]) == (minors, below)


def test_good_requests_and_their_children_are_kept(tmp_path: Path) -> None:
    good = demande_xml({NUMERO: "1110318016983G1104"})
    bad = demande_xml({"508.80": "zut"})
    found = read(tmp_path, bad, good, bonnes_lignes=True)
    assert found.table["numero_unique"].to_list() == ["1110318016983G1104"]
    assert set(found.enfants["personnes"]["numero_unique"]) == {"1110318016983G1104"}
    assert found.rejets.select("code").rows() == [("SNE-007",)]
    assert found.lignes_lues == 2
    path = tmp_path / "d.xml"
    made = formats.import_table(path, tmp_path / "s.parquet", au=AU, bonnes_lignes=True)
    assert sorted(made.enfants) == ["personnes", "ressources"]
    assert pl.read_parquet(tmp_path / "s.personnes.parquet").equals(found.enfants["personnes"])
    assert pl.read_parquet(tmp_path / "s.parquet").equals(found.table)


def test_twins_are_two_children(tmp_path: Path) -> None:
    born = "<n:dateNaissance>2015-01-01</n:dateNaissance>"
    twin = f'<n:personneACharge>{born}<n:sexe code="F"/></n:personneACharge>'
    found = read(tmp_path, demande_xml({"</n:listePersonneACharge>": f"{twin}</n:listePersonneACharge>"}))
    assert found.table["nb_a_charge"][0] == 2


def test_many_requests_come_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palier.formats.sne_source.LOT", 30)
    numbers = [f"1110318{i:06d}G1104" for i in range(100)]
    found = read(tmp_path, *(demande_xml({NUMERO: number}) for number in numbers))
    assert found.table["numero_unique"].to_list() == numbers
    assert found.enfants["personnes"].height == 300


def test_only_xml_is_read(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="USG-003"):
        read_sne(tmp_path / "d.csv", au=AU)


def test_each_code_leads_to_the_registry() -> None:
    targets = {
        "nationalite": "nationalite",
        "situationFamiliale": "situation_familiale",
        "lienDemandeur": "personne_lien",
        "lienParente": "personne_lien",
        "coParentalite": "personne_garde",
        "typeContratTravail": "situation_professionnelle",
        "modeleLogement": "logement_mode",
        "typeLogementActuel": "logement_type",
        "typeLogement": "typologies",
        "ressource": "ressource_code",
    }
    for element, codes in codes_sne().items():
        for code in codes.values():
            assert code.source in ("etat", "libsne")
            assert code.libelle
            if code.vers is not None:
                assert code.vers in colonne(targets[element]).codes


def test_the_sample_of_the_state(partage: Path | None, tmp_path: Path) -> None:
    if partage is None:  # the invented request of the first test plays the same part
        with pytest.raises(TableError):
            read(tmp_path)
        return
    found = read_sne(partage / "sne" / "exemple-sne.xml", au=AU)
    row = found.table.row(0, named=True)
    assert row["numero_unique"] == NUMERO
    assert (row["nb_personnes"], row["en_couple"], row["logement_mode"]) == (5, True, "locataire_prive")
    assert row["ressources_mensuelles_cent"] == 702_500
    assert (row["loyer_cent"], row["rfr_n2_eur"], row["logement_commune"]) == (100_000, 20_000, "75113")
    assert found.enfants["personnes"].height == 5
    assert found.enfants["ressources"].height == 30
    assert {"telPortable", "mel", "profession", "codePostal"} <= set(found.ignorees)
    assert not {"montant", "numUnique", "cotitulaire", "commune"} & set(found.ignorees)
