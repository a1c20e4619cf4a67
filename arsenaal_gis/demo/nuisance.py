"""Police counts by month, street and category, and the reports of the community wardens."""

from pathlib import Path

import numpy as np
import shapely

from . import files
from .chains import at
from .register import Register
from .town import Town

FIVE = (
    "Hinderlijk gedrag",
    "Drugs",
    "Diefstal fiets/bromfiets/moto",
    "Slagen en verwondingen",
    "Vernielingen/beschadigingen",
)
PARKING, ASSAULT = "Verkeersoverlast (parkeren)", "Slagen en verwondingen"
OTHER = (PARKING, "Diefstal uit of aan voertuig", "Geluidshinder", "Overlast café/horeca", "Woninginbraak")
_FIVE_SHARE = (0.30, 0.21, 0.23, 0.12, 0.14)
_OTHER_SHARE = (0.47, 0.17, 0.16, 0.10, 0.10)
# Month by month, January first: outdoors nuisance is a summer matter.
_SEASON = np.array([0.8, 0.8, 0.95, 1.05, 1.15, 1.2, 1.2, 1.15, 1.05, 0.95, 0.9, 0.8])
REPORTS = (
    "zwerfvuil",
    "hondenpoep",
    "fietswrak",
    "defecte openbare verlichting",
    "graffiti",
    "slecht onderhouden groen",
)
_REPORT_SHARE = (0.33, 0.22, 0.14, 0.13, 0.10, 0.08)
_STATUS = ("opgehaald", "nieuw", "afgesloten", "gemeld")


def write(folder: Path, town: Town, register: Register, rng: np.random.Generator) -> list[Path]:
    """Write both."""
    return [incidents(folder, town, register, rng), reports(folder, town, rng)]


def incidents(folder: Path, town: Town, register: Register, rng: np.random.Generator) -> Path:
    """Write ``incidenten.csv``: street-level counts, with the yearly totals of the drawing."""
    wanted = town.layout.settings["incidenten"]
    names = [name for name in dict.fromkeys(street["naam"] for street in town.layout.streets)]
    weights = _street_weights(names, town, register, wanted)
    categories = FIVE + OTHER
    counts: dict[tuple[str, int, int], int] = {}
    for year, total, five in wanted["jaren"]:
        months = [f"{year}-{month:02d}" for month in range(1, 13) if f"{year}-{month:02d}" <= wanted["tot"]]
        for chosen, share, amount in ((FIVE, _FIVE_SHARE, five), (OTHER, _OTHER_SHARE, total - five)):
            chance = np.array(
                [
                    [
                        _SEASON[int(month[5:]) - 1]
                        * part
                        * weights[name]
                        * _effect(wanted, month, name, category)
                        for category, part in zip(chosen, share, strict=True)
                        for name in names
                    ]
                    for month in months
                ]
            )
            drawn = rng.multinomial(amount, chance.ravel() / chance.sum()).reshape(
                len(months), len(chosen), len(names)
            )
            for at_month, at_category, at_street in np.argwhere(drawn):
                key = (months[at_month], int(at_street), categories.index(chosen[at_category]))
                counts[key] = int(drawn[at_month, at_category, at_street])
    for month in wanted.get("maand", []):
        _fix_month(counts, month, names, categories, weights, rng)
    rows = [
        [np.datetime64(f"{month}-01"), names[street], categories[category], amount]
        for (month, street, category), amount in sorted(counts.items())
    ]
    return files.table(folder / "incidenten.csv", ["maand", "straat", "categorie", "aantal"], rows)


def _street_weights(names: list[str], town: Town, register: Register, wanted: dict) -> dict[str, float]:
    homes = {name: 0 for name in names}
    for dwelling in register.dwellings:
        homes[dwelling.street] += 1
    return {name: (homes[name] + 6.0) * wanted.get("drukte", {}).get(name, 1.0) for name in names}


def _effect(wanted: dict, month: str, name: str, category: str) -> float:
    """The assumed effect of the works at the playground: fewer incidents of some kinds from a month on."""
    effect = wanted.get("effect")
    touched = (
        effect
        and month >= effect["vanaf"]
        and name in effect["straten"]
        and category in effect["categorieen"]
    )
    return effect["factor"] if touched else 1.0


def _fix_month(
    counts: dict,
    month: dict,
    names: list[str],
    categories: tuple[str, ...],
    weights: dict,
    rng: np.random.Generator,
) -> None:
    """Put the known figures of one month in place of the drawn ones."""
    assault, parking = categories.index(ASSAULT), categories.index(PARKING)
    for key in [key for key in counts if key[0] == month["maand"] and key[2] in (assault, parking)]:
        del counts[key]
    share = np.array([weights[name] for name in names])
    known = np.isin(names, month["parkeren_straten"])
    outside = month["parkeren"] - month["parkeren_in_straten"]
    for category, amount, chance in (
        (assault, month["slagen"], share),
        (parking, month["parkeren_in_straten"], share**0.5 * known),
        (parking, outside, share * ~known),
    ):
        for street, count in enumerate(rng.multinomial(amount, chance / chance.sum())):
            if count:
                counts[month["maand"], street, category] = int(count)


def reports(folder: Path, town: Town, rng: np.random.Generator) -> Path:
    """Write ``meldingen_gemeenschapswachten.csv``: points, with the quarterly totals of the drawing."""
    wanted = town.layout.settings["meldingen"]
    quarters = [(year, quarter) for year in range(2019, 2026) for quarter in range(4)][
        : len(wanted["kwartalen"])
    ]
    share = np.array([wanted["aandeel_sluikstort"].get(str(year), 0.62) for year, _ in quarters])
    totals = np.array(wanted["kwartalen"])
    dumped = np.zeros(len(totals), int)
    for year in {year for year, _ in quarters}:
        chosen = np.array([one == year for one, _ in quarters])
        amount = round(float((totals * share)[chosen].sum()))
        dumped[chosen] = rng.multivariate_hypergeometric(totals[chosen], amount)
    days, kinds = [], []
    for (year, quarter), total, dumps in zip(quarters, totals, dumped, strict=True):
        start = np.datetime64(f"{year}-{3 * quarter + 1:02d}-01")
        length = int(
            (np.datetime64(f"{year}-{3 * quarter + 3:02d}") + 1).astype("datetime64[D]").astype(int)
            - start.astype(int)
        )
        open_days = start + np.arange(length)
        open_days = open_days[np.is_busday(open_days)]
        days += list(rng.choice(open_days, total))
        kinds += ["sluikstort"] * int(dumps) + list(rng.choice(REPORTS, total - int(dumps), p=_REPORT_SHARE))
    order = np.argsort(np.array(days), kind="stable")
    days, kinds = np.array(days)[order], np.array(kinds, dtype=object)[order]
    xy = _places(town, days, kinds, wanted, rng)
    lines = np.array([segment.line for segment in town.streets.segments])
    near = shapely.STRtree(lines).nearest(shapely.points(xy))
    streets = [town.streets.segments[index].street["naam"] for index in near]
    status = rng.choice(_STATUS, len(days), p=(0.48, 0.2, 0.2, 0.12))
    rows = [
        [f"GW{number:05d}", day, kind, float(x), float(y), street, state]
        for number, (day, kind, (x, y), street, state) in enumerate(
            zip(days, kinds, xy, streets, status, strict=True), start=1
        )
    ]
    return files.table(
        folder / "meldingen_gemeenschapswachten.csv",
        ["id", "datum", "categorie", "x", "y", "straat", "status"],
        rows,
    )


def _places(
    town: Town, days: np.ndarray, kinds: np.ndarray, wanted: dict, rng: np.random.Generator
) -> np.ndarray:
    """Half of the dumping lies at a few fixed spots, one of which fades; the rest along the streets."""
    segments = town.streets.segments
    length = np.array(
        [segment.line.length * (0.3 if segment.street["rang"] > 8 else 1.0) for segment in segments]
    )
    spots = wanted["plekken"]
    share = np.array([spot["aandeel"] for spot in spots])
    fades = np.array([spot.get("vanaf", "2100-01-01") for spot in spots], "datetime64[D]")
    left = np.where(days[:, None] >= fades, [spot.get("factor", 1.0) for spot in spots], 1.0)
    pull = np.cumsum(share * left * np.where(kinds == "sluikstort", 1.0, 0.15)[:, None], axis=1)
    drawn = (rng.random(len(days))[:, None] > pull).sum(axis=1)
    along = rng.choice(len(segments), len(days), p=length / length.sum())
    xy = np.empty((len(days), 2))
    for index, (spot, number) in enumerate(zip(drawn, along, strict=True)):
        if spot < len(spots):
            xy[index] = town.layout.place(spots[spot]["punt"])[0] + rng.normal(0, 4.5, 2)
            continue
        segment = segments[number]
        point, normal = at(np.array(segment.line.coords), np.array([rng.uniform(0, segment.line.length)]))
        side = (1 if rng.random() < 0.5 else -1) * (segment.street["breedte"] / 2 - rng.uniform(0.2, 1.6))
        xy[index] = point[0] + normal[0] * side
    # The reports are those of the wijk: what would fall outside lies in the nearest street.
    out = np.flatnonzero(~shapely.contains_xy(town.layout.outline, xy))
    lines = np.array([segment.line for segment in segments])
    points = shapely.points(xy[out])
    near = lines[shapely.STRtree(lines).nearest(points)]
    moved = shapely.line_interpolate_point(near, shapely.line_locate_point(near, points))
    xy[out] = shapely.get_coordinates(moved)
    return xy
