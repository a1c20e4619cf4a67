"""What all algorithms share: identity, help, errors, progress, and parameters made from the settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtGui import QIcon

from ..arsenaal_gis.errors import ArsenaalError
from ..arsenaal_gis.settings import Setting, declared
from ..helping import page, page_url
from ..texts import FOLDER, mark, title, tr
from .feedback import FeedbackProgress

WIJK = "WIJK"
GROUPS = {
    "data": mark("1. Data of the wijk"),
    "analysis": mark("2. Analyses"),
    "products": mark("3. Maps, exports and field work"),
}
_NUMBERS = {
    "integer": QgsProcessingParameterNumber.Type.Integer,
    "real": QgsProcessingParameterNumber.Type.Double,
}


@dataclass(frozen=True)
class Run:
    """One run of an algorithm.

    Attributes:
        algorithm: Which.
        wijk: ``wijk.toml``.
        parameters: As QGIS hands them.
        context: Of this run.
        progress: Where to report; raises when the user cancels.
    """

    algorithm: QgsProcessingAlgorithm
    wijk: Path
    parameters: dict[str, Any]
    context: QgsProcessingContext
    progress: FeedbackProgress

    def text(self, name: str) -> str:
        """A parameter as text, empty where it was left out."""
        return self.algorithm.parameterAsString(self.parameters, name, self.context).strip()

    def choice(self, name: str) -> int:
        """Which of the options of a list was chosen."""
        return self.algorithm.parameterAsEnum(self.parameters, name, self.context)

    def choices(self, name: str) -> list[int]:
        """Which of the options of a list were ticked."""
        return self.algorithm.parameterAsEnums(self.parameters, name, self.context)


class ArsenaalAlgorithm(QgsProcessingAlgorithm):
    """Base of all algorithms; a subclass names itself, its settings and its work.

    Attributes:
        ID: Stable id, ``arsenaal:<ID>``.
        TITLE: English title, marked for translation.
        GROUP: Key of :data:`GROUPS`.
        TAGS: Words to find it by.
        SECTIONS: Sections of the settings it lets the user change for one run.
        OF_A_WIJK: Whether it works on a wijk that is there.
    """

    ID = ""
    TITLE = ""
    GROUP = "analysis"
    TAGS: tuple[str, ...] = ()
    SECTIONS: tuple[str, ...] = ()
    OF_A_WIJK = True

    def createInstance(self) -> "ArsenaalAlgorithm":
        """Make a fresh one, as QGIS asks before each run."""
        return type(self)()

    def name(self) -> str:
        """The stable id within the provider."""
        return self.ID

    def displayName(self) -> str:
        """The title in the user's language."""
        return tr(self.TITLE)

    def group(self) -> str:
        """The group's title."""
        return tr(GROUPS[self.GROUP])

    def groupId(self) -> str:
        """The group's id."""
        return self.GROUP

    def tags(self) -> list[str]:
        """Words to find it by."""
        return ["arsenaal", "wijk", *self.TAGS]

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Path of the icon."""
        return str(FOLDER / "icons" / "arsenaal.svg")

    def shortHelpString(self) -> str:
        """The help page of the user's language."""
        return page(self.ID)

    def helpUrl(self) -> str:
        """The same page for the browser, without a network."""
        return page_url(self.ID).toString()

    def shortDescription(self) -> str:
        """One line for the toolbox."""
        return tr(self.TITLE)

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The wijk, then the algorithm's own parameters, then the settings."""
        if self.OF_A_WIJK:
            self.add(
                QgsProcessingParameterFile(WIJK, tr("Wijk (wijk.toml)"), extension="toml"),
                tr("The description of the wijk: where its sources lie and which settings differ."),
            )
        self.own_parameters()
        for section in self.SECTIONS:
            for setting in declared()[section].values():
                parameter = setting_parameter(section, setting) if self.offers(setting) else None
                if parameter is not None:
                    self.addParameter(parameter)

    def add(self, parameter: QgsProcessingParameterDefinition, help: str) -> None:
        """Add a parameter that explains itself."""
        parameter.setHelp(help)
        self.addParameter(parameter)

    def add_plan(self) -> None:
        """The plan to work from."""
        self.add(
            QgsProcessingParameterString("PLAN", tr("Plan (empty: the newest)"), optional=True),
            tr("Its moment, as its folder in plannen/ is called: 20250630T080000Z."),
        )

    def offers(self, setting: Setting) -> bool:
        """Whether a setting of :attr:`SECTIONS` can be changed for one run."""
        return True

    def own_parameters(self) -> None:
        """Add parameters besides the wijk and the settings."""

    def overrides(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, dict[str, Any]]:
        """Settings that the user changed for this run, by section."""
        changed: dict[str, dict[str, Any]] = {}
        for section in self.SECTIONS:
            for setting in declared()[section].values():
                key = parameter_name(section, setting.name)
                if self.parameterDefinition(key) is None or parameters.get(key) is None:
                    continue
                changed.setdefault(section, {})[setting.name] = self._value(setting, key, parameters, context)
        return changed

    def _value(
        self, setting: Setting, key: str, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> object:
        if setting.options:
            return setting.options[self.parameterAsEnum(parameters, key, context)]
        if setting.type == "boolean":
            return self.parameterAsBoolean(parameters, key, context)
        if setting.type == "integer":
            return self.parameterAsInt(parameters, key, context)
        if setting.type == "real":
            return self.parameterAsDouble(parameters, key, context)
        return self.parameterAsString(parameters, key, context)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Do the work; the library's errors become messages without a traceback."""
        wijk = Path(self.parameterAsFile(parameters, WIJK, context))
        try:
            return self.work(Run(self, wijk, parameters, context, FeedbackProgress(feedback)))
        except ArsenaalError as error:
            raise QgsProcessingException(str(error)) from error

    def work(self, run: Run) -> dict[str, Any]:
        """What the algorithm does, outside the main thread.

        Args:
            run: What was asked.

        Returns:
            Outputs by name.
        """
        raise NotImplementedError


def parameter_name(section: str, name: str) -> str:
    """Name of a setting's parameter."""
    return f"{section}_{name}".upper()


def setting_parameter(section: str, setting: Setting) -> QgsProcessingParameterDefinition | None:
    """An optional, advanced parameter for a setting: left empty, ``wijk.toml`` decides. None for lists."""
    name = parameter_name(section, setting.name)
    unit = f" ({setting.unit})" if setting.unit else ""
    label = f"{title(setting.title)}{unit}"
    if setting.options:
        shown = [str(option) for option in setting.options]
        parameter = QgsProcessingParameterEnum(name, label, shown, optional=True)
    elif setting.type == "boolean":
        parameter = QgsProcessingParameterBoolean(name, label, optional=True)
    elif setting.type in _NUMBERS:
        parameter = QgsProcessingParameterNumber(name, label, _NUMBERS[setting.type], optional=True)
        if setting.minimum is not None:
            parameter.setMinimum(setting.minimum)
        if setting.maximum is not None:
            parameter.setMaximum(setting.maximum)
    elif setting.type == "text":
        parameter = QgsProcessingParameterString(name, label, optional=True)
    else:
        return None
    standard = tr("Standard: {}.").format("–" if setting.default is None else setting.default)
    parameter.setHelp(" ".join(part for part in (title(setting.help), standard, setting.source) if part))
    parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter
