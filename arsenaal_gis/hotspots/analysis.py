"""From one series on one kind of units to the rows of the hotspot layers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..progress import SILENT, Progress
from .assess import Assessment, assess
from .choices import Choices
from .ladder import Rung, rung
from .overview import back_test_columns, overview
from .periods import PERIODS, YEAR, Period, periods
from .place import Placed, place
from .prediction import COUNT, Surface, against_count, candidate, score
from .series import POINTS, Series, month_end, month_start
from .unit_trend import unit_trend
from .units import Units
from .words import backtest_sentence, trend_sentence, unit_sentence


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
    unit_rows, trend_rows, rows_of_series = [], [], []
    for category in series.categories:
        progress.check()
        rows = series.of(category).index
        cube = placed.cube(rows, len(units))
        head = {"bron": series.source, "soort": series.kind, "categorie": category, "eenheid": units.kind}
        for part in _periods(series, units, surface, choices, placed, rows, cube):
            unit_rows.append(part.units.assign(**head))
            rows_of_series.append(head | part.overview)
        if units.kind != "segment":  # by quarter a segment holds too few facts to say anything
            trend_rows.append(_trend(series, units, choices, rows, cube).assign(**head))
    trends = pd.concat(trend_rows) if trend_rows else pd.DataFrame()
    return Tables(pd.concat(unit_rows), trends, pd.DataFrame(rows_of_series), placed)


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
        row = overview(series, units, choices, span, low, high, own, step, result)
        if span.name == PERIODS[0] and step.hotspots:
            wanted = candidate(step, units, series.kind == POINTS)
            ground = "oppervlakte" if units.kind == "hexagon" else "straatlengte"
            sentence = backtest_sentence(
                tested if tested != COUNT else wanted, verdict, choices.share, ground
            )
            row |= back_test_columns(verdict, tested) | {"kaart_toont": shown}
            row["zin"] = " ".join(filter(None, [row["zin"], sentence]))
        frame = _unit_frame(units, span, result, value, shown)
        # Too few for a map: a list of the units where something happened.
        yield _Part(frame if step.hotspots else frame[frame["aantal_max"] > 0], row)


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


def _trend(
    series: Series, units: Units, choices: Choices, rows: pd.Index, cube: tuple[np.ndarray, np.ndarray]
) -> pd.DataFrame:
    months = np.arange(series.first, series.last + 1)
    missing = np.isin(months, list(series.missing))
    step = _rung(series.facts.loc[rows], choices)
    result = unit_trend(units, *cube, missing, step, minimum_units=choices.minimum_units, alpha=choices.alpha)
    made = pd.DataFrame(
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
    # Where nothing ever happened there is no trend to tell, unless that is itself the pattern.
    return made[(made["aantal_max"] > 0) | made["patroon"].str.endswith("koude plek")]
