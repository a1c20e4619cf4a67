"""The cadastral dump as municipalities get it: 51 columns, one row per part of a parcel."""

from pathlib import Path

import numpy as np

from . import files
from .lots import Lot
from .register import Dwelling, Register
from .roads import street_ids
from .town import Town

HEADER = """
propertySituationIdf divCad section primaryNumber bisNumber exponentLetter exponentNumber partNumber
capakey order nature descriptPrivate block floor floorSituation crossDetail matUtil notTaxedMatUtil
nisCom street_situation street_translation street_code number polWa surfaceNotTaxable surfaceTaxable
surfaceVerif constructionYear soilIndex soilRent cadastralIncomePerSurface
cadastralIncomePerSurfaceOtherDi numberCadastralIncome charCadastralIncome cadastralIncome
dateEndExoneration decrete constructionIndication constructionType floorNumberAboveground garret
physModYear constructionQuality garageNumber centralHeating bathroomNumber housingUnitNumber placeNumber
builtSurface usedSurface dateSituation
""".split()
SITUATION = "20250101"
HOUSE, SHOP, FLAT, WHOLE, COMMON, GARAGE = 200, 407, 220, 222, 164, 204
# Nature of parcels that hold no dwelling.
LAND = {
    "poort": 265,
    "handel": SHOP,
    "tuin": 4,
    "bedrijf": 371,
    "school": 460,
    "hofke": 20,
    "volkstuinen": 4,
    "park": 17,
    "sport": 18,
    "bos": 17,
    "restgroen": 70,
    "garages": GARAGE,
    "werkplaats": 265,
}


def period(year: int) -> int:
    """``constructionYear``: up to 1930 the code of a period, later the year itself."""
    for last, code in ((1849, 1), (1874, 2), (1899, 3), (1918, 4), (1930, 5)):
        if year <= last:
            return code
    return year


def write(folder: Path, town: Town, register: Register, rng: np.random.Generator) -> list[Path]:
    """Write ``kadaster.csv``."""
    homes: dict[int, list[Dwelling]] = {}
    for dwelling in register.dwellings:
        homes.setdefault(dwelling.lot, []).append(dwelling)
    shops = _shops(town, homes, town.layout.settings["cijfers"]["niet_residentieel"], rng)
    built = np.zeros(len(town.lots))
    for house in town.scene.buildings:
        if house.lot >= 0 and house.kind == 1:
            built[house.lot] += house.outline.area
    rows, ids = [], street_ids(town)
    identity = 40_120_300
    for index, lot in enumerate(town.lots):
        street, number = register.number.get(index, ("", ""))
        parts = _parts(lot, homes.get(index, []), index in shops, built[index], rng)
        for order, part in enumerate(parts, start=1):
            identity += int(rng.integers(4, 40))
            part |= {
                "propertySituationIdf": identity,
                "order": order,
                "street_situation": street.upper(),
                "number": number,
                "street_code": ids.get(street, ""),
                "partNumber": f"P{order - 1:04d}" if len(parts) > 1 else "P0000",
                "surfaceTaxable": round(lot.polygon.area) if order == 1 else 0,
                "surfaceNotTaxable": 0,
                "soilIndex": 0,
                "street_translation": 2 if street else "",
                "nisCom": town.layout.settings["nis_code"],
                "dateSituation": SITUATION,
            } | _key(register.capakey[index])
            rows.append([part.get(name, "") for name in HEADER])
    return [files.table(folder / "kadaster.csv", HEADER, rows)]


def _key(capakey: str) -> dict[str, object]:
    return {
        "capakey": capakey,
        "divCad": capakey[:5],
        "section": capakey[5],
        "primaryNumber": int(capakey[6:10]),
        "bisNumber": int(capakey[11:13]),
        "exponentLetter": capakey[13],
        "exponentNumber": int(capakey[14:17]),
    }


def _shops(town: Town, homes: dict[int, list[Dwelling]], count: int, rng: np.random.Generator) -> set[int]:
    """Houses on the main road that are counted as a dwelling but serve another purpose."""
    single = [index for index, own in homes.items() if len(own) == 1 and town.lots[index].street]
    weight = np.array([1.0 if town.lots[index].rank == 1 else 1e-9 for index in single])
    return set(rng.choice(single, count, replace=False, p=weight / weight.sum()).tolist()) if count else set()


def _parts(lot: Lot, homes: list[Dwelling], shop: bool, built: float, rng: np.random.Generator) -> list[dict]:
    if not homes:
        sort = lot.extra.get("binnen", "") if lot.use == "binnen" else lot.use
        return [{"nature": LAND[sort], "builtSurface": round(built) or "", "housingUnitNumber": 0}]
    floors = lot.extra.get("bouwlagen", 2)
    if len(homes) == 1:
        home = homes[0]
        parts = [
            _dwelling(
                SHOP if shop else HOUSE,
                home,
                lot,
                floors,
                0 if shop else 1,
                built,
                built * floors * 0.85,
                rng,
            )
        ]
        if rng.random() < 0.04:
            parts.append(
                {
                    "nature": GARAGE,
                    "constructionYear": period(home.year),
                    "garageNumber": 1,
                    "housingUnitNumber": 0,
                    "builtSurface": 16,
                    "usedSurface": 16,
                }
            )
        return parts
    if len({home.changed for home in homes}) == 1 and len(homes) <= 4:
        return [_dwelling(WHOLE, homes[0], lot, floors, len(homes), built, built * floors * 0.85, rng)]
    used = built * floors * 0.8 / len(homes)
    parts = [
        {
            "nature": COMMON,
            "descriptPrivate": "OPP.& G.D.",
            "builtSurface": round(built),
            "housingUnitNumber": 0,
        }
    ]
    for home in homes:
        floor = home.rank * floors // len(homes)
        parts.append(
            _dwelling(FLAT, home, lot, floors, 1, None, used, rng)
            | {"descriptPrivate": f"#A{floor}/A/K.{home.rank + 1}", "block": "A", "floor": floor}
        )
    return parts


def _dwelling(
    nature: int,
    home: Dwelling,
    lot: Lot,
    floors: int,
    units: int,
    built: float | None,
    used: float,
    rng: np.random.Generator,
) -> dict:
    return {
        "nature": nature,
        "constructionYear": period(home.year),
        "numberCadastralIncome": 2,
        "charCadastralIncome": "F",
        "cadastralIncome": int(rng.normal(480, 90) * max(units, 1)),
        "constructionIndication": int(rng.integers(1, 4)),
        "constructionType": lot.extra["vorm"],
        "floorNumberAboveground": floors,
        "garret": int(rng.integers(0, 2)),
        "physModYear": home.changed or "",
        "constructionQuality": "NGL"[int(rng.integers(0, 3))],
        "garageNumber": 0,
        "centralHeating": int(rng.random() < 0.8),
        "bathroomNumber": int(rng.integers(0, 3)),
        "housingUnitNumber": units,
        "placeNumber": int(rng.integers(3, 10)),
        "builtSurface": "" if built is None else round(built),
        "usedSurface": round(used),
    }
