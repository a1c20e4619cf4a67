"""A filled layout on paper: GeoPDF with text as text, or PNG."""

from pathlib import Path

from qgis.core import Qgis, QgsLayoutExporter, QgsPrintLayout, QgsProject, QgsProjectMetadata

from ..arsenaal_gis.errors import WorkspaceError
from ..arsenaal_gis.report import Maker, PageText


def describe(project: QgsProject, text: PageText, maker: Maker, language: str) -> None:
    """Give the document its title, author, language and keywords, and templates of staff their variables."""
    about = QgsProjectMetadata()
    about.setTitle(text.title)
    about.setAuthor(maker.organisation or "arsenaal_gis")
    about.setAbstract(f"{text.note}\n{text.sources}")
    about.setLanguage(language.upper())
    about.setKeywords({"": ["wijk", "kaart", text.title]})
    project.setMetadata(about)
    project.setCustomVariables(
        {"organisatie": maker.organisation, "contact": maker.contact, "logo": str(maker.logo or "")}
    )


def to_pdf(layout: QgsPrintLayout, path: Path, geo: bool = True) -> None:
    """Write a GeoPDF; a plain one for a page without a map.

    Raises:
        WorkspaceError: It cannot be written.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 300
    settings.rasterizeWholeImage = False
    settings.exportMetadata = True
    settings.writeGeoPdf = geo
    settings.includeGeoPdfFeatures = False  # no attributes travel with a page, and it is half as large
    settings.simplifyGeometries = True
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    _check(QgsLayoutExporter(layout).exportToPdf(str(path), settings), path)


def to_png(layout: QgsPrintLayout, path: Path, dpi: int) -> None:
    """Write a picture.

    Raises:
        WorkspaceError: It cannot be written.
    """
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = dpi
    settings.generateWorldFile = False
    _check(QgsLayoutExporter(layout).exportToImage(str(path), settings), path)


def _check(result: QgsLayoutExporter.ExportResult, path: Path) -> None:
    if result != QgsLayoutExporter.ExportResult.Success:
        raise WorkspaceError(
            f"The page could not be written (code {int(result)}).",
            str(path),
            "Is the file open elsewhere, or the disk full?",
        )
