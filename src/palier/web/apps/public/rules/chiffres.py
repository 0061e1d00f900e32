"""Figures about queues as they are kept: plain data made from what the engine lets be told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from palier.base.errors import Problem
from palier.base.provenance import Provenance
from palier.engines.cotation.model import Grille
from palier.engines.cotation.statistiques import AttentePubliee, FilePubliee, Publication

SECTEUR_MAX = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """One row to keep: a queue, its histogram, quartiles and waits as plain data."""

    secteur: str
    typologie: str
    n: int
    histogramme: dict[str, Any]
    quantiles: dict[str, Any]
    attente: dict[str, Any] | None

    def plain(self) -> dict[str, Any]:
        """Return the row as plain data, as it comes back from the database."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AConserver:
    """All that one publication keeps.

    Parameters
    ----------
    territoire : str
        SIREN of the EPCI, or code of a commune that is a territory of its own.
    au : date
        Date of the figures.
    figures : tuple of Figure
        One per queue that may be told.
    provenance : dict
        What the figures were made of, enough to make them again.
    grille : Grille
        The grid, and below its text.
    texte : str
        Text of the grid, whole.
    """

    territoire: str
    au: dt.date
    figures: tuple[Figure, ...]
    provenance: dict[str, Any]
    grille: Grille
    texte: str


def figures_of(
    publication: Publication, attentes: Mapping[tuple[str, str], AttentePubliee]
) -> tuple[Figure, ...]:
    """Join histograms and waits, queue by queue; a queue without histogram is not kept."""
    return tuple(
        _figure(file, publication.pas, attentes.get((file.secteur, file.typologie)))
        for file in publication.files
    )


def provenance_of(
    made: Provenance, grille: Grille, baux_sha256: str, secteurs: Mapping[str, str]
) -> dict[str, Any]:
    """Return the provenance as plain data: version of the grid, digest of the leases, sector of communes."""
    kept: dict[str, Any] = json.loads(made.to_json())
    return kept | {"grille": grille.version, "baux_sha256": baux_sha256, "secteurs": dict(secteurs)}


def problems_of(
    grille: Grille, motifs: tuple[str, ...], secteurs: Iterable[str], files: int
) -> list[Problem]:
    """Return what forbids a publication, all at once.

    Parameters
    ----------
    grille : Grille
        The grid that scored.
    motifs : tuple of str
        Why it is not the one that applies on that date.
    secteurs : iterable of str
        Names of the sectors.
    files : int
        Queues that may be told.
    """
    found = []
    if motifs:
        found.append(
            Problem(
                "CHI-001",
                f"{grille.origine}, {grille.version}",
                "Cette version de la grille ne s'applique pas à la date du calcul.",
                "Publiez les chiffres de la version en vigueur ce jour-là.",
                "R441-2-17 CCH",
            )
        )
    found += [
        Problem(
            "CHI-002",
            f"baux, secteur « {nom} »",
            f"Le nom du secteur dépasse {SECTEUR_MAX} caractères.",
            "Donnez un nom plus court : il s'affiche en tête de colonne.",
        )
        for nom in sorted(set(secteurs))
        if len(nom) > SECTEUR_MAX
    ]
    if not files:
        found.append(
            Problem(
                "CHI-003",
                "demandes",
                "Aucune file ne compte assez de demandes notées pour être publiée.",
                "Vérifiez la date et le territoire ; sous onze demandes, rien ne se publie.",
            )
        )
    return found


def _figure(file: FilePubliee, pas: int, attente: AttentePubliee | None) -> Figure:
    segments = [
        {
            "systeme": s.systeme,
            "classe": s.classe,
            "n": s.n,
            "classes": [[c.de, c.a, c.n] for c in s.classes],
        }
        for s in file.segments
    ]
    return Figure(
        secteur=file.secteur,
        typologie=file.typologie,
        n=file.n,
        histogramme={"pas": pas, "segments": segments},
        quantiles={f"q{part}": value for part, value in file.quartiles.items()},
        attente=None if attente is None else _attente(attente),
    )


def _attente(attente: AttentePubliee) -> dict[str, Any]:
    estimee = attente.estimee
    return {
        "baux": attente.baux,
        "depuis": attente.depuis.isoformat(),
        "q10": attente.q10,
        "q50": attente.q50,
        "q90": attente.q90,
        "maximum": attente.maximum,
        "liberes_12_mois": attente.liberes_12_mois,
        "en_attente_mediane": attente.en_attente_mediane,
        "estimee": None
        if estimee is None
        else {
            "mois": {f"q{part}": months for part, months in estimee.mois.items()},
            "reperes": [asdict(repere) for repere in estimee.reperes],
            "horizon_mois": estimee.horizon_mois,
        },
    }
