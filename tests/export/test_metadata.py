"""ISO 19139 and DCAT: every mandatory element, in the order of the schema, saying what the export says."""

import datetime
import json
import xml.etree.ElementTree as ET

import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.export.dcat import dcat
from arsenaal_gis.export.facts import Facts
from arsenaal_gis.export.iso import iso19139

# Order of the children of each element in the schema (gmd, 2007-04-17); what an export never has is left out.
ORDER = {
    "MD_Metadata": "fileIdentifier language characterSet parentIdentifier hierarchyLevel hierarchyLevelName contact "
    "dateStamp metadataStandardName metadataStandardVersion dataSetURI locale spatialRepresentationInfo "
    "referenceSystemInfo metadataExtensionInfo identificationInfo contentInfo distributionInfo dataQualityInfo",
    "MD_DataIdentification": "citation abstract purpose credit status pointOfContact resourceMaintenance graphicOverview "
    "resourceFormat descriptiveKeywords resourceSpecificUsage resourceConstraints aggregationInfo "
    "spatialRepresentationType spatialResolution language characterSet topicCategory environmentDescription extent",
    "CI_Citation": "title alternateTitle date edition editionDate identifier citedResponsibleParty",
    "CI_Date": "date dateType",
    "CI_ResponsibleParty": "individualName organisationName positionName contactInfo role",
    "MD_LegalConstraints": "useLimitation accessConstraints useConstraints otherConstraints",
    "MD_Keywords": "keyword type thesaurusName",
    "RS_Identifier": "authority code codeSpace version",
    "EX_GeographicBoundingBox": "westBoundLongitude eastBoundLongitude southBoundLatitude northBoundLatitude",
    "MD_Format": "name version",
    "MD_Distribution": "distributionFormat distributor transferOptions",
    "DQ_DataQuality": "scope report lineage",
}
# What ISO 19115 and GDI-Vlaanderen ask of every data set. pygeometa 0.19.0 writes the same paths from an MCF with these
# facts, but for the bounding box, which it draws as a polygon, and the contact of the record, which it leaves out.
MANDATORY = [
    "fileIdentifier/CharacterString",
    "language/LanguageCode",
    "characterSet/MD_CharacterSetCode",
    "hierarchyLevel/MD_ScopeCode",
    "contact/CI_ResponsibleParty/contactInfo/CI_Contact/address/CI_Address/electronicMailAddress/CharacterString",
    "dateStamp/Date",
    "metadataStandardName/CharacterString",
    "metadataStandardVersion/CharacterString",
    "referenceSystemInfo/MD_ReferenceSystem/referenceSystemIdentifier/RS_Identifier/code/CharacterString",
    *(
        f"identificationInfo/MD_DataIdentification/{path}"
        for path in (
            "citation/CI_Citation/title/CharacterString",
            "citation/CI_Citation/date/CI_Date/date/Date",
            "citation/CI_Citation/date/CI_Date/dateType/CI_DateTypeCode",
            "abstract/CharacterString",
            "pointOfContact/CI_ResponsibleParty/organisationName/CharacterString",
            "pointOfContact/CI_ResponsibleParty/role/CI_RoleCode",
            "descriptiveKeywords/MD_Keywords/keyword/CharacterString",
            "descriptiveKeywords/MD_Keywords/type/MD_KeywordTypeCode",
            "resourceConstraints/MD_LegalConstraints/useLimitation/CharacterString",
            "resourceConstraints/MD_LegalConstraints/accessConstraints/MD_RestrictionCode",
            "resourceConstraints/MD_LegalConstraints/otherConstraints/CharacterString",
            "spatialRepresentationType/MD_SpatialRepresentationTypeCode",
            "language/LanguageCode",
            "topicCategory/MD_TopicCategoryCode",
            "extent/EX_Extent/geographicElement/EX_GeographicBoundingBox/westBoundLongitude/Decimal",
        )
    ),
    "distributionInfo/MD_Distribution/distributionFormat/MD_Format/name/CharacterString",
    "dataQualityInfo/DQ_DataQuality/scope/DQ_Scope/level/MD_ScopeCode",
    "dataQualityInfo/DQ_DataQuality/lineage/LI_Lineage/statement/CharacterString",
]


def facts(tier: str = "P1", **more) -> Facts:
    layers = [load().layer(id) for id in ("percelen", "hitte_straat")]
    licence = "https://example.org/licentie" if tier == "P3" else "intern gebruik"
    said = {"publisher": "Stad <A> & B", "contact": "gis@example.org", "licence": licence} | more
    bounds = (4.47, 51.02, 4.49, 51.03)
    return Facts(
        "Proef", tier, datetime.date(2025, 6, 30), layers, bounds, ["GRB (2025-01-01)"], "Berekend.", **said
    )


def name(element: ET.Element) -> str:
    return element.tag.split("}")[1]


def paths(element: ET.Element, at: str = "") -> set[str]:
    found = set()
    for child in element:
        here = f"{at}{name(child)}"
        found |= {here} | paths(child, f"{here}/")
    return found


@pytest.mark.parametrize("tier", ["P1", "P2", "P3"])
def test_the_iso_record_is_whole_and_in_order(tier):
    record = ET.fromstring(iso19139(facts(tier)))
    assert set(MANDATORY) <= paths(record)
    seen = set()
    for element in record.iter():
        if name(element) in ORDER:
            seen.add(name(element))
            order = [ORDER[name(element)].split().index(name(child)) for child in element]
            assert order == sorted(order), name(element)
    assert seen == set(ORDER)
    for element in record.iter():
        if len(element) == 0:
            assert (element.text or "").strip() or element.get("codeListValue"), name(element)
            assert not element.get("codeList") or element.get("codeList").startswith("http")


def test_the_iso_record_says_what_the_export_is():
    text = " ".join(ET.fromstring(iso19139(facts(fictitious=True))).itertext())
    for words in (
        "FICTIEF",
        "Proef",
        "P1",
        "Stad <A> & B",
        "31370",
        "GRB (2025-01-01)",
        "Geen openbaarmaking",
        "Percelen",
    ):
        assert words in text


@pytest.mark.parametrize("tier", ["P1", "P3"])
def test_dcat_names_who_what_where_and_on_what_terms(tier):
    rdflib = pytest.importorskip("rdflib")
    text = dcat(
        facts(tier), [("wijk é.gpkg", "application/geopackage+sqlite3"), ("percelen.csv", "text/csv")]
    )
    graph = rdflib.Graph().parse(data=text, format="json-ld", publicID="https://example.org/uitvoer/")
    dc, dct = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://purl.org/dc/terms/")
    (dataset,) = graph.subjects(rdflib.RDF.type, dc.Dataset)
    # Mandatory in DCAT-AP 2 or in Metadata DCAT.
    for term in (
        dct.title, dct.description, dct.identifier, dct.publisher, dct.accessRights, dct.modified, dct.spatial,
        dct.language, dc.contactPoint, dc.keyword, dc.theme, dc.distribution,
    ):  # fmt: skip
        assert (dataset, term, None) in graph, term
    files = set(graph.objects(dataset, dc.distribution))
    places = {str(next(graph.objects(file, dc.accessURL))) for file in files}
    assert places == {
        "https://example.org/uitvoer/wijk%20%C3%A9.gpkg",
        "https://example.org/uitvoer/percelen.csv",
    }
    terms = {str(value) for file in files for value in graph.objects(file, dct.license)}
    assert terms == ({"https://example.org/licentie"} if tier == "P3" else set())
    right = json.loads(text)["dct:accessRights"]["@id"]
    assert right.endswith("PUBLIC" if tier == "P3" else "RESTRICTED")
