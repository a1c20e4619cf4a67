"""Field names, codes, constraints and forms, all from the catalogue; QField reads the same."""

from qgis.core import (
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsAttributeEditorRelation,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsFieldConstraints,
    QgsRelation,
    QgsVectorLayer,
)

from ..arsenaal_gis.catalogue import Field, Layer
from ..texts import title

# A key that nobody types: made where a person adds a row.
NEW_KEY = "uuid('WithoutBraces')"


def widget(field: Field) -> QgsEditorWidgetSetup:
    """The editor for a field: its codes as a list, dates as a calendar, ranges as a spin box."""
    if field.codes:
        choices = [{title(words): code} for code, words in field.codes.items()]
        return QgsEditorWidgetSetup("ValueMap", {"map": choices})
    if field.type in ("date", "datetime"):
        shown = "dd/MM/yyyy" if field.type == "date" else "dd/MM/yyyy HH:mm"
        options = {
            "allow_null": True,
            "calendar_popup": True,
            "display_format": shown,
            "field_iso_format": False,
        }
        return QgsEditorWidgetSetup("DateTime", options)
    if field.type == "boolean":
        return QgsEditorWidgetSetup("CheckBox", {})
    if field.type == "integer" and field.minimum is not None and field.maximum is not None:
        limits = {"Min": int(field.minimum), "Max": int(field.maximum), "AllowNull": True}
        return QgsEditorWidgetSetup("Range", limits)
    return QgsEditorWidgetSetup("TextEdit", {})


def describe_fields(layer: QgsVectorLayer, about: Layer) -> None:
    """Aliases with units, editors, constraints and defaults on every field of the catalogue."""
    for name, field in about.fields.items():
        index = layer.fields().indexOf(name)
        if index < 0:
            continue
        unit = f" ({field.unit})" if field.unit else ""
        layer.setFieldAlias(index, f"{title(field.title)}{unit}")
        layer.setEditorWidgetSetup(index, widget(field))
        if field.required:
            layer.setFieldConstraint(index, QgsFieldConstraints.Constraint.ConstraintNotNull)
        if (name,) == about.key:
            layer.setFieldConstraint(index, QgsFieldConstraints.Constraint.ConstraintUnique)
            if about.kind == "human":
                layer.setDefaultValueDefinition(index, QgsDefaultValue(NEW_KEY))
    fid = layer.fields().indexOf("fid")
    if fid >= 0:
        layer.setEditorWidgetSetup(fid, QgsEditorWidgetSetup("Hidden", {}))


def lay_out(layer: QgsVectorLayer, about: Layer, relations: list[QgsRelation]) -> None:
    """A form with the facts on the first tab and each related table on one of its own."""
    form = layer.editFormConfig()
    form.setLayout(QgsEditFormConfig.EditorLayout.TabLayout)
    form.clearTabs()
    facts = QgsAttributeEditorContainer(title(about.title), form.invisibleRootContainer())
    for name in about.fields:
        index = layer.fields().indexOf(name)
        if index >= 0:
            facts.addChildElement(QgsAttributeEditorField(name, index, facts))
            if name in about.key:
                form.setReadOnly(index)
    form.addTab(facts)
    for relation in relations:
        tab = QgsAttributeEditorContainer(relation.name(), form.invisibleRootContainer())
        tab.addChildElement(QgsAttributeEditorRelation(relation, tab))
        form.addTab(tab)
    layer.setEditFormConfig(form)
