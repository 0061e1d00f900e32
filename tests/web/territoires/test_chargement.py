"""Loading: once, twice, the year after, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from palier.base.errors import InputError
from palier.web.apps.journal.models import Evenement
from palier.web.apps.journal.operations import SYSTEME
from palier.web.apps.territoires import queries
from palier.web.apps.territoires.models import Commune, Entree, Epci, Lieu, Membre, Millesime
from palier.web.apps.territoires.operations import charger_si_present, charger_territoires
from palier.web.exploitation import lieux
from tests.unit.formats.territoires.outils import commune
from tests.web.territoires.outils import V1, V2, load, prepare

pytestmark = pytest.mark.django_db


def events() -> list[Evenement]:
    return list(Evenement.objects.filter(verbe="territoires.charger").order_by("id"))


def test_the_first_load_writes_everything_and_one_line_of_journal(tmp_path: Path) -> None:
    made = load(tmp_path)
    assert made.ajoutes == {"regions": 1, "departements": 3, "epci": 2, "membres": 3, "communes": 8}
    assert made.lieux == Lieu.objects.count() == 12
    (event,) = events()
    assert (event.acteur, event.objet_id, event.origine) == ("systeme", "2026-01-01", "commande")
    assert Millesime.objects.get().sources[1]["mention"] == "Géomètre inventé, 2026"


def test_the_same_folder_changes_nothing_and_says_nothing(tmp_path: Path) -> None:
    folder = prepare(tmp_path)
    charger_territoires(acteur=SYSTEME, dossier=folder)
    before = set(Commune.objects.values_list("id", "du", "nom"))
    again = charger_territoires(acteur=SYSTEME, dossier=folder)
    assert again.deja_charge
    assert set(Commune.objects.values_list("id", "du", "nom")) == before
    assert len(events()) == 1


def test_outlines_that_come_later_keep_ids_and_days(tmp_path: Path) -> None:
    load(tmp_path, contours=False)
    before = dict(Commune.objects.values_list("id", "code"))
    assert queries.commune_at("91001", V1).boite is None  # type: ignore[union-attr]
    made = load(tmp_path)
    assert made.ajoutes["communes"] == 0
    assert made.mis_a_jour["communes"] == 6
    assert dict(Commune.objects.values_list("id", "code")) == before
    found = queries.commune_at("91001", V1)
    assert found is not None
    assert found.boite is not None
    assert found.boite.ouest == 2_000_000


def _an_apres(country: dict[str, Any]) -> None:
    """91002 is absorbed by 91001, 92001 takes another name, the EPCI loses a member, people move."""
    communes = {row["code"]: row for row in country["communes"] if row["type"] == "commune-actuelle"}
    country["communes"].remove(communes["91002"])
    communes["91001"]["anciensCodes"] = ["91009", "91002"]
    communes["91001"]["population"] = 26_000
    communes["92001"]["nom"] = "Sainte-Ève-la-Neuve"
    country["communes"].append(commune("91003", "Neuville"))
    country["epci"][0]["membres"] = [{"code": "91001"}]


def test_the_year_after_closes_what_changed_and_keeps_the_rest(tmp_path: Path) -> None:
    load(tmp_path)
    kept = Commune.objects.get(code="91001", type="actuelle").pk
    made = load(tmp_path, V2, _an_apres)
    assert (made.ajoutes["communes"], made.fermes["communes"]) == (3, 2)  # new code, ended code, new name
    assert (made.ajoutes["membres"], made.fermes["membres"]) == (0, 1)
    assert Commune.objects.get(code="91001", type="actuelle").pk == kept
    eve = V2 - dt.timedelta(days=1)
    assert list(Commune.objects.filter(code="92001").order_by("du").values_list("du", "au", "nom")) == [
        (V1, eve, "Ste-Ève"),
        (V2, None, "Sainte-Ève-la-Neuve"),
    ]
    assert Membre.objects.get(commune="91002").au == eve
    # at a date
    assert queries.commune_at("91002", eve) is not None
    assert queries.commune_at("91002", V2) is None
    assert queries.commune_at("91003", eve) is None
    assert queries.commune_at("92001", eve).nom == "Ste-Ève"  # type: ignore[union-attr]
    assert queries.commune_at("92001", V2).nom == "Sainte-Ève-la-Neuve"  # type: ignore[union-attr]
    assert queries.epci_at("91002", eve) == "200000001"
    assert queries.communes_of("200000001", eve) == ["91001", "91002"]
    assert queries.communes_of("200000001", V2) == ["91001"]
    # for the rules of offers
    ended = queries.Lieux().commune("91002")
    assert ended is not None
    assert (ended.nom, ended.fin, ended.remplacee_par) == ("Le Grand-Pré", eve, "91001 L'Œil-en-Saint-Pré")
    born = queries.Lieux().commune("91003")
    assert born is not None
    assert (born.debut, born.fin) == (V2, None)
    # the search knows the latest edition only, and the ended code leads to its heir
    assert [lieu.code for lieu in queries.find_lieux("91002")] == ["91001"]
    assert queries.find_lieux("grand pre") == []
    assert len(events()) == 2


def test_a_correction_of_the_same_edition_leaves_no_trace_of_the_error(tmp_path: Path) -> None:
    def wrong(country: dict[str, Any]) -> None:
        country["communes"][2]["nom"] = "Le Grand-Pérd"
        country["communes"].append(commune("91777", "Erreur"))

    load(tmp_path, V1, wrong)
    made = load(tmp_path)
    assert made.mis_a_jour["communes"] == 1
    assert [row.nom for row in Commune.objects.filter(code="91002")] == ["Le Grand-Pré"]
    assert not Commune.objects.filter(code="91777").exists()


@pytest.mark.parametrize(
    ("acteur", "millesime", "spoil", "code"),
    [
        (SimpleNamespace(pk=1, exploitant=False), V2, False, "GEO-012"),
        ("quelqu'un", V2, False, "GEO-012"),
        (SYSTEME, dt.date(2025, 1, 1), False, "GEO-011"),
        (SYSTEME, V2, True, "GEO-010"),
    ],
)
def test_refusals_write_nothing(
    tmp_path: Path, acteur: Any, millesime: dt.date, spoil: bool, code: str
) -> None:
    load(tmp_path)
    folder = prepare(tmp_path, millesime, _an_apres)
    if spoil:
        (folder / "territoires" / "communes.parquet").write_bytes(b"")
    before = (set(Commune.objects.values_list("id", "au")), Entree.objects.count(), len(events()))
    with pytest.raises(InputError) as caught:
        charger_territoires(acteur=acteur, dossier=folder)
    assert caught.value.problems[0].code == code
    assert (set(Commune.objects.values_list("id", "au")), Entree.objects.count(), len(events())) == before


def test_the_operator_may_load(tmp_path: Path) -> None:
    folder = prepare(tmp_path)
    assert not charger_territoires(
        acteur=SimpleNamespace(pk="u1", exploitant=True), dossier=folder, origine="site"
    ).deja_charge
    assert events()[0].acteur == "u1"


def test_a_site_without_places_starts(tmp_path: Path) -> None:
    assert charger_si_present(acteur=SYSTEME, dossier=tmp_path) is None
    assert queries.find_lieux("strasbourg") == []
    assert queries.commune_at("67482", V1) is None
    assert queries.Lieux().commune("67482") is None


def test_the_command_says_what_it_loaded(tmp_path: Path) -> None:
    folder = prepare(tmp_path)
    said = [
        " ".join(lieux.load(place)).replace("\u00a0", " ") for place in (tmp_path / "vide", folder, folder)
    ]
    assert said == [
        "Lieux : aucun n'est préparé (« palier lieux preparer »).",
        "Lieux : découpage au 1er janvier 2026, 12 lieux chargés.",
        "Lieux : découpage au 1er janvier 2026, déjà chargé.",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "autre"},
        {"code": "1004"},
        {"code": "2A04X"},
        {"lon": 652_000.0, "lat": 6_860_000.0},
        {"lon": 2.0},
        {"type": "deleguee", "parent": ""},
        {"au": dt.date(2025, 1, 1)},
        {"ouest": 10, "est": 5, "sud": 0, "nord": 1},
    ],
)
def test_the_database_refuses_what_makes_no_sense(wrong: dict[str, Any]) -> None:
    row = {"code": "91001", "type": "actuelle", "nom": "A", "cle": "a", "departement": "91", "region": "44",
           "zone": "metro", "du": V1} | wrong  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.create(**row)


def test_one_living_row_per_code() -> None:
    Epci.objects.create(code="200000001", type="CC", nom="A", cle="a", du=V1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Epci.objects.create(code="200000001", type="CC", nom="B", cle="b", du=V2)
