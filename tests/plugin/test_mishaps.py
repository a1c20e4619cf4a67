"""What goes wrong in a day of work: each told in words, nothing lost, nothing left behind."""

import collections
import gc
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import weakref

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QVariantAnimation

from arsenaal_gis.gpkg import read_layer
from arsenaal_gis.plan import make_plan
from arsenaal_gis.wijk import Wijk, lock
from tests.plugin.plan_of_places import planned

DEFERRED_DELETE = 52  # QEvent.DeferredDelete: what deleteLater waits for


@pytest.fixture
def slots(monkeypatch):
    """Errors in slots, which Qt swallows."""
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(error))
    yield caught
    assert caught == []


@pytest.fixture
def plugin(ranked_plugin, slots):
    return ranked_plugin


def message(qgis_iface):
    return qgis_iface.messageBar().currentItem().text()


def receivers(thing):
    """How many slots hang on each signal of an object."""
    signals = {name: getattr(thing, name, None) for name in dir(type(thing))}
    return {
        name: thing.receivers(signal)
        for name, signal in signals.items()
        if type(signal).__name__ == "pyqtBoundSignal"
    }


def census(iface):
    """Everything that a plugin can leave behind, by kind."""
    canvas, until = iface.mapCanvas(), time.monotonic() + 10
    while (
        True
    ):  # what goes may let go of more, and a row that flashes goes later: until nothing goes any more
        QgsApplication.processEvents()
        QgsApplication.sendPostedEvents(None, DEFERRED_DELETE)
        going = gc.collect() or canvas.findChildren(QVariantAnimation)
        if not going or time.monotonic() > until:
            break
    project = QgsProject.instance()
    held = (project, project.layerTreeRoot(), project.relationManager(), canvas, QgsApplication.taskManager(),
            QgsApplication.processingRegistry(), QgsApplication.instance())  # fmt: skip
    ours = [
        type(thing).__name__
        for thing in gc.get_objects()
        if isinstance(thing, QObject)
        and str(type(thing).__module__).startswith("arsenaal.")
        and not sip.isdeleted(thing)
    ]
    return {
        "in the window": collections.Counter(
            type(thing).__name__ for thing in iface.mainWindow().findChildren(QObject)
        ),
        "on the canvas": len(canvas.scene().items()),
        "layers": sorted(project.mapLayers()),
        "groups": [child.name() for child in project.layerTreeRoot().children()],
        "notes": len(project.annotationManager().annotations()),
        "relations": sorted(project.relationManager().relations()),
        "providers": sorted(provider.id() for provider in QgsApplication.processingRegistry().providers()),
        "signals": [receivers(thing) for thing in held],
        "ours": collections.Counter(ours),
        "threads": threading.active_count(),
    }


def test_twenty_times_loaded_used_and_unloaded_leaves_nothing(
    arsenaal, wijk, qgis_iface, qgis_new_project, slots, monkeypatch
):
    from arsenaal.main import ArsenaalPlugin

    planned(wijk)
    pages = []  # a mock would keep for ever what it is called with
    monkeypatch.setattr(qgis_iface, "registerOptionsWidgetFactory", pages.append, raising=False)
    monkeypatch.setattr(qgis_iface, "unregisterOptionsWidgetFactory", pages.remove, raising=False)

    def once(used):
        plugin = ArsenaalPlugin()
        plugin.initGui()
        if used:
            plugin.open(wijk)
            plugin.dock.ranked.table.selectRow(1)
        plugin.unload()
        QgsProject.instance().clear()

    once(used=True)  # what Qt and QGIS themselves make at first use
    before = census(qgis_iface)
    for number in range(20):
        once(used=number % 5 == 0)
    after = census(qgis_iface)
    for kind in ("in the window", "ours"):  # what is no longer held may go any time
        assert not (more := after.pop(kind) - before.pop(kind)), more
    assert after == before
    assert pages == []


def test_the_list_goes_with_the_wijk(plugin):
    """At once, not when Python next tidies up: a list holds every value of its layer."""
    list_ = weakref.ref(plugin.dock.ranked.model)
    gc.disable()
    try:
        QgsProject.instance().clear()
        assert list_() is None
    finally:
        gc.enable()


def test_a_closed_project_empties_the_dock(plugin, qgis_iface):
    plugin.dock.ranked.table.selectRow(0)
    assert plugin.opened is not None
    QgsProject.instance().clear()
    assert plugin.opened is None
    assert not plugin.what_if.action.isEnabled()
    assert plugin.dock.pages.currentIndex() == 0, "the way to a wijk"


def test_a_wijk_that_cannot_be_opened_is_told_and_what_was_on_screen_stays(
    plugin, wijk, tmp_path, qgis_iface
):
    before = plugin.opened
    assert plugin.open(tmp_path / "nergens" / "wijk.toml") is None
    assert "wijk.toml" in message(qgis_iface)
    assert plugin.opened is before
    assert plugin.dock.pages.currentIndex() == 1
    assert before.layers["percelen"].isValid()


def test_a_deleted_file_under_an_open_project_takes_no_decision_silently(plugin, wijk, qgis_iface):
    """The provider still holds the file that is gone: a row would be written into nothing."""
    plugin.dock.ranked.table.selectRow(0)
    kept = wijk.with_name("elders.gpkg")
    wijk.with_name("wijk.gpkg").rename(kept)
    plugin.dock.ranked.decisions.reason.setText("geen plaats")
    plugin.dock.ranked.decisions.veto.click()
    assert "nothing was written" in message(qgis_iface)
    assert len(read_layer(kept, "besluiten")) == 0
    plugin.open(wijk)
    assert "arsenaal:import" in message(qgis_iface)


def test_two_windows_decide_on_one_wijk(plugin, wijk):
    """What another window adds stays, and what this one adds comes beside it."""
    elsewhere = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer, QgsVectorLayerUtils
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(f"{sys.argv[1]}|layername=besluiten", "besluiten", "ogr")
assert layer.startEditing()
row = QgsVectorLayerUtils.createFeature(layer)
row["besluit_id"], row["laag"], row["sleutel"], row["besluit"] = "b1", "percelen", "x", "veto"
row["reden"], row["door"], row["moment"] = "geen plaats", "een ander", "2025-06-30T10:00:00Z"
assert layer.addFeature(row) and layer.commitChanges(), layer.commitErrors()
"""
    path = wijk.with_name("wijk.gpkg")
    subprocess.run([sys.executable, "-c", elsewhere, path], check=True, capture_output=True)
    plugin.dock.ranked.table.selectRow(0)
    plugin.dock.ranked.decisions.reason.setText("geen plaats")
    plugin.dock.ranked.decisions.veto.click()
    QgsProject.instance().clear()
    rows = read_layer(path, "besluiten")
    assert sorted(rows["sleutel"]) == ["k0", "x"]
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_wijk_that_another_process_is_writing_says_so(arsenaal, wijk, qgis_app):
    from arsenaal.algorithms.data import ImportAlgorithm

    algorithm = ImportAlgorithm()
    algorithm.initAlgorithm({})
    before = wijk.with_name("wijk.gpkg").read_bytes()
    with lock(wijk.parent, "import"), pytest.raises(QgsProcessingException) as caught:
        algorithm.run({"WIJK": str(wijk)}, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    assert "import" in str(caught.value) and "Traceback" not in str(caught.value)
    assert wijk.with_name("wijk.gpkg").read_bytes() == before


class Impatient(QgsProcessingFeedback):
    """Cancels as soon as the work says something."""

    def pushInfo(self, text):
        self.cancel()

    def setProgressText(self, text):
        self.cancel()


@pytest.mark.parametrize("name", ["plan", "import", "maps"])
def test_cancelling_in_the_middle_ends_the_process_and_leaves_no_half_work(
    arsenaal, wijk, qgis_app, name, tmp_path
):
    from arsenaal.algorithms import ArsenaalProvider, child

    started = []
    popen = child.subprocess.Popen
    provider = ArsenaalProvider()
    provider.loadAlgorithms()
    algorithm = provider.algorithm(name).create()
    files = set(wijk.parent.rglob("*"))

    def start(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    child.subprocess.Popen = start
    try:
        with pytest.raises(QgsProcessingException):
            algorithm.run(
                {"WIJK": str(wijk), "FOLDER": str(tmp_path / "uit")},
                QgsProcessingContext(),
                Impatient(),
                {},
                False,
            )
    finally:
        child.subprocess.Popen = popen
    assert started[0].returncode not in (None, 0)
    new = set(wijk.parent.rglob("*")) - files
    assert not [
        path for path in new if path.is_file() and path.suffix != ".slot" and ".deel" not in str(path)
    ], "nothing that looks finished"
    make_plan(Wijk.open(wijk), "20260101T000000Z", only=["feiten"])
    assert not list(wijk.parent.rglob("*.deel")), "what was cut off is cleared away by the next"


def snapshot(folder):
    return {
        path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts
    }


def test_a_read_only_plugin_folder_is_enough(plugin_tree, plugin, wijk):
    """Root may write anywhere, so it is also looked at whether anything was."""
    before = snapshot(plugin_tree)
    for path in before:
        path.chmod(stat.S_IRUSR | (stat.S_IXUSR if path.is_dir() else 0))
    try:
        from arsenaal.algorithms import child
        from arsenaal.algorithms.feedback import FeedbackProgress

        progress = FeedbackProgress(QgsProcessingFeedback())
        child.plan(
            {"wijk": str(wijk), "peildatum": "2025-06-30", "only": ["feiten"], "settings": {}}, progress
        )
        plugin.open(wijk)
    finally:
        for path in before:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert snapshot(plugin_tree) == before
