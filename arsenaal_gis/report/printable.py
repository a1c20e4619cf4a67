"""The data behind the steering group's pages: released at P2, written to a file of its own.

Nothing is drawn from the wijk or the plan itself, so that what is suppressed on paper is absent from the data.
"""

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd

from .. import indicators
from ..catalogue import load
from ..gpkg import settle, write_layer
from ..privacy import Ledger, Places, Release, locate, release
from ..progress import SILENT, Progress
from ..wijk import Plan, Wijk
from .figures import CHANGES
from .themes import Theme, base_layers, themes

TIER = "P2"
_CLASSES = ("0_20", "20_40", "40_60", "60_80", "80_100")


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
    run = plan.layer("run")
    let_go = release(
        frames, TIER, Ledger.of(wijk.folder), places=places, settings=wijk.settings["privacy"], partial=True,
        destination="kaarten", peildatum=run["peildatum"].iloc[0].date() if len(run) else None,
    )  # fmt: skip
    progress.stage("gegevens voor de kaarten schrijven", len(let_go.layers))
    path.unlink(missing_ok=True)
    for layer, rows in let_go.layers.values():
        progress.check()
        if layer.spatial and layer.id not in ("tellingen_straatzijde", "tellingen_vlak"):
            write_layer(path, layer, rows)
        progress.advance()
    counted = let_go.layers.get("tellingen_straatzijde")
    for theme in chosen:
        if theme.share is not None and counted is not None:
            rows = side_shares(counted[1], theme, _inhabited(places))
            if len(rows):
                write_layer(path, load().layer(f"kaart_{theme.id}"), rows)
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


def _inhabited(places: Places) -> gpd.GeoSeries:
    """Lines of the street sides with dwellings, by side."""
    return places.sides[places.sides.index.isin(places.rows["straatzijde_id"].dropna())]


def side_shares(
    counts: gpd.GeoDataFrame, theme: Theme, sides: gpd.GeoSeries | None = None
) -> gpd.GeoDataFrame:
    """Class of the theme's share for every street side with dwellings.

    Args:
        counts: Rows of ``tellingen_straatzijde``.
        theme: A theme with a share.
        sides: Lines of the sides with dwellings, by side; those that were not released are ``onderdrukt`` as well.

    Returns:
        Rows for ``kaart_<theme>``; a side of which any needed count is held back is ``onderdrukt``.
    """
    share = theme.share
    rows = counts[counts["laag"].eq(share.layer) & counts["veld"].eq(share.field)]
    found = []
    for side, cells in rows.groupby("eenheid_id", sort=True):
        by_code = cells.set_index("code")
        wanted = by_code.reindex([*share.codes, "totaal"])
        shown = wanted["getoond"].eq("getoond").all() and wanted["waarde"].notna().all()
        total = wanted["waarde"].iloc[-1]
        if shown and total > 0:
            part = wanted["waarde"].iloc[:-1].sum() / total
            klasse = _CLASSES[min(int(part * 5), 4)]
        else:
            klasse = "onderdrukt" if not shown else "onbekend"
        found.append({"straatzijde_id": side, "klasse": klasse, "geom": cells.geometry.iloc[0]})
    if sides is not None and len(found):
        told = {row["straatzijde_id"] for row in found}
        found += [
            {"straatzijde_id": side, "klasse": "onderdrukt", "geom": line}
            for side, line in sides.items()
            if side not in told
        ]
    return gpd.GeoDataFrame(
        pd.DataFrame(found, columns=["straatzijde_id", "klasse", "geom"]), geometry="geom", crs=counts.crs
    )
