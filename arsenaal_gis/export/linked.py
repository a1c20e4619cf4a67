"""Linked data: parcels, addresses and buildings in OSLO terms with the official identifiers of Flanders.

GRB numbers its buildings by OIDN, which is not the identifier of the building register: a building gets that
number as an identifier and no URI of the register, so that no link leads to another building.
"""

import json
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

_CONTEXT = {
    "gebouw": "https://data.vlaanderen.be/ns/gebouw#",
    "adres": "https://data.vlaanderen.be/ns/adres#",
    "generiek": "https://data.vlaanderen.be/ns/generiek#",
    "locn": "http://www.w3.org/ns/locn#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "adms": "http://www.w3.org/ns/adms#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct": "http://purl.org/dc/terms/",
}


@dataclass(frozen=True)
class Kind:
    """How one layer becomes resources.

    Attributes:
        type: Class in OSLO terms.
        key: Key column.
        uri: URI of the register, with ``{}`` for the identifier.
        texts: Column → property of type text.
        links: Column → property and URI of another resource.
    """

    type: str
    key: str
    uri: str
    texts: dict[str, str]
    links: dict[str, tuple[str, str]]


_PARCEL, _ADDRESS = "https://data.vlaanderen.be/id/perceel/{}", "https://data.vlaanderen.be/id/adres/{}"
LINKED = {
    "percelen": Kind("gebouw:Perceel", "capakey", _PARCEL, {}, {}),
    "adressen": Kind(
        "adres:Adres",
        "adres_id",
        _ADDRESS,
        {
            "straat": "locn:thoroughfare",
            "huisnummer": "adres:huisnummer",
            "busnummer": "adres:busnummer",
            "postcode": "locn:postCode",
            "gemeente": "locn:postName",
        },
        {
            "gebouweenheid_id": ("dct:relation", "https://data.vlaanderen.be/id/gebouweenheid/{}"),
            "capakey": ("dct:relation", _PARCEL),
        },
    ),
    "gebouwen": Kind(
        "gebouw:Gebouw", "gebouw_id", "urn:grb:gbg:{}", {}, {"capakey": ("dct:relation", _PARCEL)}
    ),
}


def identifier(value: object) -> str:
    """The part of a register URI after the last slash: a CAPAKEY has its slash replaced, as in the register."""
    return str(value).replace("/", "-")


def json_ld(id: str, frame: gpd.GeoDataFrame) -> str:
    """Resources of one layer as JSON-LD.

    Args:
        id: A layer in :data:`LINKED`.
        frame: Its rows, in EPSG:31370.

    Source:
        OSLO application profiles Gebouwenregister and Adresregister; GeoSPARQL 1.0 for the geometry.
    """
    kind = LINKED[id]
    graph = []
    shapes = frame.geometry.to_wkt(rounding_precision=3)
    for row, wkt in zip(frame.to_dict("records"), shapes, strict=True):
        node: dict[str, object] = {
            "@id": kind.uri.format(identifier(row[kind.key])),
            "@type": kind.type,
            "adms:identifier": {"@type": "adms:Identifier", "skos:notation": str(row[kind.key])},
            "locn:geometry": {
                "@type": "locn:Geometry",
                "geo:asWKT": {
                    "@value": f"<http://www.opengis.net/def/crs/EPSG/0/31370> {wkt}",
                    "@type": "geo:wktLiteral",
                },
            },
        }
        for column, name in kind.texts.items():
            if column in row and not pd.isna(row[column]):
                node[name] = str(row[column])
        for column, (name, uri) in kind.links.items():
            if column in row and not pd.isna(row[column]):
                node.setdefault(name, []).append({"@id": uri.format(identifier(row[column]))})  # type: ignore[attr-defined]
        graph.append(node)
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
