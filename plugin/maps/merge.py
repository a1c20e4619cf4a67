"""Pages in one file for the print shop; the single ones stay GeoPDF."""

from collections.abc import Sequence
from pathlib import Path


def merge(pages: Sequence[tuple[Path, str]], path: Path, title: str, author: str, language: str) -> bool:
    """Put pages into one PDF with title, author, language and a bookmark for each.

    Args:
        pages: Files in order, and what each is called.
        path: File to make.
        title: Of the document.
        author: Of the document.
        language: ``nl`` or ``en``.

    Returns:
        False where pypdf is not installed, or there is nothing to put together: then the folder is the series.
    """
    try:
        from pypdf import PdfWriter
        from pypdf.generic import NameObject, TextStringObject
    except ImportError:
        return False
    if len(pages) < 2:
        return False
    writer = PdfWriter()
    for page, name in pages:
        writer.append(str(page), outline_item=name, import_outline=False)
    writer.add_metadata({"/Title": title, "/Author": author, "/Creator": "arsenaal_gis"})
    writer.root_object[NameObject("/Lang")] = TextStringObject({"nl": "nl-BE", "en": "en-GB"}[language])
    with path.open("wb") as file:
        writer.write(file)
    return True
