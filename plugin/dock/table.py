"""The ranked list: one model that orders and filters itself, quick enough to follow a slider."""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QFont

from ..arsenaal_gis.catalogue import Field
from ..texts import number, title, tr
from .ranking import FILTERS, SCORES, Ranking, as_float, first, provenance, words

# The role under which a cell tells its share, 0-1, to be drawn as a bar.
SHARE = Qt.ItemDataRole.UserRole
CHOSEN = "\u2713"


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
        self._score_field = first(ranking.about, SCORES)
        self._plan_scores = np.array([as_float(v) for v in ranking.values.get(self._score_field, [])], float)
        self._scores = self._plan_scores
        self._search: list[str] = []
        self._filters: dict[str, frozenset[str]] = {}
        self._chosen: frozenset[int] = frozenset()
        self._texts: list[str] | None = None
        self._shown = self._arranged()

    def reorder(self, scores: NDArray[np.float64] | None) -> None:
        """Rank by these scores; None puts the plan's own ranks back."""
        if scores is None:
            self._ranks, self._scores = self._plan_ranks, self._plan_scores
        else:
            self._scores = scores
            order = np.argsort(-np.nan_to_num(scores, nan=-1.0), kind="stable")
            self._ranks = np.empty(len(scores))
            self._ranks[order] = np.arange(1.0, len(scores) + 1)
        self._refresh()

    def search(self, text: str) -> None:
        """Keep the rows in which every word occurs, in whatever column."""
        self._search = text.casefold().split()
        self._refresh()

    def filter(self, wanted: Mapping[str, Collection[str]]) -> None:
        """Keep the rows whose fields hold one of the wanted words; a field without any is no bar."""
        self._filters = {name: frozenset(kept) for name, kept in wanted.items() if kept}
        self._refresh()

    def is_bar(self, column: int) -> bool:
        """Whether a column is drawn as a bar."""
        return column > 0 and self._columns[column - 1].name == self._score_field

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers, which are of no use when cut."""
        if column == 0:
            return True
        field = self._columns[column - 1]
        return field.type in ("real", "integer") and not field.codes

    def options(self, name: str) -> dict[str, int]:
        """The words that a field of :data:`FILTERS` holds, with how many rows hold each."""
        field, found = self.ranking.about.fields[name], {}
        for value in self.ranking.values[name]:
            word = words(value, field)
            found[word] = found.get(word, 0) + 1
        return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))

    def mark(self, features: Collection[int]) -> None:
        """Show these features as chosen."""
        self._chosen = frozenset(features)
        if len(self._shown):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, self.columnCount() - 1))

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
        keep = np.ones(len(order), bool)
        for name, kept in self._filters.items():
            field = self.ranking.about.fields[name]
            keep &= np.array([words(value, field) in kept for value in self.ranking.values[name]], bool)
        if self._search:
            if self._texts is None:
                self._texts = [self._text(row) for row in range(len(self._ranks))]
            keep &= np.array([all(word in text for word in self._search) for text in self._texts], bool)
        return order[keep[order]]

    def _sort_key(self) -> NDArray:
        """A key per row that puts unknown last, whichever the direction."""
        sign = -1.0 if self._descending else 1.0
        if self._sorted_by == 0:
            return np.nan_to_num(sign * self._ranks, nan=np.inf)
        field = self._columns[self._sorted_by - 1]
        values = self.ranking.values[field.name]
        if field.name == self._score_field:
            return np.nan_to_num(sign * self._scores, nan=np.inf)
        if field.type in ("real", "integer"):
            return np.nan_to_num(sign * np.array([as_float(value) for value in values]), nan=np.inf)
        _, letters = np.unique([words(value, field).casefold() for value in values], return_inverse=True)
        return sign * letters

    def _text(self, row: int) -> str:
        about = self.ranking.about
        fields = {field.name: field for field in self._columns}
        fields |= {name: about.fields[name] for name in FILTERS if name in about.fields}
        cells = [words(self.ranking.values[name][row], field) for name, field in fields.items()]
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
        if orientation != Qt.Orientation.Horizontal or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        if section == 0:
            return "#" if role == Qt.ItemDataRole.DisplayRole else tr("Rank")
        return title(self._columns[section - 1].title)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for the eye, in full on hover with their source; the score also as a share."""
        row = int(self._shown[index.row()])
        chosen = int(self.ranking.ids[row]) in self._chosen
        if role == Qt.ItemDataRole.FontRole and chosen:
            font = QFont()
            font.setBold(True)
            return font
        field = self._columns[index.column() - 1] if index.column() else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if self.is_number(index.column()) else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == SHARE and field is not None and field.name == self._score_field:
            return float(self._scores[row] / (np.nanmax(self._scores, initial=0.0) or 1.0))
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        text = self._cell(row, field)
        if role == Qt.ItemDataRole.ToolTipRole:
            return text if field is None else f"{text}\n{provenance(self.ranking.about, field)}"
        return f"{CHOSEN}{text}" if chosen and field is None else text

    def _cell(self, row: int, field: Field | None) -> str:
        if field is None:
            return tr("unknown") if np.isnan(self._ranks[row]) else f"{self._ranks[row]:.0f}"
        if field.name == self._score_field:
            return number(self._scores[row], 2, field.unit)
        return words(self.ranking.values[field.name][row], field)
