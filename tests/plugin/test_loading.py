import pytest
from qgis.core import QgsProject, QgsVectorLayer


@pytest.fixture
def opened(arsenaal, wijk, qgis_new_project):
    from arsenaal.loading import open_wijk

    return open_wijk(wijk, QgsProject.instance())


def test_groups_named_and_ordered(opened):
    top = QgsProject.instance().layerTreeRoot().children()[0]
    assert top.name() == "Proef (fictieve oefendata)"
    names = [child.name() for child in top.children()]
    assert names in (["Dwellings", "Base", "Tables"], ["Woningen", "Ondergrond", "Tabellen"])


def test_every_table_is_loaded_styled_and_described(opened):
    assert set(opened.layers) == {"wijkgrens", "percelen", "woningen", "bezoeken", "renovatie", "bronnen"}
    for id, layer in opened.layers.items():
        assert layer.isValid(), id
        assert layer.metadata().identifier() == id
    assert opened.layers["percelen"].metadata().history()[0].startswith("Adp.shp, 01/06/2025, sha256 abab")
    assert "Digitaal Vlaanderen" in opened.layers["percelen"].attribution()


def test_unknown_age_is_hollow_not_coloured(opened):
    rules = opened.layers["woningen"].renderer().rootRule().children()
    labels = [rule.label() for rule in rules]
    assert len(labels) == 5
    assert labels[-1] in ("onbekend", "unknown")
    assert rules[-1].isElse()
    colours = [rule.symbol().color().name() for rule in rules]
    assert len(set(colours[:4])) == 4
    assert colours[-1] == "#ffffff"


def test_codes_become_a_choice_and_units_part_of_the_name(opened):
    visits = opened.layers["bezoeken"]
    setup = visits.editorWidgetSetup(visits.fields().indexOf("resultaat"))
    assert setup.type() == "ValueMap"
    codes = [code for choice in setup.config()["map"] for code in choice.values()]
    assert codes == ["bezocht", "niet_thuis", "geweigerd", "afspraak"]
    boundary = opened.layers["wijkgrens"]
    assert boundary.attributeDisplayName(boundary.fields().indexOf("oppervlakte_m2")).endswith("(m²)")


def test_dwelling_form_shows_visits_and_renovation(opened):
    relations = QgsProject.instance().relationManager().relations()
    assert {"arsenaal_woningen_bezoeken", "arsenaal_woningen_renovatie"} <= set(relations)
    dwelling = next(opened.layers["woningen"].getFeatures("\"woning_id\" = 'w0'"))
    related = relations["arsenaal_woningen_bezoeken"].getRelatedFeatures(dwelling)
    assert sorted(visit["bezoek_id"] for visit in related) == ["b1", "b2"]
    tabs = [tab.name() for tab in opened.layers["woningen"].editFormConfig().tabs()]
    assert len(tabs) == 3


def test_edit_goes_through_qgis_and_makes_a_key(opened, wijk):
    visits = opened.layers["bezoeken"]
    assert visits.startEditing()
    from qgis.core import QgsVectorLayerUtils

    row = QgsVectorLayerUtils.createFeature(visits)
    row["woning_id"], row["golf"], row["resultaat"] = "w1", "nameting", "geweigerd"
    assert len(row["bezoek_id"]) == 36
    assert visits.addFeature(row)
    assert visits.commitChanges(), visits.commitErrors()
    again = QgsVectorLayer(f"{wijk.with_name('wijk.gpkg')}|layername=bezoeken", "again", "ogr")
    assert again.featureCount() == 3


def test_opening_again_replaces(opened, arsenaal, wijk):
    from arsenaal.loading import open_wijk

    before = len(QgsProject.instance().mapLayers())
    open_wijk(wijk, QgsProject.instance())
    assert len(QgsProject.instance().mapLayers()) == before
    assert len(QgsProject.instance().layerTreeRoot().children()) == 1
    assert len(QgsProject.instance().relationManager().relations()) == 2


def test_nothing_imported_says_what_to_do(arsenaal, tmp_path, qgis_new_project):
    from arsenaal.arsenaal_gis.errors import WorkspaceError
    from arsenaal.loading import open_wijk

    (tmp_path / "wijk.toml").write_text('[wijk]\nnaam = "Leeg"\n', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="arsenaal:import"):
        open_wijk(tmp_path / "wijk.toml", QgsProject.instance())
    assert QgsProject.instance().mapLayers() == {}


def test_practice_data_says_so_on_the_canvas_once(opened, wijk):
    from arsenaal.loading import open_wijk

    open_wijk(wijk, QgsProject.instance())
    notes = QgsProject.instance().annotationManager().annotations()
    assert [note.document().toPlainText() for note in notes] == ["fictieve oefendata"]
