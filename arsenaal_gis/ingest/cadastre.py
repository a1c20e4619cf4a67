"""Reads what the cadastral dump says about dwellings.

Construction years up to 1930 come as codes of a period (layout of the dump since 2016): 1 before 1850, 2
1850-1874, 3 1875-1899, 4 1900-1918, 5 1919-1930; later ones as the year itself; 0 or blank is unknown. The
year of the last physical change is kept since 1982 and had two digits before 2016.
"""

import datetime as dt

import numpy as np
import pandas as pd

from . import values

# Middle of each coded period; 1800 for "before 1850", as the city of Antwerp does.
_PERIOD = {1: 1800, 2: 1862, 3: 1887, 4: 1908, 5: 1924}
_FIRST_CHANGE = 1982
_CLASSES = ((1899, "voor_1900"), (1945, "1900_1945"), (1970, "1946_1970"), (9999, "vanaf_1971"))
# Natures that never hold a dwelling, for dumps without housingUnitNumber: common parts of flats, garage,
# garden, yard.
_NO_DWELLING = {"164", "204", "4", "77"}


def age_class(year: float) -> str:
    """Give the age class of a year built.

    Args:
        year: Year, NaN when unknown.

    Returns:
        A code of ``woningen.bouwjaar_klasse``.
    """
    if np.isnan(year):
        return "onbekend"
    return next(name for last, name in _CLASSES if year <= last)


def construction_years(column: pd.Series) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Decode ``constructionYear``.

    Args:
        column: Values as delivered.

    Returns:
        A frame with ``bouwjaar`` (the middle of a period for codes 1-5) and ``bouwjaar_nauwkeurigheid``, a
        mask of two-digit years (31-99, read as 19xx) and a mask of unusable values.
    """
    number = values.number(column, integer=True)
    delivered = number.values.mask(number.values == 0)
    coded = delivered.map(_PERIOD)
    short = delivered.between(31, 99)
    exact = delivered.where(delivered.between(1000, 2100)).mask(short, 1900 + delivered)
    accuracy = (
        pd.Series("onbekend", index=column.index).mask(exact.notna(), "jaar").mask(coded.notna(), "periode")
    )
    bad = number.bad | (delivered.notna() & exact.isna() & coded.isna())
    frame = pd.DataFrame({"bouwjaar": exact.fillna(coded), "bouwjaar_nauwkeurigheid": accuracy})
    return frame, short, bad


def change_years(column: pd.Series, situation: dt.date | None = None) -> values.Cleaned:
    """Decode ``physModYear``.

    Args:
        column: Values as delivered.
        situation: Date of the dump; later years are unusable.

    Returns:
        Years from 1982 on; two-digit years are repaired (82-99 is 19xx, 00-81 is 20xx).
    """
    words = values.text(column)
    number = values.number(words, integer=True)
    short = words.str.fullmatch(r"\d{1,2}", na=False).astype(bool)
    # A single 0 means "never", "00" is the year 2000.
    never = words.eq("0").fillna(False).astype(bool)
    year = number.values.mask(never)
    year = year.mask(short & ~never & (year >= _FIRST_CHANGE % 100), 1900 + year)
    year = year.mask(short & ~never & (number.values < _FIRST_CHANGE % 100), 2000 + number.values)
    latest = situation.year if situation else 2100
    bad = number.bad | (year.notna() & ~year.between(_FIRST_CHANGE, latest))
    return values.Cleaned(year.mask(bad), short & ~never & ~bad, bad)


def units(housing_units: pd.Series | None, nature: pd.Series) -> pd.Series:
    """Count the dwellings that each cadastral row stands for.

    Args:
        housing_units: ``housingUnitNumber``, None where the dump lacks it.
        nature: Cadastral nature code.

    Returns:
        Whole numbers, 0 for garages, common parts and land.
    """
    by_nature = (~values.text(nature).isin(_NO_DWELLING)).astype(int)
    if housing_units is None:
        return by_nature
    counted = values.number(housing_units, integer=True).values
    return (
        counted.where(counted.notna(), by_nature.where(values.text(nature).notna(), 0))
        .clip(0, 500)
        .astype(int)
    )
