"""Collect the faults of a table: grouped by code and column, counted in full, bounded in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from palier.base.errors import Problem
from palier.base.mots import nombre
from palier.formats.catalogue import is_avertissement, probleme
from palier.tables.registre import Colonne

LIGNES_MONTREES = 5
SCHEMA_REJETS: dict[str, pl.DataType] = {"ligne": pl.Int64(), "colonne": pl.String(), "code": pl.String()}


def visible(text: str, longueur: int = 40) -> str:
    """Make a text of the file safe to print: one line, no control character, cut."""
    clean = "".join(c if c.isprintable() else " " for c in text[: 2 * longueur]).strip()
    return clean if len(clean) <= longueur else f"{clean[: longueur - 1]}…"


def montre(texte: str, sensibilite: int) -> str:
    """Show a value if its sensitivity allows it, else its shape."""
    if sensibilite <= 1:
        return f"« {visible(texte)} »"
    return f"{nombre(len(texte))} caractère{'s' if len(texte) > 1 else ''}"


def group_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Merge the problems that say the same thing of several places.

    Parameters
    ----------
    problems : iterable of Problem
        In any number; what :func:`read_table` gives is already grouped.

    Returns
    -------
    list of Problem
        One per (code, finding), its place being the first ones and a count.
    """
    places: dict[tuple[str, str, str, str | None], list[str]] = {}
    for p in problems:
        places.setdefault((p.code, p.constat, p.que_faire, p.reference), []).append(p.ou)
    return [
        Problem(code, _several(where), constat, que_faire, reference)
        for (code, constat, que_faire, reference), where in places.items()
    ]


def _several(places: Sequence[str]) -> str:
    more = len(places) - LIGNES_MONTREES
    shown = " ; ".join(places[:LIGNES_MONTREES])
    if more <= 0:
        return shown
    return f"{shown} et {nombre(more)} autre{'s' if more > 1 else ''}"


@dataclass
class _Groupe:
    entete: str
    total: int = 0
    lignes: list[int] = field(default_factory=list)
    details: list[str] = field(default_factory=list)

    def place(self, origine: str, mot: str) -> str:
        parts = [origine] if origine else []
        if self.lignes:
            shown = ", ".join(nombre(line) for line in self.lignes)
            more = self.total - len(self.lignes)
            tail = f" et {nombre(more)} autre{'s' if more > 1 else ''} {mot}{'s' if more > 1 else ''}"
            parts.append(f"{mot}{'s' if self.total > 1 else ''} {shown}{tail if more else ''}")
        if self.entete:
            parts.append(f"colonne « {visible(self.entete)} »")
        return ", ".join(parts)


class Anomalies:
    """All that is wrong in one file.

    Parameters
    ----------
    origine : str
        Name of the file in messages.
    recevoir : callable, optional
        Receives each batch of rejects (``ligne``, ``colonne``, ``code``)
        instead of keeping them in memory.
    """

    def __init__(self, origine: str, recevoir: Callable[[pl.DataFrame], None] | None = None) -> None:
        self.origine = origine
        self.mot = "ligne"  # what a row is called in messages
        self._recevoir = recevoir
        self._groupes: dict[tuple[str, str], _Groupe] = {}
        self._fatals: list[Problem] = []
        self._notes: list[Problem] = []
        self._rejets: list[pl.DataFrame] = []

    def refuse_fichier(self, code: str, detail: str = "", ou: str = "") -> None:
        """Note a fault of the whole file: no good line can be saved from it."""
        place = f"{self.origine}, {ou}" if ou else self.origine
        target = self._notes if is_avertissement(code) else self._fatals
        target.append(probleme(code, place, detail))

    def add(
        self,
        code: str,
        lignes: pl.Series,
        colonne: Colonne | None = None,
        entete: str = "",
        textes: pl.Series | None = None,
        detail: str = "",
    ) -> None:
        """Note the same fault on several lines of one batch.

        Parameters
        ----------
        code : str
            Documented code.
        lignes : polars.Series of Int64
            Line numbers in the file.
        colonne, entete
            The column and its title in the file.
        textes : polars.Series of String, optional
            The cells at fault, in the order of ``lignes``; shown by value or by
            shape only, following the sensitivity of the column.
        detail : str
            What is particular to this code here.
        """
        if lignes.is_empty():
            return
        nom = colonne.nom if colonne else ""
        group = self._groupes.setdefault((code, nom or entete), _Groupe(entete or nom))
        group.total += lignes.len()
        room = LIGNES_MONTREES - len(group.lignes)
        group.lignes.extend(int(x) for x in lignes.head(room))
        if detail and detail not in group.details and len(group.details) < LIGNES_MONTREES:
            group.details.append(detail)
        if textes is not None and colonne is not None:
            for text in textes.head(LIGNES_MONTREES).drop_nulls():
                said = f"Lu : {montre(text, colonne.sensibilite)}."
                if len([d for d in group.details if d.startswith("Lu :")]) < 3 and said not in group.details:
                    group.details.append(said)
        if not is_avertissement(code):
            self._reject(lignes, nom, code)

    def _reject(self, lignes: pl.Series, nom: str, code: str) -> None:
        frame = pl.DataFrame({"ligne": lignes.cast(pl.Int64)}).with_columns(
            pl.lit(nom).alias("colonne"), pl.lit(code).alias("code")
        )
        if self._recevoir is None:
            self._rejets.append(frame)
        else:
            self._recevoir(frame)

    def _problems(self, avertissements: bool) -> list[Problem]:
        return [
            probleme(code, group.place(self.origine, self.mot), " ".join(group.details))
            for (code, _), group in self._groupes.items()
            if is_avertissement(code) is avertissements
        ]

    @property
    def fatals(self) -> list[Problem]:
        """Faults of the whole file."""
        return list(self._fatals)

    @property
    def a_refuser(self) -> bool:
        """Whether something refuses the file as it stands."""
        return bool(self._fatals) or any(not is_avertissement(code) for code, _ in self._groupes)

    def problemes(self) -> list[Problem]:
        """Return what refuses: faults of the file and what was seen of it, then faults of its lines."""
        seen = self._notes if self._fatals else []  # which sheet was read explains why it has no title
        return self._fatals + seen + self._problems(avertissements=False)

    def avertissements(self) -> list[Problem]:
        """Return the warnings."""
        return self._notes + self._problems(avertissements=True)

    def rejets(self) -> pl.DataFrame:
        """Return the rejects kept in memory, in the order of the file."""
        empty = pl.DataFrame(schema=SCHEMA_REJETS)
        return pl.concat([empty, *self._rejets]).sort("ligne", "colonne", "code", maintain_order=True)
