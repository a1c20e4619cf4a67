"""The hot day that a map is made for: a reference day built from published extremes, or a station's file."""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..errors import SourceError
from .pet import diffuse_radiation
from .sun import clear_sky_radiation, sun_position, sunrise_sunset
from .uhi import diurnal_factors, radiation_term

MODEL_DAY = "modeldag"
_COLUMNS = {  # quantity: headers of the project's own form, RMI's open data, and VMM's
    "moment": ("moment_utc", "timestamp", "tijdstip", "datum"),
    "temperature": ("temperatuur_c", "temp_dry_shelter_avg", "temperatuur"),
    "humidity": ("luchtvochtigheid_pct", "humidity_rel_shelter_avg", "relatieve_vochtigheid"),
    "radiation": ("straling_w_m2", "short_wave_from_sky_avg", "globale_straling"),
    "wind": ("wind_10m_m_s", "wind_speed_10m", "windsnelheid"),
    "direction": ("windrichting_graden", "wind_direction", "windrichting"),
}
_RANGES = {  # what a value may be, and the mistake that is likely where it is not
    "temperature": (-30.0, 50.0, "Is it in degrees Celsius?"),
    "humidity": (1.0, 100.0, "Is it in percent?"),
    "radiation": (-20.0, 1300.0, "Is it in W/m², not J/cm²?"),
    "wind": (0.0, 40.0, "Is it in m/s?"),
    "direction": (0.0, 360.0, "Is it in degrees?"),
}


@dataclass(frozen=True)
class HotDay:
    """Weather of 24 hours at a station; row h is the mean of the hour that begins at h UTC.

    Attributes:
        day: The calendar day.
        temperature: (24,) air temperature, °C.
        humidity: (24,) relative humidity, %.
        radiation: (24,) global radiation, W/m².
        wind: (24,) wind at 10 m, m/s.
        wind_from: Direction the afternoon's wind comes from, degrees clockwise from north.
        daily_range: Highest minus lowest temperature from 8 UTC to 7 UTC the next day, °C.
        source: "modeldag", or the station's file.
        lon: Degrees east.
        lat: Degrees north.
    """

    day: date
    temperature: npt.NDArray[np.float64]
    humidity: npt.NDArray[np.float64]
    radiation: npt.NDArray[np.float64]
    wind: npt.NDArray[np.float64]
    wind_from: float
    daily_range: float
    source: str
    lon: float
    lat: float

    @property
    def weather_term(self) -> tuple[float, float, float]:
        """S (K m/s), daily range (°C) and mean wind (m/s) of the heat-island formula."""
        return (
            radiation_term(float(self.radiation.mean())),
            self.daily_range,
            max(float(self.wind.mean()), LOWEST_MEAN_WIND),
        )

    def sun(self, hour: float) -> tuple[float, float]:
        """Return azimuth and altitude of the sun at an hour UTC, degrees."""
        return sun_position(
            datetime(self.day.year, self.day.month, self.day.day) + timedelta(hours=hour), self.lon, self.lat
        )

    def hours(self, first: int, last: int) -> "list[Hour]":
        """Return the hours that begin at ``first`` up to, not with, ``last`` (UTC), with the sun at half
        past.
        """
        factors = diurnal_factors(*sunrise_sunset(self.day, self.lon, self.lat))
        return [
            Hour(
                h,
                float(self.temperature[h]),
                float(self.humidity[h]),
                float(self.radiation[h]),
                float(self.wind[h]),
                *(azimuth_altitude := self.sun(h + 0.5)),
                float(diffuse_radiation(self.radiation[h], azimuth_altitude[1])),
                float((factors[h] + factors[(h + 1) % 24]) / 2),
            )
            for h in range(first, last)
        ]


LOWEST_MEAN_WIND = 0.5  # m/s: the heat-island formula divides by it


@dataclass(frozen=True)
class Hour:
    """One hour of a hot day: UTC hour it begins at, weather (°C, %, W/m², m/s), sun (degrees), diffuse
    radiation, share of the heat island.
    """

    utc: int
    temperature: float
    humidity: float
    radiation: float
    wind: float
    azimuth: float
    altitude: float
    diffuse: float
    uhi_share: float


def model_day(day: date, lon: float, lat: float, wind_from: float) -> HotDay:
    """Build the reference day: a clear sky over temperatures, humidity and wind published for hot July days
    at Uccle.

    It is a model, never a measurement. Temperature follows Parton & Logan 1981 (sine by day, exponential by
    night); the dew point is constant.

    Args:
        day: Decides the sun.
        lon: Degrees east.
        lat: Degrees north.
        wind_from: Degrees clockwise from north.
    """
    with (files(__package__) / "data" / "maandextremen_ukkel.csv").open(encoding="utf-8") as file:
        published = {row["grootheid"]: float(row["waarde"]) for row in csv.DictReader(file, delimiter=";")}
    highest, daily_range = published["tmax"], published["dagelijkse_gang"]
    lowest = highest - daily_range
    sunrise, sunset = sunrise_sunset(day, lon, lat)
    length = sunset - sunrise
    lag, night_decay = 1.86, 2.20  # Parton & Logan 1981, air at 1.5 m

    def temperature(hour: float) -> float:
        since = (hour - sunrise) % 24.0
        if since <= length:
            return lowest + daily_range * math.sin(math.pi * since / (length + 2 * lag))
        at_sunset = lowest + daily_range * math.sin(math.pi * length / (length + 2 * lag))
        return lowest + (at_sunset - lowest) * math.exp(-night_decay * (since - length) / (24.0 - length))

    ta = np.array([temperature(h + 0.5) for h in range(24)])
    vapour = published["luchtvochtigheid"] / 100.0 * _saturation(ta.mean())
    midnight = datetime(day.year, day.month, day.day)
    altitude = [sun_position(midnight + timedelta(hours=h + 0.5), lon, lat)[1] for h in range(24)]
    return HotDay(
        day,
        ta,
        np.clip(100.0 * vapour / _saturation(ta), 1.0, 100.0),
        np.array([clear_sky_radiation(a) for a in altitude]),
        np.full(24, published["wind"]),
        wind_from,
        daily_range,
        MODEL_DAY,
        lon,
        lat,
    )


def hot_day(settings: Mapping[str, object], folder: Path, lon: float, lat: float) -> HotDay:
    """Return the day that a wijk's settings ask for.

    Args:
        settings: Section ``hitte``.
        folder: Of the wijk: where its weather file's path begins.
        lon: Degrees east.
        lat: Degrees north.

    Raises:
        SourceError: A weather file that cannot be used.
    """
    if not settings["weerbestand"]:
        return model_day(settings["modeldag"], lon, lat, settings["windrichting_graden"])
    day = date.fromisoformat(settings["weerdag"]) if settings["weerdag"] else None
    return read_station(folder / settings["weerbestand"], day, lon, lat)


def read_station(path: Path, day: date | None, lon: float, lat: float) -> HotDay:
    """Read a station's hourly file: the project's own columns, or those of RMI's open data or VMM.

    Args:
        path: CSV with ``;`` or ``,``; moments are UTC and mark the end of the hour; 10-minute rows are
            averaged.
        day: Day to use; None takes the one with the highest temperature.
        lon: Degrees east of the wijk.
        lat: Degrees north.

    Returns:
        The day; ``source`` names the file.

    Raises:
        SourceError: Columns or hours are missing, or values are out of range.
    """
    where = Path(path).name
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"The weather file cannot be read: {error}.", where, "Give a CSV in UTF-8."
        ) from error
    rows = list(
        csv.DictReader(text.splitlines(), delimiter=";" if text.count(";") > text.count(",") else ",")
    )
    headers = {name.strip().lower(): name for name in (rows[0] if rows else {}) if name}
    names = {}
    for quantity, known in _COLUMNS.items():
        found = next((headers[name] for name in known if name in headers), None)
        if found is None:
            raise SourceError(f"No column for {quantity}.", where, f"Name one of: {', '.join(known)}.")
        names[quantity] = found
    series: dict[datetime, list[list[float]]] = {}
    for number, row in enumerate(rows, start=2):
        hour, values = _station_row(row, names, f"{where}, line {number}")
        series.setdefault(hour, []).append(values)
    hourly = {hour: np.nanmean(values, axis=0) for hour, values in series.items()}
    if day is None:
        day = max(hourly, key=lambda hour: np.nan_to_num(hourly[hour][0], nan=-99.0)).date()
    midnight = datetime(day.year, day.month, day.day)
    missing = [
        h for h in range(24) if not np.isfinite(hourly.get(midnight + timedelta(hours=h), [np.nan])).all()
    ]
    if missing:
        raise SourceError(f"{day} lacks the hours {missing} (UTC).", where, "A day needs 24 complete hours.")
    table = np.array([hourly[midnight + timedelta(hours=h)] for h in range(24)])
    window = [hourly.get(midnight + timedelta(hours=h), table[h % 24])[0] for h in range(8, 32)]
    east, north = (np.sum(table[10:16, 3] * f(np.radians(table[10:16, 4]))) for f in (np.sin, np.cos))
    return HotDay(
        day,
        table[:, 0],
        table[:, 1],
        np.maximum(table[:, 2], 0.0),
        table[:, 3],
        float(np.degrees(np.arctan2(east, north)) % 360.0),
        float(np.nanmax(window) - np.nanmin(window)),
        where,
        lon,
        lat,
    )


def _station_row(row: dict[str, str], names: dict[str, str], where: str) -> tuple[datetime, list[float]]:
    """Return the hour (its beginning) that a row belongs to and its values."""
    try:
        moment = datetime.fromisoformat(row[names["moment"]].strip().replace("Z", ""))
    except ValueError as error:
        raise SourceError(
            f"Not a moment: {row[names['moment']]}.", where, "Write 2025-07-01T14:00:00, in UTC."
        ) from error
    values = []
    for quantity, (low, high, hint) in _RANGES.items():
        cell = (row[names[quantity]] or "").strip().replace(",", ".")
        try:
            value = float(cell) if cell else math.nan
        except ValueError as error:
            raise SourceError(
                f"Not a number: {cell}.", f"{where}, {names[quantity]}", "Leave it empty if unknown."
            ) from error
        if not math.isnan(value) and not low <= value <= high:
            raise SourceError(f"{value} is outside {low} to {high}.", f"{where}, {names[quantity]}", hint)
        values.append(value)
    return (moment - timedelta(seconds=1)).replace(minute=0, second=0, microsecond=0), values


def _saturation(ta: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the saturation vapour pressure, hPa (Magnus, WMO 2008)."""
    return 6.112 * np.exp(17.62 * np.asarray(ta) / (243.12 + np.asarray(ta)))
