"""Fixtures and reporting shared by all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from arsenaal_gis.wijk import Wijk

ROOT = Path(__file__).resolve().parent.parent
REAL = os.environ.get("REAL") == "1"


# The suite is a sample that is the same every time, however busy the machine; `make soak` draws anew.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def pytest_configure(config):
    if config.option.markexpr == "not soak":
        settings.load_profile("suite")


@pytest.fixture
def wijk(tmp_path):
    """An empty wijk, its folder with a blank and an accent."""
    folder = tmp_path / "wijk é"
    folder.mkdir()
    (folder / "wijk.toml").write_text('[wijk]\nnaam = "Proef"\nfictief = true\n', encoding="utf-8")
    return Wijk.open(folder)


@pytest.fixture(scope="session")
def shared_data():
    """Folder of real and reference data beside the checkout; tests in tests/real/ skip without it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no ../shared/data beside this checkout")
    return folder


def _is_real(nodeid):
    return nodeid.startswith("tests/real/")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if REAL and report.skipped and _is_real(report.nodeid) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"REAL=1: a real-data test may not be skipped ({call.excinfo.value})"
    return report


def pytest_terminal_summary(terminalreporter):
    ran = skipped = 0
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            if not _is_real(getattr(report, "nodeid", "")):
                continue
            ran += outcome in ("passed", "failed") and getattr(report, "when", "call") == "call"
            skipped += outcome == "skipped"
    terminalreporter.write_line(f"real-data tests: {ran} ran, {skipped} skipped")
