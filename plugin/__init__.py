"""Arsenaal: heat, unsealing, hotspots and house visits for a city quarter."""

import sys
from importlib.util import find_spec

NEEDS = ("numpy", "scipy", "pandas", "geopandas", "shapely", "pyproj", "pyogrio")


def missing() -> str:
    """One sentence on what this QGIS lacks, or nothing."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older QGIS may well try to load this
        return "Arsenaal needs Python 3.11 or later: on Windows that is QGIS 3.34 or later."
    absent = [name for name in NEEDS if find_spec(name) is None]
    if absent:
        command = f"python3 -m pip install --user {' '.join(absent)}"
        return f"Arsenaal needs {', '.join(absent)}. Install with: {command}"
    return ""


def classFactory(iface):  # noqa: ANN001, ANN201, N802  the name and signature QGIS asks for
    """Make the plugin, or refuse with one sentence."""
    problem = missing()
    if problem:
        raise RuntimeError(problem)
    from .start import Arsenaal

    return Arsenaal()
