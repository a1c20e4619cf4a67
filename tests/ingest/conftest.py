"""A tiny wijk delivered in official formats, to be spoilt in one way at a time."""

import geopandas as gpd
import pytest
import shapely

from arsenaal_gis import ingest
from arsenaal_gis.wijk import Wijk

X, Y = 158400.0, 189400.0

TOML = """[wijk]
naam = "Proefwijk"
nis_code = "12025"
[bronnen.wijkgrens]
pad = "grens.gpkg"
[bronnen.straten]
pad = "Wegsegment.shp"
[bronnen.percelen]
pad = "Adp.shp"
[bronnen.gebouwen]
pad = "Gbg.shp"
[bronnen.adressen]
pad = "Adressen.gpkg"
[bronnen.woningen]
pad = "kadaster.csv"
datum = 2025-01-01
[bronnen.incident_tellingen]
pad = "incidenten.csv"
"""

KADASTER = """capakey;nature;street_situation;number;constructionYear;physModYear;constructionType;\
floorNumberAboveground;housingUnitNumber;order
12025B0001/00A000;200;SMISSTRAAT;1;3;;A;2;1;1
12025B0001/00B000;200;SMISSTRAAT;3;1962;1995;A;2;1;1
12025B0001/00C000;200;SMISSTRAAT;5;;;A;2;1;1
12025B0001/00D000;200;SMISSTRAAT;7;5;;B;3;1;1
"""

INCIDENTEN = """maand;straat;categorie;aantal
01/05/2021;Smisstraat;Drugs;1
01/05/2021;Smisstraat;Vernielingen/beschadigingen;2
01/06/2021;Hamerstraat;Overlast café/horeca;<5
"""


def parcels():
    """Four parcels of 6 by 20 m in a row."""
    return gpd.GeoDataFrame(
        {
            "OIDN": [1, 2, 3, 4], "UIDN": [11, 12, 13, 14], "VERSDATUM": ["2024-01-01"] * 4,
            "CAPAKEY": [f"12025B0001/00{letter}000" for letter in "ABCD"], "NISCODE": ["12025"] * 4,
            "LBLBGNINV": ["aanmaak uniek percelenplan\r\n"] * 4,
        },
        geometry=[shapely.box(X + 6 * i, Y, X + 6 * i + 6, Y + 20) for i in range(4)], crs=31370,
    )  # fmt: skip


def buildings():
    """A house of 6 by 10 m on each parcel, and a shed behind the first."""
    boxes = [shapely.box(X + 6 * i, Y, X + 6 * i + 6, Y + 10) for i in range(4)]
    boxes.append(shapely.box(X, Y + 15, X + 3, Y + 20))
    return gpd.GeoDataFrame(
        {
            "OIDN": [21, 22, 23, 24, 25],
            "UIDN": [1, 2, 3, 4, 5],
            "VERSDATUM": ["2024-02-01"] * 5,
            "TYPE": [1, 1, 1, 1, 2],
        },
        geometry=boxes,
        crs=31370,
    )


def addresses():
    """An entrance 0.2 m before each house."""
    return gpd.GeoDataFrame(
        {
            "ADRESID": ["101", "102", "103", "104"],
            "STRAATNM": ["Smisstraat"] * 4,
            "HUISNR": ["1", "3", "5", "7"],
            "BUSNR": ["nvt", "nvt", "-9", None],
            "POSTCODE": ["2800"] * 4,
            "GEMEENTE": ["Mechelen"] * 4,
            "NISCODE": [12025, 12025, 12025, 12025],
        },
        geometry=[shapely.Point(X + 6 * i + 3, Y - 0.2) for i in range(4)],
        crs=31370,
    )


def streets():
    """Smisstraat before the houses, Hamerstraat beside them."""
    return gpd.GeoDataFrame(
        {
            "WS_OIDN": [501, 502],
            "B_WK_OIDN": [1, 2],
            "E_WK_OIDN": [2, 3],
            "MORF": [103, 103],
            "WEGCAT": ["L3", "-9"],
            "LSTRNM": ["Smisstraat", "Hamerstraat"],
            "RSTRNM": ["Smisstraat", "Hamerstraat"],
        },
        geometry=[
            shapely.LineString([(X - 5, Y - 4), (X + 28, Y - 4)]),
            shapely.LineString([(X + 28, Y - 4), (X + 28, Y + 30)]),
        ],
        crs=31370,
    )


class Proefwijk:
    """The folder, and what reading it gives."""

    def __init__(self, folder):
        self.folder = folder
        self.toml(TOML)
        outline = gpd.GeoDataFrame(
            {"NAAM": ["Proefwijk"]}, geometry=[shapely.box(X - 10, Y - 10, X + 40, Y + 40)], crs=31370
        )
        self.write(outline, "grens.gpkg")
        self.write(streets(), "Wegsegment.shp")
        self.write(parcels(), "Adp.shp")
        self.write(buildings(), "Gbg.shp")
        self.write(addresses(), "Adressen.gpkg")
        self.text("kadaster.csv", KADASTER)
        self.text("incidenten.csv", INCIDENTEN)

    def toml(self, text):
        (self.folder / "wijk.toml").write_text(text, encoding="utf-8")

    def write(self, frame, name, **options):
        path = self.folder / name
        path.unlink(missing_ok=True)
        frame.to_file(path, engine="pyogrio", **options)
        return path

    def text(self, name, content, encoding="cp1252"):
        (self.folder / name).write_bytes(content.replace("\n", "\r\n").encode(encoding))

    def read(self, **options):
        delivery = ingest.read(Wijk.open(self.folder), **options)
        for source in delivery.report.sources:
            account = source.ledger
            if source.layer not in ("woningen",) and not account.failed:
                assert account.read == account.used + len(account.rejected) + account.outside
        delivery.report.text("nl"), delivery.report.text("en")
        return delivery

    def codes(self, delivery, layer):
        return {one.code: one for source in delivery.report.of(layer) for one in source.ledger.findings}


@pytest.fixture
def wijk(tmp_path):
    folder = tmp_path / "proef wijk é"
    folder.mkdir()
    return Proefwijk(folder)


SOUND = {f"12025B0001/00{letter}000": 120.0 for letter in "ABCD"}  # what areas() is of a sound delivery


def areas(delivery):
    return delivery.frames["percelen"].set_index("capakey").geometry.area.round(1).to_dict()
