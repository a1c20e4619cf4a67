"""Help in a window of its own, a page per panel and per algorithm, in the user's language."""

from pathlib import Path

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import QDialog, QTextBrowser, QToolButton, QVBoxLayout, QWidget
from qgis.utils import iface

from .texts import FOLDER, language, tr

# Lines of text the window is wide and high.
SIZE = (42, 34)


def page_url(name: str) -> QUrl:
    """Address of a page, for the browser."""
    return QUrl.fromLocalFile(str(FOLDER / "help" / language() / f"{name}.html"))


def page(name: str) -> str:
    """A page as HTML; its pictures by their full address."""
    text = Path(page_url(name).toLocalFile()).read_text(encoding="utf-8")
    pictures = QUrl.fromLocalFile(str(FOLDER / "help" / "img")).toString()
    return text.replace('src="../img/', f'src="{pictures}/')


class HelpWindow(QDialog):
    """Shows one page; not modal, Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ArsenaalHelp")
        self.setWindowTitle(tr("Arsenaal: help"))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(lambda url: self.show_page(url.fileName().removesuffix(".html")))
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        line = self.fontMetrics().height()
        self.resize(SIZE[0] * line, SIZE[1] * line)

    def show_page(self, name: str) -> None:
        """Show a page and come to the front."""
        self.text.setHtml(page(name))
        self.show()
        self.raise_()


def show_help(name: str) -> HelpWindow:
    """Show a page in the one help window."""
    window = iface.mainWindow().findChild(HelpWindow, "ArsenaalHelp") or HelpWindow(iface.mainWindow())
    window.show_page(name)
    return window


def close_help() -> None:
    """Take the help window away."""
    for window in iface.mainWindow().findChildren(HelpWindow, "ArsenaalHelp"):
        window.close()
        window.deleteLater()


class HelpButton(QToolButton):
    """A question mark that opens the page of its panel."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setText("?")
        self.setAutoRaise(True)
        self.setToolTip(tr("Help on this panel"))
        self.setAccessibleName(tr("Help on this panel"))
        self.clicked.connect(lambda: show_help(name))
