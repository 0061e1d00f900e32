"""Events of requests: renewals, missed meetings, and what followed an offer."""

from __future__ import annotations

import numpy as np
import polars as pl

from palier.synthetic.lot import Lot, Place, to_series
from palier.synthetic.marges import all_marges, taux
from palier.synthetic.motifs import HLM
from palier.synthetic.tirage import Tableau, draw_below, draw_chance
from palier.tables import colonne, schema

EVENEMENTS = colonne("evenement_type").codes
_VIDE = np.zeros(0, dtype=np.int64)


def event_type(code: str) -> int:
    """Return the index of a kind of event."""
    return EVENEMENTS.index(code)


class Journal:
    """Collects events as arrays (row of the request, date, kind, suited or not)."""

    def __init__(self) -> None:
        self.parts: list[tuple[Tableau, Tableau, Tableau, Tableau]] = [(_VIDE, _VIDE, _VIDE, _VIDE)]

    def add(
        self, lignes: Tableau, dates: Tableau, code: str | Tableau, adaptee: Tableau | None = None
    ) -> None:
        """Add one event per row; ``adaptee`` is 0, 1 or -1 (unknown)."""
        n = len(lignes)
        kind = np.full(n, event_type(code)) if isinstance(code, str) else code
        self.parts.append((lignes, dates, kind, np.full(n, -1) if adaptee is None else adaptee))

    def frame(self, numeros: pl.Series) -> pl.DataFrame:
        """Return the table ``evenements``, by request and date."""
        lignes, dates, kinds, adaptees = (np.concatenate(part) for part in zip(*self.parts, strict=True))
        ordre = np.lexsort((kinds, dates, lignes))
        lignes, dates, kinds, adaptees = (a[ordre] for a in (lignes, dates, kinds, adaptees))
        table = schema("evenements")
        frame = pl.DataFrame(
            {
                "numero_unique": numeros.gather(lignes),
                "evenement_date": to_series(table["evenement_date"], dates),
                "evenement_type": to_series(table["evenement_type"], kinds),
                "adaptee": to_series(table["adaptee"], adaptees == 1),
            }
        )
        connue = pl.Series(adaptees >= 0)
        return frame.with_columns(pl.when(connue).then(pl.col("adaptee")))


def add_ordinary(journal: Journal, lot: Lot, fin: Tableau) -> None:
    """Add renewals and the small events of a request, between its filing and its end."""
    rng, n = lot.rng(Place.EVENEMENTS), lot.n
    depot, annees = lot["date_depot_initial"], lot["_annees"]
    lignes = np.repeat(np.arange(n), annees)
    rang = np.arange(len(lignes)) - np.repeat(np.cumsum(annees) - annees, annees) + 1
    dernier = rang == annees[lignes]
    ecart = draw_below(rng, np.full(len(lignes), 25))
    dates = np.minimum(depot[lignes] + 365 * rang + ecart, fin[lignes])
    dates = np.where(dernier, lot["date_renouvellement"][lignes], dates)
    journal.add(lignes, dates, "renouvellement")
    for code, chance in all_marges()["evenement"].numbers().items():
        cas = draw_chance(rng, n, chance)
        if code == "procedure_trouble":
            cas &= lot["_groupe"] == HLM
        lignes = np.flatnonzero(cas)
        journal.add(lignes, _between(rng, depot[lignes], fin[lignes]), code)


def add_offers(journal: Journal, lot: Lot, fin: Tableau) -> None:
    """Add proposals and their answers where no commission is simulated (national file)."""
    rng = lot.rng(Place.COMMISSION)
    depot = lot["date_depot_initial"]
    lignes = np.flatnonzero((fin - depot > 60) & draw_chance(rng, lot.n, taux("offres_national")))
    n = len(lignes)
    dates = _between(rng, depot[lignes], fin[lignes] - 15)
    journal.add(lignes, dates, "proposition")
    reponses, adaptees = draw_answers(rng, n)
    journal.add(lignes, dates + 1 + draw_below(rng, np.full(n, 10)), reponses, adaptees)


def draw_answers(rng: np.random.Generator, n: int) -> tuple[Tableau, Tableau]:
    """Draw how offers were declined (kind of event) and whether they were suited."""
    silence = draw_chance(rng, n, taux("sans_reponse"))
    kinds = np.where(silence, event_type("offre_sans_reponse"), event_type("offre_refusee"))
    return kinds, draw_chance(rng, n, taux("refus_adaptee")).astype(np.int64)


def _between(rng: np.random.Generator, debut: Tableau, fin: Tableau) -> Tableau:
    return debut + draw_below(rng, fin - debut + 1)
