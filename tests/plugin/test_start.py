"""QGIS starts as fast with the plugin as without: what takes long to import comes beside the event loop."""

import subprocess
import sys

import pytest
from qgis.core import QgsApplication

HEAVY = ("pandas", "geopandas", "scipy", "rasterio")  # QGIS from 3.40 on imports shapely itself


def test_loading_the_plugin_imports_nothing_heavy(plugin_tree):
    code = f"""
import sys
sys.path.insert(0, {str(plugin_tree.parent)!r})
import arsenaal
arsenaal.classFactory(None)
print([name for name in {HEAVY} if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_thread_that_imports_loads_no_new_library_of_qgis(plugin_tree):
    """Only what QGIS itself has loaded when plugins start: another one loaded in a thread ended the program."""
    code = f"""
import sys
sys.path.insert(0, {str(plugin_tree.parent)!r})
import qgis.core, qgis.gui, qgis.utils, qgis.processing
from qgis.PyQt import QtCore, QtGui, QtWidgets, QtXml
before = set(sys.modules)
import arsenaal.main
print([n for n in sorted(set(sys.modules) - before) if n.startswith(("PyQt", "qgis._"))])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.fixture
def started(arsenaal, qgis_iface, qgis_new_project):
    plugin = arsenaal.classFactory(qgis_iface)
    plugin.initGui()
    yield plugin
    plugin.unload()


def provider():
    return QgsApplication.processingRegistry().providerById("arsenaal")


def test_the_rest_follows_by_itself(started):
    while started._plugin is None:
        QgsApplication.processEvents()
    assert started.dock is not None
    assert provider() is not None


def test_who_asks_before_it_is_there_waits_for_it(started):
    assert started.dock is not None


def test_unloaded_before_it_is_there_it_never_comes(started):
    started.unload()
    QgsApplication.processEvents()
    assert provider() is None


def test_without_a_window_the_algorithms_are_there_at_once(arsenaal, qgis_app):
    plugin = arsenaal.classFactory(None)
    plugin.initProcessing()
    assert provider().algorithm("plan") is not None
    plugin.unload()
    assert provider() is None
