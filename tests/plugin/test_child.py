"""The library in a process of its own, started from inside QGIS."""

import subprocess
import sys

import pytest
from qgis.core import QgsProcessingFeedback


@pytest.fixture
def child(arsenaal, qgis_app):
    from arsenaal.algorithms import child as module

    return module


@pytest.fixture
def progress(arsenaal):
    from arsenaal.algorithms.feedback import FeedbackProgress

    return FeedbackProgress(QgsProcessingFeedback())


def test_runs_the_plugins_own_library_whatever_the_folder(child, progress, tmp_path, monkeypatch):
    (tmp_path / "arsenaal_gis").mkdir()
    (tmp_path / "arsenaal_gis" / "__init__.py").write_text("raise SystemExit('the wrong library')")
    monkeypatch.chdir(tmp_path)
    assert "woningen" in child.command_line(["layers"], progress)


def test_what_the_library_says_of_an_error_reaches_the_user(child, progress, tmp_path):
    from arsenaal.arsenaal_gis.errors import WorkspaceError

    with pytest.raises(WorkspaceError, match="There is no wijk.toml here") as caught:
        child.plan({"wijk": str(tmp_path), "peildatum": None, "only": [], "settings": {}}, progress)
    assert "Traceback" not in str(caught.value)


def test_a_setting_out_of_range_is_refused_by_name(child, progress, wijk):
    from arsenaal.arsenaal_gis.errors import WorkspaceError

    request = {
        "wijk": str(wijk),
        "peildatum": None,
        "only": [],
        "settings": {"hitte": {"hemel_straal_m": -5.0}},
    }
    with pytest.raises(WorkspaceError, match="hemel_straal_m"):
        child.plan(request, progress)


def test_cancelling_ends_the_process(child, wijk, arsenaal):
    from arsenaal.algorithms.feedback import FeedbackProgress
    from arsenaal.arsenaal_gis.errors import Cancelled

    feedback = QgsProcessingFeedback()
    feedback.cancel()
    with pytest.raises(Cancelled):
        child.plan(
            {"wijk": str(wijk), "peildatum": None, "only": [], "settings": {}}, FeedbackProgress(feedback)
        )
    assert not list((wijk.parent / "plannen").glob("2*"))


def test_shares_move_the_bar_and_do_not_fill_the_log(child, wijk, arsenaal):
    from arsenaal.algorithms.feedback import FeedbackProgress

    feedback = QgsProcessingFeedback()
    request = {"wijk": str(wijk), "peildatum": "2025-06-30", "only": ["feiten"], "settings": {}}
    made = child.plan(request, FeedbackProgress(feedback))
    assert made["plan"].endswith(".gpkg")
    assert "@share" not in feedback.textLog()
    assert "feiten:" in feedback.textLog()


def test_the_process_has_the_python_of_qgis_whatever_stands_on_the_path(arsenaal, monkeypatch):
    """An embedded Python takes the first python3 on the path for its own: another version, without these libraries."""
    from arsenaal.compat import python

    monkeypatch.setattr(sys, "executable", "/opt/other/bin/python3")
    told = subprocess.run(
        [python(), "-c", "import sys; print(sys.prefix, sys.version)"], capture_output=True, text=True
    )
    assert told.stdout.strip() == f"{sys.prefix} {sys.version}"
