"""What the catalogue says about a layer, a field and a kind of source."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import ConfigError

KINDS = ("input", "human", "result", "raster")
GEOMETRIES = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "none",
    "raster",
)
TYPES = ("text", "integer", "real", "boolean", "date", "datetime")
TIERS = ("P0", "P1", "P2", "P3")

Text = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """One column of a layer.

    Attributes:
        name: Lowercase ASCII Dutch name, with the unit where it has one.
        type: One of :data:`TYPES`.
        title: Label by language (``nl``, ``en``).
        unit: Unit as printed, empty where there is none.
        codes: Allowed codes with their labels by language; empty where any value is allowed.
        required: Whether a row without it is rejected.
        minimum: Smallest allowed number, or None.
        maximum: Largest allowed number, or None.
        privacy: The most open tier at which the value itself may leave (P0 never leaves).
        purpose: What it is kept for.
        retention: How long it is kept.
    """

    name: str
    type: str
    title: Text
    unit: str = ""
    codes: Mapping[str, Text] = field(default_factory=dict)
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    privacy: str = "P0"
    purpose: str = ""
    retention: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of delivery a layer can come from.

    Attributes:
        type: Name by which ``wijk.toml`` refers to it (``soort``).
        title: Label by language.
        columns: Column names in the delivery, in order of preference, by target name.
        codes: Delivered code → catalogue code, by target name.
    """

    type: str
    title: Text
    columns: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """A number in a row that counts dwellings, households or facts.

    Attributes:
        of: Field that holds it.
        less: Field to subtract from it: what anybody can work out is counted too.
        unless: Units (field ``eenheid``) of rows in which the field counts something else.
    """

    of: str
    less: str = ""
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """Figures of a row that rest on the same counts.

    Attributes:
        counts: Numbers of which 1 .. threshold-1 may not be known.
        hides: Fields that would tell such a number.
    """

    counts: tuple[Counted, ...]
    hides: tuple[str, ...]


@dataclass(frozen=True)
class Layer:
    """One layer or table.

    Attributes:
        id: Name in the GeoPackage.
        kind: ``input`` (delivered), ``human`` (decisions, visits), ``result`` (of a plan) or ``raster``.
        geometry: One of :data:`GEOMETRIES`.
        key: Names of the key columns.
        fields: Columns in order.
        sources: Kinds of delivery it can come from.
        group: Group in the layer tree.
        order: Drawing and print order; the highest is on top.
        style: What the map shows: attribute, method, ramp, breaks, symbol, label.
        figures: Figures over many dwellings, with the counts behind them.
        row_tier: Field with the most open tier of each row; empty where the fields' classes say it all.
        follows: Fields that only tell what modelled values, of this row or of all, come to: class, rank, chance, words.
            A row in which nothing but these changed has not changed.
    """

    id: str
    title: Text
    description: Text
    kind: str
    geometry: str
    key: tuple[str, ...]
    fields: Mapping[str, Field]
    sources: tuple[Source, ...] = ()
    attribution: str = ""
    licence: str = ""
    group: str = ""
    order: int = 0
    style: Mapping[str, object] = field(default_factory=dict)
    figures: tuple[Figures, ...] = ()
    row_tier: str = ""
    follows: tuple[str, ...] = ()

    @property
    def spatial(self) -> bool:
        """Whether rows carry a geometry."""
        return self.geometry not in ("none", "raster")

    def source(self, type: str = "") -> Source:
        """The source of that type; without a type, the first one.

        Raises:
            ConfigError: The layer knows no such source.
        """
        for source in self.sources:
            if type in ("", source.type):
                return source
        known = ", ".join(source.type for source in self.sources) or "none"
        raise ConfigError(
            f"Layer '{self.id}' has no source of type '{type}'.", "wijk.toml", f"Known: {known}."
        )


@dataclass(frozen=True)
class Catalogue:
    """All layers by id."""

    layers: Mapping[str, Layer]

    def layer(self, id: str) -> Layer:
        """The layer with that id.

        Raises:
            ConfigError: There is no such layer.
        """
        try:
            return self.layers[id]
        except KeyError:
            raise ConfigError(
                f"There is no layer '{id}' in the catalogue.", "layers/", "'arsenaal layers' lists them."
            ) from None

    def of_kind(self, *kinds: str) -> list[Layer]:
        """Layers of these kinds, in order of id."""
        return [layer for id, layer in sorted(self.layers.items()) if layer.kind in kinds]
