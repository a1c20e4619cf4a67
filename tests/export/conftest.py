"""A wijk of two houses with one plan, made once; each test works on a copy."""

import datetime
import shutil

import pytest
from wijk.conftest import delivery

from arsenaal_gis.export import run
from arsenaal_gis.plan import make_plan
from arsenaal_gis.wijk import Wijk, import_delivery


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "wijk é"
    folder.mkdir()
    (folder / "wijk.toml").write_text('[wijk]\nnaam = "Proef"\nfictief = true\n', encoding="utf-8")
    wijk = Wijk.open(folder)
    import_delivery(wijk, delivery(), "20250101T000000Z")
    make_plan(wijk, "20250701T000000Z", peildatum=datetime.date(2025, 6, 30), only=["feiten"])
    return folder


@pytest.fixture
def planned(template, tmp_path):
    return Wijk.open(shutil.copytree(template, tmp_path / "wijk é"))


@pytest.fixture(scope="session")
def p1(template):
    """The P1 export of the untouched wijk, to look at."""
    return run(Wijk.open(template), "P1", template.parent / "p1.gpkg")


@pytest.fixture(scope="session")
def p3(template):
    """The P3 export of the untouched wijk, to look at."""
    return run(Wijk.open(template), "P3", template.parent / "p3.gpkg")
