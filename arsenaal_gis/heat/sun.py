"""Where the sun stands, when it rises and sets, and what it gives under a clear sky."""

import math
from datetime import UTC, date, datetime, timedelta

from ..errors import MethodError


def sun_position(when_utc: datetime, lon: float, lat: float) -> tuple[float, float]:
    """Return the sun's azimuth and altitude, without refraction.

    Args:
        when_utc: Moment; without a time zone it is read as UTC.
        lon: Degrees east.
        lat: Degrees north.

    Returns:
        Azimuth (degrees clockwise from north, 0 to 360) and altitude of the centre (degrees); within 0.02
        degrees from 1950 to 2100.

    Raises:
        MethodError: The place is not on earth: metres, or latitude and longitude swapped.

    Source: Meeus, Astronomical Algorithms (1998), ch. 25, low accuracy; sidereal time after ch. 12.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise MethodError(f"No place on earth: {lon}, {lat}.", "lon, lat", "Give degrees east and north.")
    if when_utc.tzinfo is not None:
        when_utc = when_utc.astimezone(UTC).replace(tzinfo=None)
    days = (when_utc - datetime(2000, 1, 1, 12)) / timedelta(days=1)
    century = (days + 70.0 / 86400.0) / 36525.0  # sun's own time runs about 70 s ahead of UTC
    mean_anomaly = math.radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    centre = (
        (1.914602 - century * (0.004817 + 0.000014 * century)) * math.sin(mean_anomaly)
        + (0.019993 - 0.000101 * century) * math.sin(2 * mean_anomaly)
        + 0.000289 * math.sin(3 * mean_anomaly)
    )
    node = math.radians(125.04 - 1934.136 * century)
    longitude = math.radians(
        280.46646
        + century * (36000.76983 + 0.0003032 * century)
        + centre
        - 0.00569
        - 0.00478 * math.sin(node)
    )
    tilt = math.radians(23.4392911 - 0.0130042 * century + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(tilt) * math.sin(longitude))
    ascension = math.atan2(math.cos(tilt) * math.sin(longitude), math.cos(longitude))
    sidereal = math.radians(280.46061837 + 360.98564736629 * days + lon)
    hour_angle = sidereal - ascension
    phi = math.radians(lat)
    altitude = math.asin(
        math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(declination) * math.cos(hour_angle)
    )
    azimuth = math.atan2(
        -math.sin(hour_angle), math.cos(phi) * math.tan(declination) - math.sin(phi) * math.cos(hour_angle)
    )
    return math.degrees(azimuth) % 360.0, math.degrees(altitude)


def sunrise_sunset(day: date, lon: float, lat: float) -> tuple[float, float]:
    """Return sunrise and sunset (UTC hours of ``day``, sun's upper edge with refraction), or (nan, nan) where
    the sun stays up or down.

    Args:
        day: Calendar day, UTC.
        lon: Degrees east.
        lat: Degrees north.
    """
    noon = 12.0 - lon / 15.0
    for _ in range(2):  # the equation of time, by looking where the sun is at the guess
        moment = datetime(day.year, day.month, day.day) + timedelta(hours=noon)
        noon -= (sun_position(moment, lon, lat)[0] - 180.0) / 15.0 * _hours_per_azimuth(moment, lon, lat)
    hours = []
    for sign in (-1, 1):
        lower, upper = noon, noon + sign * 12.0
        if not _altitude(day, lower, lon, lat) > -0.833 > _altitude(day, upper, lon, lat):
            return math.nan, math.nan
        for _ in range(30):
            middle = (lower + upper) / 2
            lower, upper = (middle, upper) if _altitude(day, middle, lon, lat) > -0.833 else (lower, middle)
        hours.append(lower)
    return hours[0], hours[1]


def _altitude(day: date, hour: float, lon: float, lat: float) -> float:
    return sun_position(datetime(day.year, day.month, day.day) + timedelta(hours=hour), lon, lat)[1]


def _hours_per_azimuth(moment: datetime, lon: float, lat: float) -> float:
    """Return 15 degrees over the azimuth that passes in an hour around ``moment``."""
    later = sun_position(moment + timedelta(minutes=3), lon, lat)[0]
    earlier = sun_position(moment - timedelta(minutes=3), lon, lat)[0]
    return 15.0 / ((later - earlier) * 10.0)


def clear_sky_radiation(altitude: float) -> float:
    """Return the global radiation on a level plane under a clear sky, W/m².

    Args:
        altitude: Sun altitude, degrees.

    Source: Haurwitz 1945, as given by Badescu 1997 (Solar Energy 61): 1098 sin h exp(-0.057 / sin h).
    """
    sine = math.sin(math.radians(altitude))
    return 1098.0 * sine * math.exp(-0.057 / sine) if sine > 0 else 0.0
