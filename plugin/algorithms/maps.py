"""The printed map series."""

import datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..arsenaal_gis.report import themes
from ..maps import PRODUCTS, SHEET_IDS, MapJob
from ..texts import language, mark, tr
from . import child
from .base import ArsenaalAlgorithm, Run

_STATES = ("ONTWERP", "DEFINITIEF")
_LANGUAGES = ("nl", "en")
# Project variables that go before wijk.toml.
_MAKER = ("organisatie", "contact", "logo")


class MapsAlgorithm(ArsenaalAlgorithm):
    """Print the map series from data released for the steering group."""

    ID = "maps"
    TITLE = mark("Print maps")
    GROUP = "products"
    SECTIONS = ("kaarten",)
    TAGS = ("pdf", "print", "kaarten", "stuurgroep", "afdrukken")

    def own_parameters(self) -> None:
        """Which pages, how large, and where to."""
        shown = [theme.title[language()] for theme in themes()]
        self.add(
            QgsProcessingParameterEnum(
                "THEMES",
                tr("Themes (none: all)"),
                shown,
                allowMultiple=True,
                optional=True,
                defaultValue=[],  # without one QGIS takes the first theme where none is named
            ),
            tr("A theme for which the plan has no data is named in the report; the others are printed."),
        )
        self.add(
            QgsProcessingParameterEnum(
                "PRODUCTS",
                tr(
                    "What to print (maps, cards of places, sheets of rounds, atlas by block or street, report)"
                ),
                list(PRODUCTS),
                allowMultiple=True,
                defaultValue=[0],
            ),
            tr("Sheets of rounds hold addresses: for the team alone. Maps are made for the steering group."),
        )
        self.add(
            QgsProcessingParameterString("CARDS", tr("Only these cards (empty: all)"), optional=True),
            tr("By the names of their files, for example fiche_003, fiche_007."),
        )
        self.add(
            QgsProcessingParameterEnum(
                "SHEETS", tr("Sheets"), list(SHEET_IDS), allowMultiple=True, defaultValue=[0]
            ),
            tr(
                "A3 and larger are for the map series; A4 or A5 is for the sheets of rounds, other cards are A4."
            ),
        )
        self.add(
            QgsProcessingParameterBoolean("GREY", tr("Also in greys"), False),
            tr("A second copy for printers without colour."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "DPI", tr("Also as PNG, dots per inch (0: no)"), defaultValue=0, minValue=0, maxValue=600
            ),
            tr("150 for the screen, 300 for a document."),
        )
        self.add(
            QgsProcessingParameterEnum("STATE", tr("State"), list(_STATES), defaultValue=0),
            tr("Stamped on every page."),
        )
        self.add(
            QgsProcessingParameterEnum("LANGUAGE", tr("Language"), list(_LANGUAGES), defaultValue=0),
            tr("Of the words on paper; names of streets and places stay as they are."),
        )
        self.add(
            QgsProcessingParameterString("ORGANISATION", tr("Made by"), optional=True),
            tr("The unit that stands as author in the colophon."),
        )
        self.add_plan()
        self.add(
            QgsProcessingParameterString("BEFORE", tr("Earlier plan to compare with"), optional=True),
            tr("For the report; without one it compares the two waves of visits."),
        )
        self.add(
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder for the pages")),
            tr("Pages of an earlier run with the same names are replaced."),
        )
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def _maker(self, run: Run) -> dict[str, str]:
        """Who makes the pages: the open project's variables, and over them what was filled in here."""
        project = run.context.project()
        variables = project.customVariables() if project is not None else {}
        known = {name: str(variables[name]) for name in _MAKER if variables.get(name)}
        typed = run.text("ORGANISATION")
        return (
            known
            | ({"organisatie": typed} if typed else {})
            | self.overrides(run.parameters, run.context).get("kaarten", {})
        )

    def work(self, run: Run) -> dict[str, Any]:
        """Print in a process of its own, and say what failed."""
        names = [theme.id for theme in themes()]
        folder = Path(run.text("FOLDER"))
        job = MapJob(
            run.wijk,
            folder,
            datetime.date.today(),
            plan=run.text("PLAN"),
            products=tuple(PRODUCTS[i] for i in run.choices("PRODUCTS")),
            themes=tuple(names[i] for i in run.choices("THEMES")),
            cards=tuple(run.text("CARDS").replace(",", " ").split()),
            sheets=tuple(SHEET_IDS[i] for i in run.choices("SHEETS")),
            grey=self.parameterAsBoolean(run.parameters, "GREY", run.context),
            png_dpi=self.parameterAsInt(run.parameters, "DPI", run.context),
            status=_STATES[run.choice("STATE")],
            language=_LANGUAGES[run.choice("LANGUAGE")],
            before=run.text("BEFORE"),
            maker=self._maker(run),
        )
        produced = child.pages("maps", job.words(), run.progress)
        failed = [f"{name}: {why}" for name, why in produced["failed"]]
        if not produced["files"]:
            raise QgsProcessingException("\n".join(failed))
        lines = [*produced["files"], *(f"! {line}" for line in failed)]
        for line in lines:
            run.progress.message(line)
        return {"FOLDER": str(folder), "REPORT": "\n".join(lines)}
