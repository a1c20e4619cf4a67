"""Discovery metadata as ISO 19139 XML, after the practice of GDI-Vlaanderen."""

import xml.etree.ElementTree as ET

from .facts import Facts

ISO_URI = "http://www.isotc211.org/2005/gmd"
_SPACES = {"gmd": ISO_URI, "gco": "http://www.isotc211.org/2005/gco"}
_LISTS = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml"
_LANGUAGES = "http://www.loc.gov/standards/iso639-2/"


def iso19139(facts: Facts) -> str:
    """The record of one export (ISO 19115:2003, encoded as ISO/TS 19139).

    Args:
        facts: What to say.

    Returns:
        XML text; elements stand in the order of the schema.

    Source:
        GDI-Vlaanderen, Best Practices Metadata v2.0 (2020); INSPIRE Technical Guidelines for metadata 2.0.
    """
    record = _node(
        "gmd:MD_Metadata",
        _text("gmd:fileIdentifier", facts.identifier),
        _dutch(),
        _code("gmd:characterSet", "MD_CharacterSetCode", "utf8"),
        _code("gmd:hierarchyLevel", "MD_ScopeCode", "dataset"),
        _node("gmd:contact", _party(facts)),
        _node("gmd:dateStamp", _value("gco:Date", facts.day.isoformat())),
        _text("gmd:metadataStandardName", "ISO 19115/2003/Cor.1:2006/INSPIRE-TG2.0"),
        _text("gmd:metadataStandardVersion", "GDI-Vlaanderen Best Practices - versie 2.0"),
        _node(
            "gmd:referenceSystemInfo",
            _node("gmd:MD_ReferenceSystem", _node("gmd:referenceSystemIdentifier", _crs())),
        ),
        _node("gmd:identificationInfo", _identification(facts)),
        _node("gmd:distributionInfo", _distribution()),
        _node("gmd:dataQualityInfo", _quality(facts)),
    )
    for prefix, uri in _SPACES.items():
        record.set(f"xmlns:{prefix}", uri)
    ET.indent(record, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(record, encoding="unicode") + "\n"


def _identification(facts: Facts) -> ET.Element:
    keywords = [_text("gmd:keyword", layer.title["nl"]) for layer in facts.layers]
    keywords.append(_code("gmd:type", "MD_KeywordTypeCode", "theme"))
    return _node(
        "gmd:MD_DataIdentification",
        _node("gmd:citation", _citation(facts)),
        _text("gmd:abstract", facts.abstract),
        _node("gmd:pointOfContact", _party(facts)),
        _node("gmd:descriptiveKeywords", _node("gmd:MD_Keywords", *keywords)),
        _node("gmd:resourceConstraints", _constraints(facts)),
        _code("gmd:spatialRepresentationType", "MD_SpatialRepresentationTypeCode", "vector"),
        _dutch(),
        _code("gmd:characterSet", "MD_CharacterSetCode", "utf8"),
        *(
            _node("gmd:topicCategory", _value("gmd:MD_TopicCategoryCode", t))
            for t in ("environment", "society")
        ),
        _node("gmd:extent", _extent(facts)),
    )


def _citation(facts: Facts) -> ET.Element:
    day = _node(
        "gmd:CI_Date",
        _node("gmd:date", _value("gco:Date", facts.day.isoformat())),
        _code("gmd:dateType", "CI_DateTypeCode", "revision"),
    )
    return _node(
        "gmd:CI_Citation",
        _text("gmd:title", facts.title),
        _node("gmd:date", day),
        _node(
            "gmd:identifier", _node("gmd:MD_Identifier", _text("gmd:code", f"urn:uuid:{facts.identifier}"))
        ),
    )


def _constraints(facts: Facts) -> ET.Element:
    return _node(
        "gmd:MD_LegalConstraints",
        _text("gmd:useLimitation", facts.access),
        _code("gmd:accessConstraints", "MD_RestrictionCode", "otherRestrictions"),
        _code("gmd:useConstraints", "MD_RestrictionCode", "license" if facts.open else "otherRestrictions"),
        _text("gmd:otherConstraints", facts.licence),
    )


def _extent(facts: Facts) -> ET.Element:
    west, south, east, north = facts.bounds
    sides = {
        "westBoundLongitude": west,
        "eastBoundLongitude": east,
        "southBoundLatitude": south,
        "northBoundLatitude": north,
    }
    box = [_node(f"gmd:{side}", _value("gco:Decimal", str(degrees))) for side, degrees in sides.items()]
    return _node("gmd:EX_Extent", _node("gmd:geographicElement", _node("gmd:EX_GeographicBoundingBox", *box)))


def _distribution() -> ET.Element:
    form = _node("gmd:MD_Format", _text("gmd:name", "GeoPackage"), _text("gmd:version", "1.2"))
    return _node("gmd:MD_Distribution", _node("gmd:distributionFormat", form))


def _quality(facts: Facts) -> ET.Element:
    lineage = f"{facts.lineage} Bronnen: {'; '.join(facts.sources) or 'geen genoemd'}."
    return _node(
        "gmd:DQ_DataQuality",
        _node("gmd:scope", _node("gmd:DQ_Scope", _code("gmd:level", "MD_ScopeCode", "dataset"))),
        _node("gmd:lineage", _node("gmd:LI_Lineage", _text("gmd:statement", lineage))),
    )


def _party(facts: Facts) -> ET.Element:
    address = _node("gmd:CI_Address", _text("gmd:electronicMailAddress", facts.contact))
    return _node(
        "gmd:CI_ResponsibleParty",
        _text("gmd:organisationName", facts.publisher),
        _node("gmd:contactInfo", _node("gmd:CI_Contact", _node("gmd:address", address))),
        _code("gmd:role", "CI_RoleCode", "pointOfContact"),
    )


def _crs() -> ET.Element:
    return _node("gmd:RS_Identifier", _text("gmd:code", "31370"), _text("gmd:codeSpace", "EPSG"))


def _dutch() -> ET.Element:
    code = ET.Element("gmd:LanguageCode", codeList=_LANGUAGES, codeListValue="dut")
    return _node("gmd:language", code)


def _code(name: str, kind: str, value: str) -> ET.Element:
    return _node(name, ET.Element(f"gmd:{kind}", codeList=f"{_LISTS}#{kind}", codeListValue=value))


def _text(name: str, value: str) -> ET.Element:
    return _node(name, _value("gco:CharacterString", value))


def _value(name: str, value: str) -> ET.Element:
    element = ET.Element(name)
    element.text = value
    return element


def _node(name: str, *children: ET.Element) -> ET.Element:
    element = ET.Element(name)
    element.extend(children)
    return element
