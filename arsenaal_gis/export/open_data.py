"""Open data beside the GeoPackage: GeoJSON, CSV, GeoParquet and linked data."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyogrio

from ..catalogue import Layer
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


def write_open_data(
    path: Path, name: str, layers: Sequence[Layer], facts: Facts, folder: Path, progress: Progress
) -> None:
    """Write every table of a P3 export in the other open formats.

    Args:
        path: The GeoPackage.
        name: What it will be called, beside the folder.
        layers: Its tables.
        facts: Metadata; ``dcat.jsonld`` names every file with its licence.
        folder: Where to write.
        progress: Told of the tables, and of GeoParquet where GDAL cannot write it; may stop the work.

    Raises:
        OSError: A file cannot be written.
    """
    parquet = "w" in pyogrio.list_drivers().get("Parquet", "")
    if not parquet:
        progress.message("Geen GeoParquet: deze GDAL heeft daar geen stuurprogramma voor.")
    progress.stage("open data schrijven", len(layers))
    for layer in layers:
        progress.check()
        try:
            _write_table(path, layer, folder, parquet)
        except pyogrio.errors.DataSourceError as error:
            raise OSError(str(error)) from error
        progress.advance()
    names = sorted(p.name for p in folder.iterdir())
    files = [(one, _MEDIA[Path(one).suffix]) for one in [*names, f"../{name}"]]
    (folder / "dcat.jsonld").write_text(dcat(facts, files), encoding="utf-8")


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
