"""Children tables of requests: people and priority publics; names for the demonstration."""

from __future__ import annotations

import numpy as np
import polars as pl

from palier.synthetic.lot import Lot, Place, to_series
from palier.synthetic.menages import AUTRE, ENFANTS_MAX, GARDES, SITUATIONS
from palier.synthetic.priorites import PUBLICS
from palier.synthetic.tirage import Tableau, draw_below
from palier.tables import colonne, schema

_LIENS = colonne("personne_lien").codes
_ETATS = colonne("public_etat").codes
_DEBUTS = ("Ar", "Bel", "Cor", "Del", "Er", "Fal", "Gar", "Hel", "Jor", "Kel", "Lar", "Mor", "Nav", "Or")
_MILIEUX = ("bi", "ca", "do", "fe", "gu", "la", "me", "ni", "po", "ra", "se", "ti", "va", "zo")
_FINS = ("dec", "lin", "mar", "nel", "quet", "rand", "son", "tier", "vel", "zac")
_PRENOMS = (
    "Alix Camille Dominique Claude Sacha Charlie Maxime Yaël Noa Andréa Lou Eden Morgan Ange Swann Loïs "
    "Sasha Céleste Marley Élie"
).split()


def draw_noms(lot: Lot) -> None:
    """Draw surnames made of syllables, and first names borne by both sexes: nobody's own."""
    rng, n = lot.rng(Place.NOMS), lot.n
    parts = [
        pl.Series(f"s{i}", mots).gather(draw_below(rng, np.full(n, len(mots))))
        for i, mots in enumerate((_DEBUTS, _MILIEUX, _FINS))
    ]
    lot["nom"] = pl.DataFrame(parts).select(pl.concat_str(pl.all()).str.to_uppercase()).to_series()
    lot["prenom"] = pl.Series(_PRENOMS).gather(draw_below(rng, np.full(n, len(_PRENOMS))))


def person_frame(lot: Lot, numeros: pl.Series) -> pl.DataFrame:
    """Return the table ``personnes``: the counts of ``demandes`` are theirs."""
    n, couple = lot.n, lot["en_couple"]
    autre = lot["_type"] == AUTRE
    situation = lot["situation_familiale"]
    lien_couple = np.full(n, _LIENS.index("conjoint"), dtype=np.uint8)
    for code in ("pacs", "concubin"):
        lien_couple[situation == SITUATIONS.index(code)] = _LIENS.index(code)
    lien_autre = np.where(lot["_ascendant"], _LIENS.index("ascendant"), _LIENS.index("colocataire"))
    adultes = np.stack([lot["naissance"], lot["conjoint_naissance"]], axis=1)
    naissances = np.concatenate([adultes, lot["_naissances_enfants"]], axis=1)
    second = couple | autre
    presents = np.concatenate([np.ones((n, 1), dtype=np.bool_), second[:, None], lot["_presents"]], axis=1)
    liens = np.full((n, 2 + ENFANTS_MAX), _LIENS.index("enfant"), dtype=np.uint8)
    liens[:, 0] = _LIENS.index("demandeur")
    liens[:, 1] = np.where(couple, lien_couple, lien_autre)
    charge = np.concatenate(
        [
            np.zeros((n, 1), dtype=np.bool_),
            (autre & lot["_ascendant"])[:, None],
            lot["_gardes"] == GARDES.index("pleine"),
        ],
        axis=1,
    )
    gardes = np.concatenate([np.zeros((n, 2), dtype=np.uint8), lot["_gardes"]], axis=1)
    cartes = np.zeros_like(presents)
    cartes[:, 0] = lot["nb_carte_invalidite"] > 0
    lignes, places = np.nonzero(presents)
    rang = np.cumsum(presents, axis=1)[lignes, places].astype(np.uint8)
    colonnes: dict[str, Tableau | pl.Series] = {
        "numero_unique": numeros.gather(lignes),
        "personne_rang": rang,
        "personne_naissance": naissances[lignes, places],
        "personne_lien": liens[lignes, places],
        "personne_garde": gardes[lignes, places],
        "personne_a_charge": charge[lignes, places],
        "personne_carte_invalidite": cartes[lignes, places],
    }
    table = schema("personnes")
    frame = pl.DataFrame({nom: to_series(table[nom], v) for nom, v in colonnes.items()})
    enfant = pl.Series(places >= 2)
    return frame.with_columns(pl.when(enfant).then(pl.col("personne_garde")))


def public_frame(lot: Lot, numeros: pl.Series) -> pl.DataFrame:
    """Return the table ``publics``: one row per public declared, with its state."""
    rang = np.arange(len(PUBLICS), dtype=np.uint32)
    declares, valides, refuses = (
        (lot[nom][:, None] >> rang) & 1 == 1
        for nom in ("publics_declares", "publics_valides", "_publics_refuses")
    )
    lignes, codes = np.nonzero(declares)
    valide, refuse = valides[lignes, codes], refuses[lignes, codes]
    etat = np.where(
        valide, _ETATS.index("valide"), np.where(refuse, _ETATS.index("refuse"), _ETATS.index("declare"))
    )
    dalo = codes == PUBLICS.index("dalo")
    date = np.where(dalo, lot["dalo_date"][lignes], lot["_date_public"][lignes])
    table = schema("publics")
    frame = pl.DataFrame(
        {
            "numero_unique": numeros.gather(lignes),
            "public_code": to_series(table["public_code"], codes),
            "public_etat": to_series(table["public_etat"], etat),
            "public_validateur": pl.Series(["services de l'État", "commission de médiation"]).gather(
                dalo.astype(np.uint8)
            ),
            "public_date": to_series(table["public_date"], date),
        }
    )
    decide = pl.Series(valide | refuse)
    return frame.with_columns(pl.when(decide).then(pl.col("public_validateur", "public_date")))
