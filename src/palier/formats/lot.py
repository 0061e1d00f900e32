"""One batch of lines under check: where each line stands and which ones are bad."""

from __future__ import annotations

import polars as pl

from palier.formats.anomalies import Anomalies
from palier.formats.catalogue import is_avertissement
from palier.formats.entetes import Champ
from palier.tables.registre import Colonne


class Lot:
    """A batch of lines.

    Parameters
    ----------
    lignes : polars.Series of Int64
        Line number of each row in the file.
    anomalies : Anomalies
        Receives the faults.
    longues : bool
        Whether some cell may be too long.
    communes : bool
        Whether codes of communes must be those of the packaged list.
    """

    def __init__(
        self, lignes: pl.Series, anomalies: Anomalies, *, longues: bool = True, communes: bool = True
    ) -> None:
        self.longues = longues
        self.communes = communes
        self.lignes = lignes.alias("ligne")
        self.anomalies = anomalies
        self.mauvaises = pl.repeat(False, lignes.len(), dtype=pl.Boolean, eager=True)

    def signaler(
        self,
        code: str,
        masque: pl.Series,
        colonne: Colonne | None = None,
        entete: str = "",
        brut: pl.Series | None = None,
        detail: str = "",
    ) -> None:
        """Note a fault on the rows of a mask; a null in the mask is no fault."""
        at_fault = masque.fill_null(value=False)
        if not at_fault.any():
            return
        textes = brut.filter(at_fault).head(20) if brut is not None else None
        self.anomalies.add(code, self.lignes.filter(at_fault), colonne, entete, textes, detail)
        if not is_avertissement(code):
            self.mauvaises = self.mauvaises | at_fault

    def signaler_codes(
        self, fautes: pl.Series, champ: Champ, brut: pl.Series, details: dict[str, str]
    ) -> None:
        """Note the faults of a column, given as a code or null for each row."""
        for code in fautes.drop_nulls().unique().sort():
            masque = fautes == code
            self.signaler(code, masque, champ.colonne, champ.entete, brut, details.get(code, ""))
