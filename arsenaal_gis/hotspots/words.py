"""What a hotspot row says, in Dutch sentences."""

import numpy as np

from .backtest import Backtest
from .near_repeat import Knox
from .prediction import COUNT, DENSITY
from .scan import ScanCluster

SENTENCES = {
    "hotspot": "Hotspot: hier en in de buureenheden samen meer dan toeval verklaart",
    "koude_plek": "Koude plek: hier en in de buureenheden samen minder dan toeval verklaart",
    "uitschieter_hoog": "Uitschieter: hier veel, in de buureenheden weinig",
    "uitschieter_laag": "Uitschieter: hier weinig, in de buureenheden veel",
    "verhoogd": "Verhoogd: meer dan bij gelijk risico verwacht; de buureenheden doen niet aantoonbaar mee",
    "verlaagd": "Verlaagd: minder dan bij gelijk risico verwacht; de buureenheden doen niet aantoonbaar mee",
    "niet_aantoonbaar": "Geen aantoonbaar verschil met elders in de wijk",
    "te_weinig": "Te weinig feiten of eenheden voor een toets",
    "geen_woningen": "Geen woningen: wel een aantal, geen cijfer per woning en geen toets",
}


def number(value: float, decimals: int = 1) -> str:
    """A number as Dutch readers write it."""
    return f"{value:.{decimals}f}".replace(".", ",")


def count(low: float, high: float) -> str:
    """A count, or the interval it is known to lie in."""
    return f"{low:.0f}" if low == high else f"{low:.0f} tot {high:.0f}"


def unit_sentence(
    low: float,
    high: float,
    ci_low: float,
    ci_high: float,
    months: int,
    smooth: float,
    expected: float,
    code: str,
    q: float,
    q_own: float,
) -> str:
    """Say what one unit shows."""
    facts = "feit" if low == high == 1 else "feiten"
    interval = f"95 %-interval {number(ci_low)} tot {number(ci_high)}"
    if np.isfinite(expected):
        interval += f"; verwacht {number(expected)}"
    text = f"{count(low, high)} {facts} in {months} maanden ({interval})"
    if np.isfinite(smooth):
        text += f"; {number(smooth, 0)} per 1000 woningen per jaar na afvlakking"
    named = q_own if code in ("verhoogd", "verlaagd") else q
    tail = f" (q = {number(named, 3)})" if np.isfinite(named) else ""
    return f"{text}. {SENTENCES[code]}{tail}."


def trend_sentence(code: str, slope: float, q: float, steps: int, pattern: str) -> str:
    """Say how one unit developed."""
    if code == "te_weinig":
        return "Te weinig feiten of perioden om een trend te toetsen."
    if not np.isfinite(slope):
        return f"Geen feiten in {steps} kwartalen."
    sign = "+" if slope > 0 else ""
    change = f"per kwartaal {sign}{number(slope)} elk jaar, over {steps} kwartalen; q = {number(q, 3)}"
    verdict = {"stijgend": "Stijgend", "dalend": "Dalend"}.get(code, "Geen aantoonbare trend")
    tail = (
        f" Patroon: {pattern}." if pattern and pattern not in ("geen patroon", "te weinig perioden") else ""
    )
    return f"{verdict} ({change}).{tail}"


def scan_sentence(result: ScanCluster, names: list[str], total: int) -> str:
    """Say what the scan for one cluster found."""
    if result.centre < 0 or result.p > 0.05:
        return "Geen aantoonbare concentratie (ruimtelijke scan)."
    where = ", ".join(dict.fromkeys(name for name in names if name))
    return (
        f"Concentratie (ruimtelijke scan, p = {number(result.p, 3)}): {result.observed} van {total} feiten"
        f" waar {number(result.expected)} verwacht werden{f', rond {where}' if where else ''}."
    )


def knox_sentence(result: Knox, metres: float, days: float) -> str:
    """Say whether facts follow each other closely."""
    if not np.isfinite(result.ratio) or result.p_poisson > 0.05:
        return ""
    return (
        f"Herhaling dichtbij: {result.statistic} paren binnen {metres:.0f} m en {days:.0f} dagen, "
        f"verwacht {number(result.expected)} (p = {number(result.p_poisson, 3)})."
    )


def backtest_sentence(kind: str, result: Backtest | None, share: float, ground: str) -> str:
    """Say which of map and plain count predicted better; ``ground`` is what the share is one of."""
    if kind == COUNT:
        return ""
    name = "dichtheidskaart" if kind == DENSITY else "afgevlakte kaart"
    if result is None:
        return f"De {name} kon niet aan een vorig jaar getoetst worden: getoond wordt de telling."
    hits = (
        f"op {number(100 * share, 0)} % van de {ground} trof ze {number(result.map.hits)} van "
        f"{result.map.total} feiten, "
        f"de telling van het jaar ervoor {number(result.count.hits)}"
    )
    if result.better:
        return f"De {name} voorspelt beter dan de telling: {hits}."
    return f"De {name} voorspelt niet aantoonbaar beter dan de telling ({hits}): getoond wordt de telling."
