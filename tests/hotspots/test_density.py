"""Kernel density on the plane against the direct sum."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import kernel_density

BOUNDS = (0.0, 0.0, 600.0, 400.0)


def direct(points: np.ndarray, bandwidth: float) -> np.ndarray:
    """Silverman's quartic, summed point by point at every cell centre; events per hectare."""
    x, y = np.arange(5, 600, 10), np.arange(395, 0, -10)
    d2 = (x[None, :, None] - points[:, 0]) ** 2 + (y[:, None, None] - points[:, 1]) ** 2
    u2 = d2 / bandwidth**2
    return (np.where(u2 < 1, 3 / np.pi * (1 - u2) ** 2, 0.0) / bandwidth**2).sum(axis=2) * 10_000


def test_point_in_a_cell_centre_equals_the_formula() -> None:
    points = np.array([(305.0, 205.0)])
    result = kernel_density(points, BOUNDS, 10, 120)
    np.testing.assert_allclose(result, direct(points, 120), atol=0.002 * result.max())
    assert np.unravel_index(result.argmax(), result.shape) == (19, 30)


def test_any_points_stay_close_to_the_formula() -> None:
    points = np.random.default_rng(0).uniform((0, 0), (600, 400), (200, 2))
    expected = direct(points, 120)
    assert np.abs(kernel_density(points, BOUNDS, 10, 120) - expected).max() < 0.01 * expected.max()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(150, 450), st.floats(150, 250)), min_size=1, max_size=20))
def test_total_is_conserved(points: list) -> None:
    result = kernel_density(np.array(points), BOUNDS, 10, 120)
    assert result.sum() * 100 / 10_000 == pytest.approx(len(points), rel=1e-9)
    assert (result >= 0).all()


def test_points_outside_weigh_in_only_within_reach() -> None:
    near = kernel_density(np.array([(-50.0, 200.0)]), BOUNDS, 10, 120)
    assert near[:, 0].max() > 0
    assert kernel_density(np.array([(-500.0, 200.0)]), BOUNDS, 10, 120).max() == 0
    assert kernel_density(np.zeros((0, 2)), BOUNDS, 10, 120).max() == 0


def test_weights_count_as_repeated_points() -> None:
    points = np.array([(100.0, 100), (300, 200)])
    np.testing.assert_allclose(
        kernel_density(points, BOUNDS, 10, 100, np.array([2, 1])),
        kernel_density(points[[0, 0, 1]], BOUNDS, 10, 100),
        atol=1e-12,
    )


def test_bandwidth_below_a_cell_is_refused() -> None:
    with pytest.raises(MethodError):
        kernel_density(np.zeros((1, 2)), BOUNDS, 10, 5)
