"""Heat maps of a made-up city on file: ``python -m bench.city 8000`` prints what a city of 8000 x 8000 m takes."""

import datetime
import json
import math
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import rasterio

from arsenaal_gis.heat.engine import Method, heat_maps, windows
from arsenaal_gis.heat.files import RasterFiles
from arsenaal_gis.heat.sky_view import halo_cells, sky_view_factor
from arsenaal_gis.heat.weather import model_day

DAY = model_day(datetime.date(2025, 7, 1), 4.49, 51.03, 112.5)
BAND = 500
FLATS_M = 24.0


def terraces(side: int, rows: slice = slice(None)) -> np.ndarray:
    """Closed terraces turned by 23 degrees, with varied roofs and one block of flats of 24 m, one metre a
    cell; the given rows of them.
    """
    y, x = np.arange(side, dtype=np.float32)[rows, None], np.arange(side, dtype=np.float32)
    u, v = x * math.cos(0.4) + y * math.sin(0.4), -x * math.sin(0.4) + y * math.cos(0.4)
    house = ((v % 46) > 8) & ((v % 46) < 19) & ((u % 160) > 9)
    dsm = np.where(house, 7.0 + 2.5 * np.abs(np.sin(np.floor(u / 5.5) * 12.9)), 0.0).astype(np.float32)
    flats = (y >= side // 2) & (y < side // 2 + 14) & (x >= side // 3) & (x < side // 3 + 60)
    dsm[flats] = FLATS_M
    return dsm


def write_city(folder: Path, side: int) -> RasterFiles:
    """Write ground, buildings and (no) crowns as tiled GeoTIFFs, a band of rows at a time."""
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 1, "dtype": "float32", "crs": "EPSG:31370",
        "transform": rasterio.Affine(1, 0, 150_000, 0, -1, 190_000), "tiled": True, "compress": "deflate",
        "predictor": 3, "zlevel": 1,
    }  # fmt: skip
    paths = [folder / f"{name}.tif" for name in ("dtm", "dsm_gebouwen", "cdsm")]
    for path in paths:
        with rasterio.open(path, "w", **profile) as file:
            for start in range(0, side, BAND):
                rows = slice(start, min(start + BAND, side))
                band = terraces(side, rows)
                window = rasterio.windows.Window(0, start, side, rows.stop - start)
                file.write(band if path is paths[1] else np.zeros_like(band), 1, window=window)
    return RasterFiles(*paths, relief=FLATS_M)


def sky_of(source: RasterFiles, window: int = 2048) -> None:
    """Sky view of every window, and nothing else."""
    for tile in windows(source.shape, window, halo_cells(100.0, 1.0)):
        surface = source.window(*tile.outer)
        sky_view_factor(surface.top, 1.0, origin=surface.origin)


def main(side: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        source = write_city(Path(folder), side)
        begin, cpu = time.perf_counter(), time.process_time()
        heat_maps(source, Method(DAY), folder=Path(folder))
        told = {"seconds": time.perf_counter() - begin, "cpu": time.process_time() - cpu}
        told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        begin = time.process_time()
        sky_of(source)
        return told | {"sky": time.process_time() - begin}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
