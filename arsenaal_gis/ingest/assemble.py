"""Makes the rows of a layer out of what several layers and deliveries say about it."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..catalogue import Layer
from ..keys import stable_id
from . import cadastre, dwellings, households, incidents, joins, parcels
from .ledger import Ledger

# Fields that follow from the kind of delivery alone.
CONSTANTS: dict[str, dict[str, str]] = {
    "grb_wtz": {"soort": "water"},
    "wijkbarometer": {"bron": "politie"},
    "politie_punten": {"bron": "politie"},
    "gemeenschapswachten": {"bron": "gemeenschapswachten"},
    "grb_3d": {"hoogte_bron": "3D GRB"},
}


def streets(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Name a street segment after its left side, else its right side."""
    left = frame.get("straat_links", pd.Series(None, index=frame.index, dtype=object))
    right = frame.get("straat_rechts", pd.Series(None, index=frame.index, dtype=object))
    return frame.assign(straat=left.where(left.notna(), right))


def buildings(frame: gpd.GeoDataFrame, parcel_frame: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    """Give each building the parcel that holds most of it."""
    if "type" not in frame:
        frame = frame.assign(type="onbekend")
    frame = frame.assign(type=frame["type"].where(frame["type"].notna(), "onbekend"))
    if parcel_frame is None or not len(parcel_frame):
        return frame.assign(capakey=None)
    found = joins.largest_overlap(frame.geometry.to_numpy(), parcel_frame.geometry.to_numpy())
    keys = parcel_frame.capakey.to_numpy(dtype=object)
    return frame.assign(capakey=np.where(found >= 0, keys[found], None))


def addresses(
    frame: pd.DataFrame,
    building_frame: gpd.GeoDataFrame | None,
    parcel_frame: gpd.GeoDataFrame | None,
    reach_m: float,
    ledger: Ledger,
) -> gpd.GeoDataFrame:
    """Join addresses to buildings and parcels; those without a point get one inside their building."""
    nobody = gpd.GeoDataFrame({"gebouw_id": [], "type": [], "capakey": []}, geometry=[], crs="EPSG:31370")
    houses = nobody if building_frame is None else building_frame
    lots = nobody if parcel_frame is None else parcel_frame
    if not isinstance(frame, gpd.GeoDataFrame):
        inside = dict(
            zip(houses.gebouw_id, shapely.point_on_surface(houses.geometry.to_numpy()), strict=True)
        )
        points = (
            [inside.get(key) for key in frame["gebouw_id"]] if "gebouw_id" in frame else [None] * len(frame)
        )
        frame = gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, index=frame.index, crs="EPSG:31370"))
        ledger.mark("no_geometry", frame.index[frame.geometry.isna()])
        frame = gpd.GeoDataFrame(ledger.keep(frame), geometry="geometry", crs="EPSG:31370")
    found = joins.join_addresses(
        frame,
        frame.geometry.to_numpy(),
        houses,
        houses.geometry.to_numpy(),
        lots,
        lots.geometry.to_numpy(),
        reach_m,
    )
    ways = found.koppelwijze.value_counts()
    ledger.tell(
        "joined",
        value=", ".join(
            f"{way} {ways[way]}" for way in ("sleutel", "ligging", "nabij", "geen") if way in ways
        ),
    )
    lost = found.index[found.koppelwijze == "geen"]
    if len(lost):
        ledger.tell("not_joined", value=len(lost), extra="gebouw")
        ledger.findings[-1].rows = [int(row) for row in lost]
    return frame.assign(**{name: found[name] for name in found.columns})


def dwelling_rows(
    address_frame: gpd.GeoDataFrame, cadastral: pd.DataFrame, boundary: shapely.Geometry,
    building_frame: gpd.GeoDataFrame | None, parcel_frame: gpd.GeoDataFrame | None, ledger: Ledger,
) -> gpd.GeoDataFrame:  # fmt: skip
    """Make the dwellings of the wijk.

    An address belongs to the wijk when most of its building does; without a building, when its point does.

    Args:
        address_frame: Joined addresses.
        cadastral: Clean cadastral rows, possibly none.
        boundary: Outline of the wijk.
        building_frame: Buildings.
        parcel_frame: Parcels.
        ledger: Account of the cadastral source.

    Returns:
        Dwellings at the point of their address.
    """
    inside = shapely.contains_xy(boundary, *address_frame.geometry.get_coordinates().to_numpy().T)
    if building_frame is not None and len(building_frame):
        shapes = building_frame.geometry.to_numpy()
        share = shapely.area(shapely.intersection(shapes, boundary)) / np.maximum(shapely.area(shapes), 1e-9)
        mostly = dict(zip(building_frame.gebouw_id, share > 0.5, strict=True))
        inside = address_frame.gebouw_id.map(mostly).where(
            address_frame.gebouw_id.notna(), pd.Series(inside, index=address_frame.index)
        )
        inside = inside.fillna(False).astype(bool).to_numpy()
    here = address_frame[inside].reset_index(drop=True)
    cadastral = _of_the_wijk(cadastral, here, parcel_frame, boundary, ledger)
    for name in ("busnummer", "gebouweenheid_id", "straat", "huisnummer"):
        if name not in here:
            here[name] = None
    frame, how = dwellings.dwellings(pd.DataFrame(here.drop(columns="geometry")), cadastral)
    if not len(frame):
        return gpd.GeoDataFrame(frame, geometry=[], crs="EPSG:31370")
    ways = frame.koppelwijze.value_counts()
    ledger.tell(
        "joined",
        value=", ".join(
            f"{way} {ways[way]}" for way in ("sleutel", "ligging", "adres", "geen") if way in ways
        ),
    )
    if (frame.koppelwijze == "geen").any():
        names = frame[frame.koppelwijze == "geen"]
        lost = ", ".join(f"{row.straat} {row.huisnummer}" for row in names.head(10).itertuples())
        ledger.tell(
            "not_joined", value=len(names), extra=f"kadaster ({lost}{', …' if len(names) > 10 else ''})"
        )
    if how.unused:
        ledger.tell("not_joined", value=len(how.unused), extra="adres")
        ledger.findings[-1].rows = how.unused
    if how.by_order:
        ledger.tell("by_order", value=how.by_order)
    if how.more_units:
        ledger.tell("more_units", value=len(how.more_units), extra=", ".join(how.more_units))
    geometry = here.geometry.loc[frame.index]
    return gpd.GeoDataFrame(frame.assign(rij=frame.index), geometry=geometry.to_numpy(), crs="EPSG:31370")


def _of_the_wijk(
    cadastral: pd.DataFrame,
    here: pd.DataFrame,
    parcel_frame: gpd.GeoDataFrame | None,
    boundary: shapely.Geometry,
    ledger: Ledger,
) -> pd.DataFrame:
    """Keep the cadastral rows that can concern the wijk: a dump holds the whole municipality.

    Those are rows of a parcel or address of the wijk, and rows of a street and cadastral section of the wijk
    whose parcel does not exist.
    """
    if not len(cadastral):
        return cadastral
    touching = everywhere = set(here.capakey.dropna())
    if parcel_frame is not None and len(parcel_frame):
        everywhere = everywhere | set(parcel_frame.capakey)
        touching = touching | set(
            parcel_frame.capakey[shapely.intersects(parcel_frame.geometry.to_numpy(), boundary)]
        )
    streets_here = {dwellings.address_key(street, "")[0] for street in here.straat.dropna().unique()}
    sections = {capakey[:6] for capakey in touching}
    street = cadastral.straat.map(lambda name: dwellings.address_key(name, "")[0])
    lost = (
        ~cadastral.capakey.isin(everywhere)
        & street.isin(streets_here)
        & cadastral.capakey.str[:6].isin(sections)
    )
    wanted = cadastral.capakey.isin(touching) | lost
    ledger.outside += int((~wanted).sum())
    if ledger.outside:
        ledger.tell("elsewhere", value=ledger.outside)
    return cadastral[wanted.astype(bool)]


def cadastral_rows(frame: pd.DataFrame, ledger: Ledger, situation: object = None) -> pd.DataFrame:
    """Decode years and dwelling counts of clean cadastral rows (texts in those columns).

    Args:
        frame: Rows with ``capakey`` and what else the dump has.
        ledger: Account of the source.
        situation: Date of the dump.

    Returns:
        Rows as :func:`~arsenaal_gis.ingest.dwellings.dwellings` wants them.
    """
    none = pd.Series(None, index=frame.index, dtype=object)
    column = {
        name: frame[name] if name in frame else none
        for name in (
            "capakey",
            "straat",
            "huisnummer",
            "aard",
            "bouwjaar",
            "gewijzigd_jaar",
            "bouwvorm",
            "bouwlagen",
            "volgnummer",
        )
    }
    built, short, bad = cadastre.construction_years(column["bouwjaar"])
    ledger.mark(
        "two_digit_year",
        frame.index[short],
        field="bouwjaar",
        values=column["bouwjaar"],
        extras=built.bouwjaar,
    )
    ledger.mark("value_dropped", frame.index[bad], field="bouwjaar", values=column["bouwjaar"])
    changed = cadastre.change_years(column["gewijzigd_jaar"], situation)
    ledger.mark(
        "two_digit_year",
        frame.index[changed.repaired],
        field="gewijzigd_jaar",
        values=column["gewijzigd_jaar"],
        extras=changed.values,
    )
    ledger.mark(
        "value_dropped", frame.index[changed.bad], field="gewijzigd_jaar", values=column["gewijzigd_jaar"]
    )
    order = pd.to_numeric(column["volgnummer"], errors="coerce").fillna(0)
    units = cadastre.units(frame["woongelegenheden"] if "woongelegenheden" in frame else None, column["aard"])
    return pd.DataFrame(
        {**column, **built, "gewijzigd_jaar": changed.values, "volgnummer": order, "eenheden": units},
        index=frame.index,
    )


def household_rows(
    frame: pd.DataFrame, layer: Layer, dwelling_frame: pd.DataFrame | None, ledger: Ledger
) -> pd.DataFrame:
    """Join a table about dwellings to them and name its rows."""
    people = pd.DataFrame({"woning_id": [], "adres_id": []}) if dwelling_frame is None else dwelling_frame
    frame = households.to_dwellings(frame, people, ledger)
    key = layer.key[0]
    if key not in frame:
        frame[key] = households.row_keys(frame, layer.id)
    if layer.id == "bezoeken" and "poging" not in frame:
        frame["poging"] = households.attempts(frame)
    return frame


def count_rows(
    frame: pd.DataFrame, streets_known: dict[str, str], delivered: pd.DataFrame, ledger: Ledger
) -> pd.DataFrame:
    """Complete counts by street, month and category; a second row for the same three is rejected."""
    frame = frame.assign(maand=incidents.month_start(frame["maand"]))
    frame["straat"] = incidents.canonical_streets(
        frame["straat"], streets_known, ledger, required=True, delivered=delivered["straat"]
    )
    frame = ledger.keep(frame.assign(**incidents.counts(delivered.loc[frame.index, "aantal"], ledger)))
    frame["telling_id"] = [
        stable_id("telling", *row)
        for row in frame[["bron", "maand", "straat", "categorie"]].astype(str).to_numpy()
    ]
    again = frame.telling_id.duplicated()
    same = frame.duplicated(["telling_id", "aantal_min", "aantal_max"])
    ledger.mark("duplicate", frame.index[same])
    names = frame.maand.astype(str) + " " + frame.straat + " " + frame.categorie
    ledger.mark("duplicate_key", frame.index[again], field="telling_id", values=names)
    return ledger.keep(frame)


def parcel_rows(
    deliveries: list[tuple[gpd.GeoDataFrame, bool]],
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame]:
    """Apply updates and make the building blocks.

    Returns:
        Parcels with ``bouwblok_id``, building blocks, and lineage rows of ended parcels.
    """
    frame, lineage = parcels.apply_updates(deliveries)
    frame = frame.reset_index(drop=True)
    block_frame, member = parcels.blocks(frame)
    names = lineage[["oude_sleutel", "nieuwe_sleutel"]].to_numpy()
    lineage = lineage.assign(
        laag="percelen", status="voorstel",
        afstamming_id=[stable_id("afstamming", "percelen", old, new) for old, new in names],
    )  # fmt: skip
    return frame.assign(bouwblok_id=member), block_frame, lineage
