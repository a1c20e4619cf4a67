"""A planner's morning in a real window: QGIS installs the zip, real widgets are clicked, every step is asserted.

Pictures of every step stay in build/journey/. The steps themselves are in scripts/journey.py.
"""

import pytest

from scripts.build_zip import ROOT, pack
from scripts.window import journey

# What a short walk needs neither plan nor print for; the rest of the journey takes minutes.
SHORT = (
    "install_the_zip",
    "open_the_practice_wijk",
    "see_why_the_first_place_ranks_first",
    "change_a_weight",
    "veto_a_place",
    "reload_twenty_times",
)


@pytest.fixture(scope="module")
def archive(plugin_tree, tmp_path_factory):
    return pack(plugin_tree, tmp_path_factory.mktemp("zip é") / "arsenaal.zip")


def walk(name, archive, wijk, folder, steps=()):
    out = ROOT / "build" / "journey" / name
    told = journey(archive, wijk, out, folder / "profiel é met spatie", steps)
    assert told["error"] == ""
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) == len(told["steps"])
    assert all(picture.stat().st_size > 30_000 for picture in pictures), "a window with something in it"
    return {step["step"]: step for step in told["steps"]}


def test_the_zip_in_a_window(archive, practice, tmp_path):
    assert set(walk("kort", archive, practice, tmp_path, SHORT)) == set(SHORT)


@pytest.mark.soak
def test_the_whole_journey_and_nothing_keeps_the_window_waiting(archive, imported, tmp_path):
    """Bars in processor seconds of the window's thread, which other work on the machine does not touch."""
    steps = walk("heel", archive, imported, tmp_path)
    assert steps["open_the_practice_wijk"]["usable_busy"] < 3.0
    for name in ("install_the_zip", "open_the_practice_wijk"):
        assert steps[name]["busy"] < 1.0, steps[name]
    for name in (
        "see_why_the_first_place_ranks_first",
        "change_a_weight",
        "draw_a_tree",
        "print_a_map",
        "export_the_wijk",
    ):
        assert steps[name]["busy"] < 0.2, steps[name]
