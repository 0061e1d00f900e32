"""The stock that every contestant reads: drawn once per size, kept as parquet and as raw arrays.

Distributions are plausible, not official: what a measure needs is the right
types, the right share of unknown answers and values on both sides of each
threshold.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl

from palier.tables import schema

AU = dt.date(2026, 11, 24)
EPOQUE = dt.date(1970, 1, 1)
MORCEAU = 100_000
TRAVAIL = Path(__file__).parent / "travail"

# Share of unknown answers, by column; the others are always known.
INCONNUS = {
    "date_renouvellement": 0.12, "naissance": 0.02, "en_couple": 0.02, "nb_personnes": 0.02,
    "nb_a_charge": 0.03, "nb_mineurs": 0.03, "nb_moins_14": 0.05, "handicap": 0.06,
    "nb_carte_invalidite": 0.06, "rfr_n2_eur": 0.08, "ressources_mensuelles_cent": 0.04,
    "situation_professionnelle": 0.05, "travailleur_essentiel": 0.1, "logement_mode": 0.03,
    "logement_depuis": 0.08, "logement_surface_m2": 0.1, "logement_nb_occupants": 0.08,
    "logement_non_decent": 0.12, "loyer_cent": 0.1, "charges_cent": 0.12, "aide_logement_cent": 0.1,
    "motifs": 0.03, "typologies": 0.02, "ascenseur": 0.08, "dalo": 0.04, "publics_valides": 0.08,
    "label_pdalhpd": 0.05, "label_accord_collectif": 0.05, "label_sortant_hebergement": 0.05,
    "vit_sur_territoire": 0.06, "travaille_sur_territoire": 0.08, "zone": 0.02, "verifie_piece": 0.06,
    "verifie_social": 0.1, "verifie_etat": 0.1,
}  # fmt: skip


def draw(n: int, graine: int, morceau: int, premier: int) -> pl.DataFrame:
    """Draw one chunk of the stock: ``n`` requests, numbered from ``premier``."""
    r = np.random.Generator(np.random.PCG64([graine, morceau]))
    today = (AU - EPOQUE).days
    cols: dict[str, np.ndarray] = {}
    waited = np.minimum((-900 * np.log(r.random(n) + 1e-12)).astype(np.int32), 6000)
    filed = (today + 20 - waited).astype(np.int32)
    cols["date_depot_initial"] = filed
    cols["horodatage_depot"] = filed.astype(np.int64) * 86_400_000_000 + r.integers(0, 86_400_000_000, n)
    cols["date_renouvellement"] = np.maximum(filed, today - r.integers(0, 372, n))
    cols["statut"] = r.choice(4, n, p=[0.955, 0.025, 0.012, 0.008])
    age = np.clip(r.gamma(9, 4.6, n), 18, 95)
    cols["naissance"] = (today - age * 365.25).astype(np.int32)
    couple = r.random(n) < 0.32
    cols["en_couple"] = couple
    cols["conjoint_naissance"] = cols["naissance"] + r.integers(-2500, 2500, n, dtype=np.int32)
    charge = np.minimum(r.poisson(0.85, n), 8)
    cols["nb_personnes"] = 1 + couple + charge
    cols["nb_a_charge"] = charge
    cols["nb_mineurs"] = r.binomial(charge, 0.8)
    cols["nb_moins_14"] = r.binomial(cols["nb_mineurs"], 0.7)
    cols["handicap"] = r.random(n) < 0.11
    cols["nb_carte_invalidite"] = r.random(n) < 0.05
    income = (r.lognormal(7.35, 0.55, n) * 100).astype(np.int64)
    income[r.random(n) < 0.02] = 0
    cols["ressources_mensuelles_cent"] = income
    cols["rfr_n2_eur"] = np.clip(income * 12 / 100 * r.uniform(0.5, 1.4, n), 0, 2_000_000).astype(np.int32)
    cols["situation_professionnelle"] = r.integers(0, 9, n)
    cols["travailleur_essentiel"] = r.random(n) < 0.1
    modes = np.array([30, 24, 3, 2, 12, 8, 4, 3, 3, 1, 1, 3, 1, 1, 1, 3]) / 100
    cols["logement_mode"] = r.choice(16, n, p=modes)
    cols["logement_depuis"] = (today - r.integers(30, 9000, n)).astype(np.int32)
    cols["logement_surface_m2"] = np.clip(r.normal(48, 22, n), 7, 200)
    cols["logement_nb_occupants"] = np.minimum(cols["nb_personnes"] + r.poisson(0.5, n), 20)
    cols["logement_non_decent"] = r.random(n) < 0.08
    rent = np.clip(r.normal(52_000, 20_000, n), 0, 200_000).astype(np.int32)
    rent[income == 0] = 0
    some = r.random(n) < 0.0005
    rent[some] = 40_000
    cols["loyer_cent"] = rent
    cols["charges_cent"] = np.where(rent > 0, rent // 10, 0)
    cols["aide_logement_cent"] = np.where(r.random(n) < 0.4, rent // 3, 0)
    first = r.integers(0, 24, n)
    second = np.where(r.random(n) < 0.5, r.integers(0, 24, n), first)
    cols["motifs"] = (1 << first.astype(np.uint32)) | (1 << second.astype(np.uint32))
    wished = np.clip(cols["nb_personnes"], 1, 6)
    cols["typologies"] = (1 << wished) | np.where(r.random(n) < 0.45, 1 << np.minimum(wished + 1, 6), 0)
    cols["ascenseur"] = r.random(n) < 0.15
    cols["dalo"] = r.choice(4, n, p=[0.93, 0.03, 0.035, 0.005])
    cols["publics_valides"] = np.where(r.random(n) < 0.25, 1 << r.integers(0, 16, n), 0)
    for nom, share in (("pdalhpd", 0.02), ("accord_collectif", 0.03), ("sortant_hebergement", 0.03)):
        cols[f"label_{nom}"] = r.random(n) < share
    cols["vit_sur_territoire"] = r.random(n) < 0.7
    cols["travaille_sur_territoire"] = r.random(n) < 0.5
    cols["zone"] = r.choice(3, n, p=[0.12, 0.18, 0.70])
    for nom, share in (("piece", 0.6), ("social", 0.3), ("etat", 0.5)):
        bits = r.integers(0, 1 << 39, n, dtype=np.uint64) | r.integers(0, 1 << 39, n, dtype=np.uint64)
        cols[f"verifie_{nom}"] = np.where(r.random(n) < share, bits, np.uint64(0))
    return _frame(cols, r, n, premier)


def _frame(cols: dict[str, np.ndarray], r: np.random.Generator, n: int, premier: int) -> pl.DataFrame:
    table = schema("demandes")
    order = np.arange(premier, premier + n)
    department = np.char.zfill((1 + order * 7919 % 95).astype(str), 3)
    month = np.char.zfill((1 + order % 12).astype(str), 2)
    year = np.char.zfill((order % 27).astype(str), 2)
    serial = np.char.zfill((order % 1_000_000).astype(str), 6)
    tail = np.char.zfill((order // 1_000_000).astype(str), 5)
    numbers = pl.DataFrame([pl.Series(p.tolist()) for p in (department, month, year, serial, tail)])
    series = [numbers.select(pl.concat_str(pl.all())).to_series().alias("numero_unique")]
    for nom, values in cols.items():
        dtype = table[nom].dtype
        if isinstance(dtype, pl.Enum):
            made = pl.Series(nom, values.astype(np.uint8)).cat.to(dtype)
        elif dtype == pl.Date:
            made = pl.Series(nom, values.astype(np.int32)).cast(pl.Date)
        elif isinstance(dtype, pl.Datetime):
            made = pl.Series(nom, values.astype(np.int64)).cast(dtype)
        elif dtype == pl.Boolean:
            made = pl.Series(nom, values.astype(bool))
        else:
            made = pl.Series(nom, values).cast(dtype)
        share = INCONNUS.get(nom, 0.0)
        if nom == "conjoint_naissance":
            made = made.zip_with(pl.Series(cols["en_couple"]), pl.Series([None], dtype=pl.Date))
            share = 0.05
        if share:
            made = made.zip_with(pl.Series(r.random(n) >= share), pl.Series([None], dtype=dtype))
        series.append(made.alias(nom))
    frame = pl.DataFrame(series)
    return frame.select(c.nom for c in table.colonnes if c.nom in frame.columns)


def stock(taille: int, graine: int = 20261124) -> Path:
    """Return the parquet file of the stock of that size, drawn if it is not there."""
    TRAVAIL.mkdir(exist_ok=True)
    chemin = TRAVAIL / f"demandes-{taille}.parquet"
    if not chemin.exists():
        parts = [
            draw(min(MORCEAU, taille - start), graine, place, start)
            for place, start in enumerate(range(0, taille, MORCEAU))
        ]
        pl.concat(parts).write_parquet(chemin, row_group_size=MORCEAU, statistics=False)
    return chemin
