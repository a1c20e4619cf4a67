"""Whatever is released, in whatever order: no suppressed cell can be solved, no small group singled out."""

import datetime
import importlib

import numpy as np
import pytest
import shapely
from attacker import Attacker
from conftest import quarter, register

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ReleaseRefused
from arsenaal_gis.gpkg import conform
from arsenaal_gis.privacy import Ledger, release
from arsenaal_gis.settings import Settings

# The package's functions of the same name hide these modules.
suppressing = importlib.import_module("arsenaal_gis.privacy.suppress")
releasing = importlib.import_module("arsenaal_gis.privacy.release")
counting = importlib.import_module("arsenaal_gis.privacy.count")

SETTINGS = Settings.load({"privacy": {"p0_tellen": "P3", "onderdrukt_hoogstens_pct": 100.0, "k_p3": 25}})[
    "privacy"
]
CODES = ("onbekend", *load().layer("renovatie").fields["renovatiestatus"].codes)
PRESENT = tuple(dict.fromkeys(CODES))


def change(frame, rng):
    """A few dwellings get another status."""
    frame = frame.copy()
    rows = rng.choice(len(frame), int(rng.integers(1, 12)), replace=False)
    frame.loc[rows, "renovatiestatus"] = rng.choice(PRESENT[1:], len(rows))
    return conform(frame, load().layer("renovatie"))


def history(seed, folder):
    """Releases of a register that sometimes changes; returns one attacker per state, and who was told what."""
    rng = np.random.default_rng(seed)
    places = quarter(seed, sides=int(rng.integers(5, 11)), least=8, most=34)
    frame = register(places, rng, weights=tuple(rng.dirichlet([4, 1, 1, 2])))
    ledger, attackers, released = Ledger.of(folder), [Attacker(places, PRESENT)], []
    width, height = 272, 30 * len(places.sides) + 40
    for _ in range(int(rng.integers(3, 6))):
        if rng.random() < 0.4:
            frame = change(frame, rng)
            attackers.append(Attacker(places, PRESENT))
        boundary = None
        if rng.random() < 0.4:
            boundary = shapely.box(
                158_000,
                189_000,
                158_000 + rng.uniform(0.4, 1) * width,
                189_000 + rng.uniform(0.4, 1) * height,
            )
        tier, unit = (
            rng.choice(["P2", "P2", "P3"]),
            rng.choice(["straatzijde", "straatzijde", "cel", "sector"]),
        )
        try:
            out = release(
                {"renovatie": frame},
                str(tier),
                ledger,
                places=places,
                settings=SETTINGS,
                unit=str(unit),
                boundary=boundary,
            )
        except ReleaseRefused:
            continue
        attackers[-1].read(out, boundary)
        released.append(out)
    return [a for a in attackers if a.tables], released


def assert_safe(seed, folder):
    attackers, released = history(seed, folder)
    for attacker in attackers:
        assert attacker.broken() == [], f"seed {seed}"
        assert attacker.singled_out() is None, f"seed {seed}"
    return len(released), sum(out.shown[0] for out in released)


def test_fifty_histories(tmp_path):
    told = [assert_safe(seed, _folder(tmp_path, seed)) for seed in range(50)]
    # A release that refuses or hides everything would be safe too: most histories publish numbers.
    assert sum(n > 0 for n, _ in told) >= 40
    assert sum(shown for _, shown in told) > 500


def test_releases_of_one_second_have_no_order_to_rely_on(tmp_path, monkeypatch):
    # Here the last of three tables was taken for a repetition of one released before another: 110 was told exactly.
    monkeypatch.setattr(releasing, "now", lambda: datetime.datetime(2026, 1, 1))
    assert_safe(1481, _folder(tmp_path, 1481))


@pytest.mark.soak
@pytest.mark.parametrize("first", range(1000, 2000, 50))
def test_thousand_histories(first, tmp_path):
    for seed in range(first, first + 50):
        assert_safe(seed, _folder(tmp_path, seed))


def _folder(tmp_path, seed):
    folder = tmp_path / str(seed)
    folder.mkdir()
    return folder


def attacker_wins(tmp_path, seeds=20):
    for seed in range(seeds):
        attackers, _ = history(seed, _folder(tmp_path, seed))
        if any(a.broken() or a.singled_out() is not None for a in attackers):
            return True
    return False


def test_without_complementary_suppression_the_attacker_wins(tmp_path, monkeypatch):
    monkeypatch.setattr(suppressing._Search, "run", lambda self, limit: None)
    assert attacker_wins(tmp_path)


def test_without_memory_of_earlier_releases_the_attacker_wins(tmp_path, monkeypatch):
    monkeypatch.setattr(Ledger, "earlier", lambda self, subject: [])
    assert attacker_wins(tmp_path)


def test_without_the_differencing_check_the_attacker_wins(tmp_path, monkeypatch):
    monkeypatch.setattr(counting, "small_group", lambda group, k: None)
    assert attacker_wins(tmp_path)
