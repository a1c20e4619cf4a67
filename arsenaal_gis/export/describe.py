"""What makes a GeoPackage explain itself: column descriptions, code lists, default styles, metadata."""

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from ..catalogue import Layer, data_folder

STAMP = "2000-01-01T00:00:00.000Z"

_SCHEMA = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT fk_gdc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""
_METADATA = """
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL,
  md_parent_id INTEGER, CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
"""
# The table QGIS reads default styles from; GDAL shows it to QGIS only when it is registered as content.
_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
  f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT, ui TEXT, update_time DATETIME);
"""
_EXTENSION = "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')"


def describe(path: Path, layers: Sequence[Layer], documents: Sequence[tuple[str, str, str]]) -> None:
    """Add the schema and metadata extensions and the default styles.

    Args:
        path: A finished GeoPackage.
        layers: Its tables.
        documents: Metadata of the whole file: standard URI, media type, text.

    Source:
        OGC 12-128r15, GeoPackage 1.2, F.8 metadata and F.9 schema.
    """
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, "
            "definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"
        )
        database.executescript(_SCHEMA + _METADATA + _STYLES)
        for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
            database.execute(
                _EXTENSION, [table, "gpkg_schema", "http://www.geopackage.org/spec120/#extension_schema"]
            )
        for table in ("gpkg_metadata", "gpkg_metadata_reference"):
            database.execute(
                _EXTENSION, [table, "gpkg_metadata", "http://www.geopackage.org/spec120/#extension_metadata"]
            )
        for layer in layers:
            _columns(database, layer)
            _style(database, layer)
        styled = database.execute("SELECT count(*) FROM layer_styles").fetchone()[0]
        if styled:
            database.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
                "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
                [STAMP],
            )
            database.execute("INSERT INTO gpkg_ogr_contents VALUES ('layer_styles', ?)", [styled])
        for number, (standard, media, text) in enumerate(documents, 1):
            database.execute(
                "INSERT INTO gpkg_metadata VALUES (?, 'dataset', ?, ?, ?)", [number, standard, media, text]
            )
            database.execute(
                "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, ?, NULL)",
                [STAMP, number],
            )


def _columns(database: sqlite3.Connection, layer: Layer) -> None:
    for field in layer.fields.values():
        constraint = None
        if field.codes or field.minimum is not None or field.maximum is not None:
            constraint = f"{layer.id}__{field.name}"
        unit = f" [{field.unit}]" if field.unit else ""
        database.execute(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, ?)",
            [layer.id, field.name, field.title["nl"] + unit, field.title["en"] + unit, constraint],
        )
        add = "INSERT INTO gpkg_data_column_constraints VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        for code, words in field.codes.items():
            database.execute(add, [constraint, "enum", code, None, None, None, None, words["nl"]])
        if constraint and not field.codes:
            low = -9e15 if field.minimum is None else field.minimum
            high = 9e15 if field.maximum is None else field.maximum
            database.execute(add, [constraint, "range", None, low, 1, high, 1, None])


def _style(database: sqlite3.Connection, layer: Layer) -> None:
    """The layer's default style, unless it draws a column that this export does not have."""
    path = data_folder("styles") / f"{layer.id}.qml"
    shown = layer.style.get("attribute")
    if not layer.spatial or not path.exists() or (shown and shown not in layer.fields):
        return
    database.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, "
        "styleSLD, useAsDefault, description, owner, ui, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', NULL, ?)",
        [layer.id, layer.id, path.read_text(encoding="utf-8"), layer.title["nl"], STAMP],
    )
