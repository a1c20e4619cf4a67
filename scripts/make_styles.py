"""Write styles/<id>.qml from the [style] of layers/*.toml and styles/palette.toml (`make styles`).

A test writes them anew and compares, so a style is never edited by hand.
"""

import tomllib
from pathlib import Path
from xml.etree.ElementTree import Element

from arsenaal_gis.catalogue import Layer, load

from . import qml

ROOT = Path(__file__).resolve().parent.parent
PALETTE = tomllib.loads((ROOT / "styles" / "palette.toml").read_text(encoding="utf-8"))
UNKNOWN = ("onbekend", "unknown")
SUPPRESSED = ("onderdrukt", "suppressed", "verborgen")
FALLBACK = "priority"
# A last break so many times the one before it is no class bound.
SENTINEL = 20
LONG_UNIT = 8
# More classes than this and the rest share one grey sign.
MAX_HUES = 9


def spread(ramp: list[str], count: int) -> list[str]:
    """``count`` colours of a ramp, ends included; between its own colours they are mixed, so that no two classes are alike."""
    if count == 1:
        return [ramp[len(ramp) // 2]]
    found = []
    for i in range(count):
        place = i * (len(ramp) - 1) / (count - 1)
        low = min(int(place), len(ramp) - 2)
        ends = [[int(ramp[k][j : j + 2], 16) for j in (1, 3, 5)] for k in (low, low + 1)]
        mixed = [round(a + (b - a) * (place - low)) for a, b in zip(*ends, strict=True)]
        found.append("#" + "".join(f"{part:02x}" for part in mixed))
    return found


def look(geometry: str, color: str, **more: object) -> dict[str, object]:
    """The look of a class: colour as fill with a thin edge, or as line."""
    if "Line" in geometry:
        return {"line": color, "width": 0.9, "casing": PALETTE["base"]["casing"], **more}
    if "Point" in geometry:
        return {"fill": color, "line": PALETTE["base"]["point_line"], "width": 0.08, "size": 1.6, **more}
    return {"fill": color, "line": PALETTE["base"]["building_line"], "width": 0.08, **more}


def unknown_look(geometry: str) -> dict[str, object]:
    """Never a colour: hatched areas, dashed lines, hollow points."""
    grey = PALETTE["unknown"]["hatch"]
    if "Line" in geometry:
        return {"line": grey, "width": 0.5, "dash": [2, 3]}
    if "Point" in geometry:
        return {"fill": "#ffffff", "line": grey, "width": 0.3, "size": 1.8, "shape": "cross_fill"}
    return {"hatch": grey, "line": grey, "width": 0.08}


def suppressed_look(geometry: str) -> dict[str, object]:
    """Dots: there is a value, it may not be shown."""
    dots = PALETTE["unknown"]["dots"]
    return (
        {"dots": dots, "line": dots, "width": 0.08}
        if "Polygon" in geometry
        else {"line": dots, "fill": "#ffffff", "width": 0.6, "dash": [0.7, 1.8]}
    )


def ramp_of(layer: Layer) -> list[str]:
    """The colours a layer's style names."""
    name = layer.style.get("ramp", FALLBACK)
    name = PALETTE["same"].get(name, name)
    if name not in PALETTE["ramps"]:
        print(f"layers/{layer.id}.toml: no ramp '{name}' in styles/palette.toml; '{FALLBACK}' stands in")
    return PALETTE["ramps"].get(name, PALETTE["ramps"][FALLBACK])


def categorized(layer: Layer) -> list[tuple[str, str, dict[str, object]]]:
    """One rule per code in the catalogue's order, then the unknown."""
    attribute = layer.style["attribute"]
    field = layer.fields[attribute]
    given = PALETTE["codes"].get(layer.style.get("ramp", ""), {})
    if not field.codes:
        # Values that the wijk itself names, such as teams: a hue by the last letter.
        hues = ", ".join(f"'{hue}'" for hue in PALETTE["qualitative"]["colors"])
        letter = f'ascii(right("{attribute}", 1)) % {len(PALETTE["qualitative"]["colors"])}'
        known = look(layer.geometry, PALETTE["rest"]["color"], color_by=f"array_get(array({hues}), {letter})")
        return [
            (f'"{attribute}" IS NOT NULL', layer.title["nl"], known),
            ("ELSE", PALETTE["unknown"]["label"]["nl"], unknown_look(layer.geometry)),
        ]
    plain = [code for code in field.codes if code not in UNKNOWN + SUPPRESSED]
    crowded = len(plain) > MAX_HUES
    free = [code for code in plain if code not in given]
    if layer.style.get("ramp") in PALETTE["ramps"] and len(free) == len(plain):
        # A cell on paper lies over white: the palest colours would not be seen.
        ramp = ramp_of(layer)[1 if layer.id.startswith("kaart_") else 0 :]
        colors = dict(zip(free, spread(ramp, len(free)), strict=True))
    else:
        hues = PALETTE["qualitative"]["colors"]
        colors = {code: hues[i % len(hues)] for i, code in enumerate(free)}
    found = []
    for code in plain:
        if crowded and code not in given:
            continue
        entry = given.get(code, colors.get(code))
        entry = {"color": entry} if isinstance(entry, str) else dict(entry)
        color = entry.pop("color")
        found.append(
            (f"\"{attribute}\" = '{code}'", field.codes[code]["nl"], look(layer.geometry, color, **entry))
        )
    if crowded and free:
        codes = ", ".join(f"'{code}'" for code in free)
        found.append(
            (
                f'"{attribute}" IN ({codes})',
                PALETTE["rest"]["label"]["nl"],
                look(layer.geometry, PALETTE["rest"]["color"], size=1.6),
            )
        )
    for code in field.codes:
        if code in SUPPRESSED:
            found.append(
                (f"\"{attribute}\" = '{code}'", field.codes[code]["nl"], suppressed_look(layer.geometry))
            )
    return [*found, ("ELSE", PALETTE["unknown"]["label"]["nl"], unknown_look(layer.geometry))]


def number(value: float) -> str:
    """As Dutch readers write it."""
    return f"{value:g}".replace(".", ",").replace("-", "\u2212")


def classes(breaks: list[float], unit: str) -> list[tuple[float | None, float | None, str]]:
    """(from, to, label) of every class; outer ones are open, but not under 0 where the breaks start there."""
    low_end = [] if breaks[0] == 0 else [None]
    if len(breaks) > 2 and breaks[-1] >= SENTINEL * breaks[-2] > 0:
        breaks = breaks[:-1]  # written as "up to no end"
    high_end = [] if unit == "%" and breaks[-1] == 100 else [None]
    bounds = [*low_end, *breaks, *high_end]
    unit = f" {unit}" if 0 < len(unit) <= LONG_UNIT else ""  # a longer one stands in the layer's title
    found = []
    for low, high in zip(bounds, bounds[1:], strict=False):
        if low is None:
            label = f"minder dan {number(high)}{unit}"
        elif high is None:
            label = f"{number(low)}{unit} en meer"
        else:
            label = f"{number(low)} tot {number(high)}{unit}"
        found.append((low, high, label))
    if not high_end:
        found[-1] = (found[-1][0], None, found[-1][2])
    return found


def graduated(layer: Layer) -> list[tuple[str, str, dict[str, object]]]:
    """One rule per class between the breaks, then the unknown."""
    attribute, breaks = layer.style["attribute"], layer.style["breaks"]
    found = []
    spans = classes(breaks, layer.fields[attribute].unit)
    for (low, high, label), color in zip(spans, spread(ramp_of(layer), len(spans)), strict=True):
        parts = [f'"{attribute}" >= {low}'] * (low is not None) + [f'"{attribute}" < {high}'] * (
            high is not None
        )
        found.append((" AND ".join(parts), label, look(layer.geometry, color)))
    return [*found, ("ELSE", PALETTE["unknown"]["label"]["nl"], unknown_look(layer.geometry))]


def filtered(
    entries: list[tuple[str, str, dict[str, object]]], layer: Layer
) -> list[tuple[str, str, dict[str, object]]]:
    """Only the rows that the style's boolean ``filter`` field names."""
    name = layer.style.get("filter")
    if not name:
        return entries
    unknown = f'"{layer.style["attribute"]}" IS NULL'
    return [
        (f'"{name}" AND {unknown if condition == "ELSE" else f"({condition})"}', label, look)
        for condition, label, look in entries
    ]


def raster_style(root: Element, layer: Layer) -> None:
    """Codes as a palette, breaks as classes, heights as grey, anything else as a ramp over its range."""
    field = next(iter(layer.fields.values()))
    name = layer.style.get("ramp", "")
    defaults = PALETTE["raster"].get(name, {})
    if field.codes:
        given = PALETTE["codes"].get(name, {})
        ramp = spread(PALETTE["ramps"].get(name, PALETTE["qualitative"]["colors"]), len(field.codes))
        entries = [
            (int(c), t["nl"], given.get(c, r)) for (c, t), r in zip(field.codes.items(), ramp, strict=True)
        ]
        qml.raster(root, entries, "paletted")
    elif "breaks" in layer.style:
        spans = classes(layer.style["breaks"], field.unit)
        colors = spread(ramp_of(layer), len(spans))
        qml.raster(
            root,
            [
                ("inf" if high is None else high, label, color)
                for (_, high, label), color in zip(spans, colors, strict=True)
            ],
            "discrete",
        )
    elif defaults.get("method") == "grey":
        qml.grey(root)
    else:
        low, high = layer.style.get("range", defaults.get("range", (field.minimum or 0, field.maximum or 1)))
        ramp = ramp_of(layer)
        values = [low + i * (high - low) / (len(ramp) - 1) for i in range(len(ramp))]
        qml.raster(
            root,
            [
                (v, f"{number(round(v, 3))} {field.unit}".strip(), c)
                for v, c in zip(values, ramp, strict=True)
            ],
            "linear",
        )


def style(layer: Layer) -> str:
    """The QML of one layer."""
    chosen = PALETTE["symbols"].get(layer.style.get("symbol", ""), {})
    root = qml.document(chosen.get("scale") or layer.style.get("scale"))
    method = layer.style.get("method", "single")
    if layer.geometry == "raster":
        raster_style(root, layer)
        return qml.text(root)
    if method in ("categorized", "graduated"):
        entries = categorized(layer) if method == "categorized" else graduated(layer)
        qml.rules(root, layer.geometry, filtered(entries, layer))
    else:
        if not chosen:
            raise SystemExit(
                f"layers/{layer.id}.toml: no symbol '{layer.style.get('symbol')}' in styles/palette.toml"
            )
        qml.single(root, layer.geometry, chosen)
    if "label" in layer.style:
        wanted = PALETTE["labels"].get(layer.style.get("symbol", ""), PALETTE["labels"]["default"])
        qml.labels(root, layer.geometry, layer.style["label"], wanted, PALETTE["base"]["halo"])
    return qml.text(root)


def main(folder: Path) -> None:
    """Write every style into ``folder``."""
    for layer in load().layers.values():
        if layer.geometry != "none" and layer.style:
            (folder / f"{layer.id}.qml").write_text(style(layer), encoding="utf-8")


if __name__ == "__main__":
    main(ROOT / "styles")
