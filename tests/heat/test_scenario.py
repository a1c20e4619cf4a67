from dataclasses import replace

import numpy as np
import pytest
import shapely

from arsenaal_gis.errors import MethodError
from arsenaal_gis.heat import Change, HeatModel, estimate, pet_shade, what_if
from arsenaal_gis.heat.blocks import to_cells
from arsenaal_gis.heat.changes import apply
from arsenaal_gis.heat.comfort import pet_cells
from arsenaal_gis.heat.engine import heat_maps
from arsenaal_gis.heat.inputs import HeatInputs

from .town import METHOD, surface


@pytest.fixture(scope="module")
def model():
    town = surface(400, 420)
    maps = heat_maps(town, METHOD)
    homes = np.array(
        [[town.x_min + x, town.y_max - y] for x in range(20, 400, 30) for y in range(20, 390, 45)], float
    )
    ids = np.array([f"w{n}" for n in range(len(homes))], object)
    return HeatModel(HeatInputs(town, True, None, METHOD), maps, ids, homes, 30.0, 35.0, ())


def place(model, row, column):
    return shapely.Point(model.surface.x_min + column + 0.5, model.surface.y_max - row - 0.5)


def everything_again(model, changes):
    return heat_maps(apply(model.surface, changes)[0], METHOD)


@pytest.mark.parametrize(
    "change",
    [
        lambda m: [Change("boom", place(m, 205, 150), height_m=9, crown_m=6)],
        lambda m: [Change("boom", place(m, 3, 4), height_m=14, crown_m=8)],  # at the very edge
        lambda m: [Change("ontharden", place(m, 120, 300).buffer(6))],
        lambda m: [Change("klimplant", shapely.box(*place(m, 42, 180).buffer(4).bounds))],
        lambda m: [Change("boom_weg", place(m, 200, 200).buffer(40))],
        lambda m: [Change("verharden", place(m, 300, 100).buffer(15)), Change("boom", place(m, 300, 100))],
    ],
    ids=["tree", "tree at the edge", "yard", "garland", "felling", "two changes"],
)
def test_a_scenario_equals_computing_everything_again(model, change):
    changes = change(model)
    scenario = what_if(model, changes)
    again = everything_again(model, changes)
    after = model.maps.pet.copy()
    after[scenario.rows, scenario.columns] = scenario.after
    assert (np.isnan(after) == np.isnan(again.pet)).all()
    assert np.nanmax(np.abs(after - again.pet)) <= 1e-4
    assert np.abs(scenario.air.uhi - again.air.uhi).max() <= 1e-9
    assert np.array_equal(scenario.before, model.maps.pet[scenario.rows, scenario.columns], equal_nan=True)
    svf = model.maps.sky.svf.copy()
    svf[scenario.rows, scenario.columns] = scenario.sky.svf
    assert np.array_equal(svf, again.sky.svf)
    hours = model.maps.sky.shade_hours.copy()
    hours[scenario.rows, scenario.columns] = scenario.sky.shade_hours
    assert np.array_equal(hours, again.sky.shade_hours)


def test_the_model_itself_stays_as_it_was(model):
    before = model.maps.pet.copy(), model.surface.crown.copy(), model.maps.blocks.sums.copy()
    what_if(model, [Change("boom", place(model, 100, 100), height_m=10)])
    assert np.array_equal(before[0], model.maps.pet, equal_nan=True)
    assert np.array_equal(before[1], model.surface.crown) and np.array_equal(
        before[2], model.maps.blocks.sums
    )


def test_dwellings_near_a_tree_are_told(model):
    x, y = model.homes_xy[30]
    scenario = what_if(model, [Change("boom", shapely.Point(x + 8, y), height_m=10, crown_m=8)])
    home = scenario.homes.set_index("woning_id").loc[model.homes[30]]
    assert home.verschil_c == pytest.approx(home.pet_na_c - home.pet_voor_c) and home.verschil_c < 0
    assert scenario.summary["grootste_koeling_c"] < -5 and scenario.summary["woningen"] == len(scenario.homes)


@pytest.fixture(scope="module")
def tree(model):
    """A tree in the open."""
    sunny = np.argwhere((model.maps.sky.sunlit == 63) & ~model.surface.roof & (model.surface.crown == 0))
    spot = sunny[np.abs(sunny - 200).sum(axis=1).argmin()]
    return what_if(model, [Change("boom", place(model, *spot), height_m=10, crown_m=8)])


def cells_of(model, scenario):
    """Sunshine before and after, and whether people walk there."""
    window = scenario.rows, scenario.columns
    return model.maps.sky.sunlit[window], scenario.sky.sunlit, ~model.surface.roof[window]


def test_the_raster_of_a_scenario_holds_all_that_is_felt(tree):
    grid = tree.grid
    row, column = round((tree.y_max - grid.y_max) / tree.cell), round((grid.x_min - tree.x_min) / tree.cell)
    rows, columns = slice(row, row + grid.shape[0]), slice(column, column + grid.shape[1])
    assert np.array_equal(grid.values, tree.difference[rows, columns], equal_nan=True)
    rest = np.nan_to_num(tree.difference)
    rest[rows, columns] = 0
    assert np.abs(rest).max() < 0.01 and grid.values.size < tree.difference.size


def test_a_tree_cools_every_cell_that_it_turns_from_sun_to_shade(model, tree):
    before, after, outdoor = cells_of(model, tree)
    turned = (before & ~after > 0) & outdoor
    assert turned.sum() > 50 and (tree.difference[turned] < -0.5).all()
    assert (after & ~before == 0).all()


def test_in_the_shade_already_a_tree_warms_by_sky_and_wind_as_the_formula_says(model, tree):
    before, after, outdoor = cells_of(model, tree)
    dark = (before == 0) & (after == 0) & outdoor
    assert np.nanmax(tree.difference[dark]) <= 2.0
    sky = tree.sky.svf - model.maps.sky.svf[tree.rows, tree.columns]
    row, column = np.argwhere(dark & (sky < -0.01))[0]
    # in the middle of a block nothing is interpolated; elsewhere the four blocks around say the same within this
    x = tree.x_min + column + 0.5
    y = tree.y_max - row - 0.5
    u, heat = (
        to_cells(field, tree.air.x_min, tree.air.y_max, np.array([x]), np.array([y]))[0, 0]
        for field in (model.maps.air.wind, model.maps.air.uhi)
    )
    expected = np.mean(
        [
            np.diff(
                pet_shade(
                    hour.temperature + heat * hour.uhi_share,
                    max(u * hour.wind, 0.5),
                    hour.humidity,
                    np.array([0.0, sky[row, column]]) + tree.sky.svf[row, column],
                    hour.diffuse,
                )
            )[0]
            for hour in METHOD.afternoon
        ]
    )
    assert tree.by_shade[row, column] == pytest.approx(expected, abs=0.02) and expected != 0


def test_shade_and_wind_are_told_apart(model, tree):
    parts = tree.by_shade + tree.by_wind
    assert np.nanmax(np.abs(tree.difference - parts)) < 0.02  # the rest is the heat island
    far = np.ones(tree.before.shape, bool)
    middle = np.array(np.unravel_index(np.nanargmin(tree.by_shade), far.shape))
    far[tuple(slice(max(at - 60, 0), at + 61) for at in middle)] = False
    assert np.nanmax(np.abs(tree.by_shade[far]), initial=0) < 0.05
    total = tree.summary
    assert total["graad_m2"] == pytest.approx(total["graad_m2_schaduw"] + total["graad_m2_wind"], rel=0.05)
    assert total["graad_m2_schaduw"] < -300


def test_what_the_wind_does_is_said_and_follows_the_formula(model):
    grove = [Change("boom", place(model, 200, 210).buffer(25), height_m=12)]
    told = what_if(model, grove)
    assert np.nanmax(told.by_wind) > 0.2
    assert told.summary["grootste_opwarming_wind_c"] == pytest.approx(np.nanmax(told.by_wind))
    assert "Minder wind maakt" in told.notes[0] and "per blok van 25 m" in told.notes[0]
    before, after, outdoor = cells_of(model, told)
    row, column = np.argwhere((before == 63) & (after == 63) & outdoor & (told.by_wind > 0.2))[0]
    x, y = np.array([told.x_min + column + 0.5]), np.array([told.y_max - row - 0.5])
    old, new = (to_cells(air.wind, air.x_min, air.y_max, x, y)[0, 0] for air in (model.maps.air, told.air))
    expected = np.mean(
        [
            (-3.37 + 0.0055 * hour.radiation - 0.0103 * hour.radiation * np.sin(np.radians(hour.altitude)))
            * np.log(max(new * hour.wind, 0.5) / max(old * hour.wind, 0.5))
            for hour in METHOD.afternoon
        ]
    )  # the terms of the formula that hold the wind
    assert told.by_wind[row, column] == pytest.approx(expected, abs=0.02)


def test_unsealing_gives_the_published_1_42_degrees_in_full_sun(model):
    sunny = (model.maps.sky.sunlit == 63) & ~model.surface.green & ~model.surface.roof
    row, column = np.argwhere(sunny[50:350, 50:350])[400] + 50
    cell = shapely.box(*place(model, row, column).buffer(0.49).bounds)
    scenario = what_if(model, [Change("ontharden", cell)])
    change = scenario.difference[row - scenario.rows.start, column - scenario.columns.start]
    assert change == pytest.approx(-0.546 * 2.6, abs=2e-3)


def test_light_paving_is_said_to_change_nothing_here(model):
    scenario = what_if(model, [Change("lichte_verharding", place(model, 200, 210).buffer(5))])
    assert np.nanmax(np.abs(scenario.difference)) == 0 and "koelindex" in scenario.notes[0]


def test_estimates_follow_the_full_scenario_in_sign_and_order(model):
    sunny = (model.maps.sky.sunlit == 63) & ~model.surface.green & ~model.surface.roof
    cells = np.argwhere(sunny[60:340, 60:340]) + 60
    spots = [place(model, *cells[k]) for k in (500, 4000, 9000)]
    trees = [[Change("boom", spot, height_m=9, crown_m=6)] for spot in spots]
    yards = [[Change("ontharden", spot.buffer(3))] for spot in spots]
    quick = estimate(model, [*trees, *yards, [Change("ontharden", shapely.Point(0, 0).buffer(3))]])
    assert quick.iloc[-1].isna().all()
    assert (quick.koelte_graad_m2[:3] < quick.koelte_graad_m2[3:6].min()).all()
    for number, changes in enumerate([*trees, *yards]):
        full = what_if(model, changes)
        assert quick.d_uhi_c[number] <= 0
        near = full.difference[np.abs(np.nan_to_num(full.difference)) > 0.5].sum()
        assert quick.koelte_graad_m2[number] == pytest.approx(near, rel=0.35, abs=8)


def test_an_estimate_counts_what_its_own_crown_shades_and_nothing_at_the_edge_of_its_window(model):
    """The same as the shadows of the whole raster with the tree, sky view and wind left as they are."""
    for row, column in ((60, 183), (235, 183), (235, 224), (300, 330)):
        changes = [Change("boom", place(model, row, column), height_m=9, crown_m=6)]
        changed, _, _ = apply(model.surface, changes)
        sky = model.maps.sky
        both = replace(sky, sunlit=sky.sunlit & everything_again(model, changes).sky.sunlit)
        whole = pet_cells(changed, both, model.fields, model.maps.air) - model.maps.pet
        assert estimate(model, [changes]).koelte_graad_m2[0] == pytest.approx(
            np.nansum(np.where(model.surface.water, 0, whole)), abs=0.2
        )


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda m: Change("toveren", place(m, 50, 50).buffer(3)), "Onbekende maatregel"),
        (lambda m: Change("ontharden", shapely.Point(0, 0).buffer(3)), "geen enkele cel"),
        (lambda m: Change("boom", place(m, 50, 50), height_m=1.0), "geen schaduw"),
    ],
)
def test_what_cannot_be_is_refused(model, change, words):
    with pytest.raises(MethodError, match=words):
        what_if(model, [change(model)])


def test_without_a_map_there_is_no_scenario(model):
    with pytest.raises(MethodError, match="hittekaart"):
        what_if(replace(model, maps=None), [])
