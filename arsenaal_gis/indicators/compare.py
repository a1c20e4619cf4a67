"""Change of the indicators between two plans or two waves: same units, all units, and composition."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..hotspots.rates import fdr_q
from ..hotspots.words import count
from ..wijk import Plan
from .cards import Card, cards
from .changes import row_changes
from .measure import UNKNOWN, WAVES, WHOLE, YES, Measurement, measure
from .statistics import (
    Estimate,
    bootstrap_change,
    bootstrap_mean,
    conditional_binomial,
    kitagawa,
    matched_change,
    mcnemar_exact,
    newcombe,
    rate_ratio,
    share_p,
)
from .words import BETTER, CHANGED, SAME, UNMEASURABLE, UNPROVEN, WORSE, change_sentence
from .words import UNKNOWN as UNKNOWN_VERDICT

ALPHA = 0.05


@dataclass(frozen=True)
class Comparison:
    """What changed between two plans.

    Attributes:
        indicators: Rows of ``verandering_indicatoren``: change of the same and of all units, by indicator.
        rows: Rows of ``verandering``: per unit and field what changed, beyond the tolerance of the field.
    """

    indicators: pd.DataFrame
    rows: pd.DataFrame


def compare(before: Plan, after: Plan) -> Comparison:
    """Compare two plans.

    Indicators per wave compare the baseline of the first plan with the follow-up of the second (the same plan
    may be given twice); the others compare the plans themselves.

    Args:
        before: The earlier plan.
        after: The later plan.

    Returns:
        Changes of indicators and of rows.
    """
    summary = []
    recorded = [(plan, plan.layer("indicator_eenheden")) for plan in (before, after)]
    for card in cards():
        first, second = (_measured(card, *one) for one in recorded)
        waves = WAVES if card.by_wave else (WHOLE, WHOLE)
        pair = first.get(waves[0]), second.get(waves[1])
        if any(pair):
            summary.append(indicator_change(card, *pair))
    return Comparison(_corrected(pd.DataFrame(summary)), row_changes(before, after))


def _corrected(rows: pd.DataFrame) -> pd.DataFrame:
    """Say of every proven change whether it stands among so many indicators looked at."""
    if "p" not in rows:
        return rows
    rows["q"] = fdr_q(rows["p"].to_numpy(float))
    weak = rows["oordeel"].isin((BETTER, WORSE, CHANGED)) & (rows["q"] > ALPHA)
    tail = f" Verkennend: houdt geen stand na correctie voor {int(rows['p'].notna().sum())} indicatoren."
    rows.loc[weak, "in_woorden"] += tail
    return rows


def indicator_change(card: Card, before: Measurement | None, after: Measurement | None) -> dict:
    """Compare one indicator at two moments.

    Args:
        card: The card.
        before: Its earlier measurement, or None.
        after: Its later measurement, or None.

    Returns:
        A row of ``verandering_indicatoren``.
    """
    row = {"indicator": card.id, "titel": card.title["nl"], "eenheid": card.unit, "richting": card.direction}
    row |= {"laag": card.layer, "veld": card.value, "ja": ", ".join(card.counted) or None}
    for name, one in (("voor", before), ("na", after)):
        if one is not None:
            estimate = one.estimate()
            row |= {
                f"golf_{name}": one.wave,
                f"teller_{name}": one.numerator,
                f"noemer_{name}": one.denominator,
                f"onbekend_{name}": one.unknown,
                f"waarde_{name}": np.nan if estimate is None else estimate.value,
            }
    if before is None or after is None or before.estimate() is None or after.estimate() is None:
        missing = "de eerste meting" if before is None or before.estimate() is None else "de tweede meting"
        verdict = {
            "oordeel": UNKNOWN_VERDICT,
            "in_woorden": change_sentence(UNKNOWN_VERDICT, None, "", missing),
        }
        return row | verdict
    if card.kind == "telling":
        return row | _counts(card, before, after)
    if card.kind == "verhouding":
        return row | _areas(card, before, after)
    return (
        row | _all_units(card, before, after) | _same_units(card, before, after) | _mix(card, before, after)
    )


def _measured(card: Card, plan: Plan, units: pd.DataFrame) -> dict[str, Measurement]:
    """What the plan recorded of a card; measured anew on its layers where it recorded nothing."""
    own = units[units["indicator"] == card.id]
    if own.empty:
        known = set(plan.layers())
        return {one.wave: one for one in measure(card, lambda id: plan.layer(id) if id in known else None)}
    return {wave: Measurement(card, str(wave), rows) for wave, rows in own.groupby("golf")}


def _verdict(card: Card, change: float, sure: bool) -> str:
    if change == 0:
        return SAME
    if not sure:
        return UNPROVEN
    if abs(change) < card.tolerance:
        return UNMEASURABLE
    if card.direction == "geen":
        return CHANGED
    return BETTER if (change > 0) == (card.direction == "hoger_beter") else WORSE


def _all_units(card: Card, before: Measurement, after: Measurement) -> dict:
    if card.kind == "aandeel":
        counts = [int(x) for one in (before, after) for x in (one.numerator, one.denominator)]
        change, p = _percent(newcombe(*counts)), share_p(*counts)
    else:
        values = [one.known["waarde"].to_numpy(float) for one in (before, after)]
        change = bootstrap_change(*values)
        p = change.p
    verdict = _verdict(card, change.value, change.excludes_zero)
    basis = f"alle eenheden, n = {before.denominator:.0f} en {after.denominator:.0f}"
    return {
        "verschil": change.value,
        "verschil_onder": change.low,
        "verschil_boven": change.high,
        "p": p,
        "oordeel": verdict,
        "in_woorden": change_sentence(verdict, change, card.unit, basis),
    }


def _same_units(card: Card, before: Measurement, after: Measurement) -> dict:
    both = before.units.merge(after.units, on="sleutel", suffixes=("_voor", "_na"))
    one_unknown = (both["klasse_voor"] == UNKNOWN) != (both["klasse_na"] == UNKNOWN)
    pairs = both[(both["klasse_voor"] != UNKNOWN) & (both["klasse_na"] != UNKNOWN)]
    out = {
        "zelfde_n": len(pairs),
        "zelfde_onbekend": int(one_unknown.sum()),
        "nieuw_n": len(set(after.units["sleutel"]) - set(before.units["sleutel"])),
        "verdwenen_n": len(set(before.units["sleutel"]) - set(after.units["sleutel"])),
    }
    if not len(pairs):
        return out
    p = None
    if card.kind == "aandeel":
        was, now = pairs["klasse_voor"] == YES, pairs["klasse_na"] == YES
        kept, lost, won, none = (int(x.sum()) for x in (was & now, was & ~now, ~was & now, ~was & ~now))
        change, p = _percent(matched_change(kept, lost, won, none)), mcnemar_exact(lost, won)
        sure = p <= ALPHA
        out |= {"zelfde_ja_naar_nee": lost, "zelfde_nee_naar_ja": won, "zelfde_p": p}
    else:
        change = bootstrap_mean((pairs["waarde_na"] - pairs["waarde_voor"]).to_numpy(float))
        sure = change.excludes_zero
    verdict = _verdict(card, change.value, sure)
    basis = f"dezelfde eenheden, n = {len(pairs)}"
    return out | {
        "zelfde_verschil": change.value,
        "zelfde_onder": change.low,
        "zelfde_boven": change.high,
        "zelfde_oordeel": verdict,
        "zelfde_in_woorden": change_sentence(verdict, change, card.unit, basis, p),
    }


def _mix(card: Card, before: Measurement, after: Measurement) -> dict:
    if card.kind != "aandeel" or not card.stratum:
        return {}
    tables = [
        one.known.groupby("stratum")["klasse"].agg(n="size", k=lambda c: (c == YES).sum())
        for one in (before, after)
    ]
    strata = sorted(set(tables[0].index) | set(tables[1].index))
    (k0, n0), (k1, n1) = (
        (t["k"].reindex(strata, fill_value=0), t["n"].reindex(strata, fill_value=0)) for t in tables
    )
    if min(n0.sum(), n1.sum()) == 0:
        return {}
    rate, mix = kitagawa(k0.to_numpy(), n0.to_numpy(), k1.to_numpy(), n1.to_numpy())
    return {"door_cijfers": 100 * rate, "door_samenstelling": 100 * mix}


def _counts(card: Card, before: Measurement, after: Measurement) -> dict:
    early, late = before.known, after.known
    if early["tot"].max() >= late["van"].min():
        words = "Onbekend: beide metingen gaan (deels) over dezelfde maanden."
        return {"oordeel": UNKNOWN_VERDICT, "in_woorden": words}
    months = before.denominator, after.denominator
    # Where counts came as intervals, the pair that shows least must still differ, and in the same direction.
    pairs = [(int(x), int(y)) for x, y in ((before.numerator, after.most), (before.most, after.numerator))]
    tests = [conditional_binomial(*pair, *months) for pair in pairs]
    ratios = [rate_ratio(*pair, *months) for pair in pairs]
    changes = [12 * (y / months[1] - x / months[0]) for x, y in pairs]
    p = max(tests) if np.sign(changes[0]) == np.sign(changes[1]) else 1.0
    yearly = Estimate(float(np.mean(changes)), min(changes), max(changes))
    low, high = min(r.low for r in ratios), max(r.high for r in ratios)
    verdict = _verdict(card, yearly.value, p <= ALPHA)
    basis = (
        f"{count(before.numerator, before.most)} in {months[0]:.0f} en "
        f"{count(after.numerator, after.most)} in {months[1]:.0f} maanden"
    )
    ratio = float(np.mean([r.value for r in ratios]))
    return {
        "verschil": yearly.value,
        "ratio": ratio if np.isfinite(ratio) else np.nan,
        "ratio_onder": low,
        "ratio_boven": high if np.isfinite(high) else np.nan,
        "p": p,
        "oordeel": verdict,
        "in_woorden": change_sentence(verdict, yearly, "per jaar", basis, p),
    }


def _areas(card: Card, before: Measurement, after: Measurement) -> dict:
    """A full count has no sampling error: the change counts where it is larger than the measuring error."""
    change = after.estimate().value - before.estimate().value
    verdict = _verdict(card, 0.0 if abs(change) < 1e-9 else change, True)
    basis = f"volledige telling, meetfout {str(card.tolerance).replace('.', ',')} {card.unit}"
    return {
        "verschil": change,
        "oordeel": verdict,
        "in_woorden": change_sentence(verdict, Estimate(change, change, change), card.unit, basis),
    }


def _percent(share: Estimate) -> Estimate:
    return Estimate(100 * share.value, 100 * share.low, 100 * share.high)
