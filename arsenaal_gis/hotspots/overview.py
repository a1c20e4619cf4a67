"""One row a series, category and period: how many facts, what they allow, and what the tests say."""

import numpy as np
import pandas as pd

from .assess import Assessment
from .backtest import Backtest
from .choices import Choices
from .ladder import Rung
from .moran import moran
from .near_repeat import knox
from .periods import PERIODS, Period
from .scan import kulldorff_scan
from .series import POINTS, Series, month_end, month_start
from .units import Units
from .words import knox_sentence, scan_sentence

LEAST_SCANNED = 5  # fewer facts cannot make a concentration that means something


def overview(
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
    """Sum up one category of one series in one period.

    Args:
        series: The series.
        units: The n units.
        choices: Settings.
        span: The period.
        low: (n,) fewest facts.
        high: (n,) most facts.
        own: The facts of category and period, placed or not.
        step: What so many facts allow.
        result: The assessment of the units.

    Returns:
        A row of ``hotspots_reeksen`` without the back-test.
    """
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


def back_test_columns(verdict: Backtest | None, tested: str) -> dict:
    """Columns of ``hotspots_reeksen`` about the back-test of a map of kind ``tested``; none without one."""
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
