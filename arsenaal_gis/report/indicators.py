"""Indicators as they may be printed: the tier of each card respected, small counts held back."""

import pandas as pd

from ..privacy.policy import open_to

HELD_BACK = "onderdrukt"


def printable_indicators(rows: pd.DataFrame, tier: str, threshold: int) -> pd.DataFrame:
    """Keep what the tier may see; a share of which either side counts 1 to ``threshold`` - 1 loses its figures.

    Args:
        rows: Rows of ``indicatoren``.
        tier: Tier of the audience.
        threshold: Smallest count that is shown.
    """
    if not len(rows):
        return rows
    kept = rows[[open_to(level, tier) for level in rows["niveau"]]].copy()
    yes = kept["teller"].astype(float)
    no = kept["noemer"].astype(float) - yes
    small = kept["eenheid"].eq("%") & (yes.between(0.5, threshold - 0.5) | no.between(0.5, threshold - 0.5))
    small = small.fillna(False).to_numpy(bool)
    kept.loc[small, ["teller", "waarde", "onder", "boven"]] = None
    kept.loc[small, "in_woorden"] = f"{HELD_BACK}: minder dan {threshold} aan een van beide kanten"
    return kept
