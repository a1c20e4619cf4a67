"""What the city itself keeps: outline, addresses, green, trees, grounds, facilities, heritage, axes."""

from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from . import files
from .register import Register
from .roads import street_ids
from .town import Town

SPECIES = {
    "straat": ("Acer campestre", "Pyrus calleryana", "Tilia cordata"),
    "plein": ("Platanus hispanica",),
    "park": ("Quercus robur", "Alnus glutinosa", "Salix alba", "Tilia cordata"),
}


def _text(values: list) -> np.ndarray:
    return np.array(values, dtype=object)


def write(folder: Path, town: Town, register: Register, rng: np.random.Generator) -> list[Path]:
    """Write all of them."""
    return [
        outline(folder, town),
        addresses(folder, town, register, rng),
        green(folder, town),
        facilities(folder, town),
        axes(folder, town),
        heritage(folder, town),
        *grounds(folder, town),
    ]


def outline(folder: Path, town: Town) -> Path:
    """Write ``afbakening.gpkg``."""
    shape = orient(town.layout.outline)
    columns = {
        "NAAM": _text([town.layout.name]),
        "NISCODE": _text([town.layout.settings["nis_code"]]),
        "OPPERVL": np.array([round(shape.area, 2)]),
        "OPMERKING": _text([files.MARK]),
    }
    return files.geopackage(
        folder / "afbakening.gpkg", "afbakening", columns, np.array([shape], dtype=object)
    )


def addresses(folder: Path, town: Town, register: Register, rng: np.random.Generator) -> Path:
    """Write ``Adressen.gpkg``: the addresses of dwellings."""
    homes, settings, ids = register.dwellings, town.layout.settings, street_ids(town)
    count = len(homes)

    def same(value: str) -> np.ndarray:
        return np.full(count, value, dtype=object)

    boxes = [home.box or None for home in homes]
    labels = [home.number + (f" bus {home.box}" if home.box else "") for home in homes]
    columns = {
        "OBJECTID": np.arange(1, count + 1),
        "ADRESID": _text([str(home.address) for home in homes]),
        "VERSIEID": rng.integers(1, 5, count),
        "STRAATNMID": np.array([ids[home.street] for home in homes]),
        "STRAATNM": _text([home.street for home in homes]),
        "HUISNR": _text([home.number for home in homes]),
        "BUSNR": _text(boxes),
        "HNRLABEL": _text(labels),
        "POSTCODE": same(settings["postcode"]),
        "GEMEENTE": same(settings["gemeente"]),
        "NISCODE": same(settings["nis_code"]),
        "POSGEOMET": same("aangeduidDoorBeheerder"),
        "POSSPEC": same("ingang"),
        "STATUS": same("inGebruik"),
        "OFFICIEEL": np.ones(count, int),
    }
    shapes = shapely.points(np.array([(home.x, home.y) for home in homes]))
    return files.geopackage(folder / "Adressen.gpkg", "Adressen", columns, shapes)


def green(folder: Path, town: Town) -> Path:
    """Write ``groen.gpkg``: green areas and the trees of the city, also just outside the wijk."""
    areas = _on_top(town.scene.green)
    private = shapely.STRtree([lot.polygon for lot in town.lots if lot.street or lot.use == "binnen"])
    shapes = np.array([orient(area) for area, _, _, _ in areas], dtype=object)
    owner, _ = private.query(shapely.point_on_surface(shapes), predicate="within")
    columns = {
        "OIDN": np.arange(1, len(areas) + 1),
        "FYSIEK": _text([kind for _, kind, _, _ in areas]),
        "NAAM": _text([name or None for _, _, name, _ in areas]),
        "TOEGANG": _text([gate for *_, gate in areas]),
        "OPPERVL": np.round(shapely.area(shapes), 2),
        "IN_PERCEEL": np.isin(np.arange(len(areas)), owner).astype(int),
    }
    path = files.geopackage(folder / "groen.gpkg", "groenvlak", columns, shapes)
    near = shapely.contains_xy(
        town.layout.outline.buffer(200), np.array([tree[:2] for tree in town.scene.trees])
    )
    trees = [tree for tree, kept in zip(town.scene.trees, near, strict=True) if kept]
    points = shapely.points(np.array([tree[:2] for tree in trees]))
    lots = shapely.STRtree([lot.polygon for lot in town.lots])
    on_lot, _ = lots.query(points, predicate="within")
    crowns = np.array([tree[3] for tree in trees])
    kinds = [SPECIES.get(tree[4], ("onbekend",)) for tree in trees]
    columns = {
        "BOOM_ID": np.arange(1, len(trees) + 1),
        "SOORT": _text([names[i % len(names)] for i, names in enumerate(kinds)]),
        "HOOGTE": np.round([tree[2] for tree in trees], 2),
        "KRUINDIAM": np.round(crowns, 2),
        "KRUINOPP": np.round(np.pi * crowns**2 / 4).astype(int),
        "IN_GEBIED": shapely.contains(town.layout.outline, points).astype(int),
        "IN_PERCEEL": np.isin(np.arange(len(trees)), on_lot).astype(int),
    }
    return files.geopackage(path, "boom", columns, points)


def _on_top(green: list[tuple]) -> list[tuple]:
    """Cut out of each green area what was laid on it later, so that none overlap."""
    shapes = np.array([entry[0] for entry in green], dtype=object)
    result = []
    for index, (area, *rest) in enumerate(green):
        above = [other for other in shapes[index + 1 :] if other.intersects(area)]
        left = shapely.difference(area, shapely.union_all(above), grid_size=0.001) if above else area
        result += [
            (part, *rest) for part in shapely.get_parts(left) if part.geom_type == "Polygon" and part.area > 1
        ]
    return result


def grounds(folder: Path, town: Town) -> list[Path]:
    """Write ``terreinen.gpkg``: school yard and playground."""
    found = [
        (lot.extra[kind], kind, lot.zone.get("naam", ""))
        for lot in town.lots
        for kind in ("schoolplein", "speelplein")
        if kind in lot.extra
    ]
    if not found:
        return []
    shapes = np.array([orient(area) for area, _, _ in found], dtype=object)
    columns = {
        "ID": _text([f"T{index:03d}" for index in range(1, len(found) + 1)]),
        "SOORT": _text([kind for _, kind, _ in found]),
        "NAAM": _text([name for *_, name in found]),
        "EIGENAAR": _text(["openbaar"] * len(found)),
    }
    return [files.geopackage(folder / "terreinen.gpkg", "terreinen", columns, shapes)]


def facilities(folder: Path, town: Town) -> Path:
    """Write ``voorzieningen.gpkg``: school, playground, wijkhuis, stops and cool places."""
    found = [
        (
            "school" if house.name != "Wijkhuis" else "wijkhuis",
            house.name,
            house.outline.representative_point(),
        )
        for house in town.scene.buildings
        if house.name
    ]
    found += [
        ("speelplein", lot.zone.get("naam", "speelplein"), lot.extra["speelplein"].representative_point())
        for lot in town.lots
        if "speelplein" in lot.extra
    ]
    found += [
        (entry["soort"], entry["naam"], shapely.Point(town.layout.place([entry["punt"]])[0]))
        for entry in town.layout.settings.get("voorziening", [])
    ]
    columns = {
        "ID": _text([f"V{index:03d}" for index in range(1, len(found) + 1)]),
        "SOORT": _text([kind for kind, _, _ in found]),
        "NAAM": _text([name for _, name, _ in found]),
    }
    shapes = shapely.set_precision(np.array([point for *_, point in found], dtype=object), 0.01)
    return files.geopackage(folder / "voorzieningen.gpkg", "voorzieningen", columns, shapes)


def axes(folder: Path, town: Town) -> Path:
    """Write ``groenblauw.gpkg``: the green-blue axes."""
    entries = town.layout.settings["as"]
    shapes = np.array(
        [shapely.LineString(town.layout.place(entry["lijn"])) for entry in entries], dtype=object
    )
    columns = {
        "ID": _text([f"AS{index:02d}" for index in range(1, len(entries) + 1)]),
        "NAAM": _text([e["naam"] for e in entries]),
        "SOORT": _text([e["soort"] for e in entries]),
    }
    return files.geopackage(
        folder / "groenblauw.gpkg", "groenblauw", columns, shapely.set_precision(shapes, 0.01)
    )


def heritage(folder: Path, town: Town) -> Path:
    """Write ``erfgoed.gpkg``: the largest ensembles of the oldest houses."""
    groups: dict[int, list] = {}
    for house in town.scene.buildings:
        lot = town.lots[house.lot] if house.lot >= 0 else None
        if house.kind == 1 and lot is not None and lot.street and lot.extra.get("jaar", 9999) < 1900:
            groups.setdefault(lot.extra["groep"], []).append(house.outline)
    rows = [shapely.union_all(group, grid_size=0.001) for group in groups.values() if len(group) >= 5]
    rows = sorted((row for row in rows if row.geom_type == "Polygon"), key=lambda row: -row.area)[:6]
    columns = {
        "ID": _text([f"E{index:03d}" for index in range(1, len(rows) + 1)]),
        "NAAM": _text(
            [f"Arbeiderswoningen, ensemble {index} (fictief)" for index in range(1, len(rows) + 1)]
        ),
        "STATUUT": _text(["vastgesteld bouwkundig erfgoed (fictief)"] * len(rows)),
    }
    return files.geopackage(
        folder / "erfgoed.gpkg", "erfgoed", columns, np.array([orient(row) for row in rows], dtype=object)
    )
