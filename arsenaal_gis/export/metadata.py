"""Metadata of an export: ISO 19139 (XML) and DCAT-AP Vlaanderen (JSON-LD)."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from ..catalogue import Layer
from ..keys import stable_id

ISO_URI, DCAT_URI = "http://www.isotc211.org/2005/gmd", "http://www.w3.org/ns/dcat#"
_ACCESS = {
    "P1": "Alleen voor planners en het datawarehouse, onder overeenkomst. Geen openbaarmaking.",
    "P2": "Voor stuurgroep en druk. Geteld per eenheid, kleine aantallen onderdrukt.",
    "P3": "Open data. Geteld per eenheid, kleine aantallen onderdrukt, aantallen afgerond.",
}


@dataclass(frozen=True)
class Facts:
    """What the metadata say about one export.

    Attributes:
        wijk: Name of the quarter.
        tier: ``P1`` .. ``P3``.
        day: Reference date.
        layers: Tables in the file.
        bounds: West, south, east, north in degrees (WGS84).
        sources: Names and dates of the sources, in words.
        lineage: How the data came to be, with the coordinate operation and its accuracy.
        publisher: Organisation.
        contact: E-mail address of a department.
        licence: URI or words.
        fictitious: Practice data.
    """

    wijk: str
    tier: str
    day: datetime.date
    layers: Sequence[Layer]
    bounds: tuple[float, float, float, float]
    sources: Sequence[str]
    lineage: str
    publisher: str
    contact: str
    licence: str
    fictitious: bool = False

    @property
    def identifier(self) -> str:
        """Name of the data set; the same wijk and tier keep it."""
        return stable_id("dataset", self.wijk, self.tier)

    @property
    def title(self) -> str:
        """Title with the tier in it."""
        return f"{'FICTIEF - ' if self.fictitious else ''}Wijk {self.wijk}: gegevens op niveau {self.tier}"

    @property
    def abstract(self) -> str:
        """What is in it and who may use it."""
        names = ", ".join(layer.title["nl"] for layer in self.layers)
        return f"Stand op {self.day.isoformat()}. {_ACCESS[self.tier]} Lagen: {names}."


def iso19139(facts: Facts) -> str:
    """Discovery metadata after the GDI-Vlaanderen practice (ISO 19115:2003 in 19139 XML).

    Source:
        GDI-Vlaanderen, Best Practices Metadata v2.0 (2020).
    """
    west, south, east, north = facts.bounds
    keywords = "".join(f"<gmd:keyword>{_text(layer.title['nl'])}</gmd:keyword>" for layer in facts.layers)
    return _ISO.format(
        id=facts.identifier,
        day=facts.day.isoformat(),
        title=escape(facts.title),
        abstract=escape(facts.abstract),
        organisation=escape(facts.publisher),
        mail=escape(facts.contact),
        keywords=keywords,
        west=west,
        south=south,
        east=east,
        north=north,
        licence=escape(facts.licence),
        lineage=escape(facts.lineage + " Bronnen: " + "; ".join(facts.sources)),
    )


def dcat(facts: Facts, files: Sequence[tuple[str, str]]) -> str:
    """The data set and its distributions as JSON-LD.

    Args:
        facts: What to say.
        files: Name and media type of each file.

    Source:
        DCAT-AP Vlaanderen 2.0 (OSLO recognised standard).
    """
    base = f"urn:uuid:{facts.identifier}"
    west, south, east, north = facts.bounds
    wkt = f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
    rights = "PUBLIC" if facts.tier == "P3" else "RESTRICTED"
    document = {
        "@context": {
            "dcat": DCAT_URI,
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "locn": "http://www.w3.org/ns/locn#",
            "geo": "http://www.opengis.net/ont/geosparql#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": base,
        "@type": "dcat:Dataset",
        "dct:identifier": facts.identifier,
        "dct:title": {"@value": facts.title, "@language": "nl"},
        "dct:description": {"@value": facts.abstract, "@language": "nl"},
        "dct:modified": {"@value": facts.day.isoformat(), "@type": "xsd:date"},
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/NLD"},
        "dct:accessRights": {
            "@id": f"http://publications.europa.eu/resource/authority/access-right/{rights}"
        },
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": facts.publisher},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": facts.publisher,
            "vcard:hasEmail": {"@id": f"mailto:{facts.contact}"},
        },
        "dcat:keyword": [{"@value": layer.title["nl"], "@language": "nl"} for layer in facts.layers],
        "dct:conformsTo": {"@id": "http://www.opengis.net/def/crs/EPSG/0/31370"},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "dct:description": facts.lineage},
        "dct:spatial": {"@type": "dct:Location", "locn:geometry": {"@value": wkt, "@type": "geo:wktLiteral"}},
        "dcat:distribution": [
            {
                "@id": f"{base}#{name}",
                "@type": "dcat:Distribution",
                "dct:title": name,
                "dcat:mediaType": media,
                "dct:license": {"@id": facts.licence} if facts.licence.startswith("http") else facts.licence,
            }
            for name, media in files
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _text(value: str) -> str:
    return f"<gco:CharacterString>{escape(value)}</gco:CharacterString>"


_CODES = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml"
_ISO = (
    """<?xml version="1.0" encoding="UTF-8"?>
<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" """
    """xmlns:gml="http://www.opengis.net/gml/3.2">
<gmd:fileIdentifier><gco:CharacterString>{id}</gco:CharacterString></gmd:fileIdentifier>
<gmd:language><gmd:LanguageCode codeList="http://www.loc.gov/standards/iso639-2/" codeListValue="dut"/></gmd:language>
<gmd:characterSet><gmd:MD_CharacterSetCode codeList=\""""
    + _CODES
    + """#MD_CharacterSetCode" codeListValue="utf8"/></gmd:characterSet>
<gmd:hierarchyLevel><gmd:MD_ScopeCode codeList=\""""
    + _CODES
    + """#MD_ScopeCode" codeListValue="dataset"/></gmd:hierarchyLevel>
<gmd:contact><gmd:CI_ResponsibleParty>
<gmd:organisationName><gco:CharacterString>{organisation}</gco:CharacterString></gmd:organisationName>
<gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address><gmd:electronicMailAddress>"""
    """<gco:CharacterString>{mail}</gco:CharacterString></gmd:electronicMailAddress></gmd:CI_Address></gmd:address>"""
    """</gmd:CI_Contact></gmd:contactInfo>
<gmd:role><gmd:CI_RoleCode codeList=\""""
    + _CODES
    + """#CI_RoleCode" codeListValue="pointOfContact"/></gmd:role>
</gmd:CI_ResponsibleParty></gmd:contact>
<gmd:dateStamp><gco:Date>{day}</gco:Date></gmd:dateStamp>
<gmd:metadataStandardName><gco:CharacterString>ISO 19115:2003/19139</gco:CharacterString></gmd:metadataStandardName>
<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier>"""
    """<gmd:code><gco:CharacterString>http://www.opengis.net/def/crs/EPSG/0/31370</gco:CharacterString></gmd:code>"""
    """</gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>
<gmd:identificationInfo><gmd:MD_DataIdentification>
<gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>{title}</gco:CharacterString></gmd:title>
<gmd:date><gmd:CI_Date><gmd:date><gco:Date>{day}</gco:Date></gmd:date><gmd:dateType><gmd:CI_DateTypeCode codeList=\""""
    + _CODES
    + """#CI_DateTypeCode" codeListValue="revision"/></gmd:dateType></gmd:CI_Date></gmd:date></gmd:CI_Citation></gmd:citation>
<gmd:abstract><gco:CharacterString>{abstract}</gco:CharacterString></gmd:abstract>
<gmd:descriptiveKeywords><gmd:MD_Keywords>{keywords}</gmd:MD_Keywords></gmd:descriptiveKeywords>
<gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:useLimitation><gco:CharacterString>{licence}</gco:CharacterString>"""
    """</gmd:useLimitation></gmd:MD_LegalConstraints></gmd:resourceConstraints>
<gmd:language><gmd:LanguageCode codeList="http://www.loc.gov/standards/iso639-2/" codeListValue="dut"/></gmd:language>
<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>
<gmd:westBoundLongitude><gco:Decimal>{west}</gco:Decimal></gmd:westBoundLongitude>
<gmd:eastBoundLongitude><gco:Decimal>{east}</gco:Decimal></gmd:eastBoundLongitude>
<gmd:southBoundLatitude><gco:Decimal>{south}</gco:Decimal></gmd:southBoundLatitude>
<gmd:northBoundLatitude><gco:Decimal>{north}</gco:Decimal></gmd:northBoundLatitude>
</gmd:EX_GeographicBoundingBox></gmd:geographicElement></gmd:EX_Extent></gmd:extent>
</gmd:MD_DataIdentification></gmd:identificationInfo>
<gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:scope><gmd:DQ_Scope><gmd:level><gmd:MD_ScopeCode codeList=\""""
    + _CODES
    + """#MD_ScopeCode" codeListValue="dataset"/></gmd:level></gmd:DQ_Scope></gmd:scope>
<gmd:lineage><gmd:LI_Lineage><gmd:statement><gco:CharacterString>{lineage}</gco:CharacterString></gmd:statement>"""
    """</gmd:LI_Lineage></gmd:lineage></gmd:DQ_DataQuality></gmd:dataQualityInfo>
</gmd:MD_Metadata>
"""
)
