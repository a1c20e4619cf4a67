"""A street cut across, against what a pencil says."""

import numpy as np
import pytest

from arsenaal_gis import raster
from arsenaal_gis.errors import MethodError
from arsenaal_gis.heat import profile, sky_view_factor
from arsenaal_gis.heat.profile import cut, read_window, window_bounds

WEST, NORTH, SIZE = 1000.0, 2000.0, 120
# The street runs north to south between columns 55 and 65: 10 m from facade to facade.
LEFT, RIGHT = 55, 65
MIDDLE = NORTH - SIZE / 2


def street(path, **extra):
    """Rasters of a street of 10 m between facades of 8 m, on ground at 5 m."""
    dtm = np.full((SIZE, SIZE), 5, np.float32)
    top = dtm.copy()
    top[:, LEFT - 10 : LEFT] = top[:, RIGHT : RIGHT + 10] = 13
    files = {}
    for id, values in {"dtm": dtm, "dsm_gebouwen": top, **extra}.items():
        files[id] = path / f"{id}.tif"
        raster.write(files[id], raster.Grid(values, WEST, NORTH, 1.0))
    return files


def across(files):
    surface = read_window(files, (WEST, NORTH - SIZE, WEST + SIZE, NORTH))
    return cut(surface, (WEST + 40, MIDDLE), (WEST + 80, MIDDLE))


def test_heights_along_the_line(tmp_path):
    section = across(street(tmp_path))
    assert section.distance[[0, -1]] == pytest.approx([0.125, 39.875])
    built = section.along(section.surface.built)
    assert (built == 8).sum() * section.step == 20
    assert (section.outdoors & (section.distance > 15) & (section.distance < 25)).sum() * section.step == 10
    assert set(section.along(section.surface.ground)) == {5.0}


@pytest.mark.parametrize("cell", [1.0, 0.25])
def test_the_shadow_of_eight_metres_at_45_degrees_is_eight_metres(tmp_path, cell):
    size, wall = round(80 / cell), round(10 / cell)
    dtm = np.full((size, size), 5, np.float32)
    top = dtm.copy()
    left, right = round(35 / cell), round(45 / cell)
    top[:, left - wall : left] = top[:, right : right + wall] = 13
    files = {id: tmp_path / f"{id}.tif" for id in ("dtm", "dsm_gebouwen")}
    for id, values in (("dtm", dtm), ("dsm_gebouwen", top)):
        raster.write(files[id], raster.Grid(values, WEST, NORTH, cell))
    surface = read_window(files, (WEST, NORTH - 80, WEST + 80, NORTH))
    section = cut(surface, (WEST + 20, NORTH - 40), (WEST + 60, NORTH - 40))
    facades = (15.0, 25.0)
    from_west, from_east = section.shaded(270.0, 45.0), section.shaded(90.0, 45.0)
    assert section.shade_m(from_west, facades) == pytest.approx(8.0, abs=cell)
    assert section.shade_m(from_east, facades) == pytest.approx(8.0, abs=cell)
    # seen from the west the shadow begins at the western facade, from the east at the eastern one
    street = (section.distance > 15) & (section.distance < 25)
    assert section.distance[from_west & street].min() < 15.2
    assert section.distance[from_east & street].max() > 24.8
    assert section.shade_m(section.shaded(180.0, 45.0), facades) == 0.0
    assert section.shade_m(section.shaded(180.0, -1.0), facades) == pytest.approx(10.0)


def test_what_stands_beside_the_line_shades_it_too(tmp_path):
    tower = np.zeros((SIZE, SIZE), np.float32)
    tower[SIZE // 2 + 6 : SIZE // 2 + 10, 58:60] = 20  # a tree south of the line, not on it
    section = across(street(tmp_path, cdsm=tower))
    assert section.along(section.surface.crown).max() == 0
    assert section.shade_m(section.shaded(180.0, 45.0), (15.0, 25.0)) == pytest.approx(2.0)


def test_under_a_crown_is_always_shade_and_sees_the_ground_s_sky(tmp_path):
    crown = np.zeros((SIZE, SIZE), np.float32)
    crown[SIZE // 2 - 2 : SIZE // 2 + 2, 58:61] = 6
    section = across(street(tmp_path, cdsm=crown))
    under = section.along(section.surface.crown) > 0
    assert section.shaded(180.0, 80.0)[under].all()
    sky = section.sky_view()
    assert sky[under].max() < sky[section.outdoors & ~under & (section.distance > 24)].min()
    assert sky[section.along(section.surface.roof)].min() > 0.9
    near = section.surface
    whole = sky_view_factor(near.top, near.cell, ground=near.eyes, origin=near.origin)
    assert sky == pytest.approx(section.along(whole))


def test_one_surface_for_all_takes_high_green_as_crowns(tmp_path):
    files = street(tmp_path)
    whole = raster.read(files.pop("dsm_gebouwen"))
    whole.values[60, 60] = 11
    green = np.zeros((SIZE, SIZE), np.float32)
    green[60, 60] = 3
    for id, values in {"dsm": whole.values, "groenkaart": green}.items():
        files[id] = tmp_path / f"{id}.tif"
        raster.write(files[id], whole.like(values))
    surface = read_window(files, (WEST, NORTH - SIZE, WEST + SIZE, NORTH))
    assert surface.crown[60, 60] == 6
    assert surface.built[60, 60] == 0
    assert surface.roof[60, 50]


def test_refusals_say_what_to_do(tmp_path):
    files = street(tmp_path)
    surface = read_window(files, (WEST, NORTH - SIZE, WEST + SIZE, NORTH))
    with pytest.raises(MethodError, match="longer"):
        cut(surface, (WEST + 5, MIDDLE), (WEST + 5, MIDDLE))
    with pytest.raises(MethodError, match="leaves"):
        cut(surface, (WEST - 5, MIDDLE), (WEST + 5, MIDDLE))
    with pytest.raises(MethodError, match="Hoogtemodel"):
        read_window({"dtm": files["dtm"]}, (WEST, NORTH - 10, WEST + 10, NORTH))


def test_the_window_holds_the_shadow_of_a_tall_house():
    west, south, east, north = window_bounds((10.0, 20.0), (30.0, 0.0))
    assert (west, south, east, north) == (10 - 227, -227, 30 + 227, 20 + 227)
    assert 40 / np.tan(np.radians(10)) <= profile.MARGIN_M
