"""The button "Filter": narrow the list by street, type, verdict and the like."""

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QMenu, QToolButton, QWidgetAction

from ..texts import title, tr
from .ranking import filters
from .table import RankedModel

# Most lines of a list before it scrolls.
LINES = 14


class FilterButton(QToolButton):
    """A menu with a list to tick for each field; tells what is wanted by field."""

    changed = pyqtSignal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.wanted: dict[str, set[str]] = {}
        self.lists: dict[str, QListWidget] = {}
        self._model: RankedModel | None = None
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(tr("Filter"))
        self._label()

    def follow(self, model: RankedModel | None) -> None:
        """Filter another list: what it can be narrowed by differs, so nothing is wanted yet."""
        self._model = model
        self.setEnabled(model is not None and bool(filters(model.ranking.about)))
        self.clear()

    def clear(self) -> None:
        """Want everything again."""
        self.wanted.clear()
        self._label()
        self.changed.emit({})

    def told(self) -> list[str]:
        """What is wanted, in words."""
        return [", ".join(sorted(kept)) for kept in self.wanted.values() if kept]

    def fill(self) -> None:
        """Make the menu for the rows of the list."""
        self._menu.clear()
        self.lists.clear()
        for field in filters(self._model.ranking.about):
            options = self._model.options(field.name)
            if len(options) < 2:
                continue
            shown = QListWidget()
            shown.setAccessibleName(title(field.title))
            for word, rows in options.items():
                item = QListWidgetItem(f"{word}  ({rows})", shown)
                item.setData(Qt.ItemDataRole.UserRole, word)
                wanted = word in self.wanted.get(field.name, set())
                item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            shown.itemChanged.connect(lambda _, name=field.name: self._ticked(name))
            high = min(len(options), LINES) * (shown.sizeHintForRow(0) + 1) + 4
            shown.setFixedHeight(high)
            shown.setMinimumWidth(shown.sizeHintForColumn(0) + 40)
            action = QWidgetAction(self._menu)
            action.setDefaultWidget(shown)
            self._menu.addMenu(title(field.title)).addAction(action)
            self.lists[field.name] = shown
        self._menu.addSeparator()
        self._menu.addAction(tr("Show everything")).triggered.connect(lambda: self.clear())

    def _ticked(self, name: str) -> None:
        shown = self.lists[name]
        items = [shown.item(row) for row in range(shown.count())]
        self.wanted[name] = {
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        }
        self._label()
        self.changed.emit(dict(self.wanted))

    def _label(self) -> None:
        count = sum(bool(kept) for kept in self.wanted.values())
        self.setText(f"{tr('Filter')} ({count})" if count else tr("Filter"))
