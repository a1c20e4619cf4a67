"""Layer metadata: what it is, whose it is, how old it is, under which licence."""

import datetime
from collections.abc import Mapping

from qgis.core import QgsLayerMetadata, QgsMapLayer

from ..arsenaal_gis.catalogue import Layer
from ..arsenaal_gis.wijk import Plan
from ..texts import title, tr


def describe(layer: QgsMapLayer, about: Layer, sources: list[Mapping[str, object]], fictitious: bool) -> None:
    """Write the catalogue's words and the deliveries' dates into the layer.

    Args:
        layer: The layer on screen.
        about: Its description.
        sources: Its rows of ``bronnen``: name, date, checksum.
        fictitious: Whether it is practice data.
    """
    record = QgsLayerMetadata()
    record.setIdentifier(about.id)
    record.setTitle(title(about.title))
    record.setAbstract(title(about.description))
    record.setType("dataset")
    record.setLanguage("NL")
    record.setLicenses([about.licence] if about.licence else [])
    record.setRights([about.attribution] if about.attribution else [])
    record.setCrs(layer.crs())
    record.setHistory([history(source) for source in sources])
    if fictitious:
        record.setKeywords({"gmd:topicCategory": ["fictieve oefendata"]})
    layer.setMetadata(record)
    layer.setTitle(title(about.title))
    layer.setAbstract(title(about.description))
    layer.setAttribution(about.attribution)


def age(about: Layer, sources: list[Mapping[str, object]], plan: Plan | None) -> str:
    """How old a layer's data are: its newest delivery, or its plan; nothing for what staff write themselves."""
    dates = [row["datum"] for row in sources if hasattr(row.get("datum"), "toString")]
    if dates:
        return tr("data of {}").format(
            max(dates, key=lambda date: date.toString("yyyyMMdd")).toString("dd-MM-yyyy")
        )
    if sources:
        return tr("date unknown")
    if plan is None or about.kind in ("input", "human"):
        return ""
    made = datetime.datetime.strptime(plan.moment, "%Y%m%dT%H%M%SZ")
    return tr("plan of {}").format(made.strftime("%d-%m-%Y"))


def history(source: Mapping[str, object]) -> str:
    """One line on a delivery: name, date, checksum."""
    date = source.get("datum")
    shown = date.toString("dd/MM/yyyy") if hasattr(date, "toString") else tr("date unknown")
    return f"{source.get('naam')}, {shown}, sha256 {str(source.get('sha256') or tr('unknown'))[:12]}"
