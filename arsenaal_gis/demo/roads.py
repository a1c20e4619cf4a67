"""Deliveries on the public road: Wbn and the use of its areas, Wgo, Wga and Wegsegment."""

from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from . import files
from .grb import head
from .town import Town


def write(folder: Path, town: Town, rng: np.random.Generator) -> list[Path]:
    """Wbn, the use of each of its polygons, Wgo, Wga and Wegsegment."""
    network = town.streets
    crossings = shapely.union_all(network.crossings, grid_size=0.001)
    bays = shapely.union_all([bay for bay, _ in network.parking], grid_size=0.001)
    rest = shapely.difference(
        network.carriageway, shapely.union(crossings, bays, grid_size=0.001), grid_size=0.001
    )
    lines = np.array([segment.line for segment in network.segments])
    pieces = [(part, 1, None) for part in shapely.get_parts(rest) if part.area > 0.5]
    pieces += [(part, 2, "kruispunt") for part in shapely.get_parts(crossings)]
    pieces += [(bay, 1, "parkeren") for bay, _ in network.parking]
    shapes = np.array([orient(part, -1.0) for part, _, _ in pieces], dtype=object)
    nearest = shapely.STRtree(lines).nearest(shapely.point_on_surface(shapes))
    kinds = [kind for _, kind, _ in pieces]
    labels = ["wegsegment" if kind == 1 else "kruispuntzone" for kind in kinds]
    columns = head(len(shapes), 880000, (4, 6), rng, kind={"type": kinds, "label": labels}, shapes=shapes)
    columns["OPPERVL"] = np.round(shapely.area(shapes), 2)
    rows = []
    for oidn, (part, _, use), index in zip(columns["OIDN"], pieces, nearest, strict=True):
        morf = network.segments[index].street.get("morf", 103)
        use = use or {103: "rijbaan", 113: "voetgangersgebied", 114: "voetpad"}[morf]
        sort = (
            "gesloten verharding"
            if network.segments[index].street["rang"] <= 3 and use != "parkeren"
            else "open verharding"
        )
        material = "asfalt" if sort.startswith("gesloten") else "betonstraatstenen"
        rows.append([oidn, "Wbn", use, sort, material, 0, 0, float(part.area)])
    return [
        files.shapefile(folder / "Wbn.shp", columns, shapes),
        files.table(
            folder / "wegdeel_functie.csv",
            ["OIDN", "LAAG", "FUNCTIE", "VERHARDING", "MATERIAAL", "DREMPEL", "NIVEAU", "OPPERVL"],
            rows,
        ),
        *_lines(folder, town, crossings, lines, rng),
        _segments(folder, town),
    ]


def _lines(
    folder: Path, town: Town, crossings: object, lines: np.ndarray, rng: np.random.Generator
) -> list[Path]:
    """Kerbs and parking lines (Wgo), edges of roads without a kerb (Wga)."""
    network = town.streets
    # Where a road just ends, at the outline or in a dead end, there is no kerb across it.
    edge = shapely.difference(network.carriageway.boundary, network.public.boundary.buffer(0.05))
    parts = [
        part
        for half in (
            shapely.difference(edge, crossings.buffer(0.01)),
            shapely.intersection(edge, crossings.buffer(0.01)),
        )
        for part in shapely.get_parts(shapely.line_merge(half))
        if part.geom_type == "LineString" and part.length > 0.3
    ]
    owner = shapely.STRtree(lines).nearest(
        shapely.line_interpolate_point(np.array(parts), 0.5, normalized=True)
    )
    kerbed = np.array([network.segments[index].street.get("morf", 103) == 103 for index in owner])
    markings = [line for _, line in network.parking]
    inner = [part for part, kerb in zip(parts, kerbed, strict=True) if kerb]
    outer = [part for part, kerb in zip(parts, kerbed, strict=True) if not kerb]
    result = []
    for name, first, shapes, kinds in (
        ("Wgo", 610000, inner + markings, [1] * len(inner) + [2] * len(markings)),
        ("Wga", 710000, outer, [1] * len(outer)),
    ):
        if not shapes:
            continue
        shapes = shapely.set_precision(np.array(shapes, dtype=object), 0.001)
        text = {"Wgo": {1: "boordsteen", 2: "parkeerstrook"}, "Wga": {1: "wegrand"}}[name]
        columns = head(
            len(shapes),
            first,
            (4, 6),
            rng,
            kind={"type": kinds, "label": [text[k] for k in kinds]},
            shapes=shapes,
        )
        result.append(files.shapefile(folder / f"{name}.shp", columns, shapes))
    return result


def _segments(folder: Path, town: Town) -> Path:
    """Wegsegment of the road register."""
    segments, ids = town.streets.segments, street_ids(town)
    names = [segment.street["naam"] for segment in segments]
    morf = [segment.street.get("morf", 103) for segment in segments]
    category = [
        segment.street.get("wegcat", "L3" if form == 103 else "-9")
        for segment, form in zip(segments, morf, strict=True)
    ]
    oidn = 502100 + np.arange(len(segments))

    def text(values: list | str) -> np.ndarray:
        return np.array([values] * len(segments) if isinstance(values, str) else values, dtype=object)

    def number(values: list | int) -> np.ndarray:
        return np.array([values] * len(segments) if isinstance(values, int) else values, np.int32)

    columns = {
        "WS_OIDN": number(list(oidn)),
        "WS_UIDN": text([f"{one}_2" for one in oidn]),
        "WS_GIDN": text([f"{one}_1" for one in oidn]),
        "B_WK_OIDN": number([145300 + segment.nodes[0] for segment in segments]),
        "E_WK_OIDN": number([145300 + segment.nodes[1] for segment in segments]),
        "STATUS": number(4),
        "LBLSTATUS": text("in gebruik"),
        "MORF": number(morf),
        "LBLMORF": text(
            [
                {
                    103: "weg bestaande uit één rijbaan",
                    113: "voetgangerszone",
                    114: "wandel- of fietsweg, niet toegankelijk voor andere voertuigen",
                }[form]
                for form in morf
            ]
        ),
        "WEGCAT": text(category),
        "LBLWEGCAT": text(
            [
                {"S1": "secundaire weg type 1", "L3": "lokale weg type 3", "-9": "niet van toepassing"}[code]
                for code in category
            ]
        ),
        "LSTRNMID": number([ids[name] for name in names]),
        "LSTRNM": text(names),
        "RSTRNMID": number([ids[name] for name in names]),
        "RSTRNM": text(names),
        "BEHEER": text(town.layout.settings["nis_code"]),
        "LBLBEHEER": text(f"Stad {town.layout.settings['gemeente']}"),
        "METHODE": number(2),
        "LBLMETHOD": text("ingemeten"),
        "OPNDATUM": text("20140220T143532"),
        "BEGINTIJD": text("20190312T090000"),
        "BEGINORG": text("AGIV"),
        "LBLBGNORG": text("Agentschap voor Geografische Informatie Vlaanderen"),
        "TGBEP": number(1),
        "LBLTGBEP": text("openbare weg"),
    }
    shapes = np.array([segment.line for segment in segments], dtype=object)
    return files.shapefile(folder / "Wegsegment.shp", columns, shapes)


def street_ids(town: Town) -> dict[str, int]:
    """Number of each street name in the address register."""
    first = town.layout.settings["straatnaam_eerste"]
    return {
        name: first + index
        for index, name in enumerate(dict.fromkeys(street["naam"] for street in town.layout.streets))
    }
