"""The check of PDOK's rules finds each break of them."""

import contextlib
import importlib
import shutil
import sqlite3

import numpy as np
import shapely
from export import pdok

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import read_layer

geopackage = importlib.import_module("arsenaal_gis.export.geopackage")

PLAIN_COPY = (
    "CREATE TABLE kopie AS SELECT * FROM export_manifest; DROP TABLE export_manifest; "
    "ALTER TABLE kopie RENAME TO export_manifest"
)
OTHER_COLUMN = (
    "ALTER TABLE percelen RENAME COLUMN geom TO vorm; ALTER TABLE rtree_percelen_geom RENAME TO rtree_percelen_vorm; "
    "UPDATE gpkg_geometry_columns SET column_name = 'vorm' WHERE table_name = 'percelen'"
)
CLOCKWISE, BOW = (
    f"UPDATE percelen SET geom = x'{geopackage.blobs(np.array([shapely.MultiPolygon([shape])]))[0].hex()}'"
    for shape in (shapely.box(0, 0, 9, 9, ccw=False), shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]))
)
BREAKS = {
    "RQ1": "ALTER TABLE export_manifest RENAME TO Manifest; UPDATE gpkg_contents SET table_name = 'Manifest' "
    "WHERE table_name = 'export_manifest'",
    "RQ2": "DELETE FROM export_manifest",
    "RQ4": "CREATE VIEW alles AS SELECT * FROM percelen",
    "RQ6": "ALTER TABLE percelen RENAME COLUMN oidn TO Oidn",
    "RQ7": PLAIN_COPY,
    "RQ9": "DROP TABLE rtree_percelen_geom",
    "RQ10": "DELETE FROM rtree_percelen_geom",
    "RQ11": "UPDATE gpkg_ogr_contents SET feature_count = 7 WHERE table_name = 'percelen'",
    "RQ13": "UPDATE gpkg_geometry_columns SET srs_id = 4326 WHERE table_name = 'percelen'",
    "RQ14": "UPDATE gpkg_geometry_columns SET geometry_type_name = 'GEOMETRY' WHERE table_name = 'percelen'",
    "RQ15": "UPDATE gpkg_geometry_columns SET geometry_type_name = 'POLYGON' WHERE table_name = 'percelen'",
    "RQ21": f"ALTER TABLE percelen RENAME COLUMN oidn TO {'o' * 58}",
    "RQ23": BOW,
    "RQ24": "UPDATE percelen SET geom = NULL",
    "RQ26": "ALTER TABLE export_manifest ADD COLUMN vorm BLOB",
    "RC17": OTHER_COLUMN,
    "RC18": OTHER_COLUMN,
    "RC19": "UPDATE gpkg_geometry_columns SET z = 1 WHERE table_name = 'percelen'",
    "RC20": CLOCKWISE,
    "RC25": PLAIN_COPY,
}


def test_the_check_of_pdoks_rules_finds_each_break(p1, tmp_path):
    assert list(BREAKS) == pdok.RULES
    small = tmp_path / "klein.gpkg"
    for layer in map(load().layer, ("percelen", "adressen", "export_manifest")):
        geopackage.add_table(small, layer, geopackage.rows_of(read_layer(p1.path, layer.id), layer))
    assert pdok.findings(small) == []
    for rule, sql in BREAKS.items():
        path = shutil.copy(small, tmp_path / f"{rule}.gpkg")
        with contextlib.closing(sqlite3.connect(path)) as database:
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                database.execute(f'DROP TRIGGER "{name}"')
            database.executescript(sql)
        assert rule in {found for found, _ in pdok.findings(path)}
