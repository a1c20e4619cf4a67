"""Sealed courtyards, inner areas, back gardens and front yards on parcels."""

import numpy as np
import pandas as pd
import shapely

from ..facts import split_yards
from .rules import Rules
from .shapes import blocks, cut_away, opened, part_in_cells, pieces
from .site import Site, draft

# Parts of a yard narrower than this are not opened up.
_NARROW_M = 0.8


def yard_places(site: Site, rules: Rules) -> list[dict]:
    """Sealed open space of parcels that can be opened: ``koer``, ``binnengebied`` and ``voortuin``.

    Along buildings a passage stays paved; in front yards the path to the door.
    """
    parcels = site.layer("percelen")
    if parcels.empty:
        return []
    buildings = site.shapes("gebouwen")
    keys = parcels["capakey"].to_numpy()
    space = cut_away(parcels.geometry.to_numpy(), buildings)
    lines = site.parcel_edges.lines(len(parcels))
    front, back = split_yards(space, lines, _houses(site, keys))
    undivided = shapely.is_missing(back)
    back[undivided], front[undivided] = space[undivided], shapely.Polygon()
    paths = _paths(site, lines, keys, rules["pad_breedte_m"])
    kept = np.concatenate([site.shapes("groen"), site.shapes("terreinen")])
    back = cut_away(cut_away(back, kept), buildings, rules["koer_doorgang_m"])
    front = cut_away(cut_away(cut_away(front, kept), paths), buildings, 0.02)
    source = ("OPGEMETEN",)
    if site.sealed is None:
        source = ("VERHARD",)
    else:
        back, front = (part_in_cells(shapes, site.sealed, site.sealed_cells) for shapes in (back, front))
    found = []
    for type, shapes, least in (
        ("koer", back, rules["koer_min_m2"]),
        ("voortuin", front, rules["voortuin_min_m2"]),
    ):
        extra = ("EIGENAAR", "VOORTUIN") if type == "voortuin" else ("EIGENAAR",)
        for shape, row in zip(*pieces(opened(shapes, _NARROW_M / 2), least), strict=True):
            large = shape.area > rules["koer_max_m2"]
            for part in blocks(shape, rules["vak_privaat_max_m2"]):
                found.append(
                    draft(
                        "binnengebied" if large else type,
                        part,
                        (keys[row],),
                        "privaat",
                        "wettelijk_mogelijk",
                        extra + source,
                        capakey=keys[row],
                    )
                )
    return found


def _houses(site: Site, keys: np.ndarray) -> np.ndarray:
    """Main buildings of each parcel as one shape; None where it has none."""
    buildings = site.layer("gebouwen")
    main = buildings[~buildings["type"].eq("bijgebouw").fillna(False)]
    result = np.full(len(keys), None, dtype=object)
    by_parcel = pd.Series(main.geometry.to_numpy(), index=main["capakey"].to_numpy()).groupby(level=0)
    row_of = {key: row for row, key in enumerate(keys)}
    for key, shapes in by_parcel:
        if key in row_of:
            result[row_of[key]] = shapely.union_all(shapes.to_numpy())
    return result


def _paths(site: Site, lines: np.ndarray, keys: np.ndarray, width: float) -> np.ndarray:
    """The path from each entrance to the street."""
    addresses = site.layer("adressen")
    row = pd.Series(np.arange(len(keys)), index=keys).reindex(addresses["capakey"].to_numpy())
    known = ~row.isna().to_numpy()
    street = lines[row[known].to_numpy(int)]
    doors = addresses.geometry.to_numpy()[known][~shapely.is_missing(street)]
    street = street[~shapely.is_missing(street)]
    return shapely.buffer(shapely.shortest_line(doors, street), width / 2, cap_style="square")
