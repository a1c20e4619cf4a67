"""The housing stock: which lot holds what, how many dwellings, built and changed when."""

from itertools import groupby

import numpy as np

from ..errors import ConfigError
from .lots import Lot

INFILL = 0.17  # share of the old rows rebuilt after 1945
LATEST = 2019  # the figures are those of 2020
PERIODS = (
    ("voor_1900", 1862, 1899),
    ("tot_1945", 1900, 1945),
    ("tot_1970", 1946, 1970),
    ("tot_1982", 1971, 1982),
    ("vanaf_1983", 1983, LATEST),
)


def fill(lots: list[Lot], figures: dict, towers: list[int], rng: np.random.Generator) -> list[Lot]:
    """Give every lot along a street its use and every dwelling its year; the counts come out exactly.

    Sets ``use`` (huis, meergezins, handel, poort or tuin) and in ``extra``: eenheden, vorm, jaar, gewijzigd
    (a year or 0 per dwelling) and groep (houses built together).

    Args:
        lots: All lots; those of detached blocks of flats carry their dwellings in ``extra["eenheden"]``.
        figures: Section ``cijfers`` of the drawing.
        towers: Dwellings in each detached block of flats.
        rng: Source of chance.

    Returns:
        The lots with dwellings, oldest first.

    Raises:
        ConfigError: The drawing has too few lots for the figures.
    """
    rows = [lot for lot in lots if lot.street and lot.zone["soort"] in ("rij", "naoorlogs")]
    villas = [lot for lot in lots if lot.street and lot.zone["soort"] == "villa"]
    flats = figures["in_meergezins"] - sum(towers)
    flats -= _villas(villas, figures, flats, rng)
    _blocks_of_flats(rows, flats, rng)
    free = [lot for lot in rows if not lot.use]
    closed = figures["woongelegenheden"] - figures["in_meergezins"] - figures["halfopen"] - figures["open"]
    if len(free) < closed:
        raise ConfigError(f"The drawing has {len(free)} lots for {closed} closed houses.", "demo/wijken")
    spare = sorted(
        free, key=lambda lot: (-2.0 * (lot.rank == 1) - 0.8 * lot.corner + rng.exponential(1.0), lot.chainage)
    )
    for number, lot in enumerate(spare):
        lot.use = "huis" if number >= len(free) - closed else ("handel" if lot.rank <= 2 else "poort")
        lot.extra |= {"eenheden": int(lot.use == "huis"), "vorm": "A"}
    _groups(rows + villas, rng)
    homes = [lot for lot in lots if lot.extra.get("eenheden")]
    return _years(homes, figures, rng)


def _villas(lots: list[Lot], figures: dict, flats: int, rng: np.random.Generator) -> int:
    """Half-open pairs, then open houses, then small detached blocks of flats; returns the flats placed."""
    half, single, placed = figures["halfopen"], figures["open"], 0
    for _, side in groupby(lots, key=lambda lot: (lot.block, lot.street)):
        side = [lot for lot in side if lot.polygon.area > 150]
        while side:
            if half >= 2 and len(side) >= 2:
                for lot, end in zip((side.pop(0), side.pop(0)), (0, 1), strict=True):
                    lot.use, half = "huis", half - 1
                    lot.extra |= {"eenheden": 1, "vorm": "B", "vrij": end}
            elif single:
                lot, single = side.pop(0), single - 1
                lot.use = "huis"
                lot.extra |= {"eenheden": 1, "vorm": "C"}
            else:
                lot, units = side.pop(0), int(rng.integers(3, 5))
                units = units if flats - placed - units > 12 and lot.polygon.area > 250 else 0
                lot.use = "meergezins" if units else "tuin"
                lot.extra |= {"eenheden": units, "vorm": "C"}
                placed += units
    if half or single:
        raise ConfigError(
            f"The drawing lacks room for {half} half-open and {single} open houses.", "demo/wijken"
        )
    return placed


def _blocks_of_flats(rows: list[Lot], flats: int, rng: np.random.Generator) -> None:
    """Houses divided into flats and small blocks in the rows, mostly on the main road and on corners."""
    weight = np.array([(7.0 if lot.rank == 1 else 1.0) * (2.5 if lot.corner else 1.0) for lot in rows])
    for index in np.argsort(rng.exponential(1.0, len(rows)) / weight):
        if flats <= 0:
            return
        lot = rows[index]
        units = int(rng.integers(3, 9) if lot.rank == 1 else rng.integers(2, 5))
        units = flats if flats - units < 2 else units
        lot.use = "meergezins"
        lot.extra |= {"eenheden": units, "vorm": "A"}
        flats -= units


def _groups(lots: list[Lot], rng: np.random.Generator) -> None:
    """Runs of neighbouring houses built at once by one builder: same year, height and roof."""
    group = 0
    for _, side in groupby(lots, key=lambda lot: (lot.block, lot.street)):
        left, shift = 0, 0.0
        for lot in side:
            if left == 0 or lot.use == "meergezins":
                group, left = group + 1, int(rng.geometric(0.22))
                infill = lot.zone["soort"] == "rij" and rng.random() < INFILL
                shift = rng.normal(0, 11) + (rng.uniform(55, 85) if infill else 0.0)
                left = min(left, 3) if infill else left
            left -= 1
            lot.extra |= {"groep": group, "eeuw": lot.zone["eeuw"] + shift}


def _years(homes: list[Lot], figures: dict, rng: np.random.Generator) -> list[Lot]:
    """Years per building, in periods that hold exactly the asked number of dwellings, and years of change."""
    waiting = sorted(homes, key=lambda lot: lot.extra["eeuw"] + 0.01 * rng.random())
    ordered: list[Lot] = []
    for name, first, last in PERIODS:
        room, chosen, rest = figures["bouwjaar"][name], [], []
        for lot in waiting:
            fits = lot.extra["eenheden"] <= room and not (lot.zone["soort"] == "flats" and last < 1946)
            (chosen if fits else rest).append(lot)
            room -= lot.extra["eenheden"] * fits
        if room:
            raise ConfigError(
                f"No choice of buildings gives {figures['bouwjaar'][name]} dwellings {name}.", "demo/wijken"
            )
        years: dict[int, int] = {}
        for place, lot in enumerate(chosen):
            guess = first + (last - first) * (place + 0.5) / len(chosen)
            guess = int(np.clip(round(guess + rng.normal(0, 2)), first, last))
            lot.extra["jaar"] = years.setdefault(lot.extra["groep"], guess)
        ordered, waiting = ordered + chosen, rest
    _changes(ordered, figures, rng)
    return ordered


def _changes(homes: list[Lot], figures: dict, rng: np.random.Generator) -> None:
    """Last notified change of each dwelling since 1983: a year, or 0 for none."""
    owner = np.repeat(np.arange(len(homes)), [lot.extra["eenheden"] for lot in homes])
    year = np.array([lot.extra["jaar"] for lot in homes])[owner]
    changed = np.zeros(len(owner), int)
    for chosen, count in (
        (year < 1983, figures["gewijzigd"] - figures["gewijzigd_en_nieuw"]),
        ((year >= 1983) & (year < 2008), figures["gewijzigd_en_nieuw"]),
    ):
        weight = np.where(year < 1946, 1.5, 1.0)[chosen]
        picked = rng.choice(np.flatnonzero(chosen), count, replace=False, p=weight / weight.sum())
        earliest = np.maximum(year[picked] + 8, 1983)
        changed[picked] = np.minimum(
            earliest + (rng.random(count) ** 0.8 * (LATEST + 1 - earliest)).astype(int), LATEST
        )
    for index, lot in enumerate(homes):
        lot.extra["gewijzigd"] = [int(value) for value in changed[owner == index]]
