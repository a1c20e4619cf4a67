"""Counting layers whose rows may not leave: one table per field and series, by unit."""

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ..catalogue import Layer
from ..errors import ReleaseRefused
from ..keys import stable_id
from .count import Counted, count, fingerprint
from .ledger import Ledger
from .places import TOTAL, Places
from .policy import Policy
from .pseudonym import record_keys
from .rounding import round_to_base
from .subjects import Theme, countable, dominated, find, themes
from .suppress import TooLittleLeft
from .tables import HIDDEN, SHOWN, SMALL

Note = tuple[str, str, int]
_WORDS = {SHOWN: "getoond", SMALL: "interval", HIDDEN: "verborgen"}


@dataclass
class Tallies:
    """The tables of one release as they are made.

    Attributes:
        policy: Thresholds of the tier.
        ledger: What was released before.
        places: Dwellings with their units.
        unit: Kind of unit; empty for those of the tier.
        boundary: Area to which the counts are confined.
        secret: Key of the cell-key noise.
        rows: Tables to publish.
        cells: What a reader learns of each cell, for the ledger.
        correlations: Rank correlation of each table before and after protection.
        told: Layer in which each field is counted: the same fact from two layers could be hidden in one and
            shown in the other.
    """

    policy: Policy
    ledger: Ledger
    places: Places | None
    unit: str = ""
    boundary: shapely.Geometry | None = None
    secret: bytes = b""
    rows: list[pd.DataFrame] = field(default_factory=list)
    cells: list[pd.DataFrame] = field(default_factory=list)
    correlations: list[float] = field(default_factory=list)
    told: dict[tuple[str, tuple[str, ...], str], str] = field(default_factory=dict)

    def add(self, layer: Layer, frame: pd.DataFrame) -> list[Note]:
        """Count every field of a layer that may be counted.

        In P2 a table that would hide too much by street side is made by cell.

        Returns:
            Notes for the report: what was left out, suppressed or refused.
        """
        fields = countable(layer, frame, self.policy)
        units = [self.unit] if self.unit else ["straatzijde", "cel"][self.policy.tier == "P3" :]
        if not fields:
            return [("weggelaten", f"geen veld mag op niveau {self.policy.tier} vertrekken", len(frame))]
        if self.policy.tier == "P3" and units == ["straatzijde"]:
            return [("geweigerd", "een straatzijde is te klein voor open data", len(frame))]
        if self.places is None:
            return [("geweigerd", "zonder woningen en hun ligging is geen groepsgrootte bekend", len(frame))]
        places, place = find(self.places, frame)
        notes: list[Note] = []
        if (place < 0).any():
            reason = "rijen zonder bekende woning of ligging zijn niet geteld"
            notes.append(("weggelaten", reason, int((place < 0).sum())))
        divided = {unit: self._divide(unit, places, layer) for unit in units}
        for theme in themes(layer, fields, frame, place, self.policy):
            same = (theme.field.name, tuple(sorted(theme.labels)), theme.series)
            if self.told.setdefault(same, layer.id) != layer.id:
                notes.append(("weggelaten", f"{theme.title}: geteld in {self.told[same]}", theme.rows))
                continue
            for unit in units:
                made, found = self._count(theme, places, unit, divided[unit])
                if made is not None:
                    self._store(theme, unit, made)
                    break
            notes += found
        return notes

    def _divide(self, unit: str, places: Places, layer: Layer) -> NDArray[np.object_]:
        s, inside = self.policy.settings, places.within(self.boundary)
        return places.divide(unit, self.policy.k(layer), s["cel_wortel_m"], s["cel_kleinste_m"], inside)

    def _count(
        self, theme: Theme, places: Places, unit: str, unit_of: NDArray[np.object_]
    ) -> tuple[Counted | None, list[Note]]:
        """The table of one theme by one kind of unit, or why there is none."""
        s, k = self.policy.settings, self.policy.k(theme.layer)
        if unit == "sector" and len(set(unit_of) - {None}) < s["sectoren_minstens"]:
            reason = f"{theme.title}: minder dan {s['sectoren_minstens']} statistische sectoren"
            return None, [("geweigerd", reason, theme.rows)]
        earlier = self.ledger.earlier(theme.subject.name)
        earlier = [e for e in earlier if e.concerns(theme.subject.name, theme.subject.codes)]
        try:
            made = count(
                theme.subject,
                places,
                unit,
                unit_of,
                k,
                self.policy.threshold,
                earlier,
                dominated(theme.subject, unit_of, self.policy),
                s["onderdrukt_hoogstens_pct"] / 100,
                fingerprint(theme.subject, places, unit, unit_of, k, self.policy),
            )
        except TooLittleLeft as refusal:
            return None, [("weggelaten", f"{theme.title}: {refusal.what}", theme.rows)]
        except ReleaseRefused as refusal:
            return None, [("geweigerd", f"{theme.title}: {refusal.what}", theme.rows)]
        if made is None:
            return None, [
                ("weggelaten", f"{theme.title}: geen enkele {unit} telt genoeg woningen", theme.rows)
            ]
        closed = int((made.safe.flags != SHOWN).sum())
        notes = [("onderdrukt", f"{theme.title}: cellen", closed)] if closed else []
        if made.left_out:
            reason = f"{theme.title}: eenheden met te weinig woningen, of waarin niets de kleine aantallen beschermt"
            notes.append(("weggelaten", reason, made.left_out))
        return made, notes

    def _publish(self, theme: Theme, made: Counted) -> tuple[NDArray[np.float64], float]:
        """Values to print, and how far the truth may lie from them."""
        s, hidden = self.policy.settings, made.safe.flags != SHOWN
        if self.policy.rounds:
            base = int(s["basis_p3"])
            if theme.subject.p is None:
                return round_to_base(made.true, base, hidden=hidden), base - 1.0
            return round_to_base(made.true[:, 0], base, hidden=hidden[:, 0])[:, None], float(base)
        if self.policy.noisy and theme.subject.p is None:
            spread = int(s["ruis"])
            noise = made.noise(record_keys(theme.subject.place, self.secret), spread)
            return np.where(hidden, np.nan, made.true + noise), float(spread)
        return made.safe.values, 0.0

    def _store(self, theme: Theme, unit: str, made: Counted) -> None:
        """Keep the table for publication, and what it tells for the ledger."""
        value, reach = self._publish(theme, made)
        subject, flags, flat = theme.subject, made.safe.flags.ravel(), value.ravel()
        counts = subject.p is None
        units = np.repeat([*made.units, TOTAL], len(made.codes))
        codes = np.tile(made.codes, len(made.units) + 1)
        start, end = subject.period or (pd.NaT, pd.NaT)
        share = (
            100.0 * value / np.where(value[:, -1:] > 0, value[:, -1:], np.nan) if counts else value * np.nan
        )
        text = {SMALL: f"<{self.policy.threshold}", HIDDEN: "niet getoond"}
        self.rows.append(
            pd.DataFrame(
                {
                    "telling_id": [
                        stable_id("telling", unit, u, subject.name, c)
                        for u, c in zip(units, codes, strict=True)
                    ],
                    "eenheid": np.where(units == TOTAL, TOTAL, unit),
                    "eenheid_id": units,
                    "laag": theme.layer.id,
                    "veld": theme.field.name,
                    "reeks": theme.series or None,
                    "code": codes,
                    "klasse": [theme.labels.get(c, TOTAL) for c in codes],
                    "waarde": flat,
                    "weergave": [text.get(flag, f"{v:g}") for v, flag in zip(flat, flags, strict=True)],
                    "aandeel_pct": (np.round(share / 5) * 5).ravel(),
                    "getoond": [_WORDS[flag] for flag in flags],
                    "van": start,
                    "tot": end,
                    "_soort": unit,
                }
            )
        )
        known, true = made.safe.knowledge, made.true.ravel()
        vague = (flags == SHOWN) & (reach > 0) & (true > 0)
        least = (
            np.where(true >= self.policy.threshold, self.policy.threshold, 0)
            if counts
            else np.zeros(len(true))
        )
        high = np.where(vague, flat + reach, known.upper)
        self.cells.append(
            pd.DataFrame(
                {
                    "onderwerp": subject.name,
                    "eenheid": unit,
                    "eenheid_id": units,
                    "code": codes,
                    "van": start,
                    "tot": end,
                    "ondergrens": np.where(vague, np.maximum(least, flat - reach), known.lower),
                    "bovengrens": np.where(np.isinf(high), np.nan, high),
                    "breedte": known.need,
                    "k": self.policy.k(theme.layer),
                    "invoer_sha256": made.source,
                }
            )
        )
        filled = true > 0
        after = np.select([flags == SMALL, flags == HIDDEN], [self.policy.threshold / 2, 0.0], flat)
        before, after = true[filled], after[filled]
        if filled.sum() > 2 and np.ptp(before):
            ranks = pd.DataFrame({"voor": before, "na": after}).rank()
            # where all that leaves is alike, nothing of the order is left
            self.correlations.append(float(ranks["voor"].corr(ranks["na"])) if np.ptp(after) else 0.0)

    def shown(self) -> tuple[int, int, int]:
        """Cells shown, as an interval and hidden, over all tables."""
        words = [word for rows in self.rows for word in rows["getoond"]]
        return words.count("getoond"), words.count("interval"), words.count("verborgen")

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables as layers: units with a geometry, and the totals apart."""
        if not self.rows:
            return {}
        rows = pd.concat(self.rows, ignore_index=True)
        kind, total = rows.pop("_soort"), rows["eenheid"].eq(TOTAL)
        result = {"tellingen_totaal": rows[total].reset_index(drop=True)}
        for name, side in (("tellingen_straatzijde", True), ("tellingen_vlak", False)):
            part = rows[~total & (kind.eq("straatzijde") == side)]
            shapes: dict[str, shapely.Geometry] = {}
            for unit in sorted(part["eenheid"].unique()):
                names = sorted(part.loc[part["eenheid"].eq(unit), "eenheid_id"].unique())
                shapes |= dict(zip(names, self.places.shapes(unit, names), strict=True))
            if len(part):
                geometry = [shapes[u] for u in part["eenheid_id"]]
                result[name] = gpd.GeoDataFrame(part, geometry=geometry, crs="EPSG:31370").reset_index(
                    drop=True
                )
        return result
