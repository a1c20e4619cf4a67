"""The QField package, opened again and filled in as QField would; then read back into the log."""

import datetime
import json
import re
import shutil
import zipfile

import geopandas as gpd
import pandas as pd
import pytest
from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFieldConstraints,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from shapely import LineString, Point, box

from arsenaal_gis.catalogue import load
from arsenaal_gis.cli import main, printing
from arsenaal_gis.gpkg import write_layer
from arsenaal_gis.privacy import Ledger
from arsenaal_gis.visits import record
from arsenaal_gis.wijk import Wijk

DAY = datetime.date(2025, 6, 30)


@pytest.fixture(scope="module")
def algorithm(arsenaal):
    from arsenaal.algorithms import ArsenaalProvider

    made = ArsenaalProvider()
    QgsApplication.processingRegistry().addProvider(made)
    yield made.algorithm("field_package")
    QgsApplication.processingRegistry().removeProvider(made)


@pytest.fixture(scope="module")
def packaged(algorithm, wijk_template, tmp_path_factory):
    """Folder with the planned wijk and, made from it, the package of team B in ``uit``."""
    folder = tmp_path_factory.mktemp("veld")
    wijk = shutil.copytree(wijk_template, folder / "wijk é 1") / "wijk.toml"
    add_plan(wijk)
    run(algorithm, wijk, folder / "uit", TEAM="team B")
    return folder


@pytest.fixture
def planned(packaged, tmp_path):
    """The wijk with streets, a building and a plan: teams A and B each have one stop on one day."""
    return shutil.copytree(packaged / "wijk é 1", tmp_path / "wijk é 1") / "wijk.toml"


@pytest.fixture
def package(packaged, planned, tmp_path):
    """Project and GeoPackage of team B, moved elsewhere as onto a tablet."""
    moved = shutil.copytree(packaged / "uit", tmp_path / "tablet é")
    return next(moved.glob("*.qgz")), next(moved.glob("*.gpkg"))


def add_plan(wijk):
    folder = wijk.parent / "plannen" / "20250629T080000Z"
    folder.mkdir(parents=True)
    catalogue = load()

    def put(path, id, rows, shapes):
        layer = catalogue.layer(id)
        frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=shapes, crs="EPSG:31370")
        for name, about in layer.fields.items():
            if about.required and name not in frame:
                frame[name] = next(iter(about.codes), "x") if about.type == "text" else 0
        write_layer(path, layer, frame)

    line = LineString([(158000, 189000), (158040, 189000)])
    put(wijk.parent / "wijk.gpkg", "straten", [{"segment_id": "1", "straat": "Smisstraat"}], [line])
    put(wijk.parent / "wijk.gpkg", "gebouwen", [{"gebouw_id": "g1"}], [box(158010, 189010, 158030, 189020)])
    plan = folder / "plan_20250629T080000Z.gpkg"
    shared = {"datum": "2025-06-30", "dagdeel": "wd_13_17", "stops": 1, "waarde": 9.0}
    put(plan, "rondes", [{"ronde_id": f"r{t}", "team": f"team {t}", **shared} for t in "AB"], [line, line])
    stops = [
        {"stop_id": f"s{i}", "ronde_id": f"r{t}", "volgnummer": 1, "woning_id": f"w{i + 1}", "straat": "Smisstraat",
         "huisnummer": str(7 + i), "busnummer": "2" if i else None, "bezoektype": "energiescan", "poging": 1}
        for i, t in enumerate("AB")
    ]  # fmt: skip
    put(plan, "ronde_stops", stops, [Point(158011, 189011), Point(158021, 189011)])


def run(algorithm, wijk, folder, **parameters):
    given = {"WIJK": str(wijk), "DAY": DAY.isoformat(), "FOLDER": str(folder), **parameters}
    results, good = algorithm.create().run(given, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    assert good
    return results


@pytest.fixture
def project(package):
    opened = QgsProject()
    assert opened.read(str(package[0]))
    yield opened
    opened.clear()


def layer(project, id):
    return next(x for x in project.mapLayers().values() if x.source().endswith(f"layername={id}"))


def test_the_package_opens_where_it_was_put_and_holds_nothing_else(package, project):
    assert package[0].name == "veldpakket_P0_2025-06-30_team_B.qgz"
    assert sorted(path.name for path in package[0].parent.iterdir()) == sorted(path.name for path in package)
    assert all(x.isValid() for x in project.mapLayers().values()) and project.count() == 5
    rows = [row["huisnummer"] for row in layer(project, "ronde_stops").getFeatures()]
    assert rows == ["8"] and layer(project, "bezoeken").featureCount() == 0
    assert project.title() == "Proef (fictieve oefendata): team B, 30/06/2025 (P0)"
    text = zipfile.ZipFile(package[0]).read(package[0].with_suffix(".qgs").name).decode()
    assert not re.search(r"wijk é 1|plan_2025", text)
    entry = Ledger.of(package[0].parents[1] / "wijk é 1").table("vrijgaven").iloc[0]
    assert (entry["niveau"], entry["rol"], entry["bestemming"]) == ("P0", "bezoekteam", "veldpakket")


def test_codes_are_those_of_the_warehouse_and_keys_are_made(project):
    visits = layer(project, "bezoeken")
    for name, field in load().layer("bezoeken").fields.items():
        index = visits.fields().indexOf(name)
        if index < 0 or not field.codes or name == "golf":
            continue
        setup = visits.editorWidgetSetup(index)
        assert setup.type() == "ValueMap", name
        assert [next(iter(pair.values())) for pair in setup.config()["map"]] == list(field.codes), name
    first, second = (QgsVectorLayerUtils.createFeature(visits)["bezoek_id"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f-]{36}", first) and first != second
    fresh = QgsVectorLayerUtils.createFeature(visits)
    assert (fresh["datum"], fresh["dagdeel"], fresh["golf"]) == (QDate(2025, 6, 30), "wd_13_17", "nameting")


def test_every_expression_runs_without_the_plugin(project):
    visits, stops = layer(project, "bezoeken"), layer(project, "ronde_stops")
    named = [visits.defaultValueDefinition(i).expression() for i in range(visits.fields().count())]
    named += [visits.constraintExpression(i) for i in range(visits.fields().count())]
    named += [stops.displayExpression(), visits.displayExpression()]
    own = {
        f.name() for f in map(QgsExpression.Functions().__getitem__, range(len(QgsExpression.Functions())))
    }
    for text in filter(None, named):
        expression = QgsExpression(text)
        assert not expression.hasParserError(), text
        used = set(expression.referencedFunctions())
        assert used <= own and not any("arsenaal" in name for name in used)
    house = QgsExpression(stops.displayExpression())
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(stops))
    context.setFeature(next(stops.getFeatures()))
    assert house.evaluate(context) == "1. Smisstraat 8 bus 2"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, None),
        ({"resultaat": None}, "resultaat"),
        ({"woning_id": None}, "woning_id"),
        ({"datum": QDate(2999, 1, 1)}, "datum"),
        ({"resultaat": "afspraak"}, "afspraak_op"),
        ({"resultaat": "afspraak", "afspraak_op": QDateTime(QDate(2025, 6, 29), QTime(9, 0))}, "afspraak_op"),
        ({"resultaat": "afspraak", "afspraak_op": QDateTime(QDate(2025, 7, 3), QTime(9, 0))}, None),
    ],
)
def test_constraints_refuse_what_does_not_fit(project, changes, wrong):
    visits = layer(project, "bezoeken")
    feature = visit(visits, **{"woning_id": "w2", "resultaat": "bezocht", **changes})
    failing = [
        field.name()
        for index, field in enumerate(visits.fields())
        if not QgsVectorLayerUtils.validateAttribute(visits, feature, index)[0]
    ]
    assert failing == ([wrong] if wrong else [])
    strength = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
    for name in ("resultaat", "woning_id"):
        constraints = visits.fields().field(name).constraints()
        assert constraints.constraintStrength(QgsFieldConstraints.Constraint.ConstraintNotNull) == strength


def visit(visits: QgsVectorLayer, **values) -> QgsFeature:
    feature = QgsVectorLayerUtils.createFeature(visits)
    for name, value in values.items():
        feature[name] = value
    return feature


def test_a_visit_hangs_under_its_stop_and_only_visits_can_be_typed(package, project):
    visits, stops = layer(project, "bezoeken"), layer(project, "ronde_stops")
    (relation,) = project.relationManager().relations().values()
    assert (
        relation.isValid() and relation.referencedLayer() == stops and relation.referencingLayer() == visits
    )
    setup = visits.editorWidgetSetup(visits.fields().indexOf("woning_id"))
    assert setup.type() == "RelationReference" and setup.config()["Relation"] == relation.id()
    form = visits.editFormConfig()
    shown = [element.name() for element in form.tabs()[0].children()]
    assert shown == ["woning_id", "datum", "dagdeel", "functie", "resultaat", "afspraak_op"]
    form = stops.editFormConfig()
    assert all(form.readOnly(i) for i in range(stops.fields().count()))
    assert [tab.name() for tab in form.tabs()][1:] == [relation.name()]
    text = zipfile.ZipFile(package[0]).read(package[0].with_suffix(".qgs").name).decode()
    (tab,) = re.findall(r"<attributeEditorRelation [^>]*>", text)
    assert f' relation="{relation.id()}"' in tab and relation.name() == "Huisbezoeken"
    assert visits.attributeAlias(visits.fields().indexOf("resultaat")) == "Resultaat"
    assert stops.customProperty("QFieldSync/is_geometry_locked") in (True, "true")
    assert all(layer(project, id).readOnly() for id in ("rondes", "straten", "gebouwen"))


def test_what_is_filled_in_comes_back_once(package, project, planned):
    visits = layer(project, "bezoeken")
    moment = QDateTime(QDate(2025, 7, 3), QTime(14, 30))
    assert visits.startEditing()
    given = visit(visits, woning_id="w2", resultaat="afspraak", functie="energiescanner", afspraak_op=moment)
    assert visits.addFeature(given) and visits.commitChanges(), visits.commitErrors()
    key = given["bezoek_id"]
    project.clear()
    wijk = Wijk.open(planned)
    done = record(wijk, package[1])
    assert (done.added, done.refused) == (1, [])
    row = wijk.layer("bezoeken").set_index("bezoek_id").loc[key]
    assert row[["woning_id", "dagdeel", "resultaat"]].tolist() == ["w2", "wd_13_17", "afspraak"]
    assert row["afspraak_op"] == pd.Timestamp("2025-07-03 14:30") and row["datum"] == pd.Timestamp(DAY)
    assert record(wijk, package[1]).known == 1


def test_a_wrong_day_or_team_is_a_message_and_leaves_nothing(algorithm, planned, tmp_path):
    for wrong, said in (({"DAY": "30/6/2025"}, "2025-06-30"), ({"TEAM": "team C"}, "team A 2025-06-30")):
        with pytest.raises(QgsProcessingException, match=said):
            run(algorithm, planned, tmp_path / "uit", **{"TEAM": "team A", **wrong})
    assert not (tmp_path / "uit").exists()


def test_the_command_makes_it_in_a_qgis_of_its_own(planned, plugin_tree, monkeypatch, capsys):
    monkeypatch.setattr(printing, "plugin_folder", lambda: plugin_tree.parent)
    assert main(["field", str(planned), "--team", "team A", "--day", DAY.isoformat(), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    made = planned.parent / "veld" / "veldpakket_P0_2025-06-30_team_A"
    assert said["tier"] == "P0" and sorted(said["files"]) == sorted(str(path) for path in made.iterdir())


def test_without_qgis_the_command_says_how_to_install_it(planned, monkeypatch, capsys):
    monkeypatch.setattr(printing.shutil, "which", lambda name: None)
    assert main(["field", str(planned), "--team", "team A", "--day", DAY.isoformat()]) == printing.QGIS_ABSENT
    assert "apt-get install qgis" in capsys.readouterr().err
    assert not (planned.parent / "veld").exists()
