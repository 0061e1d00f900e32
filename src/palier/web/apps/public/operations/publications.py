"""The snapshot of each day: all offers on line, and what changed since the day before."""

from __future__ import annotations

import datetime as dt
import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from palier.formats import Sortie, read_written, write_tables
from palier.formats.ecriture import to_text_cells
from palier.web.apps.offres.models import Offre
from palier.web.apps.offres.rules.filtres import NATURES, Filtres
from palier.web.apps.public.queries import exports
from palier.web.apps.public.queries.publications import days, folder_of
from palier.web.apps.public.rules.table_ouverte import NOM, changes

GARDE_JOURS = 35
_TOUT = 10_000_000


def publier(*, au: dt.date) -> Path:
    """Write the files of a day, all or none; a day already written is left as it is.

    Parameters
    ----------
    au : date
        Day in Paris.

    Returns
    -------
    Path
        Folder of the day.
    """
    target = folder_of(au)
    if target.exists():
        return target
    before = [day for day in days() if day < au]
    draft = target.parent / f".{au.isoformat()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    table = _table()
    sorties = [Sortie(table, draft / "offres.parquet", NOM)]
    if before:
        old = read_written(folder_of(before[-1]) / "offres.parquet")
        sorties.append(Sortie(_with_reasons(changes(old, table)), draft / "changements.csv", "changements"))
    write_tables(sorties)
    _compress(draft / "offres.csv.gz", _csv(table))
    del table
    _compress(draft / "offres.geojson.gz", _geojson())
    draft.rename(target)
    _forget(au)
    return target


def _table() -> pl.DataFrame:
    """Return all offers on line, of every nature."""
    found = [part for family in NATURES for part in exports.tables(Filtres(nature=family), _TOUT)]
    return pl.concat(found) if found else exports.empty_table()


def _compress(place: Path, parts: Iterator[bytes]) -> None:
    """Write pieces one by one, so that a country does not stand in memory; the same pieces, the same file."""
    with place.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        for part in parts:
            packed.write(part)


def _csv(table: pl.DataFrame) -> Iterator[bytes]:
    yield "\ufeff".encode()
    for number, part in enumerate(table.iter_slices(exports.LOT)):
        yield to_text_cells(part).write_csv(separator=";", include_header=number == 0).encode()
    if not table.height:
        yield to_text_cells(table).write_csv(separator=";").encode()


def _geojson() -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    joint = ""
    for family in NATURES:
        for batch in exports.features(Filtres(nature=family), _TOUT):
            yield (joint + ",\n".join(batch)).encode()
            joint = ",\n"
    yield b"]}\n"


def _with_reasons(changements: pl.DataFrame) -> pl.DataFrame:
    """Add why each offer left: a landlord's word, never a person's."""
    gone = changements.filter(pl.col("changement") == "retiree")["identifiant"].to_list()
    reasons = {
        str(pk): motif for pk, motif in Offre.objects.filter(pk__in=gone).values_list("pk", "motif_retrait")
    }
    words = [reasons.get(pk) or None for pk in changements["identifiant"]]
    return changements.with_columns(pl.Series("motif", words, dtype=pl.String))


def _forget(au: dt.date) -> None:
    """Erase the days that are too old."""
    for day in days():
        if (au - day).days > GARDE_JOURS:
            shutil.rmtree(folder_of(day), ignore_errors=True)
