"""The set-up knows its suites and refuses others by name."""

import os
import re
import subprocess

import pytest

from scripts.build_zip import ROOT

SUITES = ("bookworm", "trixie", "forky", "noble")


@pytest.mark.parametrize("name", ["Fedora Linux 42", "Debian GNU/Linux 11 (bullseye)"])
def test_another_system_is_refused_by_name_with_what_to_install(tmp_path, name):
    (tmp_path / "os").write_text(
        f'ID={name.split()[0].lower()}\nVERSION_ID="{name.split()[2]}"\nPRETTY_NAME="{name}"\n'
    )
    run = subprocess.run(
        ["sh", ROOT / "scripts" / "setup.sh"], env={**os.environ, "OS_RELEASE": str(tmp_path / "os")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert f"not {name}." in run.stderr
    assert "python3-qgis" in run.stderr
    assert run.stdout == ""


def packages(suite):
    """Names without the version of PostgreSQL, which every suite has another of."""
    text = (ROOT / "requirements" / f"apt-{suite}.txt").read_text()
    return set(re.sub(r"postgresql-\d+", "postgresql", text).split())


def test_every_suite_has_its_lists():
    base = packages("bookworm")
    for suite in SUITES:
        assert base <= packages(suite)
        assert (ROOT / "requirements" / f"constraints-{suite}.txt").is_file()


def test_second_make_has_nothing_to_set_up():
    run = subprocess.run(["make", "-n", "setup"], cwd=ROOT, capture_output=True, text=True, check=True)
    if not (ROOT / ".venv" / ".ready").exists():
        pytest.skip("this checkout was not set up by make")
    assert "setup.sh" not in run.stdout
