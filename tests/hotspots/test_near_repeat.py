"""Knox test on the Burkitt lymphoma data and by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import knox

EXPECTED = json.loads(Path(__file__).with_name("expected_esda.json").read_text())


def test_burkitt() -> None:
    """Methods C4: 188 cases, 13 pairs, 10.14382 expected; P(X >= 13) = .2223."""
    case = EXPECTED["burkitt"]
    result = knox(np.array(case["points"]), np.array(case["times"]), 20, 5)
    assert result.statistic == case["statistic"] == 13
    assert result.expected == pytest.approx(10.1438161, abs=1e-6)
    assert result.p_poisson == pytest.approx(0.2223, abs=5e-5)


def test_four_events_by_hand() -> None:
    """Two near pairs and two soon pairs of six; one is both: expected 2 x 2 / 6."""
    result = knox(np.array([(0, 0), (1, 0), (50, 0), (51, 0)]), np.array([0, 1, 30, 31.5]), 1, 1.5)
    assert (result.statistic, result.expected) == (2, pytest.approx(4 / 6))
    apart = knox(np.array([(0, 0), (1, 0), (50, 0), (51, 0)]), np.array([0, 30, 1, 60]), 1, 1.5)
    assert (apart.statistic, apart.expected) == (0, pytest.approx(2 / 6))


def test_nothing_near() -> None:
    result = knox(np.array([(0, 0), (100, 0)]), np.array([0, 1]), 5, 5)
    assert (result.statistic, result.p_poisson) == (0, 1.0)
    assert np.isnan(result.ratio)


def test_needs_pairs() -> None:
    with pytest.raises(MethodError):
        knox(np.zeros((1, 2)), np.zeros(1), 1, 1)
