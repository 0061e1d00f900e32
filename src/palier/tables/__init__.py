"""The vocabulary of the house: columns, tables and derived columns."""

from palier.tables.registre import Colonne, SchemaTable, all_colonnes, all_schemas, colonne, schema

__all__ = ["Colonne", "SchemaTable", "all_colonnes", "all_schemas", "colonne", "schema"]
