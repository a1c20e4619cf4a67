"""The zip in a clean profile under qgis_process; in a window it is in test_journey.py."""

import contextlib
import json
import sqlite3

from qgis.core import QgsVectorLayer, QgsVectorLayerUtils


def test_list_and_run(qgis_process, wijk):
    listed = json.loads(qgis_process("list").stdout)
    names = listed["providers"]["arsenaal"]["algorithms"]
    assert {"arsenaal:plan", "arsenaal:import", "arsenaal:check"} <= set(names)
    wrong = qgis_process("run", "arsenaal:plan", "--", f"WIJK={wijk}", "PEILDATUM=gisteren")
    assert wrong.returncode != 0
    assert "2025-06-30" in wrong.stdout + wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_practice_wijk_from_nothing(practice, qgis_process, qgis_new_project):
    """The zip in a clean profile: made, imported and planned under qgis_process; then written while it is edited."""
    assert [path.name for path in (practice / "plannen").glob("2*")]
    import_while_qgis_edits(qgis_process, practice / "wijk.toml")


def import_while_qgis_edits(qgis_process, config):
    """Two writers on one wijk: the edit is kept, the import lands beside it, neither file is harmed."""
    path = config.with_name("wijk.gpkg")
    layer = QgsVectorLayer(f"{path}|layername=besluiten", "besluiten", "ogr")
    assert layer.startEditing()
    row = QgsVectorLayerUtils.createFeature(layer)
    for name, value in {"besluit_id": "b1", "laag": "percelen", "sleutel": "x", "besluit": "veto"}.items():
        row[name] = value
    assert layer.addFeature(row)
    imported = qgis_process("run", "arsenaal:import", "--", f"WIJK={config}")
    assert imported.returncode == 0, imported.stdout[-1500:] + imported.stderr[-1500:]
    assert layer.commitChanges(), layer.commitErrors()
    assert layer.featureCount() == 1
    beside = config.with_name("wijk.nieuw.gpkg")
    assert json.loads(imported.stdout)["results"]["GPKG"] == str(beside)
    for file in (path, beside):
        with contextlib.closing(sqlite3.connect(file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
