"""Chance that somebody opens the door, learned from the city's own log."""

import pandas as pd
from scipy.stats import beta

DAYPARTS = ("wd_09_12", "wd_13_17", "wd_17_20", "za_10_13")
# Outcomes at which somebody opened.
CONTACT = ("bezocht", "geweigerd", "afspraak")
# Beta prior: 2 answers in 5 tries, the weight of a quiet afternoon's work (methods D1).
PRIOR = (2.0, 3.0)


def answer_chance(log: pd.DataFrame) -> pd.DataFrame:
    """Chance of an answer per daypart, from a Beta(2, 3) prior and the log.

    Args:
        log: Visits with ``dagdeel`` and ``resultaat``, one row per attempt; a daypart that is missing or not
            one of ``DAYPARTS`` counts as ``onbekend``.

    Returns:
        One row per daypart and one for ``onbekend``: ``pogingen``, ``antwoorden``, ``kans`` (posterior mean)
        and its central 95 % interval ``kans_laag``, ``kans_hoog``.
    """
    dayparts = [*DAYPARTS, "onbekend"]
    part = log["dagdeel"].where(log["dagdeel"].isin(DAYPARTS), "onbekend").astype(object)
    answered = log["resultaat"].isin(CONTACT).astype(int)
    table = pd.DataFrame(
        {"pogingen": answered.groupby(part).size(), "antwoorden": answered.groupby(part).sum()}
    )
    table = table.reindex(dayparts).fillna(0).astype(int)
    a, b = PRIOR[0] + table.antwoorden, PRIOR[1] + table.pogingen - table.antwoorden
    table["kans"] = a / (a + b)
    table["kans_laag"], table["kans_hoog"] = beta.ppf(0.025, a, b), beta.ppf(0.975, a, b)
    return table.rename_axis("dagdeel")
