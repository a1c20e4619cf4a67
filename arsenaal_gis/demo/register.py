"""Official identifiers: parcel keys, house numbers, addresses and the dwellings behind them."""

from dataclasses import dataclass

import numpy as np
import shapely

from .lots import Lot
from .town import Town

_LETTERS = "ABCDEFGHKLMNPRSTVWXYZ"


@dataclass(frozen=True)
class Dwelling:
    """One dwelling and its address."""

    address: int
    lot: int
    street: str
    number: str
    box: str
    x: float
    y: float
    year: int
    changed: int  # 0: not since 1983
    rank: int  # within its building, from 0


@dataclass(frozen=True)
class Register:
    """Identifiers of all parcels and dwellings."""

    capakey: list[str]
    canu: list[str]
    number: dict[int, tuple[str, str]]  # street and house number by lot
    dwellings: list[Dwelling]


def number(town: Town, rng: np.random.Generator) -> Register:
    """Number parcels by block and lots along their street, odd on the left side and even on the right."""
    keys, short = _parcel_keys(town)
    numbers = _house_numbers(town, rng)
    dwellings, address = [], 2_614_300
    place = {id(lot): index for index, lot in enumerate(town.lots)}
    outline = {house.lot: house.outline for house in reversed(town.scene.buildings) if house.kind == 1}
    for lot in sorted(town.homes, key=lambda lot: place[id(lot)]):
        index = place[id(lot)]
        x, y = _door(lot, outline[index], rng)
        units = lot.extra["eenheden"]
        for rank in range(units):
            address += int(rng.integers(1, 9))
            box = "" if units == 1 else f"{rank // 4:02d}{rank % 4 + 1:02d}"
            dwellings.append(
                Dwelling(
                    address,
                    index,
                    *numbers[index],
                    box,
                    round(x, 2),
                    round(y, 2),
                    lot.extra["jaar"],
                    lot.extra["gewijzigd"][rank],
                    rank,
                )
            )
    return Register(keys, short, numbers, dwellings)


def _parcel_keys(town: Town) -> tuple[list[str], list[str]]:
    """CAPAKEY: division, section, number of the block, bis number, letter and power of each parcel."""
    drawing = town.layout.settings["kadaster"]
    seen: dict[int, int] = {}
    keys, short = [], []
    for lot in town.lots:
        index = seen.get(lot.block, 0)
        seen[lot.block] = index + 1
        first, letter, power = (
            drawing["eerste_nummer"] + lot.block,
            _LETTERS[index % len(_LETTERS)],
            index // len(_LETTERS),
        )
        keys.append(f"{drawing['afdeling']}{drawing['sectie']}{first:04d}/00{letter}{power:03d}")
        short.append(f"{first}{letter}{power or ''}")
    return keys, short


def _house_numbers(town: Town, rng: np.random.Generator) -> dict[int, tuple[str, str]]:
    """Street and number for every lot along a street, and for what else holds dwellings."""
    lines = {}
    for street in town.layout.streets:
        lines.setdefault(street["naam"], street["lijn"])
    sides: dict[tuple[str, int], list[tuple[float, int]]] = {}
    for index, lot in enumerate(town.lots):
        if lot.street is None and not lot.extra.get("eenheden"):
            continue
        point = (
            shapely.Point(lot.front.mean(axis=0))
            if lot.front is not None
            else lot.polygon.representative_point()
        )
        name = lot.street or min(lines, key=lambda one: lines[one].distance(lot.polygon))
        along = lines[name].project(point)
        start, stop = lines[name].interpolate(along - 0.5), lines[name].interpolate(along + 0.5)
        left = (stop.x - start.x) * (point.y - start.y) - (stop.y - start.y) * (point.x - start.x) > 0
        sides.setdefault((name, int(left)), []).append((along, index))
    numbers = {}
    for (name, left), lots in sorted(sides.items()):
        value = 1 if left else 2
        for _, index in sorted(lots):
            letter = rng.random() < 0.03 and value > 2
            numbers[index] = (
                name,
                f"{value - 2}A" if letter and (name, f"{value - 2}A") not in numbers.values() else str(value),
            )
            value += 0 if numbers[index][1].endswith("A") else (4 if rng.random() < 0.02 else 2)
    return numbers


def _door(lot: Lot, house: shapely.Polygon, rng: np.random.Generator) -> tuple[float, float]:
    """Address point at the entrance, up to 0.4 m behind and 0.1 m before the facade."""
    if lot.front is None:
        centre = house.centroid
        return centre.x, centre.y
    foot, along, inward, length = lot.frame
    middle = foot + along * length * 0.5
    ray = shapely.LineString([middle - inward * 2, middle + inward * 40])
    hit = shapely.intersection(ray, house)
    start = np.array(shapely.get_coordinates(hit)).tolist() or [list(house.representative_point().coords[0])]
    near = min(start, key=lambda xy: np.hypot(xy[0] - middle[0], xy[1] - middle[1]))
    x, y = np.array(near) + inward * rng.uniform(-0.1, 0.4)
    return float(x), float(y)
