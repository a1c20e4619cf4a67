"""The data behind the steering group's pages: released at P2, written to a file of its own.

Nothing is drawn from the wijk or the plan itself, so that what is suppressed or not printed is absent from the data.
"""

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .. import indicators
from ..catalogue import load
from ..gpkg import settle
from ..privacy import Ledger, Places, Policy, Release, locate, release
from ..progress import SILENT, Progress
from ..unsealing.shapes import polygonal
from ..wijk import Plan, Wijk
from .drawn import write_drawn
from .figures import CHANGES
from .themes import Theme, base_layers, themes

TIER = "P2"
# By street side most counts of a wijk of short streets fall under the thresholds, and the map shows nothing.
_UNIT = "cel"
# A gap between houses up to twice the first is a street or a yard, and belongs with them.
_CLOSED_M, _AROUND_M = 40.0, 12.0
_UNKNOWN = "onbekend"


def printable(
    wijk: Wijk, plan: Plan, path: Path, wanted: Iterable[Theme] | None = None, progress: Progress = SILENT
) -> Release:
    """Write the layers that pages at P2 may draw.

    Args:
        wijk: The wijk.
        plan: The plan to print.
        path: GeoPackage to make.
        wanted: Themes to print; all by default.
        progress: Where to report.

    Returns:
        The release; its findings say what was held back.

    Raises:
        ReleaseRefused: Nothing may be printed at this tier.
    """
    chosen = tuple(themes() if wanted is None else wanted)
    progress.stage("gegevens voor de kaarten vrijgeven")
    frames = _frames(wijk, plan, chosen)
    places = locate({id: wijk.layer(id) for id in ("woningen", "adressen", "straten", "sectoren")})
    policy = Policy(TIER, wijk.settings["privacy"])
    inhabited, built = _inhabited(places, policy), built_up(wijk)
    run = plan.layer("run")
    let_go = release(
        frames, TIER, Ledger.of(wijk.folder), places=places, settings=wijk.settings["privacy"], partial=True,
        destination="kaarten", unit=_UNIT, peildatum=run["peildatum"].iloc[0].date() if len(run) else None,
    )  # fmt: skip
    progress.stage("gegevens voor de kaarten schrijven", len(let_go.layers))
    path.unlink(missing_ok=True)
    for layer, rows in let_go.layers.values():
        progress.check()
        if layer.spatial and layer.id not in ("tellingen_straatzijde", "tellingen_vlak"):
            write_drawn(path, layer, rows)
        progress.advance()
    counted = let_go.layers.get("tellingen_vlak")
    for theme in chosen:
        if theme.share is not None and counted is not None:
            rows = cell_shares(counted[1], theme, policy.threshold, int(policy.settings["k_p2"]), inhabited)
            if len(rows):
                rows.geometry = polygonal(shapely.intersection(rows.geometry.to_numpy(), built))
                rows = rows[rows.area > 0]
                write_drawn(path, load().layer(f"kaart_{theme.id}"), rows)
    settle(path)
    return let_go


def _frames(wijk: Wijk, plan: Plan, chosen: Iterable[Theme]) -> dict[str, pd.DataFrame]:
    """Rows that the themes need; of counted layers only the key and the counted field."""
    needed = dict.fromkeys(
        [*base_layers(), *(id for theme in chosen for id in (*theme.layers, *theme.legend, *theme.tables))]
    )
    results = set(plan.layers())
    frames = {}
    for id in needed:
        layer = load().layer(id)
        if layer.geometry == "raster" or id.startswith("kaart_"):
            continue
        if id == CHANGES:
            frame = between_waves(plan)
        else:
            frame = plan.layer(id) if id in results else wijk.layer(id)
        if len(frame):
            frames[id] = frame
    for theme in chosen:
        for id, substitute in theme.instead.items():
            if id in frames:
                frames.pop(substitute, None)
        if theme.share is not None:
            source = plan if theme.share.layer in results else wijk
            rows, layer = source.layer(theme.share.layer), load().layer(theme.share.layer)
            kept = frames.get(theme.share.layer, rows[[*layer.key, "geom"]])
            if len(rows):
                frames[theme.share.layer] = kept.assign(**{theme.share.field: rows[theme.share.field]})
    return frames


def between_waves(plan: Plan) -> pd.DataFrame:
    """Changes between the waves of visits within one plan, as rows of ``verandering_indicatoren``."""
    frame = indicators.compare(plan, plan).indicators
    if not len(frame):
        return frame
    by_wave = {card.id for card in indicators.cards() if card.by_wave}
    return frame[frame["indicator"].isin(by_wave)].reindex(columns=list(load().layer(CHANGES).fields))


def _inhabited(places: Places, policy: Policy) -> gpd.GeoSeries:
    """Squares of the cells with dwellings, by cell."""
    everywhere = places.within(None)
    cell = places.divide(
        _UNIT,
        int(policy.settings["k_p2"]),
        policy.settings["cel_wortel_m"],
        policy.settings["cel_kleinste_m"],
        everywhere,
    )
    names = sorted(set(cell) - {None})
    return gpd.GeoSeries(places.shapes(_UNIT, names), index=names, crs=31370)


def built_up(wijk: Wijk) -> shapely.Geometry:
    """Where a cell is coloured: in the wijk, on and around its main buildings; nobody lives in the park or a shed."""
    buildings = wijk.layer("gebouwen")
    if not len(buildings):
        return wijk.boundary
    houses = buildings[buildings["type"].ne("bijgebouw")].geometry.to_numpy()
    around = shapely.union_all(shapely.buffer(houses, _CLOSED_M, quad_segs=4))
    return shapely.buffer(around, _AROUND_M - _CLOSED_M, quad_segs=4).intersection(wijk.boundary)


def cell_shares(
    counts: gpd.GeoDataFrame, theme: Theme, threshold: int, least: int, cells: gpd.GeoSeries | None = None
) -> gpd.GeoDataFrame:
    """Class of the theme's share, of the dwellings that are known, for every cell with dwellings.

    What a count may be follows from what was released: an interval is 1 .. threshold - 1, and what the total leaves
    when the other counts are taken off. Where the share lies in one class whatever the counts are, that class is
    told: nothing more than the counts themselves tell.

    Args:
        counts: Rows of ``tellingen_vlak``.
        theme: A theme with a share.
        threshold: Smallest count that is shown.
        least: Fewest known dwellings that a share is told of.
        cells: Squares of the cells with dwellings, by cell; those that were not released are ``onderdrukt`` as well.

    Returns:
        Rows for ``kaart_<theme>``; a cell whose share may lie in more than one class is ``onderdrukt``.
    """
    share, classes = theme.share, _classes(f"kaart_{theme.id}")
    codes = list(load().layer(share.layer).fields[share.field].codes)
    rows = counts[counts["laag"].eq(share.layer) & counts["veld"].eq(share.field)]
    shapes, found = {}, {}
    for cell, part in rows.groupby("eenheid_id", sort=True):
        by_code = part.set_index("code")
        total = by_code["waarde"].get("totaal", np.nan)
        held = by_code.reindex(codes)
        low = held["waarde"].fillna(held["getoond"].eq("interval").astype(float))
        high = (
            held["waarde"]
            .fillna(total)
            .mask(held["getoond"].eq("interval") & held["waarde"].isna(), threshold - 1)
        )
        counted, unknown = (_between(low, high, total, group) for group in (share.codes, (_UNKNOWN,)))
        shapes[cell] = part.geometry.iloc[0]
        if total == unknown[0]:
            found[cell] = "onbekend"
        elif not total - unknown[1] >= least:
            found[cell] = "onderdrukt"
        else:
            lowest = _class(counted[0] / (total - unknown[0]), classes)
            highest = _class(min(counted[1] / (total - unknown[1]), 1.0), classes)
            found[cell] = lowest if lowest == highest else "onderdrukt"
    if found and cells is not None:
        for cell, square in cells.items():
            found.setdefault(cell, "onderdrukt")
            shapes.setdefault(cell, square)
    return gpd.GeoDataFrame(
        {"eenheid_id": list(found), "klasse": list(found.values())},
        geometry=[shapes[cell] for cell in found],
        crs=counts.crs,
    ).rename_geometry("geom")


def _between(low: pd.Series, high: pd.Series, total: float, codes: Iterable[str]) -> tuple[float, float]:
    """Fewest and most dwellings with these codes: what they may be themselves, and what the others leave of the total."""
    mine = low.index.isin(list(codes))
    return (
        max(low[mine].sum(), total - high[~mine].sum()),
        min(high[mine].sum(), total - low[~mine].sum()),
    )


def _classes(layer: str) -> dict[str, float]:
    """Classes of a map of shares, and where each ends."""
    codes = load().layer(layer).fields["klasse"].codes
    return {code: float(code.split("_")[1]) / 100 for code in codes if "_" in code}


def _class(share: float, classes: dict[str, float]) -> str:
    """Class of a share of 0 .. 1."""
    return next((code for code, end in classes.items() if share < end - 1e-9), list(classes)[-1])
