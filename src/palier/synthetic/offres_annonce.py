"""What an ad adds to a home: life of the offer, rent, price, energy, premises."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from palier.synthetic.lot import Lot
from palier.synthetic.marges import all_marges, echelle, taux, urne, valeurs
from palier.synthetic.offres_mots import ACTIVITES, pick
from palier.synthetic.tirage import Tableau, draw_below, draw_chance, threshold
from palier.tables import colonne

_CLASSES = colonne("dpe_classe").codes
_DPE = (dt.date(2021, 7, 1) - dt.date(1970, 1, 1)).days
_ANNEE_PRIX = (dt.date(2024, 1, 1) - dt.date(1970, 1, 1)).days
# Days from which the class is let no more, less a year: offers stay clear of the ban.
_PRUDENCE = {"f": dt.date(2027, 1, 1), "e": dt.date(2033, 1, 1)}
_MOIS = 31
_RESERVE = pl.Series(
    [
        "",
        "convention conclue en application de l'article L441-2 du code de la construction et de l'habitation",
    ]
)


def _mask(lot: Lot, rng: np.random.Generator, marge: str, nom: str) -> Tableau:
    """Draw a set of codes, each with its own chance."""
    bits = np.zeros(lot.n, dtype=np.uint32)
    for code, part in all_marges()[marge].numbers().items():
        drawn = draw_chance(rng, lot.n, threshold(part))
        bits |= drawn.astype(np.uint32) << np.uint32(colonne(nom).codes.index(code))
    return bits


def _bit(nom: str, code: str) -> np.uint32:
    return np.uint32(1 << colonne(nom).codes.index(code))


def _only(lot: Lot, masque: Tableau, **colonnes: Tableau | pl.Series) -> None:
    """Set columns that only some rows have."""
    for nom, values in colonnes.items():
        lot[nom] = values
        lot.blank(nom, ~masque)


def draw_life(lot: Lot, rng: np.random.Generator, location: Tableau, local: Tableau) -> None:
    """Draw confirmation, availability, precision, equipment, contacts."""
    n = lot.n
    age = echelle("confirmation_jours").draw(rng, n)
    statuts = colonne("statut_offre").codes
    lot["statut_offre"] = np.where(age < 7, statuts.index("publiee"), statuts.index("a_confirmer"))
    lot["confirmee_date"] = lot.au - age
    lot["publiee_date"] = lot.au - age - draw_below(rng, np.full(n, 45))
    lot["expire_date"] = lot.au - age + 21
    occupe = draw_chance(rng, n, taux("logement_occupe")) & location
    away = echelle("disponible_jours").draw(rng, n)
    lot["disponible_date"] = lot.au + np.where(occupe, np.maximum(away, 15), away)
    lot.blank("disponible_date", ~(location | local))
    codes = colonne("precision_adresse").codes
    precision = urne("precision_adresse", codes).draw(rng, n)
    lot["precision_adresse"] = np.where(occupe, np.maximum(precision, codes.index("voie")), precision)
    _only(lot, location, occupe=occupe, meuble=np.zeros(n, dtype=np.bool_))
    lot.blank("etage", occupe)
    _draw_features(lot, rng, local)
    suffix = pl.DataFrame({"b": lot.colonnes["bailleur"]})
    lot["contact_telephone"] = suffix.select(
        pl.lit("03 53 01 ") + pl.col("b").str.slice(-4, 2) + pl.lit(" ") + pl.col("b").str.slice(-2)
    ).to_series()
    role = pl.Series(np.where(location, "location", np.where(local, "locaux", "vente")))
    lot["contact_mail"] = (
        suffix.with_columns(role.alias("r")).select(pl.format("{}@bailleur-{}.example", "r", "b")).to_series()
    )
    lot["contact_service"] = pl.select(pl.format("Service {}", pl.lit(role))).to_series()
    lot["contact_adresse"] = suffix.select(
        pl.format("Accueil du bailleur {}, 1 place du Marché", "b")
    ).to_series()
    lot["visites"] = pick(
        rng,
        n,
        (
            "Sur rendez-vous, du mardi au vendredi.",
            "Visite groupée le mercredi à 14 heures.",
            "Sur rendez-vous, le samedi matin.",
        ),
    )


def _draw_features(lot: Lot, rng: np.random.Generator, local: Tableau) -> None:
    equipements = _mask(lot, rng, "equipement_offre", "equipements")
    alone = (equipements & _bit("equipements", "chauffage_collectif")) == 0
    equipements |= np.where(alone, _bit("equipements", "chauffage_individuel"), np.uint32(0))
    _only(lot, ~local, equipements=equipements)
    access = _mask(lot, rng, "accessibilite_offre", "accessibilite") | _bit("accessibilite", "plain_pied")
    access |= np.where(lot["avec_ascenseur"], _bit("accessibilite", "ascenseur_large"), np.uint32(0))
    house = lot["type_bien"] == 1
    access &= ~np.where(house, _bit("accessibilite", "ascenseur_large"), np.uint32(0))
    _only(lot, lot["_accessible"] & ~local, accessibilite=access)


def draw_rent(lot: Lot, rng: np.random.Generator, location: Tableau) -> None:
    """Draw what a home to rent says besides its rent."""
    n = lot.n
    publics = colonne("public_reserve").codes
    reserve = urne("public_reserve", publics).draw(rng, n)
    small = lot["typologie"] == colonne("typologie").codes.index("t1")
    reserve = np.where((reserve == publics.index("etudiant")) & ~small, publics.index("aucun"), reserve)
    modes = colonne("mode_attribution").codes
    ouverte = draw_chance(rng, n, taux("candidature_ouverte"))
    _only(
        lot,
        location,
        financement_offre=lot["_financement"],
        loyer_logement_cent=lot["_loyer"],
        charges_logement_cent=lot["_charges"],
        mode_charges=draw_chance(rng, n, taux("charges_forfait")).astype(np.uint8),
        depot_garantie_cent=lot["_loyer"],
        public_reserve=reserve,
        public_reserve_base=_RESERVE.gather((reserve != publics.index("aucun")).astype(np.uint8)),
        mode_attribution=np.where(ouverte, modes.index("candidature_ouverte"), modes.index("file_demandes")),
    )
    lot.blank("public_reserve_base", reserve == publics.index("aucun"))


def draw_sale(
    lot: Lot, rng: np.random.Generator, hlm: Tableau, neuf: Tableau, idf: Tableau, au: dt.date
) -> None:
    """Draw prices, deadlines and the three publications."""
    n, area = lot.n, lot["surface_m2"].astype(np.int64)
    per_m2 = echelle("prix_m2_eur").draw(rng, n).astype(np.int64)
    per_m2 = np.where(idf, per_m2 * valeurs("prix_idf")["idf"] // 100, per_m2)
    price = per_m2 * area // 500 * 50_000
    flat = lot["type_bien"] == 0
    shared = draw_chance(rng, n, taux("copropriete")) & flat & hlm
    old = np.minimum(lot["construction_annee"], au.year - 12)
    lot["construction_annee"] = np.where(hlm, old, lot["construction_annee"]).astype(np.int16)
    since = (
        pl.select(pl.date(pl.lit(pl.Series(old.astype(np.int32))), 6, 1)).to_series().to_physical().to_numpy()
    )
    last = lot.au - draw_below(rng, np.full(n, 20))
    before = draw_below(rng, np.full(n, 6))
    _only(lot, hlm | neuf, prix_cent=price)
    _only(
        lot,
        hlm,
        prix_locataire_hlm_cent=price * 9 // 10 // 10_000 * 10_000,
        copropriete=shared,
        entree_patrimoine_date=since,
        offres_limite_date=last + _MOIS + draw_below(rng, np.full(n, 25)),
        publication_site_date=last - before,
        publication_hall_date=last - before // 2,
        publication_journal_date=last,
        offres_modalites=pick(
            rng,
            n,
            (
                "Par lettre recommandée au service des ventes.",
                "Par dépôt contre reçu à l'accueil, sous enveloppe fermée.",
            ),
        ),
    )
    _only(
        lot,
        shared,
        nb_lots=8 + draw_below(rng, np.full(n, 120)),
        charges_copro_an_cent=area * 2_000,
        procedure_copro=np.zeros(n, dtype=np.bool_),
    )
    codes = colonne("nature").codes
    psla, brs = (lot["nature"] == codes.index(nom) for nom in ("location_accession", "brs"))
    delivery = lot.au + 90 + draw_below(rng, np.full(n, 700))
    fee = area * np.where(psla, 900, 150)
    _only(lot, neuf, livraison_date=delivery)
    _only(lot, psla | brs, redevance_cent=fee)
    _only(lot, psla, levee_option_date=delivery + 365 + draw_below(rng, np.full(n, 900)))


def draw_energy(
    lot: Lot, rng: np.random.Generator, neuf: Tableau, local: Tableau, hlm: Tableau, au: dt.date
) -> None:
    """Draw certificates; homes that are not built yet have none."""
    n = lot.n
    classe = urne("classe_energie", _CLASSES).draw(rng, n)
    for lettre, jour in _PRUDENCE.items():
        place = _CLASSES.index(lettre)
        classe = np.where((classe == place) & (hlm | (au >= jour)), place - 1, classe)
    climat = np.where(draw_chance(rng, n, taux("classe_climat_mieux")), np.maximum(classe, 1) - 1, classe)
    made = _DPE + draw_below(rng, np.full(n, min(lot.au - _DPE, 3_400)))
    made = np.maximum(made, lot.au - 3_500)
    par_m2 = np.asarray([valeurs("depense_m2_cent").get(c, 0) for c in _CLASSES], dtype=np.int64)
    cost = par_m2[classe] * lot["surface_m2"].astype(np.int64)
    has = ~neuf
    _only(lot, has, dpe_classe=classe, ges_classe=climat, dpe_date=made)
    _only(
        lot,
        has & ~local,
        depense_min_cent=cost * 86 // 100 // 1_000 * 1_000,
        depense_max_cent=cost * 116 // 100 // 1_000 * 1_000,
        prix_energie_annee=np.where(made >= _ANNEE_PRIX, 2023, 2021).astype(np.int16),
    )


def draw_premises(lot: Lot, rng: np.random.Generator, local: Tableau) -> None:
    """Draw business premises: they take the place of the home."""
    n = lot.n
    area = echelle("local_surface_m2").draw(rng, n).astype(np.int64)
    lot["surface_m2"] = np.where(local, area, lot["surface_m2"]).astype(np.int16)
    ground = area * 7 // 10
    codes = {
        nom: colonne(nom).codes
        for nom in ("surface_nature", "local_etat", "travaux_charge", "bail_type", "loyer_fiscalite")
    }
    extraction = draw_chance(rng, n, taux("local_extraction"))
    _only(
        lot,
        local,
        surface_nature=np.full(n, codes["surface_nature"].index("reelle")),
        surface_rdc_m2=ground.astype(np.int16),
        surface_sous_sol_m2=(area - ground).astype(np.int16),
        surface_autres_m2=np.zeros(n, dtype=np.int16),
        vitrine_cm=(250 + 10 * draw_below(rng, np.full(n, 60))).astype(np.int32),
        hauteur_plafond_cm=(250 + 10 * draw_below(rng, np.full(n, 20))).astype(np.int32),
        extraction=extraction,
        puissance_kva=(6 * (1 + draw_below(rng, np.full(n, 6)))).astype(np.int16),
        arrivee_eau=np.ones(n, dtype=np.bool_),
        erp_accessible=draw_chance(rng, n, taux("candidature_ouverte")),
        local_etat=draw_below(rng, np.full(n, len(codes["local_etat"]))),
        travaux_charge=draw_below(rng, np.full(n, len(codes["travaux_charge"]))),
        loyer_an_cent=echelle("local_loyer_m2_cent").draw(rng, n).astype(np.int64) * area,
        charges_an_cent=area * 1_500,
        loyer_fiscalite=np.full(n, codes["loyer_fiscalite"].index("ht")),
        bail_type=draw_below(rng, np.full(n, 2)),
        franchise_mois=draw_below(rng, np.full(n, 4)).astype(np.uint8),
        activites_recherchees=pick(rng, n, ACTIVITES),
        candidature_limite_date=lot.au + 20 + draw_below(rng, np.full(n, 70)),
    )
