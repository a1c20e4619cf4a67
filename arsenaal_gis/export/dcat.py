"""The data set and its files as DCAT (JSON-LD): DCAT-AP Vlaanderen for open data, Metadata DCAT for the rest."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from .facts import Facts

DCAT_URI = "http://www.w3.org/ns/dcat#"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_CONTEXT = {
    "dcat": DCAT_URI,
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dcat(facts: Facts, files: Sequence[tuple[str, str]]) -> str:
    """The data set and its distributions as JSON-LD.

    Args:
        facts: What to say.
        files: Name and media type of each file; the names are relative to where the document stands.

    Source:
        OSLO Metadata DCAT (recognised standard, 2021) and DCAT-AP Vlaanderen 2.0; DCAT-AP 2 for what they inherit.
    """
    base = f"urn:uuid:{facts.identifier}"
    west, south, east, north = facts.bounds
    wkt = f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
    document = {
        "@context": _CONTEXT,
        "@id": base,
        "@type": "dcat:Dataset",
        "dct:identifier": facts.identifier,
        "dct:title": _dutch(facts.title),
        "dct:description": _dutch(facts.abstract),
        "dct:modified": {"@value": facts.day.isoformat(), "@type": "xsd:date"},
        "dct:language": {"@id": f"{_AUTHORITY}language/NLD"},
        "dcat:theme": [{"@id": f"{_AUTHORITY}data-theme/{theme}"} for theme in ("ENVI", "REGI")],
        "dct:accessRights": {"@id": f"{_AUTHORITY}access-right/{'PUBLIC' if facts.open else 'RESTRICTED'}"},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _dutch(facts.publisher)},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": facts.publisher,
            "vcard:hasEmail": {"@id": f"mailto:{facts.contact}"},
        },
        "dcat:keyword": [_dutch(layer.title["nl"]) for layer in facts.layers],
        "dct:conformsTo": {"@id": "http://www.opengis.net/def/crs/EPSG/0/31370"},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _dutch(facts.lineage)},
        "dct:spatial": {"@type": "dct:Location", "dcat:bbox": {"@value": wkt, "@type": "geo:wktLiteral"}},
        "dcat:distribution": [_distribution(facts, base, *file) for file in files],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _distribution(facts: Facts, base: str, name: str, media: str) -> dict[str, object]:
    terms: dict[str, object] = {"dct:license": {"@id": facts.licence}}
    if not facts.licence.startswith("http"):
        terms = {"dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _dutch(facts.licence)}}
    return {
        "@id": f"{base}#{quote(name)}",
        "@type": "dcat:Distribution",
        "dct:title": _dutch(name.rpartition("/")[2]),
        "dcat:accessURL": {"@id": quote(name)},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        **terms,
    }


def _dutch(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}
