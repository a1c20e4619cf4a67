"""What the core team records: renovation, visits and the survey of two waves, housing quality, tenure."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import files
from .register import Register
from .town import Town

WAVES = (("nulmeting 2022", "2022"), ("nameting 2025", "2025"))
ROLES = ("coach sociale cohesie", "woonscreener", "energiescanner", "benovatiecoach", "wijkjurist")
DAYPARTS = ("werkdag 9-12 u", "werkdag 13-17 u", "werkdag 17-20 u", "zaterdag 10-13 u")
_AT_HOME = np.array([0.36, 0.42, 0.58, 0.5])
SCREENED = ("dak", "gevel", "ramen", "vocht", "elektriciteit", "gas_co", "verwarming", "sanitair")
_PHASES = (
    "geen contact",
    "geen interesse",
    "geinteresseerd",
    "advies gegeven",
    "offerte",
    "in uitvoering",
    "afgerond",
    "stopgezet",
)
_PHASE_SHARE = (0.44, 0.10, 0.14, 0.13, 0.06, 0.05, 0.05, 0.03)
_SOURCES = ("huisbezoek", "energiehuis", "EPC-databank", "noodkoopfonds", "sociaal huis")
_SOURCE_SHARE = (0.5, 0.27, 0.12, 0.06, 0.05)
_LABELS, _LABEL_KWH = "ABCDEF", (70, 150, 250, 340, 440, 560)
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Occupation:
    """Which dwellings hold a household, and on what title."""

    occupied: np.ndarray  # bool per dwelling
    tenure: np.ndarray  # eigenaar, huur, sociale huur, onbekend; '' where empty


def occupation(town: Town, register: Register, rng: np.random.Generator) -> Occupation:
    """Spread households and their titles over the dwellings; social dwellings lie in blocks of flats."""
    figures = town.layout.settings["cijfers"]
    count = len(register.dwellings)
    occupied = np.zeros(count, bool)
    occupied[rng.choice(count, figures["huishoudens"], replace=False)] = True
    units = np.array([town.lots[dwelling.lot].extra["eenheden"] for dwelling in register.dwellings])
    flats = np.array([town.lots[dwelling.lot].use == "meergezins" for dwelling in register.dwellings])
    tenure = np.where(occupied, "onbekend", "").astype(object)

    def give(title: str, amount: int, weight: np.ndarray) -> None:
        free = np.flatnonzero(tenure == "onbekend")
        chance = weight[free] / weight[free].sum()
        tenure[rng.choice(free, amount, replace=False, p=chance)] = title

    give("sociale huur", figures["sociale_huurders"], np.where(units >= 6, 1.0, 1e-9))
    give("huur", figures["huurders"], np.where(flats, 2.6, 1.0))
    give("eigenaar", figures["eigenaars"], np.ones(count))
    return Occupation(occupied, tenure)


def write(
    folder: Path, town: Town, register: Register, homes: Occupation, rng: np.random.Generator
) -> list[Path]:
    """Write all of them."""
    return [
        tenure(folder, register, homes),
        renovation(folder, register, rng),
        *visits(folder, register, homes, rng),
        quality(folder, town, register, homes, rng),
    ]


def tenure(folder: Path, register: Register, homes: Occupation) -> Path:
    """Write ``eigendom.csv``: one row per household."""
    rows = [
        [dwelling.address, title]
        for dwelling, title in zip(register.dwellings, homes.tenure, strict=True)
        if title and title != "onbekend"
    ]
    return files.table(folder / "eigendom.csv", ["adres_id", "eigendom"], rows)


def renovation(folder: Path, register: Register, rng: np.random.Generator) -> Path:
    """Write ``renovatie.csv``: one row per dwelling."""
    header = [
        "adres_id",
        "status",
        "bron",
        "datum",
        "energiescan",
        "epc_label",
        "epc_kwh_m2",
        "screening_datum",
        *(f"screening_{part}" for part in SCREENED),
        "screening_totaal",
        "financiering",
    ]
    rows = []
    for dwelling in register.dwellings:
        phase = _pick(_PHASES, _PHASE_SHARE, rng)
        touched = phase != "geen contact"
        row: list = [dwelling.address, phase, None, None, None]
        if touched:
            row[2] = _pick(_SOURCES, _SOURCE_SHARE, rng)
            row[3] = np.datetime64("2022-03-15") + int(rng.integers(0, 1190)) * _DAY
            row[4] = "ja" if rng.random() < 0.45 else "nee"
        row += _epc(dwelling.year, dwelling.changed, rng)
        row += _screening(dwelling.year, touched, rng)
        paid = ("noodkoopfonds", "verbouwlening", "verbouwpremie", "eigen middelen")
        row.append(
            _pick(paid, (0.15, 0.25, 0.35, 0.25), rng) if phase in ("in uitvoering", "afgerond") else None
        )
        rows.append(row)
    return files.table(folder / "renovatie.csv", header, rows)


def _epc(year: int, changed: int, rng: np.random.Generator) -> list:
    if rng.random() > 0.38:
        return [None, None]
    worst = 5.2 if year < 1946 else 4.4 if year < 1971 else 2.6
    grade = int(np.clip(round(worst - (1.2 if changed > 2000 else 0.0) + rng.normal(0, 0.9)), 0, 5))
    return [_LABELS[grade], f"{_LABEL_KWH[grade] + rng.uniform(-45, 60):.1f}".replace(".", ",")]


def _screening(year: int, touched: bool, rng: np.random.Generator) -> list:
    """The technical screening list made for the emergency-buyer fund: eight points of 0 (good) to 3 (bad)."""
    if not touched or rng.random() > 0.6:
        return [None] * (len(SCREENED) + 2)
    score = np.clip(np.round(rng.normal(1.5 if year < 1946 else 1.0, 0.9, len(SCREENED))), 0, 3).astype(int)
    day = np.datetime64("2022-03-08") + int(rng.integers(0, 1180)) * _DAY
    return [day, *score.tolist(), int(score.sum())]


def visits(folder: Path, register: Register, homes: Occupation, rng: np.random.Generator) -> list[Path]:
    """Write ``bezoeken.csv`` and ``bevraging.csv``: two waves, up to four attempts a dwelling."""
    log, answers = [], []
    for later, (wave, year) in enumerate(WAVES):
        first, last = np.datetime64(f"{year}-03-01"), np.datetime64(f"{year}-06-30")
        for index, dwelling in enumerate(register.dwellings):
            if rng.random() > 0.93:
                continue
            day = first + int(rng.integers(0, 75)) * _DAY
            # Each attempt at another part of the day.
            for part in rng.permutation(4).tolist():
                day = _shift(day, part)
                if day > last:
                    break
                outcome = _outcome(homes.occupied[index], part, rng)
                log.append(
                    (
                        day,
                        dwelling.address,
                        wave,
                        DAYPARTS[part],
                        _pick(ROLES, (0.5, 0.15, 0.18, 0.1, 0.07), rng),
                        outcome,
                    )
                )
                if outcome == "bezocht" and rng.random() < 0.62:
                    answers.append([dwelling.address, wave, day, *_answers(dwelling.year, later, rng)])
                if outcome in ("bezocht", "geweigerd"):
                    break
                day = day + int(rng.integers(4, 20)) * _DAY
    log.sort(key=lambda row: (row[0], row[1]))
    rows = [
        [address, day, wave, part, role, outcome, None] for day, address, wave, part, role, outcome in log
    ]
    answers.sort(key=lambda row: (row[2], row[0]))
    return [
        files.table(
            folder / "bezoeken.csv",
            ["adres_id", "datum", "golf", "dagdeel", "functie", "resultaat", "opmerking"],
            rows,
        ),
        files.table(
            folder / "bevraging.csv",
            [
                "adres_id",
                "golf",
                "datum",
                "nood_woonkwaliteit",
                "nood_samenleven",
                "hulp_gemist",
                "sociaal_kapitaal",
                "leefbaarheid",
                "veiligheid",
                "groen",
                "wil_deelnemen",
            ],
            answers,
        ),
    ]


def _shift(day: np.datetime64, part: int) -> np.datetime64:
    """The next Saturday for the Saturday round, else the next working day."""
    mask = "0000010" if part == 3 else "1111100"
    return np.busday_offset(day, 0, roll="forward", weekmask=mask)


def _outcome(occupied: bool, part: int, rng: np.random.Generator) -> str:
    if not occupied or rng.random() > _AT_HOME[part] + 0.14:
        return "niet thuis"
    return _pick(("bezocht", "geweigerd", "afspraak"), (0.74, 0.13, 0.13), rng)


def _answers(year: int, later: int, rng: np.random.Generator) -> list:
    """Closed questions; the second wave is a little better, as the contract hopes."""

    def yes(chance: float) -> str:
        return "ja" if rng.random() < chance else "nee"

    def score(mean: float) -> int:
        return int(np.clip(round(rng.normal(mean, 0.9)), 1, 5))

    old = year < 1946
    return [
        yes(0.46 + 0.12 * old - 0.08 * later),
        yes(0.33 - 0.06 * later),
        yes(0.27 - 0.07 * later),
        score(2.9 + 0.2 * later),
        score(3.0 + 0.25 * later),
        score(2.8 + 0.2 * later),
        score(2.1 + 0.3 * later),
        yes(0.31 + 0.05 * later),
    ]


def quality(
    folder: Path, town: Town, register: Register, homes: Occupation, rng: np.random.Generator
) -> Path:
    """Write ``woonkwaliteit.csv``: the registers of vacancy, conformity, unfit and crisis dwellings."""
    empty = rng.choice(
        np.flatnonzero(~homes.occupied), town.layout.settings["cijfers"]["leegstaand"], replace=False
    )
    rented = rng.choice(
        np.flatnonzero(np.isin(homes.tenure, ["huur", "sociale huur"])), len(empty) * 2, replace=False
    )
    rows = []
    for index in sorted(empty):
        rows.append(
            [
                register.dwellings[index].address,
                "ja",
                None,
                "nee",
                "nee",
                "nee",
                _day(rng, "2021-01-05", 1500),
                "leegstandsregister",
            ]
        )
    for place, index in enumerate(sorted(rented)):
        unfit = place % 9 == 4
        until = None if unfit else _day(rng, "2025-09-01", 3000)
        rows.append(
            [
                register.dwellings[index].address,
                "nee",
                until,
                "ja" if unfit else "nee",
                "ja" if place % 27 == 4 else "nee",
                "nee",
                _day(rng, "2022-02-01", 1150),
                "wooninspectie",
            ]
        )
    for index in np.setdiff1d(np.flatnonzero(~homes.occupied), empty)[:3]:
        rows.append(
            [
                register.dwellings[index].address,
                "nee",
                None,
                "nee",
                "nee",
                "ja",
                np.datetime64("2025-03-03"),
                "sociaal huis",
            ]
        )
    return files.table(
        folder / "woonkwaliteit.csv",
        [
            "adres_id",
            "leegstand",
            "conformiteitsattest_tot",
            "ongeschikt",
            "onbewoonbaar",
            "crisiswoning",
            "datum",
            "bron",
        ],
        rows,
    )


def _pick(options: tuple[str, ...], shares: tuple[float, ...], rng: np.random.Generator) -> str:
    """One option by its share; much quicker than the generator's own choice for a single draw."""
    return options[min(int(np.searchsorted(np.cumsum(shares), rng.random())), len(options) - 1)]


def _day(rng: np.random.Generator, first: str, span: int) -> np.datetime64:
    return np.datetime64(first) + int(rng.integers(0, span)) * _DAY
