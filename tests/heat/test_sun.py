from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.heat import clear_sky_radiation, sun_position, sunrise_sunset

# NREL's algorithm (pvlib 0.16, nrel_numpy, without refraction): moment UTC, azimuth, altitude
MECHELEN = [
    ("2025-07-01 12:00", 186.8546, 61.9052),
    ("2025-07-01 04:30", 61.1458, 6.7005),
    ("2015-07-01 16:30", 270.9339, 29.5360),
    ("2024-12-21 11:00", 170.4325, 15.0005),
    ("2026-03-20 07:15", 106.9942, 13.1448),
]
SYDNEY = [("2025-07-01 04:30", 322.4147, 22.6514), ("2026-03-20 07:15", 276.6136, 9.9419)]


@pytest.mark.parametrize(
    "place, moment, azimuth, altitude",
    [((4.49, 51.03), *row) for row in MECHELEN] + [((151.2, -33.9), *row) for row in SYDNEY],
)
def test_the_sun_stands_where_nrel_says(place, moment, azimuth, altitude):
    found = sun_position(datetime.fromisoformat(moment), *place)
    assert found == pytest.approx((azimuth, altitude), abs=0.03)


def test_a_time_zone_is_honoured():
    utc = datetime(2025, 7, 1, 12)
    summer = datetime(2025, 7, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert sun_position(utc, 4.49, 51.03) == sun_position(summer, 4.49, 51.03)
    assert sun_position(utc, 4.49, 51.03) == sun_position(utc.replace(tzinfo=UTC), 4.49, 51.03)


def test_sunrise_and_sunset_at_mechelen():
    rise, fall = sunrise_sunset(date(2025, 7, 1), 4.49, 51.03)
    assert rise == pytest.approx(3 + 31.8 / 60, abs=0.03)  # NREL: 03:31:50
    assert fall == pytest.approx(20.0, abs=0.03)


def test_the_midnight_sun_neither_rises_nor_sets():
    rise, fall = sunrise_sunset(date(2025, 6, 21), 20.0, 75.0)
    assert rise != rise and fall != fall


def test_clear_sky_radiation():
    assert clear_sky_radiation(90.0) == pytest.approx(1098 * 0.9446, rel=1e-3)
    assert clear_sky_radiation(-1.0) == 0.0


def test_metres_are_no_degrees():
    with pytest.raises(MethodError, match="158500"):
        sun_position(datetime(2025, 7, 1, 12), 158_500.0, 189_500.0)
