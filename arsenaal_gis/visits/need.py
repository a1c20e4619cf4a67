"""Who needs a visit first, in points that explain themselves (methods D1)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..priority import rank_acceptability, robustness_class
from .answers import DAYPARTS
from .protocol import Rules, Standing, standing, visits_by_dwelling

SCREENING = ("dak", "gevel", "ramen", "vocht", "elektriciteit", "gas_co", "verwarming", "sanitair")
# Points by factor: the column of the contribution and the setting with the most it can give.
FACTORS = {
    "punten_dossier": "geen_dossier_punten",
    "punten_gegevens": "ontbrekende_gegevens_punten",
    "punten_leeftijd": "voor_1946_punten",
    "punten_vergunning": "geen_vergunning_punten",
    "punten_eigendom": "huur_punten",
    "punten_melding": "melding_punten",
    "punten_epc": "epc_punten",
}
# Share of the dwellings that counts as "the first" when the robustness of a rank is told.
TOP = 0.1


def visit_need(
    dwellings: pd.DataFrame,
    log: pd.DataFrame,
    renovation: pd.DataFrame,
    quality: pd.DataFrame,
    survey: pd.DataFrame,
    chances: pd.DataFrame,
    on: dt.date,
    values: Mapping[str, Any],
    random: np.random.Generator,
) -> pd.DataFrame:
    """Tier, points, reasons and the next allowed moment of every dwelling.

    Nothing about origin, income or names enters the points.

    Args:
        dwellings: Layer ``woningen``.
        log: Layer ``bezoeken``.
        renovation: Newest row of ``renovatie`` by ``woning_id``.
        quality: Newest row of ``woonkwaliteit`` by ``woning_id``.
        survey: Newest row of ``bevraging`` by ``woning_id``.
        chances: Result of ``answer_chance``.
        on: Day from which the rounds are planned.
        values: Settings of section ``bezoeken``.
        random: Draws the dwellings of the exploration sample.

    Returns:
        Rows of layer ``bezoek_prioriteit`` without geometry, in the order of ``dwellings``.
    """
    frame = dwellings.reset_index(drop=True)
    ids = frame["woning_id"].astype(str)
    renovation, quality, survey = (table.reindex(ids) for table in (renovation, quality, survey))
    phase = renovation["traject_fase"].fillna("").astype(str).to_numpy(object)
    gas = renovation["screening_gas_co"].fillna(0).to_numpy(float)
    works_done = renovation["renovatiestatus"].eq("afgerond").fillna(False).to_numpy(bool)
    uninhabitable = quality["onbewoonbaar"].eq("ja").fillna(False).to_numpy(bool)
    gas_risk = (gas >= values["gas_risico_vanaf"]) & ~works_done
    unsafe = gas_risk | uninhabitable
    vacant = quality["leegstand"].eq("ja").fillna(False).to_numpy(bool)

    rules, visits = Rules.from_settings(values), visits_by_dwelling(log)
    stands = [
        standing(visits.get(key, []), on, rules, unsafe=bool(danger), phase=state)
        for key, danger, state in zip(ids, unsafe, phase, strict=True)
    ]
    year_ago = pd.Timestamp(on) - pd.DateOffset(months=12)
    wave = rules.wave(on)

    known, missing = completeness(frame, renovation)
    screened = np.array([any(v.outcome == "bezocht" for v in visits.get(key, [])) for key in ids])
    screened |= renovation["screening_datum"].notna().to_numpy()
    points, words = _points(frame, renovation, quality, survey, known, screened, year_ago, values)
    promised = np.array([stand.status == "afspraak" for stand in stands])
    panel = np.array([_baseline_only(visits.get(key, []), wave) for key in ids])
    tier = np.select([unsafe, promised, panel], ["veiligheid", "beloofd", "hermeting"], "score")

    total = points.sum(axis=1).to_numpy()
    sample = (tier == "score") & (random.random(len(frame)) < values["verkenning_aandeel"])
    reasons = [
        _reasons(row, danger_gas, danger_home, stand, again, drawn, gaps)
        for row, danger_gas, danger_home, stand, again, drawn, gaps in zip(
            words, gas_risk, uninhabitable, stands, panel, sample, missing, strict=True
        )
    ]
    result = frame[["woning_id", "adres_id", "straat", "huisnummer", "busnummer"]].copy()
    result["trap"], result["punten"] = tier, total
    result["volledigheid_pct"] = 100 * known
    result = result.join(points)
    result["verkenning"] = sample
    result["redenen"] = ["; ".join(parts) for parts in reasons]
    steps = {"veiligheid": 3, "beloofd": 2, "hermeting": 1, "score": 0}
    order = np.lexsort((ids, -total, [-steps[t] for t in tier]))
    result["rang"] = np.empty(len(order), int)
    result.loc[order, "rang"] = np.arange(1, len(order) + 1)
    result["rang_robuust"] = _robustness(points, tier, values, random)
    top_sample = float(np.quantile(total, 0.95)) if len(total) else 0.0
    result["planwaarde"] = [
        100.0 * steps[t] + (max(p, top_sample) if s else p)
        for t, p, s in zip(tier, total, sample, strict=True)
    ]
    result["status"] = np.where(vacant, "leegstaand", [stand.status for stand in stands])
    result["pogingen"] = [stand.attempts for stand in stands]
    result["dagdelen_geprobeerd"] = [",".join(stand.tried) for stand in stands]
    allowed = [None if empty else stand.not_before for stand, empty in zip(stands, vacant, strict=True)]
    result["niet_voor"] = pd.to_datetime(pd.Series(allowed, dtype=object))
    result["uiterlijk"] = pd.to_datetime(pd.Series([stand.not_after for stand in stands], dtype=object))
    result["afspraak_op"] = pd.to_datetime(pd.Series([stand.appointment for stand in stands], dtype=object))
    result["golf"] = wave
    result["bezoektype"] = _kinds(tier, stands, renovation, quality, survey, phase)
    for part in DAYPARTS:
        result[f"kans_{part}"] = float(chances.loc[part, "kans"])
    return result


def completeness(dwellings: pd.DataFrame, renovation: pd.DataFrame) -> tuple[np.ndarray, list[list[str]]]:
    """Share of the essential fields that is known per dwelling, and the Dutch names of those that are not."""
    sheet = renovation[[f"screening_{part}" for part in SCREENING]].notna().to_numpy().all(axis=1)
    known = {
        "bouwjaar": (dwellings["bouwjaar_klasse"] != "onbekend").fillna(False).to_numpy(bool),
        "eigendom": (dwellings["eigendom"].fillna("onbekend") != "onbekend").to_numpy(bool),
        "renovatiestatus": (renovation["renovatiestatus"].fillna("onbekend") != "onbekend").to_numpy(bool),
        "energiescan": renovation["energiescan"].isin(["ja", "nee"]).to_numpy(bool),
        "EPC-label": renovation["epc_label"].notna().to_numpy(bool),
        "technische screening": sheet,
    }
    table = np.array(list(known.values())).T
    return table.mean(axis=1), [
        [n for n, there in zip(known, row, strict=True) if not there] for row in table
    ]


def _points(
    frame: pd.DataFrame,
    renovation: pd.DataFrame,
    quality: pd.DataFrame,
    survey: pd.DataFrame,
    known: np.ndarray,
    screened: np.ndarray,
    year_ago: pd.Timestamp,
    values: Mapping[str, Any],
) -> tuple[pd.DataFrame, list[list[tuple[float, str]]]]:
    """Contribution of each factor, and (points, Dutch words) of those that count."""
    year = frame["bouwjaar"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    age = frame["bouwjaar_klasse"].fillna("onbekend").to_numpy(str)
    old = np.isin(age, ["voor_1900", "1900_1945"]) | (year < 1946)
    middle = ~old & ((age == "1946_1970") | (year < 1971))
    young = ~old & ~middle & (year < 1983)
    age_points = np.select(
        [old, middle, young],
        [values["voor_1946_punten"], values["van_1946_tot_1970_punten"], values["van_1971_tot_1982_punten"]],
        0.0,
    )
    age_words = np.select(
        [old, middle, young], ["gebouwd voor 1946", "gebouwd 1946-1970", "gebouwd 1971-1982"], ""
    )
    renewed = (frame["gewijzigd_jaar"] >= 1983).fillna(False).to_numpy(bool) | (year >= 1983)
    renewed |= renovation["renovatiestatus"].eq("afgerond").fillna(False).to_numpy(bool)
    renewed |= age == "onbekend"
    tenure = frame["eigendom"].fillna("onbekend").to_numpy(str)
    rented = tenure != "eigenaar"
    recent_survey = (survey["datum"] >= year_ago) & (
        survey["nood_woonkwaliteit"].eq("ja") | survey["hulp_gemist"].eq("ja")
    )
    bad_home = quality["ongeschikt"].eq("ja") | quality["crisiswoning"].eq("ja")
    recent_quality = (quality["datum"] >= year_ago) & bad_home
    reported = recent_survey.fillna(False).to_numpy(bool) | recent_quality.fillna(False).to_numpy(bool)
    label = renovation["epc_label"].fillna("").to_numpy(str)
    poor_epc = np.isin(label, ["E", "F", ""])
    share = 1 - known
    contribution = {
        "punten_dossier": (
            values["geen_dossier_punten"] * ~screened,
            np.where(screened, "", "nog niet gescreend"),
        ),
        "punten_gegevens": (values["ontbrekende_gegevens_punten"] * share, None),
        "punten_leeftijd": (age_points, age_words),
        "punten_vergunning": (
            values["geen_vergunning_punten"] * ~renewed,
            np.where(renewed, "", "geen werken gekend sinds 1983"),
        ),
        "punten_eigendom": (
            values["huur_punten"] * rented,
            np.select([tenure == "eigenaar", tenure == "onbekend"], ["", "eigendom onbekend"], "verhuurd"),
        ),
        "punten_melding": (
            values["melding_punten"] * reported,
            np.where(reported, "probleem gemeld in de laatste 12 maanden", ""),
        ),
        "punten_epc": (
            values["epc_punten"] * poor_epc,
            np.select(
                [label == "", np.isin(label, ["E", "F"])], ["EPC onbekend", np.char.add("EPC ", label)], ""
            ),
        ),
    }
    points = pd.DataFrame({name: np.asarray(value, float) for name, (value, _) in contribution.items()})
    told = [
        (points[name].to_numpy(), np.asarray(text, dtype=object))
        for name, (_, text) in contribution.items()
        if text is not None
    ]
    words = [
        [(float(value[i]), str(text[i])) for value, text in told if text[i] and value[i] > 0]
        for i in range(len(frame))
    ]
    return points, words


def _reasons(
    words: list[tuple[float, str]],
    gas_risk: bool,
    uninhabitable: bool,
    stand: Standing,
    again: bool,
    drawn: bool,
    missing: list[str],
) -> list[str]:
    """Reasons in Dutch, heaviest first."""
    reasons = []
    if gas_risk:
        reasons.append("risico op CO: gastoestel afgekeurd bij de screening")
    if uninhabitable:
        reasons.append("onbewoonbaar verklaard")
    if stand.appointment:
        reasons.append(f"afspraak op {stand.appointment:%d/%m/%Y om %H.%M u}")
    elif stand.status == "afspraak":
        reasons.append("bezoek beloofd, nog geen moment")
    if again:
        reasons.append("bezocht in de nulmeting: meting herhalen")
    if drawn:
        reasons.append("verkenning: door het lot aangeduid")
    reasons += [text for _, text in sorted(words, key=lambda item: -item[0])]
    if missing:
        reasons.append(f"ontbreekt: {', '.join(missing)}")
    if stand.not_after:
        reasons.append(f"volgende poging uiterlijk {stand.not_after:%d/%m/%Y}")
    return reasons


def _baseline_only(visits: list, wave: str) -> bool:
    """Visited in the baseline and, in the follow-up, not visited again yet."""
    reached = {visit.wave for visit in visits if visit.outcome == "bezocht"}
    return wave == "nameting" and "nulmeting" in reached and "nameting" not in reached


def _kinds(
    tier: np.ndarray,
    stands: list[Standing],
    renovation: pd.DataFrame,
    quality: pd.DataFrame,
    survey: pd.DataFrame,
    phase: np.ndarray,
) -> np.ndarray:
    """What kind of visit it is: decides which role has to be in the team."""
    legal = (quality["ongeschikt"].eq("ja") | survey["hulp_gemist"].eq("ja")).fillna(False).to_numpy(bool)
    known = np.array([stand.status != "nooit" for stand in stands])
    scan = renovation["energiescan"].eq("nee").fillna(False).to_numpy(bool)
    works = np.isin(phase, ["advies_gegeven", "offerte", "in_uitvoering"])
    return np.select(
        [tier == "veiligheid", tier == "hermeting", legal & known, works, scan & known],
        ["veiligheid", "hermeting", "juridisch", "renovatie", "energiescan"],
        "kennismaking",
    )


def _robustness(
    points: pd.DataFrame, tier: np.ndarray, values: Mapping[str, Any], random: np.random.Generator
) -> np.ndarray:
    """Whether a dwelling stays among the first tenth of the score tier whatever the weights."""
    most = np.array([max(float(values[name]), 1e-9) for name in FACTORS.values()])
    words = np.full(len(points), "trap gaat voor", dtype=object)
    rows = np.flatnonzero(tier == "score")
    if len(rows):
        scaled = np.clip(points[list(FACTORS)].to_numpy()[rows] / most, 0, 1)
        first = max(1, int(TOP * len(rows)))
        shares = rank_acceptability(scaled, n=400, seed=int(random.integers(2**31)), ranks=first)
        words[rows] = robustness_class(shares.sum(axis=1))
    return words
