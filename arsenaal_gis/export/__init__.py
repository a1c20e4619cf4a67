"""Export to the city's data warehouse: one GeoPackage per tier, its contract, and a loader for PostGIS.

report = run(Wijk.open("wijk.toml"), "P1")
load(report.path, "postgresql://...", schema="arsenaal")
"""

from .contract import VERSION, breaking, definition
from .run import ExportReport, run
from .warehouse import LoadReport, load

__all__ = ["VERSION", "ExportReport", "LoadReport", "breaking", "definition", "load", "run"]
