"""Empty states that teach: one sentence, and the buttons that lead on."""

from collections.abc import Callable

from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..texts import tr


def empty_state(sentence: str, buttons: list[tuple[str, str, Callable[[], object]]]) -> QWidget:
    """A page with a sentence and buttons.

    Args:
        sentence: What is missing.
        buttons: Words, tooltip and what it does.
    """
    page = QWidget()
    layout = QVBoxLayout(page)
    label = QLabel(sentence)
    label.setWordWrap(True)
    layout.addStretch()
    layout.addWidget(label)
    for text, hint, slot in buttons:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.clicked.connect(lambda _, slot=slot: slot())
        layout.addWidget(button)
    layout.addStretch()
    return page


def no_wijk(open_wijk: Callable[[], object], practice: Callable[[], object]) -> QWidget:
    """No wijk yet."""
    return empty_state(
        tr(
            "A wijk is a folder with a wijk.toml. Open yours, or look around in the fictitious practice wijk."
        ),
        [
            (tr("Open a wijk"), tr("A wijk.toml or wijk.gpkg"), open_wijk),
            (tr("Try the practice wijk"), "arsenaal:practice, arsenaal:import, arsenaal:plan", practice),
        ],
    )


def no_plan(plan: Callable[[], object]) -> QWidget:
    """A wijk without a plan."""
    return empty_state(
        tr("This wijk has no plan yet: heat, places, hotspots and rounds are computed from its sources."),
        [(tr("Make the first plan"), "arsenaal:plan", plan)],
    )
