"""Stage: hotspots of reported facts per street, hexagon and period, and their trend."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..plan.context import PlanContext
from ..raster import Grid
from .analysis import Tables, analyse
from .choices import Choices
from .hulls import cluster_hulls
from .note import main_row, shown_row
from .periods import periods
from .prediction import DENSITY, Surface
from .series import ALL, COUNTS, POINTS, Series, count_series, double_counting, point_series
from .units import Units, end_nodes, hexagons, segments, whole_streets

STREET_M = 6.0  # half width of the band that stands for a street among the hexagons of hotspots_trend


def run(context: PlanContext) -> None:
    """Put ``hotspots_straat``, ``hotspots_hex``, ``hotspots_trend``, ``hotspots_clusters``,
    ``hotspots_reeksen`` and the raster ``incident_dichtheid``.
    """
    choices, settings = _choices(context), context.settings["hotspots"]
    streets = _streets(context)
    boundary = None if context.layer("wijkgrens").empty else context.wijk.boundary
    series = point_series(context.layer("incidenten"), boundary, context.peildatum)
    series += count_series(context.layer("incident_tellingen"), context.peildatum)
    if not series or streets.empty:
        what = "meldingen of tellingen" if not series else "straten"
        context.warn(f"Geen {what} ingelezen: geen hotspots.")
        return
    for note in [*(note for one in series for note in one.notes), *double_counting(series)]:
        context.warn(note)
    dwellings = _dwellings(context)
    parts = segments(streets, dwellings)
    cells = hexagons(boundary or shapely.box(*streets.total_bounds), dwellings)
    surface = Surface(settings["bandbreedte_m"], settings["cel_m"], *end_nodes(streets))
    kinds = {POINTS: (parts, cells), COUNTS: (whole_streets(parts),)}
    made: list[tuple[Series, Units, Tables]] = []
    for one in series:
        for units in kinds[one.kind]:
            context.progress.check()
            made.append((one, units, analyse(one, units, surface, choices, context.progress)))
    _put(context, made)
    points = [one for one in series if one.kind == POINTS]
    if points:
        addresses = context.layer("adressen")
        hulls = [
            cluster_hulls(placed.facts, one, units, *end_nodes(streets), addresses, settings)
            for one, units, placed in ((o, u, t.placed) for o, u, t in made if u.kind == "segment")
        ]
        context.put("hotspots_clusters", pd.concat(hulls, ignore_index=True))
        _put_density(context, made, cells, surface)


def _choices(context: PlanContext) -> Choices:
    s = context.settings["hotspots"]
    return Choices(
        minimum_rates=s["minstens_toets"],
        minimum_density=s["minstens_dichtheid"],
        minimum_units=s["minstens_eenheden"],
        alpha=s["vals_alarm_pct"] / 100,
        level=0.95,
        snap_m=s["afstand_tot_straat_m"],
        near_m=s["herhaling_m"],
        near_days=s["herhaling_dagen"],
        share=s["toets_aandeel_pct"] / 100,
        draws=s["toets_trekkingen"],
        seed=int(context.random("hotspots").integers(2**31)),
    )


def _streets(context: PlanContext) -> gpd.GeoDataFrame:
    """Segments that touch the wijk, with a name where either side has one."""
    streets = context.layer("straten")
    if not context.layer("wijkgrens").empty and len(streets):
        streets = streets[shapely.intersects(context.wijk.boundary, streets.geometry.to_numpy())]
    streets = streets[shapely.length(streets.geometry.to_numpy()) > 0].reset_index(drop=True)
    name = streets["straat"].fillna(streets["straat_links"]).fillna(streets["straat_rechts"])
    return streets.assign(straat=name)


def _dwellings(context: PlanContext) -> gpd.GeoSeries | None:
    """A point per dwelling; per address where no dwellings are known; None where neither is."""
    for id, what in (("woningen", ""), ("adressen", "adressen in plaats van woningen als noemer")):
        rows = context.inside(id)
        placed = rows[~(rows.geometry.isna() | rows.geometry.is_empty)]
        if len(placed):
            if what:
                context.warn(f"Hotspots: {what}.")
            return placed.geometry
    context.warn("Hotspots: geen woningen of adressen, dus aantallen in plaats van cijfers per woning.")
    return None


def _put(context: PlanContext, made: list[tuple[Series, Units, Tables]]) -> None:
    overview = pd.concat([tables.overview for _, _, tables in made], ignore_index=True)
    context.put("hotspots_reeksen", overview)
    for id, kinds in (("hotspots_straat", ("segment", "straat")), ("hotspots_hex", ("hexagon",))):
        frames = [_with_shapes(tables.units, units) for _, units, tables in made if units.kind in kinds]
        if frames:
            rows = pd.concat(frames, ignore_index=True)
            rows["hoofdkaart"] = _is_main(rows, main_row(overview, kinds))
            if id == "hotspots_hex":
                rows = rows.drop(columns=["eenheid", "soort", "straat"]).rename(
                    columns={"eenheid_id": "hexagon_id"}
                )
            context.put(id, rows)
    trends = pd.concat(
        [_with_shapes(tables.trends, units) for _, units, tables in made if len(tables.trends)],
        ignore_index=True,
    )
    trends.geometry = [
        shape.buffer(STREET_M) if shape.geom_type != "Polygon" else shape for shape in trends.geometry
    ]
    trends["hoofdkaart"] = _is_main(trends.assign(periode="laatste"), shown_row(overview))
    context.put("hotspots_trend", trends)


def _is_main(rows: pd.DataFrame, main: pd.Series | None) -> np.ndarray:
    if main is None:
        return np.zeros(len(rows), dtype=bool)
    names = ["bron", "soort", "categorie", "periode", "eenheid"]
    return (rows[names] == main[names]).all(axis=1).to_numpy()


def _with_shapes(rows: pd.DataFrame, units: Units) -> gpd.GeoDataFrame:
    index = rows["unit"].to_numpy()
    named = rows.drop(columns="unit").assign(eenheid_id=units.ids[index], straat=units.street[index])
    return gpd.GeoDataFrame(named, geometry=units.shapes[index], crs="EPSG:31370")


def _put_density(
    context: PlanContext, made: list[tuple[Series, Units, Tables]], cells: Units, surface: Surface
) -> None:
    """Facts per hectare a year: a kernel density where the back-test allows it, else the count by hexagon."""
    on_cells = [(one, tables) for one, units, tables in made if units is cells]
    one, tables = max(on_cells, key=lambda pair: len(pair[0].facts))
    span = periods(one)[0]
    row = main_row(tables.overview, ("hexagon",))
    if row["trede"] != "kaart":
        context.warn(f"Geen dichtheidskaart: {row['zin']}")
        return
    facts = one.facts[one.facts["month"].between(span.first, span.last)]
    bounds = shapely.total_bounds(cells.shapes)
    density, x_min, y_max = surface.on_plane(facts[["x", "y"]].to_numpy(), tuple(bounds))
    values = density * 12 / max(span.known, 1)
    if row["kaart_toont"] != DENSITY:
        shown = tables.units[tables.units["categorie"].eq(ALL) & tables.units["periode"].eq("laatste")]
        values = _burn(cells, shown["kaartwaarde"].to_numpy(), values.shape, x_min, y_max, surface.cell)
    metadata = {
        "bron": one.source,
        "feiten": str(len(facts)),
        "periode": f"{row['van']:%d/%m/%Y} - {row['tot']:%d/%m/%Y}",
        "methode": f"kwartische kern, bandbreedte {surface.bandwidth:.0f} m"
        if row["kaart_toont"] == DENSITY
        else "telling per zeshoek van 100 m",
        "toelichting": row["zin"],
    }
    context.put_raster(
        "incident_dichtheid", Grid(values.astype(np.float32), x_min, y_max, surface.cell), metadata
    )


def _burn(
    cells: Units, value: np.ndarray, shape: tuple[int, int], x_min: float, y_max: float, size: float
) -> np.ndarray:
    """Values of the hexagons on the raster; nan outside them."""
    rows, columns = shape
    x, y = np.meshgrid(x_min + (np.arange(columns) + 0.5) * size, y_max - (np.arange(rows) + 0.5) * size)
    point, cell = shapely.STRtree(cells.shapes).query(
        shapely.points(x.ravel(), y.ravel()), predicate="intersects"
    )
    out = np.full(rows * columns, np.nan)
    out[point] = value[cell]
    return out.reshape(shape)
