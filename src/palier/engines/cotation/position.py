"""Position of one request among similar requests, and pressure on a territory.

The similar set of a request holds the active scored requests of the same
system that ask for a common size *and* a common commune (article R441-2-17 of
the CCH: "typologie ou localisation analogue"). Sets of two requests overlap
without being equal, so a position is computed for one request at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from palier.base.errors import Problem, TableError
from palier.base.explanation import Explanation, Phrase
from palier.base.mots import word
from palier.engines.cotation.model.nodes import NOTES
from palier.engines.secret import is_publishable

RESSOURCES = "plafond_max_code"
_REFERENCE = "R441-2-17 CCH"
_SCORES = ("systeme", "etat", "total")


@dataclass(frozen=True, slots=True)
class Position:
    """Where a request stands among the similar ones.

    Parameters
    ----------
    rang : int
        Competition rank: 1 + number of similar requests with a higher score.
    n : int
        Similar requests, the request itself included.
    n_egalite : int
        Requests with the same score, the request itself included.
    percentile : Fraction
        Mid-rank percentile in [0, 100]: 50 if alone or all tied.
    quart : int
        Quarter from 1 (highest scores) to 4; ties never straddle two.
    """

    rang: int
    n: int
    n_egalite: int
    percentile: Fraction
    quart: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; the percentile as a pair of integers."""
        return {
            "rang": self.rang,
            "n": self.n,
            "n_egalite": self.n_egalite,
            "percentile": [self.percentile.numerator, self.percentile.denominator],
            "quart": self.quart,
        }


def rank_among(devant: int, egalite: int, n: int) -> Position:
    """Build the position from counts.

    Parameters
    ----------
    devant : int
        Similar requests with a higher score.
    egalite : int
        Similar requests with the same score, the request itself included.
    n : int
        Similar requests, the request itself included.

    Notes
    -----
    rank = 1 + devant; percentile = 100 (lower + egalite / 2) / n;
    quarter = 1 + floor(4 (rank - 1) / n).
    """
    derriere = n - devant - egalite
    return Position(
        rang=1 + devant,
        n=n,
        n_egalite=egalite,
        percentile=Fraction(100 * (2 * derriere + egalite), 2 * n),
        quart=1 + 4 * devant // n,
    )


def similar_mask(
    demandes: pl.DataFrame, scores: pl.DataFrame, numero: str, *, with_resources: bool = False
) -> pl.Series:
    """Mark the requests similar to one of them.

    Parameters
    ----------
    demandes : DataFrame
        Table ``demandes``; reads ``numero_unique``, ``typologies`` (bits),
        ``localisations`` and, if asked, ``plafond_max_code``.
    scores : DataFrame
        One row per request: ``numero_unique``, ``systeme``, ``etat``,
        ``total`` and, if the grid has classes, ``classe_rang``.
    numero : str
        Unique number of the request.
    with_resources : bool
        Also ask for the same resource band: the most social financing that
        the household may have (``plafond_max_code``).

    Returns
    -------
    Series
        Boolean, one value per row of ``demandes``. A row whose size, place,
        score or band is unknown is not similar to anyone.

    Raises
    ------
    TableError
        ATT-001 unknown number; ATT-002 not scored; ATT-003 number written
        twice; ATT-004 size, place or band of the request unknown; ATT-005
        missing column.
    """
    return _similar(demandes, scores, numero, with_resources)[1]


def position(
    demandes: pl.DataFrame, scores: pl.DataFrame, numero: str, *, with_resources: bool = False
) -> Position:
    """Compute the position of one request among the similar ones.

    Parameters and errors are those of :func:`similar_mask`. Scores compare by
    class first (a lower ``classe_rang`` comes before), then by total.
    """
    joined, mask, row = _similar(demandes, scores, numero, with_resources)
    classe, total = row["classe_rang"], row["total"]
    ahead = (pl.col("classe_rang") < classe) | ((pl.col("classe_rang") == classe) & (pl.col("total") > total))
    tied = (pl.col("classe_rang") == classe) & (pl.col("total") == total)
    counts = joined.filter(mask).select(ahead.sum().alias("devant"), tied.sum().alias("egalite"), n=pl.len())
    devant, egalite, n = counts.row(0)
    return rank_among(devant, egalite, n)


def pressure(pending: int, allocations: int) -> Fraction:
    """Return pending requests per allocation of the year.

    Raises
    ------
    TableError
        ATT-006 if no home was allocated: the ratio does not exist.

    Examples
    --------
    >>> from palier.base.exact import round_fraction
    >>> round_fraction(pressure(116_228, 11_357) * 10, "demi_haut")
    102
    """
    if allocations <= 0 or pending < 0:
        raise TableError(
            Problem(
                "ATT-006",
                "",
                "Aucune attribution dans l'année : la tension n'est pas définie.",
                "Prenez une année ou un territoire où au moins un logement a été attribué.",
            )
        )
    return Fraction(pending, allocations)


def explain_position(place: Position, langue: str = "fr") -> Explanation:
    """Tell a position in codes and values; a small group stays hidden."""

    def line(code: str, **values: Any) -> Explanation:
        return Explanation(code, word(code, langue), lu=Phrase(f"{code}.lu", values), reference=_REFERENCE)

    if not is_publishable(place.n):
        return line("position.trop_peu")
    percentile = place.percentile / 100
    children = (
        line("position.quart", quart=place.quart),
        line("position.percentile", part_ratio=[percentile.numerator, percentile.denominator]),
    )
    head = line(
        "position.rang", rang=place.rang, n=place.n, devant=place.rang - 1, autres=place.n_egalite - 1
    )
    return head._replace(regle=Phrase("position.regle"), enfants=children)


def _similar(
    demandes: pl.DataFrame, scores: pl.DataFrame, numero: str, with_resources: bool
) -> tuple[pl.DataFrame, pl.Series, dict[str, Any]]:
    needed = ["numero_unique", "typologies", "localisations"] + [RESSOURCES] * with_resources
    _require(demandes, needed, "demandes")
    _require(scores, ["numero_unique", *_SCORES], "scores")
    asked = demandes.filter(pl.col("numero_unique") == numero)
    score = scores.filter(pl.col("numero_unique") == numero)
    row = _check_one(asked, score, needed) | _rated(score).row(0, named=True)
    joined = demandes.select(needed).join(
        _rated(scores), on="numero_unique", how="left", maintain_order="left"
    )
    if joined.height != demandes.height:
        raise TableError(_twice("scores"))
    places: Sequence[str] = row["localisations"]
    similar = (
        pl.col("etat").is_in(NOTES)
        & pl.col("total").is_not_null()
        & pl.col("systeme").eq_missing(pl.lit(row["systeme"]))
        & ((pl.col("typologies") & row["typologies"]) != 0)
        & pl.any_horizontal([pl.col("localisations").list.contains(place) for place in sorted(set(places))])
    )
    if with_resources:
        similar &= pl.col(RESSOURCES) == row[RESSOURCES]
    return joined, joined.select(similar.fill_null(False).alias("semblable")).to_series(), row


def _rated(scores: pl.DataFrame) -> pl.DataFrame:
    if "classe_rang" not in scores.columns:
        if "classe" in scores.columns and scores["classe"].drop_nulls().n_unique() > 1:
            _require(scores, ["classe_rang"], "scores")
        scores = scores.with_columns(classe_rang=pl.lit(0, pl.Int32))
    return scores.select(
        "numero_unique",
        "systeme",
        pl.col("etat").cast(pl.String),
        pl.col("classe_rang").fill_null(0),
        "total",
    )


def _check_one(asked: pl.DataFrame, score: pl.DataFrame, needed: Sequence[str]) -> dict[str, Any]:
    if asked.height == 0:
        raise TableError(
            Problem(
                "ATT-001",
                "demandes",
                "Ce numéro unique n'est pas dans la table.",
                "Vérifiez les 18 caractères, ou la date de la table.",
            )
        )
    if asked.height > 1 or score.height > 1:
        raise TableError(_twice("demandes" if asked.height > 1 else "scores"))
    if score.height == 0 or score["etat"][0] not in NOTES or score["total"][0] is None:
        raise TableError(
            Problem(
                "ATT-002",
                "scores",
                "Cette demande n'a pas de note : elle n'a donc pas de position.",
                "Lisez l'explication de la cotation, qui dit pourquoi.",
            )
        )
    row = asked.row(0, named=True)
    unknown = [name for name in needed if row[name] is None or row[name] in (0, [])]
    if unknown:
        raise TableError(
            [
                Problem(
                    "ATT-004",
                    f"demandes, colonne {name}",
                    "La réponse manque : on ne sait pas à qui comparer la demande.",
                    "Complétez la demande.",
                )
                for name in unknown
            ]
        )
    return row


def _require(table: pl.DataFrame, names: Sequence[str], nom: str) -> None:
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise TableError(
            [
                Problem(
                    "ATT-005",
                    f"{nom}, colonne {name}",
                    "La colonne manque dans la table.",
                    "Donnez un fichier qui la contient, ou faites la cotation d'abord.",
                )
                for name in missing
            ]
        )


def _twice(nom: str) -> Problem:
    return Problem(
        "ATT-003",
        nom,
        "Un numéro unique figure deux fois.",
        "Gardez une seule ligne par demande avant de calculer des positions.",
    )
