from dataclasses import replace

import numpy as np
import pytest

from arsenaal_gis.errors import Cancelled, MethodError
from arsenaal_gis.heat.comfort import explain, hour_fields, pet_cells
from arsenaal_gis.heat.engine import heat_maps, windows
from arsenaal_gis.heat.files import RasterFiles
from arsenaal_gis.heat.pet import pet_shade, pet_sun
from arsenaal_gis.progress import Silent
from arsenaal_gis.raster import write

from .town import METHOD, surface


@pytest.fixture(scope="module")
def town():
    return surface()


@pytest.fixture(scope="module")
def maps(town):
    return heat_maps(town, METHOD)


def test_roofs_have_no_value_and_all_else_has(town, maps):
    assert (np.isnan(maps.pet) == town.roof).all()


def test_windows_cover_every_cell_once():
    seen = np.zeros((70, 45), int)
    for tile in windows(seen.shape, 32, 10):
        seen[tile.inner] += 1
        assert tile.outer[0].stop - tile.outer[0].start <= 52
    assert (seen == 1).all()


def test_windows_equal_the_whole(town, maps, tmp_path):
    cut = heat_maps(town, METHOD, window=50, folder=tmp_path)
    assert (cut.sky.sunlit == maps.sky.sunlit).all() and (cut.sky.shade_hours == maps.sky.shade_hours).all()
    assert np.abs(cut.sky.svf - maps.sky.svf).max() <= 0.01
    assert np.nanmax(np.abs(cut.pet - maps.pet)) < 1e-4


def test_one_cell_by_hand(town, maps):
    row, column = np.argwhere(np.isfinite(maps.pet) & ~town.under_crown & ~town.green)[1234]
    block = int((-(-town.y_max // 25) * 25 - town.y_max + row) // 25), int(column // 25)
    values = []
    for bit, hour in enumerate(METHOD.afternoon):
        ta = hour.temperature + maps.air.uhi[block] * hour.uhi_share
        u = max(0.5, maps.air.wind[block] * hour.wind)
        svf = float(maps.sky.svf[row, column])
        if maps.sky.sunlit[row, column] >> bit & 1:
            values.append(pet_sun(ta, hour.radiation, u, hour.humidity, hour.altitude, 3.0, svf))
        else:
            values.append(pet_shade(ta, u, hour.humidity, svf, hour.diffuse))
    # the air of the neighbouring blocks is mixed in, so not to the last digit
    assert maps.pet[row, column] == pytest.approx(np.mean(values), abs=0.3)


def test_a_tree_cools_what_it_shades_and_warms_elsewhere_by_wind_and_sky_alone(town, maps):
    row, column = np.argwhere(np.isfinite(maps.pet) & (maps.sky.sunlit == 63))[500]
    crown = town.crown.copy()
    crown[row : row + 5, column : column + 5] = np.where(
        town.roof[row : row + 5, column : column + 5], 0, 9.0
    )
    with_tree = heat_maps(replace(town, crown=crown), METHOD)
    change = with_tree.pet - maps.pet
    fewer = maps.sky.sunlit & ~with_tree.sky.sunlit
    assert (with_tree.sky.sunlit & ~maps.sky.sunlit).sum() == 0
    assert (change[(fewer > 0) & np.isfinite(change)] < 0).all()
    same = (fewer == 0) & np.isfinite(change)
    assert change[same].max() <= 2.0
    # where nothing was shaded anew the rise is exactly what the formula gives for the new wind, sky and heat
    # island
    fields = hour_fields(with_tree.air, METHOD.afternoon)
    by_formula = pet_cells(replace(town, crown=crown), with_tree.sky, fields, with_tree.air)
    assert np.nanmax(np.abs(by_formula - with_tree.pet)) == 0


def test_explanation_of_a_shaded_green_cell():
    hours = METHOD.afternoon
    told = explain(np.zeros((len(hours), 1)), [0.5], [1.0], [4.0], [0.2], hours)
    assert told["schaduw"] < -8 and told["hitte_eiland"] > 0 and told["wind"] > 0 and told["groen"] == 0
    sunny = explain(np.ones((len(hours), 1)), [0.5], [1.0], [4.0], [0.2], hours)
    assert sunny["groen"] == pytest.approx(-0.546 * 2.6) and sunny["schaduw"] == 0


def test_a_hole_stays_a_hole(town):
    ground = town.ground.copy()
    ground[60:70, 60:75] = np.nan
    pet = heat_maps(replace(town, ground=ground), METHOD).pet
    assert np.isnan(pet[60:70, 60:75]).all() and np.isfinite(pet[~town.roof]).mean() > 0.98


def test_cancel_stops_it(town):
    class Impatient(Silent):
        cancelled = True

    with pytest.raises(Cancelled):
        heat_maps(town, METHOD, progress=Impatient())


def test_dask_workers_give_the_same_cells(town, maps):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        cut = heat_maps(town, METHOD, window=64, client=client)
    assert np.array_equal(cut.pet, maps.pet, equal_nan=True)
    assert (cut.sky.svf == maps.sky.svf).all() and (cut.sky.sunlit == maps.sky.sunlit).all()


def test_a_city_is_read_from_files_by_window(town, tmp_path):
    names = ("dtm", "top", "crown", "green", "sealed")
    values = (town.ground, town.ground + town.built, town.crown, 2.0 * town.green, 1.0 * town.sealed)
    for name, cells in zip(names, values, strict=True):
        write(tmp_path / f"{name}.tif", town.grid(cells.astype(np.float32)))
    files = RasterFiles(*(tmp_path / f"{name}.tif" for name in names), relief=town.relief)
    whole = heat_maps(files.window(slice(0, files.shape[0]), slice(0, files.shape[1])), METHOD)
    cut = heat_maps(files, METHOD, window=70, folder=tmp_path)
    assert np.array_equal(cut.pet, whole.pet, equal_nan=True)
    assert np.array_equal(cut.sky.shade_hours, whole.sky.shade_hours)


def test_files_on_two_grids_are_refused(town, tmp_path):
    write(tmp_path / "dtm.tif", town.grid(town.ground))
    write(tmp_path / "top.tif", town.grid(town.ground[:-3]))
    files = RasterFiles(tmp_path / "dtm.tif", tmp_path / "top.tif", tmp_path / "dtm.tif")
    with pytest.raises(MethodError, match="one grid"):
        files.shape  # noqa: B018
