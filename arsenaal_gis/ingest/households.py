"""Tables about dwellings (renovation, visits, survey, housing quality): their dwelling and their key."""

import pandas as pd

from ..keys import stable_id
from .ledger import Ledger

# Tables that name an address and get their dwelling from it, with what else makes a row the row it is.
TABLES = {
    "renovatie": ("datum", "traject_fase", "bron"),
    "bezoeken": ("datum", "golf", "functie", "resultaat"),
    "bevraging": ("golf", "datum"),
    "woonkwaliteit": ("datum", "bron"),
}


def to_dwellings(rows: pd.DataFrame, dwellings: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Give rows their dwelling, by dwelling key or address.

    A row whose address holds several dwellings, or is unknown, is kept without a dwelling and reported.

    Args:
        rows: Clean rows with ``adres_id`` and perhaps ``woning_id``.
        dwellings: ``woning_id`` and ``adres_id``.
        ledger: Account of the source.

    Returns:
        The rows with ``woning_id``.
    """
    none = pd.Series(None, index=rows.index, dtype=object)
    given = rows["woning_id"] if "woning_id" in rows else none
    known = given.isin(set(dwellings.woning_id))
    single = dwellings.drop_duplicates("adres_id", keep=False).set_index("adres_id").woning_id
    several = set(dwellings.adres_id) - set(single.index)
    address = rows["adres_id"] if "adres_id" in rows else none
    by_address = address.map(single)
    joined = given.where(known, by_address)
    joined = joined.where(joined.notna(), None)
    ambiguous = joined.isna() & address.isin(several)
    lost = joined.isna() & ~ambiguous
    if len(rows):
        by_key, none = int(known.sum()), int(joined.isna().sum())
        ledger.tell("joined", value=f"sleutel {by_key}, adres {len(rows) - by_key - none}, geen {none}")
    if ambiguous.any():
        ledger.tell("several_dwellings", value=int(ambiguous.sum()))
        ledger.findings[-1].rows = [int(row) for row in rows.index[ambiguous]]
    if lost.any():
        ledger.tell("not_joined", value=int(lost.sum()), extra="woning")
        ledger.findings[-1].rows = [int(row) for row in rows.index[lost]]
    return rows.assign(woning_id=joined)


def row_keys(rows: pd.DataFrame, table: str) -> pd.Series:
    """Name rows after what they say and of whom; equal rows get a serial number.

    Args:
        rows: Rows with ``adres_id`` or ``woning_id``.
        table: One of :data:`TABLES`.

    Returns:
        UUIDv5 texts.
    """
    parts = [
        rows[name].astype(str) if name in rows else "" for name in ("adres_id", "woning_id", *TABLES[table])
    ]
    business = pd.concat([pd.Series(part, index=rows.index) for part in parts], axis=1)
    serial = business.groupby(list(business.columns), sort=False).cumcount() if len(rows) else []
    names = [stable_id(table, *row, number) for row, number in zip(business.to_numpy(), serial, strict=True)]
    return pd.Series(names, index=rows.index, dtype=object)


def attempts(visits: pd.DataFrame) -> pd.Series:
    """Number the attempts at each address within a wave and role, in order of date.

    Args:
        visits: ``adres_id``, ``golf``, ``functie`` and ``datum``.

    Returns:
        1, 2, 3 …
    """
    ordered = visits.sort_values("datum", kind="stable")
    names = [name for name in ("adres_id", "golf", "functie") if name in visits]
    return (ordered.groupby(names, dropna=False).cumcount() + 1).reindex(visits.index)
