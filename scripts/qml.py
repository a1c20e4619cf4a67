"""Building blocks of QML: symbols, rules, labels and raster renderers, in the form QGIS 3.22 reads."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring


def rgba(color: str) -> str:
    """``#rrggbb`` or ``#rrggbbaa`` as QGIS writes it."""
    parts = [int(color[i : i + 2], 16) for i in range(1, len(color), 2)]
    return ",".join(map(str, [*parts, 255][:4]))


def _layer(symbol: Element, kind: str, properties: Mapping[str, object]) -> Element:
    layer = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    options = SubElement(layer, "Option", type="Map")
    for name, value in properties.items():
        SubElement(options, "Option", name=name, type="QString", value=str(value))
    return layer


def _stroke(look: Mapping[str, object], prefix: str) -> dict[str, object]:
    """Properties of a line, under the names a line layer or an outline uses."""
    outline = prefix == "outline"
    if not look.get("line"):
        return {"outline_style": "no"} if outline else {"line_style": "no"}
    found = {f"{prefix}_color": rgba(str(look["line"])), f"{prefix}_width": look.get("width", 0.2)}
    if look.get("dash") and not outline:
        dashes = ";".join(str(part * float(look.get("width", 0.2))) for part in look["dash"])
        found |= {"use_custom_dash": 1, "customdash": dashes, "capstyle": "flat", "joinstyle": "round"}
    elif not outline:
        found |= {"capstyle": "round", "joinstyle": "round"}
    return found


def symbol(parent: Element, name: str, geometry: str, look: Mapping[str, object]) -> None:
    """Add a symbol.

    Args:
        parent: The element that holds it.
        name: Its number or ``@<number>@0`` for the inside of a pattern.
        geometry: Catalogue geometry, decides marker, line or fill.
        look: ``fill``, ``line``, ``width``, ``dash``, ``shape``, ``size``, ``hatch``, ``dots``, ``opacity``.
    """
    kind = "marker" if "Point" in geometry else "line" if "Line" in geometry else "fill"
    attributes = {
        "type": kind,
        "name": name,
        "alpha": str(look.get("opacity", 1)),
        "clip_to_extent": "1",
        "force_rhr": "0",
    }
    made = SubElement(parent, "symbol", attributes)
    if kind == "marker":
        unit = "MapUnit" if look.get("size_field") else "MM"
        size = {"name": look.get("shape", "circle"), "size": look.get("size", 2), "size_unit": unit}
        fill = rgba(str(look.get("fill") or "#ffffff00"))
        layer = _layer(made, "SimpleMarker", {"color": fill, **size, **_stroke(look, "outline")})
        if look.get("size_field"):
            _defined(layer, "size", f'coalesce("{look["size_field"]}", {look.get("size", 2)})')
    elif kind == "line":
        if look.get("casing"):
            wide = {"line": look["casing"], "width": float(look.get("width", 0.2)) + 0.35}
            _layer(made, "SimpleLine", _stroke(wide, "line"))
        layer = _layer(made, "SimpleLine", _stroke(look, "line"))
        if look.get("color_by"):
            _defined(layer, "outlineColor", str(look["color_by"]))
    else:
        _fill(made, name, look)


def _defined(layer: Element, name: str, expression: str) -> None:
    """Let an expression give a property of a symbol layer."""
    options = SubElement(SubElement(layer, "data_defined_properties"), "Option", type="Map")
    SubElement(options, "Option", name="name", type="QString", value="")
    properties = SubElement(options, "Option", name="properties", type="Map")
    entry = SubElement(properties, "Option", name=name, type="Map")
    SubElement(entry, "Option", name="active", type="bool", value="true")
    SubElement(entry, "Option", name="expression", type="QString", value=expression)
    SubElement(entry, "Option", name="type", type="int", value="3")
    SubElement(options, "Option", name="type", type="QString", value="collection")


def _fill(made: Element, name: str, look: Mapping[str, object]) -> None:
    if look.get("hatch"):
        pattern = {
            "angle": 45,
            "distance": 1.4,
            "distance_unit": "MM",
            "line_width": 0.18,
            "color": rgba(str(look["hatch"])),
        }
        inside = _layer(made, "LinePatternFill", pattern)
        symbol(inside, f"@{name}@0", "LineString", {"line": look["hatch"], "width": 0.18})
    elif look.get("dots"):
        inside = _layer(made, "PointPatternFill", {"distance_x": 1.5, "distance_y": 1.5})
        symbol(inside, f"@{name}@0", "Point", {"fill": look["dots"], "size": 0.5})
    if look.get("dash"):
        _layer(made, "SimpleLine", _stroke(look, "line"))
        return
    fill = {"color": rgba(str(look["fill"])), "style": "solid"} if look.get("fill") else {"style": "no"}
    _layer(made, "SimpleFill", {**fill, **_stroke(look, "outline")})


def rules(root: Element, geometry: str, entries: Iterable[tuple[str, str, Mapping[str, object]]]) -> None:
    """Add a rule-based renderer of (filter, label, look); an empty filter takes every feature."""
    renderer = SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0", forceraster="0")
    tree = SubElement(renderer, "rules", key="rules")
    symbols = SubElement(renderer, "symbols")
    for number, (condition, label, look) in enumerate(entries):
        rule = {"key": f"rule-{number}", "symbol": str(number), "label": label}
        SubElement(tree, "rule", rule | ({"filter": condition} if condition else {}))
        symbol(symbols, str(number), geometry, look)


def single(root: Element, geometry: str, look: Mapping[str, object]) -> None:
    """Add a renderer with one symbol for all."""
    renderer = SubElement(root, "renderer-v2", type="singleSymbol", symbollevels="0", forceraster="0")
    symbol(SubElement(renderer, "symbols"), "0", geometry, look)


def labels(root: Element, geometry: str, field: str, look: Mapping[str, object], halo: str) -> None:
    """Add labels with a halo: along lines, beside points, inside areas; never over each other."""
    settings = SubElement(SubElement(root, "labeling", type="simple"), "settings")
    style = SubElement(
        settings,
        "text-style",
        {
            "fieldName": field,
            "isExpression": "0",
            "fontFamily": "DejaVu Sans",
            "fontSize": str(look["size"]),
            "fontSizeUnit": "Point",
            "textColor": rgba(str(look["color"])),
            "textOpacity": "1",
            "fontItalic": "1" if look.get("italic") else "0",
            "fontWeight": "75" if look.get("bold") else "50",
        },
    )
    SubElement(
        style,
        "text-buffer",
        {
            "bufferDraw": "1",
            "bufferSize": "0.8",
            "bufferSizeUnits": "MM",
            "bufferColor": rgba(halo),
            "bufferOpacity": "1",
        },
    )
    along = "Line" in geometry
    SubElement(
        settings,
        "placement",
        {
            "placement": "3" if along else "0" if "Point" in geometry else "1",
            "placementFlags": "9" if along else "10",
            "repeatDistance": "120" if along else "0",
            "repeatDistanceUnits": "MM",
            "dist": "0.8",
            "distUnits": "MM",
            "priority": "5",
        },
    )
    limits = (
        {"scaleVisibility": "1", "scaleMin": "0", "scaleMax": str(look["scale"])} if look.get("scale") else {}
    )
    SubElement(
        settings,
        "rendering",
        {"mergeLines": "1" if along else "0", "obstacle": "1", "drawLabels": "1", **limits},
    )


def raster(root: Element, entries: Iterable[tuple[float, str, str]], kind: str) -> None:
    """Add a raster renderer of (value, label, colour): ``paletted``, ``discrete`` (to) or ``linear``."""
    pipe = SubElement(root, "pipe")
    entries = list(entries)
    if kind == "paletted":
        renderer = SubElement(pipe, "rasterrenderer", type="paletted", band="1", opacity="1", alphaBand="-1")
        palette = SubElement(renderer, "colorPalette")
        for value, label, color in entries:
            alpha = rgba(color).rsplit(",", 1)[1]
            SubElement(palette, "paletteEntry", value=str(value), label=label, color=color[:7], alpha=alpha)
        return
    limits = {"classificationMin": str(entries[0][0]), "classificationMax": str(entries[-1][0])}
    renderer = SubElement(
        pipe,
        "rasterrenderer",
        {"type": "singlebandpseudocolor", "band": "1", "opacity": "1", "alphaBand": "-1"} | limits,
    )
    shader = SubElement(
        SubElement(renderer, "rastershader"),
        "colorrampshader",
        {
            "colorRampType": "DISCRETE" if kind == "discrete" else "INTERPOLATED",
            "classificationMode": "1",
            "clip": "0",
        },
    )
    for value, label, color in entries:
        SubElement(shader, "item", value=str(value), label=label, color=color[:7], alpha="255")


def grey(root: Element) -> None:
    """Add a grey raster whose contrast follows what is on the canvas."""
    renderer = SubElement(
        SubElement(root, "pipe"),
        "rasterrenderer",
        {
            "type": "singlebandgray",
            "grayBand": "1",
            "gradient": "BlackToWhite",
            "opacity": "1",
            "alphaBand": "-1",
        },
    )
    origin = SubElement(renderer, "minMaxOrigin")
    for tag, text in (
        ("limits", "CumulativeCut"),
        ("extent", "UpdatedCanvas"),
        ("statAccuracy", "Estimated"),
    ):
        SubElement(origin, tag).text = text
    for tag, text in (("cumulativeCutLower", "0.02"), ("cumulativeCutUpper", "0.98"), ("stdDevFactor", "2")):
        SubElement(origin, tag).text = text
    stretch = SubElement(renderer, "contrastEnhancement")
    for tag, text in (("minValue", "0"), ("maxValue", "30"), ("algorithm", "StretchToMinimumMaximum")):
        SubElement(stretch, tag).text = text


def document(scale: int | None = None) -> Element:
    """An empty QML; with ``scale``, shown only from 1:scale inwards."""
    root = Element("qgis", version="3.22", styleCategories="AllStyleCategories")
    if scale:
        root.attrib |= {"hasScaleBasedVisibilityFlag": "1", "minScale": str(scale), "maxScale": "0"}
    return root


def text(root: Element) -> str:
    """The QML as written to disk."""
    indent(root, " ")
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        + tostring(root, encoding="unicode")
        + "\n"
    )
