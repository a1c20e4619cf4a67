"""Results from the street into the visit log: checked row by row, added in one transaction."""

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyogrio

from ..catalogue import load
from ..errors import ConfigError, SourceError, WorkspaceError
from ..gpkg import layer_names, write_layer
from ..ingest import tables, values
from ..ingest.columns import match
from ..keys import stable_id
from ..wijk import Wijk, held_elsewhere, lock
from .protocol import Rules

LAYER = "bezoeken"
# Dwelling, day, daypart, outcome, role, appointment.
Content = tuple[str, str, str, str, str, str]
NEEDED = ("datum", "resultaat")
WRITTEN = (
    "bezoek_id", "woning_id", "adres_id", "datum", "dagdeel", "golf", "functie", "resultaat", "poging",
    "afspraak_op", "woning_vervallen", "bron",
)  # fmt: skip


@dataclass(frozen=True)
class Recorded:
    """What became of a file of results.

    Attributes:
        added: Rows added to the log.
        known: Rows that the log already held, word for word.
        refused: Row number in the file and the reason, in Dutch, of each row that was not added.
    """

    added: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For a person, in Dutch."""
        head = f"{self.added} toegevoegd, {self.known} al gekend, {len(self.refused)} geweigerd."
        return [head, *(f"rij {row}: {reason}" for row, reason in self.refused)]


def record(wijk: Wijk, path: Path | str, peildatum: dt.date | None = None) -> Recorded:
    """Add a file of results to the visit log of a wijk.

    All rows that fit are added together or, if anything goes wrong, none. Reading the same file again adds
    nothing. What contradicts the log is refused and told, never overwritten.

    Args:
        wijk: The wijk.
        path: CSV or XLSX, or the GeoPackage of a field package, with ``datum``, ``resultaat``, ``woning_id``
            or ``adres_id``, and perhaps ``dagdeel``, ``functie``, ``golf``, ``afspraak_op``, ``bezoek_id``.
        peildatum: Last day that a visit can have; that of ``wijk.toml`` if None.

    Returns:
        Rows added, known and refused.

    Raises:
        ConfigError: There is no peildatum.
        SourceError: The file cannot be read or lacks a column.
        WorkspaceError: Another program holds ``wijk.gpkg``.
    """
    last = peildatum or wijk.config.peildatum
    if last is None:
        raise ConfigError(
            "There is no peildatum.", "wijk.toml [wijk]", "Set peildatum, or give one with the command."
        )
    path = Path(path)
    rows = read_results(path)
    with lock(wijk.folder, "bezoeken"):
        if held_elsewhere(wijk.gpkg):
            raise WorkspaceError(
                "Another program has wijk.gpkg open.", str(wijk.gpkg), "Close it there; nothing was added."
            )
        dwellings, log = wijk.layer("woningen"), wijk.layer(LAYER)
        rules = Rules.from_settings(wijk.settings["bezoeken"])
        fresh, outcome = check_results(rows, log, dwellings, last, rules, path.name)
        if fresh:
            if LAYER not in layer_names(wijk.gpkg):
                write_layer(wijk.gpkg, load().layer(LAYER), log)
            _append(wijk.gpkg, fresh)
    return outcome


def read_results(path: Path) -> pd.DataFrame:
    """Read a file of results as texts under the names of the visit log; the index holds row numbers.

    Raises:
        SourceError: The file cannot be read or lacks a column.
    """
    suffix = path.suffix.casefold()
    if not path.exists():
        raise SourceError("The file does not exist.", str(path), "Check the path.")
    if suffix in tables.SHEETS:
        # GDAL before 3.8 knows this only as a setting; without it a sheet of texts alone has no header.
        pyogrio.set_gdal_config_options({"OGR_XLSX_HEADERS": "FORCE", "OGR_ODS_HEADERS": "FORCE"})
        frame = tables.read_sheet(path).frame
    elif suffix == ".gpkg":
        frame = _read_field_package(path)
    else:
        table = tables.read_csv(path)
        if table.broken:
            raise SourceError(
                f"Row {min(table.broken)} has {table.broken[min(table.broken)]} cells.",
                str(path),
                "Quote texts that hold a delimiter.",
            )
        frame = table.frame
    names = load().layer(LAYER).fields
    found, _ = match(frame.columns, {name: (name,) for name in names if name in WRITTEN})
    lacking = [name for name in NEEDED if name not in found]
    if not {"woning_id", "adres_id"} & set(found):
        lacking.append("woning_id of adres_id")
    if lacking:
        raise SourceError(
            f"The file lacks {', '.join(lacking)}.", str(path), "Name the columns as in the layer bezoeken."
        )
    return frame[list(found.values())].set_axis(list(found), axis=1)


def _read_field_package(path: Path) -> pd.DataFrame:
    if LAYER not in layer_names(path):
        raise SourceError(f"There is no table {LAYER}.", str(path), "Give the GeoPackage of a field package.")
    frame = pyogrio.read_dataframe(path, layer=LAYER, read_geometry=False)
    return frame.set_axis(range(1, len(frame) + 1), axis=0)


def check_results(
    rows: pd.DataFrame, log: pd.DataFrame, dwellings: pd.DataFrame, last: dt.date, rules: Rules, source: str
) -> tuple[list[dict[str, object]], Recorded]:
    """Tell rows that can be added from those that are known or cannot be.

    Args:
        rows: Results as read, indexed by row number.
        log: Layer ``bezoeken``.
        dwellings: ``woning_id`` and ``adres_id`` of the dwellings.
        last: Last day a visit can have.
        rules: Protocol, for the wave of a day.
        source: Name of the file.

    Returns:
        The rows to add, and the account.
    """
    layer = load().layer(LAYER)
    known_homes = dict(
        zip(dwellings["woning_id"].astype(str), dwellings["adres_id"].astype(str), strict=True)
    )
    by_address: dict[str, list[str]] = {}
    for home, address in known_homes.items():
        by_address.setdefault(address, []).append(home)
    spelled = layer.source("bezoeken").codes
    columns = {
        name: values.text(rows[name]) if name in rows else pd.Series(None, index=rows.index, dtype=object)
        for name in WRITTEN
    }
    days = values.date(columns["datum"]).values
    moments = values.moment(columns["afspraak_op"]).values
    in_log: dict[object, dict[Content, str]] = {}
    for old in log.to_dict("records"):
        content, where = _content(old), _given(old.get("bron")) or ""
        in_log.setdefault(str(old["bezoek_id"]), {})[content] = where
        in_log.setdefault(content[:3], {})[content] = where
    in_file: dict[tuple[str, str, str], tuple[int, Content]] = {}
    counts = {(str(w), str(g)): int(n) for (w, g), n in log.groupby(["woning_id", "golf"]).size().items()}
    fresh: list[dict[str, object]] = []
    known, refused = 0, []
    for number in rows.index:
        given = {name: _given(columns[name][number]) for name in WRITTEN}
        code = {
            name: _code(given[name], layer.fields[name].codes, spelled.get(name, {}))
            for name in ("resultaat", "functie", "dagdeel", "golf")
        }
        home, reason = _dwelling(given, known_homes, by_address)
        day = None if pd.isna(days[number]) else pd.Timestamp(days[number]).date()
        reason = reason or _bad_value(given, code, day, moments[number], last)
        if reason:
            refused.append((int(number), reason))
            continue
        row = {
            "woning_id": home,
            "adres_id": known_homes[home],
            "datum": day.isoformat(),
            "dagdeel": code["dagdeel"] or "onbekend",
            "golf": code["golf"] or rules.wave(day),
            "functie": code["functie"],
            "resultaat": code["resultaat"],
            "afspraak_op": None if pd.isna(moments[number]) else _stamp(moments[number]),
        }
        content = _content(row)
        slot = content[:3]
        key = given["bezoek_id"] or stable_id(LAYER, *slot)
        earlier = in_log.get(key, {}) | in_log.get(slot, {})
        if content in earlier:
            known += 1
            continue
        if earlier:
            told = "; ".join(
                sorted(
                    f"{_told(old)} (uit {where})" if where else _told(old) for old, where in earlier.items()
                )
            )
            refused.append((int(number), f"tegenspraak met het logboek: daar staat {told}"))
            continue
        if slot in in_file:
            other, before = in_file[slot]
            what = "dubbel van" if before == content else f"tegenspraak met ({_told(before)})"
            refused.append((int(number), f"{what} rij {other}"))
            continue
        in_file[slot] = (int(number), content)
        counts[home, row["golf"]] = counts.get((home, row["golf"]), 0) + 1
        fresh.append(
            {
                "bezoek_id": key,
                **row,
                "poging": counts[home, row["golf"]],
                "woning_vervallen": 0,
                "bron": source,
            }
        )
    return fresh, Recorded(len(fresh), known, refused)


def _given(value: object) -> str | None:
    """A cell as text, None for an empty one."""
    return None if value is None or value != value or value is pd.NA else str(value)


def _code(word: str | None, codes: Mapping[str, object], spelled: Mapping[str, str]) -> str | None:
    """Code for a word written as the code, as its label or in another case; ``?`` for an unknown word."""
    if word is None:
        return None
    known = {
        **{old.casefold(): new for old, new in spelled.items()},
        **{name.casefold(): name for name in codes},
    }
    return known.get(word.casefold(), "?")


def _dwelling(
    given: Mapping[str, str | None], homes: Mapping[str, str], by_address: Mapping[str, list[str]]
) -> tuple[str, str]:
    """The dwelling of a row, or the reason why there is none."""
    home, address = given["woning_id"], given["adres_id"]
    if home is not None:
        if home not in homes:
            return "", f"onbekende woning {home}"
        if address is not None and homes[home] != address:
            return "", f"woning {home} ligt niet op adres {address}"
        return home, ""
    there = by_address.get(address or "", [])
    if len(there) == 1:
        return there[0], ""
    if there:
        return "", f"adres {address} telt {len(there)} woningen: geef woning_id"
    return "", f"onbekend adres {address}" if address else "geen woning en geen adres"


def _bad_value(
    given: Mapping[str, str | None],
    code: Mapping[str, str | None],
    day: dt.date | None,
    moment: object,
    last: dt.date,
) -> str:
    """Why a value of a row cannot be used; empty if all can."""
    if day is None:
        return f"geen datum: {given['datum']}" if given["datum"] else "geen datum"
    if day > last:
        return f"datum {day:%d/%m/%Y} ligt na de peildatum {last:%d/%m/%Y}"
    if code["resultaat"] is None:
        return "geen resultaat"
    wrong = next((name for name, value in code.items() if value == "?"), None)
    if wrong:
        return f"onbekende waarde voor {wrong}: {given[wrong]}"
    if given["afspraak_op"] and pd.isna(moment):
        return f"geen moment: {given['afspraak_op']}"
    return ""


def _stamp(moment: object) -> str:
    """A moment as GeoPackage writes it."""
    return pd.Timestamp(moment).isoformat(timespec="milliseconds")


def _content(row: Mapping[str, object]) -> Content:
    """What a visit says: dwelling, day, daypart, outcome, role, appointment."""
    agreed = row["afspraak_op"]
    return (
        str(row["woning_id"]),
        pd.Timestamp(row["datum"]).date().isoformat(),
        _given(row["dagdeel"]) or "onbekend",
        str(row["resultaat"]),
        _given(row["functie"]) or "",
        "" if pd.isna(agreed) else _stamp(agreed),
    )


def _told(content: Content) -> str:
    """Outcome and role of a visit, for a message."""
    return ", ".join(word for word in content[3:] if word)


def _append(path: Path, rows: list[dict[str, object]]) -> None:
    """Insert rows in one transaction: after a crash the file holds all of them or none.

    Raises:
        WorkspaceError: The file cannot be written.
    """
    marks = ", ".join("?" for _ in WRITTEN)
    insert = f"INSERT INTO {LAYER} ({', '.join(WRITTEN)}) VALUES ({marks})"  # noqa: S608 - names of this module
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous=FULL")
            database.execute("BEGIN IMMEDIATE")
            database.executemany(insert, [[row[name] for name in WRITTEN] for row in rows])
            database.execute("COMMIT")
    except sqlite3.Error as error:
        raise WorkspaceError(
            f"The visits could not be written: {error}.", str(path), "Nothing was added; try again."
        ) from error
