"""The QGIS project of a field package: forms, relation, constraints and defaults that QField understands.

Nothing in it calls a function of this plugin, since QField has none of them. Its words are Dutch, as on the
printed sheets, whatever the language of the QGIS that makes it.
"""

import dataclasses
import datetime
from pathlib import Path

from qgis.core import (
    QgsAttributeEditorRelation,
    QgsCoordinateReferenceSystem,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsFieldConstraints,
    QgsProject,
    QgsReferencedRectangle,
    QgsRelation,
    QgsRelationContext,
    QgsRenderContext,
    QgsVectorLayer,
)

from ..arsenaal_gis.catalogue import Layer, data_folder
from ..arsenaal_gis.errors import WorkspaceError
from ..arsenaal_gis.gpkg import settle
from ..arsenaal_gis.visits.field import VISITS, FieldTables, write_field_tables
from ..arsenaal_gis.wijk import Plan, Wijk
from ..loading import forms, notice
from ..loading.opening import LAMBERT72, group_name
from ..texts import tr

STOPS = "ronde_stops"
RELATION = "arsenaal_ronde_stops_bezoeken"
# From top to bottom.
ORDER = (VISITS, STOPS, "rondes", "straten", "gebouwen")
# Keys and what is filled in by itself: not on the forms.
UNSEEN = {VISITS: ("bezoek_id", "golf"), STOPS: ("stop_id", "ronde_id", "woning_id")}
HOUSE = """"volgnummer" || '. ' || "straat" || ' ' || "huisnummer" || coalesce(' bus ' || "busnummer", '')"""
VISIT = """coalesce(to_string("datum"), '') || ' ' || coalesce("resultaat", '')"""
APPOINTMENT = """coalesce("resultaat", '') <> 'afspraak' or "afspraak_op" is not null"""
NOT_EARLIER = """"afspraak_op" is null or "datum" is null or to_date("afspraak_op") >= "datum\""""
NOT_LATER = """"datum" <= to_date(now())"""
MARGIN = 1.2
# Wide enough for a thumb.
STOP_MM = 4.0


def make_package(wijk: Wijk, plan: Plan, team: str, day: datetime.date, folder: Path) -> list[Path]:
    """Write the package of one team for one day.

    Args:
        wijk: The wijk.
        plan: The plan whose rounds are walked.
        team: Name of the team.
        day: Day of the rounds.
        folder: Where to.

    Returns:
        The project and its GeoPackage; both go onto the device, in one folder.

    Raises:
        ConfigError: The plan has no round of that team on that day.
        WorkspaceError: The package is there already, or cannot be written.
        ReleaseRefused: Nothing may leave.
    """
    tables = write_field_tables(wijk, plan, team, day, folder)
    path = tables.path.with_suffix(".qgz")
    project = QgsProject()
    try:
        _fill(project, tables)
        project.setTitle(f"{group_name(wijk)}: {team}, {day:%d/%m/%Y} (P0)")
        if wijk.config.fictitious:
            notice.show(project)
        if not project.write(str(path)):
            raise WorkspaceError(tr("The project could not be written."), str(path), project.error())
    finally:
        project.clear()
    settle(tables.path)  # QGIS left it in the mode with side files
    return [path, tables.path]


def _fill(project: QgsProject, tables: FieldTables) -> None:
    """Layers, relation and forms."""
    project.setCrs(QgsCoordinateReferenceSystem(LAMBERT72))
    abouts = {id: _dutch(tables.layers[id]) for id in ORDER if id in tables.layers}
    layers = {}
    for id in abouts:
        about = abouts[id]
        layer = QgsVectorLayer(f"{tables.path.as_posix()}|layername={id}", about.title["nl"], "ogr")
        style = data_folder("styles") / f"{id}.qml"
        if style.exists():
            layer.loadNamedStyle(str(style))
        forms.describe_fields(layer, about)
        layer.setReadOnly(id not in (VISITS, STOPS))
        layers[id] = layer
        project.addMapLayer(layer, False)
        project.layerTreeRoot().addLayer(layer)
    stops, visits = layers[STOPS], layers[VISITS]
    relation = _relate(project, stops, visits)
    _stop_form(stops)
    _visit_form(visits, tables)
    forms.lay_out(visits, _seen(abouts[VISITS]), [])
    forms.lay_out(stops, _seen(abouts[STOPS]), [relation])
    _read_only(stops)
    _bind(project, stops)
    extent = layers["rondes"].extent()
    extent.scale(MARGIN)
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(extent, project.crs()))


def _dutch(about: Layer) -> Layer:
    """The description with only its Dutch words."""
    fields = {
        name: dataclasses.replace(
            field,
            title={"nl": field.title["nl"]},
            codes={code: {"nl": words["nl"]} for code, words in field.codes.items()},
        )
        for name, field in about.fields.items()
    }
    return dataclasses.replace(about, title={"nl": about.title["nl"]}, fields=fields)


def _seen(about: Layer) -> Layer:
    """The description with only the fields that a form shows."""
    fields = {name: field for name, field in about.fields.items() if name not in UNSEEN[about.id]}
    return dataclasses.replace(about, fields=fields)


def _relate(project: QgsProject, stops: QgsVectorLayer, visits: QgsVectorLayer) -> QgsRelation:
    """A stop has visits, by dwelling."""
    relation = QgsRelation(QgsRelationContext(project))
    relation.setId(RELATION)
    relation.setName(visits.name())
    relation.setReferencedLayer(stops.id())
    relation.setReferencingLayer(visits.id())
    relation.addFieldPair("woning_id", "woning_id")
    project.relationManager().addRelation(relation)
    return relation


def _stop_form(stops: QgsVectorLayer) -> None:
    """Stops are called by number and address; their place is fixed; drawn large."""
    stops.setDisplayExpression(HOUSE)
    why = stops.fields().indexOf("waarom_hier")
    stops.setEditorWidgetSetup(why, QgsEditorWidgetSetup("TextEdit", {"IsMultiline": True}))
    for symbol in stops.renderer().symbols(QgsRenderContext()):
        symbol.setSize(STOP_MM)
    stops.setCustomProperty("QFieldSync/is_geometry_locked", True)


def _read_only(stops: QgsVectorLayer) -> None:
    """No fact of a stop can be typed over; the layer itself stays open, or no visit could be added to it."""
    form: QgsEditFormConfig = stops.editFormConfig()
    for index in range(stops.fields().count()):
        form.setReadOnly(index)
    stops.setEditFormConfig(form)


def _bind(project: QgsProject, stops: QgsVectorLayer) -> None:
    """Tie the tab of visits to this project: QGIS looks for its relation in the project that is on screen."""
    for tab in stops.editFormConfig().tabs():
        for element in tab.children():
            if isinstance(element, QgsAttributeEditorRelation):
                element.init(project.relationManager())
                element.setRelationWidgetTypeId("relation_editor")


def _visit_form(visits: QgsVectorLayer, tables: FieldTables) -> None:
    """A fresh key, the day filled in, the stop chosen by its address, and what must agree."""
    visits.setDisplayExpression(VISIT)
    index = visits.fields().indexOf
    filled = {"datum": f"to_date('{tables.day.isoformat()}')", "golf": f"'{tables.wave}'"}
    if tables.daypart:
        filled["dagdeel"] = f"'{tables.daypart}'"
    for name, expression in filled.items():
        visits.setDefaultValueDefinition(index(name), QgsDefaultValue(expression))
    chosen = {"Relation": RELATION, "AllowNULL": False, "OrderByValue": True, "ShowOpenFormButton": False}
    visits.setEditorWidgetSetup(index("woning_id"), QgsEditorWidgetSetup("RelationReference", chosen))
    visits.setFieldConstraint(index("woning_id"), QgsFieldConstraints.Constraint.ConstraintNotNull)
    visits.setConstraintExpression(index("datum"), NOT_LATER, "Een bezoek kan niet in de toekomst liggen.")
    visits.setConstraintExpression(
        index("afspraak_op"),
        f"({APPOINTMENT}) and ({NOT_EARLIER})",
        "Een afspraak heeft een moment nodig, op of na de dag van het bezoek.",
    )
