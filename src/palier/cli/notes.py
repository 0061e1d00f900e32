"""Scores as files: the scores, the queues beside them, and what was put aside."""

from __future__ import annotations

from pathlib import Path

from palier.cli.rejeu import BONNES_LIGNES, PROVENANCE
from palier.cli.travaux import Cotation
from palier.formats import Sortie, rejets_path, write_tables


def files_path(sortie: Path) -> Path:
    """Name the file of the queues, beside that of the scores."""
    return sortie.parent / f"{sortie.stem}.files{sortie.suffix}"


def score_paths(sortie: Path, bonnes_lignes: bool) -> list[Path]:
    """List what :func:`write_scores` writes: the scores, the queues, and the rejects if lines are sorted."""
    return [sortie, files_path(sortie), *([rejets_path(sortie)] if bonnes_lignes else [])]


def write_scores(made: Cotation, sortie: Path) -> list[Path]:
    """Write scores and what stands beside them, all or none; return the paths of :func:`score_paths`."""
    provenance = made.result.provenance
    metadata = {
        PROVENANCE: provenance.to_json(),
        BONNES_LIGNES: "oui" if made.tables.bonnes_lignes else "non",
        "palier.grille": made.grille.version,
        "palier.etat_loi": ",".join(provenance.non_verifie),
        "palier.simulation": ",".join(provenance.simulation),
    }
    paths = score_paths(sortie, made.tables.bonnes_lignes)
    tables = (made.result.with_lists(), made.files, made.tables.lecture.rejets)
    made_of = zip(tables, paths, (False, False, True), strict=False)
    write_tables([Sortie(df, path, prive=prive) for df, path, prive in made_of], metadata=metadata)
    return paths
