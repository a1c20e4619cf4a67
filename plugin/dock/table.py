"""The ranked list: one model that orders and filters itself, quick enough to follow a slider."""

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt

from ..texts import title, tr
from .ranking import Ranking, as_float, words


class RankedModel(QAbstractTableModel):
    """Rows of a ranking, in the order of any column, those that hold the searched words.

    Only what is on screen is put into words; orders are made on whole columns at once.
    """

    def __init__(self, ranking: Ranking) -> None:
        super().__init__()
        self.ranking = ranking
        self._columns = ranking.columns()
        self._plan_ranks = np.array([as_float(value) for value in ranking.values[ranking.rank_field]], float)
        self._ranks = self._plan_ranks
        self._sorted_by, self._descending = 0, False
        self._search: list[str] = []
        self._texts: list[str] | None = None
        self._shown = self._arranged()

    def reorder(self, scores: NDArray[np.float64] | None) -> None:
        """Rank by these scores; None puts the plan's own ranks back."""
        if scores is None:
            self._ranks = self._plan_ranks
        else:
            order = np.argsort(-np.nan_to_num(scores, nan=-1.0), kind="stable")
            self._ranks = np.empty(len(scores))
            self._ranks[order] = np.arange(1.0, len(scores) + 1)
        self._refresh()

    def search(self, text: str) -> None:
        """Keep the rows in which every word occurs, in whatever column."""
        self._search = text.casefold().split()
        self._refresh()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column: numbers by size, words by letter, unknown last."""
        self._sorted_by, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._refresh()

    def row_of(self, feature: int) -> int:
        """The list's row of a feature, -1 where it is not shown."""
        found = np.flatnonzero(self.ranking.ids[self._shown] == feature)
        return int(found[0]) if len(found) else -1

    def index_of_row(self, row: int) -> int:
        """The ranking's row number behind a row of the list."""
        return int(self._shown[row])

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = self._arranged()
        self.endResetModel()

    def _arranged(self) -> NDArray[np.int64]:
        order = np.argsort(self._sort_key(), kind="stable")
        if not self._search:
            return order
        if self._texts is None:
            self._texts = [self._text(row) for row in range(len(self._ranks))]
        keep = [all(word in text for word in self._search) for text in self._texts]
        return order[np.array(keep, bool)[order]]

    def _sort_key(self) -> NDArray:
        """A key per row that puts unknown last, whichever the direction."""
        sign = -1.0 if self._descending else 1.0
        if self._sorted_by == 0:
            return np.nan_to_num(sign * self._ranks, nan=np.inf)
        field = self._columns[self._sorted_by - 1]
        values = self.ranking.values[field.name]
        if field.type in ("real", "integer"):
            return np.nan_to_num(sign * np.array([as_float(value) for value in values]), nan=np.inf)
        _, letters = np.unique([words(value, field).casefold() for value in values], return_inverse=True)
        return sign * letters

    def _text(self, row: int) -> str:
        cells = [words(self.ranking.values[field.name][row], field) for field in self._columns]
        return " ".join(cells).casefold()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Number of rows that are shown."""
        return 0 if parent.isValid() else len(self._shown)

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
        """Words for the eye, in full on hover."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = int(self._shown[index.row()])
        if index.column() == 0:
            return tr("unknown") if np.isnan(self._ranks[row]) else f"{self._ranks[row]:.0f}"
        field = self._columns[index.column() - 1]
        return words(self.ranking.values[field.name][row], field)
