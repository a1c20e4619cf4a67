"""Open a wijk in the project: inputs of ``wijk.gpkg`` and results of its latest plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ..arsenaal_gis.catalogue import Layer, data_folder, load
from ..arsenaal_gis.errors import WorkspaceError
from ..arsenaal_gis.plan import latest_plan
from ..arsenaal_gis.wijk import Plan, Wijk
from ..texts import title, tr
from . import forms, legend, notice, record, relations, shade, tips, tree

LAYER_ID = "arsenaal/id"
WIJK = "arsenaal/wijk"
ANALYSIS = "arsenaal/analysis"
LAMBERT72 = "EPSG:31370"


@dataclass
class Opened:
    """A wijk on screen.

    Attributes:
        wijk: The workspace.
        plan: Its latest plan, or None.
        layers: Loaded layers by catalogue id.
    """

    wijk: Wijk
    plan: Plan | None
    layers: dict[str, QgsMapLayer] = field(default_factory=dict)

    def extent(self, project: QgsProject) -> QgsRectangle:
        """Extent of the wijk in the project's CRS."""
        boundary = self.layers.get("wijkgrens") or next(iter(self.layers.values()))
        to_project = QgsCoordinateTransform(boundary.crs(), project.crs(), project.transformContext())
        return to_project.transformBoundingBox(boundary.extent())


def open_wijk(path: Path | str, project: QgsProject, breathe: Callable[[], None] = lambda: None) -> Opened:
    """Load a wijk into a project; a wijk that is open already is replaced.

    Args:
        path: ``wijk.toml``, ``wijk.gpkg`` or their folder.
        project: The project to fill.
        breathe: Called between layers, so that the window stays alive.

    Raises:
        ConfigError: ``wijk.toml`` is absent or wrong.
        WorkspaceError: Nothing was imported yet.
    """
    wijk = Wijk.open(path)
    if not wijk.gpkg.exists():
        raise WorkspaceError(
            tr("Nothing has been imported for this wijk yet."),
            str(wijk.gpkg),
            tr("Run the algorithm arsenaal:import first."),
        )
    opened = Opened(wijk, latest_plan(wijk) if wijk.plans() else None)
    breathe()
    if project.mapLayers() == {}:
        project.setCrs(QgsCoordinateReferenceSystem(LAMBERT72))
    close(project)
    breathe()
    found = []
    for about, layer in _layers(opened):
        found.append((about, layer))
        opened.layers[about.id] = layer
        breathe()
    project.addMapLayers(list(opened.layers.values()), False)
    breathe()
    related = relations.relate(
        project, load(), {i: x for i, x in opened.layers.items() if isinstance(x, QgsVectorLayer)}
    )
    for about, layer in found:
        if isinstance(layer, QgsVectorLayer):
            forms.lay_out(layer, about, related.get(about.id, []))
    breathe()
    group = tree.plant(project, group_name(wijk), found)
    group.setCustomProperty(WIJK, str(wijk.folder))
    if wijk.config.fictitious:
        notice.show(project)
    return opened


def show_analysis(
    plan: Plan, opened: Opened, project: QgsProject, breathe: Callable[[], None] = lambda: None
) -> QgsLayerTreeGroup:
    """Hang the results of a plan of one analysis above those of the plan on screen, in a group of their own.

    It takes the place of an earlier one of the same analysis.

    Args:
        plan: Made of the wijk on screen, not every stage.
        opened: The wijk on screen.
        project: The project that holds it.
        breathe: Called between layers, so that the window stays alive.

    Returns:
        The group, named after the moment and what ran.
    """
    ran = str(next(iter(_rows(plan.gpkg, "run")))["stappen"])
    found = []
    for about, layer in _results(Opened(opened.wijk, plan), _rows(opened.wijk.gpkg, "bronnen")):
        if about.spatial:
            found.append((about, layer))
        breathe()
    whole = group_of(project, opened.wijk.folder)
    for earlier in [child for child in whole.children() if child.customProperty(ANALYSIS) == ran]:
        project.removeMapLayers(earlier.findLayerIds())
        whole.removeChildNode(earlier)
    moment = datetime.strptime(plan.moment, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone()
    group = whole.insertGroup(0, tr("Only {} · plan of {}").format(ran, f"{moment:%d-%m-%Y %H:%M}"))
    group.setCustomProperty(ANALYSIS, ran)
    for _, layer in sorted(found, key=lambda pair: (-pair[0].order, pair[0].id)):
        layer.removeCustomProperty(LAYER_ID)  # the dock follows the plan that is whole
        layer.setCustomProperty(ANALYSIS, True)
        project.addMapLayer(layer, False)
        node = group.addLayer(layer)
        node.setExpanded(False)
        node.setItemVisibilityChecked(False)
    return group


def adopt(project: QgsProject) -> Opened | None:
    """The wijk that a project read from disk already holds, or None.

    Raises:
        ConfigError: Its ``wijk.toml`` is gone or wrong.
    """
    group = next((g for g in project.layerTreeRoot().children() if g.customProperty(WIJK)), None)
    if group is None:
        return None
    wijk = Wijk.open(group.customProperty(WIJK))
    layers = {
        x.customProperty(LAYER_ID): x for x in project.mapLayers().values() if x.customProperty(LAYER_ID)
    }
    shown = [
        plan for plan in wijk.plans() if any(plan.gpkg.as_posix() in x.source() for x in layers.values())
    ]
    return Opened(wijk, shown[-1] if shown else None, layers)


def group_of(project: QgsProject, folder: Path) -> QgsLayerTreeGroup | None:
    """The group of the wijk in a folder, if it is in the project."""
    groups = (g for g in project.layerTreeRoot().children() if g.customProperty(WIJK))
    return next((g for g in groups if Path(g.customProperty(WIJK)) == folder), None)


def group_name(wijk: Wijk) -> str:
    """Name of the wijk; practice data says so everywhere."""
    return f"{wijk.config.name} (fictieve oefendata)" if wijk.config.fictitious else wijk.config.name


def close(project: QgsProject) -> None:
    """Take a wijk that is open out of the project."""
    notice.hide(project)
    shade.hide(project)
    for relation in list(project.relationManager().relations()):
        if relation.startswith("arsenaal_"):
            project.relationManager().removeRelation(relation)
    project.removeMapLayers(
        [
            id
            for id, layer in project.mapLayers().items()
            if layer.customProperty(LAYER_ID) or layer.customProperty(ANALYSIS)
        ]
    )
    root = project.layerTreeRoot()
    for group in list(root.children()):
        if group.customProperty(WIJK):
            root.removeChildNode(group)


def _layers(opened: Opened) -> Iterator[tuple[Layer, QgsMapLayer]]:
    """Every table and raster there is, styled and described."""
    sources = _rows(opened.wijk.gpkg, "bronnen")
    yield from _vectors(opened.wijk.gpkg, opened, sources)
    delivered = [
        (str(row["laag"]), opened.wijk.folder / str(row["raster"])) for row in sources if row.get("raster")
    ]
    yield from _rasters(delivered, opened, sources)
    if opened.plan:
        yield from _results(opened, sources)


def _results(opened: Opened, sources: list[dict[str, object]]) -> Iterator[tuple[Layer, QgsMapLayer]]:
    """Tables and rasters of the plan."""
    for about, layer in _vectors(opened.plan.gpkg, opened, sources):
        layer.setReadOnly(True)
        yield about, layer
    files = sorted(opened.plan.folder.glob("*.tif"))
    yield from _rasters([(path.stem, path) for path in files], opened, sources)


def _vectors(
    gpkg: Path, opened: Opened, sources: list[dict[str, object]]
) -> Iterator[tuple[Layer, QgsVectorLayer]]:
    known = load().layers
    for name in _tables(gpkg):
        if name not in known or name in opened.layers:
            continue
        layer = QgsVectorLayer(f"{gpkg.as_posix()}|layername={name}", title(known[name].title), "ogr")
        if layer.isValid():
            yield known[name], _dress(layer, known[name], sources, opened)


def _rasters(
    files: list[tuple[str, Path]], opened: Opened, sources: list[dict[str, object]]
) -> Iterator[tuple[Layer, QgsRasterLayer]]:
    known = load().layers
    for id, path in files:
        layer = QgsRasterLayer(path.as_posix(), title(known[id].title), "gdal") if id in known else None
        if layer is not None and layer.isValid():
            yield known[id], _dress(layer, known[id], sources, opened)


def _dress(layer: QgsMapLayer, about: Layer, sources: list[dict[str, object]], opened: Opened) -> QgsMapLayer:
    layer.setCustomProperty(LAYER_ID, about.id)
    style = data_folder("styles") / f"{about.id}.qml"
    if style.exists():
        layer.loadNamedStyle(str(style))
        legend.dress(layer, about)
    if isinstance(layer, QgsVectorLayer):
        forms.describe_fields(layer, about)
    own = [row for row in sources if row.get("laag") == about.id]
    record.describe(layer, about, own, opened.wijk.config.fictitious)
    tips.describe(layer, about, record.age(about, own, opened.plan))
    return layer


def _tables(gpkg: Path) -> list[str]:
    """Names of the tables in a GeoPackage, read by QGIS' own provider."""
    metadata = QgsProviderRegistry.instance().providerMetadata("ogr")
    return sorted(sub.name() for sub in metadata.querySublayers(str(gpkg)))


def _rows(gpkg: Path, table: str) -> list[dict[str, object]]:
    layer = QgsVectorLayer(f"{gpkg.as_posix()}|layername={table}", table, "ogr")
    if not layer.isValid():
        return []
    names = layer.fields().names()
    return [dict(zip(names, row.attributes(), strict=True)) for row in layer.getFeatures(QgsFeatureRequest())]
