"""The tables of a field package: what one team takes along on one day, in one GeoPackage.

Only that team's rounds and stops, an empty visit log to fill in, and streets and buildings to find the way. No
points, no chances, no earlier visits. It leaves the wijk folder through the release gate at tier P0, and comes
back through :func:`.record.record`.
"""

import dataclasses
import datetime as dt
import os
import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from ..catalogue import Layer, load
from ..errors import ConfigError, WorkspaceError
from ..gpkg import empty_frame, settle, write_layer
from ..privacy import Ledger, release
from ..wijk import Plan, Wijk
from .protocol import Rules

VISITS = "bezoeken"
# What a team needs at the door; the rest of the plan stays at home.
FIELDS = {
    "rondes": ("ronde_id", "datum", "dagdeel", "team", "stops", "wandel_m", "duur_min"),
    "ronde_stops": (
        "stop_id", "ronde_id", "volgnummer", "woning_id", "straat", "huisnummer", "busnummer", "aankomst",
        "bezoektype", "poging", "achterlaten", "afspraak_op", "waarom_hier",
    ),
    "straten": ("segment_id", "straat"),
    "gebouwen": ("gebouw_id", "type"),
}  # fmt: skip
# The way is drawn on these, up to this far from the rounds.
AROUND, AROUND_M = ("straten", "gebouwen"), 150.0
FILLED_IN = ("bezoek_id", "woning_id", "datum", "dagdeel", "golf", "functie", "resultaat", "afspraak_op")


@dataclass(frozen=True)
class FieldTables:
    """The GeoPackage of a field package.

    Attributes:
        path: The file.
        layers: Description of each table in it, with only the fields that it holds.
        team: Whose it is.
        day: For which day.
        daypart: Code of the daypart of its rounds; empty where they differ.
        wave: Wave of the day.
        stops: Number of stops.
    """

    path: Path
    layers: dict[str, Layer]
    team: str
    day: dt.date
    daypart: str
    wave: str
    stops: int


def package_name(team: str, day: dt.date) -> str:
    """Name of a package's folder and files; it carries the tier."""
    return f"veldpakket_P0_{day.isoformat()}_{re.sub(r'[^0-9A-Za-z-]+', '_', team).strip('_')}"


def write_field_tables(wijk: Wijk, plan: Plan, team: str, day: dt.date, folder: Path) -> FieldTables:
    """Release one team's day at tier P0 and write it into a GeoPackage.

    Args:
        wijk: The wijk.
        plan: The plan whose rounds are walked.
        team: Name of the team in that plan.
        day: Day of the rounds.
        folder: Where to; made if it is not there.

    Returns:
        The file and what is in it.

    Raises:
        ConfigError: The plan has no round of that team on that day.
        WorkspaceError: The package is there already, perhaps with results; or it cannot be written.
        ReleaseRefused: Nothing may leave.
    """
    rounds = plan.layer("rondes")
    mine = rounds[rounds["team"].astype("string").eq(team) & rounds["datum"].dt.date.eq(day)]
    if mine.empty:
        known = sorted({f"{row.team} {row.datum:%Y-%m-%d}" for row in rounds.itertuples()})
        raise ConfigError(
            f"There is no round of '{team}' on {day.isoformat()}.",
            str(plan.gpkg),
            f"Choose from: {', '.join(known)}." if known else "This plan has no rounds.",
        )
    path = folder / f"{package_name(team, day)}.gpkg"
    if path.exists():
        raise WorkspaceError(
            "This package is there already, perhaps with results.",
            str(path),
            "Run 'arsenaal visits record' on it, then move it away.",
        )
    stops = plan.layer("ronde_stops")
    rows = {"rondes": mine, "ronde_stops": stops[stops["ronde_id"].isin(mine["ronde_id"])]}
    near = mine.geometry.union_all().buffer(AROUND_M)
    for id in AROUND:
        frame = wijk.layer(id)
        rows[id] = frame[frame.intersects(near)]
    released = release(
        {id: _narrow(frame, FIELDS[id]) for id, frame in rows.items()},
        "P0", Ledger.of(wijk.folder), settings=wijk.settings["privacy"], peildatum=wijk.config.peildatum,
        role="bezoekteam", destination="veldpakket",
    )  # fmt: skip
    log = load().layer(VISITS)
    log = dataclasses.replace(log, fields={name: log.fields[name] for name in FILLED_IN})
    tables = {**released.layers, VISITS: (log, empty_frame(log))}
    _write(path, {id: (_marked(layer, team, day), frame) for id, (layer, frame) in tables.items()})
    parts = set(mine["dagdeel"].dropna())
    return FieldTables(
        path,
        {id: layer for id, (layer, _) in tables.items()},
        team,
        day,
        parts.pop() if len(parts) == 1 else "",
        Rules.from_settings(wijk.settings["bezoeken"]).wave(day),
        len(rows["ronde_stops"]),
    )


def _narrow(frame: gpd.GeoDataFrame, names: tuple[str, ...]) -> gpd.GeoDataFrame:
    return frame[[*names, frame.geometry.name]]


def _marked(layer: Layer, team: str, day: dt.date) -> Layer:
    """The description with the tier in it, as it stands in ``gpkg_contents``."""
    words = f"Niveau P0: enkel voor {team} op {day:%d/%m/%Y}. {layer.description['nl']}"
    return dataclasses.replace(layer, description={**layer.description, "nl": words})


def _write(path: Path, tables: dict[str, tuple[Layer, pd.DataFrame]]) -> None:
    """Write all tables beside the file and change its name, so that half a package never exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".deel.gpkg")
    part.unlink(missing_ok=True)
    for layer, frame in tables.values():
        write_layer(part, layer, frame)
    settle(part)
    os.replace(part, path)
