"""The plugin as shipped: the zip's tree in a temporary folder, imported from there."""

import importlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from arsenaal_gis import demo, ingest, raster
from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import write_layer
from arsenaal_gis.wijk import Wijk, import_delivery
from scripts.build_zip import pack, tree
from tests.plugin.plan_of_places import planned

WEST, NORTH, CELLS = 158_000, 189_140, (160, 220)
# A paved yard between two rows of houses, in map coordinates.
YARD = (158_100.5, 189_049.5)


@pytest.fixture(scope="session")
def plugin_tree(tmp_path_factory):
    """Folder ``arsenaal`` as the zip holds it."""
    return tree(tmp_path_factory.mktemp("plugins"))


@pytest.fixture(scope="session")
def arsenaal(plugin_tree, qgis_app):
    """The plugin's package."""
    sys.path.insert(0, str(plugin_tree.parent))
    yield importlib.import_module("arsenaal")
    sys.path.remove(str(plugin_tree.parent))


@pytest.fixture(scope="session")
def installed(plugin_tree, tmp_path_factory):
    """Environment of a QGIS whose profile, with spaces and accents, holds the unpacked zip."""
    home = tmp_path_factory.mktemp("profiel é met spatie")
    archive = pack(plugin_tree, home / "arsenaal.zip")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(home / "plugins")
    return {
        **os.environ,
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "QGIS_PLUGINPATH": str(home / "plugins"),
        "QGIS_CUSTOM_CONFIG_PATH": str(home / "config"),
        "QT_QPA_PLATFORM": "offscreen",
    }


@pytest.fixture(scope="session")
def qgis_process(installed):
    """Runs ``qgis_process`` with the zip in that profile."""
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")

    def run(*arguments):
        return subprocess.run(
            [program, "--json", *arguments], env=installed, capture_output=True, text=True, check=False
        )

    assert run("plugins", "enable", "arsenaal").returncode == 0
    return run


@pytest.fixture(scope="session")
def imported(qgis_process, tmp_path_factory):
    """Folder of the practice wijk, made and imported under ``qgis_process``."""
    folder = tmp_path_factory.mktemp("practice") / "oefenwijk é"
    for name, parameter in (("practice", f"FOLDER={folder}"), ("import", f"WIJK={folder / 'wijk.toml'}")):
        run = qgis_process("run", f"arsenaal:{name}", "--", parameter)
        assert run.returncode == 0, run.stdout[-1500:] + run.stderr[-1500:]
    return folder


@pytest.fixture(scope="session")
def practice(qgis_process, tmp_path_factory):
    """The smaller practice wijk, planned under ``qgis_process``."""
    folder = tmp_path_factory.mktemp("planned") / "oefenwijk é"
    demo.write(folder, wijk="vaartkant")
    wijk = Wijk.open(folder)
    import_delivery(wijk, ingest.read(wijk), "20250101T000000Z")
    run = qgis_process("run", "arsenaal:plan", "--", f"WIJK={folder / 'wijk.toml'}", "PEILDATUM=2025-06-30")
    assert run.returncode == 0, run.stdout[-1500:] + run.stderr[-1500:]
    results = json.loads(run.stdout)["results"]
    assert results["PLAN"].endswith(".gpkg")
    assert "Fictieve oefendata" in results["WARNINGS"]
    return folder


@pytest.fixture(scope="session")
def wijk_template(tmp_path_factory):
    return make_wijk(tmp_path_factory.mktemp("template") / "wijk").parent


@pytest.fixture
def wijk(wijk_template, tmp_path):
    """A wijk of two parcels, three dwellings, two visits; path of its wijk.toml."""
    return shutil.copytree(wijk_template, tmp_path / "wijk é 1") / "wijk.toml"


@pytest.fixture(scope="session")
def hot_template(wijk_template, tmp_path_factory):
    """The small wijk with two rows of houses of 8 m, a tree and paving everywhere else."""
    config = shutil.copytree(wijk_template, tmp_path_factory.mktemp("hot") / "wijk") / "wijk.toml"
    rows = {
        "percelen": ("Adp.shp", None),
        "dtm": ("dtm", np.full(CELLS, 7, np.float32)),
        "dsm_gebouwen": ("dsm", np.full(CELLS, 7, np.float32)),
        "cdsm": ("cdsm", np.zeros(CELLS, np.float32)),
        "groenkaart": ("groenkaart", np.zeros(CELLS, np.float32)),
    }
    rows["dsm_gebouwen"][1][60:70, 20:200] = 15
    rows["dsm_gebouwen"][1][110:120, 20:200] = 15
    rows["cdsm"][1][20:25, 20:25] = 6
    rows["groenkaart"][1][20:25, 20:25] = 3
    sources = []
    for number, (id, (name, values)) in enumerate(rows.items()):
        path = None
        if values is not None:
            path = f"{id}.tif"
            raster.write(config.parent / path, raster.Grid(values, WEST, NORTH, 1.0))
        sources.append(
            {
                "bron_id": str(number),
                "laag": id,
                "naam": name,
                "datum": "2025-06-01",
                "sha256": "ab" * 32,
                "raster": path,
            }
        )
    catalogue = load()
    write_layer(config.parent / "wijk.gpkg", catalogue.layer("bronnen"), pd.DataFrame(sources))
    homes = [box(*YARD, *YARD).centroid, box(158_150, 189_050, 158_150, 189_050).centroid]
    write_layer(
        config.parent / "wijk.gpkg",
        catalogue.layer("woningen"),
        gpd.GeoDataFrame(
            {"woning_id": ["w0", "w1"], "bouwjaar_klasse": ["onbekend"] * 2}, geometry=homes, crs="EPSG:31370"
        ),
    )
    return config.parent


@pytest.fixture(scope="module")
def maps(arsenaal):
    """The package that prints."""
    return importlib.import_module("arsenaal.maps")


@pytest.fixture(scope="module")
def with_facts(tmp_path_factory, arsenaal):
    """Folder of a wijk of two houses with a plan of base facts, made with the library that the plugin carries."""
    from wijk.conftest import delivery

    from arsenaal_gis.plan import make_plan
    from arsenaal_gis.wijk import Wijk, import_delivery

    folder = tmp_path_factory.mktemp("kaart é") / "wijk"
    folder.mkdir()
    (folder / "wijk.toml").write_text('[wijk]\nnaam = "Proef"\nfictief = true\n', encoding="utf-8")
    wijk = Wijk.open(folder)
    import_delivery(wijk, delivery(), "20250101T000000Z")
    make_plan(wijk, "20250701T000000Z", only=["feiten"])
    return folder


@pytest.fixture
def ranked_plugin(arsenaal, wijk, qgis_iface, qgis_new_project):
    """The plugin with a wijk open whose plan ranks four places and has two rounds."""
    from arsenaal.main import ArsenaalPlugin

    planned(wijk)
    made = ArsenaalPlugin()
    made.initGui()
    made.open(wijk)
    yield made
    made.unload()


def make_wijk(folder):
    folder.mkdir()
    config = folder / "wijk.toml"
    config.write_text('[wijk]\nnaam = "Proef"\nfictief = true\npeildatum = 2025-06-30\n', encoding="utf-8")
    catalogue = load()

    def put(id, rows, shapes=None):
        frame = pd.DataFrame(rows)
        if shapes is not None:
            frame = gpd.GeoDataFrame(frame, geometry=list(shapes), crs="EPSG:31370")
        write_layer(folder / "wijk.gpkg", catalogue.layer(id), frame)

    area = box(158000, 189000, 158200, 189100)
    put("wijkgrens", [{"wijk_id": "proef", "naam": "Proef", "fictief": True}], [area])
    put(
        "percelen",
        [{"capakey": f"12025A0001/00A00{i}"} for i in (1, 2)],
        [box(158010, 189010, 158050, 189050), box(158060, 189010, 158090, 189050)],
    )
    ages = ("voor_1900", "1946_1970", "onbekend")
    put(
        "woningen",
        [
            {"woning_id": f"w{i}", "bouwjaar_klasse": age, "capakey": "12025A0001/00A001"}
            for i, age in enumerate(ages)
        ],
        [box(158010 + 10 * i, 189010, 158012 + 10 * i, 189012).centroid for i in range(3)],
    )
    visits = [("b1", "niet_thuis", 1), ("b2", "bezocht", 2)]
    put(
        "bezoeken",
        [
            {
                "bezoek_id": id,
                "woning_id": "w0",
                "datum": "2022-04-01",
                "golf": "nulmeting",
                "resultaat": result,
                "poging": attempt,
            }
            for id, result, attempt in visits
        ],
    )
    put("renovatie", [{"renovatie_id": "r1", "woning_id": "w0", "renovatiestatus": "gepland"}])
    put(
        "bronnen",
        [{"bron_id": "1", "laag": "percelen", "naam": "Adp.shp", "datum": "2025-06-01", "sha256": "ab" * 32}],
    )
    return config
