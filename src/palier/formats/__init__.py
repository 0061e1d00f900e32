"""The room that takes the dirt of the world: every path given by a person is opened here."""

from palier.formats.anomalies import group_problems
from palier.formats.chemins import read_text, write_bytes, write_text
from palier.formats.ecriture import read_parquet_metadata, write_table
from palier.formats.importation import import_table
from palier.formats.lecture import read_table
from palier.formats.modele import BilanImport, Correspondance, LectureTable
from palier.formats.morceaux import Morceaux, open_parquet_parts
from palier.formats.sne import read_sne
from palier.formats.tableschema import to_table_schema

__all__ = [
    "BilanImport",
    "Correspondance",
    "LectureTable",
    "Morceaux",
    "group_problems",
    "import_table",
    "open_parquet_parts",
    "read_parquet_metadata",
    "read_sne",
    "read_table",
    "read_text",
    "to_table_schema",
    "write_bytes",
    "write_table",
    "write_text",
]
