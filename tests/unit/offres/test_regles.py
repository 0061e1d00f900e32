"""What holds of the rules as a whole: codes, fields, data, levels, speed."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import fields
from pathlib import Path

import pytest

from palier import law
from palier.base.errors import LoiError, PalierError
from palier.tables import schema
from palier.web.apps.offres.rules import NATURES, OffreSaisie, load_loi, read_saisies, split
from palier.web.apps.offres.rules.anomalies import AVERTISSEMENTS, Anomalie
from palier.web.apps.offres.rules.droit import TABLES
from palier.web.apps.offres.rules.energie import CLASSES, Barreau, scale, scale_text
from palier.web.apps.offres.rules.etats import MOTIFS, STATUTS, fleches
from palier.web.apps.offres.rules.parametrage import fields_of, load_data, number, ranges
from palier.web.apps.offres.rules.saisie import CHAMPS, TENUS_PAR_PALIER
from tests.cases.offres.outils import bases, change, contexte

COLONNES = [c.nom for c in schema("offres").colonnes]


def test_the_fields_are_the_columns_that_a_landlord_fills_in() -> None:
    assert [*CHAMPS, *TENUS_PAR_PALIER] == COLONNES
    assert schema("offres")["nature"].codes == NATURES
    assert schema("offres")["statut_offre"].codes == STATUTS


def test_the_table_is_published_with_a_version_and_examples() -> None:
    table = schema("offres")
    assert (table.publie, re.fullmatch(r"\d+\.\d+\.\d+", table.version) is not None) == (
        "offres-logement-social",
        True,
    )
    assert [c.nom for c in table.colonnes if not c.exemple] == []


@pytest.mark.parametrize("nature", NATURES)
@pytest.mark.parametrize("sort", ["requis", "conseille", "sans_objet"])
def test_the_fields_of_a_nature_exist_and_do_not_contradict(nature: str, sort: str) -> None:
    named = fields_of(nature, sort)
    assert set(named) <= set(CHAMPS)
    assert len(set(named)) == len(named)
    others = {
        c
        for other in ("requis", "conseille", "sans_objet")
        if other != sort
        for c in fields_of(nature, other)
    }
    assert not set(named) & others


def test_the_lengths_and_areas_name_what_exists() -> None:
    assert set(load_data("parametres")["longueurs"]) <= set(CHAMPS)  # type: ignore[arg-type]
    assert set(ranges("surface_typologie")) == set(schema("offres")["typologie"].codes)


def test_no_arrow_leaves_the_states() -> None:
    for arrow in fleches():
        assert {arrow.de, arrow.vers} <= set(STATUTS)
        assert set(arrow.motifs) <= set(MOTIFS)
        assert bool(arrow.motifs) == (arrow.vers == "retiree")
    reached = {a.vers for a in fleches()}
    assert reached == set(STATUTS)


def test_every_warning_is_a_documented_code() -> None:
    for code in AVERTISSEMENTS:
        assert Anomalie(code).niveau == "avertissement"
        assert Anomalie(code).problem("ici").constat
    bad, doubtful = split([Anomalie("OFF-022"), Anomalie("OFF-020")])
    assert ([a.code for a in bad], [a.code for a in doubtful]) == (["OFF-020"], ["OFF-022"])


def test_a_problem_says_where_by_the_title_of_the_file() -> None:
    assert (
        Anomalie("OFF-060", "loyer_logement_cent").problem("a.csv, ligne 3", "Loyer HC").ou
        == "a.csv, ligne 3, colonne « Loyer HC »"
    )
    assert (
        Anomalie("OFF-060", "loyer_logement_cent").problem().ou
        == "colonne « Loyer du logement hors charges »"
    )


def test_the_law_of_ads_is_read_whole_and_says_what_was_not_checked() -> None:
    loi = contexte().loi
    assert set(loi.references) == set(TABLES)
    assert "valeur à vérifier" in loi.references["depot_garantie_mois"]
    assert "valeur à vérifier" not in loi.references["vente_hlm_medias"]
    assert loi.location_interdite["metropole", "g"] == dt.date(2025, 1, 1)
    assert loi.banned_on("97411", "g") == dt.date(2028, 1, 1)
    assert loi.banned_on(None, "d") is None


def test_the_law_of_ads_is_refused_before_its_time_and_unverified_unless_asked() -> None:
    with pytest.raises(LoiError, match="LOI-002"):
        load_loi(law.at(dt.date(2015, 1, 1), non_verifie=True))
    with pytest.raises(LoiError, match="LOI-004"):
        load_loi(law.at(dt.date(2026, 11, 24)))


def test_the_scale_has_seven_rungs_and_one_place() -> None:
    assert [b.lettre for b in scale("c")] == list("ABCDEFG")
    assert [b for b in scale("c") if b.courant] == [Barreau("C", True)]
    assert scale_text("climat", "b", contexte().loi) == "classe climat : B"
    assert len(CLASSES) == 7
    with pytest.raises(ValueError, match="échelle"):
        scale("vierge")


def test_a_broken_file_of_rules_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from palier.web.apps.offres.rules import parametrage

    monkeypatch.setattr(parametrage, "read_packaged", lambda package, name: "a: 1\na: 2\n")
    with pytest.raises(PalierError, match="OFF-002"):
        parametrage.load_data.__wrapped__("autre")
    assert number("surface_max_m2") == 300


def test_an_offer_becomes_plain_data_and_back() -> None:
    offre = read_saisies([bases()["location"]], contexte()).lignes[0].offre
    plain = offre.to_dict()
    assert list(plain) == [f.name for f in fields(OffreSaisie)]
    assert (plain["longitude"], plain["disponible_date"]) == ("7.746600", "2027-01-15")
    assert plain["accessibilite"] == ["plain_pied", "ascenseur_large"]
    again = read_saisies([{k: v for k, v in plain.items() if v is not None}], contexte())
    assert [x.offre for x in again.lignes] == [offre]


@pytest.mark.parametrize("mauvais", [False, True], ids=["justes", "fautives"])
def test_the_rate_of_a_lot_is_printed(mauvais: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """No timed test: the rate is printed, the issue asks for 10,000 rows in 5 seconds."""
    n = 2_000
    spoil = {"Loyer HC": "abc", "Descriptif": "Pas d'enfants. Appeler le 06 12 34 56 78."} if mauvais else {}
    rows = [change(bases()["location"], {"Référence": f"A-{i}", **spoil}) for i in range(n)]
    start = time.process_time()
    lue = read_saisies(rows, contexte())
    spent = time.process_time() - start
    with capsys.disabled():
        print(f"\nOffres lues et jugées : {n / spent:,.0f} par seconde de processeur".replace(",", " "))
    assert (len(lue.lignes), lue.constats.filter("bloquant").height) == ((0, 3 * n) if mauvais else (n, 0))


def test_nothing_of_the_rules_imports_the_web_framework(sources: Path) -> None:
    folder = sources / "web" / "apps" / "offres" / "rules"
    assert not [
        p.name
        for p in folder.rglob("*.py")
        if "django" in p.read_text(encoding="utf-8").lower().replace("without django", "")
    ]
