"""A generated request never contradicts itself."""

from __future__ import annotations

import polars as pl
import pytest

from palier.base.identifiers import is_commune, parse_numero_unique
from palier.formats.controles import controles
from palier.tables import schema
from tests.unit.synthetic.outils import AU, TABLES, has, territoire

D = schema("demandes")
MOTIFS, FAITS, PUBLICS = D["motifs"], D["verifie_piece"], D["publics_declares"]


def _motif(code: str) -> pl.Expr:
    return has("motifs", MOTIFS.codes.index(code))


def _n(nom: str) -> pl.Expr:
    return pl.col(nom).cast(pl.Int64)


def _public(code: str, colonne: str = "publics_declares") -> pl.Expr:
    return has(colonne, PUBLICS.codes.index(code))


def _proof(colonne: str, fait: str) -> pl.Expr:
    return has(colonne, FAITS.codes.index(fait))


def _among(nom: str, *codes: str) -> pl.Expr:
    return pl.col(nom).is_in(codes)


def _known(nom: str) -> pl.Expr:
    return pl.col(nom).is_not_null()


DEPOT = pl.col("date_depot_initial")
COUPLE = pl.col("en_couple")
UNIS = _among("situation_familiale", "marie", "pacs", "concubin")
CLOSE = _among("statut", "attribuee", "radiee")
RECONNU = pl.col("dalo") == "reconnu"
MODE = "logement_mode"
EMPLOI = "situation_professionnelle"
ENFANTS = _n("nb_a_charge") + _n("nb_garde_alternee")
ATTRIBUTION = (pl.col("motif_radiation") == "attribution").fill_null(value=False)

ALWAYS: dict[str, pl.Expr] = {
    "mineurs et adulte": _n("nb_mineurs") <= _n("nb_personnes") - 1,
    "moins de 14 parmi les mineurs": _n("nb_moins_14") <= _n("nb_mineurs"),
    "à charge et gardes hors adultes": _n("nb_personnes") > ENFANTS,
    "couple et naissance du conjoint": _known("conjoint_naissance") == COUPLE,
    "séparation sans couple": ~(COUPLE & _motif("separation")),
    "renouvellement récent": pl.col("date_renouvellement") > AU.replace(year=AU.year - 2),
    "renouvelée après un an": pl.col("date_renouvellement") >= DEPOT.dt.offset_by("11mo"),
    "horodatage du dépôt": pl.col("horodatage_depot").dt.date() == DEPOT,
    "logé avant de demander": pl.col("logement_depuis") <= DEPOT,
    "logé depuis sa naissance": pl.col("logement_depuis") >= pl.col("naissance"),
    "DALO après le dépôt": pl.col("dalo_date") >= DEPOT,
    "validé parmi les déclarés": pl.col("publics_valides") & ~pl.col("publics_declares") == 0,
    "trois motifs au plus": pl.col("motifs").bitwise_count_ones().is_between(1, 3),
    "titre de séjour": (pl.col("nationalite") == "hors_ue") == _known("titre_sejour_au"),
    "naissance attendue": (pl.col("nb_a_naitre") > 0) == _known("naissance_prevue"),
    "close et motif": _known("motif_radiation") == CLOSE,
    "attribuée": (pl.col("statut") == "attribuee") == ATTRIBUTION,
    "aide sous le loyer": pl.col("aide_logement_cent") <= pl.col("loyer_cent"),
}
# the left side holds somewhere, and then the right side holds everywhere
IMPLIES: dict[str, tuple[pl.Expr, pl.Expr]] = {
    "couple et situation": (COUPLE, UNIS),
    "situation et couple": (UNIS, COUPLE),
    "DALO reconnu daté": (RECONNU, _known("dalo_date")),
    "DALO parmi les publics": (RECONNU, _public("dalo", "publics_valides")),
    "public a et handicap": (_public("a"), pl.col("handicap")),
    "public g et violences": (_public("g"), _motif("violences")),
    "public j et enfant": (_public("j"), pl.col("nb_mineurs") > 0),
    "public l et expulsion": (_public("l"), _motif("expulsion")),
    "motif handicap et handicap": (_motif("handicap"), pl.col("handicap")),
    "carte et handicap": (pl.col("nb_carte_invalidite") > 0, pl.col("handicap")),
    "preuve de violences": (_proof("verifie_social", "violences"), _motif("violences")),
    "preuve d'expulsion": (_proof("verifie_piece", "expulsion"), _motif("expulsion")),
    "preuve d'État du DALO": (_proof("verifie_etat", "dalo"), RECONNU),
    "bail et parc social": (_known("bailleur_siren"), _among(MODE, "locataire_hlm")),
    "rue sans surface": (_among(MODE, "sans_abri", "squat"), ~_known("logement_surface_m2")),
    "hébergé sans loyer": (_among(MODE, "chez_parents", "sans_abri"), pl.col("loyer_cent") == 0),
    "locataire et loyer": (_among(MODE, "locataire_hlm", "locataire_prive"), pl.col("loyer_cent") > 0),
    "travail et commune": (_known("commune_travail"), ~_among(EMPLOI, "retraite", "chomage")),
    "sans emploi depuis": (_known("sans_emploi_depuis"), _among(EMPLOI, "chomage", "sans_activite")),
    "sans ressources": (
        pl.col("ressources_mensuelles_cent") == 0,
        ~_among(MODE, "locataire_hlm", "locataire_prive", "proprietaire", "fonction"),
    ),
    "démolition et ANRU": (pl.col("label_anru"), _motif("demolition")),
}


def _faults(expr: pl.Expr) -> pl.DataFrame:
    return territoire().demandes.filter(~expr)


@pytest.mark.parametrize("nom", ALWAYS)
def test_always(nom: str) -> None:
    assert _faults(ALWAYS[nom]).is_empty()
    assert territoire().demandes.select(ALWAYS[nom].count()).item() > 0


@pytest.mark.parametrize("nom", IMPLIES)
def test_implies(nom: str) -> None:
    cause, effect = IMPLIES[nom]
    assert not territoire().demandes.filter(cause).is_empty()
    assert _faults(~cause | effect).is_empty()


@pytest.mark.parametrize("table", ["demandes", "personnes", "evenements", "publics"])
def test_the_reader_finds_nothing_to_refuse(table: str) -> None:
    frame = getattr(territoire(), table)
    for check in controles(AU):
        if check.besoin <= set(frame.columns):
            assert frame.select(check.faute.fill_null(value=False).sum()).item() == 0, check


@pytest.mark.parametrize("table", TABLES)
def test_values_stay_within_the_bounds_of_the_registry(table: str) -> None:
    frame = getattr(territoire(), table)
    for colonne in schema(table).colonnes:
        valeurs = frame[colonne.nom].drop_nulls()
        if colonne.type in ("entier", "cent"):
            assert colonne.minimum is None or valeurs.min() >= int(colonne.minimum), colonne.nom
            assert colonne.maximum is None or valeurs.max() <= int(colonne.maximum), colonne.nom
        if colonne.motif:
            assert valeurs.str.contains(colonne.motif).all(), colonne.nom
        if colonne.commune:
            codes = valeurs.explode() if colonne.type == "liste" else valeurs
            assert all(is_commune(code) for code in codes.unique()), colonne.nom


def test_numbers_agree_with_the_filing() -> None:
    for numero, depot in (
        territoire().demandes.select("numero_unique", "date_depot_initial").head(500).iter_rows()
    ):
        assert parse_numero_unique(numero).agrees_with(depot)
        assert numero.startswith("067")


def test_people_are_those_that_the_request_counts() -> None:
    t = territoire()
    age = (pl.lit(AU) - pl.col("personne_naissance")).dt.total_days() / 365.25
    enfant = pl.col("personne_lien") == "enfant"
    counted = t.personnes.group_by("numero_unique").agg(
        pl.len().alias("n"),
        pl.col("personne_a_charge").sum().alias("charge"),
        (enfant & (age < 17.99)).sum().alias("mineurs_bas"),
        (enfant & (age < 18.01)).sum().alias("mineurs_haut"),
        (pl.col("personne_garde") == "alternee").sum().alias("alternee"),
        pl.col("personne_naissance").filter(pl.col("personne_lien") == "demandeur").first().alias("nee"),
        pl.col("personne_rang").max().alias("rang"),
        pl.col("personne_carte_invalidite").sum().alias("cartes"),
        pl.col("personne_naissance").filter(enfant).min().alias("ainé"),
    )
    joined = t.demandes.join(counted, on="numero_unique")
    assert len(joined) == len(t.demandes)
    for gauche, droite in (
        ("nb_personnes", "n"),
        ("nb_a_charge", "charge"),
        ("nb_garde_alternee", "alternee"),
    ):
        assert (joined[gauche] == joined[droite]).all(), gauche
    assert joined["nb_mineurs"].is_between(joined["mineurs_bas"], joined["mineurs_haut"]).all()
    assert (joined["nb_carte_invalidite"] == joined["cartes"]).all()
    assert (joined["ainé"] > joined["naissance"].dt.offset_by("16y")).all()
    assert (joined["nee"] == joined["naissance"]).all()
    assert (joined["rang"] == joined["n"]).all()


def test_publics_table_says_what_the_sets_say() -> None:
    t = territoire()
    bits = {code: 1 << i for i, code in enumerate(PUBLICS.codes)}
    rows = t.publics.with_columns(
        pl.col("public_code").cast(pl.String).replace_strict(bits, return_dtype=pl.UInt32).alias("bit")
    )
    sums = rows.group_by("numero_unique").agg(
        pl.col("bit").sum().alias("declares"),
        pl.col("bit").filter(pl.col("public_etat") == "valide").sum().alias("valides"),
    )
    joined = t.demandes.join(sums, on="numero_unique", how="left").with_columns(
        pl.col("declares", "valides").fill_null(0)
    )
    assert (joined["declares"] == joined["publics_declares"]).all()
    assert (joined["valides"] == joined["publics_valides"]).all()
    decided = t.publics.filter(pl.col("public_etat") != "declare")
    assert decided["public_date"].null_count() == 0
