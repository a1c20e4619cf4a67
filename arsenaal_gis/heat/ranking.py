"""From exposure to score, rank, robustness and reasons in words (Dutch: they are read by staff)."""

import geopandas as gpd
import numpy as np
import pandas as pd

from .exposure import index_with_people, top_chance
from .inputs import LEVEL_ERROR_C
from .pet import CLASSES_C, UNCERTAINTY_C

CLASS_CODES = ("koel", "geen", "licht", "matig", "sterk", "extreem")
# The error that matters to a ranking is what places do not share: taken as that of a mean of six independent
# hours.
RANK_ERROR_SHARE = 6**-0.5
_SHARES = {
    "boven_drempel_pct": "above_share",
    "schaduw_pct": "shade_share",
    "groen_pct": "green_share",
    "kroon_pct": "crown_share",
}


def finish(
    frame: gpd.GeoDataFrame,
    exposed: pd.DataFrame,
    traits: pd.DataFrame,
    weights: dict[str, float],
    level: str,
    weather: str,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """Return the result layer: what each place is exposed to, its score, rank, robustness and reasons.

    Args:
        frame: Keys and geometry of n places.
        exposed: n rows of :func:`.exposure.exposure`.
        traits: n rows of traits of vulnerability.
        weights: Weight by trait; empty for none.
        level: Input level.
        weather: The day.
        rng: Random numbers for the robustness.
    """
    frame = frame.copy()
    error = float(np.hypot(UNCERTAINTY_C, LEVEL_ERROR_C[level]))
    frame["pet_c"] = exposed.pet_c
    frame["onzekerheid_c"] = np.where(exposed.pet_c.notna(), round(error, 1), np.nan)
    frame["klasse"] = stress_code(exposed.pet_c.to_numpy())
    frame["overmaat_c"] = exposed.excess_c
    for name, source in _SHARES.items():
        frame[name] = 100.0 * exposed[source]
    frame["hemelfactor"] = exposed.svf
    frame["uhi_nacht_c"] = exposed.uhi_c
    for name in [name for name in exposed if name.startswith("bijdrage_")]:
        frame[name] = exposed[name]
    score, vulnerability = index_with_people(exposed.excess_c.to_numpy(), traits, weights)
    frame["kwetsbaarheid"] = vulnerability
    frame["score"] = score
    frame["rang"] = pd.Series(score, frame.index).rank(ascending=False, method="min").astype("Int64")
    chance = top_chance(score, exposed.above_share.to_numpy(), vulnerability, error * RANK_ERROR_SHARE, rng)
    frame["kans_eerste_vijfde_pct"] = 100.0 * chance
    frame["robuustheid"] = np.select(
        [np.isnan(chance), chance >= 0.8, chance >= 0.2],
        ["onbekend", "robuust", "hangt_af"],
        "niet_bij_beste",
    )
    frame["niveau"] = level
    frame["weer"] = weather
    frame["reden"] = reasons(frame)
    return frame


def stress_code(pet: np.ndarray) -> np.ndarray:
    """Return the code of the class of heat stress of each PET, "onbekend" for nan."""
    codes = np.array([*CLASS_CODES, "onbekend"], dtype=object)
    return codes[np.where(np.isnan(pet), len(CLASS_CODES), np.digitize(np.nan_to_num(pet), CLASSES_C))]


def reasons(frame: pd.DataFrame) -> list[str]:
    """Say in Dutch why each place is as hot as it is, its strongest circumstances first."""
    texts = []
    for row in frame.to_dict("records"):
        if np.isnan(row["pet_c"]):
            texts.append("geen buitenruimte gemeten")
            continue
        said = [(99.0, f"PET {_number(row['pet_c'], 1)} °C (±{_number(row['onzekerheid_c'], 1)})")]
        if row["bijdrage_schaduw_c"] > -6.0:
            said.append(
                (
                    6.0 + row["bijdrage_schaduw_c"],
                    f"weinig schaduw: {_number(row['schaduw_pct'])} % van de dag",
                )
            )
        else:
            said.append(
                (
                    -row["bijdrage_schaduw_c"] / 10.0,
                    f"schaduw koelt {_number(-row['bijdrage_schaduw_c'], 1)} °C",
                )
            )
        if row["bijdrage_groen_c"] > -0.3:
            said.append((2.0, f"bijna alles verhard: {_number(row['groen_pct'])} % groen"))
        said.append((row["bijdrage_wind_c"], f"weinig wind: +{_number(row['bijdrage_wind_c'], 1)} °C"))
        said.append(
            (
                row["bijdrage_hitte_eiland_c"],
                f"hitte-eiland: ’s nachts tot +{_number(row['uhi_nacht_c'], 1)} °C",
            )
        )
        if row.get("koele_plek_m", 0.0) > 300.0:
            said.append((1.5, f"koele plek op {_number(row['koele_plek_m'])} m"))
        if row.get("regel_3") == "nee":
            said.append((1.2, f"{row['bomen_in_zicht']} bomen in zicht"))
        if row.get("kwetsbaarheid", 1.0) > 1.1:
            said.append((1.8, "bewoners kwetsbaarder dan gemiddeld"))
        strong = [text for weight, text in sorted(said, key=lambda part: -part[0]) if weight > 0.3]
        texts.append("; ".join(strong[:4]))
    return texts


def _number(value: float, decimals: int = 0) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")
