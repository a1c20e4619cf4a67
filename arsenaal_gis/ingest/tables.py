"""Reads tables as delivered: CSV of any delimiter and encoding, XLSX, ODS and dBase.

Rows keep the number they have in the file (the header of a CSV or sheet is row 1), so that every message can
point at them.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyogrio

from ..errors import SourceError

SHEETS = {".xlsx", ".ods", ".xls"}
TEXTS = {".csv", ".txt", ".tsv"}
_DELIMITERS = ";\t,|"


@dataclass
class Table:
    """A table as delivered.

    Attributes:
        frame: Columns as named in the file; the index holds the row numbers.
        encoding: Encoding used, empty for formats that carry their own.
        broken: Row number → number of cells, of rows with more or fewer cells than the header. They are not
            in ``frame``.
    """

    frame: pd.DataFrame
    encoding: str = ""
    broken: dict[int, int] | None = None


def sniff_encoding(data: bytes) -> str:
    """Tell UTF-8 (with or without mark), UTF-16 and Windows-1252 apart.

    Bytes that are valid UTF-8 are UTF-8: cp1252 text with accents hardly ever is.

    Args:
        data: Contents of the file.

    Returns:
        A Python codec name.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def sniff_delimiter(sample: str) -> str:
    """Find the delimiter that parts the header in the most columns.

    Args:
        sample: The first line of the file.

    Returns:
        One of ``;``, tab, ``,`` and ``|``; ``;`` for a single column.
    """
    return max(_DELIMITERS, key=lambda mark: len(next(csv.reader([sample], delimiter=mark), [])))


def read_csv(path: Path, encoding: str = "", delimiter: str = "") -> Table:
    """Read a CSV file as texts.

    Args:
        path: The file.
        encoding: Codec; found from the bytes when empty.
        delimiter: Column separator; found from the header when empty.

    Returns:
        The table; a record that runs over several lines has the number of its first line.

    Raises:
        SourceError: The file is empty, cannot be decoded or has a column name twice.
    """
    data = path.read_bytes()
    if not data.strip():
        raise SourceError("The file is empty.", str(path), "Ask for the delivery again.")
    encoding = encoding or sniff_encoding(data)
    try:
        # cp1252 leaves five bytes undefined; one of them must not cost the whole file.
        words = data.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceError(
            f"The file is not in the encoding {encoding}: {error}.",
            str(path),
            "Correct 'codering' in wijk.toml.",
        ) from error
    first = words.lstrip("\ufeff\r\n").splitlines()[0]
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter or sniff_delimiter(first))
    header: list[str] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    broken: dict[int, int] = {}
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header(cells, path)
            elif len(cells) != len(header):
                # Spreadsheets pad rows with empty cells; those are harmless.
                if len(cells) > len(header) and not any(cells[len(header) :]):
                    rows.append(cells[: len(header)])
                    numbers.append(line)
                else:
                    broken[line] = len(cells)
            else:
                rows.append(cells)
                numbers.append(line)
    except csv.Error as error:
        raise SourceError(f"The table cannot be read: {error}.", f"{path}, row {reader.line_num}") from error
    return Table(pd.DataFrame(rows, columns=header, index=numbers, dtype=object), encoding, broken)


def read_sheet(path: Path, sheet: str = "") -> Table:
    """Read one sheet of an XLSX or ODS workbook through GDAL.

    Args:
        path: The workbook.
        sheet: Name of the sheet; the first one when empty.

    Returns:
        The table.

    Raises:
        SourceError: Not a workbook, or no such sheet.
    """
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
        if sheet and sheet not in names:
            raise SourceError(
                f"There is no sheet '{sheet}'.", str(path), f"Set 'laag' to one of: {', '.join(names)}."
            )
        frame = pyogrio.read_dataframe(path, layer=sheet or names[0], HEADERS="FORCE", read_geometry=False)
    except (RuntimeError, ValueError, OSError, IndexError) as error:
        raise SourceError(
            f"The workbook cannot be read: {error}.", str(path), "Open it, save it again as XLSX, and retry."
        ) from error
    frame.columns = _header([str(name) for name in frame.columns], path)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    filled = frame.map(lambda cell: cell is not None and str(cell).strip() not in ("", "nan", "NaT")).any(
        axis=1
    )
    return Table(frame[filled])


def _header(cells: list[str], path: Path) -> list[str]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise SourceError(
            f"The column {', '.join(twice)} occurs twice.",
            f"{path}, row 1",
            "Rename or remove one of the two.",
        )
    return [name or f"kolom_{number}" for number, name in enumerate(names, 1)]
