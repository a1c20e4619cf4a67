"""Makes one row per dwelling of addresses and the cadastral dump."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ..keys import stable_id
from .cadastre import age_class

Row = dict[str, Any]

_FACTS = ("bouwjaar", "bouwjaar_nauwkeurigheid", "gewijzigd_jaar", "bouwvorm", "bouwlagen", "aard")
_FLAT = "220"
# Common parts of flats and garages say nothing about the age of a dwelling.
_BESIDE = ("164", "204")


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

    Every address is a dwelling; an address alone on a parcel for which the cadastre counts several dwellings
    stands for that many. Cadastral facts come by parcel, within it by house number. Rows whose parcel holds
    no address are tried by street and house number.

    Args:
        addresses: ``adres_id, straat, huisnummer, busnummer, gebouweenheid_id, gebouw_id, capakey,
            perceel_koppelwijze``.
        cadastre: Cadastral rows: ``capakey, straat, huisnummer, aard, bouwjaar, bouwjaar_nauwkeurigheid,
            gewijzigd_jaar, bouwvorm, bouwlagen, eenheden, volgnummer``, indexed by row number.

    Returns:
        Dwellings with the fields of the layer (indexed like ``addresses``, repeated where an address holds
        several), and how the join went.
    """
    joined = Joined()
    at_parcel: dict[str, list[Row]] = defaultdict(list)
    for address in _records(addresses):
        at_parcel[address["capakey"] or ""].append(address)
    on_parcel: dict[str, list[Row]] = defaultdict(list)
    stray: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _records(cadastre):
        if row["capakey"] in at_parcel:
            on_parcel[row["capakey"]].append(row)
        else:
            stray[address_key(row["straat"], row["huisnummer"])].append(row)
    out: list[Row] = []
    for parcel, group in sorted(at_parcel.items()):
        rows, way = on_parcel.get(parcel, []), "ligging"
        if rows and all(address["perceel_koppelwijze"] == "sleutel" for address in group):
            way = "sleutel"
        if not rows:
            keys = dict.fromkeys(address_key(address["straat"], address["huisnummer"]) for address in group)
            rows = [row for key in keys for row in stray.pop(key, [])]
            way = "adres" if rows else "geen"
        out += _on_parcel(group, rows, way, joined)
        if parcel and sum(row["eenheden"] for row in rows) > len(group) > 1:
            joined.more_units.append(parcel)
    joined.unused = sorted(row["rij"] for rows in stray.values() for row in rows if row["eenheden"] > 0)
    together: dict[str, int] = defaultdict(int)
    for one in out:
        together[one["gebouw_id"] or one["woning_id"]] += 1
    for one in out:
        several = together[one["gebouw_id"] or one["woning_id"]] > 1 or one["aard"] == _FLAT
        one["woningtype"] = "meergezins" if several else "eengezins"
    frame = pd.DataFrame(out)
    return frame.set_index("rij").sort_index(kind="stable") if out else frame, joined


def _records(frame: pd.DataFrame) -> list[Row]:
    plain = frame.astype(object).where(frame.notna(), None)
    return plain.assign(rij=frame.index).to_dict("records")


def _on_parcel(group: list[Row], rows: list[Row], way: str, joined: Joined) -> list[Row]:
    """Make the dwellings of the addresses that share a parcel."""
    living = [row for row in rows if row["eenheden"] > 0]
    facts = living or [row for row in rows if row["aard"] not in _BESIDE]
    total = sum(row["eenheden"] for row in living)
    copies = total if len(group) == 1 and total > 1 else 1
    units = [(address, number) for address in group for number in range(1, copies + 1)]
    units.sort(key=lambda unit: (_natural(unit[0]["huisnummer"]), _natural(unit[0]["busnummer"]), unit[1]))
    out = []
    for (address, number), fact in zip(
        units, _assign([unit[0] for unit in units], facts, joined), strict=True
    ):
        key = address["gebouweenheid_id"] if number == 1 else None
        same = {
            name: address[name]
            for name in ("rij", "adres_id", "gebouw_id", "capakey", "straat", "huisnummer", "busnummer")
        }
        out.append(
            {
                "woning_id": key
                or stable_id("woning", address["adres_id"], address["busnummer"] or "", number),
                **same,
                **fact,
                "koppelwijze": way,
                "residentieel": bool(living) if rows else None,
                "eigendom": "onbekend",
            }
        )
    return out


def _assign(units: list[Row], facts: list[Row], joined: Joined) -> list[Row]:
    """Give each dwelling, in order, its facts from the rows of its parcel."""
    spread = sorted(
        (row for row in facts for _ in range(max(1, row["eenheden"]))), key=lambda row: row["volgnummer"]
    )
    by_number: dict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        by_number[address_key("", unit["huisnummer"])[1]].append(place)
    out: list[Row] = [{} for _ in units]
    for number, places in by_number.items():
        rows = [row for row in spread if address_key("", row["huisnummer"])[1] == number] or spread
        agreed = all(len({row[name] for row in rows}) == 1 for name in _FACTS)
        if agreed or len(rows) != len(places):
            for place in places:
                out[place] = _common(rows)
        else:
            joined.by_order += len(places)
            for place, row in zip(places, rows, strict=True):
                out[place] = _common([row])
    return out


def _common(rows: list[Row]) -> Row:
    """What all rows agree on; else the value is unknown, though the age class may still be shared."""
    common = {}
    for name in _FACTS:
        values = {row[name] for row in rows}
        common[name] = values.pop() if len(values) == 1 else None
    classes = {age_class(float("nan") if row["bouwjaar"] is None else row["bouwjaar"]) for row in rows}
    common["bouwjaar_klasse"] = classes.pop() if len(classes) == 1 else "onbekend"
    common["bouwvorm"] = common["bouwvorm"] or "onbekend"
    if common["bouwjaar"] is None:
        common["bouwjaar_nauwkeurigheid"] = "onbekend"
    return common


def _natural(text: object) -> tuple[tuple[int, int, str], ...]:
    """Sort '2' before '10' and '10' before '10A'."""
    parts = re.findall(r"\d+|\D+", str(text or ""))
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
