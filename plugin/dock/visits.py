"""The tab "Bezoeken": rounds per day and team, their stops with reasons, and what happened at the door."""

from qgis.core import NULL, QgsFeature, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..arsenaal_gis.catalogue import load
from ..arsenaal_gis.errors import ArsenaalError
from ..arsenaal_gis.wijk import Plan
from ..helping import HelpButton
from ..loading import Opened
from ..messages import tell_error
from ..running import RunLine
from ..texts import day_of, number, title, tr
from .link import show
from .outcome import OutcomeForm, record_visit
from .overview import date_of
from .ranking import words
from .teach import empty_state

ROUNDS, STOPS, LOG = "rondes", "ronde_stops", "bezoeken"
ID = Qt.ItemDataRole.UserRole
# Widest a column but the address is, in letters.
WIDEST = 10


class VisitsTab(QWidget):
    """Choose a round: the map goes there; choose a stop: say what happened."""

    def __init__(self, running: RunLine) -> None:
        super().__init__()
        self._running = running
        self._opened: Opened | None = None
        self._rounds: dict[str, QgsFeature] = {}
        self._stops: dict[str, QgsFeature] = {}
        self.tree, self.stops, self.form = QTreeWidget(), QTreeWidget(), OutcomeForm()
        self.source = QLabel()
        self.source.setWordWrap(True)
        self.again = QPushButton(tr("Plan visits again"))
        self.again.setToolTip(
            tr("New priorities and rounds, in the background: {}").format("arsenaal:visits")
        )
        self.again.clicked.connect(lambda: self.plan_again())
        self.tree.setHeaderLabels([tr("Round"), tr("When"), tr("Visits"), tr("Duration")])
        self.tree.setAccessibleName(tr("Rounds by day and team; Enter goes there on the map"))
        self.stops.setHeaderLabels(["#", tr("Address"), tr("Arrival"), tr("Kind"), tr("Outcome")])
        self.stops.setAccessibleName(tr("Stops of the round"))
        self.stops.setRootIsDecorated(False)
        self.tree.setIndentation(self.tree.indentation() // 2)
        for list_ in (self.tree, self.stops):
            list_.setAlternatingRowColors(True)
            list_.header().setStretchLastSection(False)
            list_.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.currentItemChanged.connect(lambda item, _: self._round_chosen(item))
        self.tree.itemClicked.connect(lambda item, _: self._go(item))
        self.tree.itemActivated.connect(lambda item, _: self._go(item))
        self.stops.currentItemChanged.connect(lambda item, _: self._stop_chosen(item))
        self.stops.itemClicked.connect(lambda item, _: self._go_stop(item))
        self.stops.itemActivated.connect(lambda item, _: self._go_stop(item))
        self.form.noted.connect(self.record)
        line = QHBoxLayout()
        line.addWidget(self.source, 1)
        line.addWidget(self.again)
        line.addWidget(HelpButton("panel_visits"))
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.tree)
        halves.addWidget(self.stops)
        halves.setSizes([330, 330])
        self._page = QWidget()
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(4, 4, 4, 0)
        layout.setSpacing(3)
        layout.addLayout(line)
        layout.addWidget(halves, 1)
        layout.addWidget(self.form)
        self._empty = empty_state(
            tr("This plan holds no rounds: teams and hours stand in [bezoeken] of wijk.toml."),
            [(tr("Plan visits"), "arsenaal:visits", self.plan_again)],
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        column.addWidget(self._empty)

    def show_wijk(self, opened: Opened | None) -> None:
        """List the rounds of the newest plan that has any."""
        self._opened = opened
        self.tree.clear()
        self.stops.clear()
        self._rounds.clear()
        rounds = None if opened is None else opened.layers.get(ROUNDS)
        if rounds is not None:
            self._take_newest(rounds)
            for row in rounds.getFeatures():
                self._rounds[str(row["ronde_id"])] = row
        self._page.setVisible(bool(self._rounds))
        self._empty.setVisible(not self._rounds)
        self._list_rounds()

    def _take_newest(self, rounds: QgsVectorLayer) -> None:
        """Visits that were planned alone, after the plan on screen, are what the teams walk."""
        shown = self._opened.plan
        newer = [plan for plan in self._opened.wijk.plans() if shown is None or plan.moment > shown.moment]
        for plan in reversed(newer):
            if _holds(plan, ROUNDS):
                for id in (ROUNDS, STOPS):
                    layer = self._opened.layers[id]
                    layer.setDataSource(f"{plan.gpkg.as_posix()}|layername={id}", layer.name(), "ogr")
                shown = plan
                break
        self.source.setText(tr("Rounds planned on {}").format(date_of(shown.moment)) if shown else "")

    def _list_rounds(self) -> None:
        about = load().layer(ROUNDS)
        days: dict[str, QTreeWidgetItem] = {}
        ordered = sorted(
            self._rounds.values(), key=lambda row: (row["datum"], str(row["dagdeel"]), row["team"])
        )
        for row in ordered:
            day = day_of(row["datum"])
            if day not in days:
                days[day] = QTreeWidgetItem(self.tree, [day])
                days[day].setFirstColumnSpanned(True)
            cells = [
                str(row["team"]),
                words(row["dagdeel"], about.fields["dagdeel"]),
                str(row["stops"]),
                hours(row["duur_min"]),
            ]
            item = QTreeWidgetItem(days[day], cells)
            item.setData(0, ID, str(row["ronde_id"]))
            item.setToolTip(
                0,
                "\n".join(
                    f"{title(about.fields[name].title)}: {words(row[name], about.fields[name])}"
                    for name in (
                        "functies",
                        "verwachte_contacten",
                        "wandel_m",
                        "duur_min",
                        "beschikbaar_min",
                        "waarde",
                    )
                ),
            )
        self.tree.expandAll()
        for column in (1, 2, 3):
            self.tree.resizeColumnToContents(column)
        self.tree.header().setSectionResizeMode(0, self.tree.header().ResizeMode.Stretch)

    def _round_chosen(self, item: QTreeWidgetItem | None) -> None:
        self.stops.clear()
        self._stops.clear()
        id = item.data(0, ID) if item is not None else None
        if id is None:
            return
        about = load().layer(STOPS)
        rows = [row for row in self._opened.layers[STOPS].getFeatures() if str(row["ronde_id"]) == id]
        noted = self._noted(self._rounds[id], {str(row["woning_id"]) for row in rows})
        for row in sorted(rows, key=lambda one: one["volgnummer"]):
            self._stops[str(row["stop_id"])] = row
            arrival = row["aankomst"].toString("HH:mm") if row["aankomst"] else tr("unknown")
            kind = words(row["bezoektype"], about.fields["bezoektype"])
            cells = [
                str(row["volgnummer"]),
                address(row),
                arrival,
                kind,
                noted.get(str(row["woning_id"]), ""),
            ]
            shown = QTreeWidgetItem(self.stops, cells)
            shown.setData(0, ID, str(row["stop_id"]))
            for column in range(5):
                shown.setToolTip(column, reasons(row))
        most = WIDEST * self.stops.fontMetrics().averageCharWidth()
        for column in (0, 2, 3, 4):
            self.stops.resizeColumnToContents(column)
            self.stops.setColumnWidth(column, min(self.stops.columnWidth(column), most))
        self.stops.header().setSectionResizeMode(1, self.stops.header().ResizeMode.Stretch)

    def _noted(self, round_: QgsFeature, homes: set[str]) -> dict[str, str]:
        """What the log says of that day, by dwelling."""
        log = self._opened.layers.get(LOG)
        if log is None:
            return {}
        field = load().layer(LOG).fields["resultaat"]
        return {
            str(row["woning_id"]): words(row["resultaat"], field)
            for row in log.getFeatures()
            if row["datum"] == round_["datum"] and str(row["woning_id"]) in homes
        }

    def _stop_chosen(self, item: QTreeWidgetItem | None) -> None:
        stop = self._stops.get(item.data(0, ID)) if item is not None else None
        if stop is None:
            self.form.show_stop(None, "", QDate(), "", "")
            return
        round_ = self._rounds[str(stop["ronde_id"])]
        role = str(round_["functies"]).split(",")[0].strip()
        self.form.show_stop(
            stop,
            f"<b>{address(stop)}</b> \u00b7 {stop['waarom_hier']}",
            round_["datum"],
            str(round_["dagdeel"]),
            role,
        )

    def _go(self, item: QTreeWidgetItem) -> None:
        """Show the round on the map."""
        if item.data(0, ID) in self._rounds:
            self._show(ROUNDS, self._rounds[item.data(0, ID)])

    def _go_stop(self, item: QTreeWidgetItem) -> None:
        if item.data(0, ID) in self._stops:
            self._show(STOPS, self._stops[item.data(0, ID)])

    def _show(self, id: str, row: QgsFeature) -> None:
        layer = self._opened.layers[id]
        layer.selectByIds([row.id()])
        show(layer, [row.id()])

    def record(self, given: dict[str, str]) -> None:
        """Add what happened at the chosen stop to the log, and go on to the next."""
        item = self.stops.currentItem()
        log = self._opened.layers.get(LOG)
        if log is None:
            self.form.told.setText(tr("This wijk has no log of visits; run arsenaal:import."))
            return
        try:
            record_visit(log, self._opened.wijk, self._stops[item.data(0, ID)], given)
        except ArsenaalError as error:
            self.form.told.setText(f"\u26a0 {error.what}")
            tell_error(error)
            return
        item.setText(4, words(given["resultaat"], load().layer(LOG).fields["resultaat"]))
        below = self.stops.itemBelow(item)
        if below is not None:
            self.stops.setCurrentItem(below)
        self.form.told.setText(tr("Kept in the log: {}.").format(item.text(1)))

    def plan_again(self) -> None:
        """Plan the visits anew in the background, with what the log says now."""
        wijk = self._opened.wijk
        self._running.run([("visits", {"WIJK": str(wijk.folder / "wijk.toml")})])


def address(stop: QgsFeature) -> str:
    """Street, number and box of a stop."""
    box = stop["busnummer"]
    parts = [str(stop["straat"] or tr("unknown")), str(stop["huisnummer"] or "")]
    return " ".join([*parts, *([f"bus {box}"] if box and box != NULL else [])]).strip()


def reasons(stop: QgsFeature) -> str:
    """Why there, how likely someone answers, and what to leave behind."""
    fields = load().layer(STOPS).fields
    names = ("waarom_hier", "punten", "kans", "poging", "achterlaten", "afspraak_op", "wandel_min")
    return "\n".join(
        f"{title(fields[name].title)}: {words(stop[name], fields[name])}"
        for name in names
        if name != "afspraak_op" or (stop[name] and stop[name] != NULL)
    )


def hours(minutes: float | None) -> str:
    """Minutes as hours and minutes."""
    if minutes is None or minutes == NULL:
        return tr("unknown")
    return (
        f"{int(minutes) // 60}:{int(minutes) % 60:02d} {tr('h')}"
        if minutes >= 60
        else number(minutes, 0, "min")
    )


def _holds(plan: Plan, table: str) -> bool:
    """Whether a plan has a table, asked of QGIS' own provider."""
    metadata = QgsProviderRegistry.instance().providerMetadata("ogr")
    return table in {sub.name() for sub in metadata.querySublayers(str(plan.gpkg))}
