"""A4 pages: a card per chosen place, a sheet per round."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle

from ..arsenaal_gis.errors import ArsenaalError, Cancelled
from ..arsenaal_gis.progress import Progress
from ..arsenaal_gis.report import Theme, page_text
from ..arsenaal_gis.report.cards import Card, block_cards, place_cards, round_cards
from ..arsenaal_gis.wijk import Plan, Wijk
from .export import describe, to_pdf, to_png
from .job import MapJob, Produced
from .page import fit_bar, frame_map, say
from .portrait import A4, fit, put_blocks, put_legend, put_rounds
from .scene import Scene
from .template import from_template

MAKERS: dict[str, Callable[[Wijk, Plan, Path], list[Card]]] = {
    "bouwblokken": block_cards,
    "fiches": place_cards,
    "rondes": round_cards,
}
_AROUND_M = 20.0  # shown around a place


def make_cards(
    job: MapJob, wijk: Wijk, plan: Plan, kind: str, produced: Produced, progress: Progress
) -> None:
    """Print the cards of one kind into a folder of their own.

    Args:
        job: What to print.
        wijk: The wijk.
        plan: The plan.
        kind: ``bouwblokken``, ``fiches`` or ``rondes``.
        produced: Gets the pages, and what failed.
        progress: Where to report.
    """
    folder = job.out / kind
    with tempfile.TemporaryDirectory() as scratch:
        gpkg = Path(scratch) / "bladen.gpkg"
        cards = MAKERS[kind](wijk, plan, gpkg)
        if not cards:
            produced.failed.append((kind, "Het plan heeft er geen."))
            return
        folder.mkdir(parents=True, exist_ok=True)
        progress.stage(kind, len(cards))
        project = QgsProject()
        project.setCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
        scene = Scene(project, gpkg, plan, "nl", job.grey, close=True)
        for number, card in enumerate(cards, 1):
            progress.check()
            try:
                produced.files += _print(job, wijk, plan, project, scene, card, folder, (number, len(cards)))
            except Cancelled:
                raise
            except ArsenaalError as error:
                produced.failed.append((card.name, str(error)))
            progress.advance()
        project.clear()


def _print(
    job: MapJob, wijk: Wijk, plan: Plan, project: QgsProject, scene: Scene, card: Card, folder: Path, page: tuple[int, int]
) -> list[Path]:  # fmt: skip
    layers = scene.over_base(card.layers)
    for id, (field, value) in card.only.items():
        if id in layers:
            layers[id].setSubsetString(f"\"{field}\" = '{value}'")
    theme = Theme(card.name, {"nl": card.title}, card.layers, (), "", {"nl": card.note}, None, "", ())
    text = page_text(
        wijk, plan, theme, list(layers), today=job.today, organisation=job.organisation, tier=card.tier
    )
    layout = from_template(project, A4, wijk.folder, ("kaart", "titel", "tekst"))
    layout.setName(card.name)
    scale = frame_map(layout, layers, QgsRectangle(*card.bounds).buffered(_AROUND_M))
    fit_bar(layout, scale, 1.0)
    fit(layout, "titel", card.title, 9)
    fit(layout, "toelichting", f"{text.note}\n{text.sources}", 6)
    fit(layout, "colofon", text.colophon, 6)
    practice = "fictieve oefendata" if wijk.config.fictitious else ""
    for id, words in (
        ("ondertitel", f"{wijk.config.name} \u00b7 {text.subtitle}"), ("stempel", job.status), ("oefendata", practice),
        ("pagina", f"Blad {page[0]} van {page[1]}"), ("schaal_tekst", f"Schaal 1:{scale:,}".replace(",", ".")),
    ):  # fmt: skip
        say(layout, id, words)
    if not practice and layout.itemById("oefendata") is not None:
        layout.itemById("oefendata").setVisibility(False)
    if card.table:
        put_rounds(layout, card.table)
    else:
        put_blocks(layout, card.blocks)
    if card.legend:
        put_legend(layout, [layers[id] for id in card.legend if id in layers])
    describe(project, text, job.organisation, "nl", job.today)
    files = [folder / f"{card.name}.pdf"]
    to_pdf(layout, files[0])
    if job.png_dpi:
        files.append(files[0].with_suffix(".png"))
        to_png(layout, files[1], job.png_dpi)
    return files
