"""The ranked list: a model that re-orders in place, and a filter on words."""

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt

from ..texts import title, tr
from .ranking import Ranking, as_float, words

SORT = Qt.ItemDataRole.UserRole
SHARE = Qt.ItemDataRole.UserRole + 1


class RankedModel(QAbstractTableModel):
    """Rows of a ranking in the order of their present rank."""

    def __init__(self, ranking: Ranking) -> None:
        super().__init__()
        self.ranking = ranking
        self._columns = ranking.columns()
        self._order = ranking.plan_order()
        self._ranks = np.array([as_float(value) for value in ranking.values[ranking.rank_field]])
        self._scores: NDArray[np.float64] | None = None

    def reorder(self, scores: NDArray[np.float64] | None) -> None:
        """Order by these scores; None puts the plan's own order back."""
        self.layoutAboutToBeChanged.emit()
        self._scores = scores
        if scores is None:
            self._order = self.ranking.plan_order()
            self._ranks = np.array([as_float(v) for v in self.ranking.values[self.ranking.rank_field]])
        else:
            self._order = np.argsort(-np.nan_to_num(scores, nan=-1.0), kind="stable")
            self._ranks = np.empty(len(scores))
            self._ranks[self._order] = np.arange(1, len(scores) + 1)
        self.layoutChanged.emit()

    def row_of(self, feature: int) -> int:
        """The list's row of a feature, -1 where it is not in it."""
        found = np.flatnonzero(self.ranking.ids[self._order] == feature)
        return int(found[0]) if len(found) else -1

    def index_of_row(self, row: int) -> int:
        """The ranking's row number behind a row of the list."""
        return int(self._order[row])

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Number of ranked features."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """The rank and the shown fields."""
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return tr("Rank") if section == 0 else title(self._columns[section - 1].title)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for the eye, numbers for sorting."""
        row = int(self._order[index.row()])
        if index.column() == 0:
            if role == SORT:
                return float(self._ranks[row])
            shown = "" if np.isnan(self._ranks[row]) else f"{self._ranks[row]:.0f}"
            return shown or tr("unknown") if role == Qt.ItemDataRole.DisplayRole else None
        field = self._columns[index.column() - 1]
        value = self.ranking.values[field.name][row]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words(value, field)
        if role == SORT:
            return as_float(value) if field.type in ("real", "integer") else words(value, field)
        return None


class WordFilter(QSortFilterProxyModel):
    """Rows in which every typed word occurs, in whatever column."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self.setSortRole(SORT)

    def search(self, text: str) -> None:
        """Filter on these words."""
        self._words = text.casefold().split()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        """Whether all words occur in the row."""
        model = self.sourceModel()
        cells = [model.index(row, column, parent) for column in range(model.columnCount())]
        text = " ".join(str(model.data(cell)) for cell in cells).casefold()
        return all(word in text for word in self._words)
