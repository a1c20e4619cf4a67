"""Heat: where it is hot by day, where homes do not cool at night, and what would change it.

Pure functions on arrays::

    sun_position(when_utc, lon, lat)                      # azimuth, altitude in degrees
    cast_shadow(dsm, azimuth, altitude, resolution)       # True in shadow
    cast_shadows(dsm, suns, resolution)                   # of a whole day, faster
    sky_view_factor(dsm, resolution)                      # cosine-weighted, 0 to 1
    pet_sun(...), pet_shade(...), wet_bulb(...)           # Koopmans et al. 2020, Stull 2011
    uhi_max(...), wind_ratio(...), cooling_capacity(...), heat_mitigation(...), wbgt(...)

A whole wijk::

    model = prepare(wijk)                                 # computed once, seconds; a plan's context does too
    scenario = what_if(model, [Change("boom", Point(158500, 189500), height_m=9, crown_m=6)])
    scenario.before, scenario.after, scenario.difference, scenario.homes, scenario.summary
    estimate(model, [[Change("ontharden", yard)], ...])   # one row per candidate, milliseconds each

Altitudes and azimuths are degrees, azimuth clockwise from north; heights and distances metres; temperatures
°C.
PET is an outdoor afternoon index (±3.3 °C): neither indoor temperature nor a health forecast.
"""

from .candidates import estimate
from .changes import MEASURES, Change
from .cooling import cooling_capacity, heat_mitigation, wbgt
from .model import HeatModel, prepare
from .pet import diffuse_radiation, pet_shade, pet_sun, stress_class, wet_bulb
from .scenario import Scenario, what_if
from .shadow import cast_shadow, cast_shadows
from .sky_view import sky_view_factor
from .sun import clear_sky_radiation, sun_position, sunrise_sunset
from .uhi import diurnal_factors, uhi_max
from .weather import HotDay, model_day, read_station
from .wind import wind_ratio

__all__ = [
    "MEASURES",
    "Change",
    "HeatModel",
    "HotDay",
    "Scenario",
    "cast_shadow",
    "cast_shadows",
    "clear_sky_radiation",
    "cooling_capacity",
    "diffuse_radiation",
    "diurnal_factors",
    "estimate",
    "heat_mitigation",
    "model_day",
    "pet_shade",
    "pet_sun",
    "prepare",
    "read_station",
    "sky_view_factor",
    "stress_class",
    "sun_position",
    "sunrise_sunset",
    "uhi_max",
    "wbgt",
    "wet_bulb",
    "what_if",
    "wind_ratio",
]
