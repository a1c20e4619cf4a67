"""Layers that already count incidents by street or hexagon: what of them may be shown."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..catalogue import Layer
from .incidents import ALL, protect
from .ledger import Ledger
from .places import TOTAL
from .policy import Policy
from .tables import SHOWN, SMALL

Note = tuple[str, str, int]
Protected = dict[str, tuple[pd.DataFrame, list[Note]]]
_UNITS = {"hexagon_id": "hexagon", "straat": "straat", "cluster_id": "cluster"}


def suppress_counts(
    layers: Mapping[str, tuple[Layer, pd.DataFrame]], policy: Policy, ledger: Ledger
) -> tuple[Protected, pd.DataFrame]:
    """Turn counts of 1 .. threshold-1 into intervals, and empty what would give a count away.

    All layers of a release are protected together, per source: streets, hexagons and the whole wijk, categories
    and their sum, one period and the others, and what earlier releases told of the same units.

    Args:
        layers: Description and rows by layer id. Counts are whole-number fields ``aantal*``; a pair of
            ``aantal_min`` and ``aantal_max`` is an interval.
        policy: Thresholds.
        ledger: What was released before.

    Returns:
        The rows and notes for the report, by layer id (no rows where a layer may not leave at all), and the
        cells for the ledger.
    """
    out: Protected = {}
    cells: list[pd.DataFrame] = []
    for id, (layer, frame) in layers.items():
        if layer.kind != "result":
            reason = "brongegevens over incidenten; de lagen hotspots tonen ze beschermd"
            out[id] = frame.iloc[:0], [("weggelaten", reason, len(frame))]
        elif policy.closed(layer):
            reason = "dezelfde feiten staan beschermd in de lagen hotspots"
            if policy.tier == "P3":
                reason = "straat en hexagon zijn te klein voor open data over incidenten"
            out[id] = frame.iloc[:0], [("weggelaten", reason, len(frame))]
        elif _counts(layer, frame):
            cells.append(_cells(layer, frame))
        else:
            out[id] = frame, []
    if not cells:
        return out, pd.DataFrame()
    table = pd.concat(cells, ignore_index=True)
    flags, refused, told = protect(table, policy, ledger)
    for id in table["laag"].unique():
        own = table["laag"].eq(id).to_numpy()
        out[id] = _emptied(*layers[id], flags[own], refused[own], policy.threshold)
    return out, told


def closed_counts(layer: Layer, frame: pd.DataFrame, left: pd.DataFrame) -> set[float]:
    """Counts of a layer that are not in what is left of its rows."""
    closed: set[float] = set()
    for name in _counts(layer, frame):
        before = frame[name].astype("Float64")
        gone = before.ne(left[name].reindex(frame.index).astype("Float64")).fillna(True)
        closed |= {float(n) for n in before[gone].dropna() if n > 0}
    return closed


def totals(told: pd.DataFrame) -> tuple[int, int, int]:
    """Cells for the ledger that are shown, an interval and hidden."""
    if told.empty:
        return 0, 0, 0
    closed, bounded = told["breedte"].gt(0), told["bovengrens"].notna()
    return int((~closed).sum()), int((closed & bounded).sum()), int((closed & ~bounded).sum())


def _counts(layer: Layer, frame: pd.DataFrame) -> list[str]:
    fields = layer.fields.items()
    return [n for n, f in fields if n.startswith("aantal") and f.type == "integer" and n in frame]


def _cells(layer: Layer, frame: pd.DataFrame) -> pd.DataFrame:
    """Every row as a count of one unit, category and period."""
    unit = next((n for n in layer.key if n.endswith("_id") or n == "straat"), None)
    year = frame["jaar"].astype("Int64").astype(str) if "jaar" in frame else None
    nothing = pd.Series(pd.NaT, index=frame.index)
    return pd.DataFrame(
        {
            "laag": layer.id,
            "bron": frame.get("bron", ""),
            "soort": frame.get("soort", "punten" if unit == "hexagon_id" else ""),
            "eenheid": frame["eenheid"] if "eenheid" in frame else _UNITS.get(unit or "", ""),
            "eenheid_id": frame[unit].astype(str) if unit else TOTAL,
            "code": frame.get("categorie", ALL),
            "van": frame.get("van", nothing) if year is None else pd.to_datetime(year + "-01-01"),
            "tot": frame.get("tot", nothing) if year is None else pd.to_datetime(year + "-12-31"),
            "waarde": frame[_counts(layer, frame)[-1]].to_numpy(dtype=float, na_value=0.0),
            "woningen": frame["woningen"].to_numpy(dtype=float, na_value=np.nan)
            if "woningen" in frame
            else np.nan,
        }
    ).reset_index(drop=True)


def _emptied(
    layer: Layer, frame: pd.DataFrame, flags: NDArray[np.str_], refused: NDArray[np.bool_], threshold: int
) -> tuple[pd.DataFrame, list[Note]]:
    """Rows without the fields that would give a closed count away."""
    result, notes = frame[~refused].copy(), []
    flags = flags[~refused]
    closed, small = flags != SHOWN, flags == SMALL
    for name, field in layer.fields.items():
        if name not in frame or name in layer.key or field.required:
            continue
        told = field.type in ("real", "integer") and not name.startswith(("woningen", "adressen", "maanden"))
        words = field.type == "text" and not field.codes
        if told or (words and result.loc[closed, name].astype(str).str.contains(r"\d").any()):
            result.loc[closed, name] = np.nan if field.type == "real" else pd.NA
    if {"aantal_min", "aantal_max"} <= set(_counts(layer, frame)):
        result.loc[small, ["aantal_min", "aantal_max"]] = [1, threshold - 1]
    if refused.any():
        reason = "met wat eerder is vrijgegeven zouden verborgen aantallen te berekenen zijn"
        notes.append(("geweigerd", reason, int(refused.sum())))
    if closed.any():
        reason = f"aantallen van 1 tot {threshold - 1} en wat ze zou verraden"
        notes.append(("onderdrukt", reason, int(closed.sum())))
    return result, notes
