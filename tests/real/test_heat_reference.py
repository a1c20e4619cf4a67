"""Shadow, sky view and urban cooling against other programs' results."""

import json

import numpy as np
import pytest

from arsenaal_gis.heat import cast_shadow, cooling_capacity, heat_mitigation, sky_view_factor
from arsenaal_gis.heat.cooling import air_temperature
from arsenaal_gis.raster import read
from tests.heat.rays import OBLIQUE_SUNS, difference, ray


@pytest.fixture(scope="module")
def golden(shared_data):
    return lambda name: np.load(shared_data / "golden_shadow" / f"{name}.npy")


def test_shadow_equals_umep(golden):
    ours = cast_shadow(golden("input_dsm"), 180.0, 60.0, 1.0)
    theirs = golden("shadow_noon_bldg_sh") == 0  # 1 is sun
    assert (ours == theirs).mean() >= 0.999
    assert 1 - ours.mean() == pytest.approx(0.790694, abs=1e-4)


@pytest.mark.parametrize("of, least", [("UMEP's town", 0.985), ("the block's laser surface", 0.97)])
def test_oblique_suns_on_real_surfaces(golden, shared_data, of, least):
    """Rough crowns of laser points have an edge in every cell: nowhere is an interpolated ray harder met."""
    dsm = golden("input_dsm") if of == "UMEP's town" else read(shared_data / "block" / "dsm.tif").values
    dsm = dsm[20:200, 40:230].astype(float)
    results = []
    for azimuth, altitude in OBLIQUE_SUNS:
        results.append(difference(cast_shadow(dsm, azimuth, altitude, 1.0), ray(dsm, azimuth, altitude)))
        assert results[-1][2] <= 1.5
    equal, share, _ = np.array(results).T
    assert equal.min() >= least and np.abs(share).max() <= 0.005


def test_sky_view_is_umeps_within_its_own_error(golden):
    error = sky_view_factor(golden("input_dsm"), 1.0) - golden("svf_total")
    assert np.sqrt(np.mean(error**2)) <= 0.015
    assert abs(error.mean()) < 0.005


def test_sky_view_with_four_times_the_planes_comes_nearer(golden):
    dsm, exact = golden("input_dsm"), golden("svf_total")
    coarse, fine = (np.std(sky_view_factor(dsm, 1.0, *n) - exact) for n in ((16, 4), (64, 8)))
    assert fine < coarse


def test_invest_example(shared_data):
    case = json.loads((shared_data / "invest" / "invest_ucm_5x6.json").read_text())
    cover = np.array(case["lulc"])

    def of(column):
        return np.vectorize(lambda code: float(case["table"][column][str(code)]))(cover)

    et0 = np.array(case["et0"])
    cc = cooling_capacity(of("shade"), of("albedo"), of("kc") * et0 / et0.max(), tuple(case["weights"]))
    hm, park = heat_mitigation(cc, of("green_area") > 0, case["cell"], case["green_area_cooling_distance"])
    assert np.abs(cc - case["expected_cc"]).max() <= 1e-6
    assert np.abs(park - case["expected_cc_park"]).max() <= 1e-6
    assert np.abs(hm - case["derived_hm"]).max() <= 1e-6
    air = air_temperature(hm, case["t_ref"], case["uhi_max"], case["cell"], case["t_air_average_radius"])
    assert np.abs(air - case["derived_t_air"]).max() <= 1e-6
