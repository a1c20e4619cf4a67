"""A line in the corner of every canvas that shows practice data."""

from qgis.core import QgsAnnotation, QgsFillSymbol, QgsProject, QgsTextAnnotation
from qgis.PyQt.QtCore import QPointF, QSizeF
from qgis.PyQt.QtGui import QTextDocument

TEXT = "fictieve oefendata"
# The annotation's frame, millimetres.
WIDTH, HEIGHT = 46.0, 8.0


def show(project: QgsProject) -> None:
    """Put the line in the lower left corner; once."""
    if find(project):
        return
    text = QTextDocument()
    text.setHtml(f"<p style='color:#7a1f1f'><b>{TEXT}</b></p>")
    note = QgsTextAnnotation()
    note.setDocument(text)
    note.setHasFixedMapPosition(False)
    note.setRelativePosition(QPointF(0.01, 0.95))
    note.setFrameSizeMm(QSizeF(WIDTH, HEIGHT))
    note.setFillSymbol(QgsFillSymbol.createSimple({"color": "255,255,255,200", "outline_style": "no"}))
    project.annotationManager().addAnnotation(note)


def find(project: QgsProject) -> list[QgsAnnotation]:
    """The lines that stand there."""
    notes = project.annotationManager().annotations()
    return [
        note
        for note in notes
        if isinstance(note, QgsTextAnnotation) and TEXT in note.document().toPlainText()
    ]


def hide(project: QgsProject) -> None:
    """Take it away."""
    for note in find(project):
        project.annotationManager().removeAnnotation(note)
