"""The main job on real data: the block, and the GRB parcels of Leuven."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import pytest

from arsenaal_gis.cli import main
from arsenaal_gis.wijk import Wijk

HERE = Path(__file__).parent


def run(folder, capsys):
    code = main(["run", str(folder), "--only", "feiten", "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def block(shared_data, tmp_path):
    folder = tmp_path / "blok é"
    shutil.copytree(shared_data / "block", folder)
    shutil.copy(HERE / "block_wijk.toml", folder / "wijk.toml")
    return folder


def test_the_block_from_files_to_facts(block, capsys):
    code, summary = run(block, capsys)
    assert code == 0 and summary["peildatum"] == "2025-06-30"
    assert summary["rows"] | {} == summary["rows"] and summary["rows"]["perceel_feiten"] == 131
    plan = Wijk.open(block).plans()[-1]
    parcels = plan.layer("perceel_feiten")
    # README: parcels lie gap-free in blocks of 15 015 m², and 160 buildings inside them.
    assert parcels["oppervlakte_m2"].sum() == pytest.approx(15015, abs=1)
    buildings = Wijk.open(block).layer("gebouwen")
    assert parcels["bebouwd_m2"].sum() == pytest.approx(buildings.geometry.area.sum(), rel=0.005)
    assert set(parcels["bedekking_bron"]) <= {"raster", "onbekend"}
    dwellings = plan.layer("woning_feiten")
    assert len(dwellings) == 172 and dwellings["straatzijde_id"].notna().all()
    incidents = plan.layer("straat_incidenten")
    police = incidents[incidents["bron"].eq("politie")]
    assert (police["aantal_min"].sum(), police["aantal_max"].sum()) == (
        563,
        566,
    )  # 560 clean, 3 to 6 repaired
    wardens = incidents[incidents["bron"].eq("gemeenschapswachten")]
    assert wardens["aantal_min"].sum() == 425


def test_the_parcels_of_leuven(shared_data, tmp_path, capsys):
    parcels = gpd.read_file(shared_data / "leuven" / "leuven_adp_osm.gpkg", layer="Adp")
    hull = gpd.GeoDataFrame({"NAAM": ["Leuven"]}, geometry=[parcels.union_all().convex_hull], crs=31370)
    hull.to_file(tmp_path / "grens.gpkg")
    shutil.copy(shared_data / "leuven" / "leuven_adp.geojson", tmp_path / "adp.geojson")
    (tmp_path / "wijk.toml").write_text(
        '[wijk]\nnaam = "Leuven"\npeildatum = 2025-01-01\n[bronnen.wijkgrens]\npad = "grens.gpkg"\n'
        '[bronnen.percelen]\npad = "adp.geojson"\n'
    )
    code, summary = run(tmp_path, capsys)
    assert code == 0 and summary["rows"]["perceel_feiten"] == 342
    facts = Wijk.open(tmp_path).plans()[-1].layer("perceel_feiten")
    expected = parcels.assign(CAPAKEY=parcels["CAPAKEY"].str.strip()).set_index("CAPAKEY")["OPPERVL"]
    got = facts.set_index("capakey")["oppervlakte_m2"]
    assert (
        got - expected.reindex(got.index)
    ).abs().max() < 0.01  # README: OPPERVL equals the area within 0.005 m²
    assert facts["verhard_m2"].isna().all() and set(facts["bedekking_bron"]) == {"onbekend"}
    assert any("onbekend" in text for text in summary["warnings"])
