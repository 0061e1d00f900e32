"""Oracles and bad inputs of public offers, as rows: each refused with its code, its place, its words."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from palier import law
from palier.web.apps.offres.rules import (
    LectureOffres,
    OffreSaisie,
    can_move,
    check_move,
    check_publicite,
    decide_flux,
    load_loi,
    load_parametres,
    read_offres,
    read_saisies,
    state,
)
from palier.web.apps.offres.rules.controles import textes
from palier.web.apps.offres.rules.energie import check_mentions, mentions
from palier.web.apps.offres.rules.etats import expires_on, promise, remind_on
from palier.web.apps.offres.rules.photos import check_photo
from tests.cases.offres.outils import AU, bases, change, contexte, make_file, read_cases, write_csv
from tests.cases.offres.photos import PHOTOS

PARAMETRES = load_parametres()
PERSONNELS = ("0612345678", "06 12 34 56 78", "dupont", "bailleur67", "4512A", "j.d")


def codes(lecture: LectureOffres) -> set[str]:
    return {p.code for p in lecture.problemes}


def warnings(lecture: LectureOffres) -> set[str]:
    return {p.code for p in lecture.avertissements}


def by_both_doors(ligne: dict[str, Any], tmp_path: Path) -> LectureOffres:
    """Read one offer from a CSV and from JSON: they say the same."""
    write_csv(tmp_path / "offres.csv", [ligne])
    by_csv = read_offres(tmp_path / "offres.csv", contexte())
    by_json = read_saisies([ligne], contexte())
    assert codes(by_csv) == codes(by_json)
    assert warnings(by_csv) == warnings(by_json)
    assert [x.offre for x in by_csv.lignes] == [x.offre for x in by_json.lignes]
    return by_csv


VALIDES = read_cases("valides")


@pytest.mark.parametrize("cas", VALIDES, ids=[str(c["nom"]) for c in VALIDES])
def test_a_good_offer_passes(cas: Any, tmp_path: Path) -> None:
    lue = by_both_doors(bases()[str(cas["nom"])], tmp_path)
    assert [str(p) for p in lue.problemes] == []
    assert len(lue.lignes) == 1
    assert lue.ignorees == []
    assert warnings(lue) == {str(code) for code in cas["avertissements"]}


MAUVAISES = read_cases("mauvaises")


@pytest.mark.parametrize("cas", MAUVAISES, ids=[f"{c['groupe']} {c['nom']}" for c in MAUVAISES])
def test_a_bad_offer_is_told(cas: Any, tmp_path: Path) -> None:
    row = change(bases()[str(cas["base"])], cas["avec"])
    lue = read_saisies([row], contexte()) if "porte" in cas else by_both_doors(row, tmp_path)
    wanted = {str(code) for code in cas["attendu"]}
    if "avertissement" in cas:
        assert codes(lue) == set()
        assert wanted <= warnings(lue)
        assert len(lue.lignes) == 1
    else:
        more = {str(code) for code in cas.get("aussi", [])}
        assert codes(lue) | (warnings(lue) & more) == wanted | more
        assert lue.lignes == []
        assert lue.rejets.height > 0
    said = [plain(str(p)) for p in (*lue.problemes, *lue.avertissements) if p.code in wanted]
    assert any(words in text for words in str(cas["fragment"]).split("|") for text in said), said
    assert all("ligne 2" in text or "élément 1" in text for text in said)
    for text in said:
        assert not any(secret in text for secret in PERSONNELS), text


BORNES = read_cases("bornes")


@pytest.mark.parametrize("cas", BORNES, ids=[str(c["nom"]) for c in BORNES])
def test_an_offer_on_a_threshold(cas: Any) -> None:
    au = dt.date.fromisoformat(str(cas.get("au", AU.isoformat())))
    lue = read_saisies([change(bases()[str(cas["base"])], cas["avec"])], contexte(au))
    assert codes(lue) == {str(code) for code in cas["attendu"]}
    assert {str(code) for code in cas.get("dits", [])} <= warnings(lue)
    assert not {str(code) for code in cas.get("tus", [])} & warnings(lue)
    assert str(cas.get("fragment", "")) in " ".join(str(p) for p in lue.problemes)


def test_the_groups_of_the_domain_page_are_all_there() -> None:
    seen = {int(str(c["groupe"])) for c in (*MAUVAISES, *read_cases("fichiers"))}
    elsewhere = {23, 28, 32}  # flux.yaml and photos.py
    assert seen | elsewhere == set(range(1, 37))


FICHIERS = read_cases("fichiers")


@pytest.mark.parametrize("cas", FICHIERS, ids=[f"{c['groupe']} {c['nom']}" for c in FICHIERS])
def test_a_file_is_read_or_told(cas: Any, tmp_path: Path) -> None:
    path = make_file(cas, tmp_path)
    lue = read_offres(path, contexte())
    wanted = {str(code) for code in cas["attendu"]}
    more = {str(code) for code in cas.get("aussi", [])}
    if "avertissement" in cas:
        assert (codes(lue), wanted <= warnings(lue)) == (set(), True)
    else:
        assert codes(lue) - more == wanted
    assert len(lue.lignes) == (1 if not wanted or "avertissement" in cas else 0)
    if wanted:
        said = [str(p) for p in (*lue.problemes, *lue.avertissements) if p.code in wanted]
        assert any(words in text for words in str(cas["fragment"]).split("|") for text in said), said
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


FLUX = read_cases("flux")


@pytest.mark.parametrize("cas", FLUX, ids=[str(c["nom"]) for c in FLUX])
def test_feed(cas: Any) -> None:
    def number(key: str) -> int:
        return int(str(cas.get(key, "0")))

    online = {f"A-{i}" for i in range(number("en_ligne"))}
    kept = number("recues")
    received = {f"A-{i}" for i in range(kept)} | {f"N-{i}" for i in range(number("nouvelles"))}
    made = decide_flux(
        online,
        received,
        PARAMETRES,
        complet=str(cas.get("complet", "oui")) == "oui",
        rejetees={f"A-{i}" for i in range(kept, kept + number("rejetees"))},
        lignes_sans_reference=number("sans_reference"),
        fichier_du=dt.datetime.fromisoformat(str(cas["fichier_du"])) if "fichier_du" in cas else None,
        dernier_du=dt.datetime.fromisoformat(str(cas["dernier_du"])) if "dernier_du" in cas else None,
        accepte=str(cas.get("accepte", "non")) == "oui",
        ou="flux.csv",
    )
    assert (made.suite, len(made.retirees)) == (str(cas["suite"]), number("retirees"))
    assert (len(made.confirmees), len(made.nouvelles)) == (kept, number("nouvelles"))
    assert [p.code for p in made.problemes] == [str(code) for code in cas["attendu"]]
    assert not cas["attendu"] or any(str(cas["fragment"]) in plain(str(p)) for p in made.problemes)


FRAICHEUR = read_cases("fraicheur")


@pytest.mark.parametrize("cas", FRAICHEUR["ages"], ids=[f"âge {c['age']}" for c in FRAICHEUR["ages"]])
def test_o40_state_by_age(cas: Any) -> None:
    found = state(AU - dt.timedelta(days=int(str(cas["age"]))), AU, PARAMETRES)
    assert found == (str(cas["statut"]), str(cas["motif"]) if "motif" in cas else None)


def test_the_days_of_the_mail_and_of_the_end() -> None:
    assert remind_on(AU, PARAMETRES) == AU + dt.timedelta(days=5)
    assert state(AU, expires_on(AU, PARAMETRES), PARAMETRES)[0] == "retiree"
    assert state(AU, expires_on(AU, PARAMETRES) - dt.timedelta(days=1), PARAMETRES)[0] == "a_confirmer"


@pytest.mark.parametrize(
    "cas", FRAICHEUR["fleches"], ids=["-".join(map(str, c.values())) for c in FRAICHEUR["fleches"]]
)
def test_arrow(cas: Any) -> None:
    asked: Any = str(cas["de"]), str(cas["vers"]), str(cas["motif"]) if "motif" in cas else None
    assert can_move(*asked) is (str(cas["permis"]) == "oui")
    assert [p.code for p in check_move(*asked, ou="A-1")] == (
        [] if str(cas["permis"]) == "oui" else ["OFF-100"]
    )


@pytest.mark.parametrize("cas", FRAICHEUR["promesse"])
def test_promise(cas: Any) -> None:
    ages = {int(age): int(str(n)) for age, n in cas["ages"].items()}
    assert promise(ages, PARAMETRES) == (int(str(cas["tenues"])), int(str(cas["total"])))


ANNONCES = read_cases("annonces")


@pytest.mark.parametrize("cas", ANNONCES["publicite"], ids=[str(c["nom"]) for c in ANNONCES["publicite"]])
def test_o10_proof_of_publicity(cas: Any) -> None:
    def day(key: str) -> dt.date | None:
        return dt.date.fromisoformat(str(cas[key])) if key in cas else None

    loi = load_loi(law.at(day("au") or AU, non_verifie=True))
    medias = {media: dt.date.fromisoformat(str(jour)) for media, jour in cas["medias"].items()}
    later = {"reporter": _next_monday} if "reporte" in cas else {}
    proof = check_publicite(
        medias, loi, day("limite"), type_bien=str(cas.get("type_bien", "appartement")), ou="V-12", **later
    )
    assert [p.code for p in proof.problemes] == [str(code) for code in cas["attendu"]]
    assert proof.is_complete is (not cas["attendu"])
    assert proof.offres_jusqu_au == day("jusqu_au")
    if cas["attendu"]:
        assert any(str(cas["fragment"]) in str(p).replace("\u00a0", " ") for p in proof.problemes)


def _next_monday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def offer(raw: Any) -> OffreSaisie:
    read: dict[str, Any] = {"nature": "location"}
    for champ, value in raw.items():
        text = str(value)
        read[champ] = int(text) if text.isdigit() and champ != "reference_bailleur" else text
    return OffreSaisie(**read)


@pytest.mark.parametrize("cas", ANNONCES["mentions"], ids=[str(c["nom"]) for c in ANNONCES["mentions"]])
def test_words_of_energy(cas: Any) -> None:
    offre, loi = offer(cas["offre"]), contexte().loi
    found = mentions(offre, loi)
    assert [plain(m) for m in found] == [str(m) for m in cas["attendu"]]
    assert check_mentions(" / ".join(found).upper(), offre, loi) == []


@pytest.mark.parametrize("cas", ANNONCES["textes"], ids=[str(c["nom"]) for c in ANNONCES["textes"]])
def test_a_written_ad_has_its_words(cas: Any) -> None:
    offre = OffreSaisie(nature="vente_hlm", dpe_classe="f", ges_classe="f")
    found = check_mentions(str(cas["texte"]), offre, contexte().loi)
    assert [a.code for a in found] == [str(code) for code in cas["attendu"]]
    assert not found or any(str(cas["fragment"]) in str(a.problem("annonce")) for a in found)


TEXTES = read_cases("textes")


@pytest.mark.parametrize("cas", TEXTES, ids=[str(c["texte"])[:40] for c in TEXTES])
def test_words_of_a_description(cas: Any) -> None:
    texts = {champ: str(value) for champ, value in cas.get("avec", {}).items()}
    offre = OffreSaisie(description=str(cas["texte"]), **texts)  # type: ignore[arg-type]
    found = {a.code for a in textes.check(offre, contexte())}
    assert found == {str(code) for code in cas["attendu"]}


@pytest.mark.parametrize(("nom", "octets", "attendu", "genre"), PHOTOS, ids=[p[0] for p in PHOTOS])
def test_picture(nom: str, octets: bytes, attendu: list[str], genre: str | None) -> None:
    photo, found = check_photo(octets)
    assert [a.code for a in found] == attendu
    assert (photo.format if photo else None) == genre
    assert all(str(a.problem(nom)) for a in found)


def test_all_faults_at_once(tmp_path: Path) -> None:
    bad = {
        "Code INSEE": "67998", "Loyer HC": "abc", "DPE": "", "Surface habitable (m²)": "3",
        "SIREN": "732829321", "Disponible": "31/02/2027", "Descriptif": "Pas d'enfants. Digicode 4512A.",
        "Mail": "x@gmail.com",
    }  # fmt: skip
    lue = by_both_doors(change(bases()["location"], bad), tmp_path)
    assert codes(lue) == {
        "OFF-030", "TAB-040", "OFF-090", "OFF-050", "OFF-010", "TAB-030", "OFF-150", "OFF-142", "OFF-161",
    }  # fmt: skip
    assert "OFF-020" not in codes(lue), "une cellule illisible n'est pas une cellule vide"


def test_a_missing_title_does_not_hide_the_rest(tmp_path: Path) -> None:
    row = change(bases()["location"], {"DPE": "H", "Étage": "12"})
    write_csv(tmp_path / "a.csv", [{k: v for k, v in row.items() if k != "Code INSEE"}])
    lue = read_offres(tmp_path / "a.csv", contexte())
    assert lue.fichier_refuse
    assert codes(lue) == {"TAB-010", "TAB-050", "OFF-053"}


def test_good_rows_stand_beside_bad_ones(tmp_path: Path) -> None:
    rows = [change(bases()["location"], {"Référence": f"A-{i}"}) for i in range(6)]
    rows[1] = change(rows[1], {"Loyer HC": "0"})
    rows[4] = change(rows[4], {"Référence": "", "Loyer HC": "0"})
    write_csv(tmp_path / "a.csv", rows)
    lue = read_offres(tmp_path / "a.csv", contexte())
    assert [x.ligne for x in lue.lignes] == [2, 4, 5, 7]
    assert lue.references_rejetees == {"A-1"}
    assert lue.lignes_sans_reference == 1
    assert not lue.is_acceptable
    place = next(p.ou for p in lue.problemes if p.code == "OFF-060")
    assert place == "a.csv, lignes 3, 6, colonne « Loyer HC »"


def test_an_offer_without_siren_is_its_senders(tmp_path: Path) -> None:
    row = {k: v for k, v in bases()["location"].items() if k != "SIREN"}
    lue = by_both_doors(row, tmp_path)
    assert lue.lignes[0].offre.bailleur == "732829320"
    assert codes(read_saisies([row], contexte(emetteur=None))) == {"OFF-020"}


def test_what_was_read_is_exact(tmp_path: Path) -> None:
    offre = by_both_doors(bases()["location"], tmp_path).lignes[0].offre
    assert (offre.loyer_logement_cent, offre.charges_logement_cent) == (41250, 9800)
    assert (offre.longitude, offre.latitude) == (Decimal("7.7466"), Decimal("48.6053"))
    assert offre.equipements == {"balcon", "cave", "chauffage_collectif"}
    assert (offre.typologie, offre.etage, offre.disponible_date) == ("t3", 2, dt.date(2027, 1, 15))
    local = by_both_doors(bases()["local d'activité"], tmp_path).lignes[0].offre
    assert (local.vitrine_cm, local.hauteur_plafond_cm, local.loyer_an_cent) == (420, 310, 720000)
    assert json.loads(json.dumps(offre.to_dict()))["equipements"] == ["balcon", "cave", "chauffage_collectif"]
