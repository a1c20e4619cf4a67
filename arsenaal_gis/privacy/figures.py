"""Figures over the whole wijk, such as indicators: small counts of dwellings behind them are held back."""

import pandas as pd

from ..catalogue import Layer
from .policy import Policy, open_to

HELD_BACK = "onderdrukt"
Note = tuple[str, str, int]


def hold_back(frame: pd.DataFrame, layer: Layer, policy: Policy) -> tuple[pd.DataFrame, list[Note]]:
    """Leave out rows above the tier, and empty every figure that rests on 1 .. threshold-1 dwellings or facts.

    Args:
        frame: Rows of a layer with ``figures`` or a ``row_tier``.
        layer: Its description: which fields count, and which would tell the count.
        policy: Thresholds.

    Returns:
        The rows: emptied sentences say that they were held back, emptied verdicts are 'onbekend'. With notes.
    """
    notes: list[Note] = []
    if layer.row_tier:
        open_rows = (
            frame[layer.row_tier].fillna("P0").map(lambda tier: open_to(tier, policy.tier)).to_numpy(bool)
        )
        if not open_rows.all():
            reason = f"rijen die op niveau {policy.tier} niet mogen vertrekken"
            notes.append(("weggelaten", reason, int((~open_rows).sum())))
        frame = frame[open_rows]
    result, touched = frame.copy(), pd.Series(False, index=frame.index)
    for figures in layer.figures:
        small = pd.Series(False, index=frame.index)
        for one in figures.counts:
            if one.of in frame and (not one.less or one.less in frame):
                number = _numbers(frame[one.of]) - (_numbers(frame[one.less]) if one.less else 0.0)
                applies = ~frame["eenheid"].isin(one.unless) if one.unless else True
                small |= (number.gt(1e-6) & number.lt(policy.threshold - 1e-6) & applies).fillna(False)
        for name in (n for n in figures.hides if n in frame):
            nothing = _nothing(layer, name, policy)
            column = result[name] if nothing is None else result[name].astype(object)
            result[name] = column.mask(small.to_numpy(bool), nothing)
        touched |= small
    if touched.any():
        reason = f"cijfers waarachter er 1 tot {policy.threshold - 1} zitten"
        notes.append((HELD_BACK, reason, int(touched.sum())))
    return result, notes


def hold_back_rest(
    frame: pd.DataFrame, layer: Layer, totals: pd.DataFrame, policy: Policy, least: int
) -> tuple[pd.DataFrame, list[Note]]:
    """Empty a share of the whole wijk where taking the counted units from it would single out a small group.

    Units with too few dwellings are in no total of the counts, but they are in a share of the whole wijk: the
    difference is what they hold together.

    Args:
        frame: Rows of ``indicatoren`` as they may leave, which name the layer, field and codes they count.
        layer: Its description.
        totals: Rows of ``tellingen_totaal`` that leave with them.
        policy: Thresholds.
        least: Dwellings that the rest must hold.

    Returns:
        The rows, and a note where some were emptied.
    """
    if not {"laag", "veld", "ja", "teller", "noemer", "onbekend"} <= set(frame.columns) or totals.empty:
        return frame, []
    shown = totals[totals["waarde"].notna()]
    series = shown["reeks"].fillna("").replace("", "plan")
    known = shown.assign(reeks=series).set_index(["laag", "veld", "reeks", "code"])["waarde"].to_dict()
    small = pd.Series(
        [_small_rest(row, known, policy.threshold, least) for row in frame.to_dict("records")],
        index=frame.index,
        dtype=bool,
    )
    if not small.any():
        return frame, []
    result = frame.copy()
    for name in (n for n in layer.figures[0].hides if n in frame):
        nothing = _nothing(layer, name, policy)
        column = result[name] if nothing is None else result[name].astype(object)
        result[name] = column.mask(small.to_numpy(bool), nothing)
    return result, [
        (HELD_BACK, "cijfers die de getelde eenheden tot een kleine groep aanvullen", int(small.sum()))
    ]


def _small_rest(row: dict, known: dict[tuple, float], threshold: int, least: int) -> bool:
    """Whether the whole wijk without the counted units is a small group, or has a class of 1 .. threshold-1."""
    at = (row["laag"], row["veld"], row["golf"])
    counted = known.get((*at, "totaal"))
    if counted is None or row["eenheid"] != "%" or pd.isna(row["teller"]) or pd.isna(row["ja"]):
        return False
    rest = row["noemer"] + row["onbekend"] - counted
    yes = [known.get((*at, code)) for code in row["ja"].split(", ")]
    unknown = row["onbekend"] - known.get((*at, "onbekend"), 0.0)
    classes = [unknown]
    if None not in yes:
        classes += [row["teller"] - sum(yes), rest - unknown - (row["teller"] - sum(yes))]
    return 0 < rest < least or any(0 < count < threshold for count in classes)


def _nothing(layer: Layer, name: str, policy: Policy) -> object:
    """What stands in the place of a value that is held back."""
    field = layer.fields[name]
    if "onbekend" in field.codes:
        return "onbekend"
    if field.type == "text" and not field.codes:
        return f"{HELD_BACK}: minder dan {policy.threshold} woningen of feiten"
    return None


def _numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").astype("Float64")
