"""The neighbour: the best Polars query that we could write by hand for `grille_banc.yaml`.

Points on one byte, conditions kept as bits, families of fixed points as one
chain of tests, dates compared to cut-off days, the mask of missing answers
built eight bits at a time. It knows this grid and nothing else.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, reduce
from operator import add, and_

import polars as pl

from bench import constantes as k

C = pl.col
MOTIFS = {
    "expulsion": 30, "reprise": 15, "demolition": 12, "violences": 40, "trop_petit": 5, "trop_grand": 3,
    "sante": 6, "handicap": 4, "separation": 5, "decohabitation": 3, "mutation_pro": 6,
    "rapprochement_travail": 4,
}  # fmt: skip
MODES = {
    "sans_abri": 40, "squat": 30, "camping": 25, "hotel": 25, "structure_hebergement": 20,
    "centre_enfance": 20, "chez_particulier": 15, "foyer": 12, "chez_parents": 10,
    "residence_vocation_sociale": 10, "sous_location": 5,
}  # fmt: skip
FLAGS = {
    "label_pdalhpd": 35, "label_sortant_hebergement": 30, "label_accord_collectif": 28,
    "logement_non_decent": 25, "handicap": 12, "ascenseur": 2, "travailleur_essentiel": 8,
    "travaille_sur_territoire": 4, "vit_sur_territoire": 3,
}  # fmt: skip


def i8(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.Int8)


def i32(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.Int32)


def points(test: pl.Expr, value: int) -> pl.Expr:
    return pl.when(test).then(i8(value)).otherwise(i8(0))


def first(*pairs: tuple[pl.Expr, int]) -> pl.Expr:
    """Points of the first test that holds, else 0."""
    (test, value), *rest = pairs
    chain = pl.when(test).then(i8(value))
    for test, value in rest:
        chain = chain.when(test).then(i8(value))
    return chain.otherwise(i8(0))


def has(nom: str, *codes: str) -> pl.Expr:
    return (C(nom) & k.mask(nom, *codes)) != 0


def _day(au: dt.date, months: int) -> dt.date:
    """Latest day from which that many complete months have run (``au`` ends no month)."""
    total = au.year * 12 + au.month - 1 - months
    return dt.date(total // 12, total % 12 + 1, au.day)


@cache
def _waits(au: dt.date) -> pl.Series:
    """For each day of filing, the months waited, 48 at most."""
    return pl.Series([min(m, 48) for m in k.months_by_day(au)], dtype=pl.Int8)


@cache
def _ceilings(table: str, au: dt.date) -> pl.Series:
    return pl.Series(k.ceilings(table, au), dtype=pl.Int32)


@cache
def _cutoffs(au: dt.date) -> pl.Series:
    """For each birthday of one, the last birthday of the other that makes both ages exceed 55 together."""
    days = {age: (_day(au, 12 * (56 - age)) - dt.date(1970, 1, 1)).days for age in range(56)}
    return pl.Series([days.get(m // 12, 2**31 - 1) for m in k.months_by_day(au)], dtype=pl.Int32)


def _stage_1(au: dt.date) -> dict[str, pl.Expr]:
    """Bits and small numbers read more than once."""
    limit = dt.date(au.year - 1, au.month, au.day)
    n, d = C("nb_personnes"), C("nb_a_charge")
    number = [pl.lit(x, dtype=pl.UInt8) for x in range(5)]
    net = C("loyer_cent") + C("charges_cent") - C("aide_logement_cent")
    cutoff = pl.lit(_cutoffs(au)).gather((C("naissance").to_physical() + k.DECALAGE).fill_null(0))
    return {
        "hors": pl.when(C("date_depot_initial") > au)
        .then(number[1])
        .when(C("statut") == "radiee")
        .then(number[2])
        .when(C("statut") == "attribuee")
        .then(number[3])
        .when(C("date_renouvellement") < limit)
        .then(number[4])
        .otherwise(number[0]),
        "net": pl.when(net < 0).then(i32(0)).otherwise(net),
        "jeune": C("en_couple")
        & pl.when(C("naissance").is_not_null()).then(C("conjoint_naissance").to_physical() > cutoff),
        "isole": ~C("en_couple") & (d >= 1),
        "seul": (n - d == 1) & (d >= 2),
        "pub_c": has("publics_valides", "c"),
        "cartes": C("nb_carte_invalidite") >= 1,
    }


def _stage_2(au: dt.date) -> dict[str, pl.Expr]:
    """Points, unknown counting 0; what is known; category of the household."""
    u8 = [pl.lit(x, dtype=pl.UInt8) for x in range(4)]
    n, income, rent = C("nb_personnes"), C("ressources_mensuelles_cent"), C("net")
    pair = (
        pl.when(C("jeune") | (C("nb_a_charge") >= 1)).then(u8[3]).when(C("jeune").is_not_null()).then(u8[2])
    )
    base = pl.when(n == 2).then(pair).when(C("seul")).then(n + u8[1]).otherwise(n)
    known = C("nb_a_charge").is_not_null() & C("en_couple").is_not_null()
    cat = pl.when(known).then(base + pl.when(C("cartes")).then(u8[1]).when(~C("cartes")).then(u8[0]))
    uc = (n.cast(pl.Int16) * 5 + 5 - C("nb_moins_14").cast(pl.Int16) * 2).cast(pl.Int32)
    area, held = C("logement_surface_m2"), C("logement_nb_occupants").cast(pl.Int16)
    filed, born = C("date_depot_initial"), C("naissance")
    effort_known = (income > 0) & rent.is_not_null()
    modes = [points(C("logement_mode") == code, value) for code, value in MODES.items()]
    return {
        "cat": cat,
        "effort_connu": effort_known,
        "ok": (C("hors") == 0) & ~((income == 0) & (rent > 0)).fill_null(False),
        # income * 33 > rent * 100 and so on, without leaving 32 bits
        "effort": points(income <= rent * 100 // 33, 6) + points(income <= rent * 5 // 2, 4)
        + points(income <= rent * 2, 4) + points(income < (rent * 10 + 6) // 7, 6),
        # income * 120 <= uc * 700 000 and so on
        "p_niveau": first(
            (income <= uc * 17_500 // 3, 16), (income <= uc * 7_500, 12), (income <= uc * 10_000, 6)
        ),
        "p_surface": first((area < held * 9, 22), (area < held * 12, 12), (area < held * 16, 6)),
        "p_mode": reduce(add, modes),
        "p_enfants": reduce(add, [points(C("nb_mineurs") >= x, 2) for x in (1, 2, 3, 4)]),
        "p_mois": pl.lit(_waits(au)).gather(filed.to_physical() + k.DECALAGE),
        **{f"p_m_{code}": points(has("motifs", code), value) for code, value in MOTIFS.items()},
        **{f"p_{nom}": points(C(nom), value) for nom, value in FLAGS.items()},
        "p_dalo": points(C("dalo") == "reconnu", 60),
        "p_pub_c": points(C("pub_c"), 25),
        "p_pub_m": points(has("publics_valides", "m", "b"), 23),
        "p_isole": points(C("isole"), 8),
        "p_cinq": points(n >= 5, 3),
        "p_court": points(C("situation_professionnelle").is_in(["cdd", "apprenti"]), 3),
        "p_long": points(filed <= _day(au, 37), 12),
        "p_aine": points(born <= _day(au, 65 * 12), 3),
        "p_jeune": points(born > _day(au, 30 * 12), 3),
        "p_proprietaire": points(C("logement_mode") == "proprietaire", -8),
        "p_stable": points(C("logement_depuis") > _day(au, 24), -4),
    }  # fmt: skip


def _stage_3(au: dt.date) -> dict[str, pl.Expr]:
    """Legal ceilings, read at the place of the category and the zone."""
    income = C("rfr_n2_eur")
    known = income.is_not_null() & C("zone").is_not_null() & C("cat").is_not_null()
    # a gather without null places is two to three times faster
    place = ((C("cat").cast(pl.Int32) - 1) * 3 + C("zone").to_physical().cast(pl.Int32)).fill_null(0)
    plus, pls = (_ceilings(f"plafonds_{n}", au) for n in ("plus", "pls"))
    return {
        "p_effort": pl.when(C("effort_connu")).then("effort").otherwise(i8(0)),
        "p_plus": points(known & (income <= pl.lit(plus).gather(place)), 8),
        "p_pls": points(known & (income > pl.lit(pls).gather(place)), -6),
        "ok_revenu": C("ok") & known,
        "ok_motifs": C("ok") & C("motifs").is_not_null(),
        "ok_publics": C("ok") & C("publics_valides").is_not_null(),
        "ok_mode": C("ok") & C("logement_mode").is_not_null(),
        "ok_naissance": C("ok") & C("naissance").is_not_null(),
        "commun": (
            C("p_mode").cast(pl.Int16)
            + pl.max_horizontal("p_travaille_sur_territoire", "p_vit_sur_territoire")
            + pl.min_horizontal(C("p_mois") + C("p_long") + C("p_aine") + C("p_jeune"), i8(60))
            + pl.max_horizontal(C("p_proprietaire") + C("p_stable"), i8(-10))
        ),
    }


def _criteria() -> dict[str, tuple[str, pl.Expr]]:
    """Per criterion: its points and the test of being published."""
    ok = C("ok")

    def known(*columns: str) -> pl.Expr:
        return reduce(and_, [ok, *(C(c).is_not_null() for c in columns)])

    names = {
        "sante": "raison_de_sante", "handicap": "motif_handicap", "mutation_pro": "mutation_professionnelle",
        "rapprochement_travail": "rapprochement",
    }  # fmt: skip
    flags = {
        "pdalhpd": "label_pdalhpd", "sortant_hebergement": "label_sortant_hebergement",
        "accord_collectif": "label_accord_collectif", "non_decent": "logement_non_decent",
        "handicap": "handicap", "ascenseur": "ascenseur", "essentiel": "travailleur_essentiel",
        "travaille": "travaille_sur_territoire", "habite": "vit_sur_territoire",
    }  # fmt: skip
    return {
        **{names.get(code, code): (f"p_m_{code}", C("ok_motifs")) for code in MOTIFS},
        **{nom: (f"p_{col}", known(col)) for nom, col in flags.items()},
        "dalo": ("p_dalo", known("dalo")),
        "difficultes": ("p_pub_c", C("ok_publics")),
        "aide_enfance": ("p_pub_m", C("ok_publics")),
        "hebergement": ("p_mode", C("ok_mode")),
        "proprietaire": ("p_proprietaire", C("ok_mode")),
        "surface_par_occupant": ("p_surface", known("logement_surface_m2", "logement_nb_occupants")),
        "effort": ("p_effort", ok & C("effort_connu")),
        "niveau_de_vie": ("p_niveau", known("ressources_mensuelles_cent", "nb_personnes", "nb_moins_14")),
        "sous_plus": ("p_plus", C("ok_revenu")),
        "hors_pls": ("p_pls", C("ok_revenu")),
        "parent_isole": ("p_isole", known("isole")),
        "enfants": ("p_enfants", known("nb_mineurs")),
        "grande_famille": ("p_cinq", known("nb_personnes")),
        "contrat_court": ("p_court", known("situation_professionnelle")),
        "mois": ("p_mois", ok),
        "attente_longue": ("p_long", ok),
        "aine": ("p_aine", C("ok_naissance")),
        "jeune": ("p_jeune", C("ok_naissance")),
        "stable": ("p_stable", known("logement_depuis")),
    }  # fmt: skip


def _total(checked: bool) -> pl.Expr:
    """Sum of the families; ``checked`` asks for the proof of each fact."""

    def proven(nom: str, niveau: str, *faits: str) -> pl.Expr:
        if not checked:
            return C(f"p_{nom}")
        test = reduce(and_, [has(f"verifie_{niveau}", fait) for fait in faits])
        return pl.when(test).then(f"p_{nom}").otherwise(i8(0))

    perte = pl.max_horizontal(
        proven("m_violences", "social", "violences"), proven("m_expulsion", "piece", "expulsion"),
        proven("m_reprise", "piece", "reprise"), "p_m_demolition",
    )  # fmt: skip
    labels = ("label_pdalhpd", "label_sortant_hebergement", "label_accord_collectif")
    publics = pl.max_horizontal(
        proven("dalo", "etat", "dalo"), *(proven(nom, "etat", "labels") for nom in labels),
        proven("pub_c", "etat", "publics"), "p_pub_m",
    )  # fmt: skip
    home = proven("logement_non_decent", "piece", "non_decent") + C("p_surface")
    home = home + C("p_m_trop_petit") + C("p_m_trop_grand")
    health = proven("handicap", "piece", "handicap") + C("p_m_sante") + C("p_m_handicap") + C("p_ascenseur")
    money = C("p_effort") + C("p_niveau") + proven("plus", "piece", "revenu_fiscal", "composition")
    money = money + proven("pls", "piece", "revenu_fiscal", "composition")
    household = C("p_isole") + C("p_enfants") + proven("cinq", "piece", "composition")
    household = household + proven("m_separation", "piece", "separation") + C("p_m_decohabitation")
    work = pl.max_horizontal(
        proven("travailleur_essentiel", "piece", "emploi"), "p_m_mutation_pro", "p_m_rapprochement_travail",
        "p_court",
    )  # fmt: skip
    # every partial sum of one byte stays under 128
    parts = [
        C("commun"), pl.min_horizontal(home, i8(45)) + pl.min_horizontal(money, i8(40)) + perte,
        pl.min_horizontal(health, i8(20)) + pl.min_horizontal(household, i8(20)) + publics, work,
    ]  # fmt: skip
    total = reduce(add, parts)
    low, high = pl.lit(0, dtype=pl.Int16), pl.lit(300, dtype=pl.Int16)
    return pl.min_horizontal(pl.max_horizontal(total, low), high)


def _missing(au: dt.date) -> dict[str, pl.Expr]:
    """Test of each answer that is missing and could have changed the score."""
    limit = dt.date(au.year - 1, au.month, au.day)

    def no(*columns: str) -> pl.Expr:
        return reduce(and_, [C(f"p_{c}") == 0 for c in columns])

    always = (
        "motifs dalo logement_mode logement_non_decent logement_surface_m2 logement_nb_occupants handicap "
        "ascenseur loyer_cent charges_cent aide_logement_cent nb_personnes nb_moins_14 rfr_n2_eur zone "
        "nb_mineurs naissance travailleur_essentiel travaille_sur_territoire logement_depuis "
        "nb_carte_invalidite nb_a_charge en_couple"
    ).split()
    found = {nom: C(nom).is_null() for nom in always}
    stronger = ["dalo", "label_pdalhpd", "label_sortant_hebergement", "label_accord_collectif"]
    for place, nom in enumerate([*stronger[1:], "publics_valides"], 1):
        found[nom] = C(nom).is_null() & no(*stronger[:place])
    found["date_renouvellement"] = C("date_renouvellement").is_null() & (C("date_depot_initial") < limit)
    income = C("ressources_mensuelles_cent")
    undefined = ((income == 0) & (C("net") == 0)).fill_null(False)
    found["ressources_mensuelles_cent"] = income.is_null() | undefined
    found["conjoint_naissance"] = (
        C("conjoint_naissance").is_null() & C("en_couple").fill_null(False) & C("cat").is_null()
    )
    found["situation_professionnelle"] = C("situation_professionnelle").is_null() & no(
        "travailleur_essentiel", "m_mutation_pro", "m_rapprochement_travail"
    )
    found["vit_sur_territoire"] = C("vit_sur_territoire").is_null() & no("travaille_sur_territoire")
    return found


def _mask(au: dt.date) -> pl.Expr:
    """The mask: eight bits on one byte, then bytes by pairs, so that wide integers come last."""
    found = _missing(au)
    level: list[pl.Expr | None] = []
    for byte in range(0, 64, 8):
        part: pl.Expr | None = None
        for place, nom in enumerate(k.MANQUABLES[byte : byte + 8]):
            if nom in found:
                bit = pl.lit(1 << place, dtype=pl.UInt8)
                one = pl.when(found[nom]).then(bit).otherwise(pl.lit(0, dtype=pl.UInt8))
                part = one if part is None else part | one
        level.append(part)
    for dtype, size in ((pl.UInt16, 1 << 8), (pl.UInt32, 1 << 16), (pl.UInt64, 1 << 32)):
        level = [_pair(low, high, dtype, size) for low, high in zip(level[::2], level[1::2], strict=True)]
    assert level[0] is not None
    return level[0]


def _pair(low: pl.Expr | None, high: pl.Expr | None, dtype: type[pl.DataType], size: int) -> pl.Expr | None:
    if high is None:
        return low if low is None else low.cast(dtype)
    wide = high.cast(dtype) * pl.lit(size, dtype=dtype)
    return wide if low is None else wide | low.cast(dtype)


def query(frame: pl.LazyFrame, au: dt.date) -> pl.LazyFrame:
    """Score the stock: points per criterion, both totals, state, reason and missing answers."""
    ok = C("ok")
    published = {f"pts__{nom}": pl.when(test).then(column) for nom, (column, test) in _criteria().items()}
    etat = (
        pl.when(C("hors") != 0).then(pl.lit("hors_champ", dtype=k.ETATS))
        .when(~ok).then(pl.lit("refusee", dtype=k.ETATS))
        .when(C("masque") != 0).then(pl.lit("note_partielle", dtype=k.ETATS))
        .otherwise(pl.lit("note", dtype=k.ETATS))
    )  # fmt: skip
    number = pl.when(C("hors") != 0).then(C("hors") - 1).when(~ok).then(pl.lit(6, dtype=pl.UInt8))
    return (
        frame.with_columns(**_stage_1(au))
        .with_columns(**_stage_2(au))
        .with_columns(**_stage_3(au))
        # a horizontal minimum inside a branch of `when` costs ten times more than one that has a name
        .with_columns(masque=_mask(au), declare=_total(False), verifie=_total(True))
        .select(
            "numero_unique", total=pl.when(ok).then("declare"), total_verifie=pl.when(ok).then("verifie"),
            etat=etat, motif_etat=number.cat.to(k.MOTIFS),
            manque=pl.when(ok).then("masque").otherwise(pl.lit(0, dtype=pl.UInt64)),
            **{f"pts__{nom}": published[f"pts__{nom}"] for nom in k.criteres()},
        )
    )  # fmt: skip


def prepare(au: dt.date) -> None:
    """Make the constants before the clock starts: a hand-written query would hold them as they are."""
    _waits(au), _cutoffs(au), _ceilings("plafonds_plus", au), _ceilings("plafonds_pls", au), k.criteres()
