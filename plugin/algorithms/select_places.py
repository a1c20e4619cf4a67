"""The best set of places for a budget, out of the places of a plan."""

import tempfile
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from ..arsenaal_gis.catalogue import data_folder, load
from ..arsenaal_gis.settings import Setting
from ..texts import mark, title, tr
from . import child
from .base import ArsenaalAlgorithm, Run

LAYER = "onthard_keuze"
# Settings of a plan that a choice can do over without looking at the wijk again.
AGAIN = ("meest_per_straat", "dekking_gewicht")
NUMBERS = {
    "PLACES": ("plekken", mark("Places")),
    "AREA_M2": ("oppervlakte_m2", mark("Area (m²)")),
    "RESIDENTS": ("bereikte_inwoners", mark("Residents reached")),
    "COST_EUR": ("kost_eur", mark("Cost (EUR)")),
    "BENEFIT": ("baat", mark("Benefit (points)")),
    "GAP": ("kloof", mark("Proven gap")),
}


class SelectPlacesAlgorithm(ArsenaalAlgorithm):
    """Choose places for a budget; vetoed places stay out, chosen ones in."""

    ID = "select_places"
    TITLE = mark("Choose places for a budget")
    TAGS = ("budget", "optimal", "ontharding", "keuze", "plekken")
    SECTIONS = ("ontharding",)

    def offers(self, setting: Setting) -> bool:
        """The weights, and what limits a choice."""
        return setting.name.startswith("gewicht_") or setting.name in AGAIN

    def own_parameters(self) -> None:
        """The plan and the budget; the set and its totals."""
        self.add_plan()
        kind = QgsProcessingParameterNumber.Type.Double
        self.add(
            QgsProcessingParameterNumber("BUDGET", tr("Budget (EUR)"), kind, optional=True, minValue=0),
            tr("If empty: the budget that the plan was made with."),
        )
        about = load().layer(LAYER)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", title(about.title), QgsProcessing.TypeVectorPolygon),
            title(about.description),
        )
        for output, (_, words) in NUMBERS.items():
            self.addOutput(QgsProcessingOutputNumber(output, tr(words)))
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(self, run: Run) -> dict[str, Any]:
        """Choose in a process of its own, then hand the set to whatever the user asked for."""
        changes = self.overrides(run.parameters, run.context).get("ontharding", {})
        if run.parameters.get("BUDGET") is not None:
            changes["budget_eur"] = self.parameterAsDouble(run.parameters, "BUDGET", run.context)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "keuze.gpkg"
            request = {"plan": run.text("PLAN"), "changes": changes, "path": str(path)}
            made = child.choice(str(run.wijk), request, run.progress)
            self._output = self._copy(path, run)
        about, totals = load().layer("onthard_keuze_totaal"), made["totals"]
        lines = [
            f"{title(about.fields[name].title)}: {tr('unknown') if value is None else value}"
            for name, value in totals.items()
            if name in about.fields and name not in ("keuze_id", "opmerking")
        ]
        for line in lines:
            run.progress.message(line)
        numbers = {output: totals[name] for output, (name, _) in NUMBERS.items()}
        return {"OUTPUT": self._output, "REPORT": "\n".join(lines), **numbers}

    def _copy(self, path: Path, run: Run) -> str:
        made = QgsVectorLayer(f"{path.as_posix()}|layername={LAYER}", LAYER, "ogr")
        sink, output = self.parameterAsSink(
            run.parameters, "OUTPUT", run.context, made.fields(), made.wkbType(), made.crs()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(run.parameters, "OUTPUT"))
        for row in made.getFeatures():
            sink.addFeature(row)
        del sink, made
        return output

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Draw the set as everywhere else."""
        layer = QgsProcessingUtils.mapLayerFromString(self._output, context)
        if layer is not None:
            layer.loadNamedStyle(str(data_folder("styles") / f"{LAYER}.qml"))
        return {}
