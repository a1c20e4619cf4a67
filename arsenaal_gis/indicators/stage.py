"""Stage: the shared indicators of this plan, and the class of every unit that they rest on."""

import numpy as np
import pandas as pd

from ..plan.context import PlanContext
from .cards import Card, agreed
from .measure import Measurement, measure
from .words import figure_sentence


def run(context: PlanContext) -> None:
    """Put ``indicatoren`` and ``indicator_eenheden``."""
    figures, units = [], []
    for card in agreed(context.wijk.config.indicators):
        context.progress.check()
        measured = measure(card, lambda id: layer_of(context, id))
        if not measured:
            context.warn(f"Indicator '{card.title['nl']}': geen gegevens.")
        for one in measured:
            figures.append(figure_row(one))
            units.append(unit_rows(one))
    if figures:
        context.put("indicatoren", pd.DataFrame(figures))
        context.put("indicator_eenheden", pd.concat(units, ignore_index=True))


def layer_of(context: PlanContext, id: str) -> pd.DataFrame | None:
    """A result of this plan, else the input as it was on the reference date."""
    result = context.result(id)
    if result is not None:
        return result
    rows = context.layer(id)
    if "datum" not in rows.columns:
        return rows
    return rows[rows["datum"].isna() | (rows["datum"] <= pd.Timestamp(context.peildatum))]


def figure_row(one: Measurement) -> dict:
    """A measurement as a row of ``indicatoren``."""
    card, estimate = one.card, one.estimate()
    value = (np.nan,) * 3 if estimate is None else (estimate.value, estimate.low, estimate.high)
    return {
        "indicator": card.id,
        "golf": one.wave,
        "titel": card.title["nl"],
        "vraag": card.question["nl"],
        "laag": card.layer,
        "veld": card.value,
        "ja": ", ".join(card.counted) or None,
        "teller": one.numerator,
        "noemer": one.denominator,
        "onbekend": one.unknown,
        "waarde": value[0],
        "onder": value[1],
        "boven": value[2],
        "eenheid": card.unit,
        "richting": card.direction,
        "streefwaarde": card.target,
        "niveau": card.tier,
        "bron": card.source,
        "eigenaar": card.owner,
        "vergelijking": _comparison(card),
        "volgorde": card.order,
        "in_woorden": figure_sentence(one),
    }


def unit_rows(one: Measurement) -> pd.DataFrame:
    """A measurement as rows of ``indicator_eenheden``."""
    return one.units.assign(indicator=one.card.id, golf=one.wave)


def _comparison(card: Card) -> str:
    parts = [
        f"{name}: {str(figure['waarde']).replace('.', ',')} {card.unit} ({figure['jaar']}, {figure['bron']})"
        for name, figure in card.comparison.items()
    ]
    return "; ".join(parts) or "onbekend"
