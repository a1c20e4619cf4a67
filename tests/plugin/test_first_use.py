"""First use: options in QGIS' own dialog, the guided tour, and help that opens."""

import re

import pytest
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QEvent, QObject, QPoint, Qt, QUrl
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest


@pytest.fixture(autouse=True)
def clean_profile():
    QgsSettings().remove("arsenaal")
    yield
    QgsSettings().remove("arsenaal")


@pytest.fixture
def plugin(arsenaal, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    made = ArsenaalPlugin()
    made.initGui()
    qgis_iface.mainWindow().resize(1200, 800)
    qgis_iface.mainWindow().show()
    yield made
    made.unload()


def test_options_are_kept_only_when_agreed(plugin):
    from arsenaal.options import OFFER_TOUR, STALE_DAYS, WIJKEN_FOLDER

    page = plugin.options.createWidget(None)
    assert page.editors[STALE_DAYS].value() == 366
    page.editors[STALE_DAYS].setValue(100)
    page.editors[OFFER_TOUR].setChecked(False)
    page.editors[WIJKEN_FOLDER].setFilePath("/data/wijken é")
    assert STALE_DAYS.get() == 366
    page.apply()
    assert (STALE_DAYS.get(), OFFER_TOUR.get(), WIJKEN_FOLDER.get()) == (100, False, "/data/wijken é")
    again = plugin.options.createWidget(None)
    assert again.editors[STALE_DAYS].value() == 100
    assert not again.editors[OFFER_TOUR].isChecked()


def test_choosing_a_wijk_begins_where_the_option_says(plugin, wijk, tmp_path, monkeypatch):
    from arsenaal import main
    from arsenaal.options import WIJKEN_FOLDER

    begun = []
    monkeypatch.setattr(main.QFileDialog, "getOpenFileName", lambda *a: begun.append(a[2]) or (str(wijk), ""))
    plugin.choose()
    plugin.choose()
    WIJKEN_FOLDER.put(str(tmp_path))
    plugin.choose()
    assert begun == ["", str(wijk.parent.parent), str(tmp_path)]


def test_the_practice_wijk_offers_the_tour_once(plugin, wijk, qgis_iface, monkeypatch):
    from arsenaal.options import OFFER_TOUR, PRACTICE_FOLDER

    wijk.parent.rename(wijk.parent.with_name("oefenwijk"))
    PRACTICE_FOLDER.put(str(wijk.parent.parent))
    shown = []
    monkeypatch.setattr(
        qgis_iface.messageBar(), "createMessage", lambda tag, text: shown.append(text) or _item(text)
    )
    plugin.practice()
    assert any("short tour" in text for text in shown)
    assert OFFER_TOUR.get() is False
    shown.clear()
    plugin.practice()
    assert not any("short tour" in text for text in shown)


def _item(text):
    from qgis.gui import QgsMessageBarItem

    return QgsMessageBarItem("Arsenaal", text)


def test_the_tour_points_at_the_real_widgets(plugin, wijk, qgis_iface):
    from arsenaal.tour.steps import STEPS

    plugin.open(wijk)
    plugin.tour.start()
    window = qgis_iface.mainWindow()
    balloon = plugin.tour.balloon
    for number, step in enumerate(STEPS):
        assert plugin.tour.at == number
        assert step.title in balloon.title.text().replace("&amp;", "&")
        target = step.target(plugin.dock)
        part = target.visibleRegion().boundingRect()  # empty where this window without menus has none
        seen = part.translated(window.mapFromGlobal(target.mapToGlobal(QPoint(0, 0))))
        seen = seen.intersected(window.rect())
        assert seen.isEmpty() or balloon._around.geometry().contains(seen)
        assert window.rect().contains(balloon.geometry())
        assert not balloon.isModal()
        balloon.next.click()
    assert plugin.tour.balloon is None  # after the last it is over


def test_the_tour_by_keyboard(plugin, wijk):
    plugin.open(wijk)
    plugin.tour.start()
    balloon = plugin.tour.balloon

    def press(key):
        QgsApplication.sendEvent(
            balloon, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        )

    assert not balloon.previous.isEnabled()
    press(Qt.Key.Key_Right)
    assert plugin.tour.at == 1
    press(Qt.Key.Key_Left)
    assert plugin.tour.at == 0
    QTest.keyClick(balloon.next, Qt.Key.Key_Space)
    assert plugin.tour.at == 1
    press(Qt.Key.Key_Escape)
    assert plugin.tour.balloon is None


def test_unloading_in_the_middle_of_the_tour_leaves_nothing(arsenaal, qgis_iface, qgis_new_project):
    from arsenaal.helping import show_help
    from arsenaal.main import ArsenaalPlugin

    plugin = ArsenaalPlugin()
    plugin.initGui()
    plugin.tour.start()
    show_help("index")
    plugin.unload()
    QgsApplication.sendPostedEvents(None, 52)  # what deleteLater waits for
    left = [o.objectName() for o in qgis_iface.mainWindow().findChildren(QObject)]
    assert not {"ArsenaalTour", "ArsenaalHelp", "ArsenaalWijk"} & set(left)


def test_help_opens_beside_the_panels_and_follows_links(plugin, plugin_tree):
    from arsenaal.helping import HelpButton, page, show_help
    from arsenaal.tools.section_panel import SectionPanel

    window = show_help("index")
    assert window.isVisible()
    assert "Section of a street" in window.text.toPlainText()
    window.text.anchorClicked.emit(QUrl("panel_section.html"))
    assert "facade to facade" in window.text.toPlainText()
    panel = SectionPanel()
    (button,) = panel.findChildren(HelpButton)
    button.click()
    assert show_help("index") is window  # one window
    for language in ("nl", "en"):
        pages = {path.stem for path in (plugin_tree / "help" / language).glob("*.html")}
        for path in (plugin_tree / "help" / language).glob("*.html"):
            text = path.read_text(encoding="utf-8")
            assert set(re.findall(r'href="(\w+)\.html"', text)) <= pages, path
            for picture in re.findall(r'src="\.\./img/([^"]+)"', text):
                assert (plugin_tree / "help" / "img" / picture).exists(), (path, picture)
    assert {p.stem for p in (plugin_tree / "help" / "nl").glob("*")} == {
        p.stem for p in (plugin_tree / "help" / "en").glob("*")
    }
    assert "file://" in page("heat")


def test_each_panel_of_the_dock_has_its_own_page(plugin):
    from arsenaal.helping import HelpButton, show_help

    window, heads = show_help("index"), []
    for button in plugin.dock.findChildren(HelpButton):
        button.click()
        heads.append(window.text.toPlainText().splitlines()[0])
    assert sorted(heads) == [
        "Budget",
        "Change",
        "The list",
        "The panel Wijk",
        "Visits",
        "Weights",
        "Why here?",
    ]


def test_pictures_of_the_help_are_small(plugin_tree):
    pictures = list((plugin_tree / "help" / "img").glob("*.png"))
    assert len(pictures) > 10
    assert sum(path.stat().st_size for path in pictures) < 1_500_000
