import datetime

import numpy as np
import pytest

from arsenaal_gis.errors import SourceError
from arsenaal_gis.heat import model_day, read_station
from arsenaal_gis.heat.weather import MODEL_DAY

HEAD = "moment_utc;temperatuur_c;luchtvochtigheid_pct;straling_w_m2;wind_10m_m_s;windrichting_graden"


def station(folder, rows, head=HEAD):
    path = folder / "station é.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def day_of_rows(temperature=lambda h: 20 + h / 2, day=1):
    return [
        f""
        f""
        f"2025-07-{day + (h + 1) // 24:02d}T{(h + 1) % 24:02d}:00:00;{temperature(h):.1f};"
        f"50;{100 * (6 < h < 20)};3,5;90"
        for h in range(24)
    ]


def test_the_model_day_is_marked_and_built_from_the_published_extremes():
    day = model_day(datetime.date(2025, 7, 1), 4.49, 51.03, 112.5)
    assert day.source == MODEL_DAY == "modeldag"
    assert day.temperature.max() == pytest.approx(35.4, abs=0.1)
    assert day.temperature.max() - day.temperature.min() == pytest.approx(16.2, abs=1.2)
    assert day.temperature.argmax() in (12, 13, 14)  # about two hours after the sun's noon
    assert day.radiation.max() == pytest.approx(908, abs=10) and day.radiation[0] == 0
    s, dtr, u = day.weather_term
    assert 0.2 < s < 0.32 and dtr == 16.2 and u == pytest.approx(3.2)


def test_hours_carry_the_sun_at_half_past():
    hours = model_day(datetime.date(2025, 7, 1), 4.49, 51.03, 112.5).hours(10, 16)
    assert [hour.utc for hour in hours] == [10, 11, 12, 13, 14, 15]
    assert hours[1].altitude == pytest.approx(61.87, abs=0.05)
    assert all(hour.diffuse == pytest.approx(0.2 * hour.radiation) for hour in hours[:3])


def test_a_station_replaces_it_and_marks_the_end_of_the_hour(tmp_path):
    day = read_station(station(tmp_path, day_of_rows()), None, 4.49, 51.03)
    assert day.source == "station é.csv" and day.day == datetime.date(2025, 7, 1)
    assert day.temperature[0] == 20.0 and day.temperature[23] == 31.5
    assert day.wind[5] == 3.5 and day.wind_from == pytest.approx(90.0)


def test_the_hottest_day_is_taken_unless_a_day_is_named(tmp_path):
    rows = [*day_of_rows(), *day_of_rows(lambda h: 30 + h / 4, day=2)]
    path = station(tmp_path, rows)
    assert read_station(path, None, 4.49, 51.03).day == datetime.date(2025, 7, 2)
    assert read_station(path, datetime.date(2025, 7, 1), 4.49, 51.03).temperature[0] == 20.0


def test_ten_minute_rows_of_rmi_are_averaged(tmp_path):
    head = "timestamp,temp_dry_shelter_avg,humidity_rel_shelter_avg,short_wave_from_sky_avg,wind_speed_10m,wind_direction"  # noqa: E501
    start = datetime.datetime(2025, 7, 1)
    rows = [
        f"{(start + datetime.timedelta(minutes=10 * (k + 1))).isoformat()},{20 + k % 6},60,300,2,180"
        for k in range(144)
    ]
    day = read_station(station(tmp_path, rows, head), None, 4.49, 51.03)
    assert day.temperature == pytest.approx(np.full(24, 22.5))


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda rows: rows[:20], "lacks the hours"),
        (lambda rows: [rows[0].replace("20.0", "293.0"), *rows[1:]], "degrees Celsius"),
        (lambda rows: [rows[0].replace("20.0", "warm"), *rows[1:]], "Not a number"),
        (lambda rows: [rows[0].replace("2025-07-01T01:00:00", "1 juli"), *rows[1:]], "Not a moment"),
    ],
)
def test_a_faulty_station_file_is_refused_with_the_reason(tmp_path, change, words):
    with pytest.raises(SourceError, match=words):
        read_station(station(tmp_path, change(day_of_rows())), datetime.date(2025, 7, 1), 4.49, 51.03)


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(SourceError, match="radiation"):
        read_station(station(tmp_path, day_of_rows(), HEAD.replace("straling", "x")), None, 4.49, 51.03)
