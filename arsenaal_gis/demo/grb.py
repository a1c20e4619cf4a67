"""Deliveries in the form of the GRB, the road register and 3D GRB."""

from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from . import files
from .register import Register
from .relief import Rasters
from .town import Town

INVENTORY = {3: "terreinupdate", 4: "bijhouding binnengebieden", 6: "globale bijhouding", 11: "adpupdate",
             13: "aanmaak uniek percelenplan\r\n", 16: "bijhouding managed service"}
_DAY = np.timedelta64(1, "D")


def _head(count: int, first: int, codes: tuple[int, ...], rng: np.random.Generator, *, kind: dict | None = None,
          shapes: np.ndarray) -> dict[str, np.ndarray]:
    """The fields that every GRB entity begins and ends with."""
    oidn = first + np.cumsum(rng.integers(1, 5, count)) if count else np.empty(0, int)
    version = rng.integers(1, 5, count)
    begin = np.datetime64("2005-01-10") + rng.integers(0, 3200, count) * _DAY
    changed = begin + np.where(version > 1, rng.integers(200, 4000, count), 0) * _DAY
    source = np.array(codes)[rng.integers(0, len(codes), count)] if count else np.empty(0, int)
    columns = {"OIDN": oidn.astype(np.int32), "UIDN": (oidn * 2 + version).astype(np.int32),
               "VERSIE": version.astype(np.int32), "BEGINDATUM": begin.astype("datetime64[D]"),
               "VERSDATUM": changed.astype("datetime64[D]")}
    if kind is not None:
        columns["TYPE"] = np.array(kind["type"], np.int32)
        columns["LBLTYPE"] = np.array(kind["label"], dtype=object)
        columns["OPNDATUM"] = (begin - rng.integers(30, 300, count) * _DAY).astype("datetime64[D]")
    columns["BGNINV"] = source.astype(np.int32)
    columns["LBLBGNINV"] = np.array([INVENTORY[int(code)] for code in source], dtype=object)
    columns["LENGTE"] = np.round(shapely.length(shapes), 2)
    return columns


def parcels(folder: Path, town: Town, register: Register, rng: np.random.Generator) -> Path:
    """Adp: administrative parcels."""
    shapes = np.array([orient(lot.polygon, -1.0) for lot in town.lots], dtype=object)
    head = _head(len(shapes), 3905000, (13, 13, 13, 11, 4, 16), rng, shapes=shapes)
    count = len(shapes)
    columns = {name: head[name] for name in ("OIDN", "UIDN", "VERSIE", "BEGINDATUM", "VERSDATUM")} | {
        "CAPAKEY": np.array(register.capakey, dtype=object), "CANU": np.array(register.canu, dtype=object),
        "FISCDATUM": np.full(count, "2025-01-01", "datetime64[D]"), "BHRDR": np.full(count, 2, np.int32),
        "LBLBHRDR": np.full(count, "AAPD", dtype=object),
        "NISCODE": np.full(count, town.layout.settings["nis_code"], dtype=object),
        "BGNINV": head["BGNINV"], "LBLBGNINV": head["LBLBGNINV"], "LENGTE": head["LENGTE"],
        "OPPERVL": np.round(shapely.area(shapes), 2)}
    return files.shapefile(folder / "Adp.shp", columns, shapes)


def buildings(folder: Path, town: Town, rasters: Rasters, skipped: int, rng: np.random.Generator) -> list[Path]:
    """Gbg: buildings at ground level; and the same with heights, as in 3D GRB.

    Args:
        folder: Where to write.
        town: The wijk.
        rasters: Grids in which the buildings of the wijk are numbered from ``skipped`` on.
        skipped: Number of buildings of the surroundings.
        rng: Source of chance.
    """
    houses = town.scene.buildings
    shapes = np.array([orient(house.outline, -1.0) for house in houses], dtype=object)
    kinds = np.array([house.kind for house in houses])
    labels = np.where(kinds == 1, "hoofdgebouw", "bijgebouw").astype(object)
    columns = _head(len(houses), 2410000, (4, 4, 6, 3), rng, kind={"type": kinds, "label": labels}, shapes=shapes)
    columns["OPPERVL"] = np.round(shapely.area(shapes), 2)
    heights = _heights(rasters, len(houses), skipped)
    flat = np.array([max(roof.eaves for _, roof in house.parts) for house in houses])

    def comma(values: np.ndarray) -> np.ndarray:
        return np.array([f"{value:.2f}".replace(".", ",") for value in values], dtype=object)

    ground, above = heights["dtm_mean"], np.where(np.isnan(heights["p99"]), flat, heights["p99"] - heights["dtm_mean"])
    ground = np.where(np.isnan(ground), np.nanmean(ground), ground)
    top = np.where(np.isnan(heights["max"]), ground + flat, heights["max"])
    solid = {
        "ENTITEIT": np.full(len(houses), "Gbg", dtype=object), "GRB_OIDN": columns["OIDN"], "GRB_UIDN": columns["UIDN"],
        "TYPE": columns["TYPE"], "LBLTYPE": labels,
        "H_DTM_MIN": comma(np.where(np.isnan(heights["dtm_min"]), ground, heights["dtm_min"])), "H_DTM_GEM": comma(ground),
        "H_DSM_MAX": comma(top), "H_DSM_P99": comma(ground + above), "HN_MAX": comma(top - ground), "HN_P99": comma(above),
        "OPPERVL": comma(columns["OPPERVL"]), "H_KWAL": np.where(np.isnan(heights["max"]), "2", "1").astype(object)}
    return [files.shapefile(folder / "Gbg.shp", columns, shapes), files.shapefile(folder / "GRBGEBL1D2.shp", solid, shapes)]


def _heights(rasters: Rasters, count: int, skipped: int) -> dict[str, np.ndarray]:
    """Statistics of the cells of each building; nan where it covers no cell centre."""
    row, column = np.nonzero(rasters.building >= skipped)
    owner = rasters.building[row, column] - skipped
    roof, ground = rasters.dsm_buildings[row, column].astype(float), rasters.dtm[row, column].astype(float)
    order = np.lexsort([roof, owner])
    owner, roof, ground = owner[order], roof[order], ground[order]
    cells = np.bincount(owner, minlength=count)
    last = np.cumsum(cells) - 1
    seen = cells > 0
    result = {name: np.full(count, np.nan) for name in ("max", "p99", "dtm_mean", "dtm_min")}
    result["max"][seen] = roof[last[seen]]
    result["p99"][seen] = roof[(last - np.floor(0.01 * cells).astype(int))[seen]]
    result["dtm_mean"][seen] = np.bincount(owner, ground, minlength=count)[seen] / cells[seen]
    np.minimum.at(lowest := np.full(count, np.inf), owner, ground)
    result["dtm_min"][seen] = lowest[seen]
    return result


def roads(folder: Path, town: Town, rng: np.random.Generator) -> list[Path]:
    """Wbn, the use of each of its polygons, Wgo, Wga and Wegsegment."""
    network = town.streets
    crossings = shapely.union_all(network.crossings, grid_size=0.001)
    bays = shapely.union_all([bay for bay, _ in network.parking], grid_size=0.001)
    rest = shapely.difference(network.carriageway, shapely.union(crossings, bays, grid_size=0.001), grid_size=0.001)
    lines = np.array([segment.line for segment in network.segments])
    pieces = [(part, 1, None) for part in shapely.get_parts(rest) if part.area > 0.5]
    pieces += [(part, 2, "kruispunt") for part in shapely.get_parts(crossings)]
    pieces += [(bay, 1, "parkeren") for bay, _ in network.parking]
    shapes = np.array([orient(part, -1.0) for part, _, _ in pieces], dtype=object)
    nearest = shapely.STRtree(lines).nearest(shapely.point_on_surface(shapes))
    kinds = [kind for _, kind, _ in pieces]
    labels = ["wegsegment" if kind == 1 else "kruispuntzone" for kind in kinds]
    columns = _head(len(shapes), 880000, (4, 6), rng, kind={"type": kinds, "label": labels}, shapes=shapes)
    columns["OPPERVL"] = np.round(shapely.area(shapes), 2)
    rows = []
    for oidn, (part, _, use), index in zip(columns["OIDN"], pieces, nearest):
        morf = network.segments[index].street.get("morf", 103)
        use = use or {103: "rijbaan", 113: "voetgangersgebied", 114: "voetpad"}[morf]
        sort = "gesloten verharding" if network.segments[index].street["rang"] <= 3 and use != "parkeren" else "open verharding"
        material = "asfalt" if sort.startswith("gesloten") else "betonstraatstenen"
        rows.append([oidn, "Wbn", use, sort, material, 0, 0, float(part.area)])
    return [files.shapefile(folder / "Wbn.shp", columns, shapes),
            files.table(folder / "wegdeel_functie.csv",
                        ["OIDN", "LAAG", "FUNCTIE", "VERHARDING", "MATERIAAL", "DREMPEL", "NIVEAU", "OPPERVL"], rows),
            *_lines(folder, town, crossings, lines, rng), _segments(folder, town)]


def _lines(folder: Path, town: Town, crossings: object, lines: np.ndarray, rng: np.random.Generator) -> list[Path]:
    """Kerbs and parking lines (Wgo), edges of roads without a kerb (Wga)."""
    network = town.streets
    edge = shapely.difference(network.carriageway.boundary, town.layout.outline.boundary.buffer(0.05))
    parts = [part for half in (shapely.difference(edge, crossings.buffer(0.01)), shapely.intersection(edge, crossings.buffer(0.01)))
             for part in shapely.get_parts(shapely.line_merge(half)) if part.geom_type == "LineString" and part.length > 0.3]
    owner = shapely.STRtree(lines).nearest(shapely.line_interpolate_point(np.array(parts), 0.5, normalized=True))
    kerbed = np.array([network.segments[index].street.get("morf", 103) == 103 for index in owner])
    kerb_zone = edge.buffer(0.25)
    markings = [shapely.difference(bay.boundary, kerb_zone) for bay, _ in network.parking]
    markings = [part for marking in markings for part in shapely.get_parts(shapely.line_merge(marking))
                if part.geom_type == "LineString" and part.length > 3]
    inner = [part for part, kerb in zip(parts, kerbed) if kerb]
    outer = [part for part, kerb in zip(parts, kerbed) if not kerb]
    result = []
    for name, first, shapes, kinds in (("Wgo", 610000, inner + markings, [1] * len(inner) + [2] * len(markings)),
                                       ("Wga", 710000, outer, [1] * len(outer))):
        if not shapes:
            continue
        shapes = shapely.set_precision(np.array(shapes, dtype=object), 0.001)
        text = {"Wgo": {1: "boordsteen", 2: "parkeerstrook"}, "Wga": {1: "wegrand"}}[name]
        columns = _head(len(shapes), first, (4, 6), rng, kind={"type": kinds, "label": [text[k] for k in kinds]}, shapes=shapes)
        result.append(files.shapefile(folder / f"{name}.shp", columns, shapes))
    return result


def _segments(folder: Path, town: Town) -> Path:
    """Wegsegment of the road register."""
    segments, ids = town.streets.segments, street_ids(town)
    names = [segment.street["naam"] for segment in segments]
    morf = [segment.street.get("morf", 103) for segment in segments]
    category = [segment.street.get("wegcat", "L3" if form == 103 else "-9") for segment, form in zip(segments, morf)]
    oidn = 502100 + np.arange(len(segments))

    def text(values: list | str) -> np.ndarray:
        return np.array([values] * len(segments) if isinstance(values, str) else values, dtype=object)

    def number(values: list | int) -> np.ndarray:
        return np.array([values] * len(segments) if isinstance(values, int) else values, np.int32)

    columns = {
        "WS_OIDN": number(list(oidn)), "WS_UIDN": text([f"{one}_2" for one in oidn]), "WS_GIDN": text([f"{one}_1" for one in oidn]),
        "B_WK_OIDN": number([145300 + segment.nodes[0] for segment in segments]),
        "E_WK_OIDN": number([145300 + segment.nodes[1] for segment in segments]),
        "STATUS": number(4), "LBLSTATUS": text("in gebruik"), "MORF": number(morf),
        "LBLMORF": text([{103: "weg bestaande uit één rijbaan", 113: "voetgangerszone",
                          114: "wandel- of fietsweg, niet toegankelijk voor andere voertuigen"}[form] for form in morf]),
        "WEGCAT": text(category), "LBLWEGCAT": text([{"S1": "secundaire weg type 1", "L3": "lokale weg type 3",
                                                      "-9": "niet van toepassing"}[code] for code in category]),
        "LSTRNMID": number([ids[name] for name in names]), "LSTRNM": text(names),
        "RSTRNMID": number([ids[name] for name in names]), "RSTRNM": text(names),
        "BEHEER": text(town.layout.settings["nis_code"]), "LBLBEHEER": text(f"Stad {town.layout.settings['gemeente']}"),
        "METHODE": number(2), "LBLMETHOD": text("ingemeten"), "OPNDATUM": text("20140220T143532"),
        "BEGINTIJD": text("20190312T090000"), "BEGINORG": text("AGIV"),
        "LBLBGNORG": text("Agentschap voor Geografische Informatie Vlaanderen"), "TGBEP": number(1),
        "LBLTGBEP": text("openbare weg")}
    shapes = np.array([segment.line for segment in segments], dtype=object)
    return files.shapefile(folder / "Wegsegment.shp", columns, shapes)


def street_ids(town: Town) -> dict[str, int]:
    """Number of each street name in the address register."""
    first = town.layout.settings["straatnaam_eerste"]
    return {name: first + index for index, name in enumerate(dict.fromkeys(street["naam"] for street in town.layout.streets))}


def water_and_rail(folder: Path, town: Town, rng: np.random.Generator) -> list[Path]:
    """Wtz: water; Sbn: railway tracks (1) and embankments (2)."""
    result = []
    ponds = [lot.extra["water"] for lot in town.lots if "water" in lot.extra]
    ponds += [part for water in town.layout.waters
              for part in shapely.get_parts(shapely.intersection(water, town.layout.outline, grid_size=0.001))]
    if ponds:
        shapes = np.array([orient(pond, -1.0) for pond in ponds], dtype=object)
        columns = _head(len(shapes), 31200, (4,), rng, shapes=shapes) | {"OPPERVL": np.round(shapely.area(shapes), 2)}
        result.append(files.shapefile(folder / "Wtz.shp", columns, shapes))
    near, areas = town.layout.outline.buffer(200), []
    for rail in town.layout.railways:
        track = shapely.intersection(rail["lijn"].buffer(5.5, cap_style="flat"), near, grid_size=0.001)
        body = shapely.intersection(rail["lijn"].buffer(rail["breedte"] / 2, cap_style="flat"), near, grid_size=0.001)
        slopes = shapely.difference(body, track, grid_size=0.001)
        areas += [(part, 1, rail["naam"]) for part in shapely.get_parts(track)]
        areas += [(part, 2, rail["naam"]) for part in shapely.get_parts(slopes) if part.area > 5]
    if areas:
        shapes = np.array([orient(area, -1.0) for area, _, _ in areas], dtype=object)
        kinds = [kind for _, kind, _ in areas]
        text = ["spoorbaan" if kind == 1 else "spoorberm" for kind in kinds]
        columns = _head(len(shapes), 41200, (4,), rng, kind={"type": kinds, "label": text}, shapes=shapes)
        columns |= {"OPPERVL": np.round(shapely.area(shapes), 2), "NAAM": np.array([name for _, _, name in areas], dtype=object)}
        result.append(files.shapefile(folder / "Sbn.shp", columns, shapes))
    return result
