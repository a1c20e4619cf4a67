"""The stage on a few dwellings: what is put, and what the reference date hides."""

import datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import Cancelled
from arsenaal_gis.gpkg import conform, empty_frame
from arsenaal_gis.indicators.stage import run
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.progress import Silent
from arsenaal_gis.settings import Settings
from arsenaal_gis.wijk import WijkConfig

from . import plans

AGREED = {
    "hulp_gemist": {
        "streefwaarde": 20,
        "vergelijking": {"Mechelen": {"waarde": 12.5, "jaar": 2024, "bron": "Gemeentemonitor"}},
    }
}


def context(tmp_path, day: datetime.date, **layers) -> PlanContext:
    wijk = SimpleNamespace(
        config=WijkConfig("Proef", "proef", indicators=AGREED),
        settings=Settings.load(),
        layer=lambda id: layers.get(id, empty_frame(load().layer(id))),
    )
    return PlanContext(wijk, day, tmp_path)


def survey(rows: list) -> pd.DataFrame:
    """(dwelling, wave, day, missed help) as the layer ``bevraging``."""
    frame = pd.DataFrame(rows, columns=["woning_id", "golf", "datum", "hulp_gemist"])
    return conform(frame.assign(bevraging_id=[f"b{i}" for i in range(len(frame))]), load().layer("bevraging"))


@pytest.fixture
def answers() -> pd.DataFrame:
    first = [(f"w{i:03}", "nulmeting", "2022-04-01", "ja" if i < 15 else "nee") for i in range(30)]
    second = [(f"w{i:03}", "nameting", "2025-04-01", "ja" if i < 5 else "nee") for i in range(30)]
    return survey(first + second)


def test_figures_per_wave_and_their_units(tmp_path, answers) -> None:
    made = context(tmp_path, datetime.date(2025, 6, 30), bevraging=answers)
    made._results["woning_feiten"] = plans.dwellings(30)
    run(made)
    rows = made.results["indicatoren"].query("indicator == 'hulp_gemist'").set_index("golf")
    assert (rows.loc["nulmeting", "teller"], rows.loc["nameting", "teller"]) == (15, 5)
    assert rows.loc["nulmeting", "waarde"] == pytest.approx(50.0)
    assert rows.loc["nulmeting", "in_woorden"] == "50,0 % (15 van 30; 95 %-interval 33,2 tot 66,8)."
    assert set(rows["streefwaarde"]) == {20.0}
    assert set(rows["vergelijking"]) == {"Mechelen: 12,5 % (2024, Gemeentemonitor)"}
    others = made.results["indicatoren"].query("indicator != 'hulp_gemist'")
    assert others["streefwaarde"].isna().all() and set(others["vergelijking"]) == {"onbekend"}
    units = made.results["indicator_eenheden"].query("indicator == 'hulp_gemist'")
    assert len(units) == 60
    assert set(units["klasse"]) == {"ja", "nee"}


def test_answers_after_the_reference_date_do_not_exist_yet(tmp_path, answers) -> None:
    made = context(tmp_path, datetime.date(2023, 12, 31), bevraging=answers)
    run(made)
    rows = made.results["indicatoren"].query("indicator == 'hulp_gemist'")
    assert list(rows["golf"]) == ["nulmeting"]


def test_what_has_no_data_is_said(tmp_path) -> None:
    made = context(tmp_path, datetime.date(2025, 6, 30))
    run(made)
    assert not made.results
    assert "Indicator 'Sluikstort': geen gegevens." in made.warnings


def test_stops_when_asked(tmp_path, answers) -> None:
    made = context(tmp_path, datetime.date(2025, 6, 30), bevraging=answers)
    made.progress = Silent()
    made.progress.cancelled = True
    with pytest.raises(Cancelled):
        run(made)


def test_units_stay_inside_and_figures_may_leave() -> None:
    assert {field.privacy for field in load().layer("indicator_eenheden").fields.values()} == {"P0"}
    assert {field.privacy for field in load().layer("verandering").fields.values()} == {"P0"}
    assert "P0" not in {field.privacy for field in load().layer("indicatoren").fields.values()}
