"""Water and residents of a scenario, by hand."""

import numpy as np
import pandas as pd
import pytest
from shapely import Point, box

from arsenaal_gis.heat import Change
from arsenaal_gis.heat.surface import Surface
from arsenaal_gis.settings import Settings
from arsenaal_gis.unsealing import runoff_depth
from arsenaal_gis.unsealing.effects import peak_litres, residents_in_heat


@pytest.fixture
def surface():
    """A yard of 20 by 20 m: the west half paved, the east half grass, a roof in the northwest corner."""
    flat, none = np.zeros((20, 20), np.float32), np.zeros((20, 20), bool)
    paved, roof = none.copy(), none.copy()
    paved[:, :10] = True
    roof[:5, :5] = True
    return Surface(flat, flat, flat, roof, ~paved, none, paved | roof, 0.0, 20.0, 1.0, "L3")


# 98 and 61 are the curve numbers of paving and grass.
DEPTH = float(runoff_depth(60, 98.0) - runoff_depth(60, 61.0))


def test_only_paved_ground_that_opens_keeps_rain(surface):
    settings = Settings.load({})
    assert DEPTH == pytest.approx(54.1 - 3.98, abs=0.2)  # mm is L per m²

    def litres(*changes):
        return peak_litres(surface, changes, settings)

    assert litres(Change("ontharden", box(2, 2, 6, 6))) == pytest.approx(16 * DEPTH)
    assert litres(Change("ontharden", box(8, 2, 12, 6))) == pytest.approx(8 * DEPTH)  # half is grass already
    assert litres(Change("ontharden", box(0, 16, 4, 20))) == 0.0  # a roof
    assert litres(Change("boom", Point(5, 5))) == 0.0
    twice = Change("ontharden", box(2, 2, 6, 6)), Change("geveltuin", box(2, 2, 6, 6))
    assert litres(*twice) == pytest.approx(16 * DEPTH)
    assert litres(Change("verharden", box(12, 2, 16, 6))) == pytest.approx(-16 * DEPTH)
    strip = Change("geveltuin", box(2, 2.1, 6, 2.4))  # narrower than a cell
    assert litres(strip) == pytest.approx(1.2 * DEPTH)


def test_residents_in_strong_heat_before_and_after():
    homes = pd.DataFrame({"woning_id": ["a", "b", "c"], "pet_voor_c": [41, 39, 44], "pet_na_c": [39, 38, 42]})
    people = pd.Series([2.0, 3.0, np.nan, 9.0], index=["a", "b", "c", "elders"])
    assert residents_in_heat(homes, people, 40.0) == {
        "bewoners": 5.0,
        "blootgesteld_voor": 2.0,
        "blootgesteld_na": 0.0,
    }
    unknown = residents_in_heat(homes, people * np.nan, 40.0)
    assert np.isnan(list(unknown.values())).all()
