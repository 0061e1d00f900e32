"""Replay a past result from its provenance: equal, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from palier.base.errors import InputError, LoiError, Problem, RuleFileError, TableError
from palier.base.provenance import Provenance, sha256_text
from palier.cli.travaux import Tables, load_tables, load_text, score_tables
from palier.formats import read_parquet_metadata, read_written
from palier.formats.chemins import usage

PROVENANCE = "palier.provenance"
BONNES_LIGNES = "palier.bonnes_lignes"


def read_provenance(path: Path) -> tuple[Provenance, bool]:
    """Read the provenance kept in a parquet file, and whether bad lines had been put aside.

    Raises
    ------
    UsageError
        USG-013 for another kind of file.
    TableError
        COT-083 if the file holds none.
    """
    if path.suffix.lower() != ".parquet":
        raise usage("USG-013", path)
    kept = read_parquet_metadata(path)
    try:
        return Provenance.from_json(kept.get(PROVENANCE, "")), kept.get(BONNES_LIGNES) == "oui"
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
    UsageError
        USG-013 if the file cannot hold a provenance.
    RuleFileError
        COT-084 if the text of the grid is not the one that scored.
    LoiError
        LOI-008 if a legal value has changed since.
    TableError
        COT-085 if the data differ, COT-086 if the result differs.
    """
    past, bonnes_lignes = read_provenance(resultat)
    tables = load_tables(demandes, evenements, past.au, bonnes_lignes)
    _check_inputs(past, tables, str(demandes), grille)
    made = score_tables(tables, grille, past.au, non_verifiee=True)
    _check_law(past, made.result.provenance)
    written = read_written(resultat)
    if not made.result.with_lists().equals(written):
        raise TableError(
            Problem(
                "COT-086",
                str(resultat),
                "Le résultat refait diffère du fichier.",
                f"Le fichier a été modifié, ou Palier a changé depuis la version {past.version}.",
            )
        )
    return written.height


def _check_law(past: Provenance, now: Provenance) -> None:
    before, after = ({value.id: value.sha256 for value in p.loi} for p in (past, now))
    changed = sorted(id_ for id_ in before.keys() | after.keys() if before.get(id_) != after.get(id_))
    if changed:
        raise LoiError(
            Problem(
                "LOI-008",
                id_,
                "Cette valeur de loi n'est plus celle du calcul.",
                "Rejouez avec la loi d'alors.",
            )
            for id_ in changed
        )


def _check_inputs(past: Provenance, tables: Tables, demandes: str, grille: str) -> None:
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
    if tables.sha256 != past.donnees_sha256:
        events = tables.evenements_de.name if tables.evenements_de else "aucun événement"
        errors.append(
            TableError(
                Problem(
                    "COT-085",
                    f"{demandes}, {events}",
                    "Ces demandes, ou leurs événements, ne sont pas ceux qui ont été notés.",
                    "Donnez les fichiers d'alors, à l'octet près.",
                )
            )
        )
    if errors:
        raise type(errors[0])(_problems(errors))


def _problems(errors: Iterable[InputError]) -> list[Problem]:
    return [problem for error in errors for problem in error.problems]
