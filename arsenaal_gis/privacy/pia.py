"""The privacy-impact report: which personal fields exist, where from, what for, how long, who sees them."""

import html
from pathlib import Path

import pandas as pd

from ..catalogue import load
from ..gpkg import layer_names
from ..wijk import Wijk
from .ledger import Ledger

_AUDIENCE = {
    "P0": "bezoekteam en GIS-cel, op naam",
    "P1": "planners en datawarehouse, onder overeenkomst",
    "P2": "stuurgroep en druk, alleen geteld en onderdrukt",
    "P3": "iedereen (open data)",
}


def personal_fields(wijk: Wijk) -> pd.DataFrame:
    """Every field that may not be open data, with its class, source, purpose, retention and audience.

    Args:
        wijk: The wijk.

    Returns:
        One row per field: ``laag``, ``veld``, ``omschrijving``, ``klasse``, ``bron``, ``doel``, ``bewaartermijn``,
        ``wie``, ``gevuld`` (rows with a value in ``wijk.gpkg``; null where the layer is a result or absent).
    """
    present = set(layer_names(wijk.gpkg))
    rows = []
    for layer in load().of_kind("input", "human", "result"):
        frame = wijk.layer(layer.id) if layer.id in present else None
        sources = ", ".join(spec.path for spec in wijk.config.sources.get(layer.id, ()))
        origin = sources or {"human": "invoer in de toepassing", "result": "berekend"}.get(
            layer.kind, "niet ingelezen"
        )
        for name, field in layer.fields.items():
            if field.privacy in ("P0", "P1"):
                filled = None if frame is None else int(frame[name].notna().sum())
                rows.append(
                    (
                        layer.id,
                        name,
                        field.title["nl"],
                        field.privacy,
                        origin,
                        field.purpose,
                        field.retention,
                        _AUDIENCE[field.privacy],
                        filled,
                    )
                )
    columns = ["laag", "veld", "omschrijving", "klasse", "bron", "doel", "bewaartermijn", "wie", "gevuld"]
    return (
        pd.DataFrame(rows, columns=columns)
        .astype({"gevuld": "Int64"})
        .sort_values(["klasse", "laag"], kind="stable")
    )


def pia(wijk: Wijk, folder: Path | None = None) -> tuple[Path, Path]:
    """Write the privacy-impact report.

    Args:
        wijk: The wijk.
        folder: Where to; the wijk folder if absent.

    Returns:
        ``pia.html`` (fields, thresholds, releases, access) and ``pia.csv`` (the fields).

    Source:
        AVG (GDPR) articles 30 and 35(7).
    """
    target = folder or wijk.folder
    fields, ledger = personal_fields(wijk), Ledger.of(wijk.folder)
    releases = ledger.table("vrijgaven").drop(columns=["drempels", "inhoud_sha256", "grens_wkt"])
    access = ledger.table("toegang")
    access = access.groupby(["rol", "handeling"], as_index=False).agg(
        keren=("toegang_id", "size"), rijen=("rijen", "sum")
    )
    settings = wijk.settings["privacy"]
    thresholds = pd.DataFrame({"drempel": list(settings), "waarde": [str(v) for v in settings.values()]})
    parts = [
        (
            "Persoonlijke velden",
            f"{len(fields)} velden met klasse P0 of P1; P0 verlaat de wijkmap alleen in pakketten van het "
            "bezoekteam.",
            fields,
        ),
        ("Drempels", f"Eigenaar: {settings['functionaris']}.", thresholds),
        ("Vrijgaven", "Wat de wijkmap verlaten heeft.", releases),
        ("Toegang", "Per rol, zonder namen.", access),
    ]
    body = "\n".join(f"<h2>{t}</h2><p>{html.escape(p)}</p>{_table(frame)}" for t, p, frame in parts)
    title = f"Privacyverslag {html.escape(wijk.config.name)}"
    page, sheet = target / "pia.html", target / "pia.csv"
    page.write_text(_PAGE.format(title=title, body=body), encoding="utf-8")
    fields.to_csv(sheet, index=False, sep=";", encoding="utf-8-sig")
    return page, sheet


def _table(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "<p>Geen.</p>"
    return frame.to_html(index=False, na_rep="", border=0, escape=True)


_PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1b1b1b; }}
table {{ border-collapse: collapse; width: 100%; font-size: 13px; }}
th, td {{ border-bottom: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
th {{ background: #f0f0f0; }}
</style></head><body><h1>{title}</h1>
{body}
</body></html>
"""
