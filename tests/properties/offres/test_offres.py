"""Whatever is sent, the reading of a lot answers with problems: it never raises."""

from __future__ import annotations

import datetime as dt
import string
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from palier.tables import schema
from palier.web.apps.offres.rules import (
    OffreSaisie,
    check_offre,
    decide_flux,
    load_parametres,
    read_offres,
    read_saisies,
    state,
)
from palier.web.apps.offres.rules.anomalies import AVERTISSEMENTS
from palier.web.apps.offres.rules.controles import textes
from palier.web.apps.offres.rules.doublons import Fiche, address_key, find_suspects
from palier.web.apps.offres.rules.photos import check_photo
from tests.cases.offres.outils import AU, bases, change, contexte
from tests.cases.offres.photos import PHOTOS

COLONNES = schema("offres").colonnes
TITRES = list(bases()["location"])
PARAMETRES = load_parametres()
TEXTE = st.text(max_size=80) | st.sampled_from(
    ["", "0", "-1", "1e9", "NaN", "31/02/2027", "45658", "T3", "oui", "67447", "97411", "é" * 3000, "\x00",
     "=1+1", "<b>", "Ã©", "06 12 34 56 78", "99999999999999999999", "1 234,50 €", "a|b|c", "\ud83c", "𝟞𝟝",
     "٣",      "plain_pied|plain_pied"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(TITRES), TEXTE, max_size=6))
def test_any_cells_of_a_good_offer_are_read_or_told(avec: dict[str, str]) -> None:
    lue = read_saisies([{**bases()["location"], **avec}], contexte())
    assert (len(lue.lignes) == 1) == (not lue.problemes)
    assert lue.lignes_lues == 1


@given(
    st.lists(
        st.dictionaries(st.sampled_from([c.nom for c in COLONNES]) | st.text(max_size=8), JSON, max_size=8),
        max_size=3,
    )
)
def test_any_json_is_read_or_told(objets: list[dict[str, Any]]) -> None:
    lue = read_saisies(objets, contexte())
    assert len(lue.lignes) <= len(objets)
    assert all(p.code and p.constat and p.que_faire for p in (*lue.problemes, *lue.avertissements))


@given(
    st.sampled_from(["a.json", "a.csv", "a.xlsx", "a.parquet"]),
    st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
)
@example("a.json", b'[{"a": 1e999}]')
@example("a.json", b'{"offres": [[]]}')
@example("a.json", b"\xef\xbb\xbf[]")
@example("a.json", b'["a"]')
@settings(max_examples=100)
def test_any_bytes_are_read_or_told(nom: str, octets: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / nom
        path.write_bytes(octets)
        lue = read_offres(path, contexte())
    assert lue.problemes or lue.lignes
    assert lue.fichier_refuse <= (not lue.lignes)


@cache
def _good() -> OffreSaisie:
    return read_saisies([bases()["location"]], contexte()).lignes[0].offre


def _value(colonne: Any) -> st.SearchStrategy[Any]:
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "texte": st.text(max_size=60) | st.text(string.digits, max_size=12),
        "entier": st.integers(-5, 3_000),
        "cent": st.integers(-100, 10**10),
        "date": st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)),
        "booleen": st.booleans(),
        "degre": st.decimals(-1_000, 7_000_000, places=6),
    }
    if colonne.type == "code":
        return st.sampled_from([*colonne.codes, "inconnu"])
    if colonne.type == "ensemble":
        return st.frozensets(st.sampled_from(colonne.codes), max_size=4)
    return kinds[colonne.type]


ANY = st.fixed_dictionaries(
    {}, optional={c.nom: st.none() | _value(c) for c in COLONNES if c.nom in OffreSaisie.__slots__}
)


@given(ANY)
@settings(max_examples=100)
def test_any_typed_offer_is_judged(values: dict[str, Any]) -> None:
    offre = OffreSaisie(**values)
    found = check_offre(offre, contexte())
    for anomalie in found:
        assert anomalie.problem("ici").constat
        assert anomalie.niveau == ("avertissement" if anomalie.code in AVERTISSEMENTS else "bloquant")
    assert check_offre(offre, contexte()) == found


@given(
    st.sampled_from(
        [
            n
            for n in OffreSaisie.__slots__
            if n not in ("nature", "type_bien", "livraison_date", "public_reserve")
        ]
    )
)
@settings(max_examples=90)
def test_taking_an_answer_away_never_makes_another_field_missing(champ: str) -> None:
    offre = _good()
    values = {nom: getattr(offre, nom) for nom in OffreSaisie.__slots__} | {champ: None}
    missing = {a.champ for a in check_offre(OffreSaisie(**values), contexte()) if a.code == "OFF-020"}
    assert missing <= {champ}


@given(st.permutations(range(4)))
@settings(max_examples=20)
def test_the_order_of_the_rows_changes_no_judgement(order: list[int]) -> None:
    spoilt = [{}, {"Loyer HC": "0"}, {"DPE": "G"}, {"Étage": "99"}]
    rows = [change(bases()["location"], {"Référence": f"A-{i}", **spoil}) for i, spoil in enumerate(spoilt)]
    lue = read_saisies([rows[i] for i in order], contexte())
    told = {(order[ligne - 1], code) for ligne, code in lue.rejets.select("ligne", "code").iter_rows()}
    assert told == {(1, "OFF-060"), (2, "OFF-097"), (3, "TAB-045")}


@given(st.dates(), st.integers(-30, 400))
def test_the_state_follows_the_age_alone(jour: dt.date, age: int) -> None:
    if not dt.date(1, 3, 1) < jour < dt.date(9998, 1, 1):
        return
    found = state(jour, jour + dt.timedelta(days=age), PARAMETRES)
    assert found == state(AU, AU + dt.timedelta(days=age), PARAMETRES)
    assert (found[1] is not None) == (found[0] == "retiree")


REFS = st.frozensets(st.integers(0, 30).map(str), max_size=25)


@given(REFS, REFS, REFS, st.booleans(), st.integers(0, 2))
def test_a_feed_never_loses_nor_invents_a_reference(
    online: frozenset[str], received: frozenset[str], refused: frozenset[str], complet: bool, sans: int
) -> None:
    made = decide_flux(
        online, received, PARAMETRES, complet=complet, rejetees=refused - received, lignes_sans_reference=sans
    )
    assert made.nouvelles | made.confirmees == received
    assert made.retirees <= online - received - refused or not made.retirees
    assert not made.nouvelles & online
    assert (made.suite == "applique") == (not made.problemes)
    if made.suite == "applique" and complet and online:
        assert 100 * len(made.retirees) <= PARAMETRES.baisse_max_pour_cent * len(online)
    sure = decide_flux(
        online, received, PARAMETRES, complet=complet, rejetees=refused - received, accepte=True
    )
    assert sure.suite in ("applique", "refuse")


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(adresse: str) -> None:
    cle = address_key(adresse)
    assert not cle or address_key(cle) == cle


@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"), st.sampled_from(["1 rue X", "1 r X", "2 rue X"]), st.integers(40, 43)
        ),
        max_size=8,
    )
)
def test_suspects_are_pairs_of_two_landlords(rows: list[tuple[str, str, int]]) -> None:
    fiches = [
        Fiche(i, siren, "67447", adresse, "location", "t2", m2, 1)
        for i, (siren, adresse, m2) in enumerate(rows)
    ]
    pairs = find_suspects(fiches)
    assert len(set(pairs)) == len(pairs)
    for pair in pairs:
        first, second = fiches[int(str(pair.premier))], fiches[int(str(pair.second))]
        assert first.bailleur != second.bailleur
        assert int(str(pair.premier)) < int(str(pair.second))


@given(st.sampled_from([p[1][:3000] for p in PHOTOS]), st.integers(0, 3000), st.binary(max_size=4))
def test_a_damaged_picture_is_read_or_told(octets: bytes, place: int, damage: bytes) -> None:
    where = place % (len(octets) + 1)
    photo, found = check_photo(octets[:where] + damage + octets[where + len(damage) :])
    assert photo is not None or found


@given(st.decimals(-180, 180, places=6), st.decimals(-90, 90, places=6))
def test_any_point_is_judged_against_a_commune(lon: Decimal, lat: Decimal) -> None:
    offre = OffreSaisie(commune_code="67447", longitude=lon, latitude=lat)
    told = {a.code for a in check_offre(offre, contexte()) if a.champ in ("longitude", "latitude")}
    inside = Decimal("7.69") <= lon <= Decimal("7.78") and Decimal("48.59") <= lat <= Decimal("48.63")
    assert told == set() if inside else len(told) <= 1


def _patterns() -> list[tuple[str, str]]:
    lines = [(nom, line.motif.pattern) for nom in ("interdits", "douteux") for line in textes._list(nom)]
    return [*lines, ("acces", textes._access().pattern), ("occupants", textes._occupants().pattern)]


@given(
    st.sampled_from(_patterns()).flatmap(
        lambda p: st.tuples(st.just(p[0]), st.from_regex(p[1], fullmatch=True))
    )
)
@settings(max_examples=150)
def test_no_quick_look_lets_a_pattern_through(drawn: tuple[str, str]) -> None:
    nom, text = drawn
    assert any(start in text for start in textes.starters(nom)), text
