"""Shade hour by hour, to be played with QGIS' temporal controller."""

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterFolderDestination,
)

from ..arsenaal_gis.errors import ConfigError
from ..texts import mark, tr
from . import child
from .base import ArsenaalAlgorithm, Run

# Told after a run, in the main thread: the wijk and its hours, to be put on screen.
listeners: list = []


class ShadeHoursAlgorithm(ArsenaalAlgorithm):
    """One raster for each hour of the model day."""

    ID = "shade_hours"
    TITLE = mark("Shade hour by hour")
    TAGS = ("shadow", "schaduw", "uur", "zon", "sun", "temporal", "animation")

    def own_parameters(self) -> None:
        """Where the rasters come; the hours."""
        self.add(
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder for the rasters")),
            tr("Beside your project, never in a plan. Rasters of an earlier run are replaced."),
        )
        self.addOutput(QgsProcessingOutputString("HOURS", tr("Hours")))

    def work(self, run: Run) -> dict[str, Any]:
        """Write the rasters in a process of its own."""
        folder = Path(run.text("FOLDER")).absolute()
        if (run.wijk.absolute().parent / "plannen") in (folder, *folder.parents):
            raise ConfigError(
                tr("A plan's folder is never written to again."), str(folder), tr("Choose another.")
            )
        made = child.shade_hours(str(run.wijk), str(folder), run.progress)
        self._wijk, self._hours = run.wijk, made["hours"]
        return {"FOLDER": str(folder), "HOURS": "\n".join(path for _, path in made["hours"])}

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Tell whoever shows this wijk."""
        for listener in listeners:
            listener(self._wijk, self._hours)
        return {}
