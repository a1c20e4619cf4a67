"""A planner's morning in a real window, from the zip to the export; QGIS runs it, window.py starts QGIS.

Every step does with real widgets what a person does, and asserts what that person would see.
"""

import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, os.environ["ARSENAAL_SCRIPTS"])

import in_window  # noqa: E402  stands beside this file, which QGIS runs without saying where it lies
from qgis import processing  # noqa: E402
from qgis.core import QgsApplication, QgsProject  # noqa: E402
from qgis.PyQt.QtCore import QObject, QPoint, Qt  # noqa: E402
from qgis.PyQt.QtTest import QTest  # noqa: E402
from qgis.PyQt.QtWidgets import QLabel, QWidget  # noqa: E402
from qgis.utils import iface, plugins  # noqa: E402

OUT = Path(os.environ["ARSENAAL_OUT"])
ZIP = os.environ["ARSENAAL_ZIP"]
Wait = Iterator[Callable[[], object]]
VISITS, CHANGE = 3, 4
LEFT = Qt.MouseButton.LeftButton


def arsenaal() -> object:
    """The plugin."""
    return plugins["arsenaal"]


def dock() -> QWidget:
    """The dock Wijk."""
    return arsenaal().dock


def pause(seconds: float) -> Callable[[], bool]:
    """Let the window live for a moment."""
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() > until


def drawn() -> bool:
    """Whether the map is drawn."""
    return not iface.mapCanvas().isDrawing()


def idle() -> bool:
    """Whether nothing runs in the dock."""
    return not dock().running.busy


def words(panel: QWidget) -> str:
    """All that a panel says."""
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def order() -> list[int]:
    """The places of the list as they stand, first to last."""
    model = dock().ranked.model
    return [model.index_of_row(row) for row in range(model.rowCount())]


def install_the_zip() -> Wait:
    """As Plugins > Install from ZIP does."""
    from pyplugin_installer import instance

    assert "arsenaal" not in plugins
    instance().installFromZipFile(ZIP)
    yield lambda: QgsApplication.processingRegistry().algorithmById("arsenaal:plan")
    assert dock().isVisible()
    yield pause(0.5)


def open_the_practice_wijk() -> Wait:
    """The imported practice wijk stands where the plugin would make it."""
    begin, processor = time.perf_counter(), time.thread_time()
    arsenaal().practice()
    usable = {"usable": time.perf_counter() - begin, "usable_busy": time.thread_time() - processor}
    yield pause(0.1)
    yield drawn
    assert len(QgsProject.instance().mapLayers()) > 20
    return usable


def compute() -> Wait:
    """The button of the dock; the window stays usable until the plan lies there."""
    dock().overview.again.click()
    assert dock().running.busy
    yield lambda: arsenaal().opened.wijk.plans()


def see_the_new_plan() -> Wait:
    """It comes on screen by itself."""
    yield idle
    assert arsenaal().opened.plan is not None
    assert dock().ranked.model.rowCount() > 300
    yield pause(0.1)
    yield drawn


def look_through_the_lists() -> Wait:
    """Dwellings and streets come up, are scrolled and searched, then the places again."""
    for tab in (1, 2, 0):
        dock().show_tab(tab)
        yield pause(0.2)
        assert dock().ranked.model.rowCount() > 5
        bar = dock().ranked.table.verticalScrollBar()
        for share in range(5):
            bar.setValue(bar.maximum() * share // 4)
            yield pause(0.02)
        word = str(dock().ranked.table.model().index(0, 1).data()).split()[0]
        QTest.keyClicks(dock().ranked.search, word)
        assert 0 < dock().ranked.model.rowCount() < len(dock().ranked.ranking().ids)
        yield pause(0.1)
        dock().ranked.search.clear()
    yield drawn


def see_why_the_first_place_ranks_first() -> Wait:
    """A click on the row: the map goes there, the reasons appear."""
    table = dock().ranked.table
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(0, 0)).center())
    yield pause(0.6)
    yield drawn
    ranking = dock().ranked.ranking()
    assert ranking.layer.selectedFeatureCount() == 1
    assert iface.mapCanvas().extent().intersects(ranking.layer.boundingBoxOfSelected())
    assert iface.mapCanvas().extent().width() < 600
    assert len(words(dock().ranked.why).splitlines()) > len(ranking.criteria)


def change_a_weight() -> Wait:
    """A slider is dragged from end to end; the list follows."""
    before, weights = order(), dock().ranked.weights
    name, slider = next(iter(weights.sliders.items()))
    share = weights.weights()[name]
    for value in (*range(0, 101, 4), *range(100, -1, -10)):
        slider.setValue(value)
        yield pause(0.02)
    assert weights.weights()[name] != share
    assert order() != before
    return {"moves": 36}


def draw_a_tree() -> Wait:
    """The tool What if: a click on the map, and the map says what it does."""
    tool = arsenaal().what_if
    tool.action.trigger()
    yield lambda: not tool.panel.busy.isVisible()
    canvas = iface.mapCanvas()
    QTest.mouseClick(canvas.viewport(), LEFT, pos=QPoint(canvas.width() // 2, canvas.height() // 2))
    begin = time.perf_counter()
    yield lambda: tool.layer_id
    seconds = round(time.perf_counter() - begin, 2)
    assert "\u00b0C" in tool.panel.result.text()
    assert tool.panel.undo.isEnabled()
    yield pause(0.3)
    yield drawn
    yield pause(0.2)
    return {"answer": seconds}


def veto_a_place() -> Wait:
    """With a reason; it is kept in besluiten."""
    arsenaal().what_if.action.trigger()
    kept = arsenaal().opened.layers["besluiten"]
    before = kept.featureCount()
    table = dock().ranked.table
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(1, 0)).center())
    bar = dock().ranked.decisions
    bar.veto.click()
    assert kept.featureCount() == before, "a decision without a reason is not kept"
    QTest.keyClicks(bar.reason, "kabels in de grond")
    QTest.mouseClick(bar.veto, LEFT)
    yield pause(0.3)
    assert kept.featureCount() == before + 1
    assert "kabels in de grond" in words(bar)


def plan_the_visits() -> Wait:
    """The rounds of the plan, an outcome at the door, and new rounds that know it."""
    dock().show_tab(VISITS)
    visits = dock().visits
    yield pause(0.2)
    first = visits.tree.topLevelItem(0).child(0)
    visits.tree.setCurrentItem(first)
    assert visits.stops.topLevelItemCount() == int(first.text(2))
    visits.stops.setCurrentItem(visits.stops.topLevelItem(0))
    yield pause(0.3)
    before = visits.source.text()
    plans = len(arsenaal().opened.wijk.plans())
    visits.again.click()
    yield lambda: len(arsenaal().opened.wijk.plans()) > plans
    return {"rounds": before}


def see_the_new_rounds() -> Wait:
    """They come beside the plan, and the tab shows them."""
    shown = arsenaal().opened.plan
    yield idle
    yield pause(0.3)
    yield drawn
    newest = arsenaal().opened.wijk.plans()[-1]
    assert arsenaal().opened.plan == shown != newest
    assert newest.moment in arsenaal().opened.layers["rondes"].source()
    assert dock().visits.tree.topLevelItemCount() > 0


def compare_two_plans() -> Wait:
    """The tab Verandering, and its table."""
    dock().show_tab(CHANGE)
    yield pause(0.3)
    assert dock().history.before.count() == len(arsenaal().opened.wijk.plans()) > 1
    assert "{}" not in dock().history.summary.text() != ""
    yield drawn


def run_in_a_dialog(algorithm: str, values: dict) -> Wait:
    """The dialog of an algorithm, its button Run, until it is done."""
    shown = processing.createAlgorithmDialog(algorithm, values)
    shown.show()
    shown.runButton().click()
    yield pause(0.5)
    yield shown.runButton().isEnabled
    shown.close()


def print_a_map() -> Wait:
    """One theme on A3, drawn in a process of its own."""
    folder = OUT / "kaarten \u00e9"
    wijk = str(arsenaal().opened.wijk.folder / "wijk.toml")
    yield from run_in_a_dialog("arsenaal:maps", {"WIJK": wijk, "THEMES": [0], "FOLDER": str(folder)})
    pages = [path.name for path in folder.glob("*.pdf") if path.stat().st_size > 50_000]
    assert len(pages) == 1, list(folder.glob("*"))
    return {"pages": pages}


def export_the_wijk() -> Wait:
    """Open data: what may leave, and a report of what may not."""
    path = OUT / "open data.gpkg"
    wijk = str(arsenaal().opened.wijk.folder / "wijk.toml")
    yield from run_in_a_dialog("arsenaal:export", {"WIJK": wijk, "TIER": 2, "OUTPUT": str(path)})
    assert path.stat().st_size > 50_000


def census() -> dict:
    """What a plugin can leave behind in a window."""
    gc.collect()
    project = QgsProject.instance()
    return {
        "objects": Counter(type(thing).__name__ for thing in iface.mainWindow().findChildren(QObject)),
        "on the canvas": len(iface.mapCanvas().scene().items()),
        "layers": len(project.mapLayers()),
        "providers": len(QgsApplication.processingRegistry().providers()),
        "signals": [project.receivers(project.cleared), project.receivers(project.readProject)],
    }


def reload_twenty_times() -> Wait:
    """Unloaded and loaded again, the window is as it was."""
    import arsenaal as package

    QgsProject.instance().clear()
    yield pause(0.5)
    seen = []
    for _ in range(21):  # the first takes away what the steps before left in the dock
        plugins["arsenaal"].unload()
        yield pause(0.02)
        plugins["arsenaal"] = package.classFactory(iface)
        plugins["arsenaal"].initGui()
        yield lambda: QgsApplication.processingRegistry().algorithmById("arsenaal:plan")
        yield pause(0.02)
        seen.append(census())
    first, last = seen[0], seen[-1]
    more = last.pop("objects") - first.pop("objects")
    # What every reload leaves behind is there twenty times; one object may still be on its way out.
    assert all(count < 20 for count in more.values()), more
    # What an earlier step left, a flash on the map or a message that was read, may be gone by now.
    assert all(last[name] <= first[name] for name in first), (first, last)


STEPS = [
    install_the_zip, open_the_practice_wijk, compute, see_the_new_plan, look_through_the_lists,
    see_why_the_first_place_ranks_first, change_a_weight, draw_a_tree, veto_a_place, plan_the_visits, see_the_new_rounds,
    compare_two_plans, print_a_map, export_the_wijk, reload_twenty_times,
]  # fmt: skip

if __name__ == "__main__":
    iface.mainWindow().setGeometry(0, 0, 1600, 1000)
    chosen = os.environ["ARSENAAL_STEPS"].split()
    walk = in_window.Walk([step for step in STEPS if not chosen or step.__name__ in chosen], OUT)
