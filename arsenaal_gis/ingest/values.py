"""Turns delivered cell values into clean ones, and says which were repaired and which are unusable.

Every function takes a column as delivered and returns a :class:`Cleaned`: the values, a mask of rows whose
value had to be altered to be understood, and a mask of rows whose value cannot be understood. Unusable values
come back as missing, never as a guess.
"""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

# What Flemish registers write for "none" or "not known": GRB and the road register use -8 and -9 besides
# "nvt".
_NO_TEXT = {"", "nvt", "n.v.t.", "nan", "none", "null"}
_NO_CODE = _NO_TEXT | {"-8", "-9"}

_TRUE = {"1", "j", "ja", "y", "yes", "t", "true", "waar", "x"}
_FALSE = {"0", "n", "nee", "neen", "no", "f", "false", "onwaar"}

_THOUSANDS_DOT = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_BELOW = re.compile(r"<\s*(\d+)")
_BETWEEN = re.compile(r"(\d+)\s*-\s*(\d+)")

_DATE_FORMS = (
    (re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"), "dmy"),
    (re.compile(r"(?P<d>\d{1,2})[-.](?P<m>\d{1,2})[-.](?P<y>\d{4})"), "dmy"),
    (re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})"), "dmy"),
    (re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})([-/](?P<d>\d{1,2}))?"), "iso"),
    (re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"), "iso"),
)
_TIME_TAIL = re.compile(r"[T ]?(\d{1,2}:?\d{2}(:?\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?$")


class Cleaned(NamedTuple):
    """A cleaned column.

    Attributes:
        values: The clean values, missing where unknown or unusable.
        repaired: Rows whose value was understood only after an alteration worth telling.
        bad: Rows that held something which cannot be understood.
    """

    values: pd.Series
    repaired: pd.Series
    bad: pd.Series


def text(column: pd.Series, *, codes: bool = False) -> pd.Series:
    """Strip blanks, CR LF inside fields and the registers' words for "none".

    Args:
        column: Values as delivered, of any type.
        codes: Take -8 and -9 for missing too, as GRB and the road register use them in code fields.

    Returns:
        Texts, None where missing; whole numbers lose the ``.0`` that a missing neighbour gives them.
    """
    empty = _NO_CODE if codes else _NO_TEXT
    return pd.Series([_words(value, empty) for value in column.tolist()], index=column.index, dtype=object)


def _words(value: object, empty: set[str]) -> str | None:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = " ".join(str(value).split())
    return None if words.casefold() in empty else words


def number(column: pd.Series, *, integer: bool = False) -> Cleaned:
    """Read numbers with a decimal comma or point.

    A point in a column that otherwise uses the comma is taken as a decimal point and reported as repaired;
    where it could as well part thousands (``1.234``) the value is unusable.

    Args:
        column: Values as delivered.
        integer: Whole numbers only; ``3,5`` is then unusable, and -8 and -9 count as missing.

    Returns:
        Float values, NaN where missing.
    """
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = pd.to_numeric(column, errors="coerce").astype(float).to_numpy(copy=True)
        bad = np.isinf(values)
        if integer:
            values[np.isin(values, (-8, -9))] = np.nan
            bad |= np.isfinite(values) & (values % 1 != 0)
        values[bad] = np.nan
        none = pd.Series(False, index=column.index)
        return Cleaned(pd.Series(values, index=column.index), none, pd.Series(bad, index=column.index))
    texts = text(column, codes=integer)
    comma = texts.str.contains(",", regex=False, na=False)
    rows = [_number(value, comma_column=bool(comma.any())) for value in texts.tolist()]
    values = np.array([row[0] for row in rows], dtype=float)
    repaired = np.array([row[1] for row in rows], dtype=bool)
    bad = texts.notna().to_numpy() & np.isnan(values)
    if integer:
        fraction = np.isfinite(values) & (values % 1 != 0)
        values[fraction] = np.nan
        bad |= fraction
    return Cleaned(*(pd.Series(part, index=column.index) for part in (values, repaired & ~bad, bad)))


def _number(value: str | None, *, comma_column: bool) -> tuple[float, bool]:
    if value is None:
        return np.nan, False
    value = value.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if "," in value:
        if value.count(",") > 1 or ("." in value and not _THOUSANDS_DOT.fullmatch(value)):
            return np.nan, False
        plain = value.replace(".", "").replace(",", ".")
        return (float(plain), False) if _PLAIN_NUMBER.fullmatch(plain) else (np.nan, False)
    if not _PLAIN_NUMBER.fullmatch(value):
        return np.nan, False
    if comma_column and "." in value:
        return (np.nan, False) if _THOUSANDS_DOT.fullmatch(value) else (float(value), True)
    return float(value), False


def date(column: pd.Series) -> Cleaned:
    """Read dates day first (dd/mm/yyyy, dd-mm-yyyy, mm/yyyy) or as ISO 8601 (with or without time).

    A date in the other order than most of the column is reported as repaired. Two-digit years and dates that
    do not exist (31/02) are unusable.

    Args:
        column: Values as delivered: texts, dates or timestamps.

    Returns:
        ``datetime.date`` objects, None where missing; a month stands for its first day.
    """
    values: list[dt.date | None] = []
    forms: list[str | None] = []
    bad: list[bool] = []
    for value in column.tolist():
        if isinstance(value, dt.datetime) and value is not pd.NaT:
            value = value.date()
        if isinstance(value, dt.date) and value is not pd.NaT:
            values.append(value)
            forms.append(None)
            bad.append(False)
            continue
        words = _words(value, _NO_CODE)
        day, form = _date(words)
        values.append(day)
        forms.append(form)
        bad.append(words is not None and day is None)
    usual = "dmy" if forms.count("dmy") >= forms.count("iso") else "iso"
    repaired = [form is not None and form != usual for form in forms]
    index = column.index
    return Cleaned(
        pd.Series(values, index=index, dtype=object),
        pd.Series(repaired, index=index, dtype=bool),
        pd.Series(bad, index=index, dtype=bool),
    )


@lru_cache(maxsize=10_000)
def _date(words: str | None) -> tuple[dt.date | None, str | None]:
    if words is None:
        return None, None
    for pattern, form in _DATE_FORMS:
        match = pattern.match(words)
        if match and _TIME_TAIL.fullmatch(words[match.end() :]):
            parts = match.groupdict()
            try:
                return dt.date(int(parts["y"]), int(parts["m"]), int(parts.get("d") or 1)), form
            except ValueError:
                return None, None
    return None, None


def moment(column: pd.Series) -> Cleaned:
    """Read dates with a time of day (``dd/mm/yyyy hh:mm`` or ISO 8601); a date alone is midnight.

    Args:
        column: Values as delivered.

    Returns:
        ``datetime64[ns]`` values without zone, NaT where missing.
    """
    days = date(column)
    clock = text(column).str.extract(r"(?:[T ])(\d{1,2}):?(\d{2})(?::?(\d{2}))?")
    seconds = sum(
        pd.to_numeric(clock[part], errors="coerce").fillna(0) * unit
        for part, unit in ((0, 3600), (1, 60), (2, 1))
    )
    values = pd.to_datetime(days.values) + pd.to_timedelta(seconds, unit="s")
    return Cleaned(values.astype("datetime64[ns]"), days.repaired, days.bad)


def boolean(column: pd.Series) -> Cleaned:
    """Read yes and no in Dutch, English, digits or letters.

    Args:
        column: Values as delivered.

    Returns:
        True, False or None.
    """
    words = text(column, codes=True).str.casefold()
    known = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
    values = pd.Series([known.get(word) for word in words.tolist()], index=column.index, dtype=object)
    return Cleaned(values, pd.Series(False, index=column.index), words.notna() & values.isna())


def interval(column: pd.Series) -> tuple[pd.Series, pd.Series, Cleaned]:
    """Read counts that may be hidden behind a bound: ``3``, ``<5`` (1 to 4), ``2-4``.

    Args:
        column: Counts as delivered.

    Returns:
        Lowest and highest possible count (floats, NaN where missing), and the exact counts with the rows that
        were intervals (``repaired``) and those that cannot be read (``bad``).
    """
    words = text(column)
    exact = number(words, integer=True)
    low, high = exact.values.copy(), exact.values.copy()
    hidden = pd.Series(False, index=column.index)
    for row, word in words[exact.bad].items():
        below, between = _BELOW.fullmatch(word), _BETWEEN.fullmatch(word)
        if below and int(below[1]) > 1:
            low[row], high[row] = 1, int(below[1]) - 1
        elif between and int(between[1]) <= int(between[2]):
            low[row], high[row] = int(between[1]), int(between[2])
        else:
            continue
        hidden[row] = True
    negative = exact.values < 0
    low[negative] = high[negative] = np.nan
    values = exact.values.mask(negative)
    return low, high, Cleaned(values, hidden, (exact.bad & ~hidden) | negative)


def code(column: pd.Series, known: Mapping[str, str], *, empty_is_code: bool = False) -> Cleaned:
    """Translate delivered codes; only blanks and letter case may differ, nothing is guessed.

    Args:
        column: Codes as delivered.
        known: Delivered code → catalogue code.
        empty_is_code: Treat -8 and -9 as codes rather than as "not known".

    Returns:
        Catalogue codes, None where missing; rows that matched only after trimming or case folding are
        repaired.
    """
    words = text(column, codes=not empty_is_code)
    folded = {key.casefold(): value for key, value in known.items()}
    raw = [
        value if isinstance(value, str) else word for value, word in zip(column.tolist(), words, strict=True)
    ]
    values = [None if word is None else known.get(word, folded.get(word.casefold())) for word in words]
    repaired = [
        value is not None and delivered not in known for value, delivered in zip(values, raw, strict=True)
    ]
    bad = [word is not None and value is None for value, word in zip(values, words, strict=True)]
    return Cleaned(
        pd.Series(values, index=column.index, dtype=object),
        pd.Series(repaired, index=column.index, dtype=bool),
        pd.Series(bad, index=column.index, dtype=bool),
    )
