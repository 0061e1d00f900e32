"""Coherence of a request: what no single cell can tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from palier.base.periods import add_months
from palier.formats.entetes import Champ
from palier.formats.lot import Lot

_PASSEES = (
    "date_depot_initial date_renouvellement naissance conjoint_naissance sans_emploi_depuis logement_depuis "
    "dalo_date personne_naissance evenement_date public_date"
).split()
_NAISSANCES = ("naissance", "conjoint_naissance", "personne_naissance")


@dataclass(frozen=True, slots=True)
class Controle:
    """One check: its code, the column that it blames, the rows at fault."""

    code: str
    colonne: str
    faute: pl.Expr

    @property
    def besoin(self) -> frozenset[str]:
        """Columns that must be in the file."""
        return frozenset(self.faute.meta.root_names())


def _n(nom: str) -> pl.Expr:
    return pl.col(nom).cast(pl.Int64)


def controles(au: dt.date) -> list[Controle]:
    """Return the checks of a table of requests, or of its children, at a date.

    Parameters
    ----------
    au : date
        Date of the work: nothing that already happened may stand after it.
    """
    oldest = add_months(au, -12 * 130)
    depot, naissance = pl.col("date_depot_initial"), pl.col("naissance")
    garde = _n("nb_garde_alternee").fill_null(0) + _n("nb_droit_visite").fill_null(0)
    charge = _n("nb_a_charge").fill_null(0)
    sejour, prevue = pl.col("titre_sejour_au"), pl.col("naissance_prevue")
    ressources = pl.col("ressources_mensuelles_cent")
    month = pl.col("numero_unique").str.slice(3, 4)
    return [
        *(Controle("TAB-034", nom, pl.col(nom) > au) for nom in _PASSEES),
        *(Controle("TAB-071", nom, pl.col(nom) < oldest) for nom in _NAISSANCES),
        Controle("TAB-070", "naissance", naissance > depot),
        Controle("TAB-072", "date_renouvellement", pl.col("date_renouvellement") < depot),
        Controle("TAB-061", "nb_a_charge", _n("nb_a_charge") >= _n("nb_personnes")),
        Controle("TAB-062", "nb_mineurs", _n("nb_mineurs") > _n("nb_personnes")),
        Controle("TAB-063", "nb_moins_14", _n("nb_moins_14") > _n("nb_mineurs")),
        Controle("TAB-064", "nb_garde_alternee", (garde > 0) & (garde + charge >= _n("nb_personnes"))),
        Controle("TAB-065", "nb_carte_invalidite", _n("nb_carte_invalidite") > _n("nb_personnes")),
        Controle("TAB-078", "rfr_n2_annee", pl.col("rfr_n2_annee") >= au.year),
        Controle("TAB-066", "en_couple", pl.col("en_couple") & (_n("nb_personnes") == 1)),
        Controle("TAB-073", "numero_unique", month != depot.dt.to_string("%m%y")),
        Controle("TAB-074", "titre_sejour_au", (pl.col("nationalite") == "hors_ue") & sejour.is_null()),
        Controle("TAB-075", "naissance", (naissance.dt.offset_by("18y") > depot) & (naissance <= depot)),
        Controle("TAB-076", "naissance_prevue", (prevue < au) | (prevue > add_months(au, 10))),
        Controle("TAB-077", "ressources_mensuelles_cent", (ressources == 0) & (pl.col("loyer_cent") > 0)),
    ]  # fmt: skip


_SANS_LE_RESTE = {
    "TAB-064": frozenset({"nb_personnes"}),
    "TAB-074": frozenset({"nationalite"}),
}


def check_coherence(table: pl.DataFrame, champs: dict[str, Champ], au: dt.date, lot: Lot) -> None:
    """Report the rows that contradict themselves.

    Parameters
    ----------
    table : polars.DataFrame
        Values of the registry, all columns of the schema.
    champs : dict of str to Champ
        Columns that the file holds, by name.
    au : date
        Date of the work.
    lot : Lot
        Receives TAB-034 and TAB-061 to TAB-078.
    """
    present = frozenset(champs)
    useful = [
        c
        for c in controles(au)
        if _SANS_LE_RESTE.get(c.code, c.besoin) <= present and c.besoin <= frozenset(table.columns)
    ]
    masks = table.select(c.faute.fill_null(value=False).alias(str(i)) for i, c in enumerate(useful))
    for check, mask in zip(useful, masks, strict=True):
        if mask.any():
            blamed = champs.get(check.colonne)
            entete = blamed.entete if blamed else check.colonne
            lot.signaler(check.code, mask, blamed.colonne if blamed else None, entete)
