"""A balloon that points at a widget of the window, and a frame around that widget."""

from qgis.PyQt.QtCore import QEvent, QObject, QPoint, QRect, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygon
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..sheet import sheet
from ..texts import tr

# Lines of text the balloon is wide; pixels of its arrow and of the frame around what it points at.
WIDE, ARROW, FRAME = 19, 12, 4
COLOUR = QColor("#f2c14e")


class Frame(QWidget):
    """A frame around a widget, through which one can click."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame only."""
        painter = QPainter(self)
        painter.setPen(QPen(COLOUR, FRAME))
        painter.drawRect(self.rect().adjusted(FRAME // 2, FRAME // 2, -FRAME // 2, -FRAME // 2))


class Balloon(QFrame):
    """A few words beside a widget; the window stays usable.

    Signals:
        forward: The user wants the next step.
        back: The one before.
        closed: No more.
    """

    forward = pyqtSignal()
    back = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("ArsenaalTour")
        self._target: QWidget | None = None
        self._tip = QPoint()
        self._around = Frame(window)
        self.title, self.text, self.count = QLabel(), QLabel(), QLabel()
        self.text.setWordWrap(True)
        self.setStyleSheet(f"QLabel {{ color: {sheet().ink.name()}; background: transparent; }}")
        self.next, self.previous = QPushButton(tr("Next")), QPushButton(tr("Back"))
        self.stop = QPushButton(tr("Close"))
        self.next.setDefault(True)
        self.next.clicked.connect(self.forward)
        self.previous.clicked.connect(self.back)
        self.stop.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.addWidget(self.count, 1)
        for button in (self.stop, self.previous, self.next):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        margin = ARROW + 10
        column.setContentsMargins(margin, margin, margin, margin)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addLayout(buttons)
        self.setFixedWidth(WIDE * self.fontMetrics().height() + 2 * margin)
        window.installEventFilter(self)

    def point(self, target: QWidget, title: str, text: str, count: str) -> None:
        """Say something about a widget."""
        self._target = target
        self.title.setText(f"<b>{title}</b>")
        self.text.setText(text)
        self.count.setText(count)
        self.setAccessibleName(f"{title}. {text}")
        self._place()
        self._around.show()
        self._around.raise_()
        self.show()
        self.raise_()
        self.next.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the widget when the window changes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        """Beside the widget, on the side with most room, inside the window."""
        window = self.parentWidget()
        # what shows of it, by way of the screen: the dock may float in a window of its own
        seen = self._target.visibleRegion().boundingRect()
        seen = self._target.rect() if seen.isEmpty() else seen
        corner = window.mapFromGlobal(self._target.mapToGlobal(seen.topLeft()))
        at = QRect(corner, seen.size()).intersected(window.rect())
        self._around.setGeometry(at.adjusted(-FRAME, -FRAME, FRAME, FRAME))
        self.setFixedHeight(max(self.heightForWidth(self.width()), self.sizeHint().height()))
        room = {
            "left": at.left(),
            "right": window.width() - at.right(),
            "above": at.top(),
            "below": window.height() - at.bottom(),
        }
        fits = {
            side: space - (self.width() if side in ("left", "right") else self.height())
            for side, space in room.items()
        }
        side = max(fits, key=fits.get)
        middle = at.center() - self.rect().center()
        place = {
            "left": QPoint(at.left() - self.width(), middle.y()),
            "right": QPoint(at.right(), middle.y()),
            "above": QPoint(middle.x(), at.top() - self.height()),
            "below": QPoint(middle.x(), at.bottom()),
        }[side]
        place.setX(max(0, min(place.x(), window.width() - self.width())))
        place.setY(max(0, min(place.y(), window.height() - self.height())))
        self.move(place)
        aim = at.center() - place
        self._tip = {
            "left": QPoint(self.width() - 1, aim.y()),
            "right": QPoint(0, aim.y()),
            "above": QPoint(aim.x(), self.height() - 1),
            "below": QPoint(aim.x(), 0),
        }[side]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet in the theme's colours, with an arrow to the widget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(COLOUR, 2))
        painter.setBrush(sheet().ground)
        page = self.rect().adjusted(ARROW, ARROW, -ARROW, -ARROW)
        painter.drawRoundedRect(page, 6, 6)
        tip = self._tip
        across = QPoint(0, ARROW) if tip.x() in (0, self.width() - 1) else QPoint(ARROW, 0)
        foot = QPoint(
            max(page.left(), min(tip.x(), page.right())), max(page.top(), min(tip.y(), page.bottom()))
        )
        painter.setBrush(COLOUR)
        painter.drawPolygon(QPolygon([tip, foot + across, foot - across]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; arrows step."""
        keys = {
            Qt.Key.Key_Escape: self.closed,
            Qt.Key.Key_Right: self.forward,
            Qt.Key.Key_Left: self.back,
        }
        signal = keys.get(event.key())
        if signal is None:
            super().keyPressEvent(event)
        else:
            signal.emit()

    def remove(self) -> None:
        """Take balloon and frame away."""
        self.parentWidget().removeEventFilter(self)
        for widget in (self._around, self):
            widget.hide()
            widget.deleteLater()
