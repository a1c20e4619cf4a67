"""The drawing of a street in section: heights to one scale, widths, sun and shade by hour, sky."""

from dataclasses import dataclass, field

import numpy as np
from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from ..arsenaal_gis.facts.crossing import Crossing
from ..arsenaal_gis.heat.profile import Section
from ..sheet import Sheet, sheet
from ..texts import number, tr

SUN, SHADE, NOT_YET = QColor("#f2c14e"), QColor("#33456b"), QColor("#9a9a9a")
HOUSE, CROWN, GROUND = QColor("#8f8f8f"), QColor("#55a35f"), QColor("#6e5a48")
ROAD, WALK = QColor("#b9bcc4"), QColor("#dccfb8")
# Share of the height that the hours take, and the least height of the drawing in lines of text.
HOURS_SHARE, LEAST_LINES = 0.32, 20


@dataclass
class Picture:
    """What is drawn.

    Attributes:
        section: Heights.
        crossing: Widths.
        times: Local time of each moment, as words.
        suns: Azimuth and altitude at each moment, degrees.
        shade: (moments, n) 1 shade, 0 sun, -1 not computed yet.
        sky: (n,) sky view factor, or None while it is not computed.
        moment: The moment shown.
        bearing: Direction of the line, degrees clockwise from north.
    """

    section: Section
    crossing: Crossing
    times: list[str]
    suns: list[tuple[float, float]]
    bearing: float
    shade: np.ndarray = field(init=False)
    sky: np.ndarray | None = None
    moment: int = 0

    def __post_init__(self) -> None:
        self.shade = np.full((len(self.times), len(self.section.distance)), -1, np.int8)

    @property
    def length(self) -> float:
        """Length of the line, metres."""
        return len(self.section.distance) * self.section.step

    def sun_in_section(self) -> float:
        """Direction to the sun in the plane of the drawing: degrees above the right-hand horizon, 0 to 180."""
        azimuth, altitude = (np.radians(angle) for angle in self.suns[self.moment])
        across = np.cos(azimuth - np.radians(self.bearing)) * np.cos(altitude)
        return float(np.degrees(np.arctan2(np.sin(altitude), across)))


class SectionView(QWidget):
    """Draws a :class:`Picture`; on hover it tells the figures of that place."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Section of the street"))

    def minimumSizeHint(self) -> QSize:
        """Some lines of text high, whatever the display's scale."""
        line = self.fontMetrics().height()
        return QSize(24 * line, LEAST_LINES * line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw on the theme's own ground."""
        painter = QPainter(self)
        self.paint(painter, QRectF(self.rect()))

    def event(self, event: QEvent) -> bool:
        """Tell the figures under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.picture is not None:
            text = self._figures(event.pos().x())
            if text:
                QToolTip.showText(event.globalPos(), text, self)
                return True
        return super().event(event)

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Draw in an area; also used for the exported picture."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        colours = sheet()
        painter.fillRect(area, colours.ground)
        painter.setPen(colours.ink)
        if self.picture is None:
            hint = tr("Click on a street, or drag a line across it.")
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, hint)
            return
        _Drawing(painter, area, self.picture, colours, QFontMetricsF(self.font())).draw()

    def _figures(self, x: float) -> str:
        picture = self.picture
        drawing = _Drawing(None, QRectF(self.rect()), picture, sheet(), QFontMetricsF(self.font()))
        at = int((x - drawing.x0) / drawing.scale / picture.section.step)
        if not 0 <= at < len(picture.section.distance):
            return ""
        surface = picture.section.surface
        ground, built, crown = (
            float(picture.section.along(v)[at]) for v in (surface.ground, surface.built, surface.crown)
        )
        known = picture.shade[:, at] >= 0
        lines = [
            f"{number(picture.section.distance[at], 1, 'm')}",
            tr("Ground: {} TAW").format(number(ground, 1, "m")),
            tr("Building: {} high").format(number(built, 1, "m")) if built > 0 else "",
            tr("Crown: {} high").format(number(crown, 1, "m")) if crown > 0 else "",
            tr("Sun: {} of {} half hours").format((picture.shade[known, at] == 0).sum(), known.sum()),
            "" if picture.sky is None else tr("Sky view: {}").format(number(float(picture.sky[at]), 2)),
        ]
        return "\n".join(line for line in lines if line)


class _Drawing:
    """One drawing: where everything comes, then the parts from top to bottom."""

    def __init__(
        self,
        painter: QPainter | None,
        area: QRectF,
        picture: Picture,
        colours: Sheet,
        metrics: QFontMetricsF,
    ) -> None:
        self.painter, self.picture, self.colours, self.metrics = painter, picture, colours, metrics
        self.line = line = metrics.height()
        surface = picture.section.surface
        along = picture.section.along
        self.ground, self.built, self.crown = (
            along(surface.ground),
            along(surface.built),
            along(surface.crown),
        )
        self.low = float(np.nanmin(self.ground)) if np.isfinite(self.ground).any() else 0.0
        high = float(np.nanmax(self.ground + np.maximum(self.built, self.crown), initial=self.low + 3.0))
        left, right = metrics.horizontalAdvance("00:00") + line, 7 * line
        self.hours = QRectF(left, 0, 0, max(HOURS_SHARE * (area.height() - 9 * line), 4 * line))
        self.hours.moveTop(area.bottom() - self.hours.height() - 1.4 * line)
        self.sky = QRectF(left, self.hours.top() - 2.7 * line, 0, 2.2 * line)
        self.base = self.sky.top() - 3.9 * line  # y of the lowest ground
        room = self.base - area.top() - 1.6 * line
        self.scale = min((area.width() - left - right) / picture.length, room / max(high - self.low, 1.0))
        self.x0 = left + max((area.width() - left - right - picture.length * self.scale) / 2, 0.0)
        for band in (self.hours, self.sky):
            band.setLeft(self.x0)
            band.setWidth(picture.length * self.scale)

    def x(self, metres: float) -> float:
        return self.x0 + metres * self.scale

    def y(self, height: float) -> float:
        return self.base - (height - self.low) * self.scale

    def draw(self) -> None:
        self._heights()
        self._sun()
        self._ground_now()
        self._widths()
        self._hours()
        self._sky()
        self._key()
        self._axes()

    def _outline(self, low: np.ndarray, high: np.ndarray, where: np.ndarray, colour: QColor) -> None:
        """Fill between two heights where there is something, step by step."""
        edges = np.flatnonzero(np.diff(np.concatenate([[0], where.astype(int), [0]])))
        step = self.picture.section.step
        self.painter.setBrush(colour)
        self.painter.setPen(QPen(colour.darker(130), 1))
        for begin, end in edges.reshape(-1, 2):
            top = [
                QPointF(self.x(i * step + d), self.y(high[i])) for i in range(begin, end) for d in (0, step)
            ]
            foot = [
                QPointF(self.x(i * step + d), self.y(low[i]))
                for i in reversed(range(begin, end))
                for d in (step, 0)
            ]
            self.painter.drawPolygon(QPolygonF(top + foot))

    def _heights(self) -> None:
        known = np.isfinite(self.ground)
        deep = np.full(len(self.ground), self.low - 0.35 * self.line / self.scale)
        self._outline(deep, self.ground, known, GROUND)
        trunk = np.minimum(2.5, self.crown * 0.4)
        self._outline(self.ground + trunk, self.ground + self.crown, known & (self.crown > 0), CROWN)
        self._outline(self.ground, self.ground + self.built, known & (self.built > 0), HOUSE)

    def _sun(self) -> None:
        """Where the sun stands, seen in the plane of the drawing; the ray over each facade."""
        picture, painter = self.picture, self.painter
        angle = picture.sun_in_section()
        azimuth, altitude = picture.suns[picture.moment]
        text = tr("sun {}° high, from {}").format(number(altitude, 0), wind(azimuth))
        words = f"{picture.times[picture.moment]} \u00b7 {text}"
        top = self.hours.left(), self.line * 0.2
        painter.setPen(self.colours.ink)
        painter.drawText(QPointF(top[0], top[1] + self.metrics.ascent()), words)
        ray = QPen(SUN.darker(115), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(ray)
        toward = np.array([np.cos(np.radians(angle)), -np.sin(np.radians(angle))])
        for side, facade in enumerate(picture.crossing.facades):
            shades_street = toward[0] < 0 if side == 0 else toward[0] > 0
            if np.isnan(facade) or not shades_street:
                continue
            inside = facade + (2 * side - 1) * 3 * picture.section.step
            at = int(np.clip(inside / picture.section.step, 0, len(self.ground) - 1))
            eave = np.array([self.x(facade), self.y(self.ground[at] + self.built[at])])
            up = eave + toward * 3.0 * self.line
            down = (self.base - eave[1]) / -toward[1]
            foot = eave - toward * down
            painter.save()
            painter.setClipRect(QRectF(self.hours.left(), 0, self.hours.width(), self.base))
            painter.drawLine(QPointF(*up), QPointF(*foot))
            painter.restore()

    def _ground_now(self) -> None:
        """Sun or shade on the ground at the moment chosen."""
        shade = self.picture.shade[self.picture.moment]
        out = self.picture.section.outdoors
        step = self.picture.section.step
        for i in np.flatnonzero(out):
            colour = NOT_YET if shade[i] < 0 else SHADE if shade[i] else SUN
            spot = QRectF(
                self.x(i * step),
                self.y(self.ground[i]) - 0.3 * self.line,
                step * self.scale + 0.7,
                0.3 * self.line,
            )
            self.painter.fillRect(spot, colour)

    def _widths(self) -> None:
        """Dimension lines: carriageway and footways, then facade to facade."""
        crossing = self.picture.crossing
        first, second = self.base + 1.0 * self.line, self.base + 2.2 * self.line
        for lean, (begin, end) in zip((-1, 1), crossing.footway_ends, strict=True):
            low, high = np.minimum(begin, end), np.maximum(begin, end)  # nan where one is unknown
            self._dimension(low, high, first, WALK, lean)
        self._dimension(*crossing.carriageway, first, ROAD)
        self._dimension(*crossing.facades, second, HOUSE)

    def _dimension(self, begin: float, end: float, y: float, colour: QColor, lean: int = 0) -> None:
        """A bar with its length below: in the middle, or leaning out to the left (-1) or right (1)."""
        if np.isnan(begin) or np.isnan(end):
            return
        painter, left, right = self.painter, self.x(begin), self.x(end)
        bar = QRectF(left, y - 0.15 * self.line, right - left, 0.3 * self.line)
        painter.fillRect(bar, colour)
        painter.setPen(QPen(self.colours.ink, 1))
        for x in (left, right):
            painter.drawLine(QPointF(x, bar.top() - 2), QPointF(x, bar.bottom() + 2))
        words = number(end - begin, 2, "m")
        wide = self.metrics.horizontalAdvance(words)
        at = {-1: right - wide - 4, 0: (left + right - wide) / 2, 1: left + 4}[lean]
        painter.drawText(QPointF(at, bar.bottom() + self.metrics.ascent()), words)

    def _hours(self) -> None:
        """Every half hour a row: sun or shade of every place."""
        picture = self.picture
        colours = np.array([c.rgb() for c in (SUN, SHADE, NOT_YET)], np.uint32)
        cells = colours[picture.shade]
        cells[:, ~picture.section.outdoors] = self.colours.band.rgb()
        cells = np.ascontiguousarray(cells)
        rows, columns = cells.shape
        image = QImage(cells.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self.painter.drawImage(self.hours, image)
        height = self.hours.height() / rows
        y = self.hours.top() + picture.moment * height
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(self.colours.ink, 2))
        self.painter.drawRect(QRectF(self.hours.left(), y, self.hours.width(), height))
        self.painter.setPen(self.colours.ink)
        every = max(int(np.ceil(1.1 * self.line / height / 2)) * 2, 2)
        full = [i for i, words in enumerate(picture.times) if words.endswith("00")]
        for i in full[:: every // 2]:
            words = picture.times[i]
            at = QPointF(
                self.hours.left() - self.metrics.horizontalAdvance(words) - 4,
                self.hours.top() + (i + 0.5) * height + 0.35 * self.line,
            )
            self.painter.drawText(at, words)

    def _sky(self) -> None:
        """Sky view as a line between 0 and 1."""
        painter, picture, band = self.painter, self.picture, self.sky
        painter.fillRect(band, self.colours.band)
        painter.setPen(self.colours.ink)
        x = band.right() + 4
        for share in (0.0, 1.0):
            y = band.bottom() - share * band.height() + 0.35 * self.line
            painter.drawText(QPointF(x, y), number(share, 0))
        painter.drawText(QPointF(x + self.line, band.center().y() + 0.35 * self.line), tr("sky view"))
        if picture.sky is None:
            return
        sky = np.where(picture.section.outdoors, picture.sky, np.nan)
        step = picture.section.step
        points = [
            QPointF(self.x((i + 0.5) * step), band.bottom() - float(v) * band.height())
            for i, v in enumerate(sky)
        ]
        painter.setPen(QPen(self.colours.ink, 1.6))
        for a, b, known in zip(points, points[1:], np.isfinite(sky[1:] + sky[:-1]), strict=False):
            if known:
                painter.drawLine(a, b)

    def _key(self) -> None:
        """What the two colours mean, beside the hours."""
        y = self.hours.top()
        for colour, words in ((SUN, tr("sun")), (SHADE, tr("shade"))):
            box = QRectF(self.hours.right() + 6, y + 0.25 * self.line, 0.6 * self.line, 0.6 * self.line)
            self.painter.fillRect(box, colour)
            self.painter.setPen(self.colours.ink)
            self.painter.drawText(QPointF(box.right() + 4, y + 0.85 * self.line), words)
            y += 1.2 * self.line

    def _axes(self) -> None:
        painter, length = self.painter, self.picture.length
        painter.setPen(self.colours.ink)
        step = next(
            s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if s * self.scale > 3 * self.line or s == 500
        )
        y = self.hours.bottom()
        for metres in np.arange(0, length + 1e-6, step):
            x = self.x(metres)
            painter.drawLine(QPointF(x, y), QPointF(x, y + 4))
            words = number(metres, 0, "m" if metres + step > length else "")
            painter.drawText(
                QPointF(x - self.metrics.horizontalAdvance(words) / 2, y + 4 + self.metrics.ascent()), words
            )
        rise = next(s for s in (2, 5, 10, 20, 50) if s * self.scale > 1.3 * self.line or s == 50)
        top = self.low + (self.base - 1.6 * self.line) / self.scale
        for height in np.arange(0, top - self.low, rise):
            words = number(height, 0, "m")
            at = QPointF(
                self.x0 - self.metrics.horizontalAdvance(words) - 6,
                self.y(self.low + height) + 0.35 * self.line,
            )
            painter.drawText(at, words)
            painter.drawLine(
                QPointF(self.x0 - 4, self.y(self.low + height)), QPointF(self.x0, self.y(self.low + height))
            )


def wind(azimuth: float) -> str:
    """A direction in words."""
    names = (
        tr("the north"), tr("the northeast"), tr("the east"), tr("the southeast"),
        tr("the south"), tr("the southwest"), tr("the west"), tr("the northwest"),
    )  # fmt: skip
    return names[round(azimuth / 45.0) % 8]
