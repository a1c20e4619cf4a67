"""Makes one row per dwelling of addresses and the cadastral dump."""

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..keys import stable_id
from .cadastre import age_class

_FACTS = ["bouwjaar", "bouwjaar_nauwkeurigheid", "gewijzigd_jaar", "bouwvorm", "bouwlagen", "aard"]
_FLAT = "220"


@dataclass
class Joined:
    """How the cadastre was joined.

    Attributes:
        by_order: Dwellings that got one of several differing rows of their parcel in order.
        more_units: Parcels with more dwellings by the cadastre than there are addresses.
        unused: Row numbers of residential cadastral rows that found no dwelling.
    """

    by_order: int = 0
    more_units: list[str] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)


def address_key(street: object, number: object) -> tuple[str, str]:
    """Make street and house number comparable: letter case, blanks and leading zeros do not count."""
    return " ".join(str(street).casefold().split()), re.sub(r"\s+|^0+", "", str(number or "")).upper()


def dwellings(addresses: pd.DataFrame, cadastre: pd.DataFrame) -> tuple[pd.DataFrame, Joined]:
    """Make one row per dwelling.

    Every address is a dwelling; an address alone on a parcel for which the cadastre counts several dwellings stands
    for that many. Cadastral facts come by parcel, within it by house number. Rows whose parcel holds no address are
    tried by street and house number.

    Args:
        addresses: ``adres_id, straat, huisnummer, busnummer, gebouweenheid_id, gebouw_id, capakey,
            perceel_koppelwijze``.
        cadastre: Cadastral rows: ``capakey, straat, huisnummer, aard, bouwjaar, bouwjaar_nauwkeurigheid,
            gewijzigd_jaar, bouwvorm, bouwlagen, eenheden, volgnummer``, indexed by row number.

    Returns:
        Dwellings with the fields of the layer (indexed like ``addresses``, repeated where an address holds several),
        and how the join went.
    """
    joined = Joined()
    rows_of = _rows_by_address(addresses, cadastre, joined)
    out = []
    sizes = addresses.groupby("capakey").size()
    counted = cadastre.groupby("capakey").eenheden.sum()
    for parcel, group in addresses.groupby(addresses.capakey.fillna(""), sort=True):
        rows, way = rows_of(parcel, group)
        out.extend(_on_parcel(group, rows, way, joined))
        if parcel and counted.get(parcel, 0) > sizes.get(parcel, 0) > 1:
            joined.more_units.append(parcel)
    frame = pd.DataFrame(out)
    if not len(frame):
        return frame, joined
    year = pd.to_numeric(frame.bouwjaar, errors="coerce")
    frame["bouwjaar_klasse"] = [age_class(value) for value in year.astype(float)]
    frame["bouwjaar_klasse"] = frame.klasse.where(frame.klasse.notna(), frame.bouwjaar_klasse)
    together = frame.groupby("gebouw_id").woning_id.transform("size").where(frame.gebouw_id.notna(), 1)
    several = (together > 1) | frame.aard.eq(_FLAT)
    frame["woningtype"] = np.where(several, "meergezins", "eengezins")
    frame["bouwvorm"] = frame.bouwvorm.where(frame.bouwvorm.notna(), "onbekend")
    frame["eigendom"] = "onbekend"
    return frame.set_index("rij").drop(columns="klasse").sort_index(kind="stable"), joined


def _rows_by_address(addresses: pd.DataFrame, cadastre: pd.DataFrame, joined: Joined):
    """Give a function from a parcel and its addresses to cadastral rows and the way they were found."""
    by_parcel = dict(list(cadastre.groupby("capakey")))
    here = set(addresses.capakey.dropna())
    stray = cadastre[~cadastre.capakey.isin(here)]
    by_address = {}
    for row, street, number in zip(stray.index, stray.straat, stray.huisnummer, strict=True):
        by_address.setdefault(address_key(street, number), []).append(row)
    used: set[int] = set()
    joined.unused = [int(row) for row in stray.index[stray.eenheden > 0]]

    def find(parcel: str, group: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        if parcel in by_parcel:
            sure = (group.perceel_koppelwijze == "sleutel").all()
            return by_parcel[parcel], "sleutel" if sure else "ligging"
        keys = [address_key(street, number) for street, number in zip(group.straat, group.huisnummer, strict=True)]
        rows = [row for key in dict.fromkeys(keys) for row in by_address.get(key, ()) if row not in used]
        used.update(rows)
        joined.unused = [row for row in joined.unused if row not in used]
        return stray.loc[rows], "adres" if rows else "geen"

    return find


def _on_parcel(group: pd.DataFrame, rows: pd.DataFrame, way: str, joined: Joined) -> list[dict]:
    """Make the dwellings of the addresses that share a parcel."""
    living = rows[rows.eenheden > 0] if len(rows) else rows
    facts = living if len(living) else rows[~rows.aard.isin(["164", "204"])] if len(rows) else rows
    residential = None if not len(rows) else bool(len(living))
    total = int(living.eenheden.sum()) if len(living) else 0
    copies = total if len(group) == 1 and total > 1 else 1
    people = []
    for row, address in group.iterrows():
        for number in range(1, copies + 1):
            people.append((row, address, number))
    people.sort(key=lambda one: (_natural(one[1].huisnummer), _natural(one[1].busnummer), one[2]))
    assigned = _assign([one[1].huisnummer for one in people], facts, joined)
    dwellings = []
    for (row, address, number), fact in zip(people, assigned, strict=True):
        unit = address.gebouweenheid_id if pd.notna(address.gebouweenheid_id) and number == 1 else None
        dwellings.append(
            {
                "rij": row,
                "woning_id": unit or stable_id("woning", address.adres_id, address.busnummer or "", number),
                **{name: address[name] for name in ("adres_id", "gebouw_id", "straat", "huisnummer", "busnummer")},
                "capakey": address.capakey,
                "koppelwijze": way,
                "residentieel": residential,
                **fact,
            }
        )
    return dwellings


def _assign(numbers: list[object], facts: pd.DataFrame, joined: Joined) -> list[dict]:
    """Give each dwelling (by house number, in order) its facts from the rows of its parcel."""
    nothing = {**dict.fromkeys(_FACTS), "bouwjaar_nauwkeurigheid": "onbekend", "klasse": None}
    if not len(facts):
        return [dict(nothing) for _ in numbers]
    times = facts.eenheden.clip(lower=1).to_numpy()
    spread = facts.loc[np.repeat(facts.index.to_numpy(), times)].sort_values("volgnummer", kind="stable")
    labels = spread.huisnummer.map(lambda number: address_key("", number)[1])
    out: list[dict] = [{} for _ in numbers]
    wanted = pd.Series([address_key("", number)[1] for number in numbers])
    for number, places in wanted.groupby(wanted).groups.items():
        rows = spread[(labels == number).to_numpy()]
        rows = rows if len(rows) else spread
        alike = _common(rows)
        if alike["eenstemmig"] or len(rows) != len(places):
            shared = {name: value for name, value in alike.items() if name != "eenstemmig"}
            for place in places:
                out[place] = dict(shared)
            continue
        joined.by_order += len(places)
        for place, (_, row) in zip(places, rows.iterrows(), strict=True):
            out[place] = {**{name: row[name] for name in _FACTS}, "klasse": None}
    return out


def _common(rows: pd.DataFrame) -> dict:
    """What all rows agree on; where they do not, the value is unknown, but the age class may still be shared."""
    common: dict = {}
    agreed = True
    for name in _FACTS:
        different = rows[name].dropna().unique()
        same = len(different) == 1 and rows[name].notna().all()
        agreed &= same or not len(different)
        common[name] = different[0] if same else None
    classes = {age_class(float(year)) for year in pd.to_numeric(rows.bouwjaar, errors="coerce").astype(float)}
    common["klasse"] = classes.pop() if len(classes) == 1 else "onbekend"
    if common["bouwjaar"] is None or common["bouwjaar_nauwkeurigheid"] is None:
        common["bouwjaar_nauwkeurigheid"] = "onbekend" if common["bouwjaar"] is None else "periode"
    common["eenstemmig"] = agreed
    return common


def _natural(text: object) -> tuple:
    """Sort '2' before '10' and '10' before '10A'."""
    parts = re.findall(r"\d+|\D+", str(text) if pd.notna(text) else "")
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
