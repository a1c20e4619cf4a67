"""The rules of PDOK's GeoPackage validator that the project holds its exports to, as one check.

Left out are RQ8 (definitions: the contract has its own test), RQ22 (its list lacks EPSG:31370) and the rules it calls
legacy. `layer_styles` is QGIS' table and keeps QGIS' names.
"""

import contextlib
import re
import sqlite3

import pyogrio
import shapely

RULES = (
    "RQ1 RQ2 RQ4 RQ6 RQ7 RQ9 RQ10 RQ11 RQ13 RQ14 RQ15 RQ21 RQ23 RQ24 RQ26 RC17 RC18 RC19 RC20 RC25"
).split()
NAME = re.compile(r"[a-z][a-z0-9_]*")
KINDS = {"POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON"}


def findings(path):
    """(rule, table) for whatever breaks a rule; empty is good."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        return sorted(
            {*_whole(database), *(f for table in _tables(database) for f in _table(path, database, *table))}
        )


def _tables(database):
    return database.execute(
        "SELECT table_name, data_type FROM gpkg_contents WHERE table_name <> 'layer_styles'"
    ).fetchall()


def _whole(database):
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'"):
        yield "RQ4", name
    columns = database.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchall()
    if len({row[1] for row in columns}) > 1:
        yield "RC18", "gpkg_geometry_columns"
    # Stricter than RQ13, which only wants them equal.
    for table, _, srs in columns:
        if srs != 31370:
            yield "RQ13", table


def _table(path, database, table, kind):
    columns = database.execute(f'PRAGMA table_info("{table}")').fetchall()
    names = [row[1] for row in columns]
    geometry = database.execute(
        "SELECT column_name, geometry_type_name, z, m FROM gpkg_geometry_columns WHERE table_name = ?",
        [table],
    ).fetchone()
    key = [row[1] for row in columns if row[5]]
    rows = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    sql = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
    counted = database.execute(
        "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", [table]
    ).fetchone()
    broken = {
        "RQ1": not NAME.fullmatch(table),
        "RQ2": rows == 0,
        "RQ6": not all(map(NAME.fullmatch, names)),
        "RQ7": len(key) != 1,
        "RQ11": counted is None or counted[0] != rows,
        "RQ21": max(map(len, [table, *names])) > 57,
        "RQ26": kind == "attributes"
        and (geometry is not None or any("BLOB" in str(row[2]).upper() for row in columns)),
        "RC25": "AUTOINCREMENT" not in sql.upper(),
    }
    yield from ((rule, table) for rule, bad in broken.items() if bad)
    if kind == "features":
        yield from ((rule, table) for rule in _geometry(path, database, table, *geometry))


def _geometry(path, database, table, column, kind, z, m):
    index = f"rtree_{table}_{column}"
    if column != "geom":
        yield "RC17"
    if kind not in KINDS:
        yield "RQ14"
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [index]).fetchone():
        yield "RQ9"
    elif database.execute("SELECT rtreecheck(?)", [index]).fetchone() != ("ok",) or set(
        database.execute(f'SELECT id FROM "{index}"')
    ) != set(database.execute(f'SELECT rowid FROM "{table}"')):
        yield "RQ10"
    shapes = pyogrio.read_dataframe(path, layer=table, columns=[]).geometry.to_numpy()
    if (shapely.is_missing(shapes) | shapely.is_empty(shapes)).any():
        yield "RQ24"
    shapes = shapes[~shapely.is_missing(shapes)]
    if {shape.geom_type.upper() for shape in shapes} - {kind}:
        yield "RQ15"
    if not (shapely.is_valid(shapes) & shapely.is_simple(shapes)).all():
        yield "RQ23"
    if z or m or shapely.has_z(shapes).any():
        yield "RC19"
    if kind.endswith("POLYGON") and any(map(_wound_wrongly, shapely.get_parts(shapes))):
        yield "RC20"


def _wound_wrongly(part):
    return _twice_area(part.exterior) <= 0 or any(_twice_area(hole) >= 0 for hole in part.interiors)


def _twice_area(ring):
    """Signed, on the coordinates as they stand: so coarse is the check of SpatiaLite that PDOK's rule runs."""
    pairs = list(zip(ring.coords, ring.coords[1:], strict=False))
    return sum(x1 * y2 - x2 * y1 for (x1, y1, *_), (x2, y2, *_) in pairs)
