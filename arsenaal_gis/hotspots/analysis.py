"""From one series on one kind of units to the rows of the hotspot layers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..progress import SILENT, Progress
from .assess import Assessment, assess
from .backtest import Backtest
from .ladder import Rung, rung
from .moran import moran
from .near_repeat import knox
from .place import Placed, place
from .prediction import COUNT, Surface, against_count, candidate, score
from .scan import kulldorff_scan
from .series import POINTS, Series, month_end, month_start
from .unit_trend import unit_trend
from .units import Units
from .words import backtest_sentence, knox_sentence, scan_sentence, trend_sentence, unit_sentence

YEAR = 12
PERIODS = ("laatste", "vorige")
LEAST_SCANNED = 5  # fewer facts cannot make a concentration that means something


@dataclass(frozen=True)
class Choices:
    """Settings of the analysis; see ``layers/instellingen/hotspots.toml``."""

    minimum_rates: int
    minimum_density: int
    minimum_units: int
    alpha: float
    level: float
    snap_m: float
    near_m: float
    near_days: float
    share: float
    draws: int
    seed: int


@dataclass(frozen=True)
class Period:
    """Twelve months (or what there is of them) of a series.

    Attributes:
        name: 'laatste' or 'vorige'.
        first: First month.
        last: Last month.
        known: Months of these that were delivered.
    """

    name: str
    first: int
    last: int
    known: int


def periods(series: Series) -> list[Period]:
    """The last twelve months of a series and, where they were delivered whole, the twelve before."""
    out = []
    for step, name in enumerate(PERIODS):
        last = series.last - YEAR * step
        first = max(series.first, last - YEAR + 1)
        if step == 0 or last - YEAR + 1 >= series.first:
            known = sum(month not in series.missing for month in range(first, last + 1))
            out.append(Period(name, first, last, known))
    return out


@dataclass(frozen=True)
class Tables:
    """Rows of the result layers.

    Attributes:
        units: Per unit, category and period.
        trends: Per unit and category; none for segments.
        overview: Per category and period: n, ladder, tests, back-test and sentence.
        placed: The series on the units.
    """

    units: pd.DataFrame
    trends: pd.DataFrame
    overview: pd.DataFrame
    placed: Placed


def analyse(
    series: Series, units: Units, surface: Surface, choices: Choices, progress: Progress = SILENT
) -> Tables:
    """Assess every category of a series in both periods, and its trend.

    Args:
        series: The facts.
        units: Segments or hexagons for points, whole streets for counts.
        surface: How a density is made.
        choices: Settings.
        progress: Asked whether to stop.

    Returns:
        The rows of all layers.
    """
    placed = place(series, units, choices.snap_m)
    unit_rows, trend_rows, overview = [], [], []
    for category in series.categories:
        progress.check()
        rows = series.of(category).index
        cube = placed.cube(rows, len(units))
        head = {"bron": series.source, "soort": series.kind, "categorie": category, "eenheid": units.kind}
        for part in _periods(series, units, surface, choices, placed, rows, cube):
            unit_rows.append(part.units.assign(**head))
            overview.append(head | part.overview)
        if units.kind != "segment":  # by quarter a segment holds too few facts to say anything
            trend_rows.append(_trend(series, units, choices, rows, cube).assign(**head))
    trends = pd.concat(trend_rows) if trend_rows else pd.DataFrame()
    return Tables(pd.concat(unit_rows), trends, pd.DataFrame(overview), placed)


@dataclass(frozen=True)
class _Part:
    units: pd.DataFrame
    overview: dict


def _periods(
    series: Series,
    units: Units,
    surface: Surface,
    choices: Choices,
    placed: Placed,
    rows: pd.Index,
    cube: tuple[np.ndarray, np.ndarray],
) -> Iterator[_Part]:
    spans = periods(series)
    facts = placed.facts.loc[rows]
    made = []
    for span in spans:
        window = slice(span.first - series.first, span.last - series.first + 1)
        low, high = (bound[:, window].sum(axis=1) for bound in cube)
        own = facts[facts["month"].between(span.first, span.last)]
        made.append((span, low, high, own))
    # The earlier year's map, made as the later year's would be, is tested on the later year.
    kind, verdict, tested = COUNT, None, COUNT
    if len(made) == 2:
        (_, later_low, later_high, _), (_, low, high, own) = made
        tested = candidate(_rung(own, choices), units, series.kind == POINTS)
        if tested != COUNT:
            verdict = against_count(
                score(tested, own, low, high, units, surface), (low + high) / 2, (later_low + later_high) / 2,
                units, share=choices.share, draws=choices.draws, seed=choices.seed,
            )  # fmt: skip
            kind = tested if verdict and verdict.better else COUNT
    for span, low, high, own in made:
        step = _rung(own, choices)
        result = assess(
            units, low, high, span.known, step, minimum_units=choices.minimum_units, alpha=choices.alpha,
            level=choices.level, seed=choices.seed,
        )  # fmt: skip
        shown = kind if candidate(step, units, series.kind == POINTS) == kind else COUNT
        value = np.full(len(units), np.nan)
        if step.hotspots:
            per = 10_000 if units.kind == "hexagon" else 100
            value = score(shown, own, low, high, units, surface) * per * YEAR / max(span.known, 1)
        overview = _overview(series, units, choices, span, low, high, own, step, result)
        if span.name == PERIODS[0] and step.hotspots:
            wanted = candidate(step, units, series.kind == POINTS)
            ground = "oppervlakte" if units.kind == "hexagon" else "straatlengte"
            sentence = backtest_sentence(
                tested if tested != COUNT else wanted, verdict, choices.share, ground
            )
            overview |= _verdict(verdict, tested) | {"kaart_toont": shown}
            overview["zin"] = " ".join(filter(None, [overview["zin"], sentence]))
        frame = _unit_frame(units, span, result, value, shown)
        # Too few for a map: a list of the units where something happened.
        yield _Part(frame if step.hotspots else frame[frame["aantal_max"] > 0], overview)


def _rung(facts: pd.DataFrame, choices: Choices) -> Rung:
    """The ladder climbs on what is certain: the fewest facts."""
    return rung(int(facts["low"].sum()), choices.minimum_rates, choices.minimum_density)


def _unit_frame(
    units: Units, span: Period, result: Assessment, value: np.ndarray, shown: str
) -> pd.DataFrame:
    interval = (result.low, result.high, result.ci_low, result.ci_high)
    verdict = (result.smooth, result.expected, result.code, result.q, result.q_own)
    sentence = [
        unit_sentence(*numbers, span.known, *rest)
        for numbers, rest in zip(zip(*interval, strict=True), zip(*verdict, strict=True), strict=True)
    ]
    return pd.DataFrame(
        {
            "unit": np.arange(len(units)),
            "periode": span.name,
            "van": pd.Timestamp(month_start(span.first)),
            "tot": pd.Timestamp(month_end(span.last)),
            "maanden": span.known,
            "aantal_min": result.low,
            "aantal_max": result.high,
            "aantal_onder": result.ci_low,
            "aantal_boven": result.ci_high,
            "verwacht": result.expected,
            "q_eigen": result.q_own,
            "woningen": units.dwellings,
            "per_1000_woningen_jaar": result.rate,
            "afgevlakt_per_1000_jaar": result.smooth,
            "gi_z": result.z,
            "p": result.p,
            "q": result.q,
            "p_permutatie": result.p_neighbours,
            "klasse": result.code,
            "kaartwaarde": value,
            "kaart_toont": shown,
            "oordeel": sentence,
        }
    )


def _overview(
    series: Series,
    units: Units,
    choices: Choices,
    span: Period,
    low: np.ndarray,
    high: np.ndarray,
    own: pd.DataFrame,
    step: Rung,
    result: Assessment,
) -> dict:
    lost = int(own.loc[own["unit"] < 0, "high"].sum())
    sentences = [step.sentence]
    if lost:
        sentences.append(f"Daarvan {lost} op een onbekende of te verre straat: wel geteld, niet op de kaart.")
    out = {
        "periode": span.name,
        "van": pd.Timestamp(month_start(span.first)),
        "tot": pd.Timestamp(month_end(span.last)),
        "maanden": span.known,
        "aantal_min": own["low"].sum(),
        "aantal_max": own["high"].sum(),
        "niet_geplaatst": lost,
        "eenheden": len(units),
        "hotspots": int((result.code == "hotspot").sum()),
        "trede": step.name,
    }
    if len(units) < choices.minimum_units:
        noun = "eenheid" if len(units) == 1 else "eenheden"
        sentences.append(f"Slechts {len(units)} {noun}: te weinig om hotspots te toetsen.")
    elif step.hotspots:
        middle = moran((low + high) / 2, units.adjacency, permutations=0)
        if np.isfinite(middle.z_random):
            out |= {"moran_i": middle.i, "moran_p": middle.p_random}
    elif span.name == PERIODS[0]:
        sentence, found = _scan(units, low, choices)
        sentences.append(sentence)
        out |= found
    if series.kind == POINTS and step.hotspots and span.name == PERIODS[0]:
        days = own["datum"].to_numpy().astype("datetime64[D]").astype(float)
        pairs = knox(own[["x", "y"]].to_numpy(), days, choices.near_m, choices.near_days)
        out |= {"knox_paren": pairs.statistic, "knox_verwacht": pairs.expected, "knox_p": pairs.p_poisson}
        sentences.append(knox_sentence(pairs, choices.near_m, choices.near_days))
    return out | {"zin": " ".join(filter(None, sentences))}


def _scan(units: Units, low: np.ndarray, choices: Choices) -> tuple[str, dict]:
    """Few facts: search one concentration among the units with dwellings."""
    known = np.flatnonzero(units.dwellings > 0)
    total = int(low[known].sum())
    if total < LEAST_SCANNED:
        return "", {}
    found = kulldorff_scan(units.centres[known], low[known], units.dwellings[known], seed=choices.seed)
    names = [str(name) for name in units.street[known[found.members]] if name]
    numbers = {"scan_p": found.p, "scan_aantal": found.observed, "scan_verwacht": found.expected}
    return scan_sentence(found, names, total), numbers


def _verdict(verdict: Backtest | None, tested: str) -> dict:
    if verdict is None:
        return {}
    return {
        "getoetst": tested,
        "treffers_kaart": verdict.map.hits,
        "treffers_telling": verdict.count.hits,
        "getoetste_feiten": verdict.map.total,
        "pai_kaart": verdict.map.pai,
        "pai_kaart_onder": verdict.map.pai_low,
        "pai_kaart_boven": verdict.map.pai_high,
        "pai_telling": verdict.count.pai,
        "pei_kaart": verdict.map.pei,
        "pei_telling": verdict.count.pei,
        "voorspelt_beter": verdict.better,
    }


def _trend(
    series: Series, units: Units, choices: Choices, rows: pd.Index, cube: tuple[np.ndarray, np.ndarray]
) -> pd.DataFrame:
    months = np.arange(series.first, series.last + 1)
    missing = np.isin(months, list(series.missing))
    step = _rung(series.facts.loc[rows], choices)
    result = unit_trend(units, *cube, missing, step, minimum_units=choices.minimum_units, alpha=choices.alpha)
    return pd.DataFrame(
        {
            "unit": np.arange(len(units)),
            "van": pd.Timestamp(month_start(series.first)),
            "tot": pd.Timestamp(month_end(series.last)),
            "kwartalen": result.steps,
            "aantal_min": cube[0].sum(axis=1),
            "aantal_max": cube[1].sum(axis=1),
            "verandering_per_jaar": result.slope,
            "p": result.p,
            "q": result.q,
            "klasse": result.code,
            "patroon": result.pattern,
            "oordeel": [
                trend_sentence(*row, result.steps, pattern)
                for *row, pattern in zip(result.code, result.slope, result.q, result.pattern, strict=True)
            ],
        }
    )
