"""Replay a past result from its provenance: equal, or refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from palier.base.errors import InputError, LoiError, Problem, RuleFileError, TableError
from palier.base.provenance import Provenance, sha256_text
from palier.cli.travaux import file_sha256, load_tables, load_text, score_tables
from palier.formats import read_parquet_metadata

CLE = "palier.provenance"


def read_provenance(path: Path) -> Provenance:
    """Read the provenance kept in a parquet file.

    Raises
    ------
    TableError
        COT-083 if the file holds none.
    """
    text = read_parquet_metadata(path).get(CLE, "")
    try:
        return Provenance.from_json(text)
    except ValueError:
        raise TableError(
            Problem(
                "COT-083",
                str(path),
                "Ce fichier ne porte pas de provenance.",
                "Donnez un fichier écrit par « palier cotation noter ».",
            )
        ) from None


def replay(resultat: Path, demandes: Path, grille: str, evenements: Path | None) -> int:
    """Score again and compare; returns the number of rows.

    Raises
    ------
    RuleFileError
        COT-084 if the text of the grid is not the one that scored.
    LoiError
        LOI-008 if a legal value has changed since.
    TableError
        COT-085 if the data differ, COT-086 if the result differs.
    """
    past = read_provenance(resultat)
    _check_inputs(past, demandes, grille)
    made = score_tables(load_tables(demandes, evenements, past.au), grille, past.au, True)
    found = {v.id: v for v in made.result.provenance.loi}
    changed = [v.id for v in past.loi if v.id not in found or found[v.id].sha256 != v.sha256]
    if changed or len(found) != len(past.loi):
        names = ", ".join(changed or sorted(set(found) - {v.id for v in past.loi}))
        raise LoiError(
            Problem(
                "LOI-008",
                names,
                "Cette valeur de loi n'est plus celle du calcul.",
                "Rejouez avec la loi d'alors.",
            )
        )
    written = pl.read_parquet(resultat)
    if not made.result.with_lists().equals(written):
        raise TableError(
            Problem(
                "COT-086",
                str(resultat),
                "Le résultat refait diffère du fichier.",
                "Le fichier a été modifié, ou la version de Palier a changé.",
            )
        )
    return written.height


def _check_inputs(past: Provenance, demandes: Path, grille: str) -> None:
    errors: list[InputError] = []
    texte, origine = load_text(grille)
    if sha256_text(texte) != past.grille_sha256:
        errors.append(
            RuleFileError(
                Problem(
                    "COT-084",
                    origine,
                    "Cette grille n'est pas celle qui a noté.",
                    "Donnez le texte d'alors, à la lettre.",
                )
            )
        )
    if file_sha256(demandes) != past.donnees_sha256:
        errors.append(
            TableError(
                Problem(
                    "COT-085",
                    str(demandes),
                    "Ces demandes ne sont pas celles qui ont été notées.",
                    "Donnez le fichier d'alors.",
                )
            )
        )
    if errors:
        raise type(errors[0])([p for e in errors for p in e.problems])
