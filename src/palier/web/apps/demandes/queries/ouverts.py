"""Class 4 that the search of candidates reads for each home, opened once by a process, not at each search.

A box is known again by the digest of its bytes with the id of its request, computed by the database under
the rights of the one who reads: without them there is no digest, and nothing is found. What was altered,
moved or written again has another digest, and is opened anew. Of each territory only the columns asked and
the boxes of the last reading are held, in memory, beside the key that opens them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from palier.web.apps.demandes.chiffrement import key_names

EMPREINTE = "encode(sha256(uuid_send(d.id) || s.chiffre), 'hex')"
_TERRITOIRES = 4
_gardes: dict[tuple[object, ...], pl.DataFrame] = {}


def opened(
    territoire: str,
    lignes: pl.DataFrame,
    colonnes: Sequence[str],
    ouvrir: Callable[[pl.Series], pl.DataFrame],
) -> pl.DataFrame:
    """Return columns of class 4, row for row with ``lignes``.

    Parameters
    ----------
    territoire : str
        Its code.
    lignes : pl.DataFrame
        ``id`` and ``empreinte`` of each request; null for a request without a box.
    colonnes : sequence of str
        Names.
    ouvrir : callable
        Opens the boxes of some requests, by their ids: ``id`` and the columns.
    """
    place = (territoire, tuple(colonnes), key_names())
    kept = _gardes.get(place)
    boxes = lignes.drop_nulls("empreinte")
    unknown = boxes if kept is None else boxes.join(kept, on="empreinte", how="anti")
    if kept is None or unknown.height:
        made = unknown.join(ouvrir(unknown["id"]), on="id", how="left").drop("id")
        known = made if kept is None else pl.concat([kept, made])
        kept = known.join(boxes, on="empreinte", how="semi")
        _gardes.pop(place, None)
        while len(_gardes) >= _TERRITOIRES:
            _gardes.pop(next(iter(_gardes)), None)
        _gardes[place] = kept
    return lignes.join(kept, on="empreinte", how="left", maintain_order="left").select(colonnes)


def forget() -> None:
    """Hold nothing any more."""
    _gardes.clear()
