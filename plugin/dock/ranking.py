"""A ranked result layer as the dock sees it: rows in order, contributions, a new order for other weights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from qgis.core import NULL, QgsFeature, QgsFeatureRequest, QgsVectorLayer

from ..arsenaal_gis.catalogue import Field, Layer
from ..arsenaal_gis.priority import score
from ..texts import number, title, tr

# What a field begins with that says how much a criterion adds: to a score, or in points.
PARTS = ("bijdrage_", "punten_")
# What a row shows: where, what, how much; of each the first that the layer has.
FACTS = (
    ("plek", "straat", "naam"),
    ("type", "soort", "kant", "huisnummer"),
    ("oppervlakte_m2", "pet_c", "niveau"),
)
REASONS = ("waarom", "reden")
SCORES = ("score", "score_0_1", "punten", "prioriteit")
RANKS = ("rang",)
ROBUST = ("robuustheid", "rang_robuust")
# What a list can be narrowed by.
FILTERS = ("straat", "type", "bezoektype", "kant", "oordeel", "klasse", "kwadrant", "trap", "robuustheid")
# What multiplies the weighted sum, 0-1: how easily a place can be done.
FACTOR = "opportuniteit"


@dataclass
class Ranking:
    """The rows of a ranked layer.

    Attributes:
        layer: The layer on screen.
        about: Its description.
        ids: Feature ids, (n,).
        values: Values by field name, each of length n, of what the list orders, shows and is narrowed by.
        weights: Weight of each criterion in the plan, by criterion name; empty where it is no weighted sum.
    """

    layer: QgsVectorLayer
    about: Layer
    ids: NDArray[np.int64]
    values: dict[str, list]
    weights: dict[str, float] = field(default_factory=dict)

    def row(self, row: int) -> QgsFeature:
        """All that the layer says of a row."""
        return self.layer.getFeature(int(self.ids[row]))

    @property
    def rank_field(self) -> str:
        """The field with the plan's rank."""
        return first(self.about, RANKS)

    @property
    def part(self) -> str:
        """What the fields with contributions begin with."""
        return next((p for p in PARTS if any(name.startswith(p) for name in self.about.fields)), PARTS[0])

    @property
    def criteria(self) -> list[str]:
        """Names of the criteria that contributed."""
        return [name.removeprefix(self.part) for name in self.about.fields if name.startswith(self.part)]

    def columns(self) -> list[Field]:
        """What the list shows besides the rank: at most three facts, the score, the robustness."""
        names = facts(self.about) + [first(self.about, SCORES), first(self.about, ROBUST)]
        return [self.about.fields[name] for name in names if name]

    def parts(self) -> NDArray[np.float64]:
        """Contributions of the plan, (n, criteria); nan where unknown."""
        table = [[as_float(v) for v in self.values[self.part + name]] for name in self.criteria]
        return np.array(table, float).T.reshape(len(self.ids), len(self.criteria))

    def scaled(self) -> NDArray[np.float64]:
        """The criteria on their 0-1 scales, taken back out of contributions and weights, (n, criteria).

        A contribution is factor x weight x criterion over the summed weight of the known criteria.
        """
        parts = self.parts() / self.factor()[:, None]
        weights = np.array([self.weights[name] for name in self.criteria])
        known = ~np.isnan(parts) @ weights
        with np.errstate(divide="ignore", invalid="ignore"):
            criteria = parts * known[:, None] / weights
        top = np.nanmax(criteria, initial=0.0)
        return np.clip(criteria / max(top, 1.0), 0, 1)

    def factor(self) -> NDArray[np.float64]:
        """What multiplies the weighted sum of each row, (n,); nan where it is zero or unknown."""
        if FACTOR not in self.values:
            return np.ones(len(self.ids))
        found = np.array([as_float(value) for value in self.values[FACTOR]])
        return np.where(found > 0, found, np.nan)

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """Scores under other weights, (n,), nan where nothing is known."""
        chosen = np.array([weights.get(name, 0.0) for name in self.criteria])
        if not chosen.any():
            return np.full(len(self.ids), np.nan)
        factor = self.factor()
        return np.where(np.isnan(factor), 0.0, factor * score(self.scaled(), chosen))


def read(layer: QgsVectorLayer, about: Layer, weights: Mapping[str, float]) -> Ranking:
    """Read the rows through QGIS' provider, without geometry."""
    names = [name for name in layer.fields().names() if needed(about, name)]
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes(names, layer.fields())
    wanted = itemgetter(*(layer.fields().lookupField(name) for name in names))
    rows = [(row.id(), *wanted(row.attributes())) for row in layer.getFeatures(request)]
    ids, *values = zip(*rows, strict=True) if rows else ([], *([] for _ in names))
    columns = {name: list(column) for name, column in zip(names, values, strict=True)}
    return Ranking(layer, about, np.array(ids, np.int64), columns, dict(weights))


def needed(about: Layer, name: str) -> bool:
    """Whether the list needs a field of every row; the rest is read of the one row that is explained."""
    shown = {*facts(about), first(about, SCORES), first(about, ROBUST), first(about, RANKS), FACTOR}
    return name in about.fields and (
        name in shown or name in FILTERS or name in about.key or name.startswith(PARTS)
    )


def first(about: Layer, names: tuple[str, ...]) -> str:
    """The first of the names that the layer has, or nothing."""
    return next((name for name in names if name in about.fields), "")


def facts(about: Layer) -> list[str]:
    """Fields that tell one row from another."""
    return [name for name in (first(about, names) for names in FACTS) if name]


def filters(about: Layer) -> list[Field]:
    """Fields by which a list can be narrowed."""
    return [about.fields[name] for name in FILTERS if name in about.fields]


def is_ranked(about: Layer) -> bool:
    """Whether a layer can stand in the dock."""
    return about.kind == "result" and bool(first(about, RANKS))


def in_order(layers: Iterable[Layer]) -> list[Layer]:
    """Ranked layers as they are offered: sums of criteria first, then those of the plan, then as drawn."""

    def place(about: Layer) -> tuple[bool, bool, int]:
        adds_up = any(name.startswith(PARTS) for name in about.fields)
        return not adds_up, about.group != "Plan", -about.order

    return sorted(layers, key=place)


def as_float(value: object) -> float:
    """A number, nan where it is unknown."""
    if isinstance(value, (int, float)):
        return float(value)
    return np.nan if value is None or value == NULL else float(value)


def decimals(value: float, unit: str) -> int:
    """How many decimals tell something: none of what is counted or large, two of what has no unit."""
    counted = unit.isalpha() and len(unit) > 2 and value.is_integer()
    if not unit:
        return 2
    return 0 if counted or abs(value) >= 100 else 1


def words(value: object, about: Field) -> str:
    """A value as staff read it: code in words, number with unit, unknown as a word."""
    if value is None or value == NULL:
        return tr("unknown")
    if about.codes:
        return title(about.codes.get(str(value), {"nl": str(value)}))
    if about.type == "real":
        return number(float(value), decimals(float(value), about.unit), about.unit)
    if about.type == "boolean":
        return tr("yes") if value else tr("no")
    if hasattr(value, "toString"):
        return value.toString("dd/MM/yyyy")
    return f"{value} {about.unit}".strip()


def provenance(about: Layer, field: Field) -> str:
    """Where a figure comes from: its full title with unit and uncertainty, its field, its source."""
    unit = f" ({field.unit})" if field.unit and field.unit not in title(field.title) else ""
    return f"{title(field.title)}{unit}\n{about.id}.{field.name}\n{about.attribution}"
