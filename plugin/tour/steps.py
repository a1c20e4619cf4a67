"""What the tour points at, and what it says there."""

from collections.abc import Callable
from dataclasses import dataclass

from qgis.PyQt.QtWidgets import QToolBar, QWidget
from qgis.utils import iface

from ..dock import WijkDock
from ..texts import mark


@dataclass(frozen=True)
class Step:
    """One stop of the tour.

    Attributes:
        title: Marked for translation.
        text: Marked for translation.
        target: The widget it points at, from the dock.
        before: What has to be on screen first.
    """

    title: str
    text: str
    target: Callable[[WijkDock], QWidget]
    before: Callable[[WijkDock], None] = lambda dock: None


# The tab of the places: the list that has weights to drag.
PLACES = 0


def _first_row(dock: WijkDock) -> None:
    """Choose the first place, so that there is something to explain."""
    dock.show_tab(PLACES)
    table = dock.ranked.table
    if table.model() is not None and table.model().rowCount() and not table.selectionModel().hasSelection():
        table.selectRow(0)


def _toolbar(dock: WijkDock) -> QWidget:
    """QGIS' toolbar that carries our tools; the window itself where there is none."""
    bar = iface.mainWindow().findChild(QToolBar, "mVectorToolBar")
    return bar if bar is not None and bar.isVisible() else dock


STEPS = (
    Step(
        mark("Which wijk, which plan"),
        mark(
            "The head names the wijk, the plan and the reference date, says how old the sources are and "
            "how many warnings there are; a click on that line unfolds them. "
            "\u201cPlan again\u201d computes everything anew; earlier plans stay."
        ),
        lambda dock: dock.overview,
    ),
    Step(
        mark("The ranked list"),
        mark(
            "First comes what deserves attention first. The tabs above hold other lists: dwellings, streets, visits. "
            "Click a row and the map goes there; click the map and the list goes to the row."
        ),
        lambda dock: dock.ranked.table,
        _first_row,
    ),
    Step(
        mark("Why here?"),
        mark(
            "Each bar is what one criterion adds, with its value and unit behind it. Below: the reasons in words, "
            "how robust the rank is, and what has to be checked on the spot. Unknown is a word, never a zero."
        ),
        lambda dock: dock.ranked.why,
        _first_row,
    ),
    Step(
        mark("Weights"),
        mark(
            "Drag a slider: list and map follow at once. What you try here changes nothing in the plan; "
            "one button puts its own weights back."
        ),
        lambda dock: dock.ranked.weights,
        _first_row,
    ),
    Step(
        mark("What if?"),
        mark(
            "With these tools you draw a tree, a garden or climbers and see what it does to the heat, cut a street to see "
            "its widths and shade, and play the shade hour by hour. They are in the menu Vector > Arsenaal too."
        ),
        _toolbar,
    ),
    Step(
        mark("Print and export"),
        mark(
            "Maps for the steering group and the export to the data warehouse are algorithms in the toolbox, under Arsenaal: "
            "Print maps, Export. Both hold back what would tell of one household."
        ),
        lambda dock: iface.mainWindow().menuBar() if hasattr(iface.mainWindow(), "menuBar") else dock,
    ),
)
