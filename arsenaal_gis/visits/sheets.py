"""Files for the street: the list of a round as CSV and XLSX, and its way as GPX.

They hold addresses and codes of visits, no reasons, points or outcomes: a lost sheet tells nothing about a
household. Privacy tier P0: for the team of that day only.
"""

from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pyogrio

from ..gpkg import CRS

GPX = "http://www.topografix.com/GPX/1/1"
# One letter per kind of visit, as printed on the sheet.
LETTER = {
    "veiligheid": "V",
    "juridisch": "J",
    "renovatie": "R",
    "energiescan": "E",
    "hermeting": "H",
    "kennismaking": "K",
}


def sheet(stops: pd.DataFrame) -> pd.DataFrame:
    """The printable list of one round: no social data.

    Args:
        stops: Rows of ``ronde_stops`` of one round.

    Returns:
        One row per stop; ``resultaat`` is empty, to be filled in. With the columns ``datum`` and ``dagdeel``
        of the file it can be read back by ``record``.
    """
    ordered = stops.sort_values("volgnummer")
    agreed = pd.to_datetime(ordered["afspraak_op"])
    return pd.DataFrame(
        {
            "nr": ordered["volgnummer"].astype(int),
            "aankomst": pd.to_datetime(ordered["aankomst"]).dt.strftime("%H:%M"),
            "straat": ordered["straat"],
            "huisnummer": ordered["huisnummer"],
            "bus": ordered["busnummer"],
            "bezoek": ordered["bezoektype"].map(LETTER),
            "poging": ordered["poging"].astype(int),
            "achterlaten": ordered["achterlaten"].where(ordered["achterlaten"] != "niets"),
            "afspraak": agreed.dt.strftime("%H:%M"),
            "woning_id": ordered["woning_id"],
            "resultaat": "",
        }
    ).reset_index(drop=True)


def write_sheets(folder: Path, rounds: gpd.GeoDataFrame, stops: gpd.GeoDataFrame) -> list[Path]:
    """Write CSV, XLSX and GPX of every round given.

    Args:
        folder: Where to; made if it is not there.
        rounds: Rows of ``rondes``.
        stops: Rows of ``ronde_stops``.

    Returns:
        The files, ``<date>_<team>.csv`` and so on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for round_ in rounds.sort_values(["datum", "team"]).itertuples():
        mine = stops[stops["ronde_id"] == round_.ronde_id].sort_values("volgnummer")
        name = f"{round_.datum:%Y-%m-%d}_{'_'.join(str(round_.team).split())}"
        table = sheet(mine)
        table.insert(1, "datum", f"{round_.datum:%d/%m/%Y}")
        table.insert(2, "dagdeel", str(round_.dagdeel))
        paths = [folder / f"{name}.{suffix}" for suffix in ("csv", "xlsx", "gpx")]
        table.to_csv(paths[0], sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")
        paths[1].unlink(missing_ok=True)
        text = table.astype(object).where(table.notna(), None).astype({"nr": int, "poging": int})
        pyogrio.write_dataframe(text, paths[1], driver="XLSX", layer="ronde")
        paths[2].write_bytes(gpx(f"{round_.team} {round_.datum:%d/%m/%Y}", round_.geom, mine))
        written += paths
    return written


def gpx(name: str, line: object, stops: gpd.GeoDataFrame) -> bytes:
    """A round as GPX 1.1: its way as a track, its stops as numbered waypoints with their address.

    Args:
        name: Name of the track.
        line: Way of the round in Lambert 72.
        stops: Its stops, in order.

    Returns:
        The file.
    """
    ElementTree.register_namespace("", GPX)
    root = ElementTree.Element(f"{{{GPX}}}gpx", version="1.1", creator="arsenaal_gis")
    way = gpd.GeoSeries([line], crs=CRS).to_crs(4326).iloc[0]
    doors = gpd.GeoSeries(stops.geometry.to_numpy(), crs=CRS).to_crs(4326)
    for stop, door in zip(stops.itertuples(), doors, strict=True):
        point = _point(root, "wpt", door.x, door.y)
        address = " ".join(
            str(part) for part in (stop.straat, stop.huisnummer, stop.busnummer) if pd.notna(part)
        )
        ElementTree.SubElement(point, f"{{{GPX}}}name").text = f"{stop.volgnummer}. {address}"
    track = ElementTree.SubElement(root, f"{{{GPX}}}trk")
    ElementTree.SubElement(track, f"{{{GPX}}}name").text = name
    segment = ElementTree.SubElement(track, f"{{{GPX}}}trkseg")
    for x, y in way.coords:
        _point(segment, "trkpt", x, y)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _point(parent: ElementTree.Element, tag: str, x: float, y: float) -> ElementTree.Element:
    return ElementTree.SubElement(parent, f"{{{GPX}}}{tag}", lat=f"{y:.7f}", lon=f"{x:.7f}")
