"""The only way out of P0: what may leave at a tier, in which form, and why the rest may not."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import shapely

from ..catalogue import Catalogue, Layer, load
from ..errors import ReleaseRefused
from ..keys import stable_id
from ..settings import Settings
from .digest import content_hash
from .figures import hold_back
from .ledger import Ledger, now
from .places import Places
from .policy import EVENTS, TIERS, Policy
from .pseudonym import pseudonym
from .rows import Rows
from .tallies import Note, Tallies
from .unit_counts import closed_counts, suppress_counts, totals
from .whole import FIGURES, hold_back_whole

Table = pd.DataFrame | Rows
Leaving = dict[str, tuple[Layer, Table]]


@dataclass(frozen=True)
class Finding:
    """One thing that was held back or changed.

    Attributes:
        layer: Layer it concerns.
        action: ``weggelaten``, ``velden verwijderd``, ``onderdrukt``, ``gepseudonimiseerd`` or ``geweigerd``.
        reason: Why, for staff (Dutch).
        rows: Rows, units or cells concerned.
    """

    layer: str
    action: str
    reason: str
    rows: int


@dataclass(frozen=True)
class Release:
    """What may leave.

    Attributes:
        id: Name of the release in the ledger; the same content has the same name.
        tier: Its tier.
        layers: Layer description, with only the fields that leave, and rows, by layer id.
        findings: What was held back or changed.
        shown: Counts of cells: shown, as an interval, hidden.
        rank_correlation: Lowest Spearman correlation of a table before and after; NaN without tables.
    """

    id: str
    tier: str
    layers: Mapping[str, tuple[Layer, Table]]
    findings: tuple[Finding, ...]
    shown: tuple[int, int, int] = (0, 0, 0)
    rank_correlation: float = float("nan")

    def table(self) -> pd.DataFrame:
        """The findings as a table."""
        return pd.DataFrame(
            [dataclasses.asdict(f) for f in self.findings],
            columns=[f.name for f in dataclasses.fields(Finding)],
        )


def release(
    layers: Mapping[str, Table],
    tier: str,
    ledger: Ledger,
    *,
    places: Places | None = None,
    settings: Mapping[str, object] | None = None,
    catalogue: Catalogue | None = None,
    unit: str = "",
    boundary: shapely.Geometry | None = None,
    peildatum: datetime.date | None = None,
    role: str = "onbekend",
    destination: str = "",
    secret: bytes = b"",
    partial: bool = False,
    moment: datetime.datetime | None = None,
) -> Release:
    """Let layers leave at a tier, or refuse.

    Fields whose class is less open than the tier are dropped; a layer whose key is less open is counted by unit
    (P2, P3) or left out (P1); counts are suppressed, rounded and checked against every earlier release. What
    leaves is written into the ledger before it is handed out.

    Args:
        layers: Rows by layer id; tables still in their GeoPackage are read only where that is needed.
        tier: ``P0`` (field packages of the visit team only), ``P1``, ``P2`` or ``P3``.
        ledger: The ledger of the wijk.
        places: Dwellings with their units, see :func:`~.places.locate`; needed as soon as something is counted.
        settings: Section ``privacy`` of the settings; the defaults if absent.
        catalogue: Descriptions of the layers; the installed ones if absent.
        unit: ``straatzijde``, ``cel`` or ``sector``; by default the street side in P2 and the cell in P3.
        boundary: Area to which counts are confined; the whole wijk if absent.
        peildatum: Reference date of the data.
        role: Role of who asks, for the access log; never a name.
        destination: What for, e.g. ``warehouse``.
        secret: Key for pseudonyms and cell-key noise, kept outside the wijk folder.
        partial: Leave refused layers out in place of refusing everything.
        moment: UTC moment for the ledger; the present by default.

    Returns:
        The layers in the form in which they may leave.

    Raises:
        ReleaseRefused: With every reason and the rows concerned, unless ``partial``; and always when nothing
            remains.
        WorkspaceError: The ledger cannot be read or written, or another release was recorded meanwhile.
    """
    if tier not in TIERS:
        raise ReleaseRefused(f"Niveau '{tier}' bestaat niet.", "privacy", f"Kies uit {', '.join(TIERS)}.")
    moment, checked = moment or now(), ledger.told()
    policy = Policy(tier, settings or Settings.load({})["privacy"])
    tallies = Tallies(policy, ledger, places, unit, boundary, secret)
    out: Leaving = {}
    findings: list[Finding] = []
    books = catalogue or load()
    counts = _events(layers, policy, books)
    events, told = suppress_counts(counts, policy, ledger)
    hidden = {id: closed_counts(layer, frame, events[id][0]) for id, (layer, frame) in counts.items()}
    for id in sorted(layers):
        if id in events and events[id][0].empty:
            leaving, notes = None, events[id][1]
        else:
            rows, before = events.get(id, (layers[id], []))
            leaving, notes = _judge(id, rows, policy, books, tallies, secret)
            notes = [*before, *notes]
        findings += [Finding(id, *note) for note in notes]
        if leaving is not None:
            out[id] = leaving
    counted = tallies.frames()
    out |= {id: (load().layer(id), frame) for id, frame in counted.items()}
    whole: list[pd.DataFrame] = []
    for id in (id for id in FIGURES if id in out and policy.tier != "P0"):
        layer, frame = out[id]
        frame, notes, cells = hold_back_whole(frame, layer, [*tallies.cells, *whole], hidden, ledger, policy)
        out[id] = layer, frame
        findings += [Finding(id, *note) for note in notes]
        whole += [cells] if len(cells) else []
    if whole:  # a comparison tells again what the indicators told
        whole = [pd.concat(whole, ignore_index=True).drop_duplicates(["onderwerp", "code"])]
    refused = [f for f in findings if f.action == "geweigerd"]
    if not out or (refused and not partial):
        _refuse(refused or findings, tier, ledger, role, moment)
    correlation = min(tallies.correlations, default=float("nan"))
    digest = hashlib.sha256(
        "".join(content_hash(id, frame) for id, (_, frame) in sorted(out.items())).encode()
    )
    name = stable_id("vrijgave", tier, digest.hexdigest())
    shown = tuple(a + b for a, b in zip(tallies.shown(), totals(told), strict=True))
    result = Release(name, tier, out, tuple(findings), shown, correlation)
    entry = {
        "inhoud_sha256": digest.hexdigest(),
        "moment": moment,
        "rol": role,
        "bestemming": destination,
        "peildatum": peildatum,
        "grens_wkt": None if boundary is None else shapely.to_wkt(boundary, rounding_precision=3),
        "drempels": json.dumps(dict(policy.settings), ensure_ascii=False, sort_keys=True),
    }
    _record(result, ledger, [*tallies.cells, *whole, *([told] if len(told) else [])], entry, checked)
    return result


def _events(
    layers: Mapping[str, Table], policy: Policy, books: Catalogue
) -> dict[str, tuple[Layer, pd.DataFrame]]:
    """Layers that count incidents themselves and may leave as rows; read at once, for they are judged together."""
    found = {}
    for id in sorted(set(layers) & set(books.layers)):
        layer, frame = books.layer(id), layers[id]
        rows = layer.kind == "result" or not policy.closed(layer)
        if policy.tier in ("P2", "P3") and layer.group == EVENTS and rows and len(frame):
            found[id] = layer, frame.frame() if isinstance(frame, Rows) else frame
    return found


def _judge(
    id: str, frame: Table, policy: Policy, books: Catalogue, tallies: Tallies, secret: bytes
) -> tuple[tuple[Layer, Table] | None, list[Note]]:
    """How one layer may leave: as rows, not at all, or counted among the tallies."""
    if id not in books.layers:
        reason = "de laag staat niet in de catalogus en heeft dus geen privacyklasse"
        return None, [("geweigerd", reason, len(frame))]
    layer, tier, notes = books.layer(id), policy.tier, []
    if not len(frame):
        return None, [("weggelaten", "de laag is leeg", 0)]
    closed = policy.closed(layer)
    figures = tier != "P0" and bool(layer.figures or layer.row_tier)
    if isinstance(frame, Rows) and (closed or figures):
        frame = frame.frame()
    if figures:
        frame, notes = hold_back(frame, layer, policy)
        if frame.empty:
            return None, notes
    if closed and tier != "P1":
        return None, tallies.add(layer, frame)
    if closed:
        facts = any(policy.may_leave(f, layer) for n, f in layer.fields.items() if n not in layer.key)
        if layer.spatial or not secret or not facts:
            return None, [("weggelaten", "gegevens per huishouden blijven op niveau P0", len(frame))]
        frame = frame.assign(**{n: [pseudonym(value, secret) for value in frame[n]] for n in closed})
        notes.append(("gepseudonimiseerd", f"{', '.join(closed)} vervangen door HMAC-SHA256", len(frame)))
    stay = [
        n
        for n, f in layer.fields.items()
        if n in frame.columns and (n in closed or policy.may_leave(f, layer))
    ]
    gone = [n for n in frame.columns if n in layer.fields and n not in stay]
    if gone:
        notes.append(("velden verwijderd", ", ".join(gone), len(frame)))
    left = dataclasses.replace(layer, fields={n: layer.fields[n] for n in stay})
    if isinstance(frame, Rows):
        return (left, frame.only(stay)), notes
    return (left, frame[[*stay, frame.geometry.name] if layer.spatial else stay]), notes


def _refuse(findings: list[Finding], tier: str, ledger: Ledger, role: str, moment: datetime.datetime) -> None:
    """Log the refusal and raise it, with every reason."""
    names = ", ".join(sorted({f.layer for f in findings}))
    ledger.log(role, "weigeren", f"{tier}: {names}", sum(f.rows for f in findings), moment)
    why = "; ".join(f"{f.layer}: {f.reason} ({f.rows} rijen)" for f in findings) or "er zijn geen lagen"
    raise ReleaseRefused(
        f"Niet vrijgegeven op niveau {tier}: {why}.",
        ledger.path.name,
        "Laat deze lagen weg, of kies een minder open niveau.",
    )


def _record(
    result: Release,
    ledger: Ledger,
    cells: list[pd.DataFrame],
    entry: dict[str, object],
    checked: set[str],
) -> None:
    """Write the release into the ledger before anything is handed out."""
    shown, small, hidden = result.shown
    ledger.record(
        {
            **entry,
            "vrijgave_id": result.id,
            "niveau": result.tier,
            "cellen": shown + small + hidden,
            "klein": small,
            "verborgen": hidden,
            "rangcorrelatie": result.rank_correlation,
            "lagen": "; ".join(f"{id} {len(frame)}" for id, (_, frame) in sorted(result.layers.items())),
        },
        pd.concat(cells, ignore_index=True).assign(vrijgave_id=result.id) if cells else pd.DataFrame(),
        {
            "moment": entry["moment"],
            "rol": entry["rol"],
            "handeling": "vrijgeven",
            "wat": f"{result.tier}: {', '.join(sorted(result.layers))}",
            "rijen": sum(len(frame) for _, frame in result.layers.values()),
        },
        checked,
    )
