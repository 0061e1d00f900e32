"""The room that takes the dirt of the world: every path given by a person is opened here."""

from palier.formats.anomalies import group_problems
from palier.formats.chemins import file_sha256, make_folder, read_text, write_bytes, write_text
from palier.formats.ecriture import Sortie, read_parquet_metadata, read_written, write_table, write_tables
from palier.formats.importation import import_table, rejets_path
from palier.formats.lecture import read_table
from palier.formats.modele import BilanImport, Correspondance, LectureTable, LignesRefusees
from palier.formats.morceaux import Morceaux, open_parquet_parts
from palier.formats.sne import read_sne
from palier.formats.tableschema import to_table_schema

__all__ = [
    "BilanImport",
    "Correspondance",
    "LectureTable",
    "LignesRefusees",
    "Morceaux",
    "Sortie",
    "file_sha256",
    "group_problems",
    "import_table",
    "make_folder",
    "open_parquet_parts",
    "read_parquet_metadata",
    "read_sne",
    "read_table",
    "read_text",
    "read_written",
    "rejets_path",
    "to_table_schema",
    "write_bytes",
    "write_table",
    "write_tables",
    "write_text",
]
