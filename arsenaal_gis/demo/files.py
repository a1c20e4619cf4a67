"""Files as authorities deliver them: Shapefile, GeoPackage, CSV; the same content gives the same bytes."""

from pathlib import Path

import numpy as np
import pyogrio
import shapely

from ..gpkg import CRS, fixed_date

MARK = "fictieve oefendata"
DELIVERED = "2025-07-01"  # date in the headers of the Shapefiles


def shapefile(path: Path, columns: dict[str, np.ndarray], shapes: np.ndarray) -> Path:
    """Write a Shapefile in EPSG:31370.

    Args:
        path: The .shp to make.
        columns: Values by field name, each of shape (n,).
        shapes: Geometries of one kind, shape (n,).
    """
    _write(
        path,
        columns,
        shapes,
        "ESRI Shapefile",
        None,
        {"DBF_DATE_LAST_UPDATE": DELIVERED, "ENCODING": "UTF-8"},
    )
    return path


def geopackage(path: Path, table: str, columns: dict[str, np.ndarray], shapes: np.ndarray) -> Path:
    """Write one table of a GeoPackage 1.2; a second table is added to the same file."""
    options = {"IDENTIFIER": table, "DESCRIPTION": MARK, "GEOMETRY_NAME": "geom", "SPATIAL_INDEX": "YES"}
    _write(path, columns, shapes, "GPKG", table, options)
    return path


def _write(
    path: Path, columns: dict, shapes: np.ndarray, driver: str, table: str | None, options: dict
) -> None:
    shapes = np.asarray(shapes, dtype=object)
    kind = shapes[0].geom_type if len(shapes) else "Polygon"
    first = driver == "GPKG" and not path.exists()
    with fixed_date():
        pyogrio.raw.write(
            path,
            shapely.to_wkb(shapes),
            [np.asarray(values) for values in columns.values()],
            np.array(list(columns), dtype=object),
            layer=table,
            driver=driver,
            geometry_type=kind,
            crs=CRS,
            dataset_options={"VERSION": "1.2"} if first else {},
            layer_options=options,
        )


def table(path: Path, header: list[str], rows: list[list]) -> Path:
    """Write a CSV as Flemish software does: semicolons, decimal comma, dd/mm/yyyy, cp1252, CR LF."""
    lines = [";".join(header), *(";".join(_cell(value) for value in row) for row in rows)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))
    return path


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, np.datetime64):
        return "/".join(reversed(str(value)[:10].split("-")))
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)
