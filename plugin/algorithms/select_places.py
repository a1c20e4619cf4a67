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
from .base import ArsenaalAlgorithm
from .feedback import FeedbackProgress

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

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Choose in a process of its own, then hand the set to whatever the user asked for."""
        changes = self.overrides(parameters, context).get("ontharding", {})
        if parameters.get("BUDGET") is not None:
            changes["budget_eur"] = self.parameterAsDouble(parameters, "BUDGET", context)
        plan = self.parameterAsString(parameters, "PLAN", context).strip()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "keuze.gpkg"
            request = {"plan": plan, "changes": changes, "path": str(path)}
            made = child.choice(str(wijk), request, progress)
            self._output = self._copy(path, parameters, context)
        about, totals = load().layer("onthard_keuze_totaal"), made["totals"]
        lines = [
            f"{title(about.fields[name].title)}: {tr('unknown') if value is None else value}"
            for name, value in totals.items()
            if name in about.fields and name not in ("keuze_id", "opmerking")
        ]
        for line in lines:
            progress.message(line)
        numbers = {output: totals[name] for output, (name, _) in NUMBERS.items()}
        return {"OUTPUT": self._output, "REPORT": "\n".join(lines), **numbers}

    def _copy(self, path: Path, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        made = QgsVectorLayer(f"{path.as_posix()}|layername={LAYER}", LAYER, "ogr")
        sink, output = self.parameterAsSink(
            parameters, "OUTPUT", context, made.fields(), made.wkbType(), made.crs()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
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
