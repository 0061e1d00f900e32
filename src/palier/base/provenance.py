"""Provenance: what a result was made of, enough to replay it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass


def sha256_text(text: str) -> str:
    """Hash a text with its line ends as LF."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ValeurLue:
    """One legal value that a result read."""

    id: str
    du: dt.date
    verifie: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a result comes from.

    Parameters
    ----------
    grille_sha256 : str
        Hash of the text of the grid.
    loi : tuple of ValeurLue
        Legal values read, with their start date, state and hash.
    au : date
        The date of the computation.
    donnees_sha256 : str
        Digest of the input: of its files, or of its rows whatever their order.
    version : str
        Version of Palier.
    graine : int, optional
        Seed, where there was chance.
    simulation : tuple of str
        Why the grid is not the one that applies on ``au``; empty if it is.
    """

    grille_sha256: str
    loi: tuple[ValeurLue, ...]
    au: dt.date
    donnees_sha256: str
    version: str
    graine: int | None = None
    simulation: tuple[str, ...] = ()

    @property
    def non_verifie(self) -> tuple[str, ...]:
        """Ids of the legal values that nobody has checked yet."""
        return tuple(v.id for v in self.loi if not v.verifie)

    def to_json(self) -> str:
        """Write as JSON with sorted keys: the same bytes each time."""
        return json.dumps(
            {
                "grille_sha256": self.grille_sha256,
                "loi": [[v.id, v.du.isoformat(), v.verifie, v.sha256] for v in self.loi],
                "au": self.au.isoformat(),
                "donnees_sha256": self.donnees_sha256,
                "version": self.version,
                "graine": self.graine,
                "simulation": list(self.simulation),
            },
            sort_keys=True,
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Provenance:
        """Read what :meth:`to_json` wrote.

        Raises
        ------
        ValueError
            If the text is not a provenance.
        """
        try:
            raw = json.loads(text)
            loi = tuple(ValeurLue(i, dt.date.fromisoformat(du), bool(ok), h) for i, du, ok, h in raw["loi"])
            return cls(
                raw["grille_sha256"],
                loi,
                dt.date.fromisoformat(raw["au"]),
                raw["donnees_sha256"],
                raw["version"],
                raw["graine"],
                tuple(raw.get("simulation", ())),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("provenance illisible") from error
