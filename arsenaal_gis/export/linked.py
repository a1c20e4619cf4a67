"""Linked data: parcels, addresses and buildings in OSLO terms with the official identifiers of Flanders.

GRB numbers its buildings by OIDN, which is not the identifier of the building register: a building gets that
number as an identifier and a UUID made of it as its name, so that no link leads to another building.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from ..keys import stable_id

_REGISTER = "https://data.vlaanderen.be/id/"
_CONTEXT = {
    "perceel": "https://data.vlaanderen.be/ns/perceel#",
    "gebouw": "https://data.vlaanderen.be/ns/gebouw#",
    "adres": "https://data.vlaanderen.be/ns/adres#",
    "generiek": "https://data.vlaanderen.be/ns/generiek#",
    "locn": "http://www.w3.org/ns/locn#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "adms": "http://www.w3.org/ns/adms#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dct": "http://purl.org/dc/terms/",
}
Node = dict[str, object]
Row = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """How one layer becomes resources.

    Attributes:
        key: Key column.
        namespace: Where the key is unique: a register, or the name of a product.
        build: The node's own properties, made of a row without its unknown values and of its geometry.
    """

    key: str
    namespace: str
    build: Callable[[Row, Node], Node]


def identifier(value: object) -> str:
    """The part of a register URI after the last slash: a CAPAKEY has its slash replaced, as in the register."""
    return str(value).replace("/", "-")


def json_ld(id: str, frame: gpd.GeoDataFrame) -> str:
    """Resources of one layer as JSON-LD.

    Args:
        id: A layer in :data:`LINKED`.
        frame: Its rows, in EPSG:31370.

    Source:
        OSLO vocabularies Adres, Gebouw, Perceel and Generiek, used as the Flemish base registers use them in their
        own linked data; GeoSPARQL 1.0 for the geometry.
    """
    kind = LINKED[id]
    graph = []
    shapes = frame.geometry.to_wkt(rounding_precision=3)
    for values, wkt in zip(frame.to_dict("records"), shapes, strict=True):
        row = {
            name: str(value) for name, value in values.items() if name != "geometry" and not pd.isna(value)
        }
        key = row[kind.key]
        official = kind.namespace.startswith(_REGISTER)
        graph.append(
            {
                "@id": kind.namespace + identifier(key)
                if official
                else f"urn:uuid:{stable_id(kind.namespace, key)}",
                "adms:identifier": {
                    "@type": "adms:Identifier",
                    "skos:notation": key,
                    "generiek:gestructureerdeIdentificator": {
                        "@type": "generiek:GestructureerdeIdentificator",
                        "generiek:naamruimte": kind.namespace.rstrip("/"),
                        "generiek:lokaleIdentificator": identifier(key),
                    },
                },
                **kind.build(row, _shape(wkt)),
            }
        )
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)


def _shape(wkt: str) -> Node:
    text = f"<http://www.opengis.net/def/crs/EPSG/0/31370> {wkt}"
    return {"@type": "locn:Geometry", "geo:asWKT": {"@value": text, "@type": "geo:wktLiteral"}}


def _parcel(row: Row, shape: Node) -> Node:
    return {"@type": "perceel:KadastraalPlanperceel", "locn:geometry": shape}


def _building(row: Row, shape: Node) -> Node:
    node: Node = {
        "@type": "gebouw:Gebouw",
        "gebouw:Gebouw.geometrie": {"@type": "gebouw:2DGebouwgeometrie", "locn:geometry": shape},
    }
    return node | _related(row, capakey="perceel")


def _address(row: Row, shape: Node) -> Node:
    street: Node = {"@type": "adres:Straatnaam", "rdfs:label": _dutch(row["straat"])}
    if "straat_id" in row:
        street["@id"] = f"{_REGISTER}straatnaam/{row['straat_id']}"
    node: Node = {
        "@type": "adres:Adres",
        "adres:heeftStraatnaam": street,
        "adres:huisnummer": row["huisnummer"],
        "adres:positie": {"@type": "generiek:GeografischePositie", "locn:geometry": shape},
    }
    if "busnummer" in row:
        node["adres:Adresvoorstelling.busnummer"] = row["busnummer"]
    if "postcode" in row:
        post = {"@id": f"{_REGISTER}postinfo/{row['postcode']}", "@type": "adres:Postinfo"}
        node["adres:heeftPostinfo"] = post | {"adres:postcode": row["postcode"]}
    if "gemeente" in row:
        node["adres:heeftGemeentenaam"] = {
            "@type": "adres:Gemeentenaam",
            "rdfs:label": _dutch(row["gemeente"]),
        }
    return node | _related(row, gebouweenheid_id="gebouweenheid", capakey="perceel")


def _dutch(text: str) -> Node:
    return {"@value": text, "@language": "nl"}


def _related(row: Row, **registers: str) -> Node:
    """Links to what stands in another register, by the column that holds its identifier."""
    links = [{"@id": f"{_REGISTER}{name}/{identifier(row[c])}"} for c, name in registers.items() if c in row]
    return {"dct:relation": links} if links else {}


LINKED = {
    "percelen": Kind("capakey", f"{_REGISTER}perceel/", _parcel),
    "adressen": Kind("adres_id", f"{_REGISTER}adres/", _address),
    "gebouwen": Kind("gebouw_id", "GRB Gbg (OIDN)", _building),
}
