"""The page "Arsenaal" in QGIS' own options."""

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from ..texts import FOLDER, tr
from .values import OPTIONS, Option, Value


class OptionsPage(QgsOptionsPageWidget):
    """One line and one sentence per option."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.editors = {option: _editor(option) for option in OPTIONS}
        form = QFormLayout()
        for option, editor in self.editors.items():
            about = QLabel(tr(option.help))
            about.setWordWrap(True)
            editor.setToolTip(tr(option.help))
            form.addRow("" if isinstance(editor, QCheckBox) else tr(option.title), editor)
            form.addRow("", about)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addStretch(1)

    def apply(self) -> None:
        """The user agreed: keep what stands there."""
        for option, editor in self.editors.items():
            option.put(_value(editor))


class OptionsFactory(QgsOptionsWidgetFactory):
    """Hands QGIS the page."""

    def __init__(self) -> None:
        super().__init__("Arsenaal", QIcon(str(FOLDER / "icons" / "arsenaal.svg")))

    def createWidget(self, parent: QWidget | None = None) -> OptionsPage:
        """A fresh page, filled with what holds now."""
        return OptionsPage(parent)


def _editor(option: Option) -> QWidget:
    if isinstance(option.default, bool):
        box = QCheckBox(tr(option.title))
        box.setChecked(option.get())
        return box
    if isinstance(option.default, int):
        spin = QSpinBox()
        spin.setRange(*option.limits)
        spin.setSuffix(f" {tr(option.unit)}")
        spin.setValue(option.get())
        return spin
    folder = QgsFileWidget()
    folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
    folder.setFilePath(option.get())
    return folder


def _value(editor: QWidget) -> Value:
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    return editor.value() if isinstance(editor, QSpinBox) else editor.filePath()
