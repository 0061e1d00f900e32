from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from palier.base.identifiers import is_siren
from palier.synthetic import generate_territoire
from palier.tables import schema
from tests.unit.synthetic.outils import AU, TABLES, territoire, to_bytes


@pytest.mark.parametrize("table", TABLES)
def test_types_are_those_of_the_registry(table: str) -> None:
    frame = getattr(territoire(), table)
    assert dict(frame.schema) == schema(table).polars
    for nom in schema(table).obligatoires:
        assert frame[nom].null_count() == 0, nom
    if cle := schema(table).cle:
        assert not frame.select(cle).is_duplicated().any()


def test_size_is_that_of_the_epci() -> None:
    t = territoire()
    assert (t.siren, t.nom) == ("246700488", "Eurométropole de Strasbourg")
    assert (len(t.demandes), len(t.logements), len(t.communes)) == (20_000, 52_000, 33)
    leases = t.baux.filter(pl.col("bail_date").is_not_null())
    assert len(leases) / 3 == pytest.approx(4_800, rel=0.02)


@pytest.mark.parametrize("table", TABLES)
def test_same_seed_same_bytes(table: str) -> None:
    first, again = territoire(5, 0.05), generate_territoire(5, AU, 0.05)
    other = territoire(6, 0.05)
    assert to_bytes(getattr(first, table)) == to_bytes(getattr(again, table))
    assert to_bytes(getattr(first, table)) != to_bytes(getattr(other, table))


def test_same_bytes_in_another_process_with_one_thread(racine: Path) -> None:
    code = (
        "import hashlib\n"
        "from tests.unit.synthetic.outils import TABLES, territoire, to_bytes\n"
        "t = territoire(5, 0.05)\n"
        "print(hashlib.sha256(b''.join(to_bytes(getattr(t, n)) for n in TABLES)).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"POLARS_MAX_THREADS": threads, "PATH": "", "PYTHONHASHSEED": threads},
            capture_output=True,
            text=True,
            check=True,
            cwd=racine,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(digests) == 1


@pytest.mark.parametrize("taille", [0.001, 0.01, 0.2])
def test_small_territories_hold_together(taille: float) -> None:
    t = territoire(3, taille)
    assert len(t.demandes) == round(20_000 * taille)
    assert set(t.personnes["numero_unique"]) == set(t.demandes["numero_unique"])
    assert set(t.baux["logement_id"].drop_nulls()) <= set(t.logements["logement_id"])


def test_a_spoilt_request_is_made_only_on_demand() -> None:
    spoilt = pl.col("ressources_mensuelles_cent").eq(0) & pl.col("loyer_cent").gt(0)
    assert territoire().demandes.filter(spoilt).is_empty()
    made = generate_territoire(1, AU, 0.1, ressources_nulles_avec_loyer=40).demandes.filter(spoilt)
    assert 30 <= len(made) <= 40  # a few answers are left empty


def test_invented_codes_say_so() -> None:
    t = territoire()
    assert t.demandes["numero_unique"].str.slice(13, 3).eq("INV").all()
    assert t.logements["logement_id"].str.starts_with("INV").all()
    assert t.logements["qpv_code"].drop_nulls().str.starts_with("INV-67-").all()
    assert t.logements["qpv_code"].n_unique() == 22
    landlords = set(t.logements["bailleur"]) | set(t.demandes["bailleur_siren"].drop_nulls())
    assert all(is_siren(s) and s.startswith("000") for s in landlords)


def test_each_home_is_let_once_at_its_typology_and_place() -> None:
    t = territoire()
    leases = t.baux.filter(pl.col("logement_id").is_not_null())
    assert not leases["logement_id"].is_duplicated().any()
    joined = leases.join(t.logements, on="logement_id", suffix="_parc")
    assert len(joined) == len(leases)
    for nom in ("typologie", "commune_code", "qpv_code"):
        assert joined[nom].eq_missing(joined[f"{nom}_parc"]).all(), nom


def test_waits_are_those_of_a_real_file() -> None:
    baux = territoire().baux
    assert (baux["entree_date"] >= baux["date_depot_initial"]).all()
    ended = baux.filter(pl.col("sortie_date").is_not_null())
    assert (ended["sortie_date"] >= ended["entree_date"]).all()
    assert (ended["sortie_date"] <= AU).all()
    assert (ended["sortie_motif"].eq("attribution") == ended["bail_date"].is_not_null()).all()
    cohort = baux.filter(
        pl.col("date_depot_initial").is_between(AU.replace(year=2023), AU.replace(year=2025))
    )
    housed = pl.col("bail_date").is_not_null() & (
        pl.col("bail_date") <= pl.col("date_depot_initial").dt.offset_by("12mo")
    )
    share = dict(cohort.group_by("typologie").agg(housed.mean()).iter_rows())
    assert share["t1"] < 0.6 * share["t3"] < share["t3"] < share["t4"]
    still = (pl.col("sortie_date") > pl.col("date_depot_initial").dt.offset_by("13mo")) | pl.col(
        "sortie_date"
    ).is_null()
    assert cohort.select(still.mean()).item() == pytest.approx(0.49, abs=0.05)


def test_offers_decisions_and_events_tell_one_story() -> None:
    t = territoire()
    known = pl.concat([t.demandes["numero_unique"], t.baux["numero_unique"]])
    for frame in (t.propositions, t.decisions):
        assert frame["numero_unique"].is_in(known.implode()).all()
        assert frame["logement_id"].is_in(t.logements["logement_id"].implode()).all()
    assert t.evenements["numero_unique"].is_in(t.demandes["numero_unique"].implode()).all()
    won = t.baux.filter(pl.col("bail_date").is_not_null()).select("logement_id", "numero_unique", "bail_date")
    decided = won.join(t.decisions, on=["logement_id", "numero_unique"])
    assert len(decided) == len(won)
    assert (decided["decision_date"] <= decided["bail_date"]).all()
    assert decided["decision"].is_in(["attribution", "attribution_rang", "attribution_condition"]).all()
    refused = t.decisions.filter(pl.col("decision") == "non_attribution")
    assert (refused["decision_motif"].is_not_null()).all()
    assert refused["decision_rang"].null_count() == len(refused)
    ranks = t.decisions.filter(pl.col("decision_rang").is_not_null())
    assert not ranks.select("logement_id", "decision_rang").is_duplicated().any()
    declined = t.propositions.join(won, on=["logement_id", "numero_unique"], how="anti")
    proposals = t.evenements.filter(pl.col("evenement_type") == "proposition")
    assert len(declined) == len(proposals)
    told = declined.join(
        proposals.rename({"evenement_date": "proposition_date"}),
        on=["numero_unique", "proposition_date", "adaptee"],
    )
    assert len(told) >= len(declined)
    later = won.join(t.propositions, on=["logement_id", "numero_unique"]).join(
        declined, on="logement_id", suffix="_un"
    )
    assert len(later) == len(declined)
    assert ((later["proposition_date"] - later["proposition_date_un"]).dt.total_days() == 12).all()
    assert (later["proposition_date"] <= later["bail_date"]).all()
    presented = t.decisions.join(won, on=["logement_id", "numero_unique"], how="anti")
    waiting = t.demandes.filter(pl.col("statut").is_in(["active", "en_attente_piece"]))
    assert set(presented["numero_unique"]) <= set(waiting["numero_unique"])
    answers = t.evenements.filter(pl.col("evenement_type").is_in(["offre_refusee", "offre_sans_reponse"]))
    assert len(answers) == len(declined)


def test_events_stand_between_filing_and_today() -> None:
    t = territoire()
    dated = t.evenements.join(t.demandes.select("numero_unique", "date_depot_initial"), on="numero_unique")
    assert (dated["evenement_date"] >= dated["date_depot_initial"]).all()
    assert (dated["evenement_date"] <= AU).all()
    closed = t.demandes.filter(pl.col("statut").is_in(["attribuee", "radiee"]))
    ended = t.evenements.filter(pl.col("evenement_type") == "radiation")
    assert set(ended["numero_unique"]) == set(closed["numero_unique"])
