"""A million rows into a GeoPackage: this export, plain ogr2ogr and geopandas, on the same machine in the same run."""

import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 1_000_000

_OURS = """
import datetime, sys
from pathlib import Path
from arsenaal_gis.catalogue import load
from arsenaal_gis.export.geopackage import add_table, replacing, rows_of
from arsenaal_gis.export.history import valid_rows, with_history
from arsenaal_gis.privacy import Rows
layer = load().layer("woning_feiten")
rows = Rows(Path(sys.argv[1]), layer)
with replacing(Path(sys.argv[2])) as part:
    add_table(part, with_history(layer), valid_rows(rows_of(rows, layer), layer, datetime.date(2025, 6, 30)))
"""
_GEOPANDAS = """
import sys, geopandas
geopandas.read_file(sys.argv[1]).to_file(sys.argv[2], driver="GPKG")
"""


def make(path: Path) -> None:
    """A million dwellings, written as any plan is."""
    from arsenaal_gis.catalogue import load
    from arsenaal_gis.export.geopackage import add_table

    layer = load().layer("woning_feiten")
    rest = [None] * (len(layer.fields) - 7)
    head = struct.pack("<2sBBi", b"GP", 0, 1, 31370)

    def rows():
        for i in range(ROWS):
            place = struct.pack("<BI2d", 1, 1, 150_000 + (i * 7919) % 10_000, 190_000 + i % 9973)
            yield (
                f"w{i:07d}",
                f"a{i:07d}",
                f"12025A{i // 3:06d}",
                "Hoofdstraat",
                "s1",
                "s1_L",
                "voor_1900",
                *rest,
                head + place,
            )

    add_table(path, layer, rows())


def run() -> list[dict[str, object]]:
    """Seconds and peak memory of each way."""
    result = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bron.gpkg"
        make(source)
        ways = [
            ("arsenaal_gis: streamed, with history and checksum", [sys.executable, "-c", _OURS]),
            ("geopandas: read_file, to_file", [sys.executable, "-c", _GEOPANDAS]),
        ]
        if shutil.which("ogr2ogr"):
            ways.append(("ogr2ogr", ["ogr2ogr", "-f", "GPKG"]))
        for number, (name, command) in enumerate(ways):
            target = Path(folder) / f"{number}.gpkg"
            files = [target, source] if command[0] == "ogr2ogr" else [source, target]
            begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            memory = _peak([*command, *map(str, files)])
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
            result.append(
                {
                    "rows": ROWS,
                    "what": name,
                    "seconds": round(time.perf_counter() - begin, 1),
                    "cpu_seconds": round(cpu, 1),
                    "peak_mb": round(memory),
                    "file_mb": round(target.stat().st_size / 1e6),
                }
            )
            target.unlink()
    return result


def _peak(command: list[str]) -> float:
    """Peak memory of a program in MB, measured by a parent of its own."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    for row in run():
        print(row)
