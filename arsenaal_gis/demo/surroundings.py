"""The town around a practice wijk, only for the rasters: none of its parcels or buildings is delivered."""

import numpy as np
import shapely
import shapely.affinity
from shapely import LineString
from shapely.geometry.polygon import orient

from .layout import Layout
from .scene import BALLAST, GRASS, SEALED, WATER, Building, Roof, Scene
from .zones import railway

REACH = 1010.0  # how far the town is drawn around the outline, m
NEAR = 215.0  # up to here house by house, beyond it row by row, m


def build(layout: Layout, rng: np.random.Generator) -> Scene:
    """Draw blocks of houses, works and green on a jittered lattice around the wijk."""
    scene = Scene()
    x_min, y_min, x_max, y_max = layout.outline.bounds
    scene.ground.append((shapely.box(x_min - REACH, y_min - REACH, x_max + REACH, y_max + REACH), SEALED))
    kept_free = [layout.outline.buffer(5)]
    kept_free += [rail["lijn"].buffer(rail["breedte"] / 2 + 6) for rail in layout.railways]
    kept_free += [water.buffer(8) for water in layout.waters]
    kept_free += [yard.buffer(8) for yard in _yards(layout, scene, rng)]
    taken = shapely.union_all(kept_free)
    shapely.prepare(taken)
    for block in _lattice(layout, rng):
        if not taken.intersects(block):
            _block(block, layout, scene, rng)
        else:
            rest = shapely.difference(block, taken)
            for part in shapely.get_parts(rest):
                if part.area > 200:
                    scene.ground.append((part, GRASS))
                    scene.plant(part, 15, (9, 2.5), "omgeving", rng)
    railway(layout.railways, shapely.Polygon(), scene, rng)
    scene.ground += [(water, WATER) for water in layout.waters]
    scene.green.clear()
    return scene


def _lattice(layout: Layout, rng: np.random.Generator) -> list:
    """Quadrilateral blocks between the streets of the surroundings."""
    x_min, y_min, x_max, y_max = layout.outline.bounds
    extent = shapely.box(x_min - REACH, y_min - REACH, x_max + REACH, y_max + REACH)
    corners = layout.local(shapely.get_coordinates(extent))
    low, high = corners.min(axis=0), corners.max(axis=0)
    u = np.arange(low[0], high[0], 152.0)
    v = np.arange(low[1], high[1], 92.0)
    nodes = np.stack(np.meshgrid(u, v, indexing="ij"), axis=-1)
    nodes = nodes + rng.normal(0, 9, nodes.shape)
    blocks = []
    for i in range(len(u) - 1):
        for j in range(len(v) - 1):
            ring = nodes[[i, i + 1, i + 1, i], [j, j, j + 1, j + 1]]
            block = shapely.Polygon(layout.place(ring)).buffer(-5.2, join_style="mitre")
            if block.geom_type == "Polygon" and block.area > 2500 and extent.intersects(block):
                blocks.append(block)
    return blocks


def _block(block: shapely.Polygon, layout: Layout, scene: Scene, rng: np.random.Generator) -> None:
    kind = rng.choice(["rij", "groen", "bedrijf"], p=[0.72, 0.16, 0.12])
    near = layout.outline.distance(block) < NEAR
    ring = np.array(orient(block).exterior.coords)
    if kind == "groen":
        scene.ground.append((block, GRASS))
        scene.plant(block, 12 if near else 16, (10, 3), "omgeving", rng)
        return
    if kind == "bedrijf":
        hall = shapely.affinity.scale(shapely.minimum_rotated_rectangle(block.buffer(-9)), 0.85, 0.8)
        scene.buildings.append(Building(hall, 1, [(hall, Roof(rng.uniform(5, 9)))]))
        return
    scene.ground.append((block.buffer(-9), GRASS if rng.random() < 0.55 else SEALED))
    scene.plant(block.buffer(-14), 13, (7, 2), "omgeving", rng)
    for start, stop in zip(ring[:-1], ring[1:], strict=True):
        length = float(np.hypot(*(stop - start)))
        along = (stop - start) / length
        inward = np.array([-along[1], along[0]])
        width = 6.0 if near else length
        count = max(1, round(length / width))
        edges = np.linspace(0, length, count + 1)
        depth, eaves, rise = rng.uniform(8.6, 10.2), rng.uniform(5.6, 7.2), rng.uniform(2.2, 4.0)
        for low, high in zip(edges[:-1], edges[1:], strict=True):
            if rng.random() < 0.25:
                depth, eaves, rise = (
                    rng.uniform(8.6, 10.4),
                    rng.uniform(5.4, 8.6),
                    rng.choice([0.0, 3.2, 3.6]),
                )
            foot, head = start + along * low, start + along * high
            house = shapely.Polygon([foot, head, head + inward * depth, foot + inward * depth])
            parts = [(house, Roof(eaves, rise, (*foot, *inward, depth)))]
            if near and rng.random() < 0.7:
                middle, more = foot + along * (high - low) * 0.55, rng.uniform(2.5, 6)
                parts.append(
                    (
                        shapely.Polygon(
                            [
                                foot + inward * depth,
                                middle + inward * depth,
                                middle + inward * (depth + more),
                                foot + inward * (depth + more),
                            ]
                        ),
                        Roof(3.0),
                    )
                )
            scene.buildings.append(Building(house, 1, parts))
            if near and rng.random() < 0.5:
                yard = [
                    foot + inward * (depth + 4),
                    head + inward * (depth + 4),
                    head + inward * 26,
                    foot + inward * 26,
                ]
                scene.ground.append((shapely.Polygon(yard), GRASS if rng.random() < 0.55 else SEALED))


def _yards(layout: Layout, scene: Scene, rng: np.random.Generator) -> list:
    """Railway yards with their tracks, and the large halls that the drawing names."""
    result = []
    for yard in layout.settings.get("terrein", []):
        area = shapely.Polygon(layout.place(yard["rand"]))
        result.append(area)
        scene.ground.append((area, BALLAST if yard["soort"] == "rangeerterrein" else SEALED))
        for centre, size in yard.get("hallen", []):
            u, v = centre
            half, side = size[0] / 2, size[1] / 2
            hall = shapely.Polygon(
                layout.place(
                    [[u - half, v - side], [u + half, v - side], [u + half, v + side], [u - half, v + side]]
                )
            )
            naves = max(1, round(size[1] / 18))
            for nave in range(naves):
                low, high = v - side + nave * size[1] / naves, v - side + (nave + 1) * size[1] / naves
                strip = layout.place([[u - half, low], [u + half, low], [u + half, high], [u - half, high]])
                inward = (strip[3] - strip[0]) / np.hypot(*(strip[3] - strip[0]))
                roof = Roof(9.0, 3.5, (*strip[0], *inward, size[1] / naves))
                scene.buildings.append(Building(hall, 1, [(shapely.Polygon(strip), roof)]))
        if yard["soort"] == "rangeerterrein":
            edge = shapely.difference(area, area.buffer(-7))
            scene.plant(edge, 9, (6, 2), "omgeving", rng)
    return result


def extended(layout: Layout, reach: float = 1500.0) -> list:
    """The main roads carried on beyond the wijk, as areas on which no embankment stands."""
    result = []
    for street in layout.streets:
        if street["rang"] == 1:
            line = np.array(street["lijn"].coords)
            start, stop = line[0] - line[1], line[-1] - line[-2]
            line = np.vstack(
                [line[0] + start / np.hypot(*start) * reach, line, line[-1] + stop / np.hypot(*stop) * reach]
            )
            result.append(LineString(line).buffer(street["breedte"] / 2, cap_style="flat"))
    return result
