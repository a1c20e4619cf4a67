"""What a kept scenario, or any layer of changes, does to the heat."""

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterDestination,
)

from ..texts import mark, tr
from . import child
from .base import ArsenaalAlgorithm, Run

MEASURE, HEIGHT = "maatregel", "hoogte_m"
# Height of a tree of which none is given, metres.
TREE_M = 8.0


class WhatIfAlgorithm(ArsenaalAlgorithm):
    """Compute the change in PET, heat island and homes for areas with a measure."""

    ID = "what_if"
    TITLE = mark("What if: the effect of a scenario on heat")
    TAGS = ("scenario", "pet", "tree", "boom", "wat als")

    def own_parameters(self) -> None:
        """The changes; the difference, the figures and what has to be said with them."""
        self.add(
            QgsProcessingParameterFeatureSource("CHANGES", tr("Scenario (areas with a field maatregel)")),
            tr("As the map tool keeps it in scenarios/; of a tree the crown, with its hoogte_m."),
        )
        self.add(
            QgsProcessingParameterRasterDestination("OUTPUT", tr("Change of PET (°C)")),
            tr("By how much the day of the model gets cooler (below zero) or warmer, per cell."),
        )
        self.addOutput(QgsProcessingOutputNumber("HOMES", tr("Homes concerned")))
        self.addOutput(QgsProcessingOutputNumber("COOLER_M2", tr("At least 1 °C cooler (m²)")))
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(self, run: Run) -> dict[str, Any]:
        """Read the changes, compute in a process of its own."""
        source = self.parameterAsSource(run.parameters, "CHANGES", run.context)
        names = source.fields().names()
        if MEASURE not in names:
            raise QgsProcessingException(tr("The layer has no field {}.").format(MEASURE))
        lambert = QgsCoordinateReferenceSystem("EPSG:31370")
        rows = source.getFeatures(
            QgsFeatureRequest().setDestinationCrs(lambert, run.context.transformContext())
        )
        changes = []
        for row in rows:
            height = row[HEIGHT] if HEIGHT in names else None
            changes.append(
                {
                    "measure": str(row[MEASURE]),
                    "wkt": row.geometry().asWkt(),
                    "height_m": float(height or TREE_M),
                    "crown_m": 0.0,  # areas are drawn whole
                }
            )
        path = self.parameterAsOutputLayer(run.parameters, "OUTPUT", run.context)
        made = child.what_if(str(run.wijk), {"changes": changes, "path": path}, run.progress)
        lines = [f"{name}: {value:.3f}" for name, value in made["summary"].items()] + made["notes"]
        for line in lines:
            run.progress.message(line)
        return {
            "OUTPUT": path,
            "HOMES": made["summary"]["woningen"],
            "COOLER_M2": made["summary"]["koeler_m2"],
            "REPORT": "\n".join(lines),
        }
