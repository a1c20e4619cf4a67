import re

from scripts import update_ts
from scripts.build_zip import ROOT


def test_every_text_has_its_dutch():
    dutch = update_ts.known(update_ts.TS)
    assert [text for text in update_ts.sources(ROOT / "plugin") if text not in dutch] == []


def test_translations_file_is_up_to_date():
    texts = update_ts.sources(ROOT / "plugin")
    assert update_ts.TS.read_text(encoding="utf-8") == update_ts.document(
        texts, update_ts.known(update_ts.TS)
    )


def test_placeholders_survive_translation():
    for text, dutch in update_ts.known(update_ts.TS).items():
        assert re.findall(r"{.*?}", text) == re.findall(r"{.*?}", dutch), text


def test_dutch_is_shown_on_a_dutch_qgis(arsenaal, qgis_app):
    from arsenaal import texts
    from qgis.PyQt.QtCore import QCoreApplication, QTranslator

    translator = QTranslator()
    assert translator.load(str(texts.FOLDER / "i18n" / "arsenaal_nl.qm"))
    QCoreApplication.installTranslator(translator)
    try:
        assert texts.tr("Why here?") == "Waarom hier?"
    finally:
        QCoreApplication.removeTranslator(translator)


def test_the_unknown_is_a_word_never_zero(arsenaal, qgis_app):
    from arsenaal.texts import number

    assert number(None) == number(float("nan")) == "unknown"
    assert number(38.24, 1, "°C") == "38.2 °C"
