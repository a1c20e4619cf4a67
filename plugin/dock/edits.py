"""Adding a row to ``wijk.gpkg`` while QGIS holds it: through QGIS' own provider, whole or not at all."""

from collections.abc import Mapping

from qgis.core import QgsFeature, QgsVectorLayer, QgsVectorLayerUtils

from ..arsenaal_gis.errors import WorkspaceError
from ..texts import tr


def add_row(layer: QgsVectorLayer, values: Mapping[str, object], what: str) -> QgsFeature:
    """Add a row and save it; a layer that the user is editing keeps its edits, and the row among them.

    Args:
        layer: A table of the wijk.
        values: By field name; the key is made by the layer's own default.
        what: Name of the edit, for undo.

    Raises:
        WorkspaceError: The file refused it; nothing was written.
    """
    editing = layer.isEditable()
    if not editing and not layer.startEditing():
        raise WorkspaceError(
            tr("{} cannot be edited.").format(layer.name()), layer.source(), tr("Is the file read-only?")
        )
    feature = QgsVectorLayerUtils.createFeature(layer)
    for name, value in values.items():
        feature[name] = value
    layer.beginEditCommand(what)
    layer.addFeature(feature)
    layer.endEditCommand()
    if not editing and not layer.commitChanges():
        problems = "\n".join(layer.commitErrors())
        layer.rollBack()
        raise WorkspaceError(tr("It could not be saved; nothing was written."), problems)
    return feature
