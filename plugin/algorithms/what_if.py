"""What a kept scenario, or any layer of changes, does to the heat."""

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterDestination,
)

from ..texts import mark, tr
from . import child
from .base import ArsenaalAlgorithm
from .feedback import FeedbackProgress

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

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Read the changes, compute in a process of its own."""
        source = self.parameterAsSource(parameters, "CHANGES", context)
        names = source.fields().names()
        if MEASURE not in names:
            raise QgsProcessingException(tr("The layer has no field {}.").format(MEASURE))
        lambert = QgsCoordinateReferenceSystem("EPSG:31370")
        rows = source.getFeatures(QgsFeatureRequest().setDestinationCrs(lambert, context.transformContext()))
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
        path = self.parameterAsOutputLayer(parameters, "OUTPUT", context)
        made = child.what_if(str(wijk), {"changes": changes, "path": path}, progress)
        lines = [f"{name}: {value:.3f}" for name, value in made["summary"].items()] + made["notes"]
        for line in lines:
            progress.message(line)
        return {
            "OUTPUT": path,
            "HOMES": made["summary"]["woningen"],
            "COOLER_M2": made["summary"]["koeler_m2"],
            "REPORT": "\n".join(lines),
        }
