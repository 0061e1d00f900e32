"""Propositions and decisions of the commission behind each lease."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from palier.synthetic.baux import Observations
from palier.synthetic.evenements import Journal, draw_answers
from palier.synthetic.lot import Lot, Place, to_series
from palier.synthetic.marges import codes, taux, urne
from palier.synthetic.tirage import Tableau, draw_below, draw_chance
from palier.tables import colonne, schema

_DECISIONS = colonne("decision").codes
_ATTRIBUTION, _RANG, _CONDITION, _NON = (
    _DECISIONS.index(code)
    for code in ("attribution", "attribution_rang", "attribution_condition", "non_attribution")
)
_MOTIFS = pl.Series(["", "pièces manquantes", "logement trop petit", "ressources insuffisantes"])
_AUTRES = 3


@dataclass(frozen=True, slots=True)
class Seances:
    """One commission per lease: who won, who else was presented, and when.

    Parameters
    ----------
    vue : array of int
        Row of the winner among the observations.
    date : array of int32
        Day of the commission.
    autres : array (n x 3) of int
        Rows of the other candidates among the requests, -1 where none.
    refus : array of bool
        The first of the others was ranked first and declined.
    """

    vue: Tableau
    date: Tableau
    autres: Tableau
    refus: Tableau


def hold_sessions(lot: Lot, vues: Observations, typologie: Tableau, fermee: Tableau) -> Seances:
    """Draw the candidates of each commission among requests of the typology that were waiting."""
    rng = lot.rng(Place.COMMISSION)
    vue = np.flatnonzero(vues.logement >= 0)
    vue = vue[np.lexsort((vue, vues.sortie[vue]))]
    n = len(vue)
    bail = vues.sortie[vue]
    date = np.maximum(bail - 18 - draw_below(rng, np.full(n, 30)), vues.depot[vue])
    presentes = np.asarray([int(c) for c in codes("candidats")])[
        urne("candidats", tuple(codes("candidats"))).draw(rng, n)
    ]
    autres = np.full((n, _AUTRES), -1, dtype=np.int64)
    depot = lot["date_depot_initial"]
    for code in np.unique(typologie):
        bassin = np.flatnonzero((typologie == code) & ~fermee)
        bassin = bassin[np.argsort(depot[bassin], kind="stable")]
        seances = np.flatnonzero(typologie[vues.place[vue]] == code)
        assez = np.searchsorted(depot[bassin], date[seances] - 10)
        depart = draw_below(rng, assez)
        for k in range(_AUTRES):
            garde = (k < assez) & (k < presentes[seances] - 1)
            choisis = bassin[(depart[garde] + k) % assez[garde]]
            autres[seances[garde], k] = choisis
    refus = (autres[:, 0] >= 0) & (bail - date >= 18) & draw_chance(rng, n, taux("refus_du_premier"))
    return Seances(vue, date, autres, refus)


def decision_frame(
    lot: Lot, vues: Observations, seances: Seances, numeros: tuple[pl.Series, pl.Series], logements: pl.Series
) -> pl.DataFrame:
    """Return the table ``decisions``; ``numeros`` are those of the observations and of the requests."""
    rng, n = lot.rng(Place.DECISIONS), len(seances.vue)
    seul = seances.autres[:, 0] < 0
    sous_condition = draw_chance(rng, n, taux("condition"))
    gagnant = np.where(seul, _ATTRIBUTION, _RANG)
    gagnant = np.where(seul & sous_condition, _CONDITION, gagnant)
    rang_gagnant = np.where(seances.refus, 2, 1)
    ecarte = draw_chance(rng, n * _AUTRES, taux("non_attribution")).reshape(n, _AUTRES)
    ecarte[:, 0] &= ~seances.refus
    present = seances.autres >= 0
    classe = np.cumsum(present & ~ecarte, axis=1) + 1
    classe[:, 0] = np.where(seances.refus, 1, classe[:, 0])
    motif = 1 + draw_below(rng, np.full(n * _AUTRES, len(_MOTIFS) - 1)).reshape(n, _AUTRES)
    membres = np.asarray([int(c) for c in codes("membres")])[
        urne("membres", tuple(codes("membres"))).draw(rng, n)
    ]
    lignes, places = np.nonzero(present)
    vues_numeros, demandes_numeros = numeros
    numero = pl.concat(
        [vues_numeros.gather(seances.vue), demandes_numeros.gather(seances.autres[lignes, places])]
    )
    qui = np.concatenate([np.arange(n), lignes])
    refuse = np.concatenate([np.zeros(n, dtype=np.bool_), ecarte[lignes, places]])
    table = schema("decisions")
    colonnes: dict[str, Tableau | pl.Series] = {
        "logement_id": logements.gather(vues.logement[seances.vue][qui]),
        "numero_unique": numero,
        "decision_date": seances.date[qui],
        "decision": np.concatenate([gagnant, np.where(ecarte, _NON, _RANG)[lignes, places]]),
        "decision_rang": np.concatenate([rang_gagnant, classe[lignes, places]]).astype(np.uint8),
        "decision_motif": _MOTIFS.gather(
            np.concatenate([np.zeros(n, dtype=np.int64), motif[lignes, places]])
        ),
        "decision_membres": membres[qui].astype(np.uint8),
    }
    frame = pl.DataFrame({nom: to_series(table[nom], v) for nom, v in colonnes.items()})
    classee = pl.Series(~refuse & ~np.concatenate([seul, np.zeros(len(lignes), dtype=np.bool_)]))
    return frame.with_columns(
        pl.when(classee).then(pl.col("decision_rang")),
        pl.when(pl.Series(refuse)).then(pl.col("decision_motif")),
    ).sort("decision_date", "logement_id", "decision_rang", "numero_unique", nulls_last=True)


def proposition_frame(
    lot: Lot,
    vues: Observations,
    seances: Seances,
    numeros: tuple[pl.Series, pl.Series],
    logements: pl.DataFrame,
    journal: Journal,
) -> pl.DataFrame:
    """Return the table ``propositions`` and write what followed into the events."""
    rng, n = lot.rng(Place.PROPOSITIONS), len(seances.vue)
    refus = np.flatnonzero(seances.refus)
    premier = seances.autres[refus, 0]
    offre_un = seances.date[refus] + 1
    reponses, adaptees = draw_answers(rng, len(refus))
    journal.add(premier, offre_un, "proposition", adaptees)
    journal.add(premier, offre_un + 1 + draw_below(rng, np.full(len(refus), 10)), reponses, adaptees)
    bail = vues.sortie[seances.vue]
    offre_deux = np.minimum(seances.date + np.where(seances.refus, 13, 1), bail)
    vues_numeros, demandes_numeros = numeros
    qui = np.concatenate([refus, np.arange(n)])
    maison = logements[vues.logement[seances.vue][qui]]
    table = schema("propositions")
    dates = np.concatenate([offre_un, offre_deux])
    adaptee = np.concatenate([adaptees == 1, np.ones(n, dtype=np.bool_)])
    frame = pl.DataFrame(
        {
            "logement_id": maison["logement_id"],
            "proposition_date": to_series(table["proposition_date"], dates),
            "numero_unique": pl.concat([demandes_numeros.gather(premier), vues_numeros.gather(seances.vue)]),
            "adaptee": to_series(table["adaptee"], adaptee),
            "reservataire": maison["reservataire"],
        }
    ).sort("proposition_date", "logement_id")
    rangs = pl.Series("proposition_id", np.arange(1, len(frame) + 1))
    return frame.with_columns(
        pl.concat_str(pl.lit("PRO-"), rangs.cast(pl.String).str.zfill(7)).alias("proposition_id")
    ).select(*table.polars)
