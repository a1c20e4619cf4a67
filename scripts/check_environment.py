"""Assert that QGIS and the library share one process well: one GDAL, a right PROJ, both import orders."""

import subprocess
import sys

# Lambert 72 to WGS 84 in Mechelen. A wrong PROJ folder puts it 108 m off without an error.
POINT, EXPECTED = (158500.0, 189500.0), (4.48988, 51.01564)
ORDERS = (
    ("qgis.core", "geopandas", "pyogrio", "rasterio"),
    ("rasterio", "pyogrio", "geopandas", "qgis.core"),
)
PROGRAM = """
import importlib, sys
for name in {order!r}:
    importlib.import_module(name)
import pyogrio, numpy, pyproj
from osgeo import gdal, gdal_array
from qgis.core import Qgis
assert pyogrio.__gdal_version_string__ == gdal.VersionInfo("RELEASE_NAME"), "two GDALs in one process"
x, y = pyproj.Transformer.from_crs(31370, 4326, always_xy=True).transform(*{point!r})
assert abs(x - {expected!r}[0]) < 2e-5 and abs(y - {expected!r}[1]) < 2e-5, (x, y)
if {last!r}:
    print("QGIS", Qgis.QGIS_VERSION.split("-")[0], "| Python", sys.version.split()[0],
          "| GDAL", gdal.VersionInfo("RELEASE_NAME"), "| numpy", numpy.__version__)
"""


def main() -> int:
    """Try both import orders, each in a process of its own."""
    for order in ORDERS:
        code = PROGRAM.format(order=order, point=POINT, expected=EXPECTED, last=order is ORDERS[-1])
        if subprocess.run([sys.executable, "-c", code], check=False).returncode:
            print(
                f"This environment is not sound (import order {', '.join(order)}); see docs/platform.md",
                file=sys.stderr,
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
