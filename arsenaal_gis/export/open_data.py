"""Open data beside the GeoPackage: GeoJSON, CSV, GeoParquet and linked data."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyogrio

from ..catalogue import Layer
from ..errors import WorkspaceError
from ..progress import Progress
from .dcat import dcat
from .facts import Facts
from .linked import LINKED, json_ld

_MEDIA = {
    ".geojson": "application/geo+json",
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".jsonld": "application/ld+json",
    ".gpkg": "application/geopackage+sqlite3",
}


def write_open_data(path: Path, layers: Sequence[Layer], facts: Facts, progress: Progress) -> list[Path]:
    """Write every table of a finished P3 export in the other open formats.

    Args:
        path: The GeoPackage; the files go to a folder of the same name beside it, which is replaced as a whole.
        layers: Its tables.
        facts: Metadata; ``dcat.jsonld`` names every file with its licence.
        progress: Told of the tables, and of GeoParquet where GDAL cannot write it; may stop the work.

    Returns:
        The files.

    Raises:
        WorkspaceError: A file cannot be written; the earlier folder stays as it was.
    """
    folder = path.with_suffix("")
    part = folder.with_name(f".{folder.name}.deel")
    shutil.rmtree(part, ignore_errors=True)
    parquet = "w" in pyogrio.list_drivers().get("Parquet", "")
    if not parquet:
        progress.message("Geen GeoParquet: deze GDAL heeft daar geen stuurprogramma voor.")
    try:
        part.mkdir(parents=True)
        progress.stage("open data schrijven", len(layers))
        for layer in layers:
            progress.check()
            _write_table(path, layer, part, parquet)
            progress.advance()
        names = sorted(p.name for p in part.iterdir())
        files = [(name, _MEDIA[Path(name).suffix]) for name in [*names, f"../{path.name}"]]
        (part / "dcat.jsonld").write_text(dcat(facts, files), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(part, folder)
    except (OSError, pyogrio.errors.DataSourceError) as error:
        raise WorkspaceError(
            f"The open data could not be written: {error}.", str(folder), "Is the disk full?"
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return sorted(folder.iterdir())


def _write_table(path: Path, layer: Layer, folder: Path, parquet: bool) -> None:
    frame = pyogrio.read_dataframe(path, layer=layer.id)
    if parquet and layer.spatial:
        pyogrio.write_dataframe(frame, folder / f"{layer.id}.parquet", driver="Parquet")
    for name, field in layer.fields.items():
        if field.type == "date" and name in frame:
            # Neither JSON nor CSV has dates; a moment at midnight would pretend to be one.
            frame[name] = frame[name].dt.strftime("%Y-%m-%d").astype(object).where(frame[name].notna(), None)
    table = frame
    if layer.spatial:
        # RFC 7946: WGS84, seven decimals, right-handed rings.
        pyogrio.write_dataframe(
            frame, folder / f"{layer.id}.geojson", driver="GeoJSON", RFC7946="YES", WRITE_NAME="NO"
        )
        table = pd.DataFrame(frame.drop(columns=frame.geometry.name)).assign(
            wkt_epsg31370=frame.geometry.to_wkt(rounding_precision=3)
        )
    table.to_csv(folder / f"{layer.id}.csv", index=False, encoding="utf-8")
    if layer.id in LINKED:
        (folder / f"{layer.id}.jsonld").write_text(json_ld(layer.id, frame), encoding="utf-8")
