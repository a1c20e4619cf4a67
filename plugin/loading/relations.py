"""Relations between tables that share a key: a dwelling with its visits, renovation, survey and quality."""

from collections.abc import Mapping

from qgis.core import QgsProject, QgsRelation, QgsVectorLayer

from ..arsenaal_gis.catalogue import Catalogue
from ..texts import title


def relate(
    project: QgsProject, catalogue: Catalogue, layers: Mapping[str, QgsVectorLayer]
) -> dict[str, list[QgsRelation]]:
    """Relate every table without geometry to the layer whose key it carries.

    Args:
        project: The project that keeps the relations.
        catalogue: Descriptions.
        layers: Loaded layers by id.

    Returns:
        Relations by id of the parent layer, in order of name.
    """
    owner = {
        catalogue.layer(id).key[0]: id
        for id in layers
        if catalogue.layer(id).kind == "input"
        and catalogue.layer(id).spatial
        and len(catalogue.layer(id).key) == 1
    }
    found: dict[str, list[QgsRelation]] = {}
    for id in sorted(layers):
        about = catalogue.layer(id)
        parents = [name for name in about.fields if name in owner and name not in about.key]
        if about.geometry != "none" or about.kind == "result" or not parents:
            continue
        key = parents[0]
        relation = QgsRelation()
        relation.setId(f"arsenaal_{owner[key]}_{id}")
        relation.setName(title(about.title))
        relation.setReferencedLayer(layers[owner[key]].id())
        relation.setReferencingLayer(layers[id].id())
        relation.addFieldPair(key, key)
        if relation.isValid():
            project.relationManager().addRelation(relation)
            found.setdefault(owner[key], []).append(relation)
    return found
