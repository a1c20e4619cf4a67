"""Every figure of the city's application, read back from the delivered files."""

import datetime as dt
from collections import Counter

import pyogrio
import pytest

FIVE = {
    "Hinderlijk gedrag",
    "Drugs",
    "Diefstal fiets/bromfiets/moto",
    "Slagen en verwondingen",
    "Vernielingen/beschadigingen",
}
PERIODS = {"1": 1800, "2": 1862, "3": 1887, "4": 1908, "5": 1924}


def day(text):
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def dwellings(delivered):
    """One (year built, year changed or None, form, nature) per dwelling of the cadastral dump."""
    found = []
    for row in delivered.rows("kadaster.csv"):
        units = int(row["housingUnitNumber"] or 0)
        shop = row["nature"] == "407" and row["constructionYear"]
        for _ in range(max(units, int(bool(shop)))):
            built = row["constructionYear"]
            changed = int(row["physModYear"]) if row["physModYear"] else None
            found.append((PERIODS.get(built) or int(built), changed, row["constructionType"], row["nature"]))
    return found


def test_dwellings_by_year_built(arsenaal):
    years = [year for year, *_ in dwellings(arsenaal)]
    assert len(years) == 1296 == len(arsenaal.frame("Adressen.gpkg"))
    bounds = [(0, 1899), (1900, 1945), (1946, 1970), (1971, 2100)]
    counts = [sum(first <= year <= last for year in years) for first, last in bounds]
    assert counts == [332, 263, 552, 149]
    assert [round(100 * count / 1296, 1) for count in counts] == [25.6, 20.3, 42.6, 11.5]


def test_changed_since_1983(arsenaal):
    homes = dwellings(arsenaal)
    changed = [home for home in homes if home[1]]
    assert len(changed) == 491 and all(1983 <= year <= 2019 for _, year, *_ in changed)
    either = [home for home in homes if home[1] or home[0] >= 1983]
    assert round(100 * len(either) / 1296, 1) == 45.4


def test_residential_function_and_building_form(arsenaal):
    homes = dwellings(arsenaal)
    assert round(100 * sum(nature != "407" for *_, nature in homes) / 1296, 1) == 99.5
    forms = Counter(form for *_, form, nature in homes if nature in ("200", "407"))
    single = sum(forms.values())
    assert single == 1296 - 415 and round(100 * 415 / 1296) == 32
    assert [round(100 * forms[code] / single) for code in "ABC"] == [96, 3, 1]


def test_tenure(arsenaal):
    titles = Counter(row["eigendom"] for row in arsenaal.rows("eigendom.csv"))
    tenants = titles["huur"] + titles["sociale huur"]
    assert round(100 * tenants / sum(titles.values()), 1) == 30.5
    assert round(100 * titles["eigenaar"] / sum(titles.values()), 1) == 69.5
    assert round(100 * titles["sociale huur"] / 1171, 1) == 2.9


def test_people_as_sector_totals(arsenaal):
    sectors, cells = arsenaal.frame("sectoren.gpkg"), arsenaal.frame("inwoners.gpkg")
    people, households = sectors["INWONERS"].sum(), sectors["HUISHOUDENS"].sum()
    assert (people, households) == (3091, 1171) and round(people / households, 2) == 2.64
    assert (cells["INWONERS"].sum(), cells["HUISHOUDENS"].sum()) == (3091, 1171)
    area = arsenaal.frame("afbakening.gpkg").area.sum() / 1e6
    assert round(area, 2) == 1.25 and round(people / area) == 2469
    assert sectors.area.sum() / 1e6 == pytest.approx(area, abs=1e-6)
    ages = [sectors[f"LFT_{name}"].sum() for name in ("0_17", "18_24", "25_49", "50_64", "65_PLUS")]
    assert sum(ages) == people
    assert [round(100 * age / people) for age in ages] == [27, 9, 39, 17, 9]


def test_incidents_of_2020_and_june_2021(arsenaal):
    rows = arsenaal.rows("incidenten.csv")
    assert min(day(row["maand"]) for row in rows) == dt.date(2019, 1, 1)
    assert max(day(row["maand"]) for row in rows) == dt.date(2025, 6, 1)
    in_2020 = [row for row in rows if day(row["maand"]).year == 2020]
    total = sum(int(row["aantal"]) for row in in_2020)
    five = sum(int(row["aantal"]) for row in in_2020 if row["categorie"] in FIVE)
    assert (total, five) == (686, 453)
    assert round(1000 * total / 3091) == 222 and round(100 * five / total) == 66
    june = [row for row in rows if row["maand"] == "01/06/2021"]
    assert sum(int(row["aantal"]) for row in june if row["categorie"] == "Slagen en verwondingen") == 9
    parking = Counter()
    for row in june:
        if row["categorie"] == "Verkeersoverlast (parkeren)":
            parking[row["straat"]] += int(row["aantal"])
    assert sum(parking.values()) == 56
    assert sum(count for _, count in parking.most_common(5)) == 53


def test_reports_of_the_wardens(arsenaal):
    rows = arsenaal.rows("meldingen_gemeenschapswachten.csv")
    dates = [day(row["datum"]) for row in rows]
    quarter = Counter((date.year, (date.month - 1) // 3) for date in dates)
    rising = [quarter[year, part] for year in (2019, 2020) for part in range(4)] + [quarter[2021, 0]]
    assert rising == sorted(rising) and rising[0] < rising[-1]
    kinds = Counter(row["categorie"] for row, date in zip(rows, dates, strict=True) if date.year == 2021)
    assert round(100 * kinds["sluikstort"] / sum(kinds.values())) == 65


@pytest.mark.parametrize("name", ["bezoeken.csv", "bevraging.csv"])
def test_two_waves_in_the_same_season(arsenaal, name):
    addresses = set(arsenaal.frame("Adressen.gpkg")["ADRESID"])
    waves = {"nulmeting 2022": 2022, "nameting 2025": 2025}
    rows = arsenaal.rows(name)
    assert {row["golf"] for row in rows} == set(waves)
    for row in rows:
        date = day(row["datum"])
        assert date.year == waves[row["golf"]] and 3 <= date.month <= 6 and row["adres_id"] in addresses


def test_nothing_on_origin_or_income_is_delivered(arsenaal):
    banned = ("nationaliteit", "herkomst", "inkomen", "armoede", "kansarmoede", "migratie", "budgetmeter")
    for path in (arsenaal.folder / "bron").iterdir():
        if path.suffix == ".csv":
            fields = path.read_text("cp1252").splitlines()[0].lower()
        elif path.suffix in (".shp", ".gpkg"):
            layers = [name for name, _ in pyogrio.list_layers(path)]
            fields = " ".join(str(pyogrio.read_info(path, layer=name)["fields"]) for name in layers).lower()
        else:
            continue
        assert not [word for word in banned if word in fields], path.name
