"""What a load of requests must hold, beyond the checks of each table: all problems at once."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from palier.base.errors import Problem

VIVANTES = ("active", "en_attente_piece")


def check_load(
    demandes: pl.DataFrame, enfants: Mapping[str, pl.DataFrame], territoire: str, organismes: int, ou: str
) -> list[Problem]:
    """Return what forbids a load.

    Parameters
    ----------
    demandes : pl.DataFrame
        Table ``demandes``, checked by ``formats``.
    enfants : mapping of str to pl.DataFrame
        Child tables by name.
    territoire : str
        Where they are scored: SIREN of the EPCI, or code of a commune.
    organismes : int
        How many organismes manage them.
    ou : str
        Name of the file, for messages.
    """
    found = []
    if not re.fullmatch(r"\d{9}|\d[\dAB]\d{3}", territoire):
        found.append(
            Problem(
                "DEM-001",
                "--territoire",
                "Ce n'est ni le SIREN d'une intercommunalité, ni le code d'une commune.",
                "Donnez neuf chiffres, ou cinq caractères.",
            )
        )
    if not organismes:
        found.append(
            Problem(
                "DEM-002",
                "--organisme",
                "Aucun organisme ne gère ces demandes : personne ne les verrait.",
                "Donnez le SIREN d'au moins un organisme ouvert sur le site.",
            )
        )
    alive = pl.col("statut").is_null() | pl.col("statut").cast(pl.String).is_in(VIVANTES)
    gone = demandes.filter(~alive & pl.col("motif_radiation").is_null()).height
    if gone:
        found.append(
            Problem(
                "DEM-003",
                f"{ou}, colonne motif_radiation",
                f"{gone} demandes sont closes sans motif.",
                "Donnez à chacune l'un des cinq motifs de radiation.",
                "R441-2-8 CCH",
            )
        )
    odd = demandes.filter(alive & pl.col("motif_radiation").is_not_null()).height
    if odd:
        found.append(
            Problem(
                "DEM-004",
                f"{ou}, colonne motif_radiation",
                f"{odd} demandes vivantes portent un motif de radiation.",
                "Retirez le motif, ou donnez l'état « radiée » ou « attribuée ».",
            )
        )
    for nom, frame in enfants.items():
        alone = frame.join(demandes.select("numero_unique"), on="numero_unique", how="anti").height
        if alone:
            found.append(
                Problem(
                    "DEM-005",
                    f"table {nom}",
                    f"{alone} lignes parlent d'une demande que le fichier ne contient pas.",
                    "Chargez les demandes et leurs tables d'un même export.",
                )
            )
    return found
